//! What an older shop leaves: people with what they have, and the movements that led to it.

use jiff::Timestamp;
use kernel::ids::{PersonId, TransferId};
use kernel::money::Money;
use uuid::Uuid;

/// A person who comes over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Newcomer {
    /// Telegram's number.
    pub id: PersonId,
    /// Who invited them.
    pub inviter: Option<PersonId>,
    /// When they came to the older shop.
    pub since: Timestamp,
    /// What they have there, in minor units; nothing at least.
    pub balance_minor: i64,
}

/// Why money moved in the older shop.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cause {
    /// They paid in, or were given it: the older shop does not tell these apart.
    TopUp,
    /// Staff took it.
    Taken,
    /// They bought something.
    Purchase,
    /// They invited somebody.
    Referral,
}

/// Something that moved a balance.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Movement {
    /// The same at every run; of a purchase, its order's.
    pub id: TransferId,
    /// Whose balance; none where a buyer is gone from the older shop.
    pub person: Option<PersonId>,
    /// Why.
    pub cause: Cause,
    /// More than nothing.
    pub amount: Money,
    /// When.
    pub at: Timestamp,
    /// For people: an order number.
    pub reference: String,
}

/// A top-up of somebody who was invited, with what their inviter earned of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Share {
    /// The same at every run.
    pub top_up: Uuid,
    /// Who invited.
    pub inviter: PersonId,
    /// Who topped up.
    pub invited: PersonId,
    /// So much; more than nothing.
    pub topped_up_minor: i64,
    /// The movement that credited the share, and its size; none where it came to nothing.
    pub earned: Option<(TransferId, i64)>,
    /// When.
    pub at: Timestamp,
}

/// A payment that the older shop has credited: told again, it moves nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settled {
    /// The provider's slug here.
    pub provider: String,
    /// The provider's id of the payment.
    pub external_id: String,
    /// What was credited.
    pub amount: Money,
    /// When.
    pub at: Timestamp,
}
