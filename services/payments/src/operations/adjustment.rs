//! Adjustments: staff add to a wallet or take from it, with a reason, never below zero, within what they may move in a
//! day. From a size on somebody else has to agree: see `proposal`.

use chassis::sql;
use contract::common::AuditEntry;
use contract::convert;
use contract::failure::{Failure, Kind};
use contract::payments::{BalanceAdjusted, event};
use kernel::ids::PersonId;
use kernel::money::Money;
use sqlx::PgConnection;

use super::wallet::{accept_id, available, conflict, find_available};
use super::{Payments, proposal, tell};
use crate::domain::ledger;
use crate::domain::proposal::Proposal;
use crate::postings::{self, Adjustment};
use crate::store;

/// A reason that says something, and fits a line.
const REASON_CHARS: std::ops::RangeInclusive<usize> = 3..=200;

/// What became of an adjustment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Adjusted {
    /// The money has moved.
    Done {
        /// What may be spent now.
        available: Money,
    },
    /// It is too large for one person: somebody else decides.
    Pending(Proposal),
}

/// What an adjustment would do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Preview {
    /// What may be spent now.
    pub before: Money,
    /// What may be spent afterwards.
    pub after: Money,
    /// Whether somebody else has to agree.
    pub needs_approval: bool,
}

/// Adjusts a balance, or proposes to, once.
///
/// # Errors
/// Those of [`preview_adjustment`], `payments.transfer_conflict`, what became of a proposal under the same id, an id
/// that is not a fresh one, or a reason that is none.
pub async fn adjust_balance(
    payments: &Payments,
    adjustment: Adjustment,
) -> Result<Adjusted, Failure> {
    accept_id(adjustment.id)?;
    accept_amount(payments, adjustment.amount)?;
    // A repetition learns what became of the first, whatever has changed since: limits, rights, the words.
    if let Some(adjusted) = find_answer(payments, &adjustment).await? {
        return Ok(adjusted);
    }
    let asked = Adjustment { reason: accept_reason(&adjustment.reason)?, ..adjustment };
    let preview = preview_adjustment(payments, asked.staff, asked.person, asked.amount).await;
    let preview = match preview {
        Ok(preview) => preview,
        // The money may be missing because the same call has taken it since.
        Err(failure) => return find_answer(payments, &asked).await?.ok_or(failure),
    };
    if preview.needs_approval {
        return match proposal::propose(payments, &asked).await? {
            Some(proposal) => Ok(Adjusted::Pending(proposal)),
            None => find_answer(payments, &asked).await?.ok_or_else(conflict),
        };
    }
    let mut tx = payments.pool.begin().await.map_err(sql::failure)?;
    match book(payments, &mut tx, &asked).await.map_err(sql::failure)? {
        Booked::Fresh(minor) => {
            tx.commit().await.map_err(sql::failure)?;
            report(payments, &asked);
            Ok(Adjusted::Done { available: Money::new(minor, asked.amount.currency) })
        }
        Booked::Known => {
            tx.rollback().await.map_err(sql::failure)?;
            find_answer(payments, &asked).await?.ok_or_else(conflict)
        }
        Booked::Missing => Err(insufficient_funds()),
        Booked::BeyondLimit => Err(beyond_limit(payments)),
    }
}

/// What an adjustment would do now.
///
/// # Errors
/// `payments.no_such_wallet`, `payments.insufficient_funds`, `payments.person_out_of_reach`,
/// `payments.daily_limit` where the amount alone is too much for a day, or an amount that is none.
pub async fn preview_adjustment(
    payments: &Payments,
    staff: PersonId,
    person: PersonId,
    amount: Money,
) -> Result<Preview, Failure> {
    accept_amount(payments, amount)?;
    payments.peers.may_act_on(staff, person).await?;
    // A mistyped id must not open a wallet for a stranger.
    let before = find_available(payments, person).await?.ok_or_else(no_such_wallet)?;
    let after = before.plus(amount).map_err(|error| convert::invalid("amount", error))?;
    if after.minor < 0 {
        return Err(insufficient_funds());
    }
    let bounds = &payments.adjustments;
    if size(amount) > bounds.daily_limit_minor.unwrap_or(i64::MAX) {
        return Err(beyond_limit(payments));
    }
    let needs_approval = bounds.approval_from_minor.is_some_and(|from| size(amount) >= from);
    Ok(Preview { before, after, needs_approval })
}

/// What a transaction did.
pub(super) enum Booked {
    /// What may be spent now.
    Fresh(i64),
    /// The id is known; the transaction must be rolled back.
    Known,
    /// The wallet has less than that.
    Missing,
    /// Whoever asks has moved too much today.
    BeyondLimit,
}

/// Adjusts in the caller's transaction. The staff's row of the day is locked before the wallet, always.
pub(super) async fn book(
    payments: &Payments,
    conn: &mut PgConnection,
    asked: &Adjustment,
) -> sqlx::Result<Booked> {
    let limit = payments.adjustments.daily_limit_minor.unwrap_or(i64::MAX);
    let (day, minor) = (payments.today(), size(asked.amount));
    if !store::adjustment_days::add(&mut *conn, asked.staff, day, minor, limit).await? {
        // The day may be full because this very adjustment filled it.
        return known_or(conn, asked, Booked::BeyondLimit).await;
    }
    let booked = apply(&mut *conn, asked).await?;
    if let Booked::Fresh(after) = booked {
        let told = BalanceAdjusted {
            transfer_id: asked.id.to_string(),
            person_id: asked.person.0,
            amount: Some(asked.amount.into()),
        };
        tell(&mut *conn, event::What::BalanceAdjusted(told)).await?;
        let entry = AuditEntry::new(asked.staff, "payments.balance.adjust", asked.id)
            .about(asked.person)
            .changed("available_minor", after - asked.amount.minor, after)
            .because(&asked.reason);
        tell(conn, event::What::Audited(entry)).await?;
    }
    Ok(booked)
}

async fn apply(conn: &mut PgConnection, asked: &Adjustment) -> sqlx::Result<Booked> {
    let transfer = postings::adjustment(asked.clone());
    if asked.amount.minor > 0 {
        let added = store::transfers::credit(conn, &transfer).await?;
        return Ok(added.map_or(Booked::Known, Booked::Fresh));
    }
    match store::transfers::debit(&mut *conn, &transfer).await {
        Ok(Some(minor)) => Ok(Booked::Fresh(minor)),
        // The money may be missing because this very adjustment took it before.
        Ok(None) => known_or(conn, asked, Booked::Missing).await,
        Err(error) if sql::is_violation(&error, store::transfers::PRIMARY_KEY) => Ok(Booked::Known),
        Err(error) => Err(error),
    }
}

async fn known_or(
    conn: &mut PgConnection,
    asked: &Adjustment,
    otherwise: Booked,
) -> sqlx::Result<Booked> {
    let written = store::transfers::find(conn, asked.id).await?;
    Ok(if written.is_some() { Booked::Known } else { otherwise })
}

/// What became of an adjustment under this id; none where there was none.
async fn find_answer(payments: &Payments, asked: &Adjustment) -> Result<Option<Adjusted>, Failure> {
    let written = store::transfers::find(&payments.pool, asked.id).await.map_err(sql::failure)?;
    if let Some(written) = written {
        let is_same = written.kind == ledger::Kind::Adjustment
            && written.person == asked.person
            && written.amount == asked.amount;
        if !is_same {
            return Err(conflict());
        }
        return Ok(Some(Adjusted::Done { available: available(payments, asked.person).await? }));
    }
    match store::proposals::find(&payments.pool, asked.id).await.map_err(sql::failure)? {
        Some(known) if (known.person, known.amount) != (asked.person, asked.amount) => {
            Err(conflict())
        }
        Some(known) => proposal::still_pending(known).map(|known| Some(Adjusted::Pending(known))),
        None => Ok(None),
    }
}

/// After the commit.
pub(super) fn report(payments: &Payments, asked: &Adjustment) {
    payments.bell.ring();
    let Adjustment { person, amount, staff, .. } = asked;
    tracing::info!(?person, %amount, ?staff, "balance adjusted");
    metrics::counter!("bodega_payments_adjustments_total").increment(1);
}

fn accept_amount(payments: &Payments, amount: Money) -> Result<(), Failure> {
    payments.accept(amount, -i64::MAX)?;
    if amount.minor == 0 {
        return Err(convert::invalid("amount", "nothing to add or take"));
    }
    Ok(())
}

fn accept_reason(reason: &str) -> Result<String, Failure> {
    let reason = reason.trim();
    if !REASON_CHARS.contains(&reason.chars().count()) || reason.contains('\0') {
        return Err(convert::invalid("reason", "3 to 200 characters"));
    }
    Ok(reason.to_owned())
}

/// What is added and what is taken count alike.
fn size(amount: Money) -> i64 {
    amount.minor.saturating_abs()
}

pub(super) fn no_such_wallet() -> Failure {
    Failure::new(Kind::Missing, "payments.no_such_wallet")
        .because("nobody with this id has a wallet")
}

pub(super) fn insufficient_funds() -> Failure {
    Failure::new(Kind::Conflict, "payments.insufficient_funds")
        .because("the wallet has less than that")
}

pub(super) fn beyond_limit(payments: &Payments) -> Failure {
    let limit = payments.adjustments.daily_limit_minor.unwrap_or_default();
    Failure::new(Kind::Exhausted, "payments.daily_limit")
        .because("more than one member of staff may move in a day")
        .with("limit_minor", limit)
        .with("currency", payments.terms.currency())
}
