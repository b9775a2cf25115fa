//! Who waits for an item, in the database.

use kernel::ids::{ItemId, PersonId};
use sqlx::PgExecutor;

/// Has a person wait. Violates `waiters_item_id_fkey` where there is no such item.
pub async fn insert(conn: impl PgExecutor<'_>, item: ItemId, person: PersonId) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into inventory.waiters (item_id, person_id) values ($1, $2)
         on conflict (item_id, person_id) do nothing",
        item.0,
        person.0,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// People who wait, in the order of their ids.
pub async fn list(
    conn: impl PgExecutor<'_>,
    item: ItemId,
    after: i64,
    limit: i64,
) -> sqlx::Result<Vec<i64>> {
    sqlx::query_scalar!(
        "select person_id from inventory.waiters
         where item_id = $1 and person_id > $2 order by person_id limit $3",
        item.0,
        after,
        limit,
    )
    .fetch_all(conn)
    .await
}

/// Has these people wait no longer.
pub async fn delete(conn: impl PgExecutor<'_>, item: ItemId, people: &[i64]) -> sqlx::Result<()> {
    sqlx::query!(
        "delete from inventory.waiters where item_id = $1 and person_id = any($2)",
        item.0,
        people,
    )
    .execute(conn)
    .await?;
    Ok(())
}
