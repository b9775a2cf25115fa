//! Who bought what, among people that somebody names: by the index of a buyer's orders, however many orders there are.

use kernel::ids::ItemId;
use sqlx::PgExecutor;

/// Those who bought anything, in ascending order.
pub async fn any(conn: impl PgExecutor<'_>, people: &[i64]) -> sqlx::Result<Vec<i64>> {
    sqlx::query_scalar!(
        r#"select person_id as "person_id!" from unnest($1::bigint[]) as p (person_id)
           where exists (
               select from inventory.orders
               where buyer_id = p.person_id and state = 'delivered')
           order by person_id"#,
        people,
    )
    .fetch_all(conn)
    .await
}

/// Those who paid more than this, in ascending order.
pub async fn spent_over(
    conn: impl PgExecutor<'_>,
    people: &[i64],
    minor: i64,
) -> sqlx::Result<Vec<i64>> {
    sqlx::query_scalar!(
        "select buyer_id from inventory.orders
         where buyer_id = any($1) and state = 'delivered'
         group by buyer_id having sum(total_minor) > $2::bigint
         order by buyer_id",
        people,
        minor,
    )
    .fetch_all(conn)
    .await
}

/// Those who bought this item, in ascending order.
pub async fn bought(
    conn: impl PgExecutor<'_>,
    people: &[i64],
    item: ItemId,
) -> sqlx::Result<Vec<i64>> {
    sqlx::query_scalar!(
        r#"select person_id as "person_id!" from unnest($1::bigint[]) as p (person_id)
           where exists (
               select from inventory.orders o
               join inventory.order_lines l on l.order_id = o.id
               where o.buyer_id = p.person_id and o.state = 'delivered' and l.item_id = $2)
           order by person_id"#,
        people,
        item.0,
    )
    .fetch_all(conn)
    .await
}
