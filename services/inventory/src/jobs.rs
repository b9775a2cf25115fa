//! What runs by itself: idempotent, bounded, safe on two machines at once.

use std::time::Duration;

use chassis::lifecycle::Lifecycle;
use durable::jobs::{Round, every};

use crate::operations::Inventory;

/// Finds orders that nobody finishes soon after they are due.
const RECOVER: Duration = Duration::from_secs(1);
const PRUNE: Duration = Duration::from_hours(1);

/// Spawns all jobs.
pub fn spawn(lifecycle: &Lifecycle, inventory: &Inventory) {
    let shop = inventory.clone();
    every(lifecycle, "recover_orders", RECOVER, move || {
        let shop = shop.clone();
        async move { Ok(Round::of(shop.recover_orders().await?, Inventory::RECOVERED_AT_ONCE)) }
    });
    let shop = inventory.clone();
    every(lifecycle, "prune_inventory_outbox", PRUNE, move || {
        let shop = shop.clone();
        async move { Ok(if shop.prune_outbox().await? > 0 { Round::More } else { Round::Done }) }
    });
}
