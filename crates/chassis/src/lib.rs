//! What every role stands on: settings, tasks, database, Redis, sealing, telemetry and health.

pub mod cluster;
pub mod config;
pub mod database;
pub mod ground;
pub mod guard;
pub mod http;
pub mod kv;
pub mod lifecycle;
pub mod ops;
pub mod seal;
pub mod serve;
pub mod sql;
pub mod takeover;
pub mod telemetry;
