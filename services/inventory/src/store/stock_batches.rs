//! Batches of stock in the database: what became of each, so that a repeated one is answered and not done.

use kernel::ids::ItemId;
use sqlx::PgExecutor;
use uuid::Uuid;

use crate::domain::unit::Counters;
use crate::store;

/// A batch as it is stored.
pub struct Batch {
    /// Made by the caller.
    pub id: Uuid,
    /// What it was for.
    pub item_id: ItemId,
    /// A keyed hash of all its values.
    pub content_hash: Vec<u8>,
    /// What became of it.
    pub counters: Counters,
}

/// Makes batches take turns until the transaction ends: two that share values would wait for each other.
pub async fn take_turn(conn: impl PgExecutor<'_>) -> sqlx::Result<()> {
    sqlx::query!("select pg_advisory_xact_lock(hashtext('inventory stock batches'))")
        .execute(conn)
        .await?;
    Ok(())
}

/// Writes a batch.
pub async fn insert(conn: impl PgExecutor<'_>, batch: &Batch) -> sqlx::Result<()> {
    let Counters { added, known, repeated, invalid } = batch.counters;
    sqlx::query!(
        "insert into inventory.stock_batches
             (id, item_id, content_hash, added, known, repeated, invalid)
         values ($1, $2, $3, $4, $5, $6, $7)",
        batch.id,
        batch.item_id.0,
        batch.content_hash,
        stored(added)?,
        stored(known)?,
        stored(repeated)?,
        stored(invalid)?,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// The batch with this id.
pub async fn find(conn: impl PgExecutor<'_>, id: Uuid) -> sqlx::Result<Option<Batch>> {
    let row = sqlx::query!(
        "select item_id, content_hash, added, known, repeated, invalid
         from inventory.stock_batches where id = $1",
        id,
    )
    .fetch_optional(conn)
    .await?;
    Ok(row.map(|row| Batch {
        id,
        item_id: ItemId(row.item_id),
        content_hash: row.content_hash,
        counters: Counters {
            added: row.added.unsigned_abs(),
            known: row.known.unsigned_abs(),
            repeated: row.repeated.unsigned_abs(),
            invalid: row.invalid.unsigned_abs(),
        },
    }))
}

fn stored(count: u32) -> sqlx::Result<i32> {
    i32::try_from(count).map_err(store::undecodable)
}
