//! Strict in-process emulators of the services the shop talks to: for the demo, tests and benches.
//!
//! Each is written from the published facts of its service and from nothing of ours, so that a
//! client and its fake cannot share a mistake. Each listens on a port of its own, is driven either
//! by its Rust methods or by the same things over HTTP under `/control`, and misbehaves on demand
//! (see [`faults`]).

pub mod cryptopay;
pub mod faults;
pub mod telegram;

mod control;
mod lock;
mod parameters;
mod patience;
mod post;
mod respond;
mod server;
mod tasks;
