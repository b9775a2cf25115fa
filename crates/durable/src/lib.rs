//! Work that survives a crash: the outbox, feeds that miss nothing, followers with a cursor, jobs, sagas.
//!
//! The tables live in each service's own schema (versions 0001 to 0099 of its migrations).

pub mod feed;
pub mod follow;
pub mod jobs;
pub mod outbox;
pub mod saga;

/// The shared tables of every service's schema.
pub static MIGRATIONS: sqlx::migrate::Migrator = sqlx::migrate!();
