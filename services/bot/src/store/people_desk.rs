//! Rows of people as staff see them: found, listed, blocked, counted.

use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use kernel::ids::PersonId;
use sqlx::{PgConnection, PgPool, QueryBuilder};

/// A person, as staff see them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Profile {
    /// Telegram's number.
    pub id: PersonId,
    /// Fit to print.
    pub name: String,
    /// Without the `@`.
    pub username: Option<String>,
    /// What is spoken with them; none where it is the shop's own.
    pub locale: Option<String>,
    /// When they first wrote.
    pub registered_at: Timestamp,
    /// Since when messages do not reach them.
    pub unreachable_at: Option<Timestamp>,
    /// Whether they are shut out.
    pub block: Option<Block>,
}

/// Somebody is shut out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// Since when.
    pub since: Timestamp,
    /// By whom.
    pub staff: PersonId,
    /// Why.
    pub reason: String,
}

/// Which people are listed.
#[derive(Debug, Clone, Copy, Default)]
pub struct Filter {
    /// Only those who are shut out.
    pub blocked: bool,
    /// Only those whom messages do not reach.
    pub unreachable: bool,
    /// Only those who came after this.
    pub registered_after: Option<Timestamp>,
}

/// A place in the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// When the person there first wrote.
    pub registered_at: Timestamp,
    /// The person there.
    pub id: PersonId,
}

/// Which way a list goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Onward {
    /// With those who came before this place.
    Older(Place),
    /// With those who came after it.
    Newer(Place),
}

/// How many there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counts {
    /// All.
    pub people: i64,
    /// Shut out.
    pub blocked: i64,
    /// Not reached by messages.
    pub unreachable: i64,
    /// Came since the later of two times.
    pub new_today: i64,
    /// Came since the earlier.
    pub new_in_7_days: i64,
}

/// The columns of [`Profile`].
#[derive(sqlx::FromRow)]
struct Row {
    person_id: i64,
    first_name: String,
    username: Option<String>,
    locale: Option<String>,
    registered_at: jiff_sqlx::Timestamp,
    unreachable_at: Option<jiff_sqlx::Timestamp>,
    blocked_at: Option<jiff_sqlx::Timestamp>,
    blocked_by: Option<i64>,
    blocked_reason: Option<String>,
}

impl From<Row> for Profile {
    fn from(row: Row) -> Self {
        let block = row.blocked_at.map(|since| Block {
            since: since.to_jiff(),
            staff: PersonId(row.blocked_by.unwrap_or_default()),
            reason: row.blocked_reason.unwrap_or_default(),
        });
        Self {
            id: PersonId(row.person_id),
            name: row.first_name,
            username: row.username,
            locale: row.locale,
            registered_at: row.registered_at.to_jiff(),
            unreachable_at: row.unreachable_at.map(jiff_sqlx::Timestamp::to_jiff),
            block,
        }
    }
}

/// The person with an id.
pub async fn find(pool: &PgPool, id: PersonId) -> sqlx::Result<Option<Profile>> {
    let row = sqlx::query_as!(
        Row,
        "select person_id, first_name, username, coalesce(chosen_locale, client_locale) as locale,
            registered_at, unreachable_at, blocked_at, blocked_by, blocked_reason
        from bot.people where person_id = $1",
        id.0
    )
    .fetch_optional(pool)
    .await?;
    Ok(row.map(Profile::from))
}

/// The person with a username, whatever its case. A name that changed hands is the last one's who wrote.
pub async fn find_by_username(pool: &PgPool, username: &str) -> sqlx::Result<Option<Profile>> {
    let row = sqlx::query_as!(
        Row,
        "select person_id, first_name, username, coalesce(chosen_locale, client_locale) as locale,
            registered_at, unreachable_at, blocked_at, blocked_by, blocked_reason
        from bot.people where username is not null and lower(username) = lower($1)
        order by updated_at desc limit 1",
        username
    )
    .fetch_optional(pool)
    .await?;
    Ok(row.map(Profile::from))
}

/// The person with an id, for a change in the same transaction.
pub async fn lock(conn: &mut PgConnection, id: PersonId) -> sqlx::Result<Option<Profile>> {
    let row = sqlx::query_as!(
        Row,
        "select person_id, first_name, username, coalesce(chosen_locale, client_locale) as locale,
            registered_at, unreachable_at, blocked_at, blocked_by, blocked_reason
        from bot.people where person_id = $1 for update",
        id.0
    )
    .fetch_optional(conn)
    .await?;
    Ok(row.map(Profile::from))
}

/// Shuts a person out; since when.
pub async fn block(
    conn: &mut PgConnection,
    id: PersonId,
    staff: PersonId,
    reason: &str,
) -> sqlx::Result<Timestamp> {
    let since = sqlx::query_scalar!(
        r#"update bot.people set blocked_at = now(), blocked_by = $2, blocked_reason = $3
        where person_id = $1 returning blocked_at as "blocked_at!""#,
        id.0,
        staff.0,
        reason
    )
    .fetch_one(conn)
    .await?;
    Ok(since.to_jiff())
}

/// Lets a person in again.
pub async fn unblock(conn: &mut PgConnection, id: PersonId) -> sqlx::Result<()> {
    sqlx::query!(
        "update bot.people set blocked_at = null, blocked_by = null, blocked_reason = null
        where person_id = $1",
        id.0
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// So many people, the newest first, or from a place on: those next to it first.
pub async fn list(
    pool: &PgPool,
    filter: Filter,
    onward: Option<Onward>,
    limit: i64,
) -> sqlx::Result<Vec<Profile>> {
    // Put together from what is asked for: one statement for all cases would know of no index of the blocked.
    let mut query = QueryBuilder::new(
        "select person_id, first_name, username, coalesce(chosen_locale, client_locale) as locale,
            registered_at, unreachable_at, blocked_at, blocked_by, blocked_reason
        from bot.people where true",
    );
    if let Some(after) = filter.registered_after {
        query.push(" and registered_at > ").push_bind(after.to_sqlx());
    }
    if filter.blocked {
        query.push(" and blocked_at is not null");
    }
    if filter.unreachable {
        query.push(" and unreachable_at is not null");
    }
    let beyond = match onward {
        Some(Onward::Older(place)) => Some(("<", place)),
        Some(Onward::Newer(place)) => Some((">", place)),
        None => None,
    };
    if let Some((sign, place)) = beyond {
        query.push(" and (registered_at, person_id) ").push(sign).push(" (");
        query.push_bind(place.registered_at.to_sqlx()).push(", ");
        query.push_bind(place.id.0).push(")");
    }
    query.push(match onward {
        Some(Onward::Newer(_)) => " order by registered_at, person_id limit ",
        Some(Onward::Older(_)) | None => " order by registered_at desc, person_id desc limit ",
    });
    let rows = query.push_bind(limit).build_query_as::<Row>().fetch_all(pool).await?;
    Ok(rows.into_iter().map(Profile::from).collect())
}

/// Counts people; the new ones since two times, of which `week` is the earlier.
pub async fn count(pool: &PgPool, today: Timestamp, week: Timestamp) -> sqlx::Result<Counts> {
    sqlx::query_as!(
        Counts,
        r#"select count(*) as "people!", count(blocked_at) as "blocked!",
            count(unreachable_at) as "unreachable!",
            count(*) filter (where registered_at >= $1) as "new_today!",
            count(*) filter (where registered_at >= $2) as "new_in_7_days!"
        from bot.people"#,
        today.to_sqlx() as _,
        week.to_sqlx() as _,
    )
    .fetch_one(pool)
    .await
}
