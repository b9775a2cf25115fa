//! Transfers: a movement and the balance it changes are written by one statement, or not at all.

use kernel::ids::{PersonId, TransferId};
use kernel::money::Money;
use kernel::page::PageRequest;
use sqlx::{PgConnection, PgExecutor, PgPool};

use super::{count, money, named, owner};
use crate::domain::ledger::{Kind, Operation, Transfer};

/// The constraint that a repeated transfer meets.
pub const PRIMARY_KEY: &str = "transfers_pkey";

/// Takes a charge from its wallet, or leaves a tombstone where the money is missing; what may be
/// spent after it, or none where it was refused. One statement and no transaction around it: this
/// is the step that every sale waits for.
///
/// The wallet's row is locked first, so that charges of one person are decided one after the other,
/// and a charge under a known id fails on [`PRIMARY_KEY`] without an effect.
pub async fn charge(db: impl PgExecutor<'_>, transfer: &Transfer) -> sqlx::Result<Option<i64>> {
    sqlx::query_scalar!(
        r#"with taken as (
            update payments.wallets set balance_minor = balance_minor - $4
            where user_id = $2 and currency = $3 and balance_minor - held_minor >= $4
            returning balance_minor - held_minor as available
        ), outcome as (
            select (select available from taken) as available
        ), written as (
            insert into payments.transfers
                (id, user_id, currency, amount_minor, refused_minor, kind,
                 from_account, to_account, reference)
            select $1, $2, $3,
                case when available is null then 0 else $4 end,
                case when available is null then $4 end,
                case when available is null then 'refused' else $5 end,
                $6, $7, $8
            from outcome
        )
        select available from outcome"#,
        transfer.id.0,
        owner(transfer.person),
        transfer.amount.currency.code(),
        transfer.amount.minor,
        transfer.kind.name(),
        &*transfer.from.name(),
        &*transfer.to.name(),
        transfer.reference,
    )
    .fetch_one(db)
    .await
}

/// Brings a transfer into its wallet, which is opened where there is none; what may be spent after
/// it, or none where the id is known already.
pub async fn credit(conn: &mut PgConnection, transfer: &Transfer) -> sqlx::Result<Option<i64>> {
    sqlx::query_scalar!(
        r#"with written as (
            insert into payments.transfers
                (id, user_id, currency, amount_minor, kind, from_account, to_account, reference,
                 staff_id)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
            on conflict (id) do nothing
            returning user_id, currency, amount_minor
        )
        insert into payments.wallets (user_id, currency, balance_minor)
        select user_id, currency, amount_minor from written
        on conflict (user_id) do update
            set balance_minor = wallets.balance_minor + excluded.balance_minor
        returning balance_minor - held_minor as "available!""#,
        transfer.id.0,
        owner(transfer.person),
        transfer.amount.currency.code(),
        transfer.amount.minor,
        transfer.kind.name(),
        &*transfer.from.name(),
        &*transfer.to.name(),
        transfer.reference,
        transfer.staff.map(|staff| staff.0),
    )
    .fetch_optional(conn)
    .await
}

/// Takes a transfer from its wallet; what may be spent after it, or none where the money is
/// missing. Leaves no tombstone. A known id fails on [`PRIMARY_KEY`].
pub async fn debit(conn: &mut PgConnection, transfer: &Transfer) -> sqlx::Result<Option<i64>> {
    sqlx::query_scalar!(
        r#"with taken as (
            update payments.wallets set balance_minor = balance_minor - $4
            where user_id = $2 and currency = $3 and balance_minor - held_minor >= $4
            returning balance_minor - held_minor as available
        ), written as (
            insert into payments.transfers
                (id, user_id, currency, amount_minor, kind, from_account, to_account, reference,
                 staff_id)
            select $1, $2, $3, $4, $5, $6, $7, $8, $9 from taken
        )
        select available as "available!" from taken"#,
        transfer.id.0,
        owner(transfer.person),
        transfer.amount.currency.code(),
        transfer.amount.minor,
        transfer.kind.name(),
        &*transfer.from.name(),
        &*transfer.to.name(),
        transfer.reference,
        transfer.staff.map(|staff| staff.0),
    )
    .fetch_optional(conn)
    .await
}

/// Writes a transfer between two accounts of the shop.
pub async fn book(conn: &mut PgConnection, transfer: &Transfer) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into payments.transfers
            (id, user_id, currency, amount_minor, kind, from_account, to_account, reference)
         values ($1, 0, $2, $3, $4, $5, $6, $7)",
        transfer.id.0,
        transfer.amount.currency.code(),
        transfer.amount.minor,
        transfer.kind.name(),
        &*transfer.from.name(),
        &*transfer.to.name(),
        transfer.reference,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// What was written under an id before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// Whose wallet.
    pub person: PersonId,
    /// Why; `Refused` for a tombstone.
    pub kind: Kind,
    /// Signed as its owner sees it; for a tombstone, what was asked for.
    pub amount: Money,
    /// What it was for.
    pub reference: String,
}

/// The transfer under an id.
pub async fn find(db: impl PgExecutor<'_>, id: TransferId) -> sqlx::Result<Option<Written>> {
    let row = sqlx::query!(
        r#"select user_id, kind, currency, reference,
            case when to_account = 'wallet' then 1 else -1 end
                * coalesce(refused_minor, amount_minor) as "minor!"
        from payments.transfers where id = $1"#,
        id.0
    )
    .fetch_optional(db)
    .await?;
    row.map(|row| {
        Ok(Written {
            person: PersonId(row.user_id),
            kind: named(Kind::named(&row.kind), &row.kind)?,
            amount: money(row.minor, &row.currency)?,
            reference: row.reference,
        })
    })
    .transpose()
}

/// One page of what moved a person's wallet, newest first.
pub async fn list(
    pool: &PgPool,
    person: PersonId,
    page: PageRequest,
) -> sqlx::Result<Vec<Operation>> {
    sqlx::query!(
        r#"select id, kind, currency, created_at, reference,
            case when to_account = 'wallet' then amount_minor else -amount_minor end as "minor!"
        from payments.transfers
        where user_id = $1 and kind <> 'refused'
        order by seq desc limit $2 offset $3"#,
        person.0,
        page.limit(),
        page.offset(),
    )
    .fetch_all(pool)
    .await?
    .into_iter()
    .map(|row| {
        Ok(Operation {
            id: TransferId(row.id),
            kind: named(Kind::named(&row.kind), &row.kind)?,
            amount: money(row.minor, &row.currency)?,
            happened_at: row.created_at.to_jiff(),
            reference: row.reference,
        })
    })
    .collect()
}

/// How many movements a person's wallet has seen.
pub async fn count_of(pool: &PgPool, person: PersonId) -> sqlx::Result<u64> {
    sqlx::query_scalar!(
        r#"select count(*) as "count!" from payments.transfers
           where user_id = $1 and kind <> 'refused'"#,
        person.0
    )
    .fetch_one(pool)
    .await
    .map(count)
}
