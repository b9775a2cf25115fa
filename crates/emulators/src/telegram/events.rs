//! What the chat page is told as it happens.

use std::sync::atomic::{AtomicU64, Ordering};

use serde::Serialize;
use tokio::sync::broadcast;

use super::message::Message;
use super::query::CallbackAnswer;

/// A change that a watcher may show.
#[derive(Debug, Clone, Serialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum Event {
    /// A message is new or changed.
    Message {
        chat: i64,
        message: Box<Message>,
        #[serde(skip_serializing_if = "Option::is_none")]
        paid_by: Option<String>,
    },
    Deleted {
        chat: i64,
        message_id: i64,
    },
    /// The bot shows that it is typing, uploading, ...
    Action {
        chat: i64,
        action: String,
    },
    /// A press was answered.
    Answered {
        chat: i64,
        query_id: String,
        answer: CallbackAnswer,
    },
    /// A payment came to an end.
    Payment {
        chat: i64,
        query_id: String,
        outcome: super::payments::PaymentOutcome,
    },
    /// People, their standing, keyboards or commands changed: ask for the state again.
    People,
}

pub(crate) struct Events {
    sender: broadcast::Sender<Event>,
    /// Moves with every change, watched or not.
    changes: AtomicU64,
}

impl Default for Events {
    fn default() -> Self {
        let (sender, _) = broadcast::channel(1_024);
        Self { sender, changes: AtomicU64::new(0) }
    }
}

impl Events {
    /// Tells the watchers; `event` is not even made while there are none.
    pub(crate) fn tell(&self, event: impl FnOnce() -> Event) {
        self.changes.fetch_add(1, Ordering::Relaxed);
        if self.sender.receiver_count() > 0 {
            // Fails only when the last watcher has just left.
            let _ = self.sender.send(event());
        }
    }

    pub(crate) fn changes(&self) -> u64 {
        self.changes.load(Ordering::Relaxed)
    }

    pub(crate) fn watch(&self) -> broadcast::Receiver<Event> {
        self.sender.subscribe()
    }
}
