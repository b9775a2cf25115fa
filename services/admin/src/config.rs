//! The settings that admin reads: who the owner is, and its share of the database.

use chassis::config::{Settings, SettingsError};
use kernel::ids::PersonId;
use serde::Deserialize;

/// What admin runs with.
#[derive(Debug, Clone, Copy)]
pub struct Config {
    /// Who may do all; a shop without one has no owner.
    pub owner: Option<PersonId>,
    /// Connections to the database.
    pub pool_size: u32,
}

#[derive(Deserialize)]
struct Shop {
    #[serde(default)]
    owner_id: i64,
}

#[derive(Deserialize)]
struct Database {
    pool_size: u32,
}

impl Config {
    /// Reads the settings.
    ///
    /// # Errors
    /// A value that cannot be used.
    pub fn read(settings: &Settings) -> Result<Self, SettingsError> {
        let shop: Shop = settings.section("shop")?;
        let database: Database = settings.section("database")?;
        Ok(Self { owner: PersonId::new(shop.owner_id).ok(), pool_size: database.pool_size })
    }
}
