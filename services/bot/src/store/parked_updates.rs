//! Rows of updates that were set aside.

use sqlx::PgPool;

/// An update to set aside.
#[derive(Debug, Clone)]
pub struct Parked<'a> {
    /// Who handed it over.
    pub source: &'a str,
    /// Stable code of what is wrong with it.
    pub reason: &'a str,
    /// Of all bytes that were handed over, also where only the first are kept.
    pub sha256: &'a [u8],
    /// Telegram's number of it, where it could be read.
    pub update_id: Option<i64>,
    /// What it is, where it could be read.
    pub kind: Option<&'static str>,
    /// Who sent it, where it could be read.
    pub person: Option<i64>,
    /// Bytes that were handed over.
    pub size: usize,
    /// The body, where it can be kept.
    pub sealed: Option<Vec<u8>>,
}

/// What opens a body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Body {
    /// Of the update: a body opens with its own only.
    pub sha256: Vec<u8>,
    /// As it was sealed.
    pub sealed: Vec<u8>,
}

/// Sets an update aside; the same one of the same source is one row.
pub async fn insert(pool: &PgPool, parked: Parked<'_>) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into bot.parked_updates
            (source, sha256, reason, update_id, kind, person_id, size, sealed)
        values ($1, $2, $3, $4, $5, $6, $7, $8)
        on conflict (source, sha256) do nothing",
        parked.source,
        parked.sha256,
        parked.reason,
        parked.update_id,
        parked.kind,
        parked.person,
        i64::try_from(parked.size).unwrap_or(i64::MAX),
        parked.sealed
    )
    .execute(pool)
    .await?;
    Ok(())
}

/// The body of an update that was set aside; nothing where none was kept.
pub async fn find_body(pool: &PgPool, id: i64) -> sqlx::Result<Option<Body>> {
    sqlx::query_as!(
        Body,
        r#"select sha256, sealed as "sealed!" from bot.parked_updates
        where id = $1 and sealed is not null"#,
        id
    )
    .fetch_optional(pool)
    .await
}

/// Forgets up to 10,000 updates that were set aside more than `days` days ago; returns how many.
pub async fn prune(pool: &PgPool, days: i32) -> sqlx::Result<u64> {
    let done = sqlx::query!(
        "delete from bot.parked_updates where id in (
            select id from bot.parked_updates
            where parked_at < now() - make_interval(days => $1) limit 10000)",
        days
    )
    .execute(pool)
    .await?;
    Ok(done.rows_affected())
}
