//! Forgets whom old broadcasts went to, and drafts that nobody sent. What a broadcast said and how it ended stays.

use std::time::Duration;

use chassis::lifecycle::Lifecycle;
use durable::jobs::{self, Round};

use crate::bot::Bot;
use crate::operations::broadcasting;

const PERIOD: Duration = Duration::from_hours(1);
/// Long enough to look into a complaint.
const KEPT_DAYS: i32 = 30;
/// Rows forgotten in one statement.
const BATCH: u64 = 10_000;

/// Runs it every hour.
pub fn spawn(lifecycle: &Lifecycle, bot: &Bot) {
    let pool = bot.pool.clone();
    jobs::every(lifecycle, "prune_broadcasts", PERIOD, move || {
        let pool = pool.clone();
        async move {
            let done = broadcasting::prune(&pool, KEPT_DAYS).await?;
            Ok(if done >= BATCH { Round::More } else { Round::Done })
        }
    });
}
