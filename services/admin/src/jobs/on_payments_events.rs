//! Hears of what staff did in payments, and of payments that matched nothing.

use chassis::lifecycle::Lifecycle;
use contract::common::{FeedEntry, ReadFeedRequest};
use contract::failure::Failure;
use durable::follow::{self, Effect};
use sqlx::PgConnection;

use super::PACE;
use crate::operations::{self, Admin};

/// Follows the feed of payments.
pub fn spawn(lifecycle: &Lifecycle, admin: &Admin) {
    let source = admin.clone();
    let read = move |request: ReadFeedRequest| {
        let source = source.clone();
        async move {
            tokio::time::sleep(PACE).await;
            source.peers().read_payments_feed(request).await
        }
    };
    follow::spawn(lifecycle, admin.pool().clone(), "on_payments_events", read, Keep);
}

struct Keep;

impl Effect for Keep {
    async fn apply(&self, conn: &mut PgConnection, entries: &[FeedEntry]) -> Result<(), Failure> {
        operations::keep_payments_events(conn, entries).await
    }
}
