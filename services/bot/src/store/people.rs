//! Rows of people.

use kernel::ids::PersonId;
use sqlx::PgPool;

/// What an update says of its sender.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// Telegram's number.
    pub id: PersonId,
    /// Fit to print.
    pub first_name: String,
    /// Without the `@`.
    pub username: Option<String>,
    /// A language that is spoken here.
    pub client_locale: Option<String>,
}

/// What is stored of a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Telegram's number.
    pub id: PersonId,
    /// Fit to print.
    pub first_name: String,
    /// Without the `@`.
    pub username: Option<String>,
    /// The language of their Telegram, where it is spoken here.
    pub client_locale: Option<String>,
    /// The language that they chose here.
    pub chosen_locale: Option<String>,
    /// Whether messages reach them.
    pub is_reachable: bool,
    /// Whether staff have shut them out.
    pub is_blocked: bool,
    /// Whether it is noted that they were seen today.
    pub is_seen_today: bool,
}

impl Row {
    /// Whether an update tells nothing new. Whoever writes is reachable, and was seen.
    pub fn is_up_to_date(&self, seen: &Seen) -> bool {
        self.is_reachable
            && self.is_seen_today
            && self.first_name == seen.first_name
            && self.username == seen.username
            && self.client_locale == seen.client_locale
    }
}

/// The row of a person.
pub async fn find(pool: &PgPool, id: PersonId) -> sqlx::Result<Option<Row>> {
    let row = sqlx::query!(
        r#"select first_name, username, client_locale, chosen_locale,
            unreachable_at is null as "is_reachable!", blocked_at is not null as "is_blocked!",
            seen_on >= current_date as "is_seen_today!"
        from bot.people where person_id = $1"#,
        id.0
    )
    .fetch_optional(pool)
    .await?;
    Ok(row.map(|row| Row {
        id,
        first_name: row.first_name,
        username: row.username,
        client_locale: row.client_locale,
        chosen_locale: row.chosen_locale,
        is_reachable: row.is_reachable,
        is_blocked: row.is_blocked,
        is_seen_today: row.is_seen_today,
    }))
}

/// Adds a person, or brings their row up to date.
pub async fn save(pool: &PgPool, seen: &Seen) -> sqlx::Result<Row> {
    let row = sqlx::query!(
        r#"insert into bot.people (person_id, first_name, username, client_locale)
        values ($1, $2, $3, $4)
        on conflict (person_id) do update set
            first_name = excluded.first_name, username = excluded.username,
            client_locale = excluded.client_locale, unreachable_at = null, updated_at = now(),
            seen_on = current_date
        returning chosen_locale, blocked_at is not null as "is_blocked!""#,
        seen.id.0,
        seen.first_name,
        seen.username.as_deref(),
        seen.client_locale.as_deref(),
    )
    .fetch_one(pool)
    .await?;
    Ok(Row {
        id: seen.id,
        first_name: seen.first_name.clone(),
        username: seen.username.clone(),
        client_locale: seen.client_locale.clone(),
        chosen_locale: row.chosen_locale,
        is_reachable: true,
        is_blocked: row.is_blocked,
        is_seen_today: true,
    })
}

/// Stores the language that a person chose; none when there is no such person.
pub async fn choose_locale(pool: &PgPool, id: PersonId, tag: &str) -> sqlx::Result<Option<Row>> {
    let row = sqlx::query!(
        r#"update bot.people set chosen_locale = $2, updated_at = now() where person_id = $1
        returning first_name, username, client_locale, unreachable_at is null as "is_reachable!",
            blocked_at is not null as "is_blocked!", seen_on >= current_date as "is_seen_today!""#,
        id.0,
        tag
    )
    .fetch_optional(pool)
    .await?;
    Ok(row.map(|row| Row {
        id,
        first_name: row.first_name,
        username: row.username,
        client_locale: row.client_locale,
        chosen_locale: Some(tag.to_owned()),
        is_reachable: row.is_reachable,
        is_blocked: row.is_blocked,
        is_seen_today: row.is_seen_today,
    }))
}

/// Notes since when messages do not reach a person.
pub async fn mark_unreachable(pool: &PgPool, id: PersonId) -> sqlx::Result<()> {
    sqlx::query!(
        "update bot.people set unreachable_at = now()
        where person_id = $1 and unreachable_at is null",
        id.0
    )
    .execute(pool)
    .await?;
    Ok(())
}
