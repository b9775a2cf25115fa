//! Forgets conversations that were closed long ago: what people wrote is not kept for ever.

use std::time::Duration;

use chassis::lifecycle::Lifecycle;
use durable::jobs::{self, Round};

use crate::bot::Bot;
use crate::operations::tickets;

const PERIOD: Duration = Duration::from_hours(1);
/// Conversations forgotten in one statement.
const BATCH: u64 = 1_000;

/// Runs it every hour; not at all where the settings keep everything.
pub fn spawn(lifecycle: &Lifecycle, bot: &Bot) {
    let Some(days) = bot.tickets_kept_days else { return };
    let bot = bot.clone();
    jobs::every(lifecycle, "prune_tickets", PERIOD, move || {
        let bot = bot.clone();
        async move {
            let done = tickets::prune(&bot, days).await?;
            Ok(if done >= BATCH { Round::More } else { Round::Done })
        }
    });
}
