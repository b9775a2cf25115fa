//! Wallets: opening them and reading them. What changes a balance is in `transfers` and `holds`.

use kernel::currency::Currency;
use kernel::ids::PersonId;
use sqlx::{PgConnection, PgExecutor, PgPool};

use crate::domain::ledger::{Totals, WalletCard};

/// Opens a wallet unless there is one. An inviter who has no wallet of their own, or is the person,
/// is nobody.
pub async fn open(
    db: impl PgExecutor<'_>,
    person: PersonId,
    inviter: Option<PersonId>,
    currency: Currency,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into payments.wallets (user_id, currency, inviter_id)
         values ($1, $2, (
             select user_id from payments.wallets where user_id = $3 and user_id <> $1
         ))
         on conflict (user_id) do nothing",
        person.0,
        currency.code(),
        inviter.map(|inviter| inviter.0),
    )
    .execute(db)
    .await?;
    Ok(())
}

/// What may be spent; none where there is no wallet.
pub async fn find_available(
    db: impl PgExecutor<'_>,
    person: PersonId,
) -> sqlx::Result<Option<i64>> {
    sqlx::query_scalar!(
        r#"select balance_minor - held_minor as "available!"
           from payments.wallets where user_id = $1"#,
        person.0
    )
    .fetch_optional(db)
    .await
}

/// What may be spent, which nobody else changes until the end of the transaction; none where there is no wallet.
pub async fn lock_available(
    conn: &mut PgConnection,
    person: PersonId,
) -> sqlx::Result<Option<i64>> {
    sqlx::query_scalar!(
        r#"select balance_minor - held_minor as "available!"
           from payments.wallets where user_id = $1 for update"#,
        person.0
    )
    .fetch_optional(conn)
    .await
}

/// Who invited the person.
pub async fn find_inviter(
    db: impl PgExecutor<'_>,
    person: PersonId,
) -> sqlx::Result<Option<PersonId>> {
    let inviter =
        sqlx::query_scalar!("select inviter_id from payments.wallets where user_id = $1", person.0)
            .fetch_optional(db)
            .await?;
    Ok(inviter.flatten().map(PersonId))
}

/// The wallet with all that ever moved it, by one read of the person's transfers.
pub async fn find_totals(
    db: impl PgExecutor<'_>,
    person: PersonId,
) -> sqlx::Result<Option<Totals>> {
    let row = sqlx::query!(
        r#"select
            wallets.balance_minor - wallets.held_minor as "available_minor!",
            wallets.held_minor,
            moved.topped_up as "topped_up_minor!",
            moved.spent as "spent_minor!",
            moved.earned as "earned_minor!",
            moved.refunded as "refunded_minor!",
            moved.other as "other_minor!",
            (select count(*) from payments.wallets as invited
             where invited.inviter_id = wallets.user_id) as "invited!"
        from payments.wallets
        cross join lateral (
            select
                coalesce(sum(amount_minor) filter (where kind = 'top_up'), 0)::bigint as topped_up,
                coalesce(sum(amount_minor) filter (where kind = 'purchase'), 0)::bigint as spent,
                coalesce(sum(amount_minor) filter (where kind = 'referral'), 0)::bigint as earned,
                coalesce(sum(amount_minor) filter (where kind = 'refund'), 0)::bigint as refunded,
                coalesce(sum(case when to_account = 'wallet' then amount_minor
                    else -amount_minor end) filter (
                        where kind not in ('top_up', 'purchase', 'referral', 'refund')
                    ), 0)::bigint as other
            from payments.transfers where transfers.user_id = wallets.user_id
        ) as moved
        where wallets.user_id = $1"#,
        person.0
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| Totals {
        available_minor: row.available_minor,
        held_minor: row.held_minor,
        topped_up_minor: row.topped_up_minor,
        spent_minor: row.spent_minor,
        earned_minor: row.earned_minor,
        refunded_minor: row.refunded_minor,
        other_minor: row.other_minor,
        invited: u32::try_from(row.invited).unwrap_or(u32::MAX),
    }))
}

/// The wallet as staff see it.
pub async fn find_card(pool: &PgPool, person: PersonId) -> sqlx::Result<Option<WalletCard>> {
    let Some(totals) = find_totals(pool, person).await? else { return Ok(None) };
    let row = sqlx::query!(
        "select inviter_id, opened_at from payments.wallets where user_id = $1",
        person.0
    )
    .fetch_one(pool)
    .await?;
    Ok(Some(WalletCard {
        totals,
        inviter: row.inviter_id.map(PersonId),
        opened_at: row.opened_at.to_jiff(),
    }))
}

/// The currency that wallets are in; none where there is no wallet yet.
pub async fn find_currency(db: impl PgExecutor<'_>) -> sqlx::Result<Option<String>> {
    sqlx::query_scalar!("select currency from payments.wallets limit 1").fetch_optional(db).await
}
