//! What runs by itself: idempotent, bounded, safe on two machines at once.

mod recover_orders;
mod recover_redemptions;
mod watch_low_stock;

use chassis::lifecycle::Lifecycle;

use crate::operations::Inventory;

/// Spawns all jobs.
pub fn spawn(lifecycle: &Lifecycle, inventory: &Inventory) {
    recover_orders::spawn(lifecycle, inventory.clone());
    recover_redemptions::spawn(lifecycle, inventory.clone());
    watch_low_stock::spawn(lifecycle, inventory.clone());
    durable::outbox::spawn_pruning(lifecycle, "prune_inventory_outbox", inventory.pool().clone());
}
