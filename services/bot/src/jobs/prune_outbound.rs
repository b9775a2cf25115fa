//! Forgets queued messages that ended long ago.

use std::time::Duration;

use chassis::lifecycle::Lifecycle;
use durable::jobs::{self, Round};

use crate::bot::Bot;
use crate::operations::queue;

const PERIOD: Duration = Duration::from_hours(1);
/// Feeds are followed by a cursor, so that no cause comes again after this.
const KEPT_DAYS: i32 = 30;
/// Rows forgotten in one statement.
const BATCH: u64 = 10_000;

/// Runs it every hour.
pub fn spawn(lifecycle: &Lifecycle, bot: &Bot) {
    let pool = bot.pool.clone();
    jobs::every(lifecycle, "prune_outbound", PERIOD, move || {
        let pool = pool.clone();
        async move {
            let done = queue::prune(&pool, KEPT_DAYS).await?;
            Ok(if done >= BATCH { Round::More } else { Round::Done })
        }
    });
}
