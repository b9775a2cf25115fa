//! Closes invoices that nobody paid in time.

use std::sync::Arc;
use std::time::Duration;

use chassis::lifecycle::Lifecycle;
use durable::jobs;

use crate::operations::{Payments, invoice};

const PERIOD: Duration = Duration::from_secs(10);

pub(super) fn spawn(lifecycle: &Lifecycle, payments: &Arc<Payments>) {
    let payments = Arc::clone(payments);
    jobs::every(lifecycle, "expire_invoices", PERIOD, move || {
        let payments = Arc::clone(&payments);
        async move { invoice::expire_invoices(&payments).await }
    });
}
