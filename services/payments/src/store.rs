//! The only SQL of the service: takes a connection, returns what it found, decides nothing.

pub mod adjustment_days;
pub mod books;
pub mod holds;
pub mod import;
pub mod inbox;
pub mod invoices;
pub mod money_stats;
pub mod proposals;
pub mod receipts;
pub mod referrals;
pub mod star_ledger;
pub mod suspense_cases;
pub mod transfers;
pub mod wallets;

use kernel::currency::Currency;
use kernel::ids::PersonId;
use kernel::money::Money;

/// Rows that a statement counted.
fn count(rows: i64) -> u64 {
    u64::try_from(rows).unwrap_or_default()
}

/// Money as two columns hold it.
fn money(minor: i64, code: &str) -> sqlx::Result<Money> {
    let currency: Currency = code.parse().map_err(|error| sqlx::Error::Decode(Box::new(error)))?;
    Ok(Money::new(minor, currency))
}

/// A state or kind as its column names it.
fn named<T>(found: Option<T>, name: &str) -> sqlx::Result<T> {
    found
        .ok_or_else(|| sqlx::Error::Decode(format!("`{name}` is not known to this release").into()))
}

/// 0 stands for nobody.
fn owner(person: Option<PersonId>) -> i64 {
    person.map_or(0, |person| person.0)
}
