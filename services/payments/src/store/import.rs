//! Rows that come over from an older shop, many at a time; a row that is here already stays as it is.

use jiff::Timestamp;
use kernel::currency::Currency;
use kernel::ids::{PersonId, TransferId};
use sqlx::{PgConnection, PgExecutor};

use super::owner;
use crate::domain::import::{Newcomer, Settled, Share};
use crate::domain::ledger::Transfer;

/// A transfer that happened before it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dated {
    /// The transfer.
    pub transfer: Transfer,
    /// When it happened.
    pub at: Timestamp,
}

/// Opens wallets; returns how many are new. In one that was opened without an inviter, and is not used yet, the inviter is
/// filled in.
pub async fn open_wallets(
    conn: &mut PgConnection,
    people: &[Newcomer],
    currency: Currency,
) -> sqlx::Result<u64> {
    let ids: Vec<_> = people.iter().map(|person| person.id.0).collect();
    let inviters: Vec<_> = people.iter().map(|person| owner(person.inviter)).collect();
    let since: Vec<_> = people.iter().map(|person| person.since.as_microsecond()).collect();
    let new = sqlx::query_scalar!(
        r#"with opened as (
            insert into payments.wallets (user_id, currency, inviter_id, opened_at)
            select id, $4, nullif(inviter_id, 0),
                timestamptz 'epoch' + since * interval '1 microsecond'
            from unnest($1::bigint[], $2::bigint[], $3::bigint[]) as p (id, inviter_id, since)
            on conflict (user_id) do update set
                inviter_id = coalesce(wallets.inviter_id, excluded.inviter_id),
                opened_at = least(wallets.opened_at, excluded.opened_at)
            returning xmax = 0 as is_new
        )
        select count(*) filter (where is_new) as "new!" from opened"#,
        &ids,
        &inviters,
        &since,
        currency.code(),
    )
    .fetch_one(conn)
    .await?;
    Ok(super::count(new))
}

/// Writes transfers in the order given and leaves balances alone; returns those that are new.
pub async fn insert_transfers(
    conn: &mut PgConnection,
    dated: &[Dated],
) -> sqlx::Result<Vec<TransferId>> {
    let Some(Dated { transfer: first, .. }) = dated.first() else { return Ok(Vec::new()) };
    let transfers = || dated.iter().map(|dated| &dated.transfer);
    let ids: Vec<_> = transfers().map(|transfer| transfer.id.0).collect();
    let owners: Vec<_> = transfers().map(|transfer| owner(transfer.person)).collect();
    let amounts: Vec<_> = transfers().map(|transfer| transfer.amount.minor).collect();
    let kinds: Vec<_> = transfers().map(|transfer| transfer.kind.name().to_owned()).collect();
    let from: Vec<_> = transfers().map(|transfer| transfer.from.name().into_owned()).collect();
    let to: Vec<_> = transfers().map(|transfer| transfer.to.name().into_owned()).collect();
    let references: Vec<_> = transfers().map(|transfer| transfer.reference.clone()).collect();
    let times: Vec<_> = dated.iter().map(|dated| dated.at.as_microsecond()).collect();
    let new = sqlx::query_scalar!(
        "insert into payments.transfers
            (id, user_id, amount_minor, kind, currency, from_account, to_account, reference,
             created_at)
        select id, user_id, amount_minor, kind, $9, from_account, to_account, reference,
            timestamptz 'epoch' + happened_at * interval '1 microsecond'
        from unnest($1::uuid[], $2::bigint[], $3::bigint[], $4::text[], $5::text[], $6::text[],
                    $7::text[], $8::bigint[])
            with ordinality as t (id, user_id, amount_minor, kind, from_account, to_account,
                                  reference, happened_at, place)
        order by place
        on conflict (id) do nothing
        returning id",
        &ids,
        &owners,
        &amounts,
        &kinds,
        &from,
        &to,
        &references,
        &times,
        first.amount.currency.code(),
    )
    .fetch_all(conn)
    .await?;
    Ok(new.into_iter().map(TransferId).collect())
}

/// When the transaction began.
pub async fn now(conn: &mut PgConnection) -> sqlx::Result<Timestamp> {
    let now = sqlx::query_scalar!(r#"select now() as "now!""#).fetch_one(conn).await?;
    Ok(now.to_jiff())
}

/// How far a person's transfers are from what they have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gap {
    /// Whose.
    pub person: PersonId,
    /// Signed: what is missing, or too much.
    pub minor: i64,
    /// Openings that the person has already.
    pub openings: i64,
}

/// Those of these people whose transfers do not come to their balances.
pub async fn list_gaps(conn: &mut PgConnection, people: &[Newcomer]) -> sqlx::Result<Vec<Gap>> {
    let ids: Vec<_> = people.iter().map(|person| person.id.0).collect();
    let balances: Vec<_> = people.iter().map(|person| person.balance_minor).collect();
    let rows = sqlx::query!(
        r#"with moved as (
            select user_id,
                sum(case when to_account = 'wallet' then amount_minor else -amount_minor end)
                    ::bigint as minor,
                count(*) filter (where kind = 'opening') as openings
            from payments.transfers where user_id = any($1) group by user_id
        )
        select p.id as "id!", p.minor - coalesce(moved.minor, 0) as "minor!",
            coalesce(openings, 0) as "openings!"
        from unnest($1::bigint[], $2::bigint[]) as p (id, minor)
        left join moved on moved.user_id = p.id
        where p.minor <> coalesce(moved.minor, 0)
        order by p.id"#,
        &ids,
        &balances,
    )
    .fetch_all(conn)
    .await?;
    let gap = |id, minor, openings| Gap { person: PersonId(id), minor, openings };
    Ok(rows.into_iter().map(|row| gap(row.id, row.minor, row.openings)).collect())
}

/// Puts balances where transfers lead to by now.
pub async fn set_balances(conn: &mut PgConnection, people: &[Newcomer]) -> sqlx::Result<()> {
    let ids: Vec<_> = people.iter().map(|person| person.id.0).collect();
    let balances: Vec<_> = people.iter().map(|person| person.balance_minor).collect();
    sqlx::query!(
        "update payments.wallets set balance_minor = p.minor
        from unnest($1::bigint[], $2::bigint[]) as p (id, minor)
        where user_id = p.id and balance_minor <> p.minor",
        &ids,
        &balances,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Writes what inviting brought; returns how many are new.
pub async fn insert_shares(conn: &mut PgConnection, shares: &[Share]) -> sqlx::Result<u64> {
    let top_ups: Vec<_> = shares.iter().map(|share| share.top_up).collect();
    let inviters: Vec<_> = shares.iter().map(|share| share.inviter.0).collect();
    let invited: Vec<_> = shares.iter().map(|share| share.invited.0).collect();
    let topped_up: Vec<_> = shares.iter().map(|share| share.topped_up_minor).collect();
    let earned: Vec<_> = shares.iter().map(|share| share.earned.map_or(0, |(_, m)| m)).collect();
    let earnings: Vec<_> = shares.iter().map(|share| share.earned.map(|(id, _)| id.0)).collect();
    let times: Vec<_> = shares.iter().map(|share| share.at.as_microsecond()).collect();
    let done = sqlx::query!(
        "insert into payments.referral_top_ups
            (top_up_id, inviter_id, invited_id, topped_up_minor, earned_minor, earning_id,
             happened_at)
        select top_up_id, inviter_id, invited_id, topped_up_minor, earned_minor, earning_id,
            timestamptz 'epoch' + happened_at * interval '1 microsecond'
        from unnest($1::uuid[], $2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[],
                    $6::uuid[], $7::bigint[])
            with ordinality as s (top_up_id, inviter_id, invited_id, topped_up_minor,
                                  earned_minor, earning_id, happened_at, place)
        order by place
        on conflict (top_up_id) do nothing",
        &top_ups,
        &inviters,
        &invited,
        &topped_up,
        &earned,
        &earnings as &[Option<uuid::Uuid>],
        &times,
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected())
}

/// Writes receipts of payments that were credited elsewhere; returns how many are new.
pub async fn insert_receipts(conn: &mut PgConnection, settled: &[Settled]) -> sqlx::Result<u64> {
    let providers: Vec<_> = settled.iter().map(|one| one.provider.clone()).collect();
    let external_ids: Vec<_> = settled.iter().map(|one| one.external_id.clone()).collect();
    let amounts: Vec<_> = settled.iter().map(|one| one.amount.minor).collect();
    let codes: Vec<_> = settled.iter().map(|one| one.amount.currency.code().to_owned()).collect();
    let times: Vec<_> = settled.iter().map(|one| one.at.as_microsecond()).collect();
    let done = sqlx::query!(
        r#"insert into payments.receipts
            (provider, external_id, price_currency, price_minor, details, received_at)
        select provider, external_id, currency, minor, '{"taken_over": true}',
            timestamptz 'epoch' + received_at * interval '1 microsecond'
        from unnest($1::text[], $2::text[], $3::text[], $4::bigint[], $5::bigint[])
            as r (provider, external_id, currency, minor, received_at)
        on conflict on constraint receipts_are_unique do nothing"#,
        &providers,
        &external_ids,
        &codes,
        &amounts,
        &times,
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected())
}

/// Those of these people whose money moved here: by anything but what came over, whose transfers touch the account
/// `opening` or are purchases under an id that nobody could have asked with.
pub async fn list_traders(
    conn: &mut PgConnection,
    people: &[PersonId],
) -> sqlx::Result<Vec<PersonId>> {
    let ids: Vec<_> = people.iter().map(|person| person.0).collect();
    let rows = sqlx::query_scalar!(
        r#"select user_id as "user_id!" from payments.transfers
        where user_id = any($1) and kind <> 'refused'
            and from_account <> 'opening' and to_account <> 'opening'
            and not (kind = 'purchase' and get_byte(uuid_send(id), 6) >> 4 = 5)
        union
        select user_id from payments.holds where user_id = any($1)
        order by 1"#,
        &ids,
    )
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(PersonId).collect())
}

/// How many of these people have wallets, and what is in them together.
pub async fn sum_balances(
    db: impl PgExecutor<'_>,
    people: &[PersonId],
) -> sqlx::Result<(u64, i64)> {
    let ids: Vec<_> = people.iter().map(|person| person.0).collect();
    let row = sqlx::query!(
        r#"select count(*) as "count!", coalesce(sum(balance_minor), 0)::bigint as "minor!"
        from payments.wallets where user_id = any($1)"#,
        &ids,
    )
    .fetch_one(db)
    .await?;
    Ok((super::count(row.count), row.minor))
}
