//! Updates fetched by long polling, where Telegram cannot reach us: the same path, in the same
//! order, confirmed last.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use chassis::lifecycle::Lifecycle;
use futures_util::stream::{self, StreamExt};
use kernel::backoff::Backoff;
use serde::Deserialize;
use serde_json::value::RawValue;
use telegram::{ApiError, Client, DeleteWebhook, GetUpdates, Head, Queue, Trouble};

use crate::intake::{Answer, Intake};

/// Updates fetched at a time.
const BATCH: u8 = 100;
/// Queues handled side by side.
const QUEUES_MAX: usize = 32;

/// Fetches updates.
pub struct Poller {
    /// Where updates are.
    pub client: Client,
    /// Where they go.
    pub intake: Arc<Intake>,
    /// Ends the fetching.
    pub lifecycle: Lifecycle,
    /// How long one request waits for an update.
    pub wait: Duration,
    /// Between tries after an error.
    pub backoff: Backoff,
}

/// Updates that came together.
#[derive(Default)]
struct Batch {
    /// The queues in the order of their first update, and in each the updates in the order they
    /// came.
    queues: Vec<Vec<Bytes>>,
    /// Confirms them all; none if not one of them has a number.
    next: Option<i64>,
}

impl Poller {
    /// Fetches updates until the process stops.
    pub async fn run(self) {
        let stop = self.lifecycle.token();
        // What is not confirmed by then comes again after the next start.
        stop.run_until_cancelled(self.fetch_forever()).await;
    }

    async fn fetch_forever(&self) {
        let mut failures = 0;
        let mut webhook_is_gone = false;
        let mut offset = None;
        loop {
            let fetched = if webhook_is_gone {
                self.fetch(offset).await
            } else {
                self.remove_webhook().await.map(|()| Batch::default())
            };
            match fetched {
                Ok(batch) => {
                    (failures, webhook_is_gone) = (0, true);
                    // Once all is confirmed Telegram says what is first: after a quiet week it may
                    // be a lower number.
                    offset = batch.next;
                    self.handle(batch).await;
                }
                Err(error) => {
                    failures += 1;
                    webhook_is_gone &= *error.trouble() != Trouble::Conflict;
                    report(failures, &error);
                    let asked = error.trouble().retry_after().unwrap_or_default();
                    let pause = self.backoff.after(failures, u64::from(failures)).max(asked);
                    self.lifecycle.pause(pause).await;
                }
            }
        }
    }

    async fn remove_webhook(&self) -> Result<(), ApiError> {
        self.client.delete_webhook(&DeleteWebhook::default()).await
    }

    async fn fetch(&self, offset: Option<i64>) -> Result<Batch, ApiError> {
        let poll = GetUpdates { offset, limit: BATCH, timeout: self.wait };
        Ok(Batch::of(&self.client.get_updates(&poll).await?))
    }

    /// Handles a batch to its end: queues side by side, the updates of each one after the other.
    async fn handle(&self, batch: Batch) {
        stream::iter(batch.queues)
            .for_each_concurrent(QUEUES_MAX, async |updates| {
                for update in updates {
                    self.insist(update).await;
                }
            })
            .await;
    }

    /// Tries an update until it is done with, as Telegram does when it posts.
    async fn insist(&self, update: Bytes) {
        let mut failures = 0;
        while self.intake.take(update.clone()).await != Answer::Done {
            failures += 1;
            self.lifecycle.pause(self.backoff.after(failures, u64::from(failures))).await;
        }
    }
}

impl Batch {
    fn of(updates: &[Box<RawValue>]) -> Self {
        let mut batch = Self::default();
        let mut places = HashMap::new();
        for update in updates {
            let update = Bytes::copy_from_slice(update.get().as_bytes());
            let number = number(&update);
            batch.next = batch.next.max(number.map(|number| number.saturating_add(1)));
            // What cannot be read goes the same way, to be parked there.
            let alone = Queue::Alone(number.unwrap_or(-1));
            let queue = Head::parse(&update).map_or(alone, |head| head.queue());
            let place = *places.entry(queue).or_insert(batch.queues.len());
            if place == batch.queues.len() {
                batch.queues.push(Vec::new());
            }
            batch.queues[place].push(update);
        }
        batch
    }
}

fn number(update: &[u8]) -> Option<i64> {
    #[derive(Deserialize)]
    struct Numbered {
        update_id: i64,
    }
    serde_json::from_slice::<Numbered>(update).ok().map(|update| update.update_id)
}

fn report(failures: u32, error: &ApiError) {
    if *error.trouble() == Trouble::Conflict {
        tracing::error!(
            failures,
            %error,
            "another process fetches the updates of this bot, or a webhook is set for it; \
             run one at a time, or give each its own bot"
        );
    } else {
        tracing::warn!(failures, %error, "updates cannot be fetched");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn batch(updates: &[&str]) -> Batch {
        let raw = |update: &&str| RawValue::from_string((*update).to_owned()).unwrap();
        Batch::of(&updates.iter().map(raw).collect::<Vec<_>>())
    }

    #[test]
    fn a_batch_keeps_the_order_of_each_queue_and_confirms_its_highest_number() {
        let message = |id: i64, chat: i64| {
            format!(r#"{{"update_id":{id},"message":{{"chat":{{"id":{chat},"type":"private"}}}}}}"#)
        };
        let batch = batch(&[&message(5, 7), &message(3, 8), &message(4, 7)]);
        assert_eq!(batch.next, Some(6));
        assert_eq!(batch.queues, [vec![message(5, 7), message(4, 7)], vec![message(3, 8)]]);
    }

    #[test]
    fn what_cannot_be_read_is_confirmed_by_its_number_all_the_same() {
        let batch = batch(&[r#"{"update_id":9,"message":7}"#, r#"{"update_id":"x"}"#]);
        assert_eq!((batch.next, batch.queues.len()), (Some(10), 2));
    }
}
