//! How long to wait before the next try: doubling, capped, spread so that retries do not meet.

use std::time::Duration;

/// A doubling delay between two bounds.
#[derive(Debug, Clone, Copy)]
pub struct Backoff {
    /// After the first failure.
    pub first: Duration,
    /// Never longer than this.
    pub cap: Duration,
}

impl Backoff {
    /// The delay after `failures` failures in a row (1 = the first), spread over its upper half by `seed`.
    pub fn after(self, failures: u32, seed: u64) -> Duration {
        let doublings = failures.saturating_sub(1).min(30);
        let full = self.first.saturating_mul(1 << doublings).min(self.cap);
        let half = full / 2;
        // A cheap spread is enough: the seed is an id or a time, not a secret.
        let part = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 54;
        half + half.mul_f64(f64::from(u32::try_from(part).expect("ten bits fit")) / 1023.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn delays_double_and_stay_within_their_bounds() {
        let backoff = Backoff { first: Duration::from_secs(1), cap: Duration::from_mins(1) };
        for seed in 0..1_000 {
            assert!(backoff.after(1, seed) <= Duration::from_secs(1));
            assert!(backoff.after(1, seed) >= Duration::from_millis(500));
            assert!(backoff.after(4, seed) >= Duration::from_secs(4));
            assert!(backoff.after(u32::MAX, seed) <= Duration::from_mins(1));
        }
    }
}
