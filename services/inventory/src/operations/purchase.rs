//! The steps of a purchase, driven by the machine in `domain/purchase.rs`: in the buyer's call and in recovery alike.

use std::sync::OnceLock;
use std::time::Duration;

use contract::inventory::event::What;
use contract::inventory::{OrderDelivered, OrderReleased};
use contract::trace;
use durable::saga::{Drive, Outcome, drive};
use jiff::Timestamp;
use kernel::backoff::Backoff;
use kernel::money::Money;
use tokio::time::Instant;

use crate::domain::order::Order;
use crate::domain::purchase::{Purchase, Refusal, Step};
use crate::faults::Moment;
use crate::operations::{Inventory, encoded};
use crate::store;
use crate::store::orders::{Notice, Released, Revealed};

/// One try of a charge; the deadline of the whole call leaves room for several.
const CHARGE_TIMEOUT: Duration = Duration::from_secs(3);
/// Between two tries of the same step while somebody waits.
const RETRY: Backoff =
    Backoff { first: Duration::from_millis(50), cap: Duration::from_millis(800) };

/// Who drives a purchase.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Driver {
    /// The buyer's call; its answer tells them how it ended.
    Buyer,
    /// The recovery job; nobody waits, so that an event tells how it ended.
    Recovery,
}

/// One order's purchase from its stored state on.
pub(super) struct Run<'a> {
    inventory: &'a Inventory,
    order: &'a Order,
    driver: Driver,
    /// When no new try begins.
    until: Instant,
    delivered_at: OnceLock<Timestamp>,
    /// What the buyer had when the charge was refused.
    available: OnceLock<Money>,
}

impl<'a> Run<'a> {
    pub(super) fn new(
        inventory: &'a Inventory,
        order: &'a Order,
        driver: Driver,
        until: Instant,
    ) -> Self {
        let (delivered_at, available) = (OnceLock::new(), OnceLock::new());
        Self { inventory, order, driver, until, delivered_at, available }
    }

    /// When it was delivered, where this run saw it.
    pub(super) fn delivered_at(&self) -> Option<Timestamp> {
        self.delivered_at.get().copied()
    }

    /// Drives the purchase to its end, asking again what is unknown for as long as somebody waits.
    pub(super) async fn finish(&self) -> Drive<Purchase> {
        let mut machine = self.order.state.clone();
        let mut failures = 0;
        loop {
            machine = match drive(machine, |step| self.perform(step)).await {
                Drive::Parked(parked) => parked,
                Drive::Ended(end) => {
                    self.tell_end(&end);
                    return Drive::Ended(end);
                }
            };
            failures += 1;
            let pause = RETRY.after(failures, self.order.id.0.as_u64_pair().1);
            let somebody_waits = self.driver == Driver::Buyer;
            if !somebody_waits || Instant::now() + pause >= self.until {
                return Drive::Parked(machine);
            }
            tokio::time::sleep(pause).await;
        }
    }

    async fn perform(&self, step: Step) -> Outcome<Refusal> {
        let faults = &self.inventory.0.faults;
        faults.reached(Moment::Before(step));
        let outcome = match step {
            // The order is written: that step was done.
            Step::Reserve => Outcome::Done,
            Step::Charge => self.charge().await,
            Step::Deliver => self.deliver().await,
            Step::Release => self.release().await,
        };
        if outcome != Outcome::Unknown {
            faults.reached(Moment::After(step));
        }
        outcome
    }

    async fn charge(&self) -> Outcome<Refusal> {
        let left = self.until.saturating_duration_since(Instant::now());
        let timeout = left.clamp(Duration::from_millis(100), CHARGE_TIMEOUT);
        let outcome = self.inventory.0.payments.charge(self.order, timeout).await;
        if let Outcome::Refused(Refusal::InsufficientFunds(available)) = &outcome {
            self.available.set(*available).ok();
        }
        outcome
    }

    async fn deliver(&self) -> Outcome<Refusal> {
        let order = self.order;
        let event = encoded(What::OrderDelivered(OrderDelivered {
            order_id: order.id.to_string(),
            buyer_id: order.buyer.0,
            by_recovery: self.driver == Driver::Recovery,
        }));
        let revealed = match self.driver {
            Driver::Buyer => Revealed::Now,
            Driver::Recovery => Revealed::Later,
        };
        let traceparent = trace::traceparent();
        let notice = Notice { event: &event, traceparent: &traceparent };
        let pool = &self.inventory.0.pool;
        match store::orders::deliver(pool, order.id, revealed, notice).await {
            Ok(Some(at)) => {
                self.delivered_at.set(at).ok();
                self.inventory.0.bell.ring();
                Outcome::Done
            }
            Ok(None) => self.look_at_end(Step::Deliver).await,
            Err(error) => unknown(order, Step::Deliver, error),
        }
    }

    async fn release(&self) -> Outcome<Refusal> {
        let order = self.order;
        let Some(available) = self.available.get() else { return Outcome::Unknown };
        let event = encoded(What::OrderReleased(OrderReleased {
            order_id: order.id.to_string(),
            buyer_id: order.buyer.0,
        }));
        let traceparent = trace::traceparent();
        let why = Released {
            reason: Refusal::InsufficientFunds(*available).code(),
            available_minor: available.minor.max(0),
            notice: (self.driver == Driver::Recovery)
                .then_some(Notice { event: &event, traceparent: &traceparent }),
        };
        match store::orders::release(&self.inventory.0.pool, order.id, why).await {
            Ok(true) => {
                self.inventory.0.bell.ring();
                Outcome::Done
            }
            Ok(false) => self.look_at_end(Step::Release).await,
            Err(error) => unknown(order, Step::Release, error),
        }
    }

    /// The order was not in the state that the step takes: done is done if somebody else has done this very step.
    async fn look_at_end(&self, step: Step) -> Outcome<Refusal> {
        let order = match store::orders::find(&self.inventory.0.pool, self.order.id).await {
            Ok(order) => order,
            Err(error) => return unknown(self.order, step, error),
        };
        match (step, order.map(|order| (order.state, order.delivered_at))) {
            (Step::Deliver, Some((Purchase::Delivered, Some(at)))) => {
                self.delivered_at.set(at).ok();
                Outcome::Done
            }
            (Step::Release, Some((Purchase::Released(_), _))) => Outcome::Done,
            (_, found) => {
                tracing::error!(order = ?self.order.id, ?step, ?found, "order in a wrong state");
                Outcome::Unknown
            }
        }
    }

    fn tell_end(&self, end: &Purchase) {
        let outcome = match end {
            Purchase::Delivered => "delivered",
            Purchase::Released(_) => "released",
            _ => return,
        };
        let driver = match self.driver {
            Driver::Buyer => "buyer",
            Driver::Recovery => "recovery",
        };
        metrics::counter!("bodega_inventory_orders_total", "outcome" => outcome, "driver" => driver)
            .increment(1);
    }
}

fn unknown(order: &Order, step: Step, error: sqlx::Error) -> Outcome<Refusal> {
    let failure = chassis::sql::failure(error);
    tracing::warn!(order = ?order.id, ?step, %failure, "outcome of a step is unknown");
    Outcome::Unknown
}
