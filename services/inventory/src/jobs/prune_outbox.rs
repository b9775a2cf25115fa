//! Forgets events that everybody has read long ago.

use std::time::Duration;

use chassis::lifecycle::Lifecycle;
use durable::jobs::{Round, every};

use crate::operations::Inventory;

const PERIOD: Duration = Duration::from_hours(1);

pub fn spawn(lifecycle: &Lifecycle, inventory: Inventory) {
    every(lifecycle, "prune_inventory_outbox", PERIOD, move || {
        let inventory = inventory.clone();
        async move {
            let pruned = inventory.prune_outbox().await?;
            Ok(if pruned > 0 { Round::More } else { Round::Done })
        }
    });
}
