//! Waiting in vain.

use std::time::Duration;

/// What was waited for did not come; says what was there instead.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("waited {within:?} in vain; there was:\n{seen}")]
pub struct TimedOut {
    pub within: Duration,
    /// The chat as text, or what else was looked at.
    pub seen: String,
}
