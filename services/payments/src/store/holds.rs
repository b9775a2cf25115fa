//! Holds: each change of a hold and of its wallet is one statement, decided by the hold's own
//! state.

use kernel::currency::Currency;
use kernel::ids::{HoldId, PersonId};
use sqlx::{PgExecutor, PgPool};

use super::{count, money, named, owner};
use crate::domain::hold::{Hold, Intent, State};
use crate::domain::ledger::Transfer;

/// The constraint that a repeated hold meets.
pub const PRIMARY_KEY: &str = "holds_pkey";

/// Sets money aside, or writes down that there was not enough. A known id fails on [`PRIMARY_KEY`].
pub async fn take(db: impl PgExecutor<'_>, intent: &Intent) -> sqlx::Result<Hold> {
    let row = sqlx::query!(
        "with taken as (
            update payments.wallets set held_minor = held_minor + $4
            where user_id = $2 and currency = $3 and balance_minor - held_minor >= $4
            returning user_id
        ), outcome as (
            select exists (select from taken) as is_taken
        )
        insert into payments.holds
            (id, user_id, currency, amount_minor, state, reference, expires_at, ended_at)
        select $1, $2, $3, $4, case when is_taken then 'pending' else 'refused' end, $5,
            now() + make_interval(secs => $6::int),
            case when not is_taken then now() end
        from outcome
        returning state, expires_at",
        intent.id.0,
        intent.person.0,
        intent.amount.currency.code(),
        intent.amount.minor,
        intent.reference,
        intent.lasts_seconds,
    )
    .fetch_one(db)
    .await?;
    Ok(Hold {
        id: intent.id,
        person: Some(intent.person),
        state: named(State::named(&row.state), &row.state)?,
        amount: intent.amount,
        posted_minor: 0,
        expires_at: row.expires_at.to_jiff(),
        reference: intent.reference.clone(),
    })
}

/// Pays the shop from a pending hold and frees the rest; false where the hold is not pending any
/// more.
pub async fn post(db: impl PgExecutor<'_>, id: HoldId, transfer: &Transfer) -> sqlx::Result<bool> {
    let posted = sqlx::query_scalar!(
        r#"with posted as (
            update payments.holds set state = 'posted', posted_minor = $2, ended_at = now()
            where id = $1 and state = 'pending'
            returning user_id, currency, amount_minor
        ), paid as (
            update payments.wallets
            set balance_minor = balance_minor - $2, held_minor = held_minor - posted.amount_minor
            from posted where wallets.user_id = posted.user_id
        ), written as (
            insert into payments.transfers
                (id, user_id, currency, amount_minor, kind, from_account, to_account, reference)
            select $3, user_id, currency, $2, $4, $5, $6, $7 from posted
        )
        select count(*) as "count!" from posted"#,
        id.0,
        transfer.amount.minor,
        transfer.id.0,
        transfer.kind.name(),
        &*transfer.from.name(),
        &*transfer.to.name(),
        transfer.reference,
    )
    .fetch_one(db)
    .await?;
    Ok(posted == 1)
}

/// Frees a pending hold; false where it is not pending, or not there.
pub async fn void(db: impl PgExecutor<'_>, id: HoldId) -> sqlx::Result<bool> {
    let voided = sqlx::query_scalar!(
        r#"with voided as (
            update payments.holds set state = 'voided', ended_at = now()
            where id = $1 and state = 'pending'
            returning user_id, amount_minor
        ), freed as (
            update payments.wallets set held_minor = held_minor - voided.amount_minor
            from voided where wallets.user_id = voided.user_id
        )
        select count(*) as "count!" from voided"#,
        id.0
    )
    .fetch_one(db)
    .await?;
    Ok(voided == 1)
}

/// Leaves the tombstone of a void that came before its hold; false where there is a hold with this
/// id.
pub async fn bury(db: impl PgExecutor<'_>, id: HoldId, currency: Currency) -> sqlx::Result<bool> {
    let buried = sqlx::query!(
        "insert into payments.holds
            (id, user_id, currency, amount_minor, state, reference, expires_at, ended_at)
         values ($1, $2, $3, 0, 'voided', '', now(), now())
         on conflict (id) do nothing",
        id.0,
        owner(None),
        currency.code(),
    )
    .execute(db)
    .await?;
    Ok(buried.rows_affected() == 1)
}

/// Expires up to `limit` holds whose time is over and frees their money; how many. What another
/// replica is at is left to it.
pub async fn expire_due(pool: &PgPool, limit: i64) -> sqlx::Result<u64> {
    sqlx::query_scalar!(
        r#"with due as (
            select id from payments.holds
            where state = 'pending' and expires_at <= now()
            order by expires_at limit $1 for update skip locked
        ), expired as (
            update payments.holds set state = 'expired', ended_at = now()
            from due where holds.id = due.id
            returning user_id, amount_minor
        ), freed as (
            update payments.wallets set held_minor = held_minor - owed.minor
            from (
                select user_id, sum(amount_minor)::bigint as minor from expired group by user_id
            ) as owed
            where wallets.user_id = owed.user_id
        )
        select count(*) as "count!" from expired"#,
        limit
    )
    .fetch_one(pool)
    .await
    .map(count)
}

/// The hold with this id.
pub async fn find(db: impl PgExecutor<'_>, id: HoldId) -> sqlx::Result<Option<Hold>> {
    let row = sqlx::query!(
        "select user_id, state, currency, amount_minor, posted_minor, expires_at, reference
         from payments.holds where id = $1",
        id.0
    )
    .fetch_optional(db)
    .await?;
    row.map(|row| {
        Ok(Hold {
            id,
            person: (row.user_id != 0).then_some(PersonId(row.user_id)),
            state: named(State::named(&row.state), &row.state)?,
            amount: money(row.amount_minor, &row.currency)?,
            posted_minor: row.posted_minor,
            expires_at: row.expires_at.to_jiff(),
            reference: row.reference,
        })
    })
    .transpose()
}
