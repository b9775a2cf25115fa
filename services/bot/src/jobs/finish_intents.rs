//! Finishes purchases whose money has come.

use std::time::Duration;

use chassis::lifecycle::Lifecycle;
use durable::jobs;

use crate::bot::Bot;
use crate::intents;

const PERIOD: Duration = Duration::from_secs(1);

/// Runs it every second.
pub fn spawn(lifecycle: &Lifecycle, bot: &Bot) {
    let bot = bot.clone();
    jobs::every(lifecycle, "finish_intents", PERIOD, move || {
        let bot = bot.clone();
        async move { intents::finish_due(&bot).await }
    });
}
