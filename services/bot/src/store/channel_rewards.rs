//! Rewards for joining channels.

use kernel::ids::{PersonId, TransferId};
use kernel::money::Money;
use sqlx::PgPool;
use sqlx::error::BoxDynError;

/// A reward of one person for one channel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reward {
    /// Whose.
    pub person: PersonId,
    /// As Telegram is asked about it.
    pub channel: String,
    /// The movement that brings it.
    pub transfer: TransferId,
    /// How much.
    pub amount: Money,
}

fn money(minor: i64, currency: &str) -> sqlx::Result<Money> {
    let currency =
        currency.parse().map_err(|error| sqlx::Error::Decode(BoxDynError::from(error)))?;
    Ok(Money::new(minor, currency))
}

/// The channels for which a person has the money.
pub async fn list_granted(pool: &PgPool, person: PersonId) -> sqlx::Result<Vec<String>> {
    sqlx::query_scalar!(
        "select channel from bot.channel_rewards
        where person_id = $1 and granted_at is not null",
        person.0
    )
    .fetch_all(pool)
    .await
}

/// Writes a reward down, or finds the one that was written down before: its id and amount stay.
pub async fn keep(pool: &PgPool, reward: &Reward) -> sqlx::Result<Reward> {
    let row = sqlx::query!(
        "insert into bot.channel_rewards (person_id, channel, transfer_id, amount_minor, currency)
        values ($1, $2, $3, $4, $5)
        on conflict (person_id, channel) do update set channel = excluded.channel
        returning transfer_id, amount_minor, currency",
        reward.person.0,
        reward.channel,
        reward.transfer.0,
        reward.amount.minor,
        reward.amount.currency.code()
    )
    .fetch_one(pool)
    .await?;
    let amount = money(row.amount_minor, &row.currency)?;
    Ok(Reward { transfer: TransferId(row.transfer_id), amount, ..reward.clone() })
}

/// The money is there; whether it was not before.
pub async fn mark_granted(pool: &PgPool, reward: &Reward) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "update bot.channel_rewards set granted_at = now()
        where person_id = $1 and channel = $2 and granted_at is null",
        reward.person.0,
        reward.channel
    )
    .execute(pool)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Those that were written down a minute ago or earlier and have no money yet.
pub async fn list_unfinished(pool: &PgPool, limit: i64) -> sqlx::Result<Vec<Reward>> {
    let rows = sqlx::query!(
        "select person_id, channel, transfer_id, amount_minor, currency from bot.channel_rewards
        where granted_at is null and created_at < now() - interval '1 minute'
        order by created_at limit $1",
        limit
    )
    .fetch_all(pool)
    .await?;
    let rows = rows.into_iter().map(|row| {
        Ok(Reward {
            person: PersonId(row.person_id),
            channel: row.channel,
            transfer: TransferId(row.transfer_id),
            amount: money(row.amount_minor, &row.currency)?,
        })
    });
    rows.collect()
}

/// Takes rewards of the last `days` that were not looked at for `hours`; they count as looked at.
pub async fn take_to_check(
    pool: &PgPool,
    days: i32,
    hours: i32,
    limit: i64,
) -> sqlx::Result<Vec<Reward>> {
    let rows = sqlx::query!(
        "update bot.channel_rewards r set checked_at = now() from (
            select person_id, channel from bot.channel_rewards
            where granted_at > now() - make_interval(days => $1) and taken_back_at is null
                and checked_at < now() - make_interval(hours => $2)
            order by checked_at limit $3 for update skip locked
        ) due
        where r.person_id = due.person_id and r.channel = due.channel
        returning r.person_id, r.channel, r.transfer_id, r.amount_minor, r.currency",
        days,
        hours,
        limit
    )
    .fetch_all(pool)
    .await?;
    let rows = rows.into_iter().map(|row| {
        Ok(Reward {
            person: PersonId(row.person_id),
            channel: row.channel,
            transfer: TransferId(row.transfer_id),
            amount: money(row.amount_minor, &row.currency)?,
        })
    });
    rows.collect()
}

/// The movement that takes a reward back: this one, or the one that was thought of before.
pub async fn keep_take_back(
    pool: &PgPool,
    reward: &Reward,
    id: TransferId,
) -> sqlx::Result<TransferId> {
    sqlx::query_scalar!(
        r#"update bot.channel_rewards set take_back_id = coalesce(take_back_id, $3)
        where person_id = $1 and channel = $2 returning take_back_id as "take_back_id!""#,
        reward.person.0,
        reward.channel,
        id.0
    )
    .fetch_one(pool)
    .await
    .map(TransferId)
}

/// It was taken back, as far as it was there.
pub async fn mark_taken_back(pool: &PgPool, reward: &Reward) -> sqlx::Result<()> {
    sqlx::query!(
        "update bot.channel_rewards set taken_back_at = now()
        where person_id = $1 and channel = $2 and taken_back_at is null",
        reward.person.0,
        reward.channel
    )
    .execute(pool)
    .await?;
    Ok(())
}
