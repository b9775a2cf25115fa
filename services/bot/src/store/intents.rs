//! Purchases that wait for money.

use std::time::Duration;

use jiff::Timestamp;
use kernel::ids::{OrderId, PersonId};
use sqlx::{PgExecutor, PgPool};
use uuid::Uuid;

/// A purchase that is to wait.
#[derive(Debug, Clone, PartialEq)]
pub struct New {
    /// Of the order that it will become.
    pub order: OrderId,
    /// Who buys.
    pub person: PersonId,
    /// What was agreed to.
    pub wish: serde_json::Value,
    /// For how long it waits.
    pub lasts: Duration,
}

/// Money of a person, by what told of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Credit {
    /// Whose balance grew.
    pub person: PersonId,
    /// The trace of it; may be empty.
    pub traceparent: String,
}

/// How far one is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// It waits for money.
    Waiting,
    /// Money came; the purchase is looked at.
    Claimed,
    /// It has become an order with goods.
    Bought,
    /// Something stood in the way; nothing was charged.
    Stopped,
    /// Its buyer took it back.
    Cancelled,
    /// Its buyer agreed to another one.
    Replaced,
    /// The money came too late.
    Expired,
}

impl State {
    const ALL: [Self; 7] = [
        Self::Waiting,
        Self::Claimed,
        Self::Bought,
        Self::Stopped,
        Self::Cancelled,
        Self::Replaced,
        Self::Expired,
    ];

    /// As in the table.
    pub fn name(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Claimed => "claimed",
            Self::Bought => "bought",
            Self::Stopped => "stopped",
            Self::Cancelled => "cancelled",
            Self::Replaced => "replaced",
            Self::Expired => "expired",
        }
    }
}

/// One of them.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// Of the order that it will become.
    pub order: OrderId,
    /// Who buys.
    pub person: PersonId,
    /// What was agreed to.
    pub wish: serde_json::Value,
    /// How far it is.
    pub state: State,
    /// Credits so far.
    pub credits: i32,
    /// Whether the order has been asked for.
    pub is_placed: bool,
    /// Until when it waits.
    pub expires_at: Timestamp,
    /// How often it was taken up since the latest look that found too little.
    pub attempts: i32,
    /// The trace of the latest credit; may be empty.
    pub traceparent: String,
}

struct Stored {
    order_id: Uuid,
    person_id: i64,
    wish: serde_json::Value,
    state: String,
    credits: i32,
    is_placed: bool,
    expires_at: jiff_sqlx::Timestamp,
    attempts: i32,
    traceparent: String,
}

impl TryFrom<Stored> for Row {
    type Error = sqlx::Error;

    fn try_from(row: Stored) -> sqlx::Result<Self> {
        let state = State::ALL.into_iter().find(|state| state.name() == row.state);
        Ok(Self {
            order: OrderId(row.order_id),
            person: PersonId(row.person_id),
            wish: row.wish,
            state: state.ok_or_else(|| sqlx::Error::Decode("intents.state".into()))?,
            credits: row.credits,
            is_placed: row.is_placed,
            expires_at: row.expires_at.to_jiff(),
            attempts: row.attempts,
            traceparent: row.traceparent,
        })
    }
}

/// Ends the one of this person that waits, unless it is this very one.
pub async fn replace(conn: impl PgExecutor<'_>, person: PersonId, by: OrderId) -> sqlx::Result<()> {
    sqlx::query!(
        "update bot.intents set state = 'replaced', ended_at = now()
         where person_id = $1 and order_id <> $2 and state = 'waiting'
             and not exists (select from bot.intents i where i.order_id = $2)",
        person.0,
        by.0,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Writes one, unless it was there before or another one of this person is open.
pub async fn insert(conn: impl PgExecutor<'_>, new: &New) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into bot.intents (order_id, person_id, wish, expires_at)
         values ($1, $2, $3, now() + make_interval(secs => $4)) on conflict do nothing",
        new.order.0,
        new.person.0,
        new.wish,
        new.lasts.as_secs_f64(),
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// One of this person.
pub async fn find(
    conn: impl PgExecutor<'_>,
    person: PersonId,
    order: OrderId,
) -> sqlx::Result<Option<Row>> {
    let row = sqlx::query_as!(
        Stored,
        r#"select order_id, person_id, wish, state, credits, attempts, traceparent,
                  placed_at is not null as "is_placed!", expires_at as "expires_at: _"
           from bot.intents where order_id = $1 and person_id = $2"#,
        order.0,
        person.0,
    )
    .fetch_optional(conn)
    .await?;
    row.map(Row::try_from).transpose()
}

/// The one of this person that still waits, or is being looked at.
pub async fn find_open(pool: &PgPool, person: PersonId) -> sqlx::Result<Option<Row>> {
    let row = sqlx::query_as!(
        Stored,
        r#"select order_id, person_id, wish, state, credits, attempts, traceparent,
                  placed_at is not null as "is_placed!", expires_at as "expires_at: _"
           from bot.intents
           where person_id = $1 and state in ('waiting', 'claimed')
               and (state = 'claimed' or expires_at > now())"#,
        person.0,
    )
    .fetch_optional(pool)
    .await?;
    row.map(Row::try_from).transpose()
}

/// Ends one that waits; whether it did.
pub async fn cancel(pool: &PgPool, person: PersonId, order: OrderId) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "update bot.intents set state = 'cancelled', ended_at = now()
         where order_id = $1 and person_id = $2 and state = 'waiting'",
        order.0,
        person.0,
    )
    .execute(pool)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Money came: what waits for it is to be looked at, and what is being looked at once more.
pub async fn claim(conn: impl PgExecutor<'_>, credits: &[Credit]) -> sqlx::Result<u64> {
    let people: Vec<i64> = credits.iter().map(|credit| credit.person.0).collect();
    let traces: Vec<String> = credits.iter().map(|credit| credit.traceparent.clone()).collect();
    let done = sqlx::query!(
        "update bot.intents i
         set credits = credits + 1, traceparent = n.traceparent, state = 'claimed',
             due_at = case when state = 'waiting' then now() else due_at end
         from unnest($1::bigint[], $2::text[]) as n (person_id, traceparent)
         where i.person_id = n.person_id
             and (state = 'claimed' or state = 'waiting' and expires_at > now())",
        &people,
        &traces,
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected())
}

/// Ends what these people waited with for too long; which they are.
pub async fn expire(
    conn: impl PgExecutor<'_>,
    credits: &[Credit],
) -> sqlx::Result<Vec<(OrderId, PersonId)>> {
    let people: Vec<i64> = credits.iter().map(|credit| credit.person.0).collect();
    let rows = sqlx::query!(
        "update bot.intents set state = 'expired', ended_at = now()
         where person_id = any($1) and state = 'waiting' and expires_at <= now()
         returning order_id, person_id",
        &people,
    )
    .fetch_all(conn)
    .await?;
    let ended = rows.into_iter().map(|row| (OrderId(row.order_id), PersonId(row.person_id)));
    Ok(ended.collect())
}

/// Takes up so many that are due, each for as long as the lease.
pub async fn take(pool: &PgPool, limit: i64, lease: Duration) -> sqlx::Result<Vec<Row>> {
    let rows = sqlx::query_as!(
        Stored,
        r#"with due as (
               select order_id from bot.intents where state = 'claimed' and due_at <= now()
               order by due_at limit $1 for update skip locked
           )
           update bot.intents i
           set due_at = now() + make_interval(secs => $2), attempts = attempts + 1
           from due where i.order_id = due.order_id
           returning i.order_id, i.person_id, i.wish, i.state, i.credits, i.attempts,
               i.traceparent, i.placed_at is not null as "is_placed!",
               i.expires_at as "expires_at: _""#,
        limit,
        lease.as_secs_f64(),
    )
    .fetch_all(pool)
    .await?;
    rows.into_iter().map(Row::try_from).collect()
}

/// Notes that the order is asked for now.
pub async fn note_placed(pool: &PgPool, order: OrderId) -> sqlx::Result<()> {
    sqlx::query!(
        "update bot.intents set placed_at = now() where order_id = $1 and placed_at is null",
        order.0,
    )
    .execute(pool)
    .await?;
    Ok(())
}

/// Lets one wait on: the money did not suffice. Where more came since it was taken up it is due at once.
pub async fn give_back(pool: &PgPool, row: &Row) -> sqlx::Result<()> {
    sqlx::query!(
        "update bot.intents
         set state = case when credits = $2 then 'waiting' else state end,
             due_at = now(), attempts = 0
         where order_id = $1 and state = 'claimed'",
        row.order.0,
        row.credits,
    )
    .execute(pool)
    .await?;
    Ok(())
}

/// Puts one off.
pub async fn postpone(pool: &PgPool, order: OrderId, delay: Duration) -> sqlx::Result<()> {
    sqlx::query!(
        "update bot.intents set due_at = now() + make_interval(secs => $2)
         where order_id = $1 and state = 'claimed'",
        order.0,
        delay.as_secs_f64(),
    )
    .execute(pool)
    .await?;
    Ok(())
}

/// Ends one that was taken up; whether it was open until now.
pub async fn end(conn: impl PgExecutor<'_>, order: OrderId, end: State) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "update bot.intents set state = $2, ended_at = now()
         where order_id = $1 and state = 'claimed'",
        order.0,
        end.name(),
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Forgets what ended, or waited in vain, more than so many days ago.
pub async fn prune(pool: &PgPool, days: i32) -> sqlx::Result<u64> {
    let done = sqlx::query!(
        "delete from bot.intents where order_id in (
             select order_id from bot.intents
             where state <> 'claimed' and expires_at < now() - make_interval(days => $1)
             order by expires_at limit 10000
         )",
        days,
    )
    .execute(pool)
    .await?;
    Ok(done.rows_affected())
}
