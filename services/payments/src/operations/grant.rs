//! Grants: money of the shop's for a person, from a redeemed code or as a reward, once; and what is left of one, taken back.

use chassis::sql;
use contract::failure::{Failure, Kind};
use kernel::ids::TransferId;
use kernel::money::Money;

use super::wallet::{accept_id, available, conflict};
use super::{Payments, accept_reference};
use crate::domain::ledger;
use crate::postings::{self, Grant, GrantKind};
use crate::store;

/// Grants an amount, once; gives what may be spent afterwards.
///
/// # Errors
/// `payments.transfer_conflict` where the id stands for something else; an id that is not a fresh
/// one; an amount that is none.
pub async fn grant_wallet(payments: &Payments, grant: Grant) -> Result<Money, Failure> {
    accept_id(grant.id)?;
    let amount = payments.accept(grant.amount, 1)?;
    let reference = accept_reference(grant.reference)?;
    let transfer = postings::grant(Grant { reference, ..grant });
    let mut conn = payments.pool.acquire().await.map_err(sql::failure)?;
    let credited = store::transfers::credit(&mut conn, &transfer).await.map_err(sql::failure)?;
    if let Some(minor) = credited {
        let kind = transfer.kind.name();
        metrics::counter!("bodega_payments_grants_total", "kind" => kind).increment(1);
        return Ok(Money::new(minor, amount.currency));
    }
    let written = store::transfers::find(&mut *conn, grant.id).await.map_err(sql::failure)?;
    let is_same = written.is_some_and(|written| {
        written.kind == transfer.kind && written.person == grant.person && written.amount == amount
    });
    if is_same { available(payments, grant.person).await } else { Err(conflict()) }
}

/// Takes back what a person still has of a grant, once; gives how much that was.
///
/// # Errors
/// `payments.no_such_grant`; `payments.transfer_conflict` where the id stands for something else; an id that is not a
/// fresh one.
pub async fn take_back_grant(
    payments: &Payments,
    id: TransferId,
    grant: TransferId,
) -> Result<Money, Failure> {
    accept_id(id)?;
    let grant = find_grant(payments, grant).await?;
    let mut tx = payments.pool.begin().await.map_err(sql::failure)?;
    let available = store::wallets::lock_available(&mut tx, grant.person).await;
    let available = available.map_err(sql::failure)?.unwrap_or_default();
    // Read under the lock: a call with the same id has either ended or not begun.
    if let Some(known) = store::transfers::find(&mut *tx, id).await.map_err(sql::failure)? {
        let whole = postings::take_back(id, &grant, grant.amount);
        let is_same = known.kind == whole.kind
            && known.person == grant.person
            && known.reference == grant.reference
            && (-grant.amount.minor..0).contains(&known.amount.minor);
        let taken = Money::new(-known.amount.minor, grant.amount.currency);
        return if is_same { Ok(taken) } else { Err(conflict()) };
    }
    let taken = Money::new(available.clamp(0, grant.amount.minor), grant.amount.currency);
    if taken.minor > 0 {
        let transfer = postings::take_back(id, &grant, taken);
        store::transfers::debit(&mut tx, &transfer).await.map_err(sql::failure)?;
        tx.commit().await.map_err(sql::failure)?;
        metrics::counter!("bodega_payments_grants_taken_back_total").increment(1);
    }
    Ok(taken)
}

/// What was granted under an id.
async fn find_grant(payments: &Payments, id: TransferId) -> Result<Grant, Failure> {
    let written = store::transfers::find(&payments.pool, id).await.map_err(sql::failure)?;
    let grant = written.filter(|written| written.amount.minor > 0).and_then(|written| {
        let kind = match written.kind {
            ledger::Kind::Promo => GrantKind::Promo,
            ledger::Kind::Reward => GrantKind::Reward,
            _ => return None,
        };
        let (person, amount) = (written.person, written.amount);
        Some(Grant { id, person, amount, kind, reference: written.reference })
    });
    grant.ok_or_else(|| {
        Failure::new(Kind::Missing, "payments.no_such_grant")
            .because("nothing was granted under this id")
    })
}
