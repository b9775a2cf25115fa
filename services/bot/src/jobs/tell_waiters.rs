//! Tells everybody who waits for an item that it is back: once each, in the bulk lane of the queue.

use std::time::Duration;

use chassis::lifecycle::Lifecycle;
use contract::failure::Failure;
use durable::jobs::{self, Round};
use kernel::ids::PersonId;

use crate::bot::Bot;
use crate::operations::restocks::{self, Restock};

const PERIOD: Duration = Duration::from_secs(1);
/// People on a page of the list; a list of any length is told page by page.
const PAGE: u32 = 500;

/// Runs it every second.
pub fn spawn(lifecycle: &Lifecycle, bot: &Bot) {
    let bot = bot.clone();
    jobs::every(lifecycle, "tell_waiters", PERIOD, move || {
        let bot = bot.clone();
        async move {
            for restock in restocks::claim_for_waiters(&bot.pool).await? {
                tell(&bot, &restock).await?;
            }
            Ok(Round::Done)
        }
    });
}

/// A crash between two steps repeats them: the keys of the messages are the same, and who was told is not missed.
async fn tell(bot: &Bot, restock: &Restock) -> Result<(), Failure> {
    let peers = bot.own_peers();
    loop {
        let people = peers.list_waiters(restock.item, PAGE).await?;
        if people.is_empty() {
            break;
        }
        restocks::tell_waiters(&bot.pool, restock, &people).await?;
        peers.drop_waiters(restock.item, people.iter().map(|PersonId(id)| *id).collect()).await?;
        bot.queued.notify_one();
    }
    restocks::waiters_told(&bot.pool, restock).await
}
