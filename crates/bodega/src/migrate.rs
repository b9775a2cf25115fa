//! `bodega migrate`: every schema up to date, then the end.

use chassis::config::Settings;
use chassis::database::Database;

use crate::process::{self, Storage};
use crate::roles::Role;

/// The command.
pub async fn migrate(settings: &Settings) -> anyhow::Result<()> {
    let (database, cluster) = Storage::of(settings)?.open().await?;
    if let Err(error) = all(&database, &Role::ALL).await {
        process::close(cluster).await;
        return Err(error);
    }
    if let Some(cluster) = cluster {
        cluster.stop().await?;
    }
    println!("the database is up to date");
    Ok(())
}

/// Migrates the schemas of these roles. Processes that do so at the same time take turns.
pub async fn all(database: &Database, roles: &[Role]) -> anyhow::Result<()> {
    for role in roles {
        role.migrate(database).await?;
    }
    Ok(())
}
