//! Contents of files in the database, beside their units.

use kernel::ids::{ItemId, OrderId};
use sqlx::PgExecutor;
use uuid::Uuid;

use crate::domain::unit::SealedUnit;

/// A file's unit with its sealed content.
pub struct SealedFile {
    /// For whose stock it was sealed.
    pub item_id: ItemId,
    /// Seals the label.
    pub unit: SealedUnit,
    /// Seals the content.
    pub content: Vec<u8>,
}

/// Writes the contents of those units of a batch that were new.
pub async fn insert_of_batch(
    conn: impl PgExecutor<'_>,
    batch: Uuid,
    units: &[SealedUnit],
    contents: &[Vec<u8>],
) -> sqlx::Result<()> {
    let fingerprints: Vec<_> = units.iter().map(|unit| unit.fingerprint.clone()).collect();
    sqlx::query!(
        "insert into inventory.unit_files (unit_id, sealed)
         select u.id, f.sealed
         from unnest($2::bytea[], $3::bytea[]) as f (fingerprint, sealed)
         join inventory.units u on u.fingerprint = f.fingerprint and u.batch_id = $1
         on conflict (unit_id) do nothing",
        batch,
        &fingerprints,
        contents,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// A file of an order by its fingerprint.
pub async fn find_of_order(
    conn: impl PgExecutor<'_>,
    order: OrderId,
    fingerprint: &[u8],
) -> sqlx::Result<Option<SealedFile>> {
    let row = sqlx::query!(
        "select u.item_id, u.key_id, u.sealed, u.fingerprint, f.sealed as content
         from inventory.units u join inventory.unit_files f on f.unit_id = u.id
         where u.fingerprint = $2
           and (u.order_id = $1 or exists (select from inventory.order_lines l
                                           where l.order_id = $1 and l.shared_unit_id = u.id))",
        order.0,
        fingerprint,
    )
    .fetch_optional(conn)
    .await?;
    Ok(row.map(|row| SealedFile {
        item_id: ItemId(row.item_id),
        unit: SealedUnit { key_id: row.key_id, sealed: row.sealed, fingerprint: row.fingerprint },
        content: row.content,
    }))
}
