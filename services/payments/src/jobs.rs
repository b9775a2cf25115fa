//! What runs by itself. Each job is idempotent and bounded, and may run on several machines at
//! once.

mod check_books;
mod expire_holds;
mod expire_invoices;
mod poll_invoices;
mod reconcile_stars;
mod work_inbox;

use std::sync::Arc;

use chassis::lifecycle::Lifecycle;

use crate::operations::Payments;

/// Starts all jobs.
pub fn spawn(lifecycle: &Lifecycle, payments: &Arc<Payments>) {
    check_books::spawn(lifecycle, payments);
    expire_holds::spawn(lifecycle, payments);
    expire_invoices::spawn(lifecycle, payments);
    poll_invoices::spawn(lifecycle, payments);
    reconcile_stars::spawn(lifecycle, payments);
    work_inbox::spawn(lifecycle, payments);
    durable::outbox::spawn_pruning(lifecycle, "prune_payments_outbox", payments.pool.clone());
}
