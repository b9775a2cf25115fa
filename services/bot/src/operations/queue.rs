//! The queue of messages as a table: what goes in, what need not be said any more, and how long it is.

use contract::failure::Failure;
use kernel::ids::PersonId;
use sqlx::{PgConnection, PgPool};

use crate::store::outbound::{self, Message};

/// How much waits.
#[derive(Debug, Clone, Copy)]
pub struct Backlog {
    /// Messages that are not sent yet.
    pub waiting: i64,
    /// For how long the oldest of them has been due.
    pub lag_seconds: f64,
}

/// Queues messages in the caller's transaction; a cause that was told before is one message.
///
/// # Errors
/// The database's.
pub async fn enqueue(conn: &mut PgConnection, rows: &[Message]) -> Result<(), Failure> {
    if rows.is_empty() {
        return Ok(());
    }
    outbound::insert(conn, rows).await.map_err(chassis::sql::failure)
}

/// Notes that what these messages would say was shown in the chat already, whether they are queued yet or not.
///
/// Not waited for on disk: what is lost in a crash is said twice, which harms nobody.
///
/// # Errors
/// The database's.
pub async fn settle(pool: &PgPool, shown: &[(String, PersonId)]) -> Result<(), Failure> {
    let settle = async {
        let mut tx = pool.begin().await?;
        outbound::do_not_wait_for_disk(&mut tx).await?;
        outbound::settle(&mut tx, shown).await?;
        tx.commit().await
    };
    settle.await.map_err(chassis::sql::failure)
}

/// Forgets a batch of messages that ended more than `days` days ago; returns how many.
///
/// # Errors
/// The database's.
pub async fn prune(pool: &PgPool, days: i32) -> Result<u64, Failure> {
    outbound::prune(pool, days).await.map_err(chassis::sql::failure)
}

/// How much waits, and for how long.
///
/// # Errors
/// The database's.
pub async fn backlog(pool: &PgPool) -> Result<Backlog, Failure> {
    let (waiting, lag_seconds) = outbound::backlog(pool).await.map_err(chassis::sql::failure)?;
    Ok(Backlog { waiting, lag_seconds })
}
