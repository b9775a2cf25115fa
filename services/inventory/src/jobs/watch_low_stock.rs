//! Tells staff once when an item's stock falls to its threshold. A sale does nothing for it.

use std::time::Duration;

use chassis::lifecycle::Lifecycle;
use durable::jobs::{Round, every};

use crate::operations::Inventory;

/// Staff hear of it within this time.
const PERIOD: Duration = Duration::from_secs(3);

pub fn spawn(lifecycle: &Lifecycle, inventory: Inventory) {
    every(lifecycle, "watch_low_stock", PERIOD, move || {
        let inventory = inventory.clone();
        async move {
            let crossings = inventory.watch_low_stock().await?;
            Ok(Round::of(crossings, Inventory::CROSSINGS_AT_ONCE))
        }
    });
}
