//! Grants: money of the shop's for a person, from a redeemed code or as a reward, once.

use chassis::sql;
use contract::failure::Failure;
use kernel::money::Money;

use super::wallet::{accept_id, available, conflict};
use super::{Payments, accept_reference};
use crate::postings::{self, Grant};
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
