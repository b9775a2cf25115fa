//! What staff look for among orders and units.

use kernel::ids::ItemId;
use sqlx::PgExecutor;

use crate::domain::order_number::OrderNumber;
use crate::domain::unit::{Found, State};
use crate::store;

/// What became of the value with this fingerprint; nothing where it never was in the shop.
pub async fn find_unit(
    conn: impl PgExecutor<'_>,
    fingerprint: &[u8],
) -> sqlx::Result<Option<Found>> {
    let row = sqlx::query!(
        r#"select u.item_id, u.state, i.name, o.number as "number?"
           from inventory.units u
           join inventory.items i on i.id = u.item_id
           left join inventory.orders o on o.id = u.order_id
           where u.fingerprint = $1"#,
        fingerprint,
    )
    .fetch_optional(conn)
    .await?;
    row.map(|row| {
        let state = State::stored(&row.state)
            .ok_or_else(|| store::undecodable(format!("a unit in state {}", row.state)))?;
        Ok(Found {
            item_id: ItemId(row.item_id),
            item_name: row.name,
            state,
            order_number: row.number.map(OrderNumber::stored),
        })
    })
    .transpose()
}
