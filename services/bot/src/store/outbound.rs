//! Rows of queued messages.

use std::time::Duration;

use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use kernel::ids::PersonId;
use sqlx::{PgConnection, PgPool};

/// A message to queue.
#[derive(Debug, Clone, PartialEq)]
pub struct Message {
    /// The cause; the same cause is one message.
    pub key: String,
    /// Whom it is for.
    pub person: PersonId,
    /// What it says.
    pub kind: String,
    /// Ids and amounts that it is about.
    pub refs: serde_json::Value,
    /// Smaller goes first.
    pub priority: i16,
    /// How long to wait for an answer in the chat to make it superfluous.
    pub delay: Duration,
    /// The trace that the cause belongs to; may be empty.
    pub traceparent: String,
}

/// A claimed message.
#[derive(Debug, Clone)]
pub struct Row {
    /// Its id.
    pub id: i64,
    /// The cause.
    pub key: String,
    /// Whom it is for.
    pub person: PersonId,
    /// What it says.
    pub kind: String,
    /// Ids and amounts that it is about.
    pub refs: serde_json::Value,
    /// This attempt included; nobody else's claim of the message has this number.
    pub attempts: i32,
    /// When it was queued.
    pub created_at: Timestamp,
    /// The trace that the cause belongs to; may be empty.
    pub traceparent: String,
}

/// How a message ended for good.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// It was shown.
    Sent,
    /// It can never be shown.
    Failed,
    /// It was tried for too long.
    Dead,
}

impl End {
    /// As in the table.
    pub fn name(self) -> &'static str {
        match self {
            Self::Sent => "sent",
            Self::Failed => "failed",
            Self::Dead => "dead",
        }
    }
}

/// Queues messages; those whose cause was there before are left as they are. Whoever writes several keys at once does
/// so in their order, here and in [`settle`], so that two of them never wait for each other.
pub async fn insert(conn: &mut PgConnection, rows: &[Message]) -> sqlx::Result<()> {
    let keys: Vec<String> = rows.iter().map(|row| row.key.clone()).collect();
    let people: Vec<i64> = rows.iter().map(|row| row.person.0).collect();
    let kinds: Vec<String> = rows.iter().map(|row| row.kind.clone()).collect();
    let refs: Vec<serde_json::Value> = rows.iter().map(|row| row.refs.clone()).collect();
    let priorities: Vec<i16> = rows.iter().map(|row| row.priority).collect();
    let delays: Vec<f64> = rows.iter().map(|row| row.delay.as_secs_f64()).collect();
    let traces: Vec<String> = rows.iter().map(|row| row.traceparent.clone()).collect();
    sqlx::query!(
        "insert into bot.outbound (key, person_id, kind, refs, priority, due_at, traceparent)
        select key, person_id, kind, refs, priority, now() + make_interval(secs => delay),
            traceparent
        from unnest($1::text[], $2::bigint[], $3::text[], $4::jsonb[], $5::smallint[], $6::float8[],
            $7::text[]) as n (key, person_id, kind, refs, priority, delay, traceparent)
        order by key
        on conflict (key) do nothing",
        &keys,
        &people,
        &kinds,
        &refs,
        &priorities,
        &delays,
        &traces
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Lets the present transaction be lost in a crash of the server.
pub async fn do_not_wait_for_disk(conn: &mut PgConnection) -> sqlx::Result<()> {
    sqlx::query!("set local synchronous_commit = off").execute(conn).await?;
    Ok(())
}

/// Marks messages as sent, whether they are queued yet or not.
pub async fn settle(conn: &mut PgConnection, shown: &[(String, PersonId)]) -> sqlx::Result<()> {
    let keys: Vec<String> = shown.iter().map(|(key, _)| key.clone()).collect();
    let people: Vec<i64> = shown.iter().map(|(_, person)| person.0).collect();
    sqlx::query!(
        "insert into bot.outbound (key, person_id, kind, state, finished_at)
        select distinct on (key) key, person_id, split_part(key, ':', 1), 'sent', now()
        from unnest($1::text[], $2::bigint[]) as n (key, person_id)
        order by key
        on conflict (key) do update set state = 'sent', finished_at = now()
            where outbound.state = 'pending'",
        &keys,
        &people
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Has a message go out now that nobody has tried to send yet.
pub async fn hasten(conn: &mut PgConnection, key: &str) -> sqlx::Result<()> {
    sqlx::query!(
        "update bot.outbound set due_at = now()
         where key = $1 and state = 'pending' and attempts = 0 and due_at > now()",
        key,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Whether a message with this key was shown at or after that time.
pub async fn was_shown(pool: &PgPool, key: &str, since: Timestamp) -> sqlx::Result<bool> {
    sqlx::query_scalar!(
        r#"select exists (select from bot.outbound
            where key = $1 and state = 'sent' and finished_at >= $2) as "shown!""#,
        key,
        since.to_sqlx() as _
    )
    .fetch_one(pool)
    .await
}

/// Claims due messages, the most urgent first, and never two of one chat: the earlier must end before the later goes.
/// A claim lasts `lease`; after that the message is due again, but never to whoever still holds it.
pub async fn claim(
    pool: &PgPool,
    limit: u32,
    lease: Duration,
    held: &[i64],
) -> sqlx::Result<Vec<Row>> {
    let rows = sqlx::query!(
        r#"update bot.outbound set attempts = attempts + 1,
            due_at = now() + make_interval(secs => $2)
        where id in (
            select id from bot.outbound candidate
            where state = 'pending' and due_at <= now() and id <> all ($3) and not exists (
                select from bot.outbound earlier
                where earlier.person_id = candidate.person_id and earlier.state = 'pending'
                    and earlier.id < candidate.id
                    and (earlier.due_at <= now() or earlier.attempts > 0))
            order by priority, due_at limit $1 for update skip locked)
        returning id, key, person_id, kind, refs, attempts, created_at, traceparent"#,
        i64::from(limit),
        lease.as_secs_f64(),
        held
    )
    .fetch_all(pool)
    .await?;
    let rows = rows.into_iter().map(|row| Row {
        id: row.id,
        key: row.key,
        person: PersonId(row.person_id),
        kind: row.kind,
        refs: row.refs,
        attempts: row.attempts,
        created_at: row.created_at.to_jiff(),
        traceparent: row.traceparent,
    });
    Ok(rows.collect())
}

/// Ends a message.
pub async fn finish(pool: &PgPool, id: i64, end: End, error: &str) -> sqlx::Result<()> {
    sqlx::query!(
        "update bot.outbound set state = $2, last_error = $3, finished_at = now()
        where id = $1 and state = 'pending'",
        id,
        end.name(),
        error
    )
    .execute(pool)
    .await?;
    Ok(())
}

/// Makes a claim last `lease` from now on, unless somebody else has the message by now.
pub async fn renew(pool: &PgPool, row: &Row, lease: Duration) -> sqlx::Result<()> {
    sqlx::query!(
        "update bot.outbound set due_at = greatest(due_at, now() + make_interval(secs => $3))
        where id = $1 and attempts = $2 and state = 'pending'",
        row.id,
        row.attempts,
        lease.as_secs_f64()
    )
    .execute(pool)
    .await?;
    Ok(())
}

/// Gives a claimed message back, to be tried again after `delay`, unless somebody else has it by now.
pub async fn postpone(pool: &PgPool, row: &Row, delay: Duration, error: &str) -> sqlx::Result<()> {
    sqlx::query!(
        "update bot.outbound set due_at = now() + make_interval(secs => $3), last_error = $4
        where id = $1 and attempts = $2 and state = 'pending'",
        row.id,
        row.attempts,
        delay.as_secs_f64(),
        error
    )
    .execute(pool)
    .await?;
    Ok(())
}

/// How many messages wait, and since when the oldest that is due does.
pub async fn backlog(pool: &PgPool) -> sqlx::Result<(i64, f64)> {
    let row = sqlx::query!(
        r#"select count(*) as "waiting!",
            coalesce(extract(epoch from now() - min(due_at)), 0)::float8 as "lag_seconds!"
        from bot.outbound where state = 'pending'"#
    )
    .fetch_one(pool)
    .await?;
    Ok((row.waiting, row.lag_seconds.max(0.0)))
}

/// Forgets up to 10,000 messages that ended more than `days` days ago; returns how many.
pub async fn prune(pool: &PgPool, days: i32) -> sqlx::Result<u64> {
    let done = sqlx::query!(
        "delete from bot.outbound where id in (
            select id from bot.outbound
            where state <> 'pending' and finished_at < now() - make_interval(days => $1)
            limit 10000)",
        days
    )
    .execute(pool)
    .await?;
    Ok(done.rows_affected())
}

#[cfg(test)]
mod tests {
    use super::*;

    const ANNA: PersonId = PersonId(1);

    fn message(key: &str) -> Message {
        Message {
            key: key.to_owned(),
            person: ANNA,
            kind: "goods".into(),
            refs: serde_json::json!({}),
            priority: 0,
            delay: Duration::ZERO,
            traceparent: String::new(),
        }
    }

    async fn backend(conn: &mut PgConnection) -> i32 {
        sqlx::query_scalar("select pg_backend_pid()").fetch_one(conn).await.unwrap()
    }

    async fn until_both_wait(pool: &PgPool, backends: [i32; 2]) {
        let waiting =
            "select count(distinct pid) from pg_locks where not granted and pid = any($1)";
        let count = || sqlx::query_scalar::<_, i64>(waiting).bind(backends).fetch_one(pool);
        while count().await.unwrap() < 2 {
            tokio::task::yield_now().await;
        }
    }

    #[tokio::test]
    async fn a_claim_ends_with_its_lease_and_binds_nobody_but_its_holder() {
        let migrations = [&durable::MIGRATIONS, &crate::MIGRATIONS];
        let pool = testkit::database("bot", &migrations).await.pool;
        let mut conn = pool.acquire().await.unwrap();
        insert(&mut conn, &[message("a"), message("b")]).await.unwrap();
        let long = Duration::from_mins(1);
        // It has run out at once, as after a pause of the whole machine; b waits behind a.
        let slow = claim(&pool, 9, Duration::ZERO, &[]).await.unwrap().remove(0);
        assert_eq!(slow.key, "a");
        assert!(claim(&pool, 9, long, &[slow.id]).await.unwrap().is_empty(), "it is held");
        let quick = claim(&pool, 9, long, &[]).await.unwrap().remove(0);
        assert_eq!((quick.id, quick.attempts), (slow.id, slow.attempts + 1));
        // What the slow one does now touches the claim of the quick one no more.
        postpone(&pool, &slow, Duration::ZERO, "").await.unwrap();
        assert!(claim(&pool, 9, long, &[]).await.unwrap().is_empty());
        postpone(&pool, &quick, Duration::ZERO, "").await.unwrap();
        renew(&pool, &slow, long).await.unwrap();
        let again = claim(&pool, 9, Duration::ZERO, &[]).await.unwrap().remove(0);
        renew(&pool, &again, long).await.unwrap();
        assert!(claim(&pool, 9, long, &[]).await.unwrap().is_empty(), "it was renewed");
        finish(&pool, again.id, End::Sent, "").await.unwrap();
        assert_eq!(claim(&pool, 9, long, &[]).await.unwrap()[0].key, "b");
    }

    #[tokio::test]
    async fn feed_and_chat_that_write_the_same_keys_never_deadlock() {
        let migrations = [&durable::MIGRATIONS, &crate::MIGRATIONS];
        let pool = testkit::database("bot", &migrations).await.pool;
        // Stands in the middle, so that each of the two has begun when the other comes.
        let mut middle = pool.begin().await.unwrap();
        insert(&mut middle, &[message("m")]).await.unwrap();
        let (mut feed, mut chat) = (pool.begin().await.unwrap(), pool.begin().await.unwrap());
        let backends = [backend(&mut feed).await, backend(&mut chat).await];
        let told = [message("z"), message("m"), message("a")];
        let shown = ["a", "m", "z"].map(|key| (key.to_owned(), ANNA));
        let feed = async {
            insert(&mut feed, &told).await?;
            feed.commit().await
        };
        let chat = async {
            settle(&mut chat, &shown).await?;
            chat.commit().await
        };
        let begin = async {
            until_both_wait(&pool, backends).await;
            middle.rollback().await
        };
        let outcomes = tokio::join!(feed, chat, begin);
        assert!(matches!(outcomes, (Ok(()), Ok(()), Ok(()))), "{outcomes:?}");
        let states = "select count(*) from bot.outbound where state = 'sent'";
        assert_eq!(sqlx::query_scalar::<_, i64>(states).fetch_one(&pool).await.unwrap(), 3);
    }
}
