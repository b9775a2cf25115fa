//! Units in the database.

use kernel::ids::{ItemId, OrderId};
use sqlx::PgExecutor;
use uuid::Uuid;

use crate::domain::unit::SealedUnit;

/// Where a batch of units goes.
#[derive(Debug, Clone, Copy)]
pub struct Delivery {
    /// The item.
    pub item_id: ItemId,
    /// The batch.
    pub batch_id: Uuid,
}

/// Adds units that can be bought, oldest first in the order given; what is known already is left out. Returns how many
/// were added.
pub async fn insert_free(
    conn: impl PgExecutor<'_>,
    delivery: Delivery,
    units: &[SealedUnit],
) -> sqlx::Result<u64> {
    let sealed: Vec<_> = units.iter().map(|unit| unit.sealed.clone()).collect();
    let fingerprints: Vec<_> = units.iter().map(|unit| unit.fingerprint.clone()).collect();
    let key_ids: Vec<_> = units.iter().map(|unit| unit.key_id).collect();
    let done = sqlx::query!(
        "insert into inventory.units (item_id, batch_id, sealed, key_id, fingerprint)
         select $1, $2, u.sealed, u.key_id, u.fingerprint
         from unnest($3::bytea[], $4::integer[], $5::bytea[])
              with ordinality as u (sealed, key_id, fingerprint, place)
         order by u.place
         on conflict (fingerprint) do nothing",
        delivery.item_id.0,
        delivery.batch_id,
        &sealed,
        &key_ids,
        &fingerprints,
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected())
}

/// Where a known value is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// All buyers of this item get it.
    SharedBy(ItemId),
    /// All buyers of this item got it once.
    WithdrawnBy(ItemId),
    /// It is or was sold once, or staff have taken it out of the sale.
    Single,
}

/// Where the value with this fingerprint is, if it is or ever was in the shop.
pub async fn find_place(
    conn: impl PgExecutor<'_>,
    fingerprint: &[u8],
) -> sqlx::Result<Option<Place>> {
    let row = sqlx::query!(
        "select item_id, state, withdrawn_by from inventory.units where fingerprint = $1",
        fingerprint,
    )
    .fetch_optional(conn)
    .await?;
    Ok(row.map(|row| match row.state.as_str() {
        "shared" => Place::SharedBy(ItemId(row.item_id)),
        "withdrawn" if row.withdrawn_by.is_none() => Place::WithdrawnBy(ItemId(row.item_id)),
        _ => Place::Single,
    }))
}

/// Gives a withdrawn value to all buyers of its item again.
pub async fn share_again(conn: impl PgExecutor<'_>, fingerprint: &[u8]) -> sqlx::Result<()> {
    sqlx::query!(
        "update inventory.units set state = 'shared'
         where fingerprint = $1 and state = 'withdrawn'",
        fingerprint,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Takes back the value that the buyers of an unlimited item get; who bought it keeps it.
pub async fn withdraw_shared(conn: impl PgExecutor<'_>, item: ItemId) -> sqlx::Result<()> {
    sqlx::query!(
        "update inventory.units set state = 'withdrawn' where item_id = $1 and state = 'shared'",
        item.0,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Adds the value that all buyers of an unlimited item get from now on.
pub async fn insert_shared(
    conn: impl PgExecutor<'_>,
    delivery: Delivery,
    unit: &SealedUnit,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into inventory.units (item_id, batch_id, state, sealed, key_id, fingerprint)
         values ($1, $2, 'shared', $3, $4, $5)",
        delivery.item_id.0,
        delivery.batch_id,
        unit.sealed,
        unit.key_id,
        unit.fingerprint,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// What an order holds, each with the number of its line, oldest first.
pub async fn list_of_order(
    conn: impl PgExecutor<'_>,
    order: OrderId,
) -> sqlx::Result<Vec<(i16, SealedUnit)>> {
    let rows = sqlx::query!(
        "select l.line_no, u.key_id, u.sealed, u.fingerprint
         from inventory.order_lines l
         join inventory.units u on u.order_id = l.order_id and u.item_id = l.item_id
                                or u.id = l.shared_unit_id
         where l.order_id = $1
         order by l.line_no, u.id",
        order.0,
    )
    .fetch_all(conn)
    .await?;
    let unit = |sealed, key_id, fingerprint| SealedUnit { key_id, sealed, fingerprint };
    Ok(rows
        .into_iter()
        .map(|row| (row.line_no, unit(row.sealed, row.key_id, row.fingerprint)))
        .collect())
}
