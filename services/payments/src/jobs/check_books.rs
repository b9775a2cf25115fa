//! Adds the books up, so that a drift is an alarm within minutes and not a surprise at the end of
//! the year.

use std::sync::Arc;
use std::time::Duration;

use chassis::lifecycle::Lifecycle;
use durable::jobs::{self, Round};

use crate::operations::{Payments, books};

const PERIOD: Duration = Duration::from_mins(5);

pub(super) fn spawn(lifecycle: &Lifecycle, payments: &Arc<Payments>) {
    let payments = Arc::clone(payments);
    jobs::every(lifecycle, "check_books", PERIOD, move || {
        let payments = Arc::clone(&payments);
        async move { books::check_books(&payments).await.map(|_| Round::Done) }
    });
}
