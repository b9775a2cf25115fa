//! Wrapped data keys in the database.

use sqlx::PgExecutor;

/// A key as it is stored: useless without the key of the settings that wrapped it.
pub struct WrappedKey {
    /// What units refer to.
    pub id: i32,
    /// Ciphertext.
    pub wrapped: Vec<u8>,
}

/// Makes replicas that start together take turns until the transaction ends.
pub async fn take_turn(conn: impl PgExecutor<'_>) -> sqlx::Result<()> {
    sqlx::query!("select pg_advisory_xact_lock(hashtext('inventory data keys'))")
        .execute(conn)
        .await?;
    Ok(())
}

/// Writes a key.
pub async fn insert(
    conn: impl PgExecutor<'_>,
    key: &WrappedKey,
    purpose: &str,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into inventory.data_keys (id, purpose, wrapped) values ($1, $2, $3)",
        key.id,
        purpose,
        key.wrapped,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// All keys.
pub async fn list(conn: impl PgExecutor<'_>) -> sqlx::Result<Vec<WrappedKey>> {
    sqlx::query_as!(WrappedKey, "select id, wrapped from inventory.data_keys order by id")
        .fetch_all(conn)
        .await
}

/// Puts a key's new wrapping in place of the old one.
pub async fn rewrap(conn: impl PgExecutor<'_>, id: i32, wrapped: &[u8]) -> sqlx::Result<()> {
    sqlx::query!("update inventory.data_keys set wrapped = $2 where id = $1", id, wrapped)
        .execute(conn)
        .await?;
    Ok(())
}
