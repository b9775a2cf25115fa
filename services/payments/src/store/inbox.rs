//! The inbox: what came in about money, raw, kept for ever.

use sqlx::{PgExecutor, PgPool};

/// Something that came in, as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// Which door it came through.
    pub source: String,
    /// The same for every delivery of the same thing.
    pub external_id: String,
    /// Raw.
    pub body: Vec<u8>,
    /// How often the job has tried to handle it, this time included.
    pub attempts: i32,
}

/// Keeps a letter; false where it is there already. The job leaves it alone for `lease_seconds`, in
/// which whoever brought it handles it.
pub async fn put(
    db: impl PgExecutor<'_>,
    letter: &Letter,
    lease_seconds: i32,
) -> sqlx::Result<bool> {
    let put = sqlx::query!(
        "insert into payments.inbox (source, external_id, body, not_before)
         values ($1, $2, $3, now() + make_interval(secs => $4::int))
         on conflict (source, external_id) do nothing",
        letter.source,
        letter.external_id,
        letter.body,
        lease_seconds,
    )
    .execute(db)
    .await?;
    Ok(put.rows_affected() == 1)
}

/// Keeps a letter that nobody can handle as it is, for people; false where it is there already.
pub async fn put_parked(
    db: impl PgExecutor<'_>,
    letter: &Letter,
    code: &str,
) -> sqlx::Result<bool> {
    let put = sqlx::query!(
        "insert into payments.inbox
            (source, external_id, body, not_before, parked_at, last_error)
         values ($1, $2, $3, now(), now(), $4)
         on conflict (source, external_id) do nothing",
        letter.source,
        letter.external_id,
        letter.body,
        code,
    )
    .execute(db)
    .await?;
    Ok(put.rows_affected() == 1)
}

/// Takes up to `limit` letters that wait, and sets when they may be taken again: 30 s doubled with
/// each try, up to two hours.
pub async fn claim(pool: &PgPool, limit: i64) -> sqlx::Result<Vec<Letter>> {
    sqlx::query_as!(
        Letter,
        "update payments.inbox
         set attempts = attempts + 1,
             not_before = now()
                 + least(interval '30 seconds' * (2 ^ least(attempts, 8)), interval '2 hours')
         where (source, external_id) in (
             select source, external_id from payments.inbox
             where handled_at is null and parked_at is null and not_before <= now()
             order by not_before limit $1 for update skip locked
         )
         returning source, external_id, body, attempts",
        limit
    )
    .fetch_all(pool)
    .await
}

/// Notes that a letter is dealt with.
pub async fn finish(db: impl PgExecutor<'_>, letter: &Letter) -> sqlx::Result<()> {
    sqlx::query!(
        "update payments.inbox set handled_at = now()
         where source = $1 and external_id = $2 and handled_at is null",
        letter.source,
        letter.external_id,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// What becomes of a letter that could not be handled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Next {
    /// The job tries again.
    Retry,
    /// People look at it.
    Park,
}

/// Notes why a letter could not be handled.
pub async fn fail(
    db: impl PgExecutor<'_>,
    letter: &Letter,
    code: &str,
    next: Next,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update payments.inbox
         set last_error = $3, parked_at = case when $4 then now() end
         where source = $1 and external_id = $2 and handled_at is null",
        letter.source,
        letter.external_id,
        code,
        next == Next::Park,
    )
    .execute(db)
    .await?;
    Ok(())
}
