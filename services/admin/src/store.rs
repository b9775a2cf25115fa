//! The only SQL of this service; it decides nothing.

pub mod audit_entries;
pub mod import;
pub mod members;
pub mod roles;
pub mod shop_state;

use sqlx::error::BoxDynError;

/// A column holds what this service never wrote.
fn undecodable(error: impl Into<BoxDynError>) -> sqlx::Error {
    sqlx::Error::Decode(error.into())
}
