//! Suspense cases: payments and refunds that people look at.

use jiff::Timestamp;
use kernel::ids::{InvoiceId, PersonId};
use kernel::money::Money;
use kernel::page::PageRequest;
use sqlx::{PgExecutor, PgPool};
use uuid::Uuid;

use super::{count, money};

/// A case as it is opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Case {
    /// The same for every delivery of the same payment.
    pub id: Uuid,
    /// The provider's slug.
    pub provider: String,
    /// The provider's id of the payment.
    pub external_id: String,
    /// The invoice that the payment names.
    pub invoice_id: Option<InvoiceId>,
    /// Who seems to have paid.
    pub person: Option<PersonId>,
    /// Stable code of what did not match.
    pub reason: String,
    /// What came in; none where it could not be read.
    pub amount: Option<Money>,
}

/// Opens a case; false where the payment has one.
pub async fn insert(db: impl PgExecutor<'_>, case: &Case) -> sqlx::Result<bool> {
    let inserted = sqlx::query!(
        "insert into payments.suspense_cases
            (id, provider, external_id, invoice_id, person_id, reason, currency, amount_minor)
         values ($1, $2, $3, $4, $5, $6, $7, $8)
         on conflict on constraint suspense_cases_are_unique do nothing",
        case.id,
        case.provider,
        case.external_id,
        case.invoice_id.map(|id| id.0),
        case.person.map(|person| person.0),
        case.reason,
        case.amount.map(|amount| amount.currency.code().to_owned()),
        case.amount.map(|amount| amount.minor),
    )
    .execute(db)
    .await?;
    Ok(inserted.rows_affected() == 1)
}

/// One page of cases with the time each was opened, newest first.
pub async fn list(pool: &PgPool, page: PageRequest) -> sqlx::Result<Vec<(Case, Timestamp)>> {
    sqlx::query!(
        "select id, provider, external_id, invoice_id, person_id, reason, currency, amount_minor,
            opened_at
         from payments.suspense_cases order by opened_at desc, id limit $1 offset $2",
        page.limit(),
        page.offset(),
    )
    .fetch_all(pool)
    .await?
    .into_iter()
    .map(|row| {
        let amount = row.amount_minor.zip(row.currency.as_deref());
        let case = Case {
            id: row.id,
            provider: row.provider,
            external_id: row.external_id,
            invoice_id: row.invoice_id.map(InvoiceId),
            person: row.person_id.map(PersonId),
            reason: row.reason,
            amount: amount.map(|(minor, code)| money(minor, code)).transpose()?,
        };
        Ok((case, row.opened_at.to_jiff()))
    })
    .collect()
}

/// How many cases there are.
pub async fn count_all(pool: &PgPool) -> sqlx::Result<u64> {
    sqlx::query_scalar!(r#"select count(*) as "count!" from payments.suspense_cases"#)
        .fetch_one(pool)
        .await
        .map(count)
}
