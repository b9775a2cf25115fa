//! Redemptions of balance codes in the database.

use kernel::ids::{PersonId, PromoId, TransferId};
use kernel::money::Money;
use sqlx::{PgExecutor, PgPool};
use uuid::Uuid;

use crate::domain::promo::Code;
use crate::domain::redemption::{Progress, Redemption};
use crate::store;

/// Writes a redemption; it is due for recovery after so many seconds.
pub async fn insert(
    conn: impl PgExecutor<'_>,
    redemption: &Redemption,
    due_after_seconds: f64,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into inventory.redemptions
             (id, transfer_id, promo_id, person_id, amount_minor, currency, due_at)
         values ($1, $2, $3, $4, $5, $6, now() + make_interval(secs => $7))",
        redemption.id,
        redemption.transfer_id.0,
        redemption.promo_id.0,
        redemption.person.0,
        redemption.amount.minor,
        redemption.amount.currency.code(),
        due_after_seconds,
    )
    .execute(conn)
    .await?;
    Ok(())
}

struct Row {
    id: Uuid,
    transfer_id: Uuid,
    promo_id: Uuid,
    code: String,
    person_id: i64,
    amount_minor: i64,
    currency: String,
    is_done: bool,
}

impl TryFrom<Row> for Redemption {
    type Error = sqlx::Error;

    fn try_from(row: Row) -> sqlx::Result<Self> {
        let amount: Money = store::money(row.amount_minor, &row.currency)?;
        Ok(Self {
            id: row.id,
            transfer_id: TransferId(row.transfer_id),
            promo_id: PromoId(row.promo_id),
            code: Code::stored(row.code),
            person: PersonId(row.person_id),
            amount,
            progress: if row.is_done { Progress::Done } else { Progress::Pending },
        })
    }
}

/// The redemption with this id.
pub async fn find(conn: impl PgExecutor<'_>, id: Uuid) -> sqlx::Result<Option<Redemption>> {
    let row = sqlx::query_as!(
        Row,
        r#"select r.id, r.transfer_id, r.promo_id, p.code, r.person_id, r.amount_minor, r.currency,
                  r.done_at is not null as "is_done!"
           from inventory.redemptions r join inventory.promos p on p.id = r.promo_id
           where r.id = $1"#,
        id,
    )
    .fetch_optional(conn)
    .await?;
    row.map(Redemption::try_from).transpose()
}

/// Marks a redemption as done; whether it was not before.
pub async fn finish(conn: impl PgExecutor<'_>, id: Uuid) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "update inventory.redemptions set done_at = now() where id = $1 and done_at is null",
        id,
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Takes up unfinished redemptions that are due; for `lease_seconds` nobody else will. The wait grows with every try, so
/// that the lease is the back-off as well.
pub async fn claim_due(
    pool: &PgPool,
    limit: i64,
    lease_seconds: f64,
) -> sqlx::Result<Vec<Redemption>> {
    let rows = sqlx::query_as!(
        Row,
        r#"update inventory.redemptions r
           set due_at = now() + make_interval(secs => $2::float8 * least(r.attempts + 1, 6)),
               attempts = r.attempts + 1
           from inventory.promos p
           where p.id = r.promo_id and r.id in (
               select id from inventory.redemptions
               where done_at is null and due_at <= now()
               order by due_at limit $1 for update skip locked
           )
           returning r.id, r.transfer_id, r.promo_id, p.code, r.person_id, r.amount_minor,
                     r.currency, false as "is_done!""#,
        limit,
        lease_seconds,
    )
    .fetch_all(pool)
    .await?;
    rows.into_iter().map(Redemption::try_from).collect()
}
