//! Queries that wait for the bot's answer: pressed buttons and payments about to be made.

use std::collections::{HashMap, VecDeque};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use serde::Serialize;
use tokio::sync::watch;

use super::failure::Failure;
use crate::lock::lock;

/// What the bot answered to a pressed button.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct CallbackAnswer {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    pub show_alert: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
}

/// What the bot answered to a pre-checkout query.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "answer", rename_all = "snake_case")]
pub enum PreCheckoutAnswer {
    Ok,
    Refused { error_message: String },
}

/// The open and the recently answered queries of one kind.
pub(crate) struct Queries<A> {
    open: Mutex<Register<A>>,
    patience: Duration,
    keep: usize,
}

struct Register<A> {
    by_id: HashMap<u64, Query<A>>,
    order: VecDeque<u64>,
}

struct Query<A> {
    person: i64,
    asked_at: Instant,
    answer: watch::Sender<Option<A>>,
}

impl<A: Clone> Queries<A> {
    pub(crate) fn new(patience: Duration, keep: usize) -> Self {
        let open = Mutex::new(Register { by_id: HashMap::new(), order: VecDeque::new() });
        Self { open, patience, keep: keep.max(1) }
    }

    /// Opens a query under an id that nobody has used.
    pub(crate) fn open(&self, id: u64, person: i64) -> watch::Receiver<Option<A>> {
        let (answer, receiver) = watch::channel(None);
        let mut register = lock(&self.open);
        if register.order.len() >= self.keep
            && let Some(oldest) = register.order.pop_front()
        {
            register.by_id.remove(&oldest);
        }
        register.order.push_back(id);
        register.by_id.insert(id, Query { person, asked_at: Instant::now(), answer });
        receiver
    }

    /// Answers a query; late, unknown and second answers are refused alike.
    pub(crate) fn answer(&self, id: &str, answer: A) -> Result<i64, Failure> {
        let register = lock(&self.open);
        let query = id
            .parse()
            .ok()
            .and_then(|id: u64| register.by_id.get(&id))
            .filter(|query| query.asked_at.elapsed() <= self.patience)
            .filter(|query| query.answer.borrow().is_none())
            .ok_or_else(Failure::query_too_old)?;
        query.answer.send_replace(Some(answer));
        Ok(query.person)
    }

    /// Word of the answer to a query.
    pub(crate) fn watch(&self, id: &str) -> Option<watch::Receiver<Option<A>>> {
        let register = lock(&self.open);
        Some(register.by_id.get(&id.parse().ok()?)?.answer.subscribe())
    }

    /// Who asked.
    pub(crate) fn person(&self, id: &str) -> Option<i64> {
        Some(lock(&self.open).by_id.get(&id.parse().ok()?)?.person)
    }

    pub(crate) fn patience(&self) -> Duration {
        self.patience
    }
}

/// Numbers for queries: unique over restarts, as they start from the clock.
pub(crate) struct QueryNumbers(AtomicU64);

impl QueryNumbers {
    pub(crate) fn starting(now: jiff::Timestamp) -> Self {
        Self(AtomicU64::new(now.as_microsecond().unsigned_abs() * 600))
    }

    pub(crate) fn next(&self) -> u64 {
        self.0.fetch_add(1, Ordering::Relaxed)
    }
}
