//! The log of what staff did in all services, and of what is worth a look.

use chassis::sql;
use contract::common::{AuditEntry, FeedEntry};
use contract::convert;
use contract::failure::Failure;
use contract::{bot, inventory, payments};
use kernel::ids;
use prost::Message;
use sqlx::PgConnection;

use super::Admin;
use crate::SERVICE;
use crate::domain::audit::{Filter, Level, Record, problem};
use crate::store;
use crate::store::audit_entries::Place;

/// One page of the log.
#[derive(Debug)]
pub struct Listed {
    /// Newest first, each with its id.
    pub records: Vec<(i64, Record)>,
    /// Whether there are older ones.
    pub more: bool,
}

impl Admin {
    /// Records that match, newest first, from after the entry `before` on; 0 begins with the newest.
    ///
    /// # Errors
    /// `common.invalid_field` where there is no such entry.
    pub async fn list_audit(
        &self,
        filter: &Filter,
        before: i64,
        limit: u32,
    ) -> Result<Listed, Failure> {
        let pool = &self.0.pool;
        let after = match before {
            0 => Place::TOP,
            id => store::audit_entries::find_place(pool, id)
                .await
                .map_err(sql::failure)?
                .ok_or_else(|| convert::invalid("before_entry_id", "no such entry"))?,
        };
        let wanted = i64::from(limit);
        let listed = store::audit_entries::list(pool, filter, after, wanted + 1).await;
        let mut records = listed.map_err(sql::failure)?;
        let more = records.len() > limit as usize;
        records.truncate(limit as usize);
        Ok(Listed { records, more })
    }

    /// Writes down what was done here, in the transaction in which it is done.
    pub(super) async fn audit(
        &self,
        conn: &mut PgConnection,
        entry: AuditEntry,
    ) -> sqlx::Result<()> {
        let record = Record {
            service: SERVICE.to_owned(),
            entry_id: ids::fresh(&self.0.clock).to_string(),
            happened_at: self.0.clock.now(),
            level: Level::Info,
            entry,
        };
        keep(conn, &record).await
    }
}

/// Keeps what payments tells of staff, and of money that matched nothing.
///
/// # Errors
/// An entry cannot be read, or the database's.
pub async fn keep_payments_events(
    conn: &mut PgConnection,
    entries: &[FeedEntry],
) -> Result<(), Failure> {
    use payments::event::What;
    for entry in entries {
        let event = payments::Event::decode(&*entry.event);
        let told = match event.map_err(|error| convert::invalid("event", error))?.what {
            Some(What::Audited(told)) => (Level::Info, told),
            Some(What::SuspenseOpened(told)) => {
                let action = "payments.suspense.opened";
                (Level::Warning, problem(action, &told.case_id, told.person_id))
            }
            _ => continue,
        };
        keep_told(conn, "payments", entry, told).await?;
    }
    Ok(())
}

/// Keeps what inventory tells of staff, and of orders that recovery had to undo.
///
/// # Errors
/// An entry cannot be read, or the database's.
pub async fn keep_inventory_events(
    conn: &mut PgConnection,
    entries: &[FeedEntry],
) -> Result<(), Failure> {
    use inventory::event::What;
    for entry in entries {
        let event = inventory::Event::decode(&*entry.event);
        let told = match event.map_err(|error| convert::invalid("event", error))?.what {
            Some(What::Audited(told)) => (Level::Info, told),
            Some(What::OrderReleased(told)) => {
                let action = "inventory.order.released";
                (Level::Warning, problem(action, &told.order_id, told.buyer_id))
            }
            _ => continue,
        };
        keep_told(conn, "inventory", entry, told).await?;
    }
    Ok(())
}

/// Keeps what the bot tells of staff.
///
/// # Errors
/// An entry cannot be read, or the database's.
pub async fn keep_bot_events(
    conn: &mut PgConnection,
    entries: &[FeedEntry],
) -> Result<(), Failure> {
    for entry in entries {
        let event = bot::Event::decode(&*entry.event);
        let what = event.map_err(|error| convert::invalid("event", error))?.what;
        if let Some(bot::event::What::Audited(told)) = what {
            keep_told(conn, "bot", entry, (Level::Info, told)).await?;
        }
    }
    Ok(())
}

async fn keep_told(
    conn: &mut PgConnection,
    service: &str,
    entry: &FeedEntry,
    (level, told): (Level, AuditEntry),
) -> Result<(), Failure> {
    let record = Record {
        service: service.to_owned(),
        entry_id: entry.id.clone(),
        happened_at: convert::instant(entry.happened_at),
        level,
        entry: told,
    };
    keep(conn, &record).await.map_err(sql::failure)
}

/// Into the table, and into the process's log, which is rotated and kept apart from the database.
pub(super) async fn keep(conn: &mut PgConnection, record: &Record) -> sqlx::Result<()> {
    if store::audit_entries::insert(conn, record).await? {
        let AuditEntry { staff_id, action, subject, person_id, .. } = &record.entry;
        let service = &record.service;
        tracing::info!(target: "audit", service, action, subject, staff_id, person_id, "audited");
    }
    Ok(())
}
