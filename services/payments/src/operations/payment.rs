//! A payment that a provider tells of: credited to the invoice it matches, or put aside for people.
//! Once.

use chassis::sql;
use contract::failure::Failure;
use contract::payments::{InvoicePaid, ReferralEarned, event};
use kernel::ids::PersonId;
use kernel::once::Once;
use sqlx::PgConnection;

use super::{Payments, suspense, tell};
use crate::domain::invoice::{self, Invoice};
use crate::domain::ledger::Transfer;
use crate::domain::payment::{Payment, Verdict, judge};
use crate::postings;
use crate::store;

/// Books a payment, whoever tells of it and however often. Callback, poller, button and update all
/// end here.
///
/// What is credited, and to whom, comes from the stored invoice alone. The receipt's key makes it
/// once; credit, commission and events share one transaction.
///
/// # Errors
/// The database's; then nothing is booked and the caller, or the inbox, asks again.
pub async fn settle(payments: &Payments, payment: &Payment) -> Result<Once<Verdict>, Failure> {
    let settled = book(payments, payment).await.map_err(sql::failure)?;
    match settled {
        Once::Fresh(verdict) => {
            payments.bell.ring();
            report(payment, verdict);
        }
        Once::Repeat(_) => suspense::note_contradiction(payments, payment).await?,
    }
    Ok(settled)
}

async fn book(payments: &Payments, payment: &Payment) -> sqlx::Result<Once<Verdict>> {
    let mut tx = payments.pool.begin().await?;
    let invoice = match payment.invoice_id {
        Some(id) => store::invoices::find_locked(&mut *tx, id).await?,
        None => None,
    };
    let verdict = judge(invoice.as_ref(), payment);
    let is_fresh = match (verdict, invoice) {
        (Verdict::Credit, Some(invoice)) => credit(payments, &mut tx, &invoice, payment).await?,
        (Verdict::Suspense(mismatch), invoice) => {
            suspense::park(&mut tx, invoice.as_ref(), payment, mismatch).await?
        }
        // Without an invoice there is no verdict but suspense.
        (Verdict::Credit, None) => return Err(sqlx::Error::RowNotFound),
    };
    if !is_fresh {
        tx.rollback().await?;
        return Ok(Once::Repeat(verdict));
    }
    tx.commit().await?;
    Ok(Once::Fresh(verdict))
}

/// False where the payment was booked before.
async fn credit(
    payments: &Payments,
    conn: &mut PgConnection,
    invoice: &Invoice,
    payment: &Payment,
) -> sqlx::Result<bool> {
    let top_up = postings::top_up(invoice, payment);
    if !store::receipts::insert(&mut *conn, payment, Some(top_up.id)).await? {
        return Ok(false);
    }
    if let Some(state) = invoice::after(invoice.state, invoice::Event::Paid) {
        store::invoices::end(&mut *conn, invoice, state).await?;
    }
    apply(conn, &top_up).await?;
    let paid = InvoicePaid {
        invoice_id: invoice.id.to_string(),
        person_id: invoice.person.0,
        amount: Some(invoice.amount.into()),
        method: invoice.method.clone(),
        transfer_id: top_up.id.to_string(),
    };
    tell(conn, event::What::InvoicePaid(paid)).await?;
    reward_inviter(payments, conn, &top_up, invoice.person).await?;
    Ok(true)
}

/// The invitee's wallet is locked before the inviter's. An inviter's wallet is older than their
/// invitee's, so that nobody can be on both ends of such a chain, and two of them cannot wait for
/// each other.
async fn reward_inviter(
    payments: &Payments,
    conn: &mut PgConnection,
    top_up: &Transfer,
    person: PersonId,
) -> sqlx::Result<()> {
    let Some(inviter) = store::wallets::find_inviter(&mut *conn, person).await? else {
        return Ok(());
    };
    let percent = payments.terms.referral_percent;
    let commission = postings::referral_commission(top_up, inviter, percent);
    if let Some(commission) = &commission {
        apply(&mut *conn, commission).await?;
        let earned = ReferralEarned {
            transfer_id: commission.id.to_string(),
            inviter_id: inviter.0,
            amount: Some(commission.amount.into()),
        };
        tell(&mut *conn, event::What::ReferralEarned(earned)).await?;
    }
    store::referrals::insert(conn, top_up, inviter, commission.as_ref()).await
}

/// Under a fresh receipt a known transfer is a defect, and must undo the whole credit.
async fn apply(conn: &mut PgConnection, transfer: &Transfer) -> sqlx::Result<()> {
    let applied = store::transfers::credit(conn, transfer).await?;
    applied.map(|_| ()).ok_or_else(|| {
        sqlx::Error::Protocol(format!("transfer {} exists without its receipt", transfer.id))
    })
}

fn report(payment: &Payment, verdict: Verdict) {
    let (method, external_id) = (payment.provider.clone(), payment.external_id.as_str());
    match verdict {
        Verdict::Credit => {
            let invoice = payment.invoice_id;
            tracing::info!(method, external_id, ?invoice, "payment credited");
            metrics::counter!("bodega_payments_credits_total", "method" => method).increment(1);
        }
        Verdict::Suspense(mismatch) => {
            let reason = mismatch.code();
            tracing::error!(method, external_id, reason, "payment put in suspense");
            metrics::counter!("bodega_payments_suspense_cases_total", "reason" => reason)
                .increment(1);
        }
    }
}
