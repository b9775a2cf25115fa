//! Reserving several lines at once, or one with a code: the statements of one short transaction. The single line of
//! nearly all orders has a statement of its own in `reservations`.

use jiff::Timestamp;
use kernel::ids::{CategoryId, ItemId, OrderId, PromoId};
use kernel::money::Money;
use sqlx::{PgConnection, PgExecutor};

use crate::domain::basket::{Basket, Source};
use crate::domain::order_number::OrderNumber;
use crate::domain::stock_rules::Limits;
use crate::domain::unit::SealedUnit;
use crate::store;

/// An item for sale, as far as its price, limits and stock go.
pub struct ForSale {
    /// Which.
    pub id: ItemId,
    /// Where it is listed.
    pub category_id: CategoryId,
    /// Its name now.
    pub name: String,
    /// Of one.
    pub price: Money,
    /// Stock never ends.
    pub unlimited: bool,
    /// How many may be bought.
    pub limits: Limits,
}

/// Those of these items that are for sale, in the order of their ids.
pub async fn list_for_sale(
    conn: impl PgExecutor<'_>,
    items: &[ItemId],
) -> sqlx::Result<Vec<ForSale>> {
    let ids: Vec<_> = items.iter().map(|item| item.0).collect();
    let rows = sqlx::query!(
        "select id, category_id, name, price_minor, currency, unlimited, min_per_order,
                max_per_order, max_per_person
         from inventory.items where id = any($1) and archived_at is null order by id",
        &ids,
    )
    .fetch_all(conn)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(ForSale {
                id: ItemId(row.id),
                category_id: CategoryId(row.category_id),
                name: row.name,
                price: store::money(row.price_minor, &row.currency)?,
                unlimited: row.unlimited,
                limits: store::limits(row.min_per_order, row.max_per_order, row.max_per_person),
            })
        })
        .collect()
}

/// A unit with its row.
pub struct Picked {
    /// The row.
    pub id: i64,
    /// What is in it.
    pub unit: SealedUnit,
}

/// Free units of an item, oldest first, locked until the transaction ends. Those that others hold are passed over: this
/// never waits.
pub async fn pick_free(
    conn: impl PgExecutor<'_>,
    item: ItemId,
    count: u32,
) -> sqlx::Result<Vec<Picked>> {
    let rows = sqlx::query!(
        "select id, key_id, sealed, fingerprint from inventory.units
         where item_id = $1 and state = 'free'
         order by added_at, id limit $2 for update skip locked",
        item.0,
        i64::from(count),
    )
    .fetch_all(conn)
    .await?;
    let picked = |id, key_id, sealed, fingerprint| Picked {
        id,
        unit: SealedUnit { key_id, sealed, fingerprint },
    };
    Ok(rows
        .into_iter()
        .map(|row| picked(row.id, row.key_id, row.sealed, row.fingerprint))
        .collect())
}

/// The one value of an unlimited item.
pub async fn find_shared(conn: impl PgExecutor<'_>, item: ItemId) -> sqlx::Result<Option<Picked>> {
    let row = sqlx::query!(
        "select id, key_id, sealed, fingerprint from inventory.units
         where item_id = $1 and state = 'shared'",
        item.0,
    )
    .fetch_optional(conn)
    .await?;
    Ok(row.map(|row| {
        let (key_id, sealed, fingerprint) = (row.key_id, row.sealed, row.fingerprint);
        Picked { id: row.id, unit: SealedUnit { key_id, sealed, fingerprint } }
    }))
}

/// Free units of an item, whoever holds them locked, counted up to `most`.
pub async fn count_free(conn: impl PgExecutor<'_>, item: ItemId, most: u32) -> sqlx::Result<u32> {
    let count = sqlx::query_scalar!(
        r#"select count(*) as "count!" from (
               select from inventory.units where item_id = $1 and state = 'free' limit $2
           ) counted"#,
        item.0,
        i64::from(most),
    )
    .fetch_one(conn)
    .await?;
    u32::try_from(count).map_err(store::undecodable)
}

/// Writes the order of a basket; when it was, or none where its id is taken. Violates `orders_number_key` where the
/// number is.
pub async fn insert_order(
    conn: impl PgExecutor<'_>,
    basket: &Basket,
    number: &OrderNumber,
    due_after_seconds: f64,
) -> sqlx::Result<Option<Timestamp>> {
    let total = basket.total();
    let at = sqlx::query_scalar!(
        "insert into inventory.orders
             (id, number, buyer_id, total_minor, currency, due_at, from_cart)
         values ($1, $2, $3, $4, $5, now() + make_interval(secs => $6), $7)
         on conflict (id) do nothing
         returning placed_at",
        basket.order_id.0,
        number.as_str(),
        basket.buyer.0,
        total.minor,
        total.currency.code(),
        due_after_seconds,
        basket.source == Source::Cart,
    )
    .fetch_optional(conn)
    .await?;
    Ok(at.map(jiff_sqlx::Timestamp::to_jiff))
}

/// A line that is to be written.
pub struct NewLine {
    /// What.
    pub item_id: ItemId,
    /// Its name now.
    pub item_name: String,
    /// Of one.
    pub unit_price_minor: i64,
    /// How many.
    pub quantity: u32,
    /// The code.
    pub promo_id: Option<PromoId>,
    /// What it takes off the whole line.
    pub discount_minor: i64,
    /// Of an unlimited item: its one value.
    pub shared_unit_id: Option<i64>,
}

/// Writes the lines of an order, numbered from one.
pub async fn insert_lines(
    conn: &mut PgConnection,
    order: OrderId,
    lines: &[NewLine],
) -> sqlx::Result<()> {
    for (line, line_no) in lines.iter().zip(1_i16..) {
        sqlx::query!(
            "insert into inventory.order_lines
                 (order_id, line_no, item_id, item_name, unit_price_minor, quantity, promo_id,
                  discount_minor, shared_unit_id)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
            order.0,
            line_no,
            line.item_id.0,
            line.item_name,
            line.unit_price_minor,
            i32::try_from(line.quantity).map_err(store::undecodable)?,
            line.promo_id.map(|promo| promo.0),
            line.discount_minor,
            line.shared_unit_id,
        )
        .execute(&mut *conn)
        .await?;
    }
    Ok(())
}

/// Keeps picked units aside for an order.
pub async fn keep_units(
    conn: impl PgExecutor<'_>,
    order: OrderId,
    units: &[i64],
) -> sqlx::Result<()> {
    sqlx::query!(
        "update inventory.units set state = 'reserved', order_id = $1 where id = any($2)",
        order.0,
        units,
    )
    .execute(conn)
    .await?;
    Ok(())
}
