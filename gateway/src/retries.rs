//! Updates that did not go through at once, by their number: how often each failed, and that it was
//! let in already.

use std::time::Duration;

use moka::sync::Cache;

/// An update is set aside after this many failures.
pub const FAILURES_MAX: u32 = 5;
/// Telegram comes back within two minutes; what does not come back is forgotten.
const KEPT: Duration = Duration::from_mins(10);
/// More are not remembered: an outage holds back one update of each chat, not this many.
const UPDATES_MAX: u64 = 100_000;

/// The memory of this process. Replicas count apart, so that an update may fail five times on each.
pub struct Retries(Cache<i64, u32>);

impl Default for Retries {
    fn default() -> Self {
        Self(Cache::builder().max_capacity(UPDATES_MAX).time_to_idle(KEPT).build())
    }
}

impl Retries {
    /// Whether this update was here before and will be counted as the same one.
    pub fn knows(&self, update_id: i64) -> bool {
        self.0.contains_key(&update_id)
    }

    /// The update could not be handled now, through no fault of its own.
    pub fn postpone(&self, update_id: i64) {
        self.0.entry(update_id).or_insert(0);
    }

    /// The update failed; how often now.
    pub fn fail(&self, update_id: i64) -> u32 {
        let count = |before: Option<moka::Entry<i64, u32>>| {
            before.map_or(1, |before| before.into_value().saturating_add(1))
        };
        self.0.entry(update_id).and_upsert_with(count).into_value()
    }

    /// The update is done with.
    pub fn forget(&self, update_id: i64) {
        self.0.invalidate(&update_id);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn failures_of_one_update_add_up_and_an_outage_is_none() {
        let retries = Retries::default();
        assert!(!retries.knows(7));
        retries.postpone(7);
        assert!(retries.knows(7));
        assert_eq!((retries.fail(7), retries.fail(7), retries.fail(8)), (1, 2, 1));
        retries.postpone(7);
        assert_eq!(retries.fail(7), 3);
        retries.forget(7);
        assert_eq!(retries.fail(7), 1);
    }
}
