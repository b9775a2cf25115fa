//! Hears who may do what, and whether the shop is closed. It is kept in memory, so the whole of it is read first, then
//! what changes; whenever the feed breaks off, all again. Each process follows for itself, without a stored cursor.

use std::convert::Infallible;
use std::time::Duration;

use chassis::lifecycle::Lifecycle;
use contract::admin::admin_feed_service_client::AdminFeedServiceClient;
use contract::admin::event::What;
use contract::admin::{Event, RightsChanged};
use contract::common::{FeedEntry, ReadFeedRequest};
use contract::failure::Failure;
use kernel::backoff::Backoff;
use kernel::ids::PersonId;
use prost::Message as _;

use super::feed_request;
use crate::bot::Bot;

/// Entries taken at once.
const BATCH: u32 = 500;
/// How long one request waits for something to happen.
const WAIT_MS: u32 = 10_000;
const RETRY: Backoff = Backoff { first: Duration::from_millis(200), cap: Duration::from_secs(10) };
/// The bot starts without knowing its staff rather than not at all.
const START_PATIENCE: Duration = Duration::from_secs(2);

/// Reads everything once, so that staff are staff from the first press on, and follows what changes from then on.
pub async fn spawn(lifecycle: &Lifecycle, bot: &Bot) {
    match tokio::time::timeout(START_PATIENCE, load(bot)).await {
        Ok(Ok(())) => {}
        Ok(Err(failure)) => tracing::warn!(%failure, "starting without knowing the staff"),
        Err(_) => tracing::warn!("starting without knowing the staff: admin takes too long"),
    }
    let (owner, bot) = (lifecycle.clone(), bot.clone());
    lifecycle.spawn("on_admin_events", async move {
        let mut failures = 0;
        while !owner.is_stopping() {
            let failure = tokio::select! {
                () = owner.stopping() => return,
                Err(failure) = follow(&bot, &mut failures) => failure,
            };
            failures += 1;
            tracing::warn!(follower = "on_admin_events", %failure, failures, "feed not followed");
            if !owner.pause(RETRY.after(failures, u64::from(failures))).await {
                return;
            }
        }
    });
}

async fn follow(bot: &Bot, failures: &mut u32) -> Result<Infallible, Failure> {
    let mut cursor = String::new();
    // To the end of what was told before: all of it is in what is read next.
    while let Some(last) = read(bot, &cursor, 0).await?.pop() {
        cursor = last.cursor;
    }
    load(bot).await?;
    loop {
        *failures = 0;
        for entry in read(bot, &cursor, WAIT_MS).await? {
            apply(bot, &entry).await?;
            cursor = entry.cursor;
        }
    }
}

async fn load(bot: &Bot) -> Result<(), Failure> {
    bot.rights.load(|| bot.own_peers()).await?;
    load_shop_state(bot).await
}

async fn load_shop_state(bot: &Bot) -> Result<(), Failure> {
    bot.maintenance.set(bot.own_peers().get_shop_state().await?);
    Ok(())
}

async fn read(bot: &Bot, cursor: &str, wait_ms: u32) -> Result<Vec<FeedEntry>, Failure> {
    let request = ReadFeedRequest { cursor: cursor.to_owned(), limit: BATCH, wait_ms };
    let mut feed = AdminFeedServiceClient::new(bot.wires.admin.clone());
    Ok(feed.read_feed(feed_request(bot, request)).await?.into_inner().entries)
}

async fn apply(bot: &Bot, entry: &FeedEntry) -> Result<(), Failure> {
    match Event::decode(entry.event.as_slice()).ok().and_then(|event| event.what) {
        Some(What::RightsChanged(RightsChanged { person_id })) => {
            bot.rights.forget(PersonId(person_id));
        }
        Some(What::RoleChanged(_)) => bot.rights.forget_answers(),
        Some(What::MaintenanceChanged(_)) => load_shop_state(bot).await?,
        // From a newer version than this.
        None => {}
    }
    Ok(())
}
