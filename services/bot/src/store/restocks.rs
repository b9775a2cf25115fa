//! Rows of stock that came in and is yet to be told.

use std::time::Duration;

use kernel::ids::ItemId;
use sqlx::{PgConnection, PgPool};

/// A bundle that was claimed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Restock {
    /// Its number: the key of whatever is said because of it.
    pub id: i64,
    /// What came in.
    pub item: ItemId,
    /// How many pieces, by now.
    pub units: i64,
    /// How often the channel was tried, this time included.
    pub attempts: u32,
}

/// Adds to the open bundle of an item, or opens one that the channel hears of after `bundled`.
pub async fn add(
    conn: &mut PgConnection,
    item: ItemId,
    units: u32,
    bundled: Duration,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into bot.restocks (item_id, units, post_due_at)
        values ($1, $2, now() + make_interval(secs => $3))
        on conflict (item_id) where post_due_at is not null
        do update set units = restocks.units + excluded.units, waiters_due_at = now()",
        item.0,
        i64::from(units),
        bundled.as_secs_f64()
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Claims bundles whose waiters are to be told; for `lease` nobody else will.
pub async fn claim_for_waiters(
    pool: &PgPool,
    limit: i64,
    lease: Duration,
) -> sqlx::Result<Vec<Restock>> {
    let rows = sqlx::query!(
        "update bot.restocks set waiters_due_at = now() + make_interval(secs => $2)
        where id in (select id from bot.restocks where waiters_due_at <= now()
            order by waiters_due_at limit $1 for update skip locked)
        returning id, item_id, units, attempts",
        limit,
        lease.as_secs_f64()
    )
    .fetch_all(pool)
    .await?;
    let rows = rows.into_iter().map(|row| restock(row.id, row.item_id, row.units, row.attempts));
    Ok(rows.collect())
}

/// Notes that the waiters of a bundle were told.
pub async fn waiters_told(pool: &PgPool, restock: &Restock) -> sqlx::Result<()> {
    sqlx::query!(
        "with told as (
            update bot.restocks set waiters_due_at = null
            where id = $1 and units = $2 and post_due_at is not null
        )
        delete from bot.restocks where id = $1 and units = $2 and post_due_at is null",
        restock.id,
        restock.units
    )
    .execute(pool)
    .await?;
    Ok(())
}

/// Claims bundles that the channel is to hear of; for `lease` nobody else will.
pub async fn claim_for_post(
    pool: &PgPool,
    limit: i64,
    lease: Duration,
) -> sqlx::Result<Vec<Restock>> {
    let rows = sqlx::query!(
        "update bot.restocks set post_due_at = now() + make_interval(secs => $2),
            attempts = attempts + 1
        where id in (select id from bot.restocks where post_due_at <= now()
            order by post_due_at limit $1 for update skip locked)
        returning id, item_id, units, attempts",
        limit,
        lease.as_secs_f64()
    )
    .fetch_all(pool)
    .await?;
    let rows = rows.into_iter().map(|row| restock(row.id, row.item_id, row.units, row.attempts));
    Ok(rows.collect())
}

/// Notes that the channel heard of these pieces, or never will; what came meanwhile is told after `bundled`.
pub async fn posted(
    conn: &mut PgConnection,
    restock: &Restock,
    bundled: Duration,
) -> sqlx::Result<()> {
    sqlx::query!(
        "with later as (
            update bot.restocks set units = units - $2, attempts = 0,
                post_due_at = now() + make_interval(secs => $3)
            where id = $1 and units > $2
        ), waited as (
            update bot.restocks set post_due_at = null
            where id = $1 and units = $2 and waiters_due_at is not null
        )
        delete from bot.restocks where id = $1 and units = $2 and waiters_due_at is null",
        restock.id,
        restock.units,
        bundled.as_secs_f64()
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Gives a claimed bundle back, to be posted after `delay`.
pub async fn postpone_post(pool: &PgPool, id: i64, delay: Duration) -> sqlx::Result<()> {
    sqlx::query!(
        "update bot.restocks set post_due_at = now() + make_interval(secs => $2) where id = $1",
        id,
        delay.as_secs_f64()
    )
    .execute(pool)
    .await?;
    Ok(())
}

fn restock(id: i64, item: uuid::Uuid, units: i64, attempts: i32) -> Restock {
    Restock { id, item: ItemId(item), units, attempts: attempts.unsigned_abs() }
}
