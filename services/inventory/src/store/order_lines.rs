//! Lines of orders in the database.

use kernel::ids::{ItemId, OrderId};
use kernel::money::Money;
use sqlx::PgExecutor;

use crate::domain::order::Line;
use crate::store;

/// The lines of some orders, each with its order and its number, in order of both.
pub async fn list(
    conn: impl PgExecutor<'_>,
    orders: &[OrderId],
) -> sqlx::Result<Vec<(OrderId, i16, Line)>> {
    let ids: Vec<_> = orders.iter().map(|order| order.0).collect();
    let rows = sqlx::query!(
        r#"select l.order_id, l.line_no, l.item_id, l.item_name, l.unit_price_minor, l.quantity,
                  l.discount_minor, p.code as "promo_code?", o.currency
           from inventory.order_lines l join inventory.orders o on o.id = l.order_id
           left join inventory.promos p on p.id = l.promo_id
           where l.order_id = any($1)
           order by l.order_id, l.line_no"#,
        &ids,
    )
    .fetch_all(conn)
    .await?;
    rows.into_iter()
        .map(|row| {
            let unit_price: Money = store::money(row.unit_price_minor, &row.currency)?;
            let line = Line {
                item_id: ItemId(row.item_id),
                item_name: row.item_name,
                unit_price,
                quantity: row.quantity.unsigned_abs(),
                discount: Money::new(row.discount_minor, unit_price.currency),
                promo_code: row.promo_code,
                values: Vec::new(),
            };
            Ok((OrderId(row.order_id), row.line_no, line))
        })
        .collect()
}
