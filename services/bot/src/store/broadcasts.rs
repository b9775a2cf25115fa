//! Broadcasts: written, found, moved from state to state, and the message that shows how far one is.

use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use kernel::ids::{BroadcastId, PersonId};
use sqlx::error::BoxDynError;
use sqlx::types::Json;
use sqlx::{PgConnection, PgExecutor, PgPool};
use uuid::Uuid;

use crate::broadcast::{Audience, Broadcast, Content, Link, State, Tally};

/// A broadcast whose message of progress is to be brought up to date.
#[derive(Debug, Clone, Copy)]
pub struct Untold {
    /// Which.
    pub id: BroadcastId,
    /// Whose chat shows it.
    pub author: PersonId,
    /// The message; none yet, or 0 where it was taken away.
    pub message_id: Option<i64>,
}

/// What a message of progress shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shows {
    /// How far it is: it changes again.
    Progress,
    /// How it ended: it stays as it is.
    End,
}

/// The columns of [`Broadcast`].
struct Row {
    id: Uuid,
    author_id: i64,
    html: String,
    photo: Option<String>,
    buttons: Json<Vec<Link>>,
    audience: Json<Audience>,
    state: String,
    starts_at: Option<jiff_sqlx::Timestamp>,
    started_at: Option<jiff_sqlx::Timestamp>,
    finished_at: Option<jiff_sqlx::Timestamp>,
    people: i32,
    sent: i32,
    unreachable: i32,
    failed: i32,
    in_doubt: i32,
}

impl TryFrom<Row> for Broadcast {
    type Error = sqlx::Error;

    fn try_from(row: Row) -> sqlx::Result<Self> {
        let state = State::from_name(&row.state).ok_or_else(|| undecodable("a state"))?;
        let content = Content::new(row.html, row.photo, row.buttons.0).map_err(undecodable)?;
        let at = |at: Option<jiff_sqlx::Timestamp>| at.map(jiff_sqlx::Timestamp::to_jiff);
        let count = |count: i32| u64::from(count.unsigned_abs());
        Ok(Self {
            id: BroadcastId(row.id),
            author: PersonId(row.author_id),
            content,
            audience: row.audience.0,
            state,
            starts_at: at(row.starts_at),
            started_at: at(row.started_at),
            finished_at: at(row.finished_at),
            tally: Tally {
                people: count(row.people),
                sent: count(row.sent),
                unreachable: count(row.unreachable),
                failed: count(row.failed),
                in_doubt: count(row.in_doubt),
            },
        })
    }
}

/// A column holds what this version never wrote.
fn undecodable(error: impl Into<BoxDynError>) -> sqlx::Error {
    sqlx::Error::Decode(error.into())
}

/// Broadcasts that `$rest` selects.
macro_rules! look {
    ($rest:literal $(, $value:expr)*) => {
        sqlx::query_as!(
            Row,
            r#"select id, author_id, html, photo, buttons as "buttons: Json<Vec<Link>>",
                audience as "audience: Json<Audience>", state, starts_at, started_at, finished_at,
                people, sent, unreachable, failed, in_doubt
            from bot.broadcasts "# + $rest
            $(, $value)*
        )
    };
}

/// Keeps a draft, or writes over one of the same author; whether there is such a draft now.
pub async fn keep_draft(
    conn: &mut PgConnection,
    id: BroadcastId,
    author: PersonId,
    content: &Content,
    audience: Audience,
) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "insert into bot.broadcasts (id, author_id, html, photo, buttons, audience)
        values ($1, $2, $3, $4, $5, $6)
        on conflict (id) do update set html = excluded.html, photo = excluded.photo,
            buttons = excluded.buttons, audience = excluded.audience
        where broadcasts.state = 'draft' and broadcasts.author_id = excluded.author_id",
        id.0,
        author.0,
        content.html,
        content.photo.as_deref(),
        Json(&content.buttons) as _,
        Json(audience) as _,
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// One broadcast.
pub async fn find(conn: impl PgExecutor<'_>, id: BroadcastId) -> sqlx::Result<Option<Broadcast>> {
    let row = look!("where id = $1", id.0).fetch_optional(conn).await?;
    row.map(Broadcast::try_from).transpose()
}

/// One broadcast, for a change in the same transaction.
pub async fn lock(conn: &mut PgConnection, id: BroadcastId) -> sqlx::Result<Option<Broadcast>> {
    let row = look!("where id = $1 for update", id.0).fetch_optional(conn).await?;
    row.map(Broadcast::try_from).transpose()
}

/// A page of all broadcasts, newest first, and how many there are.
pub async fn list(pool: &PgPool, limit: i64, offset: i64) -> sqlx::Result<(Vec<Broadcast>, i64)> {
    let rows = look!("order by created_at desc, id desc limit $1 offset $2", limit, offset)
        .fetch_all(pool)
        .await?;
    let total = sqlx::query_scalar!(r#"select count(*) as "total!" from bot.broadcasts"#)
        .fetch_one(pool)
        .await?;
    Ok((rows.into_iter().map(Broadcast::try_from).collect::<Result<_, _>>()?, total))
}

/// Those that go out at this moment, the first that began first.
pub async fn list_under_way(pool: &PgPool) -> sqlx::Result<Vec<Broadcast>> {
    let rows = look!("where state in ('spreading', 'sending') order by started_at, id")
        .fetch_all(pool)
        .await?;
    rows.into_iter().map(Broadcast::try_from).collect()
}

/// Up to whom one is spread.
pub async fn spread_to(pool: &PgPool, id: BroadcastId) -> sqlx::Result<PersonId> {
    sqlx::query_scalar!("select spread_to from bot.broadcasts where id = $1", id.0)
        .fetch_one(pool)
        .await
        .map(PersonId)
}

/// Has one begin at a time of its own.
pub async fn schedule(conn: &mut PgConnection, id: BroadcastId, at: Timestamp) -> sqlx::Result<()> {
    sqlx::query!(
        "update bot.broadcasts set state = 'scheduled', starts_at = $2 where id = $1",
        id.0,
        at.to_sqlx() as _
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Begins one.
pub async fn begin(conn: &mut PgConnection, id: BroadcastId) -> sqlx::Result<()> {
    sqlx::query!(
        "update bot.broadcasts set state = 'spreading', started_at = now() where id = $1",
        id.0
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Whether there is anything to look after: one that is due or goes out, or somebody whose sender may have died.
pub async fn is_anything_open(pool: &PgPool) -> sqlx::Result<bool> {
    sqlx::query_scalar!(
        r#"select exists (
            select from bot.broadcasts where state in ('spreading', 'sending')
                or state = 'scheduled' and starts_at <= now()
        ) or exists (
            select from bot.broadcast_people where state = 'sending' and due_at < now()
        ) as "is_open!""#
    )
    .fetch_one(pool)
    .await
}

/// Begins what is due by its schedule.
pub async fn begin_due(pool: &PgPool) -> sqlx::Result<u64> {
    let done = sqlx::query!(
        "update bot.broadcasts set state = 'spreading', started_at = now()
        where state = 'scheduled' and starts_at <= now()"
    )
    .execute(pool)
    .await?;
    Ok(done.rows_affected())
}

/// Stops one for good.
pub async fn cancel(conn: &mut PgConnection, id: BroadcastId) -> sqlx::Result<()> {
    sqlx::query!(
        "update bot.broadcasts set state = 'cancelled', finished_at = now() where id = $1",
        id.0
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Ends those that have been sent to everybody; which, and whose they are.
pub async fn finish(conn: &mut PgConnection) -> sqlx::Result<Vec<(BroadcastId, PersonId)>> {
    let rows = sqlx::query!(
        "update bot.broadcasts set state = 'done', finished_at = now()
        where state = 'sending' and sent + unreachable + failed + in_doubt >= people
        returning id, author_id"
    )
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(|row| (BroadcastId(row.id), PersonId(row.author_id))).collect())
}

/// Takes those whose message of progress is older than `seconds`, so that no other process does.
pub async fn take_untold(pool: &PgPool, seconds: f64) -> sqlx::Result<Vec<Untold>> {
    let rows = sqlx::query!(
        "update bot.broadcasts set progress_at = now() where id in (
            select id from bot.broadcasts
            where started_at is not null and not is_told
                and progress_at <= now() - make_interval(secs => $1)
            order by progress_at limit 20 for update skip locked)
        returning id, author_id, progress_message_id",
        seconds
    )
    .fetch_all(pool)
    .await?;
    let rows = rows.into_iter().map(|row| Untold {
        id: BroadcastId(row.id),
        author: PersonId(row.author_id),
        message_id: row.progress_message_id,
    });
    Ok(rows.collect())
}

/// Remembers the message of progress, and whether it shows the end.
pub async fn tell(
    pool: &PgPool,
    id: BroadcastId,
    message_id: Option<i64>,
    shows: Shows,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update bot.broadcasts set progress_message_id = $2, is_told = $3 where id = $1",
        id.0,
        message_id,
        shows == Shows::End
    )
    .execute(pool)
    .await?;
    Ok(())
}

/// Forgets drafts that nobody sent and the people of broadcasts that were over so many days ago; the broadcasts stay.
pub async fn prune(pool: &PgPool, days: i32) -> sqlx::Result<u64> {
    let drafts = sqlx::query!(
        "delete from bot.broadcasts
        where state = 'draft' and created_at < now() - make_interval(days => $1)",
        days
    )
    .execute(pool)
    .await?;
    let people = sqlx::query!(
        "delete from bot.broadcast_people where (broadcast_id, person_id) in (
            select p.broadcast_id, p.person_id from bot.broadcast_people p
            join bot.broadcasts b on b.id = p.broadcast_id
            where b.finished_at < now() - make_interval(days => $1) limit 10000)",
        days
    )
    .execute(pool)
    .await?;
    Ok(drafts.rows_affected() + people.rows_affected())
}
