//! The purchase as a machine: what happens when someone buys, and why no crash can spoil it.
//!
//! ```text
//!            Reserve            Charge             Deliver
//!   New ───────────────► Reserved ───────► Charged ───────────► Delivered
//!    │ refused               │ refused        (only forward)
//!    ▼                       ▼      Release
//!   Rejected              Declined ─────────► Released
//! ```
//!
//! Each step is one statement, here or in payments, and one id, the order's, names all of them:
//!
//! - **Reserve** keeps units aside and writes the order, in one statement. A refusal (sold out, another price) writes
//!   nothing at all.
//! - **Charge** takes the price from the buyer's wallet: a call to payments with the order's id as the transfer's. It
//!   is the *pivot*: an explicit refusal undoes the reservation, after it is done there is only forward.
//! - **Deliver** makes the units the buyer's and tells others, in one statement.
//! - **Release** makes the units free again after a refused charge, in one statement.
//!
//! A crash, a lost answer or an exhausted deadline leaves the machine where its last stored state is, and whoever comes
//! next goes on from there: the buyer's repeated request, the recovery job, or both at once. That is harmless because
//!
//! 1. a step that was done answers `Done` for ever: payments remembers the charge by its id, Deliver and Release look
//!    at the stored state first;
//! 2. a refused charge stays refused for ever, so that a late duplicate cannot take money for released stock;
//! 3. `Unknown` never moves the machine, the same step is asked again with the same id;
//! 4. Deliver takes an order that is reserved or charged, Release only one that is reserved, and payments never gives
//!    both answers to one id, so that no order can ever be delivered *and* released.
//!
//! Stored are `reserved`, `charged`, `delivered` and `released`. An uninterrupted purchase never writes `charged`: it
//! goes from Charge to Deliver with the answer in hand. Recovery writes it when it has to put an order off between the
//! two. `New` and `Rejected` have no row; `Declined` has the row of `Reserved`, because asking the charge again gives
//! the same refusal.

use durable::saga::{Machine, Outcome};
use kernel::money::Money;

use crate::domain::stock_rules::Limits;

/// Something that is done outside the machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Step {
    /// Keep units aside and write the order.
    Reserve,
    /// Take the price from the buyer's wallet.
    Charge,
    /// Make the units the buyer's.
    Deliver,
    /// Make the units free again.
    Release,
}

/// Why a purchase comes to nothing; none of these costs the buyer anything.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// No such item, or it is archived.
    ItemMissing,
    /// The item costs this now, not what the buyer saw.
    PriceChanged(Money),
    /// Fewer free units than wanted.
    OutOfStock,
    /// One order may not hold so many.
    QuantityNotAllowed(Limits),
    /// One person may not have so many.
    PersonLimit {
        /// All that they may have.
        max: u32,
        /// How many of these they do not have yet.
        left: u32,
    },
    /// The buyer has only this much.
    InsufficientFunds(Money),
}

impl Refusal {
    /// The code of the failure that a buyer gets.
    pub fn code(&self) -> &'static str {
        match self {
            Self::ItemMissing => "inventory.item_missing",
            Self::PriceChanged(_) => "inventory.price_changed",
            Self::OutOfStock => "inventory.out_of_stock",
            Self::QuantityNotAllowed(_) => "inventory.quantity_not_allowed",
            Self::PersonLimit { .. } => "inventory.person_limit",
            Self::InsufficientFunds(_) => "payments.insufficient_funds",
        }
    }
}

/// How far a purchase has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Purchase {
    /// Nothing has happened.
    New,
    /// Units are kept aside, the order is written.
    Reserved,
    /// The buyer has paid.
    Charged,
    /// The charge was refused; the units are still kept aside.
    Declined(Refusal),
    /// The end: the units are the buyer's.
    Delivered,
    /// The end: the units are free again, nothing was charged.
    Released(Refusal),
    /// The end: nothing was ever written.
    Rejected(Refusal),
}

impl Purchase {
    /// Why it comes to nothing, where it does.
    pub fn refusal(&self) -> Option<&Refusal> {
        match self {
            Self::Declined(why) | Self::Released(why) | Self::Rejected(why) => Some(why),
            _ => None,
        }
    }
}

impl Machine for Purchase {
    type Step = Step;
    type Refusal = Refusal;

    fn next(&self) -> Option<Step> {
        match self {
            Self::New => Some(Step::Reserve),
            Self::Reserved => Some(Step::Charge),
            Self::Charged => Some(Step::Deliver),
            Self::Declined(_) => Some(Step::Release),
            Self::Delivered | Self::Released(_) | Self::Rejected(_) => None,
        }
    }

    fn after(self, step: Step, outcome: Outcome<Refusal>) -> Self {
        match (self, step, outcome) {
            (Self::New, Step::Reserve, Outcome::Done) => Self::Reserved,
            (Self::New, Step::Reserve, Outcome::Refused(why)) => Self::Rejected(why),
            (Self::Reserved, Step::Charge, Outcome::Done) => Self::Charged,
            (Self::Reserved, Step::Charge, Outcome::Refused(why)) => Self::Declined(why),
            (Self::Charged, Step::Deliver, Outcome::Done) => Self::Delivered,
            (Self::Declined(why), Step::Release, Outcome::Done) => Self::Released(why),
            // Unknown, a refusal where there is only forward, or an answer to a step that was not asked.
            (state, _, _) => state,
        }
    }
}

#[cfg(test)]
mod tests;
