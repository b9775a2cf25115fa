//! The ledger's words: accounts, kinds of movement, and a transfer between two accounts.

use std::borrow::Cow;

use kernel::ids::{PersonId, TransferId};
use kernel::money::Money;

/// Where money can be. Only wallets are a person's; all others are the shop's and are summed when
/// someone asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Account {
    /// What a person may spend, or has set aside by holds.
    Wallet,
    /// What the shop earned by selling.
    Revenue,
    /// What a provider collected for the shop, by its slug.
    Received(String),
    /// What inviting people cost.
    ReferralCost,
    /// What staff added or took by hand.
    Adjustment,
    /// What came in and belongs to nobody yet.
    Suspense,
    /// What balance codes cost.
    PromoCost,
    /// What rewards cost.
    RewardCost,
    /// What an older shop owed people when it was taken over, and how that came about.
    Opening,
}

impl Account {
    /// As it is stored.
    pub fn name(&self) -> Cow<'static, str> {
        match self {
            Self::Wallet => "wallet".into(),
            Self::Revenue => "revenue".into(),
            Self::Received(provider) => format!("received:{provider}").into(),
            Self::ReferralCost => "referral_cost".into(),
            Self::Adjustment => "adjustment".into(),
            Self::Suspense => "suspense".into(),
            Self::PromoCost => "promo_cost".into(),
            Self::RewardCost => "reward_cost".into(),
            Self::Opening => "opening".into(),
        }
    }
}

/// Why money moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A person paid into their wallet.
    TopUp,
    /// A person bought something.
    Purchase,
    /// A person earned by inviting.
    Referral,
    /// Staff added or took.
    Adjustment,
    /// A purchase was given back.
    Refund,
    /// Money of nobody was put aside.
    Suspense,
    /// A charge that did not happen: the tombstone under its id.
    Refused,
    /// A balance code was redeemed.
    Promo,
    /// The shop's thanks for something.
    Reward,
    /// A balance was taken over from an older shop: the part of it that the movements taken over do not explain.
    Opening,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 10] = [
        Self::TopUp,
        Self::Purchase,
        Self::Referral,
        Self::Adjustment,
        Self::Refund,
        Self::Suspense,
        Self::Refused,
        Self::Promo,
        Self::Reward,
        Self::Opening,
    ];

    /// As it is stored.
    pub const fn name(self) -> &'static str {
        match self {
            Self::TopUp => "top_up",
            Self::Purchase => "purchase",
            Self::Referral => "referral",
            Self::Adjustment => "adjustment",
            Self::Refund => "refund",
            Self::Suspense => "suspense",
            Self::Refused => "refused",
            Self::Promo => "promo",
            Self::Reward => "reward",
            Self::Opening => "opening",
        }
    }

    /// The kind with this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

/// One movement: `amount` leaves `from` and reaches `to`. Never changed once it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transfer {
    /// The same for every repetition of the same movement.
    pub id: TransferId,
    /// Whose wallet is one of the two accounts; none where neither is a wallet.
    pub person: Option<PersonId>,
    /// Why.
    pub kind: Kind,
    /// How much; always more than nothing.
    pub amount: Money,
    /// Where it leaves.
    pub from: Account,
    /// Where it arrives.
    pub to: Account,
    /// For people: an order number, a method, a reason.
    pub reference: String,
    /// The member of staff who did it, where one did.
    pub staff: Option<PersonId>,
}

/// A transfer as its owner sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Operation {
    /// The transfer.
    pub id: TransferId,
    /// Why.
    pub kind: Kind,
    /// Signed: negative is what left the wallet.
    pub amount: Money,
    /// When.
    pub happened_at: jiff::Timestamp,
    /// What it was for.
    pub reference: String,
}

/// A wallet with what it was ever used for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Totals {
    /// The balance less open holds, in minor units; so are the others.
    pub available_minor: i64,
    /// Set aside by open holds.
    pub held_minor: i64,
    /// All top-ups.
    pub topped_up_minor: i64,
    /// All purchases.
    pub spent_minor: i64,
    /// All commissions.
    pub earned_minor: i64,
    /// All that was given back.
    pub refunded_minor: i64,
    /// All else, signed: what staff added or took, gifts.
    pub other_minor: i64,
    /// People invited.
    pub invited: u32,
}

/// A wallet as staff see it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WalletCard {
    /// What is in it and what it was used for.
    pub totals: Totals,
    /// Who invited its owner.
    pub inviter: Option<PersonId>,
    /// When it was opened.
    pub opened_at: jiff::Timestamp,
}

/// The books, added up.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Books {
    /// Stored wallets and summed house accounts together.
    pub sum_minor: i64,
    /// Wallets whose balance is not the sum of their transfers.
    pub drifted_wallets: u64,
    /// Holds past their time that are still open.
    pub overdue_holds: u64,
    /// Wallets whose held amount is not the sum of their open holds.
    pub drifted_holds: u64,
}

impl Books {
    /// Whether everything that must be zero is.
    pub fn are_zero(&self) -> bool {
        *self == Self::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_read_back_from_their_names() {
        for kind in Kind::ALL {
            assert_eq!(Kind::named(kind.name()), Some(kind));
        }
        assert_eq!(Kind::named("gift"), None);
    }
}
