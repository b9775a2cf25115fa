//! Figures of the shop from the database.

use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use sqlx::PgExecutor;

use crate::domain::sales::{Sales, Stock};

/// Gives the statements of this transaction time to read all orders and units of a large shop.
pub async fn be_patient(conn: impl PgExecutor<'_>) -> sqlx::Result<()> {
    sqlx::query!("set local statement_timeout = '30s'").execute(conn).await?;
    Ok(())
}

/// What was delivered since a moment, by the index of deliveries.
pub async fn since(conn: impl PgExecutor<'_>, start: Timestamp) -> sqlx::Result<Sales> {
    let row = sqlx::query!(
        r#"with delivered as (
               select id, buyer_id, total_minor from inventory.orders
               where delivered_at >= $1 and state = 'delivered'
           )
           select count(*) as "orders!", coalesce(sum(total_minor), 0)::bigint as "revenue_minor!",
                  count(distinct buyer_id) as "buyers!", (
                      select coalesce(sum(l.quantity), 0)::bigint from inventory.order_lines l
                      where l.order_id in (select id from delivered)
                  ) as "sold_units!"
           from delivered"#,
        start.to_sqlx() as jiff_sqlx::Timestamp,
    )
    .fetch_one(conn)
    .await?;
    Ok(Sales {
        orders: row.orders.unsigned_abs(),
        revenue_minor: row.revenue_minor,
        buyers: row.buyers.unsigned_abs(),
        sold_units: row.sold_units.unsigned_abs(),
    })
}

/// What was ever delivered.
pub async fn ever(conn: impl PgExecutor<'_>) -> sqlx::Result<Sales> {
    let row = sqlx::query!(
        r#"select count(*) as "orders!", coalesce(sum(total_minor), 0)::bigint as "revenue_minor!",
                  count(distinct buyer_id) as "buyers!", (
                      select coalesce(sum(l.quantity), 0)::bigint from inventory.order_lines l
                      join inventory.orders o on o.id = l.order_id where o.state = 'delivered'
                  ) as "sold_units!"
           from inventory.orders where state = 'delivered'"#,
    )
    .fetch_one(conn)
    .await?;
    Ok(Sales {
        orders: row.orders.unsigned_abs(),
        revenue_minor: row.revenue_minor,
        buyers: row.buyers.unsigned_abs(),
        sold_units: row.sold_units.unsigned_abs(),
    })
}

/// What is in the shop now.
pub async fn stock(conn: impl PgExecutor<'_>) -> sqlx::Result<Stock> {
    let row = sqlx::query!(
        r#"select (
               select count(*) from inventory.categories where archived_at is null
           ) as "categories!", (
               select count(*) from inventory.items where archived_at is null
           ) as "items!", (
               select coalesce(sum(units), 0)::bigint
               from (
                   select item_id, count(*) as units from inventory.units
                   where state = 'free' group by item_id
               ) free
               join inventory.items i on i.id = free.item_id
               where i.archived_at is null and not i.unlimited
           ) as "free_units!""#,
    )
    .fetch_one(conn)
    .await?;
    Ok(Stock {
        categories: row.categories.unsigned_abs(),
        items: row.items.unsigned_abs(),
        free_units: row.free_units.unsigned_abs(),
    })
}
