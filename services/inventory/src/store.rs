//! The only SQL of this service; it decides nothing.

pub mod archive;
pub mod basket_reservations;
pub mod buyers;
pub mod carts;
pub mod categories;
pub mod data_keys;
pub mod import;
pub mod import_units;
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
pub mod stock_rules;
pub mod stocked_units;
pub mod unit_files;
pub mod units;
pub mod waiters;

use kernel::money::Money;
use sqlx::error::BoxDynError;

use crate::domain::stock_rules::Limits;

/// An amount that this service wrote.
fn money(minor: i64, currency: &str) -> sqlx::Result<Money> {
    let currency = currency.parse().map_err(undecodable)?;
    Ok(Money::new(minor, currency))
}

/// Limits as they are stored.
fn limits(min_per_order: i32, max_per_order: i32, max_per_person: i32) -> Limits {
    Limits {
        min_per_order: min_per_order.unsigned_abs(),
        max_per_order: max_per_order.unsigned_abs(),
        max_per_person: max_per_person.unsigned_abs(),
    }
}

/// A count as it is stored.
fn integer(count: u32) -> sqlx::Result<i32> {
    i32::try_from(count).map_err(undecodable)
}

/// A column holds what this service never wrote.
fn undecodable(error: impl Into<BoxDynError>) -> sqlx::Error {
    sqlx::Error::Decode(error.into())
}
