//! The only SQL of this service; it decides nothing.

pub mod archive;
pub mod basket_reservations;
pub mod carts;
pub mod categories;
pub mod data_keys;
pub mod items;
pub mod order_lines;
pub mod orders;
pub mod promo_uses;
pub mod promos;
pub mod redemptions;
pub mod reservations;
pub mod reviews;
pub mod sales;
pub mod sold;
pub mod stock_batches;
pub mod units;

use kernel::money::Money;
use sqlx::error::BoxDynError;

/// An amount that this service wrote.
fn money(minor: i64, currency: &str) -> sqlx::Result<Money> {
    let currency = currency.parse().map_err(undecodable)?;
    Ok(Money::new(minor, currency))
}

/// A column holds what this service never wrote.
fn undecodable(error: impl Into<BoxDynError>) -> sqlx::Error {
    sqlx::Error::Decode(error.into())
}
