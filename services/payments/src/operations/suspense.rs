//! Suspense: money that came and fits nothing, and money that Telegram gave back. People decide
//! about it.

use chassis::sql;
use contract::failure::Failure;
use contract::payments::{SuspenseOpened, event};
use jiff::Timestamp;
use kernel::ids;
use kernel::page::{Page, PageRequest};
use sqlx::PgConnection;

use super::{Payments, tell};
use crate::domain::invoice::{self, Invoice};
use crate::domain::payment::{Mismatch, Payment};
use crate::postings;
use crate::store;
use crate::store::suspense_cases::Case;

/// Puts a payment aside, in its own currency, and opens a case; false where it was booked before.
pub(super) async fn park(
    conn: &mut PgConnection,
    invoice: Option<&Invoice>,
    payment: &Payment,
    mismatch: Mismatch,
) -> sqlx::Result<bool> {
    let transfer = postings::suspense_in(payment);
    let transfer_id = transfer.as_ref().map(|transfer| transfer.id);
    if !store::receipts::insert(&mut *conn, payment, transfer_id).await? {
        return Ok(false);
    }
    if let Some(transfer) = &transfer {
        store::transfers::book(conn, transfer).await?;
    }
    if let Some(invoice) = invoice
        && let Some(state) = invoice::after(invoice.state, invoice::Event::Mismatched)
    {
        store::invoices::end(&mut *conn, invoice, state).await?;
    }
    let case = case(payment.external_id.clone(), invoice, payment, mismatch);
    open(conn, &case).await
}

/// Notes that a provider gave a payment back: the wallet still has it, and whether it is taken back
/// is for people.
///
/// # Errors
/// The database's.
pub async fn note_refund(payments: &Payments, refund: &Payment) -> Result<(), Failure> {
    if note(payments, refund, Mismatch::Refunded).await.map_err(sql::failure)? {
        let (method, external_id) = (refund.provider.as_str(), refund.external_id.as_str());
        tracing::error!(method, external_id, "payment was refunded, the wallet still has it");
    }
    Ok(())
}

/// Looks at a payment that was booked before: where it is now told with another invoice or amount,
/// the books stay as they are and people are told.
///
/// # Errors
/// The database's.
pub(super) async fn note_contradiction(
    payments: &Payments,
    payment: &Payment,
) -> Result<(), Failure> {
    let (method, external_id) = (payment.provider.as_str(), payment.external_id.as_str());
    let told = store::receipts::find_told(&payments.pool, method, external_id)
        .await
        .map_err(sql::failure)?;
    if !told.is_some_and(|told| told.is_contradicted_by(payment)) {
        return Ok(());
    }
    if note(payments, payment, Mismatch::Contradicted).await.map_err(sql::failure)? {
        tracing::error!(method, external_id, ?told, ?payment, "payment was booked otherwise");
    }
    Ok(())
}

/// Opens a case beside what is booked; false where there is one. The payment itself may have a case
/// already: this is another one, named by what happened.
async fn note(payments: &Payments, payment: &Payment, what: Mismatch) -> sqlx::Result<bool> {
    let mut tx = payments.pool.begin().await?;
    let invoice = match payment.invoice_id {
        Some(id) => store::invoices::find(&mut *tx, id).await?,
        None => None,
    };
    let prefix = if what == Mismatch::Refunded { "refund" } else { what.code() };
    let external_id = format!("{prefix}:{}", payment.external_id);
    let case = case(external_id, invoice.as_ref(), payment, what);
    let opened = open(&mut tx, &case).await?;
    tx.commit().await?;
    if opened {
        payments.bell.ring();
        metrics::counter!("bodega_payments_suspense_cases_total", "reason" => what.code())
            .increment(1);
    }
    Ok(opened)
}

/// Cases, newest first, each with the time it was opened.
///
/// # Errors
/// The database's.
pub async fn list_suspense(
    payments: &Payments,
    page: PageRequest,
) -> Result<Page<(Case, Timestamp)>, Failure> {
    let rows = store::suspense_cases::list(&payments.pool, page).await.map_err(sql::failure)?;
    let total = store::suspense_cases::count_all(&payments.pool).await.map_err(sql::failure)?;
    Ok(Page { rows, total })
}

fn case(
    external_id: String,
    invoice: Option<&Invoice>,
    payment: &Payment,
    mismatch: Mismatch,
) -> Case {
    let owner = invoice.map(|invoice| invoice.person);
    // The message that tells of a refund may be the bot's own.
    let person = match mismatch {
        Mismatch::Refunded => owner.or(payment.payer),
        _ => payment.payer.or(owner),
    };
    Case {
        id: ids::derived("case", &format!("{} {external_id}", payment.provider)),
        provider: payment.provider.clone(),
        external_id,
        invoice_id: payment.invoice_id,
        person,
        reason: mismatch.code().to_owned(),
        amount: payment.price,
    }
}

async fn open(conn: &mut PgConnection, case: &Case) -> sqlx::Result<bool> {
    let opened = store::suspense_cases::insert(&mut *conn, case).await?;
    if opened {
        let told = SuspenseOpened {
            case_id: case.id.to_string(),
            person_id: case.person.map_or(0, |person| person.0),
        };
        tell(conn, event::What::SuspenseOpened(told)).await?;
    }
    Ok(opened)
}
