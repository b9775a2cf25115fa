//! Inviting: whom a person brought, and what they earned by it.

use jiff::Timestamp;
use kernel::ids::{PersonId, TransferId};

/// What somebody's inviting has brought; amounts in minor units.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ReferralStats {
    /// People invited.
    pub invited: u64,
    /// Those of them who topped up at least once.
    pub active: u64,
    /// All that was earned by them.
    pub earned_minor: i64,
    /// All that they topped up.
    pub topped_up_minor: i64,
    /// How often something was earned.
    pub credits: u64,
}

/// Somebody who was invited.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Referral {
    /// Who.
    pub person: PersonId,
    /// What they brought their inviter, in minor units.
    pub earned_minor: i64,
    /// What they topped up, in minor units.
    pub topped_up_minor: i64,
    /// When they came.
    pub invited_at: Timestamp,
}

/// An inviter's share of one top-up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Earning {
    /// The transfer that credited it.
    pub id: TransferId,
    /// Who topped up.
    pub invited: PersonId,
    /// The share, in minor units.
    pub earned_minor: i64,
    /// The whole, in minor units.
    pub topped_up_minor: i64,
    /// When.
    pub happened_at: Timestamp,
}
