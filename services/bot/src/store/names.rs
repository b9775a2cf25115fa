//! Names of people, many at once.

use kernel::ids::PersonId;
use sqlx::PgPool;

/// The names of those who are known.
pub async fn list(pool: &PgPool, people: &[PersonId]) -> sqlx::Result<Vec<(PersonId, String)>> {
    let ids: Vec<i64> = people.iter().map(|person| person.0).collect();
    let rows = sqlx::query!(
        "select person_id, first_name from bot.people where person_id = any($1)",
        &ids[..]
    )
    .fetch_all(pool)
    .await?;
    Ok(rows.into_iter().map(|row| (PersonId(row.person_id), row.first_name)).collect())
}
