//! Whom a broadcast is for, and what became of it for each of them. The counts in the broadcast's row are changed by the
//! statements that change these rows, so that they cannot differ.

use std::time::Duration;

use kernel::ids::{BroadcastId, PersonId};
use kernel::locale::Locale;
use sqlx::{PgConnection, PgPool};

/// What the bot itself knows about whom to choose.
#[derive(Debug, Clone, Copy, Default)]
pub struct Known {
    /// Not seen for so many days.
    pub inactive_days: Option<i32>,
    /// Spoken to in this language.
    pub locale: Option<Locale>,
}

/// How one message ended, or that it is to be tried again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fate {
    /// They have it.
    Sent,
    /// They blocked the bot, or their account is gone.
    Unreachable(String),
    /// Telegram refused it for good.
    Failed(String),
    /// Whether they have it is not known.
    InDoubt(String),
    /// It was not sent; to be tried again after this.
    Later(Duration, String),
}

impl Fate {
    /// As in the table.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Sent => "sent",
            Self::Unreachable(_) => "unreachable",
            Self::Failed(_) => "failed",
            Self::InDoubt(_) => "in_doubt",
            Self::Later(..) => "waiting",
        }
    }

    fn words(&self) -> &str {
        match self {
            Self::Sent => "",
            Self::Unreachable(words)
            | Self::Failed(words)
            | Self::InDoubt(words)
            | Self::Later(_, words) => words,
        }
    }

    fn delay(&self) -> f64 {
        if let Self::Later(delay, _) = self { delay.as_secs_f64() } else { 0.0 }
    }
}

/// What became of a message to one person.
#[derive(Debug, Clone)]
pub struct Ended {
    /// Of which broadcast.
    pub broadcast: BroadcastId,
    /// Whose.
    pub person: PersonId,
    /// What.
    pub fate: Fate,
}

/// People after one, in order of their numbers, whom messages reach and who are not shut out. `fallback` is spoken with
/// those who speak neither language.
pub async fn list_candidates(
    pool: &PgPool,
    known: Known,
    fallback: Locale,
    after: PersonId,
    limit: i64,
) -> sqlx::Result<Vec<i64>> {
    sqlx::query_scalar!(
        "select person_id from bot.people
        where person_id > $1 and unreachable_at is null and blocked_at is null
            and ($2::int is null or seen_on < current_date - $2)
            and ($3::text is null or coalesce(chosen_locale, client_locale, $4) = $3)
        order by person_id limit $5",
        after.0,
        known.inactive_days,
        known.locale.map(Locale::tag),
        fallback.tag(),
        limit
    )
    .fetch_all(pool)
    .await
}

/// How many such people there are.
pub async fn count_candidates(pool: &PgPool, known: Known, fallback: Locale) -> sqlx::Result<i64> {
    sqlx::query_scalar!(
        r#"select count(*) as "people!" from bot.people
        where unreachable_at is null and blocked_at is null
            and ($1::int is null or seen_on < current_date - $1)
            and ($2::text is null or coalesce(chosen_locale, client_locale, $3) = $2)"#,
        known.inactive_days,
        known.locale.map(Locale::tag),
        fallback.tag()
    )
    .fetch_one(pool)
    .await
}

/// Up to whom a broadcast is spread, held until the end of the transaction; none where it is not spreading any more, or
/// somebody else spreads it at this moment.
pub async fn lock_spreading(
    conn: &mut PgConnection,
    id: BroadcastId,
) -> sqlx::Result<Option<PersonId>> {
    let found = sqlx::query_scalar!(
        "select spread_to from bot.broadcasts
        where id = $1 and state = 'spreading' for no key update skip locked",
        id.0
    )
    .fetch_optional(conn)
    .await?;
    Ok(found.map(PersonId))
}

/// Adds people, and goes on after `up_to`; nobody is added twice.
pub async fn spread(
    conn: &mut PgConnection,
    id: BroadcastId,
    people: &[i64],
    up_to: PersonId,
) -> sqlx::Result<()> {
    sqlx::query!(
        "with added as (
            insert into bot.broadcast_people (broadcast_id, person_id)
            select $1, person_id from unnest($2::bigint[]) as p (person_id)
            on conflict do nothing returning 1
        )
        update bot.broadcasts
        set spread_to = $3, people = people + (select count(*) from added)::int
        where id = $1",
        id.0,
        people,
        up_to.0
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Everybody whom it is for is known.
pub async fn end_spreading(conn: &mut PgConnection, id: BroadcastId) -> sqlx::Result<()> {
    sqlx::query!(
        "update bot.broadcasts set state = 'sending' where id = $1 and state = 'spreading'",
        id.0
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Takes people who wait, the longest first. Until `lease` is over they are being written to by whoever took them; after
/// it they are in doubt, and nobody is written to twice.
pub async fn claim(
    conn: &mut PgConnection,
    id: BroadcastId,
    limit: u32,
    lease: Duration,
) -> sqlx::Result<Vec<PersonId>> {
    let people = sqlx::query_file_scalar!(
        "src/store/claim_broadcast.sql",
        id.0,
        i64::from(limit),
        lease.as_secs_f64()
    )
    .fetch_all(conn)
    .await?;
    Ok(people.into_iter().map(PersonId).collect())
}

/// Writes down how messages ended, and counts them.
pub async fn record(conn: &mut PgConnection, ended: &[Ended]) -> sqlx::Result<()> {
    let ids: Vec<_> = ended.iter().map(|one| one.broadcast.0).collect();
    let people: Vec<_> = ended.iter().map(|one| one.person.0).collect();
    let states: Vec<_> = ended.iter().map(|one| one.fate.name().to_owned()).collect();
    let words: Vec<_> = ended.iter().map(|one| one.fate.words().to_owned()).collect();
    let delays: Vec<_> = ended.iter().map(|one| one.fate.delay()).collect();
    sqlx::query!(
        "with ended as (
            update bot.broadcast_people p
            set state = n.state, error = n.words, due_at = now() + make_interval(secs => n.delay)
            from unnest($1::uuid[], $2::bigint[], $3::text[], $4::text[], $5::float8[])
                as n (broadcast_id, person_id, state, words, delay)
            where p.broadcast_id = n.broadcast_id and p.person_id = n.person_id
                and p.state = 'sending'
            returning p.broadcast_id, p.state
        )
        update bot.broadcasts b
        set sent = b.sent + n.sent, unreachable = b.unreachable + n.unreachable,
            failed = b.failed + n.failed, in_doubt = b.in_doubt + n.in_doubt
        from (
            select broadcast_id, (count(*) filter (where state = 'sent'))::int as sent,
                (count(*) filter (where state = 'unreachable'))::int as unreachable,
                (count(*) filter (where state = 'failed'))::int as failed,
                (count(*) filter (where state = 'in_doubt'))::int as in_doubt
            from ended group by broadcast_id
        ) n
        where b.id = n.broadcast_id",
        &ids,
        &people,
        &states,
        &words,
        &delays
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Notes that messages do not reach these people.
pub async fn mark_unreachable(conn: &mut PgConnection, people: &[i64]) -> sqlx::Result<()> {
    sqlx::query!(
        "update bot.people set unreachable_at = now()
        where person_id = any($1) and unreachable_at is null",
        people
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Whoever was being written to by a process that has died is in doubt; returns how many.
pub async fn doubt_lost(pool: &PgPool) -> sqlx::Result<i64> {
    sqlx::query_scalar!(
        r#"with lost as (
            update bot.broadcast_people set state = 'in_doubt', error = 'its sender has died'
            where state = 'sending' and due_at < now() returning broadcast_id
        ), counted as (
            update bot.broadcasts b set in_doubt = b.in_doubt + n.lost
            from (select broadcast_id, count(*)::int as lost from lost group by 1) n
            where b.id = n.broadcast_id returning 1
        )
        select count(*) as "lost!" from lost"#
    )
    .fetch_one(pool)
    .await
}
