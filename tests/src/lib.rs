//! Whole shops for journeys: the real executable, as one process or as one per role, between emulators.

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
