//! Adjustments that wait for a second person, and those that were decided.

use kernel::ids::{PersonId, TransferId};
use kernel::page::PageRequest;
use sqlx::{PgConnection, PgExecutor, PgPool};
use uuid::Uuid;

use super::{count, money, named};
use crate::domain::proposal::{Proposal, State};
use crate::postings::Adjustment;

struct Row {
    id: Uuid,
    person_id: i64,
    currency: String,
    amount_minor: i64,
    reason: String,
    proposed_by: i64,
    proposed_at: jiff_sqlx::Timestamp,
    expires_at: jiff_sqlx::Timestamp,
    state: String,
}

impl Row {
    fn read(self) -> sqlx::Result<Proposal> {
        Ok(Proposal {
            id: TransferId(self.id),
            person: PersonId(self.person_id),
            amount: money(self.amount_minor, &self.currency)?,
            reason: self.reason,
            proposed_by: PersonId(self.proposed_by),
            proposed_at: self.proposed_at.to_jiff(),
            expires_at: self.expires_at.to_jiff(),
            state: named(State::named(&self.state), &self.state)?,
        })
    }
}

/// Writes an adjustment down as a proposal; none where its id is known.
pub async fn insert(conn: &mut PgConnection, asked: &Adjustment) -> sqlx::Result<Option<Proposal>> {
    let row = sqlx::query_as!(
        Row,
        r#"insert into payments.adjustment_proposals
            (id, person_id, currency, amount_minor, reason, proposed_by)
         values ($1, $2, $3, $4, $5, $6)
         on conflict (id) do nothing
         returning id, person_id, currency, amount_minor, reason, proposed_by, proposed_at,
            expires_at, state"#,
        asked.id.0,
        asked.person.0,
        asked.amount.currency.code(),
        asked.amount.minor,
        asked.reason,
        asked.staff.0,
    )
    .fetch_optional(conn)
    .await?;
    row.map(Row::read).transpose()
}

/// The proposal under an id.
pub async fn find(db: impl PgExecutor<'_>, id: TransferId) -> sqlx::Result<Option<Proposal>> {
    let row = sqlx::query_as!(
        Row,
        r#"select id, person_id, currency, amount_minor, reason, proposed_by, proposed_at,
            expires_at,
            case when state = 'pending' and expires_at <= now() then 'expired' else state end
                as "state!"
         from payments.adjustment_proposals where id = $1"#,
        id.0
    )
    .fetch_optional(db)
    .await?;
    row.map(Row::read).transpose()
}

/// The same, and nobody else decides it until this transaction ends.
pub async fn find_locked(
    conn: &mut PgConnection,
    id: TransferId,
) -> sqlx::Result<Option<Proposal>> {
    let known = sqlx::query_scalar!(
        "select id from payments.adjustment_proposals where id = $1 for update",
        id.0
    )
    .fetch_optional(&mut *conn)
    .await?;
    match known {
        // Read after the lock is held: what others have decided meanwhile is seen.
        Some(_) => find(conn, id).await,
        None => Ok(None),
    }
}

/// Keeps a decision.
pub async fn decide(
    conn: &mut PgConnection,
    id: TransferId,
    state: State,
    by: PersonId,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update payments.adjustment_proposals
         set state = $2, decided_by = $3, decided_at = now() where id = $1",
        id.0,
        state.name(),
        by.0,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// One page of what can still be decided, oldest first.
pub async fn list(pool: &PgPool, page: PageRequest) -> sqlx::Result<Vec<Proposal>> {
    let rows = sqlx::query_as!(
        Row,
        "select id, person_id, currency, amount_minor, reason, proposed_by, proposed_at,
            expires_at, state
         from payments.adjustment_proposals
         where state = 'pending' and expires_at > now()
         order by expires_at, id limit $1 offset $2",
        page.limit(),
        page.offset(),
    )
    .fetch_all(pool)
    .await?;
    rows.into_iter().map(Row::read).collect()
}

/// How many can still be decided.
pub async fn count_waiting(pool: &PgPool) -> sqlx::Result<u64> {
    sqlx::query_scalar!(
        r#"select count(*) as "count!" from payments.adjustment_proposals
           where state = 'pending' and expires_at > now()"#
    )
    .fetch_one(pool)
    .await
    .map(count)
}
