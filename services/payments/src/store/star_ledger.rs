//! How far Telegram's ledger of stars has been read.

use jiff::Timestamp;
use sqlx::PgPool;

/// Where reading goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// Lines before that time are none of ours.
    pub began_at: Timestamp,
    /// Lines read so far.
    pub seen_lines: i64,
}

/// Where reading goes on; at the first time, from the first line.
pub async fn open(pool: &PgPool) -> sqlx::Result<Place> {
    sqlx::query!("insert into payments.star_ledger default values on conflict do nothing")
        .execute(pool)
        .await?;
    let row = sqlx::query!("select began_at, seen_lines from payments.star_ledger")
        .fetch_one(pool)
        .await?;
    Ok(Place { began_at: row.began_at.to_jiff(), seen_lines: row.seen_lines })
}

/// Moves on by `lines`, unless another replica has moved meanwhile.
pub async fn advance(pool: &PgPool, from: Place, lines: i64) -> sqlx::Result<()> {
    sqlx::query!(
        "update payments.star_ledger set seen_lines = seen_lines + $2 where seen_lines = $1",
        from.seen_lines,
        lines,
    )
    .execute(pool)
    .await?;
    Ok(())
}
