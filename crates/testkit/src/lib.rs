//! What tests stand on: a fresh database each, a ground without a process around it, and a collector of traces.

mod collector;
mod database;
mod ground;

pub use collector::{Collector, Span};
pub use database::{TestDatabase, database, database_with, empty_database};
pub use ground::{ground, ground_without_database, keys};
