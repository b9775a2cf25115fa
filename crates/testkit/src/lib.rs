//! What tests stand on: a fresh database each, and a ground without a process around it.

mod database;
mod ground;

pub use database::{TestDatabase, database, database_with, empty_database};
pub use ground::{ground, ground_without_database, keys};
