//! The log of what staff did: written, read, never changed.

use contract::common::{AuditChange, AuditEntry};
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use serde::{Deserialize, Serialize};
use sqlx::types::Json;
use sqlx::{PgConnection, PgPool};

use crate::domain::audit::{Filter, Level, Record};
use crate::store::undecodable;

/// A place in the list, newest first.
#[derive(Debug, Clone, Copy)]
pub struct Place {
    /// When the entry there happened.
    pub happened_at: Timestamp,
    /// Which it is.
    pub id: i64,
}

impl Place {
    /// Before the newest.
    pub const TOP: Self = Self { happened_at: Timestamp::MAX, id: i64::MAX };
}

/// A change as it is stored.
#[derive(Serialize, Deserialize)]
struct Change {
    field: String,
    before: String,
    after: String,
}

struct Row {
    id: i64,
    service: String,
    entry_id: String,
    happened_at: jiff_sqlx::Timestamp,
    level: i16,
    staff_id: i64,
    action: String,
    subject: String,
    person_id: i64,
    changes: Json<Vec<Change>>,
    reason: String,
}

/// Writes a record unless it is there; whether it did.
pub async fn insert(conn: &mut PgConnection, record: &Record) -> sqlx::Result<bool> {
    let entry = &record.entry;
    let changes: Vec<Change> = entry.changes.iter().map(encode).collect();
    let done = sqlx::query!(
        "insert into admin.audit_entries (service, entry_id, happened_at, level, staff_id, action,
             subject, person_id, changes, reason)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
         on conflict on constraint audit_entries_once do nothing",
        record.service,
        record.entry_id,
        record.happened_at.to_sqlx() as _,
        record.level.number(),
        entry.staff_id,
        entry.action,
        entry.subject,
        entry.person_id,
        Json(changes) as _,
        entry.reason,
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Where an entry stands in the list.
pub async fn find_place(pool: &PgPool, id: i64) -> sqlx::Result<Option<Place>> {
    let happened_at =
        sqlx::query_scalar!("select happened_at from admin.audit_entries where id = $1", id)
            .fetch_optional(pool)
            .await?;
    Ok(happened_at.map(|at| Place { happened_at: at.to_jiff(), id }))
}

/// Records after a place that match, newest first, each with its id. The place makes every page cost the same; staff do
/// so little that the filters need no more indexes than there are.
pub async fn list(
    pool: &PgPool,
    filter: &Filter,
    after: Place,
    limit: i64,
) -> sqlx::Result<Vec<(i64, Record)>> {
    let rows = sqlx::query_as!(
        Row,
        r#"select id, service, entry_id, happened_at, level, staff_id, action, subject, person_id,
               changes as "changes: Json<Vec<Change>>", reason
           from admin.audit_entries
           where (happened_at, id) < ($1, $2)
             and ($3::bigint is null or staff_id = $3)
             and ($4::bigint is null or person_id = $4)
             and starts_with(action, $5)
             and level >= $6
           order by happened_at desc, id desc limit $7"#,
        after.happened_at.to_sqlx() as _,
        after.id,
        filter.staff_id,
        filter.person_id,
        filter.action_prefix,
        filter.level_min.map_or(0, Level::number),
        limit,
    )
    .fetch_all(pool)
    .await?;
    rows.into_iter().map(|row| Ok((row.id, row.decode()?))).collect()
}

fn encode(change: &AuditChange) -> Change {
    let AuditChange { field, before, after } = change.clone();
    Change { field, before, after }
}

impl Row {
    fn decode(self) -> sqlx::Result<Record> {
        let decode = |change| {
            let Change { field, before, after } = change;
            AuditChange { field, before, after }
        };
        let level = Level::from_number(self.level)
            .ok_or_else(|| undecodable(format!("no level is {}", self.level)))?;
        Ok(Record {
            service: self.service,
            entry_id: self.entry_id,
            happened_at: self.happened_at.to_jiff(),
            level,
            entry: AuditEntry {
                staff_id: self.staff_id,
                action: self.action,
                subject: self.subject,
                person_id: self.person_id,
                changes: self.changes.0.into_iter().map(decode).collect(),
                reason: self.reason,
            },
        })
    }
}
