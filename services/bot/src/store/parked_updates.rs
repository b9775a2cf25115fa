//! Rows of updates that were set aside.

use sqlx::PgPool;

/// An update to set aside.
#[derive(Debug, Clone, Copy)]
pub struct Parked<'a> {
    /// Who handed it over.
    pub source: &'a str,
    /// Stable code of what is wrong with it.
    pub reason: &'a str,
    /// Of the whole body, also where only its beginning is kept.
    pub sha256: &'a [u8],
    /// As it came, at most 64 KiB.
    pub update: &'a [u8],
}

/// Sets an update aside; the same one of the same source is one row.
pub async fn insert(pool: &PgPool, parked: Parked<'_>) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into bot.parked_updates (source, sha256, reason, update) values ($1, $2, $3, $4)
        on conflict (source, sha256) do nothing",
        parked.source,
        parked.sha256,
        parked.reason,
        parked.update
    )
    .execute(pool)
    .await?;
    Ok(())
}
