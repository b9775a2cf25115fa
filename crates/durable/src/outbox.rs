//! Telling others what happened, in the transaction in which it happened.

use std::time::Duration;

use chassis::lifecycle::Lifecycle;
use prost::Message;
use sqlx::{PgConnection, PgPool};

use crate::jobs::{self, Round};

/// Followers are at most seconds behind; a month is for people who look into something.
const KEPT_DAYS: i32 = 30;
const PRUNE_EVERY: Duration = Duration::from_hours(1);

/// Writes an event; it is told once the surrounding transaction commits, and never if it does not.
///
/// # Errors
/// The statement failed.
pub async fn write(conn: &mut PgConnection, event: &impl Message) -> sqlx::Result<()> {
    sqlx::query("insert into outbox (event, traceparent) values ($1, $2)")
        .bind(event.encode_to_vec())
        .bind(contract::trace::traceparent())
        .execute(conn)
        .await?;
    Ok(())
}

/// Forgets up to 10,000 entries older than `days`; returns how many. Followers are far ahead of that by then.
///
/// # Errors
/// The statement failed.
pub async fn prune(pool: &PgPool, days: i32) -> sqlx::Result<u64> {
    let done = sqlx::query(
        "delete from outbox where (tx, id) in \
         (select tx, id from outbox where at < now() - make_interval(days => $1) limit 10000)",
    )
    .bind(days)
    .execute(pool)
    .await?;
    Ok(done.rows_affected())
}

/// Forgets entries older than 30 days, every hour, under a job name of the service's own.
pub fn spawn_pruning(lifecycle: &Lifecycle, name: &'static str, pool: PgPool) {
    jobs::every(lifecycle, name, PRUNE_EVERY, move || {
        let pool = pool.clone();
        async move {
            let pruned = prune(&pool, KEPT_DAYS).await.map_err(chassis::sql::failure)?;
            Ok(if pruned > 0 { Round::More } else { Round::Done })
        }
    });
}
