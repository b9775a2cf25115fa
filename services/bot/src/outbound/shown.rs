//! Remembering what the chat has shown by itself, so that the queue does not say it again. Written in bunches: a sale
//! does not wait for it, and what a crash loses is said twice, which harms nobody.

use std::time::Duration;

use chassis::lifecycle::Lifecycle;
use kernel::ids::PersonId;
use sqlx::PgPool;
use tokio::sync::mpsc;

use crate::operations::queue;

/// Keys that may wait to be written; beyond that they are forgotten.
const WAITING_MAX: usize = 20_000;
/// Keys in one statement.
const BUNCH_MAX: usize = 1_000;
/// Bunches grow for this long; far less than the queue waits.
const PACE: Duration = Duration::from_millis(200);
/// With nothing new for this long after the stop began, nothing more comes.
const LAST_WAIT: Duration = Duration::from_millis(300);

/// Takes keys of what was shown. Cheap to clone.
#[derive(Clone)]
pub struct Shown {
    keys: mpsc::Sender<(String, PersonId)>,
}

impl Shown {
    /// Starts the writer on this lifecycle.
    pub fn start(lifecycle: &Lifecycle, pool: PgPool) -> Self {
        let (keys, waiting) = mpsc::channel(WAITING_MAX);
        let owner = lifecycle.clone();
        lifecycle.spawn("bot shown messages", async move { write(owner, pool, waiting).await });
        Self { keys }
    }

    /// Notes that the message with this key was shown to a person.
    pub fn note(&self, key: &str, person: PersonId) {
        if self.keys.try_send((key.to_owned(), person)).is_err() {
            metrics::counter!("bodega_bot_shown_forgotten_total").increment(1);
        }
    }
}

async fn write(
    lifecycle: Lifecycle,
    pool: PgPool,
    mut waiting: mpsc::Receiver<(String, PersonId)>,
) {
    let mut bunch = Vec::with_capacity(BUNCH_MAX);
    loop {
        let received = tokio::select! {
            received = waiting.recv_many(&mut bunch, BUNCH_MAX) => received,
            // Updates that still run may have something to say.
            () = silence(&lifecycle) => return,
        };
        if received == 0 {
            return;
        }
        if let Err(failure) = queue::settle(&pool, &bunch).await {
            tracing::warn!(%failure, keys = bunch.len(), "what was shown may be said twice");
        }
        bunch.clear();
        lifecycle.pause(PACE).await;
    }
}

async fn silence(lifecycle: &Lifecycle) {
    lifecycle.stopping().await;
    tokio::time::sleep(LAST_WAIT).await;
}
