//! Forgets purchases that waited for money long ago.

use std::time::Duration;

use chassis::lifecycle::Lifecycle;
use durable::jobs::{self, Round};

use crate::bot::Bot;
use crate::operations::intents;

const PERIOD: Duration = Duration::from_hours(1);
/// Their notices are tried for three days, and their buttons are refused long before.
const KEPT_DAYS: i32 = 30;
/// Rows forgotten in one statement.
const BATCH: u64 = 10_000;

/// Runs it every hour.
pub fn spawn(lifecycle: &Lifecycle, bot: &Bot) {
    let pool = bot.pool.clone();
    jobs::every(lifecycle, "prune_intents", PERIOD, move || {
        let pool = pool.clone();
        async move {
            let done = intents::prune(&pool, KEPT_DAYS).await?;
            Ok(if done >= BATCH { Round::More } else { Round::Done })
        }
    });
}
