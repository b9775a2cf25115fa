//! How far Telegram's ledgers of stars have been read.

use jiff::Timestamp;
use sqlx::PgPool;

/// Where reading goes on in the ledger of one bot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// Whose ledger.
    pub bot_id: i64,
    /// Lines before that time are none of ours.
    pub began_at: Timestamp,
    /// Lines read so far.
    pub seen_lines: i64,
}

/// Where reading goes on; at the first time, from the first line.
pub async fn open(pool: &PgPool, bot_id: i64) -> sqlx::Result<Place> {
    sqlx::query!(
        "insert into payments.star_ledger (bot_id) values ($1) on conflict do nothing",
        bot_id
    )
    .execute(pool)
    .await?;
    let row = sqlx::query!(
        "select began_at, seen_lines from payments.star_ledger where bot_id = $1",
        bot_id
    )
    .fetch_one(pool)
    .await?;
    Ok(Place { bot_id, began_at: row.began_at.to_jiff(), seen_lines: row.seen_lines })
}

/// Moves on by `lines`, unless another replica has moved meanwhile.
pub async fn advance(pool: &PgPool, from: Place, lines: i64) -> sqlx::Result<()> {
    sqlx::query!(
        "update payments.star_ledger set seen_lines = seen_lines + $3
         where bot_id = $1 and seen_lines = $2",
        from.bot_id,
        from.seen_lines,
        lines,
    )
    .execute(pool)
    .await?;
    Ok(())
}
