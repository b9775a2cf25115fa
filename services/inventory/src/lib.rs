//! Inventory: the catalogue, the stock of sealed secrets, orders, and the purchase saga that turns one into the other.
//!
//! What happens when someone buys is told at the top of `domain/purchase.rs`.

mod api;
mod config;
mod domain;
mod faults;
mod jobs;
mod operations;
mod peers;
mod store;

use chassis::config::Settings;
use chassis::ground::{Ground, StartError};
use tonic::service::Routes;

pub use api::routes;
pub use domain::purchase::Step;
pub use faults::{Faults, Moment};
pub use operations::{Inventory, import};

/// The tables of this service; those of `durable` come first.
pub static MIGRATIONS: sqlx::migrate::Migrator = sqlx::migrate!();

/// Reads the settings as [`start`] does, and starts nothing.
///
/// # Errors
/// A setting is missing or wrong.
pub fn check(settings: &Settings) -> Result<(), StartError> {
    config::Config::read(settings)?;
    Ok(())
}

/// Starts the service: opens the keys of the stock, spawns its jobs, and returns its routes, which the caller guards.
///
/// # Errors
/// A setting is unusable, the database cannot be reached, or the stock cannot be opened with the keys of the settings.
pub async fn start(ground: &Ground) -> Result<Routes, StartError> {
    let inventory = Inventory::open(ground).await?;
    jobs::spawn(&ground.lifecycle, &inventory);
    Ok(routes(&inventory))
}
