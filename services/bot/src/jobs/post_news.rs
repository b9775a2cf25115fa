//! Posts fresh stock in the news channel, one post per item and minute.

use std::time::Duration;

use chassis::lifecycle::Lifecycle;
use durable::jobs::{self, Round};

use crate::bot::Bot;
use crate::operations::{news, restocks};

const PERIOD: Duration = Duration::from_secs(2);

/// Runs it every two seconds.
pub fn spawn(lifecycle: &Lifecycle, bot: &Bot) {
    let bot = bot.clone();
    jobs::every(lifecycle, "post_news", PERIOD, move || {
        let bot = bot.clone();
        async move {
            for restock in restocks::claim_for_post(&bot.pool).await? {
                news::tell(&bot, &restock).await?;
            }
            Ok(Round::Done)
        }
    });
}
