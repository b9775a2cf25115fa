//! Whole shops for journeys: the real executable, as one process or as one per role, between emulators.

pub mod apart;
pub mod books;
pub mod buyer;
pub mod door;
pub mod executable;
pub mod facts;
pub mod redis;
pub mod shop;
pub mod words;

use std::time::Duration;

/// Longer than anything here takes, even on a machine that is busy with something else.
pub const PATIENCE: Duration = Duration::from_mins(1);

/// Waits until something holds that nobody tells of.
pub async fn until(what: &str, mut holds: impl FnMut() -> bool) {
    let mut tick = tokio::time::interval(Duration::from_millis(10));
    let deadline = tokio::time::Instant::now() + PATIENCE;
    while !holds() {
        assert!(tokio::time::Instant::now() < deadline, "{what}: never");
        tick.tick().await;
    }
}
