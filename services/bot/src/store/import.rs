//! People who come over from an older shop, many at a time.

use jiff::Timestamp;
use kernel::ids::PersonId;
use sqlx::PgConnection;

/// Somebody who wrote to the older shop. It kept no names: until they write again they are called by their number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Newcomer {
    /// Telegram's number.
    pub id: PersonId,
    /// When they first wrote.
    pub since: Timestamp,
    /// Whether they were shut out.
    pub is_blocked: bool,
}

/// Who shuts them out here, and why.
#[derive(Debug, Clone, Copy)]
pub struct Blocking<'a> {
    /// Whoever takes the shop over.
    pub by: PersonId,
    /// For staff.
    pub reason: &'a str,
}

/// Writes people, shut out as they were; returns how many are new. Nobody who is shut out here is let in, and no channel is
/// told of them.
pub async fn insert(
    conn: &mut PgConnection,
    people: &[Newcomer],
    blocking: Blocking<'_>,
) -> sqlx::Result<u64> {
    let ids: Vec<_> = people.iter().map(|person| person.id.0).collect();
    let since: Vec<_> = people.iter().map(|person| person.since.as_microsecond()).collect();
    let blocked: Vec<_> = people.iter().map(|person| person.is_blocked).collect();
    let new = sqlx::query_scalar!(
        r#"with given as (
            select id, timestamptz 'epoch' + since * interval '1 microsecond' as since, is_blocked
            from unnest($1::bigint[], $2::bigint[], $3::boolean[]) as p (id, since, is_blocked)
        ), written as (
            insert into bot.people
                (person_id, first_name, registered_at, reported_at, blocked_at, blocked_by,
                 blocked_reason)
            select id, 'ID ' || id, since, since, case when is_blocked then now() end,
                case when is_blocked then $5::bigint end, case when is_blocked then $4 end
            from given
            on conflict (person_id) do update set
                registered_at = least(people.registered_at, excluded.registered_at),
                blocked_at = coalesce(people.blocked_at, excluded.blocked_at),
                blocked_by = coalesce(people.blocked_by, excluded.blocked_by),
                blocked_reason = coalesce(people.blocked_reason, excluded.blocked_reason)
            returning xmax = 0 as is_new
        )
        select count(*) filter (where is_new) as "new!" from written"#,
        &ids,
        &since,
        &blocked,
        blocking.reason,
        blocking.by.0,
    )
    .fetch_one(conn)
    .await?;
    Ok(new.unsigned_abs())
}

/// How many of these people are known, and how many of them are shut out.
pub async fn count(conn: &mut PgConnection, people: &[PersonId]) -> sqlx::Result<(u64, u64)> {
    let ids: Vec<_> = people.iter().map(|person| person.0).collect();
    let row = sqlx::query!(
        r#"select count(*) as "known!", count(blocked_at) as "blocked!"
        from bot.people where person_id = any($1)"#,
        &ids,
    )
    .fetch_one(conn)
    .await?;
    Ok((row.known.unsigned_abs(), row.blocked.unsigned_abs()))
}
