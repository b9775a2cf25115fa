//! What each member of staff has moved by hand in a day.

use jiff::civil::Date;
use kernel::ids::PersonId;
use sqlx::PgExecutor;

/// Counts `minor` in, unless the day's sum would go beyond `limit_minor`; false where it would. Whoever adjusts at the
/// same time waits here until this transaction ends, so that the sum is exact.
pub async fn add(
    db: impl PgExecutor<'_>,
    staff: PersonId,
    day: Date,
    minor: i64,
    limit_minor: i64,
) -> sqlx::Result<bool> {
    let counted = sqlx::query!(
        "insert into payments.adjustment_days (staff_id, day, moved_minor)
         select $1, ($2::text)::date, $3 where $3::bigint <= $4::bigint
         on conflict (staff_id, day) do update
            set moved_minor = adjustment_days.moved_minor + excluded.moved_minor
            where adjustment_days.moved_minor::numeric + excluded.moved_minor <= $4",
        staff.0,
        day.to_string(),
        minor,
        limit_minor,
    )
    .execute(db)
    .await?;
    Ok(counted.rows_affected() == 1)
}
