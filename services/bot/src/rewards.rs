//! Money for joining channels, as the settings say it.

use std::sync::Arc;

use kernel::money::Money;

use crate::subscriptions::Channel;

/// The channels and what joining one is worth. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Rewards {
    /// Each rewards once; none: there are no rewards.
    pub channels: Arc<[Channel]>,
    /// For each.
    pub amount: Money,
    /// Whoever leaves within so many days gives back what is left of it; 0: nobody does.
    pub take_back_days: u32,
}

impl Rewards {
    /// Whether there is anything to earn.
    pub fn is_on(&self) -> bool {
        !self.channels.is_empty() && self.amount.minor > 0
    }
}
