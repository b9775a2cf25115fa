//! The whole shop from outside: people in chats in front, the real executable in the middle, the books at the end.
//! `TOPOLOGY=split` runs every journey with one process per role.
#![cfg(test)]

#[path = "e2e/bad_input.rs"]
mod bad_input;
#[path = "e2e/broadcasts.rs"]
mod broadcasts;
#[path = "e2e/buying.rs"]
mod buying;
#[path = "e2e/buying_on.rs"]
mod buying_on;
#[path = "e2e/contention.rs"]
mod contention;
#[path = "e2e/crashes.rs"]
mod crashes;
#[path = "e2e/crypto_pay.rs"]
mod crypto_pay;
#[path = "e2e/goods.rs"]
mod goods;
#[path = "e2e/older_env.rs"]
mod older_env;
#[path = "e2e/operations.rs"]
mod operations;
#[path = "e2e/outages.rs"]
mod outages;
#[path = "e2e/referral.rs"]
mod referral;
#[path = "e2e/reviews.rs"]
mod reviews;
#[path = "e2e/rights.rs"]
mod rights;
#[path = "e2e/sigkill.rs"]
mod sigkill;
#[path = "e2e/staff.rs"]
mod staff;
#[path = "e2e/stars.rs"]
mod stars;
#[path = "e2e/stock.rs"]
mod stock;
#[path = "e2e/taken_over.rs"]
mod taken_over;
#[path = "e2e/trace.rs"]
mod trace;

/// So many different values, each beginning with `name`.
fn values(name: &str, count: usize) -> Vec<String> {
    (1..=count).map(|number| format!("{name}-{number:04}")).collect()
}
