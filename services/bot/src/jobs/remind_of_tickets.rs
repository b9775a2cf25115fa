//! Reminds staff of people who have waited for an answer for long.

use std::time::Duration;

use chassis::lifecycle::Lifecycle;
use durable::jobs::{self, Round};

use crate::bot::Bot;
use crate::operations::tickets;

const PERIOD: Duration = Duration::from_mins(1);

/// Runs it every minute; not at all where the settings want no reminders.
pub fn spawn(lifecycle: &Lifecycle, bot: &Bot) {
    if bot.remind_minutes == 0 {
        return;
    }
    let bot = bot.clone();
    jobs::every(lifecycle, "remind_of_tickets", PERIOD, move || {
        let bot = bot.clone();
        async move {
            tickets::remind(&bot).await?;
            Ok(Round::Done)
        }
    });
}
