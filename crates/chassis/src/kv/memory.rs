//! The store in this process: bounded, forgotten with the process.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use moka::Expiry;
use moka::sync::Cache;
use tokio::time::Instant;

use super::{Limit, Taken};

/// Keys and values together; the least used go first.
const BYTES_MAX: u64 = 64 << 20;
/// What the cache itself needs for an entry.
const ENTRY_BYTES: usize = 100;
/// Fewer spent entries than this are not worth looking for.
const SPENT_MIN: usize = 1_024;

/// Values, counts and limits of this process.
#[derive(Clone)]
pub struct Memory {
    values: Cache<String, Value>,
    counts: Arc<Mutex<Timed<u64>>>,
    /// The time at which all that was taken will have grown back ("theoretical arrival time").
    limits: Arc<Mutex<Timed<()>>>,
}

#[derive(Clone)]
struct Value {
    bytes: Arc<[u8]>,
    ttl: Duration,
}

struct PerValue;

impl Expiry<String, Value> for PerValue {
    fn expire_after_create(
        &self,
        _key: &String,
        value: &Value,
        _at: std::time::Instant,
    ) -> Option<Duration> {
        Some(value.ttl)
    }

    fn expire_after_update(
        &self,
        _key: &String,
        value: &Value,
        _at: std::time::Instant,
        _left: Option<Duration>,
    ) -> Option<Duration> {
        Some(value.ttl)
    }
}

/// Entries that are spent after an instant; spent ones are dropped when as many again have come.
struct Timed<T> {
    entries: HashMap<String, (Instant, T)>,
    look_at: usize,
}

impl<T> Default for Timed<T> {
    fn default() -> Self {
        Self { entries: HashMap::new(), look_at: SPENT_MIN }
    }
}

impl<T> Timed<T> {
    fn drop_spent(&mut self, now: Instant) {
        if self.entries.len() >= self.look_at {
            self.entries.retain(|_, (until, _)| *until > now);
            self.look_at = SPENT_MIN.max(self.entries.len() * 2);
        }
    }
}

impl Memory {
    pub(super) fn new() -> Self {
        let weight = |key: &String, value: &Value| {
            u32::try_from(key.len() + value.bytes.len() + ENTRY_BYTES).unwrap_or(u32::MAX)
        };
        let values =
            Cache::builder().max_capacity(BYTES_MAX).weigher(weight).expire_after(PerValue).build();
        Self { values, counts: Arc::default(), limits: Arc::default() }
    }

    pub(super) fn get(&self, key: &str) -> Option<Vec<u8>> {
        self.values.get(key).map(|value| value.bytes.to_vec())
    }

    pub(super) fn set(&self, key: &str, bytes: Vec<u8>, ttl: Duration) {
        self.values.insert(key.to_owned(), Value { bytes: bytes.into(), ttl });
    }

    pub(super) fn delete(&self, key: &str) {
        self.values.invalidate(key);
    }

    pub(super) fn count(&self, key: &str, window: Duration) -> u64 {
        let now = Instant::now();
        let mut counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        counts.drop_spent(now);
        let (until, count) = counts.entries.entry(key.to_owned()).or_insert((now + window, 0));
        if *until <= now {
            (*until, *count) = (now + window, 0);
        }
        *count += 1;
        *count
    }

    pub(super) fn take(&self, key: &str, limit: Limit) -> Taken {
        let now = Instant::now();
        let mut limits = self.limits.lock().unwrap_or_else(PoisonError::into_inner);
        limits.drop_spent(now);
        let (whole_at, ()) = limits.entries.entry(key.to_owned()).or_insert((now, ()));
        let after = (*whole_at).max(now) + limit.interval();
        let wait = after.saturating_duration_since(now + limit.per);
        if wait.is_zero() {
            *whole_at = after;
            Taken::Allowed
        } else {
            Taken::Wait(wait)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn spent_limits_and_counts_do_not_pile_up() {
        let memory = Memory::new();
        let limit = Limit { count: 1, per: Duration::from_secs(1) };
        for person in 0..100_000 {
            memory.take(&person.to_string(), limit);
            memory.count(&person.to_string(), limit.per);
            tokio::time::advance(Duration::from_millis(10)).await;
        }
        assert!(memory.limits.lock().unwrap().entries.len() <= SPENT_MIN);
        assert!(memory.counts.lock().unwrap().entries.len() <= SPENT_MIN);
    }

    #[test]
    fn values_are_bounded() {
        let memory = Memory::new();
        for number in 0..200 {
            memory.set(&number.to_string(), vec![0; 1 << 20], Duration::from_mins(1));
        }
        memory.values.run_pending_tasks();
        assert!(memory.values.weighted_size() <= BYTES_MAX);
    }
}
