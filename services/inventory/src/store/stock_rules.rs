//! Rules of items' stock in the database, and how far one person has come to a limit.

use kernel::ids::{ItemId, PersonId};
use sqlx::PgExecutor;
use uuid::Uuid;

use crate::domain::stock_rules::{Limits, StockRules};
use crate::store;

struct Row {
    min_per_order: i32,
    max_per_order: i32,
    max_per_person: i32,
    low_at: i32,
    sells_files: bool,
}

impl From<Row> for StockRules {
    fn from(row: Row) -> Self {
        Self {
            limits: store::limits(row.min_per_order, row.max_per_order, row.max_per_person),
            low_at: row.low_at.unsigned_abs(),
            sells_files: row.sells_files,
        }
    }
}

/// The rules of an item that is not archived.
pub async fn find(conn: impl PgExecutor<'_>, item: ItemId) -> sqlx::Result<Option<StockRules>> {
    let row = sqlx::query_as!(
        Row,
        "select min_per_order, max_per_order, max_per_person, low_at, sells_files
         from inventory.items where id = $1 and archived_at is null",
        item.0,
    )
    .fetch_optional(conn)
    .await?;
    Ok(row.map(StockRules::from))
}

/// The same; nobody else changes them until the transaction ends.
pub async fn lock(conn: impl PgExecutor<'_>, item: ItemId) -> sqlx::Result<Option<StockRules>> {
    let row = sqlx::query_as!(
        Row,
        "select min_per_order, max_per_order, max_per_person, low_at, sells_files
         from inventory.items where id = $1 and archived_at is null for no key update",
        item.0,
    )
    .fetch_optional(conn)
    .await?;
    Ok(row.map(StockRules::from))
}

/// Sets the rules; with another threshold staff may be told anew.
pub async fn set(conn: impl PgExecutor<'_>, item: ItemId, rules: &StockRules) -> sqlx::Result<()> {
    let Limits { min_per_order, max_per_order, max_per_person } = rules.limits;
    sqlx::query!(
        "update inventory.items
         set min_per_order = $2, max_per_order = $3, max_per_person = $4, sells_files = $6,
             told_low_at = case when low_at = $5 then told_low_at end, low_at = $5
         where id = $1",
        item.0,
        store::integer(min_per_order)?,
        store::integer(max_per_order)?,
        store::integer(max_per_person)?,
        store::integer(rules.low_at)?,
        rules.sells_files,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Whether an item has or ever had units.
pub async fn had_stock(conn: impl PgExecutor<'_>, item: ItemId) -> sqlx::Result<bool> {
    sqlx::query_scalar!(
        r#"select exists (select from inventory.stock_batches
                          where item_id = $1 and added > 0) as "had!""#,
        item.0,
    )
    .fetch_one(conn)
    .await
}

/// Makes one person's orders of one item take turns until the transaction ends.
pub async fn take_persons_turn(
    conn: impl PgExecutor<'_>,
    item: ItemId,
    person: PersonId,
) -> sqlx::Result<()> {
    sqlx::query!(
        "select pg_advisory_xact_lock(hashtextextended($1, 0))",
        format!("inventory limit {item} {person}"),
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// How many of an item a person has or is about to have.
pub async fn count_bought(
    conn: impl PgExecutor<'_>,
    item: ItemId,
    person: PersonId,
) -> sqlx::Result<u32> {
    let count =
        sqlx::query_scalar!(r#"select inventory.bought($1, $2) as "count!""#, person.0, item.0,)
            .fetch_one(conn)
            .await?;
    u32::try_from(count).map_err(store::undecodable)
}

/// An item whose stock has crossed its threshold since staff were last told.
pub struct Crossing {
    /// Which.
    pub item_id: ItemId,
    /// Free units, counted up to one more than the threshold.
    pub left: u32,
    /// The threshold.
    pub low_at: u32,
    /// Downwards: staff have to be told.
    pub is_low: bool,
}

/// Items whose stock has crossed their thresholds.
pub async fn list_crossings(conn: impl PgExecutor<'_>, limit: i64) -> sqlx::Result<Vec<Crossing>> {
    let rows = sqlx::query!(
        r#"select i.id, i.low_at, stock.units as "units!", stock.units <= i.low_at as "is_low!"
           from inventory.items i
           cross join lateral (
               select count(*) as units from (
                   select from inventory.units u
                   where u.item_id = i.id and u.state = 'free' limit i.low_at + 1
               ) counted
           ) stock
           where i.low_at > 0 and i.archived_at is null and not i.unlimited
             and (stock.units <= i.low_at) <> (i.told_low_at is not null)
           limit $1"#,
        limit,
    )
    .fetch_all(conn)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(Crossing {
                item_id: ItemId(row.id),
                left: u32::try_from(row.units).map_err(store::undecodable)?,
                low_at: row.low_at.unsigned_abs(),
                is_low: row.is_low,
            })
        })
        .collect()
}

/// Notes a crossing; whether nobody else has done so meanwhile.
pub async fn note_crossing(conn: impl PgExecutor<'_>, crossing: &Crossing) -> sqlx::Result<bool> {
    let item: Uuid = crossing.item_id.0;
    let done = sqlx::query!(
        "update inventory.items set told_low_at = case when $2 then now() end
         where id = $1 and low_at = $3 and (told_low_at is null) = $2",
        item,
        crossing.is_low,
        store::integer(crossing.low_at)?,
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}
