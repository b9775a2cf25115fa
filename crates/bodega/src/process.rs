//! The process around the roles: its runtime, and what all commands set up the same way.

use std::future::Future;
use std::path::PathBuf;

use chassis::cluster::{Cluster, ClusterOptions};
use chassis::config::Settings;
use chassis::database::Database;
use serde::Deserialize;

/// Runs a command to its end on a runtime of its own.
pub fn block_on(command: impl Future<Output = anyhow::Result<()>>) -> anyhow::Result<()> {
    tokio::runtime::Builder::new_multi_thread().enable_all().build()?.block_on(command)
}

/// Stops a private server after something else went wrong, which is what people should read about.
pub async fn close(cluster: Option<Cluster>) {
    if let Some(cluster) = cluster
        && let Err(error) = cluster.stop().await
    {
        tracing::warn!(%error, "the private PostgreSQL did not stop as it should");
    }
}

/// The part of the settings that says where data is.
#[derive(Deserialize)]
pub struct Storage {
    /// A server of the owner's; none means a private one.
    url: Option<String>,
    /// Where the private server and generated keys live.
    pub data_dir: PathBuf,
}

impl Storage {
    /// Reads the section.
    pub fn of(settings: &Settings) -> anyhow::Result<Self> {
        Ok(settings.section("database")?)
    }

    /// The database: the one that is configured, or a private server that stops with us.
    pub async fn open(&self) -> anyhow::Result<(Database, Option<Cluster>)> {
        if let Some(url) = &self.url {
            return Ok((Database::open(url)?, None));
        }
        let cluster = Cluster::start(ClusterOptions::durable(&self.data_dir)).await?;
        Ok((Database::new(cluster.options()), Some(cluster)))
    }
}
