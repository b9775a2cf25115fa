//! Brings rewards that a crash left without their money, and takes them back from whoever left soon, where the settings
//! say so.

use std::time::Duration;

use chassis::lifecycle::Lifecycle;
use durable::jobs::{self, Round};

use crate::bot::Bot;
use crate::operations::rewards;

/// A batch of questions to Telegram in this time.
const PERIOD: Duration = Duration::from_mins(1);

/// Runs it every minute; not at all where there are no rewards.
pub fn spawn(lifecycle: &Lifecycle, bot: &Bot) {
    if !bot.rewards.is_on() {
        return;
    }
    let bot = bot.clone();
    jobs::every(lifecycle, "reward_channels", PERIOD, move || {
        let bot = bot.clone();
        async move {
            rewards::finish(&bot).await?;
            if bot.rewards.take_back_days > 0 {
                rewards::take_back(&bot).await?;
            }
            Ok(Round::Done)
        }
    });
}
