//! Telegram's limits on how fast a bot may write, where they are switched on.

use std::collections::HashMap;
use std::sync::Mutex;
use std::time::Instant;

use super::failure::Failure;
use super::options::FloodLimits;
use crate::lock::lock;

pub(crate) struct Flood {
    limits: Option<FloodLimits>,
    buckets: Mutex<Buckets>,
}

#[derive(Default)]
struct Buckets {
    bot: Option<Bucket>,
    chats: HashMap<i64, Bucket>,
}

#[derive(Clone, Copy)]
struct Bucket {
    tokens: f64,
    filled_at: Instant,
}

impl Bucket {
    fn full(burst: f64, now: Instant) -> Self {
        Self { tokens: burst, filled_at: now }
    }

    /// Takes a token, or tells the seconds until there is one.
    fn take(&mut self, rate: f64, burst: f64, now: Instant) -> Result<(), f64> {
        let gained = now.duration_since(self.filled_at).as_secs_f64() * rate;
        self.tokens = (self.tokens + gained).min(burst);
        self.filled_at = now;
        if self.tokens >= 1.0 {
            self.tokens -= 1.0;
            return Ok(());
        }
        Err((1.0 - self.tokens) / rate)
    }
}

impl Flood {
    pub(crate) fn new(limits: Option<FloodLimits>) -> Self {
        Self { limits, buckets: Mutex::default() }
    }

    /// Counts a message to a chat, or refuses it with 429.
    pub(crate) fn admit(&self, chat: i64, now: Instant) -> Result<(), Failure> {
        let Some(limits) = self.limits else { return Ok(()) };
        let mut buckets = lock(&self.buckets);
        let burst = limits.per_chat_burst;
        let bucket = buckets.chats.entry(chat).or_insert_with(|| Bucket::full(burst, now));
        bucket.take(limits.per_chat_per_second, burst, now).map_err(wait)?;
        let burst = limits.per_bot_per_second;
        let bucket = buckets.bot.get_or_insert_with(|| Bucket::full(burst, now));
        bucket.take(limits.per_bot_per_second, burst, now).map_err(wait)
    }
}

fn wait(seconds: f64) -> Failure {
    let mut whole = 1;
    while f64::from(whole) < seconds {
        whole += 1;
    }
    Failure::too_many_requests(whole)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn a_burst_passes_and_then_one_a_second() {
        let flood = Flood::new(Some(FloodLimits::default()));
        let start = Instant::now();
        for _ in 0..3 {
            assert!(flood.admit(1, start).is_ok());
        }
        let refused = flood.admit(1, start).unwrap_err();
        assert_eq!((refused.code, refused.retry_after_s), (429, Some(1)));
        assert!(flood.admit(2, start).is_ok());
        assert!(flood.admit(1, start + Duration::from_secs(1)).is_ok());
    }

    #[test]
    fn without_limits_everything_passes() {
        let flood = Flood::new(None);
        let now = Instant::now();
        assert!((0..1_000).all(|_| flood.admit(1, now).is_ok()));
    }
}
