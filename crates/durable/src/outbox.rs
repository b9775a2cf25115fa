//! Telling others what happened, in the transaction in which it happened.

use prost::Message;
use sqlx::{PgConnection, PgPool};

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
