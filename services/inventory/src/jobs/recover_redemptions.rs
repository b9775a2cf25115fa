//! Brings the money of balance codes that a crash or an outage of payments left on its way.

use std::time::Duration;

use chassis::lifecycle::Lifecycle;
use durable::jobs::{Round, every};

use crate::operations::Inventory;

/// A redemption waits no longer than this once it is due.
const PERIOD: Duration = Duration::from_secs(2);

pub fn spawn(lifecycle: &Lifecycle, inventory: Inventory) {
    every(lifecycle, "recover_redemptions", PERIOD, move || {
        let inventory = inventory.clone();
        async move {
            let taken_up = inventory.recover_redemptions().await?;
            Ok(Round::of(taken_up, Inventory::REDEEMED_AT_ONCE))
        }
    });
}
