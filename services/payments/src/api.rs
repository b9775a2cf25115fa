//! The service's methods: decode, call one operation, encode.

pub mod hold;
pub mod invoice;
mod money_stats;
pub mod payments_admin;
pub mod payments_feed;
pub mod payments_intake;
mod proposal;
pub mod referral;
pub mod wallet;
