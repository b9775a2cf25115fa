//! The books, added up in one statement and therefore at one instant.

use sqlx::PgConnection;

use super::count;
use crate::domain::ledger::Books;

/// Adds everything up. Reads every transfer, so that it is given more time than other statements.
pub async fn add_up(conn: &mut PgConnection) -> sqlx::Result<Books> {
    sqlx::query!("set local statement_timeout = '50s'").execute(&mut *conn).await?;
    let row = sqlx::query!(
        r#"with moved as (
            select user_id,
                sum(case when to_account = 'wallet' then amount_minor else -amount_minor end)
                    as minor
            from payments.transfers where user_id > 0 group by user_id
        ), held as (
            select user_id, sum(amount_minor) as minor
            from payments.holds where state = 'pending' group by user_id
        ), house as (
            select sum(case when to_account <> 'wallet' then amount_minor else 0 end
                - case when from_account <> 'wallet' then amount_minor else 0 end) as minor
            from payments.transfers
        )
        select
            (coalesce((select sum(balance_minor) from payments.wallets), 0)
                + coalesce((select minor from house), 0))::bigint as "sum_minor!",
            (select count(*) from payments.wallets full join moved using (user_id)
             where coalesce(balance_minor, 0) <> coalesce(moved.minor, 0)) as "drifted_wallets!",
            (select count(*) from payments.wallets full join held using (user_id)
             where coalesce(held_minor, 0) <> coalesce(held.minor, 0)) as "drifted_holds!",
            -- The job that expires holds comes round every few seconds.
            (select count(*) from payments.holds
             where state = 'pending' and expires_at < now() - interval '1 minute')
                as "overdue_holds!""#
    )
    .fetch_one(conn)
    .await?;
    Ok(Books {
        sum_minor: row.sum_minor,
        drifted_wallets: count(row.drifted_wallets),
        overdue_holds: count(row.overdue_holds),
        drifted_holds: count(row.drifted_holds),
    })
}
