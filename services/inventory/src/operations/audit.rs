//! What staff did, written in the transaction of the change.

use contract::common::AuditEntry;
use contract::inventory::event::What;
use sqlx::PgConnection;

/// Keeps an entry; it is told once the transaction commits.
pub async fn write(conn: &mut PgConnection, entry: AuditEntry) -> sqlx::Result<()> {
    let event = contract::inventory::Event { what: Some(What::Audited(entry)) };
    durable::outbox::write(conn, &event).await
}
