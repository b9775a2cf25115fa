//! What runs by itself: following the services whose staff are audited, one file each.

mod on_bot_events;
mod on_inventory_events;
mod on_payments_events;

use std::time::Duration;

use chassis::lifecycle::Lifecycle;

use crate::operations::Admin;

/// Between two looks at a feed. Nobody waits for the log, and most of what is told is not for it: a look at each sale
/// would cost more than it is worth.
const PACE: Duration = Duration::from_millis(200);

/// Starts them all.
pub fn spawn(lifecycle: &Lifecycle, admin: &Admin) {
    on_bot_events::spawn(lifecycle, admin);
    on_inventory_events::spawn(lifecycle, admin);
    on_payments_events::spawn(lifecycle, admin);
    durable::outbox::spawn_pruning(lifecycle, "prune_admin_outbox", admin.pool().clone());
}
