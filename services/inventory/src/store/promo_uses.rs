//! Uses of promo codes in the database: one per person and code, as many in all as the code allows. The code's row is
//! locked by whoever writes or counts them.

use kernel::ids::{OrderId, PersonId, PromoId};
use sqlx::{PgConnection, PgExecutor};

/// Which of these codes a person has used.
pub async fn list_used(
    conn: impl PgExecutor<'_>,
    person: PersonId,
    promos: &[PromoId],
) -> sqlx::Result<Vec<PromoId>> {
    let ids: Vec<_> = promos.iter().map(|id| id.0).collect();
    let used = sqlx::query_scalar!(
        "select promo_id from inventory.promo_uses where person_id = $1 and promo_id = any($2)",
        person.0,
        &ids,
    )
    .fetch_all(conn)
    .await?;
    Ok(used.into_iter().map(PromoId).collect())
}

/// Writes the use of each code; of an order, or none for balance codes. Fails on the key where a person comes twice.
pub async fn insert(
    conn: &mut PgConnection,
    person: PersonId,
    promos: &[PromoId],
    order: Option<OrderId>,
) -> sqlx::Result<()> {
    let ids: Vec<_> = promos.iter().map(|id| id.0).collect();
    sqlx::query!(
        "with used as (
             insert into inventory.promo_uses (promo_id, person_id, order_id)
             select id, $1, $3 from unnest($2::uuid[]) as id
         )
         update inventory.promos set uses = uses + 1 where id = any($2)",
        person.0,
        &ids,
        order.map(|order| order.0),
    )
    .execute(conn)
    .await?;
    Ok(())
}
