//! Frees the money of holds whose time is over.

use std::sync::Arc;
use std::time::Duration;

use chassis::lifecycle::Lifecycle;
use durable::jobs;

use crate::operations::{Payments, hold};

const PERIOD: Duration = Duration::from_secs(5);

pub(super) fn spawn(lifecycle: &Lifecycle, payments: &Arc<Payments>) {
    let payments = Arc::clone(payments);
    jobs::every(lifecycle, "expire_holds", PERIOD, move || {
        let payments = Arc::clone(&payments);
        async move { hold::expire_holds(&payments).await }
    });
}
