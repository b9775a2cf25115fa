//! Asks providers about invoices whose callback may have been lost; each provider on its own, so
//! that one that hangs holds up no other.

use std::sync::Arc;
use std::time::Duration;

use chassis::lifecycle::Lifecycle;
use durable::jobs;

use crate::operations::{Payments, invoice};

/// When an invoice is due is in its row; this is only how often that is looked at.
const PERIOD: Duration = Duration::from_secs(5);

pub(super) fn spawn(lifecycle: &Lifecycle, payments: &Arc<Payments>) {
    for desk in payments.providers.iter().filter(|desk| desk.about().poll_every.is_some()) {
        let (payments, desk) = (Arc::clone(payments), Arc::clone(desk));
        jobs::every(lifecycle, "poll_invoices", PERIOD, move || {
            let (payments, desk) = (Arc::clone(&payments), Arc::clone(&desk));
            async move { invoice::poll_invoices(&payments, &desk).await }
        });
    }
}
