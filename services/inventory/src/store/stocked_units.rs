//! Units as staff look through them: by their number, free ones and those set aside, oldest first.

use jiff::Timestamp;
use kernel::ids::{ItemId, OrderId, PersonId};
use sqlx::PgExecutor;
use uuid::Uuid;

use crate::domain::stocked_unit::{Aside, StockedUnit, UnitState};
use crate::domain::unit::SealedUnit;
use crate::store;

/// From where on, and how many.
#[derive(Debug, Clone, Copy)]
pub struct Stretch {
    /// Of which item.
    pub item_id: ItemId,
    /// The last unit of the stretch before; 0 to begin.
    pub after: i64,
    /// At most so many.
    pub limit: i64,
}

/// A unit with what is sealed in it.
pub struct SealedStock {
    /// What staff may see.
    pub unit: StockedUnit,
    /// Seals the value or the label.
    pub sealed: SealedUnit,
    /// Of a file.
    pub content: Option<Vec<u8>>,
}

struct Row {
    id: i64,
    item_id: Uuid,
    state: String,
    order_id: Option<Uuid>,
    added_at: jiff_sqlx::Timestamp,
}

impl TryFrom<Row> for StockedUnit {
    type Error = sqlx::Error;

    fn try_from(row: Row) -> sqlx::Result<Self> {
        let state = match (row.state.as_str(), row.order_id.map(OrderId)) {
            ("free", None) => UnitState::Free,
            ("shared", None) => UnitState::Shared,
            ("withdrawn", None) => UnitState::Withdrawn,
            ("reserved", Some(order)) => UnitState::Reserved(order),
            ("sold", Some(order)) => UnitState::Sold(order),
            (state, _) => return Err(store::undecodable(format!("a unit in state {state}"))),
        };
        let added_at: Timestamp = row.added_at.to_jiff();
        Ok(Self { id: row.id, item_id: ItemId(row.item_id), state, added_at })
    }
}

/// Free units, each with its seal, in the order in which they are sold.
pub async fn list_free(
    conn: impl PgExecutor<'_>,
    stretch: Stretch,
) -> sqlx::Result<Vec<(StockedUnit, SealedUnit)>> {
    let rows = sqlx::query!(
        "select id, item_id, added_at, key_id, sealed, fingerprint from inventory.units
         where item_id = $1 and state = 'free' and (added_at, id) > (
             coalesce((select added_at from inventory.units where id = $2), '-infinity'), $2)
         order by added_at, id limit $3",
        stretch.item_id.0,
        stretch.after,
        stretch.limit,
    )
    .fetch_all(conn)
    .await?;
    let unit = |id, added_at: jiff_sqlx::Timestamp| {
        let added_at = added_at.to_jiff();
        StockedUnit { id, item_id: stretch.item_id, state: UnitState::Free, added_at }
    };
    let sealed = |key_id, sealed, fingerprint| SealedUnit { key_id, sealed, fingerprint };
    Ok(rows
        .into_iter()
        .map(|row| (unit(row.id, row.added_at), sealed(row.key_id, row.sealed, row.fingerprint)))
        .collect())
}

/// Units that are not for sale one by one.
pub async fn list_aside(
    conn: impl PgExecutor<'_>,
    stretch: Stretch,
    aside: Aside,
) -> sqlx::Result<Vec<StockedUnit>> {
    let rows = sqlx::query_as!(
        Row,
        "select id, item_id, state, order_id, added_at from inventory.units
         where item_id = $1 and state in ('shared', 'withdrawn') and state = $4
           and (added_at, id) > (
             coalesce((select added_at from inventory.units where id = $2), '-infinity'), $2)
         order by added_at, id limit $3",
        stretch.item_id.0,
        stretch.after,
        stretch.limit,
        aside.name(),
    )
    .fetch_all(conn)
    .await?;
    rows.into_iter().map(StockedUnit::try_from).collect()
}

/// One unit with what is in it.
pub async fn find(conn: impl PgExecutor<'_>, id: i64) -> sqlx::Result<Option<SealedStock>> {
    let row = sqlx::query!(
        r#"select u.id, u.item_id, u.state, u.order_id, u.added_at, u.key_id, u.sealed,
                  u.fingerprint, f.sealed as "content?"
           from inventory.units u left join inventory.unit_files f on f.unit_id = u.id
           where u.id = $1"#,
        id,
    )
    .fetch_optional(conn)
    .await?;
    let Some(row) = row else { return Ok(None) };
    let unit = Row {
        id: row.id,
        item_id: row.item_id,
        state: row.state,
        order_id: row.order_id,
        added_at: row.added_at,
    };
    Ok(Some(SealedStock {
        unit: unit.try_into()?,
        sealed: SealedUnit { key_id: row.key_id, sealed: row.sealed, fingerprint: row.fingerprint },
        content: row.content,
    }))
}

/// Takes a free unit out of the sale; whether it was free. Waits for a buyer who is about to take it.
pub async fn withdraw(conn: impl PgExecutor<'_>, id: i64, staff: PersonId) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "update inventory.units set state = 'withdrawn', withdrawn_by = $2
         where id = $1 and state = 'free'",
        id,
        staff.0,
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}
