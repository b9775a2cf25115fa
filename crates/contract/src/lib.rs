//! The contract between the roles: generated messages, clients and servers, and what every call carries.
//!
//! - [`wire`]: one client type for calls in the process and over the network.
//! - [`actor`]: who acts, as a short-lived signed token.
//! - [`access`]: who may call what, read from the protos at build time.
//! - [`failure`]: what went wrong, as a kind and a stable code.
//! - [`press`]: what a press of a button does, for the gateway that counts it and the bot that carries it out.

pub mod access;
pub mod actor;
mod audit;
pub mod convert;
pub mod failure;
mod hs256;
pub mod press;
pub mod switchboard;
pub mod trace;
pub mod wire;

#[expect(clippy::all, clippy::pedantic, clippy::allow_attributes, reason = "generated code")]
mod packages {
    include!(concat!(env!("OUT_DIR"), "/packages.rs"));
}

pub use packages::bodega::{admin::v1 as admin, bot::v1 as bot, common::v1 as common};
pub use packages::bodega::{inventory::v1 as inventory, payments::v1 as payments};

/// The encoded descriptors of the whole contract, for gRPC reflection.
pub const DESCRIPTORS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/descriptors.bin"));

impl std::fmt::Debug for inventory::UnitFile {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("UnitFile(sealed)")
    }
}

impl std::fmt::Debug for inventory::UnitValue {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("UnitValue(sealed)")
    }
}
