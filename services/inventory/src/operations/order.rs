//! Orders: placed, shown to their buyers and to nobody else.

use std::collections::HashMap;
use std::time::Duration;

use chassis::sql;
use contract::convert;
use contract::failure::{Failure, Kind};
use kernel::ids::{ItemId, OrderId, PersonId};
use kernel::money::Money;
use kernel::page::{Page, PageRequest};
use tokio::time::Instant;

use crate::domain::file::Opened;
use crate::domain::order::{Line, Order, Receipt, Wish};
use crate::domain::order_number::OrderNumber;
use crate::domain::purchase::{Purchase, Refusal, Step};
use crate::domain::unit::SealedUnit;
use crate::faults::Moment;
use crate::operations::finishing::Fresh;
use crate::operations::{Inventory, failure_of, order_missing};
use crate::store;
use crate::store::reservations::{Entry, Placed, Reservation};

/// Tries of a reservation that others stand in the way of.
const RESERVE_TRIES: u32 = 50;
/// Between them: others hold their locks for one statement.
const RESERVE_PAUSE: Duration = Duration::from_millis(4);

impl Inventory {
    /// Buys what is wished for, to the end: reserve, charge, deliver. No new try of a step begins after `until`.
    ///
    /// # Errors
    /// A refusal, which costs the buyer nothing (`inventory.price_changed`, `inventory.out_of_stock`,
    /// `inventory.item_missing`, `inventory.quantity_not_allowed`, `inventory.person_limit`,
    /// `payments.insufficient_funds`); `inventory.order_conflict` where the id was used for
    /// another order, `inventory.order_missing` where by another person; `inventory.order_unfinished` where a step's
    /// outcome is unknown: recovery goes on, and the same call again tells how it ended.
    pub async fn place_order(&self, wish: &Wish, until: Instant) -> Result<Receipt, Failure> {
        let started = Instant::now();
        let total = wish.total().map_err(|why| convert::invalid("unit_price_seen", why))?;
        self.0.faults.reached(Moment::Before(Step::Reserve));
        let receipt = match self.reserve(wish, until).await? {
            Reservation::Placed(placed) => {
                self.0.faults.reached(Moment::After(Step::Reserve));
                self.finish_fresh(fresh(wish, total, placed), until).await?
            }
            Reservation::Known => {
                let is_granted = |known: &Receipt| wish.is_granted_by(known);
                self.finish_known(wish.buyer, wish.order_id, is_granted, until).await?
            }
            refused => return Err(rejection(&refused, total)),
        };
        metrics::histogram!("bodega_inventory_purchase_seconds")
            .record(started.elapsed().as_secs_f64());
        Ok(receipt)
    }

    /// One order of a buyer, with its values once it is delivered.
    ///
    /// # Errors
    /// `inventory.order_missing`, also where it is another person's.
    pub async fn get_order(&self, buyer: PersonId, id: OrderId) -> Result<Receipt, Failure> {
        let order = self.find_own(buyer, id).await?;
        self.receipt(order).await
    }

    /// A buyer's delivered orders, newest first, without values.
    ///
    /// # Errors
    /// The database's.
    pub async fn list_orders(
        &self,
        buyer: PersonId,
        page: PageRequest,
    ) -> Result<Page<Receipt>, Failure> {
        let pool = &self.0.pool;
        let orders =
            store::orders::list_delivered(pool, buyer, page).await.map_err(sql::failure)?;
        let ids: Vec<_> = orders.rows.iter().map(|order| order.id).collect();
        let lines = store::order_lines::list(pool, &ids).await.map_err(sql::failure)?;
        let mut lines_of: HashMap<OrderId, Vec<Line>> = HashMap::new();
        for (order, _, line) in lines {
            lines_of.entry(order).or_default().push(line);
        }
        Ok(orders.map(|order| {
            let lines = lines_of.remove(&order.id).unwrap_or_default();
            Receipt { order, lines }
        }))
    }

    /// The first step, tried again while other buyers stand in the way and while the database cannot answer.
    async fn reserve(&self, wish: &Wish, until: Instant) -> Result<Reservation, Failure> {
        let mut failure = contended();
        for _ in 0..RESERVE_TRIES {
            // A fresh id is mostly chance; its end makes the number's.
            let chance = kernel::ids::fresh(&self.0.clock).as_u64_pair().1;
            let number = OrderNumber::new(self.0.clock.now(), chance);
            let due_after_seconds = f64::from(self.0.config.reserve_seconds);
            let entry = Entry { wish, number: &number, due_after_seconds };
            match self.try_reserve(entry).await {
                Ok(Reservation::Short { contended: true }) => failure = contended(),
                Ok(reservation) => return Ok(reservation),
                Err(error) if sql::is_violation(&error, "orders_number_key") => continue,
                Err(error) => failure = sql::failure(error),
            }
            if !failure.is_passing() || Instant::now() + RESERVE_PAUSE >= until {
                break;
            }
            tokio::time::sleep(RESERVE_PAUSE).await;
        }
        Err(failure)
    }

    /// The order, if it is this person's: to anybody else there is no such order.
    pub(super) async fn find_own(&self, buyer: PersonId, id: OrderId) -> Result<Order, Failure> {
        let order = store::orders::find(&self.0.pool, id).await.map_err(sql::failure)?;
        if let Some(foreign) = order.as_ref().filter(|order| order.buyer != buyer) {
            tracing::warn!(order = ?foreign.id, person = ?buyer, "order of another person denied");
            metrics::counter!("bodega_inventory_orders_denied_total").increment(1);
        }
        order.filter(|order| order.buyer == buyer).ok_or_else(order_missing)
    }

    /// An order with its lines and, once it is delivered, its values.
    async fn receipt(&self, order: Order) -> Result<Receipt, Failure> {
        let pool = &self.0.pool;
        let lines = store::order_lines::list(pool, &[order.id]).await.map_err(sql::failure)?;
        let mut units_of: HashMap<i16, Vec<SealedUnit>> = HashMap::new();
        if order.state == Purchase::Delivered {
            if order.revealed_at.is_none() {
                store::orders::note_reveal(pool, order.id).await.map_err(sql::failure)?;
            }
            let units = store::units::list_of_order(pool, order.id).await.map_err(sql::failure)?;
            for (line_no, unit) in units {
                units_of.entry(line_no).or_default().push(unit);
            }
        }
        let open = |(_, line_no, line): (OrderId, i16, Line)| {
            let units = units_of.get(&line_no).map(Vec::as_slice).unwrap_or_default();
            Ok(Line { values: self.open_units(line.item_id, units)?, ..line })
        };
        let lines = lines.into_iter().map(open).collect::<Result<_, Failure>>()?;
        Ok(Receipt { order, lines })
    }

    pub(super) fn open_units(
        &self,
        item: ItemId,
        units: &[SealedUnit],
    ) -> Result<Vec<Opened>, Failure> {
        units.iter().map(|unit| self.0.vault.open_unit(item, unit)).collect()
    }
}

/// What came of a wish, in the form of every order.
fn fresh(wish: &Wish, total: Money, placed: Placed) -> Fresh {
    let line = Line {
        item_id: wish.item_id,
        item_name: placed.item_name,
        unit_price: wish.price_seen,
        quantity: wish.quantity.get(),
        discount: Money::zero(total.currency),
        promo_code: None,
        values: Vec::new(),
    };
    Fresh {
        id: wish.order_id,
        buyer: wish.buyer,
        number: placed.number,
        total,
        placed_at: placed.at,
        lines: vec![(line, placed.units)],
    }
}

/// What a buyer is told when nothing was written.
fn rejection(reservation: &Reservation, total: Money) -> Failure {
    let why = match reservation {
        Reservation::ItemMissing => Refusal::ItemMissing,
        Reservation::PriceChanged(now) => Refusal::PriceChanged(*now),
        Reservation::QuantityNotAllowed(limits) => Refusal::QuantityNotAllowed(*limits),
        Reservation::PersonLimit { max, left } => Refusal::PersonLimit { max: *max, left: *left },
        _ => Refusal::OutOfStock,
    };
    metrics::counter!("bodega_inventory_orders_rejected_total", "reason" => why.code())
        .increment(1);
    failure_of(&why, total)
}

pub(super) fn contended() -> Failure {
    Failure::new(Kind::Unavailable, "inventory.stock_contended")
        .because("other buyers hold the last units; repeat the call with the same ids")
}

pub(super) fn conflict() -> Failure {
    Failure::new(Kind::Conflict, "inventory.order_conflict")
        .because("the same id was used for another order")
}
