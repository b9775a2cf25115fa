//! Handles what came in and was not handled by whoever brought it.

use std::sync::Arc;
use std::time::Duration;

use chassis::lifecycle::Lifecycle;
use durable::jobs;

use crate::operations::{Payments, inbox};

const PERIOD: Duration = Duration::from_secs(5);

pub(super) fn spawn(lifecycle: &Lifecycle, payments: &Arc<Payments>) {
    let payments = Arc::clone(payments);
    jobs::every(lifecycle, "work_inbox", PERIOD, move || {
        let payments = Arc::clone(&payments);
        async move { inbox::work_inbox(&payments).await }
    });
}
