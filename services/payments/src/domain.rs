//! What money may do here: pure rules, no database, no clock, no network.

pub mod checkout;
pub mod commission;
pub mod hold;
pub mod import;
pub mod invoice;
pub mod ledger;
pub mod money_stats;
pub mod payment;
pub mod proposal;
pub mod rate;
pub mod referral;
