//! Finishes or undoes orders that a crash, a lost answer or a deadline left half-way.

use std::time::Duration;

use chassis::lifecycle::Lifecycle;
use durable::jobs::{Round, every};

use crate::operations::Inventory;

/// An order waits no longer than this once it is due.
const PERIOD: Duration = Duration::from_secs(1);

pub fn spawn(lifecycle: &Lifecycle, inventory: Inventory) {
    every(lifecycle, "recover_orders", PERIOD, move || {
        let inventory = inventory.clone();
        async move {
            let taken_up = inventory.recover_orders().await?;
            Ok(Round::of(taken_up, Inventory::RECOVERED_AT_ONCE))
        }
    });
}
