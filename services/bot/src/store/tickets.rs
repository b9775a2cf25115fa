//! Conversations between people and staff.

use jiff::Timestamp;
use kernel::ids::{MessageId, PersonId};
use sqlx::{PgConnection, PgExecutor, PgPool};

use crate::ticket::{Author, Said, State};

/// A conversation without its messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Head {
    /// With whom.
    pub person: PersonId,
    /// Whose turn it is.
    pub state: State,
    /// Since when.
    pub since: Timestamp,
}

fn state(name: &str) -> sqlx::Result<State> {
    State::from_name(name).ok_or_else(|| sqlx::Error::Decode("a state of a ticket".into()))
}

/// The conversation with a person.
pub async fn find(conn: impl PgExecutor<'_>, person: PersonId) -> sqlx::Result<Option<Head>> {
    let row = sqlx::query!("select state, since from bot.tickets where person_id = $1", person.0)
        .fetch_optional(conn)
        .await?;
    row.map(|row| Ok(Head { person, state: state(&row.state)?, since: row.since.to_jiff() }))
        .transpose()
}

/// The same, for a change in this transaction; it is begun where there is none.
pub async fn lock(conn: &mut PgConnection, person: PersonId) -> sqlx::Result<Option<State>> {
    let begun = sqlx::query!(
        "insert into bot.tickets (person_id, state) values ($1, 'closed') on conflict do nothing",
        person.0
    )
    .execute(&mut *conn)
    .await?;
    if begun.rows_affected() == 1 {
        return Ok(None);
    }
    let name = sqlx::query_scalar!(
        "select state from bot.tickets where person_id = $1 for update",
        person.0
    )
    .fetch_one(conn)
    .await?;
    state(&name).map(Some)
}

/// Moves a conversation; what stays as it is keeps its time.
pub async fn set_state(
    conn: &mut PgConnection,
    person: PersonId,
    state: State,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update bot.tickets set state = $2, since = now(), reminded_at = null
        where person_id = $1 and state <> $2",
        person.0,
        state.name()
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Adds a message; whether it is a new one.
pub async fn add(
    conn: &mut PgConnection,
    person: PersonId,
    id: MessageId,
    author: Author,
    text: &str,
) -> sqlx::Result<bool> {
    let staff = match author {
        Author::Person => None,
        Author::Staff(id) => Some(id.0),
    };
    let done = sqlx::query!(
        "insert into bot.ticket_messages (id, person_id, staff_id, body) values ($1, $2, $3, $4)
        on conflict (id) do nothing",
        id.0,
        person.0,
        staff,
        text
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// How many messages of a person nobody has answered, counted up to `most`.
pub async fn count_unanswered(
    conn: &mut PgConnection,
    person: PersonId,
    most: i64,
) -> sqlx::Result<i64> {
    sqlx::query_scalar!(
        r#"select count(*) as "unanswered!" from (
            select from bot.ticket_messages
            where person_id = $1 and written_at > coalesce((
                select max(written_at) from bot.ticket_messages
                where person_id = $1 and staff_id is not null), '-infinity')
            limit $2) unanswered"#,
        person.0,
        most
    )
    .fetch_one(conn)
    .await
}

/// The newest messages, oldest first.
pub async fn list_messages(
    conn: impl PgExecutor<'_>,
    person: PersonId,
    limit: i64,
) -> sqlx::Result<Vec<Said>> {
    let rows = sqlx::query!(
        "select staff_id, body, written_at from bot.ticket_messages where person_id = $1
        order by written_at desc, id desc limit $2",
        person.0,
        limit
    )
    .fetch_all(conn)
    .await?;
    let said = rows.into_iter().rev().map(|row| Said {
        author: row.staff_id.map_or(Author::Person, |id| Author::Staff(PersonId(id))),
        text: row.body,
        at: row.written_at.to_jiff(),
    });
    Ok(said.collect())
}

/// A page of conversations, those that wait for staff first, and how many there are.
pub async fn list(pool: &PgPool, limit: i64, offset: i64) -> sqlx::Result<(Vec<Head>, i64)> {
    let rows = sqlx::query!(
        "select person_id, state, since from bot.tickets
        order by (state not in ('open', 'waiting')), since, person_id limit $1 offset $2",
        limit,
        offset
    )
    .fetch_all(pool)
    .await?;
    let total = sqlx::query_scalar!(r#"select count(*) as "total!" from bot.tickets"#)
        .fetch_one(pool)
        .await?;
    let heads = rows.into_iter().map(|row| {
        let (person, since) = (PersonId(row.person_id), row.since.to_jiff());
        Ok(Head { person, state: state(&row.state)?, since })
    });
    Ok((heads.collect::<sqlx::Result<_>>()?, total))
}

/// Whether somebody has waited for staff for so long without a reminder.
pub async fn has_overdue(pool: &PgPool, minutes: i32) -> sqlx::Result<bool> {
    sqlx::query_scalar!(
        r#"select exists (
            select from bot.tickets
            where state in ('open', 'waiting') and reminded_at is null
                and since < now() - make_interval(mins => $1)) as "is_overdue!""#,
        minutes
    )
    .fetch_one(pool)
    .await
}

/// Takes conversations that have waited for staff for so long without a reminder.
pub async fn take_overdue(conn: &mut PgConnection, minutes: i32) -> sqlx::Result<Vec<Head>> {
    let rows = sqlx::query!(
        "update bot.tickets set reminded_at = now() where person_id in (
            select person_id from bot.tickets
            where state in ('open', 'waiting') and reminded_at is null
                and since < now() - make_interval(mins => $1)
            order by since limit 50 for update skip locked)
        returning person_id, state, since",
        minutes
    )
    .fetch_all(conn)
    .await?;
    let heads = rows.into_iter().map(|row| {
        let (person, since) = (PersonId(row.person_id), row.since.to_jiff());
        Ok(Head { person, state: state(&row.state)?, since })
    });
    heads.collect()
}

/// Forgets up to 1,000 conversations that were closed so many days ago, with their messages; returns how many. Asked
/// twice whether it is closed: whoever writes at this moment opens it again, and the row that was waited for is another.
pub async fn prune(pool: &PgPool, days: i32) -> sqlx::Result<u64> {
    let done = sqlx::query!(
        "delete from bot.tickets where person_id in (
            select person_id from bot.tickets
            where state = 'closed' and since < now() - make_interval(days => $1) limit 1000)
        and state = 'closed'",
        days
    )
    .execute(pool)
    .await?;
    Ok(done.rows_affected())
}
