//! Forgets updates that were set aside long ago: what people wrote is not kept for ever.

use std::time::Duration;

use chassis::lifecycle::Lifecycle;
use durable::jobs::{self, Round};

use crate::bot::Bot;
use crate::operations::parking;

const PERIOD: Duration = Duration::from_hours(1);
/// Long enough for somebody to look.
const KEPT_DAYS: i32 = 30;
/// Rows forgotten in one statement.
const BATCH: u64 = 10_000;

/// Runs it every hour.
pub fn spawn(lifecycle: &Lifecycle, bot: &Bot) {
    let pool = bot.pool.clone();
    jobs::every(lifecycle, "prune_parked_updates", PERIOD, move || {
        let pool = pool.clone();
        async move {
            let done = parking::prune(&pool, KEPT_DAYS).await?;
            Ok(if done >= BATCH { Round::More } else { Round::Done })
        }
    });
}
