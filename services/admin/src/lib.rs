//! Admin: who may do what, what staff switch for the whole shop, and the log of what they did. See README.md.

mod api;
mod config;
mod domain;
mod jobs;
mod operations;
mod peers;
mod store;

use chassis::config::Settings;
use chassis::ground::{Ground, StartError};
use tonic::service::Routes;

pub use api::routes;
pub use operations::{Admin, import};

/// The tables of this service; those of `durable` come first.
pub static MIGRATIONS: sqlx::migrate::Migrator = sqlx::migrate!();

/// Its name: of its schema and of its role.
const SERVICE: &str = "admin";

/// Starts the service: sees to it that the owner of the settings is the owner, spawns the jobs, and returns the routes,
/// which the caller guards.
///
/// # Errors
/// A setting is unusable, or the database cannot be reached.
pub async fn start(ground: &Ground) -> Result<Routes, StartError> {
    let admin = Admin::open(ground)?;
    admin.reconcile_owner().await?;
    jobs::spawn(&ground.lifecycle, &admin);
    Ok(routes(&admin))
}

/// Reads the settings as [`start`] does, and starts nothing.
///
/// # Errors
/// A setting that cannot be used.
pub fn check(settings: &Settings) -> Result<(), StartError> {
    config::Config::read(settings)?;
    Ok(())
}
