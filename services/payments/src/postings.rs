//! Every business movement as the transfer that books it: reading this file is reading the
//! accounting policy.
//!
//! | movement        | from                | to         | whose wallet         |
//! |-----------------|---------------------|------------|----------------------|
//! | top-up          | received:<provider> | wallet     | the invoice's owner  |
//! | commission      | referral_cost       | wallet     | the owner's inviter  |
//! | purchase        | wallet              | revenue    | the buyer            |
//! | hold posted     | wallet              | revenue    | the holder           |
//! | adjustment up   | adjustment          | wallet     | whoever staff named  |
//! | adjustment down | wallet              | adjustment | whoever staff named  |
//! | suspense        | received:<provider> | suspense   | nobody's             |
//! | balance code    | promo_cost          | wallet     | whoever redeemed it  |
//! | reward          | reward_cost         | wallet     | whoever earned it    |
//! | taken over, up  | opening             | wallet     | whoever came over    |
//! | taken over, down| wallet              | opening    | whoever came over    |
//! | sold before     | wallet              | revenue    | whoever came over    |
//! | sold to the gone| opening             | revenue    | nobody's             |
//!
//! A top-up is the invoice's amount, whatever the provider says. Only suspense takes the provider's
//! word for an amount, and its currency.
//!
//! Opening, voiding and expiring a hold move nothing: they change what may be spent, not what is
//! owned.

use kernel::ids::{HoldId, PersonId, TransferId};
use kernel::money::Money;

use crate::domain::commission::commission;
use crate::domain::hold::Hold;
use crate::domain::import::{Cause, Movement};
use crate::domain::invoice::Invoice;
use crate::domain::ledger::{Account, Kind, Transfer};
use crate::domain::payment::Payment;

/// A payment reached its invoice.
pub fn top_up(invoice: &Invoice, payment: &Payment) -> Transfer {
    Transfer {
        id: payment.transfer_id(),
        person: Some(invoice.person),
        kind: Kind::TopUp,
        amount: invoice.amount,
        from: Account::Received(invoice.method.clone()),
        to: Account::Wallet,
        reference: invoice.method.clone(),
        staff: None,
    }
}

/// The inviter's share of a top-up; none where it is less than a minor unit.
pub fn referral_commission(top_up: &Transfer, inviter: PersonId, percent: u8) -> Option<Transfer> {
    let amount = commission(top_up.amount, percent)?;
    Some(Transfer {
        id: TransferId::derived(&format!("referral {}", top_up.id)),
        person: Some(inviter),
        kind: Kind::Referral,
        amount,
        from: Account::ReferralCost,
        to: Account::Wallet,
        reference: top_up.person.map(|person| person.to_string()).unwrap_or_default(),
        staff: None,
    })
}

/// What a person buys or is asked to pay.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Charge {
    /// The caller's id of the movement; an order's id.
    pub id: TransferId,
    /// Who pays.
    pub person: PersonId,
    /// How much.
    pub amount: Money,
    /// The order number.
    pub reference: String,
}

/// A person pays the shop.
pub fn purchase(charge: Charge) -> Transfer {
    Transfer {
        id: charge.id,
        person: Some(charge.person),
        kind: Kind::Purchase,
        amount: charge.amount,
        from: Account::Wallet,
        to: Account::Revenue,
        reference: charge.reference,
        staff: None,
    }
}

/// The id of the transfer that posting a hold writes.
pub fn hold_transfer_id(hold: HoldId) -> TransferId {
    TransferId::derived(&format!("hold {hold}"))
}

/// The shop takes `minor` of what a hold has set aside; the rest is free again.
pub fn hold_posted(hold: &Hold, person: PersonId, minor: i64) -> Transfer {
    purchase(Charge {
        id: hold_transfer_id(hold.id),
        person,
        amount: Money::new(minor, hold.amount.currency),
        reference: hold.reference.clone(),
    })
}

/// What staff add or take by hand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Adjustment {
    /// Made by the caller.
    pub id: TransferId,
    /// Whose wallet.
    pub person: PersonId,
    /// Signed: negative takes.
    pub amount: Money,
    /// Why.
    pub reason: String,
    /// Who did it.
    pub staff: PersonId,
}

/// Staff add to a wallet or take from it.
pub fn adjustment(adjustment: Adjustment) -> Transfer {
    let Adjustment { id, person, amount, reason, staff } = adjustment;
    let (from, to) = if amount.minor > 0 {
        (Account::Adjustment, Account::Wallet)
    } else {
        (Account::Wallet, Account::Adjustment)
    };
    Transfer {
        id,
        person: Some(person),
        kind: Kind::Adjustment,
        amount: Money::new(amount.minor.saturating_abs(), amount.currency),
        from,
        to,
        reference: reason,
        staff: Some(staff),
    }
}

/// What the shop gives a person for nothing in return.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grant {
    /// Made by the caller.
    pub id: TransferId,
    /// Whose wallet.
    pub person: PersonId,
    /// More than nothing.
    pub amount: Money,
    /// Why.
    pub kind: GrantKind,
    /// The code, or what the reward is for.
    pub reference: String,
}

/// Why the shop gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GrantKind {
    /// A balance code was redeemed.
    Promo,
    /// A reward was earned.
    Reward,
}

/// The shop gives a person money.
pub fn grant(grant: Grant) -> Transfer {
    let (kind, from) = match grant.kind {
        GrantKind::Promo => (Kind::Promo, Account::PromoCost),
        GrantKind::Reward => (Kind::Reward, Account::RewardCost),
    };
    Transfer {
        id: grant.id,
        person: Some(grant.person),
        kind,
        amount: grant.amount,
        from,
        to: Account::Wallet,
        reference: grant.reference,
        staff: None,
    }
}

/// The shop takes back so much of what it gave.
pub fn take_back(id: TransferId, grant: &Grant, amount: Money) -> Transfer {
    let given = self::grant(grant.clone());
    Transfer { id, amount, from: given.to, to: given.from, ..given }
}

/// What moved a balance in the shop that was taken over.
pub fn taken_over(movement: Movement) -> Transfer {
    let Movement { id, person, cause, amount, reference, .. } = movement;
    let (kind, from, to) = match (cause, person) {
        (Cause::TopUp, _) => (Kind::TopUp, Account::Opening, Account::Wallet),
        (Cause::Referral, _) => (Kind::Referral, Account::Opening, Account::Wallet),
        (Cause::Taken, _) => (Kind::Adjustment, Account::Wallet, Account::Opening),
        (Cause::Purchase, Some(_)) => (Kind::Purchase, Account::Wallet, Account::Revenue),
        (Cause::Purchase, None) => (Kind::Purchase, Account::Opening, Account::Revenue),
    };
    Transfer { id, person, kind, amount, from, to, reference, staff: None }
}

/// The part of a balance taken over that nothing explains; `amount` is signed. `earlier` counts those that the person has
/// from runs before.
pub fn opening(person: PersonId, amount: Money, earlier: i64) -> Transfer {
    let (from, to) = if amount.minor > 0 {
        (Account::Opening, Account::Wallet)
    } else {
        (Account::Wallet, Account::Opening)
    };
    Transfer {
        id: TransferId::derived(&format!("opening {person} {earlier}")),
        person: Some(person),
        kind: Kind::Opening,
        amount: Money::new(amount.minor.saturating_abs(), amount.currency),
        from,
        to,
        reference: String::new(),
        staff: None,
    }
}

/// Money that matches no invoice is put aside in its own currency; none where its amount cannot be
/// read.
pub fn suspense_in(payment: &Payment) -> Option<Transfer> {
    let amount = payment.price.filter(|price| price.minor > 0)?;
    Some(Transfer {
        id: payment.transfer_id(),
        person: None,
        kind: Kind::Suspense,
        amount,
        from: Account::Received(payment.provider.clone()),
        to: Account::Suspense,
        reference: payment.external_id.clone(),
        staff: None,
    })
}
