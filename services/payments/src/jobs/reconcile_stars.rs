//! Reads Telegram's ledger of stars for payments whose update was lost.

use std::sync::Arc;
use std::time::Duration;

use chassis::lifecycle::Lifecycle;
use durable::jobs;

use crate::operations::{Payments, star_ledger};

const PERIOD: Duration = Duration::from_mins(2);

pub(super) fn spawn(lifecycle: &Lifecycle, payments: &Arc<Payments>) {
    let payments = Arc::clone(payments);
    jobs::every(lifecycle, "reconcile_stars", PERIOD, move || {
        let payments = Arc::clone(&payments);
        async move { star_ledger::reconcile_stars(&payments).await }
    });
}
