//! Delivers updates to the webhook as Telegram does: in order per queue, again until accepted.

use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::http::{HeaderName, HeaderValue};
use kernel::ids;

use super::backlog::Route;
use super::reply;
use super::update::{Update, UpdateKind};
use super::webhook::Hook;
use super::world::World;
use crate::faults::DeliveryFault;
use crate::post::{Delivery, Letter, Receipt};

const SECRET_HEADER: HeaderName = HeaderName::from_static("x-telegram-bot-api-secret-token");

impl World {
    /// Numbers an update, queues it, and sees to its delivery.
    pub(crate) fn publish(self: &Arc<Self>, kind: UpdateKind, subject: i64, payload: &str) -> i64 {
        let posted = self.backlog.post(kind, subject, payload);
        self.deliver_all(posted.route);
        posted.update_id
    }

    pub(crate) fn deliver_all(self: &Arc<Self>, routes: impl IntoIterator<Item = Route>) {
        for route in routes {
            self.tasks.spawn(drain(self.clone(), route));
        }
    }
}

/// Delivers one queue until it is empty or the webhook changes.
async fn drain(world: Arc<World>, route: Route) {
    let mut failures = 0;
    while let Some((update, hook)) = world.backlog.head(&route) {
        if Instant::now() >= update.expires_at {
            world.backlog.finish(&route, update.id);
            continue;
        }
        match attempt(&world, &hook, &update).await {
            Outcome::Done => {
                failures = 0;
                world.backlog.finish(&route, update.id);
                // Fails only when nobody waits to be overtaken.
                let _ = world.overtaken.send((update.queue.subject, update.queue));
            }
            Outcome::Again { retry_after } => {
                let delay = retry_delay(&world, failures, retry_after);
                failures += 1;
                if Instant::now() + delay >= update.expires_at {
                    tracing::debug!(update_id = update.id, "an update expired undelivered");
                    failures = 0;
                    world.backlog.finish(&route, update.id);
                } else {
                    tokio::time::sleep(delay).await;
                }
            }
        }
    }
}

enum Outcome {
    /// Accepted, or lost on purpose.
    Done,
    Again {
        retry_after: Option<u64>,
    },
}

/// At once, then 2, 4, 8 ... seconds up to a cap between 60 and 120; or what the bot asked for.
fn retry_delay(world: &World, failures: u32, retry_after: Option<u64>) -> Duration {
    let seconds = if let Some(asked) = retry_after {
        asked.min(3_600)
    } else if failures == 0 {
        0
    } else {
        let chance = ids::fresh(&world.clock).as_u128() % 61;
        let cap = 60 + u64::try_from(chance).expect("a remainder of 61");
        2_u64.saturating_pow(failures).min(cap)
    };
    Duration::from_secs(seconds).mul_f64(world.pace)
}

async fn attempt(world: &Arc<World>, hook: &Arc<Hook>, update: &Arc<Update>) -> Outcome {
    let drawn = world.delivery_faults.draw(|scope| scope.matches(update));
    let mut answer_lost = false;
    let mut forged = Forged::No;
    for fault in drawn {
        match fault {
            DeliveryFault::Delay { delay_ms } => {
                tokio::time::sleep(Duration::from_millis(delay_ms)).await;
            }
            DeliveryFault::Lose => return Outcome::Done,
            DeliveryFault::Duplicate { times } => duplicate(world, hook, update, times),
            DeliveryFault::LoseAnswer => answer_lost = true,
            DeliveryFault::Reorder { within_ms } => {
                let longest = Duration::from_millis(within_ms);
                // A timeout here just means that nothing came to overtake it.
                let _ = tokio::time::timeout(longest, until_overtaken(world, update)).await;
            }
            DeliveryFault::BadSignature => forged = Forged::Secret,
        }
    }
    let Ok(_connection) = hook.connections.acquire().await else { return Outcome::Done };
    match send(world, hook, update, forged).await {
        Ok(receipt) if receipt.accepted() && !answer_lost => {
            reply::execute(world, &receipt.body).await;
            Outcome::Done
        }
        Ok(receipt) => {
            let message =
                format!("Wrong response from the webhook: {} {}", receipt.status, receipt.reason);
            world.backlog.note_error(world.clock.now(), message);
            Outcome::Again { retry_after: receipt.retry_after }
        }
        Err(failure) => {
            world.backlog.note_error(world.clock.now(), failure);
            Outcome::Again { retry_after: None }
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Forged {
    No,
    Secret,
}

/// Sends copies of an update beside its own delivery.
fn duplicate(world: &Arc<World>, hook: &Arc<Hook>, update: &Arc<Update>, times: u32) {
    for _ in 0..times {
        let (world, hook, update) = (world.clone(), hook.clone(), update.clone());
        world.backlog.begin_extra();
        world.tasks.clone().spawn(async move {
            if let Err(failure) = send(&world, &hook, &update, Forged::No).await {
                tracing::debug!(%failure, update_id = update.id, "a duplicate was not delivered");
            }
            world.backlog.end_extra();
        });
    }
}

async fn until_overtaken(world: &World, update: &Update) {
    let mut deliveries = world.overtaken.subscribe();
    while let Ok((subject, queue)) = deliveries.recv().await {
        if subject == update.queue.subject && queue != update.queue {
            return;
        }
    }
}

async fn send(
    world: &World,
    hook: &Hook,
    update: &Update,
    forged: Forged,
) -> Result<Receipt, String> {
    let secret = match forged {
        Forged::No => hook.secret.clone(),
        Forged::Secret => Some("forged".to_owned()),
    };
    let header = secret
        .and_then(|secret| HeaderValue::from_str(&secret).ok().map(|value| (SECRET_HEADER, value)));
    let letter = Letter {
        to: hook.target.clone(),
        header,
        body: update.body.clone(),
        patience: world.deadlines.webhook,
    };
    world.postman.post(letter).await
}

impl World {
    /// Delivers a remembered update again, that many times at once, outside of its queue.
    pub(crate) async fn redeliver(self: &Arc<Self>, update_id: i64, times: u32) -> Vec<Delivery> {
        let Some(update) = self.backlog.find(update_id) else { return Vec::new() };
        self.deliver_copies(update.body.clone(), times).await
    }

    /// Delivers any bytes to the webhook, with its secret, outside of all queues.
    pub(crate) async fn deliver_copies(
        self: &Arc<Self>,
        body: axum::body::Bytes,
        times: u32,
    ) -> Vec<Delivery> {
        let Some(hook) = self.backlog.hook() else { return Vec::new() };
        let mut copies = tokio::task::JoinSet::new();
        for _ in 0..times {
            let world = self.clone();
            let header = hook.secret.as_deref().and_then(|secret| {
                HeaderValue::from_str(secret).ok().map(|value| (SECRET_HEADER, value))
            });
            let letter = Letter {
                to: hook.target.clone(),
                header,
                body: body.clone(),
                patience: self.deadlines.webhook,
            };
            copies.spawn(async move { world.postman.post(letter).await });
        }
        let outcomes = copies.join_all().await;
        outcomes.into_iter().map(Delivery::from).collect()
    }
}
