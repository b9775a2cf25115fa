//! Invoices: written before a provider hears of them, claimed by the jobs that follow them up.

use jiff_sqlx::Timestamp;
use kernel::ids::{InvoiceId, PersonId};
use kernel::page::PageRequest;
use sqlx::{PgExecutor, PgPool};
use uuid::Uuid;

use super::{count, money, named};
use crate::domain::invoice::{Intent, Invoice, State};

struct Row {
    id: Uuid,
    user_id: i64,
    method: String,
    state: String,
    currency: String,
    amount_minor: i64,
    price_currency: String,
    price_minor: i64,
    provider_ref: Option<String>,
    pay_url: Option<String>,
    created_at: Timestamp,
    expires_at: Timestamp,
    is_overdue: bool,
}

impl Row {
    fn read(self) -> sqlx::Result<Invoice> {
        Ok(Invoice {
            id: InvoiceId(self.id),
            person: PersonId(self.user_id),
            method: self.method,
            state: named(State::named(&self.state), &self.state)?,
            amount: money(self.amount_minor, &self.currency)?,
            price: money(self.price_minor, &self.price_currency)?,
            reference: self.provider_ref,
            pay_url: self.pay_url,
            created_at: self.created_at.to_jiff(),
            expires_at: self.expires_at.to_jiff(),
            is_overdue: self.is_overdue,
        })
    }
}

/// Writes an invoice down; none where its id is known or the person has as many open ones as they
/// may.
pub async fn insert(db: impl PgExecutor<'_>, intent: &Intent) -> sqlx::Result<Option<Invoice>> {
    let row = sqlx::query_as!(
        Row,
        r#"insert into payments.invoices
            (id, user_id, method, state, currency, amount_minor, price_currency, price_minor,
             expires_at, next_check_at)
        select $1, $2, $3, 'new', $4, $5, $6, $7,
            now() + make_interval(secs => $8::int), now() + make_interval(secs => $9::int)
        where (
            select count(*) from payments.invoices
            where user_id = $2 and state in ('new', 'pending') and expires_at > now()
        ) < $10
        on conflict (id) do nothing
        returning id, user_id, method, state, currency, amount_minor, price_currency, price_minor,
            provider_ref, pay_url, created_at, expires_at, false as "is_overdue!""#,
        intent.id.0,
        intent.person.0,
        intent.method,
        intent.amount.currency.code(),
        intent.amount.minor,
        intent.price.currency.code(),
        intent.price.minor,
        intent.lasts_seconds,
        intent.check_seconds,
        intent.open_max,
    )
    .fetch_optional(db)
    .await?;
    row.map(Row::read).transpose()
}

/// Fills in what the provider answered, or found under our payload. What was filled in first stays.
pub async fn attach(
    db: impl PgExecutor<'_>,
    id: InvoiceId,
    page: Option<(&str, &str)>,
) -> sqlx::Result<Invoice> {
    let (reference, url) = page.unzip();
    sqlx::query_as!(
        Row,
        r#"update payments.invoices
        set state = case state when 'new' then 'pending' else state end,
            provider_ref = coalesce(provider_ref, $2),
            pay_url = coalesce(pay_url, $3)
        where id = $1
        returning id, user_id, method, state, currency, amount_minor, price_currency, price_minor,
            provider_ref, pay_url, created_at, expires_at,
            expires_at <= now() as "is_overdue!""#,
        id.0,
        reference,
        url,
    )
    .fetch_one(db)
    .await?
    .read()
}

/// The invoice with this id.
pub async fn find(db: impl PgExecutor<'_>, id: InvoiceId) -> sqlx::Result<Option<Invoice>> {
    let row = sqlx::query_as!(
        Row,
        r#"select id, user_id, method, state, currency, amount_minor, price_currency, price_minor,
            provider_ref, pay_url, created_at, expires_at, expires_at <= now() as "is_overdue!"
        from payments.invoices where id = $1"#,
        id.0
    )
    .fetch_optional(db)
    .await?;
    row.map(Row::read).transpose()
}

/// The same, locked until the transaction ends: payments for one invoice are judged one after the
/// other.
pub async fn find_locked(db: impl PgExecutor<'_>, id: InvoiceId) -> sqlx::Result<Option<Invoice>> {
    let row = sqlx::query_as!(
        Row,
        r#"select id, user_id, method, state, currency, amount_minor, price_currency, price_minor,
            provider_ref, pay_url, created_at, expires_at, expires_at <= now() as "is_overdue!"
        from payments.invoices where id = $1 for no key update"#,
        id.0
    )
    .fetch_optional(db)
    .await?;
    row.map(Row::read).transpose()
}

/// Moves a locked invoice to an end. Nobody asks the provider about it any more.
pub async fn end(db: impl PgExecutor<'_>, invoice: &Invoice, state: State) -> sqlx::Result<()> {
    sqlx::query!(
        "update payments.invoices
         set state = $2, next_check_at = null,
             paid_at = case when $2 = 'paid' then now() end,
             paid_late = $2 = 'paid' and state = 'expired'
         where id = $1",
        invoice.id.0,
        state.name(),
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Stops asking the provider about an invoice.
pub async fn stop_checks(db: impl PgExecutor<'_>, id: InvoiceId) -> sqlx::Result<()> {
    sqlx::query!("update payments.invoices set next_check_at = null where id = $1", id.0)
        .execute(db)
        .await?;
    Ok(())
}

/// Expires up to `limit` open invoices whose time has been over for `grace_seconds`, and returns
/// them as they were before.
pub async fn expire_due(
    db: impl PgExecutor<'_>,
    grace_seconds: i32,
    limit: i64,
) -> sqlx::Result<Vec<Invoice>> {
    sqlx::query_as!(
        Row,
        r#"with due as (
            select id as due_id, state as state_before from payments.invoices
            where state in ('new', 'pending')
                and expires_at <= now() - make_interval(secs => $1::int)
            order by expires_at limit $2 for update skip locked
        )
        update payments.invoices set state = 'expired' from due where id = due_id
        returning id, user_id, method, state_before as state, currency, amount_minor,
            price_currency, price_minor, provider_ref, pay_url, created_at, expires_at,
            true as "is_overdue!""#,
        grace_seconds,
        limit,
    )
    .fetch_all(db)
    .await?
    .into_iter()
    .map(Row::read)
    .collect()
}

/// Takes up to `limit` invoices of a provider that are due to be asked about, and sets when they
/// are due again: open ones after `poll_seconds`, ended ones ever more rarely. Also the last time
/// has a next one, until [`stop_old_checks`] says that it was answered.
pub async fn claim_due(
    pool: &PgPool,
    method: &str,
    poll_seconds: i32,
    limit: i64,
) -> sqlx::Result<Vec<Invoice>> {
    sqlx::query_as!(
        Row,
        r#"update payments.invoices
        set next_check_at = case
            when state in ('new', 'pending') then now() + make_interval(secs => $2::int)
            else now() + greatest(make_interval(secs => $2::int), (now() - created_at) / 4)
        end
        where id in (
            select id from payments.invoices
            where method = $1 and next_check_at <= now()
            order by next_check_at limit $3 for update skip locked
        )
        returning id, user_id, method, state, currency, amount_minor, price_currency, price_minor,
            provider_ref, pay_url, created_at, expires_at, expires_at <= now() as "is_overdue!""#,
        method,
        poll_seconds,
        limit,
    )
    .fetch_all(pool)
    .await?
    .into_iter()
    .map(Row::read)
    .collect()
}

/// Stops asking about those of `asked` that are a week old.
pub async fn stop_old_checks(db: impl PgExecutor<'_>, asked: &[Invoice]) -> sqlx::Result<()> {
    let ids: Vec<Uuid> = asked.iter().map(|invoice| invoice.id.0).collect();
    sqlx::query!(
        "update payments.invoices set next_check_at = null
         where id = any($1) and created_at < now() - interval '7 days'",
        &ids
    )
    .execute(db)
    .await?;
    Ok(())
}

/// One page of a person's invoices, newest first.
pub async fn list(
    pool: &PgPool,
    person: PersonId,
    page: PageRequest,
) -> sqlx::Result<Vec<Invoice>> {
    sqlx::query_as!(
        Row,
        r#"select id, user_id, method, state, currency, amount_minor, price_currency, price_minor,
            provider_ref, pay_url, created_at, expires_at, expires_at <= now() as "is_overdue!"
        from payments.invoices where user_id = $1
        order by created_at desc, id desc limit $2 offset $3"#,
        person.0,
        page.limit(),
        page.offset(),
    )
    .fetch_all(pool)
    .await?
    .into_iter()
    .map(Row::read)
    .collect()
}

/// How many invoices a person has.
pub async fn count_of(pool: &PgPool, person: PersonId) -> sqlx::Result<u64> {
    sqlx::query_scalar!(
        r#"select count(*) as "count!" from payments.invoices where user_id = $1"#,
        person.0
    )
    .fetch_one(pool)
    .await
    .map(count)
}
