//! Receipts: the one row per payment of a provider that decides who books it.

use kernel::ids::TransferId;
use sqlx::PgExecutor;

use crate::domain::payment::Payment;

/// Writes down that a payment came in, booked by `transfer`; false where it was told before. Waits
/// for a transaction that is at the same payment, and only a conflict on this very key counts as
/// "before".
pub async fn insert(
    db: impl PgExecutor<'_>,
    payment: &Payment,
    transfer: Option<TransferId>,
) -> sqlx::Result<bool> {
    let inserted = sqlx::query!(
        "insert into payments.receipts (provider, external_id, invoice_id, transfer_id, details)
         values ($1, $2, $3, $4, $5)
         on conflict on constraint receipts_are_unique do nothing",
        payment.provider,
        payment.external_id,
        payment.invoice_id.map(|id| id.0),
        transfer.map(|id| id.0),
        payment.details,
    )
    .execute(db)
    .await?;
    Ok(inserted.rows_affected() == 1)
}
