//! The rest of a purchase after its reservation, the same for one item and for a basket.

use chassis::sql;
use contract::failure::{Failure, Kind};
use durable::saga::{Drive, Machine, Outcome};
use jiff::Timestamp;
use kernel::ids::{OrderId, PersonId};
use kernel::money::Money;
use tokio::time::Instant;

use crate::domain::order::{Line, Order, Receipt};
use crate::domain::order_number::OrderNumber;
use crate::domain::purchase::{Purchase, Step};
use crate::domain::unit::SealedUnit;
use crate::operations::order::conflict;
use crate::operations::purchase::{Driver, Run};
use crate::operations::{Inventory, failure_of};
use crate::store;

/// An order that was reserved a moment ago, with all that its receipt will say.
pub(super) struct Fresh {
    pub id: OrderId,
    pub buyer: PersonId,
    pub number: OrderNumber,
    pub total: Money,
    pub placed_at: Timestamp,
    /// Without their values, and the units that have them.
    pub lines: Vec<(Line, Vec<SealedUnit>)>,
}

impl Inventory {
    /// The way of nearly all orders: nothing is read again.
    pub(super) async fn finish_fresh(
        &self,
        fresh: Fresh,
        until: Instant,
    ) -> Result<Receipt, Failure> {
        let mut order = Order {
            id: fresh.id,
            number: fresh.number,
            buyer: fresh.buyer,
            state: Purchase::New.after(Step::Reserve, Outcome::Done),
            total: fresh.total,
            placed_at: fresh.placed_at,
            delivered_at: None,
            revealed_at: None,
        };
        let run = Run::new(self, &order, Driver::Buyer, until);
        settled(run.finish().await, &order)?;
        let delivered_at = run.delivered_at();
        (order.delivered_at, order.revealed_at) = (delivered_at, delivered_at);
        order.state = Purchase::Delivered;
        let open = |(line, units): (Line, Vec<SealedUnit>)| {
            Ok(Line { values: self.open_units(line.item_id, &units)?, ..line })
        };
        let lines = fresh.lines.into_iter().map(open).collect::<Result<_, Failure>>()?;
        Ok(Receipt { order, lines })
    }

    /// A repeated request: whatever the first one left undone is done now, and the answer is the same. An order under
    /// this id that is not what was asked for is a conflict.
    pub(super) async fn finish_known(
        &self,
        buyer: PersonId,
        id: OrderId,
        is_granted: impl FnOnce(&Receipt) -> bool,
        until: Instant,
    ) -> Result<Receipt, Failure> {
        let order = self.find_own(buyer, id).await?;
        let lines = store::order_lines::list(&self.0.pool, &[order.id]).await;
        let lines = lines.map_err(sql::failure)?.into_iter().map(|(_, _, line)| line).collect();
        let known = Receipt { order, lines };
        if !is_granted(&known) {
            return Err(conflict());
        }
        let run = Run::new(self, &known.order, Driver::Buyer, until);
        settled(run.finish().await, &known.order)?;
        self.get_order(buyer, id).await
    }
}

/// What a buyer is told about a run that did not end in a delivery.
fn settled(run: Drive<Purchase>, order: &Order) -> Result<(), Failure> {
    match run {
        Drive::Ended(Purchase::Delivered) => Ok(()),
        Drive::Ended(Purchase::Released(why) | Purchase::Rejected(why)) => {
            Err(failure_of(&why, order.total))
        }
        Drive::Ended(_) | Drive::Parked(_) => {
            Err(Failure::new(Kind::Unavailable, "inventory.order_unfinished").because(
                "the order will be finished or undone; the same call again tells how it ended",
            ))
        }
    }
}
