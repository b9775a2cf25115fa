//! Receipts: the one row per payment of a provider that decides who books it.

use kernel::ids::{InvoiceId, TransferId};
use sqlx::PgExecutor;

use super::money;
use crate::domain::payment::{Payment, Told};

/// Writes down that a payment came in, booked by `transfer`; false where it was told before. Waits
/// for a transaction that is at the same payment, and only a conflict on this very key counts as
/// "before".
pub async fn insert(
    db: impl PgExecutor<'_>,
    payment: &Payment,
    transfer: Option<TransferId>,
) -> sqlx::Result<bool> {
    let inserted = sqlx::query!(
        "insert into payments.receipts
            (provider, external_id, invoice_id, transfer_id, price_currency, price_minor, details)
         values ($1, $2, $3, $4, $5, $6, $7)
         on conflict on constraint receipts_are_unique do nothing",
        payment.provider,
        payment.external_id,
        payment.invoice_id.map(|id| id.0),
        transfer.map(|id| id.0),
        payment.price.map(|price| price.currency.code().to_owned()),
        payment.price.map(|price| price.minor),
        payment.details,
    )
    .execute(db)
    .await?;
    Ok(inserted.rows_affected() == 1)
}

/// What a payment was said to be when it was told first.
pub async fn find_told(
    db: impl PgExecutor<'_>,
    provider: &str,
    external_id: &str,
) -> sqlx::Result<Option<Told>> {
    let row = sqlx::query!(
        "select invoice_id, price_currency, price_minor from payments.receipts
         where provider = $1 and external_id = $2",
        provider,
        external_id,
    )
    .fetch_optional(db)
    .await?;
    row.map(|row| {
        let price = row.price_minor.zip(row.price_currency.as_deref());
        Ok(Told {
            invoice_id: row.invoice_id.map(InvoiceId),
            price: price.map(|(minor, code)| money(minor, code)).transpose()?,
        })
    })
    .transpose()
}
