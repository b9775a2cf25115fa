//! Whose registration has been told to the channel of user data.

use jiff::Timestamp;
use kernel::ids::PersonId;
use sqlx::PgPool;

/// Somebody new.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Registration {
    /// Who.
    pub person: PersonId,
    /// What is spoken with them; none where it is the shop's own.
    pub locale: Option<String>,
    /// When they first wrote.
    pub at: Timestamp,
}

/// Takes so many people of the last day who have not been told of, oldest first; they count as told of.
pub async fn claim(pool: &PgPool, limit: i64) -> sqlx::Result<Vec<Registration>> {
    let rows = sqlx::query!(
        "with fresh as (
            select person_id from bot.people
            where registered_at > now() - interval '1 day' and reported_at is null
            order by registered_at, person_id limit $1 for update skip locked
        )
        update bot.people set reported_at = now() from fresh
        where people.person_id = fresh.person_id
        returning people.person_id, coalesce(chosen_locale, client_locale) as locale,
            registered_at",
        limit
    )
    .fetch_all(pool)
    .await?;
    let mut claimed: Vec<Registration> = rows
        .into_iter()
        .map(|row| Registration {
            person: PersonId(row.person_id),
            locale: row.locale,
            at: row.registered_at.to_jiff(),
        })
        .collect();
    claimed.sort_by_key(|registration| (registration.at, registration.person));
    Ok(claimed)
}

/// These were not told of after all.
pub async fn give_back(pool: &PgPool, people: &[i64]) -> sqlx::Result<()> {
    sqlx::query!("update bot.people set reported_at = null where person_id = any($1)", people)
        .execute(pool)
        .await?;
    Ok(())
}
