//! The chassis against real servers: PostgreSQL and Redis as they are installed on this machine.
#![cfg(test)]

#[path = "it/cluster.rs"]
mod cluster;
#[path = "it/database.rs"]
mod database;
#[path = "it/kv.rs"]
mod kv;
#[path = "it/serve.rs"]
mod serve;
#[path = "it/telemetry.rs"]
mod telemetry;
