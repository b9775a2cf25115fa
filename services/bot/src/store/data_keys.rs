//! The wrapped data key in the database.

use sqlx::PgPool;

/// Keeps this key where there is none yet; returns the one that is kept.
pub async fn keep_first(pool: &PgPool, wrapped: &[u8]) -> sqlx::Result<Vec<u8>> {
    sqlx::query!("insert into bot.data_keys (wrapped) values ($1) on conflict do nothing", wrapped)
        .execute(pool)
        .await?;
    // A statement of its own: only it sees what another process has put there meanwhile.
    sqlx::query_scalar!("select wrapped from bot.data_keys").fetch_one(pool).await
}

/// Puts the key's new wrapping in place of the old one.
pub async fn rewrap(pool: &PgPool, wrapped: &[u8]) -> sqlx::Result<()> {
    sqlx::query!("update bot.data_keys set wrapped = $1", wrapped).execute(pool).await?;
    Ok(())
}
