//! Whom a person invited, and what they earned by it.

use kernel::ids::{PersonId, TransferId};
use kernel::page::PageRequest;
use sqlx::{PgConnection, PgPool};
use uuid::Uuid;

use super::{count, owner};
use crate::domain::ledger::Transfer;
use crate::domain::referral::{Earning, Referral, ReferralStats};

/// Writes down the top-up of somebody who was invited, with the share that their inviter earned of it.
pub async fn insert(
    conn: &mut PgConnection,
    top_up: &Transfer,
    inviter: PersonId,
    share: Option<&Transfer>,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into payments.referral_top_ups
            (top_up_id, inviter_id, invited_id, topped_up_minor, earned_minor, earning_id)
         values ($1, $2, $3, $4, $5, $6)",
        top_up.id.0,
        inviter.0,
        owner(top_up.person),
        top_up.amount.minor,
        share.map_or(0, |share| share.amount.minor),
        share.map(|share| share.id.0),
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// What somebody's inviting has brought, by one read of what the people they invited topped up.
pub async fn find_stats(pool: &PgPool, inviter: PersonId) -> sqlx::Result<ReferralStats> {
    let row = sqlx::query!(
        r#"select
            (select count(*) from payments.wallets where inviter_id = $1) as "invited!",
            count(distinct invited_id) as "active!",
            coalesce(sum(earned_minor), 0)::bigint as "earned_minor!",
            coalesce(sum(topped_up_minor), 0)::bigint as "topped_up_minor!",
            count(*) filter (where earned_minor > 0) as "credits!"
        from payments.referral_top_ups where inviter_id = $1"#,
        inviter.0
    )
    .fetch_one(pool)
    .await?;
    Ok(ReferralStats {
        invited: count(row.invited),
        active: count(row.active),
        earned_minor: row.earned_minor,
        topped_up_minor: row.topped_up_minor,
        credits: count(row.credits),
    })
}

/// One page of whom somebody invited, those who brought most first.
pub async fn list(
    pool: &PgPool,
    inviter: PersonId,
    page: PageRequest,
) -> sqlx::Result<Vec<Referral>> {
    let rows = sqlx::query!(
        r#"with brought as (
            select invited_id, sum(earned_minor)::bigint as earned_minor,
                sum(topped_up_minor)::bigint as topped_up_minor
            from payments.referral_top_ups where inviter_id = $1 group by invited_id
        )
        select user_id, opened_at, coalesce(earned_minor, 0) as "earned_minor!",
            coalesce(topped_up_minor, 0) as "topped_up_minor!"
        from payments.wallets left join brought on invited_id = user_id
        where inviter_id = $1
        order by 3 desc, 4 desc, opened_at, user_id limit $2 offset $3"#,
        inviter.0,
        page.limit(),
        page.offset(),
    )
    .fetch_all(pool)
    .await?;
    let read = rows.into_iter().map(|row| Referral {
        person: PersonId(row.user_id),
        earned_minor: row.earned_minor,
        topped_up_minor: row.topped_up_minor,
        invited_at: row.opened_at.to_jiff(),
    });
    Ok(read.collect())
}

/// How many somebody invited.
pub async fn count_of(pool: &PgPool, inviter: PersonId) -> sqlx::Result<u64> {
    sqlx::query_scalar!(
        r#"select count(*) as "count!" from payments.wallets where inviter_id = $1"#,
        inviter.0
    )
    .fetch_one(pool)
    .await
    .map(count)
}

struct Row {
    id: Uuid,
    invited_id: i64,
    earned_minor: i64,
    topped_up_minor: i64,
    happened_at: jiff_sqlx::Timestamp,
}

impl From<Row> for Earning {
    fn from(row: Row) -> Self {
        Self {
            id: TransferId(row.id),
            invited: PersonId(row.invited_id),
            earned_minor: row.earned_minor,
            topped_up_minor: row.topped_up_minor,
            happened_at: row.happened_at.to_jiff(),
        }
    }
}

/// One page of what somebody earned, by one person they invited or by all; newest first.
pub async fn list_earnings(
    pool: &PgPool,
    inviter: PersonId,
    invited: Option<PersonId>,
    page: PageRequest,
) -> sqlx::Result<Vec<Earning>> {
    let rows = sqlx::query_as!(
        Row,
        r#"select earning_id as "id!", invited_id, earned_minor, topped_up_minor, happened_at
        from payments.referral_top_ups
        where inviter_id = $1 and earning_id is not null
            and ($2::bigint is null or invited_id = $2)
        order by seq desc limit $3 offset $4"#,
        inviter.0,
        invited.map(|invited| invited.0),
        page.limit(),
        page.offset(),
    )
    .fetch_all(pool)
    .await?;
    Ok(rows.into_iter().map(Into::into).collect())
}

/// How many earnings those are.
pub async fn count_earnings(
    pool: &PgPool,
    inviter: PersonId,
    invited: Option<PersonId>,
) -> sqlx::Result<u64> {
    sqlx::query_scalar!(
        r#"select count(*) as "count!" from payments.referral_top_ups
        where inviter_id = $1 and earning_id is not null
            and ($2::bigint is null or invited_id = $2)"#,
        inviter.0,
        invited.map(|invited| invited.0),
    )
    .fetch_one(pool)
    .await
    .map(count)
}

/// One earning of somebody's; none where it is another's.
pub async fn find_earning(
    pool: &PgPool,
    inviter: PersonId,
    id: TransferId,
) -> sqlx::Result<Option<Earning>> {
    let row = sqlx::query_as!(
        Row,
        r#"select earning_id as "id!", invited_id, earned_minor, topped_up_minor, happened_at
        from payments.referral_top_ups where earning_id = $1 and inviter_id = $2"#,
        id.0,
        inviter.0,
    )
    .fetch_optional(pool)
    .await?;
    Ok(row.map(Into::into))
}
