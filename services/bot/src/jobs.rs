//! What runs by itself: following the other services, and looking after the queue.

mod finish_intents;
mod hear_own_events;
mod on_admin_events;
mod on_inventory_events;
mod on_payments_events;
mod post_news;
mod post_registrations;
mod prune_broadcasts;
mod prune_intents;
mod prune_outbound;
mod prune_parked_updates;
mod prune_tickets;
mod remind_of_tickets;
mod reward_channels;
mod show_progress;
mod tell_waiters;
mod tend_broadcasts;
mod watch_outbound;

use std::time::Duration;

use chassis::lifecycle::Lifecycle;
use contract::actor::Actor;
use tonic::Request;

use crate::bot::Bot;

/// A request to a feed waits up to ten seconds for news; the rest is for the way.
const FEED_DEADLINE: Duration = Duration::from_secs(15);

/// Starts them all.
pub async fn spawn(lifecycle: &Lifecycle, bot: &Bot) {
    finish_intents::spawn(lifecycle, bot);
    hear_own_events::spawn(lifecycle, bot);
    on_admin_events::spawn(lifecycle, bot).await;
    on_inventory_events::spawn(lifecycle, bot);
    on_payments_events::spawn(lifecycle, bot);
    post_news::spawn(lifecycle, bot);
    post_registrations::spawn(lifecycle, bot);
    prune_broadcasts::spawn(lifecycle, bot);
    prune_intents::spawn(lifecycle, bot);
    prune_outbound::spawn(lifecycle, bot);
    prune_parked_updates::spawn(lifecycle, bot);
    prune_tickets::spawn(lifecycle, bot);
    remind_of_tickets::spawn(lifecycle, bot);
    reward_channels::spawn(lifecycle, bot);
    show_progress::spawn(lifecycle, bot);
    tend_broadcasts::spawn(lifecycle, bot);
    tell_waiters::spawn(lifecycle, bot);
    watch_outbound::spawn(lifecycle, bot);
    durable::outbox::spawn_pruning(lifecycle, "prune_bot_outbox", bot.pool.clone());
}

/// A request to a feed, as the bot itself. Tokens are short-lived, so each request has its own.
fn feed_request<T>(bot: &Bot, message: T) -> Request<T> {
    let mut request = bot.keys.caller(&Actor::Service("bot".to_owned())).request(message);
    request.set_timeout(FEED_DEADLINE);
    request
}
