//! Hears what staff changed about people, on this replica or another: whoever was blocked or let in is read anew.
//!
//! Not a follower with a cursor in the database: of those one replica of all takes an entry, and here each has to. The
//! memory is empty at the start, so that this may begin anywhere.

use std::time::Duration;

use chassis::lifecycle::Lifecycle;
use contract::bot::Event;
use contract::bot::event::What;
use contract::common::{FeedEntry, ReadFeedRequest};
use durable::feed;
use kernel::backoff::Backoff;
use kernel::ids::PersonId;
use prost::Message as _;

use crate::bot::Bot;
use crate::people::People;

const NAME: &str = "hear_own_events";
/// Entries taken at once.
const BATCH: u32 = 500;
/// How long one look waits for news.
const WAIT_MS: u32 = 10_000;
const RETRY: Backoff = Backoff { first: Duration::from_millis(200), cap: Duration::from_secs(5) };

/// Listens until the process stops.
pub fn spawn(lifecycle: &Lifecycle, bot: &Bot) {
    let (owner, bot) = (lifecycle.clone(), bot.clone());
    lifecycle.spawn(NAME, async move {
        let mut cursor = String::new();
        let mut failures = 0;
        while !owner.is_stopping() {
            let look = ReadFeedRequest { cursor: cursor.clone(), limit: BATCH, wait_ms: WAIT_MS };
            match feed::read(&bot.pool, &bot.bell, look).await {
                Ok(news) => {
                    failures = 0;
                    for entry in news.entries {
                        hear(&bot.people, &entry);
                        cursor = entry.cursor;
                    }
                }
                Err(failure) => {
                    failures += 1;
                    tracing::warn!(%failure, failures, "the bot's own feed cannot be read now");
                    if !owner.pause(RETRY.after(failures, u64::from(failures))).await {
                        return;
                    }
                }
            }
        }
    });
}

fn hear(people: &People, entry: &FeedEntry) {
    match Event::decode(entry.event.as_slice()).map(|event| event.what) {
        Ok(Some(What::PersonBlocked(event))) => people.forget(PersonId(event.person_id)),
        Ok(Some(What::PersonUnblocked(event))) => people.forget(PersonId(event.person_id)),
        // What is newer than this version is not for it.
        Ok(Some(What::Audited(_)) | None) => {}
        Err(error) => tracing::error!(%error, entry.id, "an event of the bot's own is unreadable"),
    }
}
