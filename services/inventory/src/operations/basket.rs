//! Baskets: several lines, or one with a code, bought together or not at all. Their reservation is a short transaction
//! of its own; from there on a basket is an order like any other.

use std::time::Duration;

use chassis::sql;
use contract::failure::{Failure, Kind};
use kernel::ids::{ItemId, PromoId};
use kernel::money::Money;
use sqlx::PgConnection;
use tokio::time::Instant;

use crate::domain::basket::{Basket, Changed, Difference, Seen, Source};
use crate::domain::order::{Line, Receipt};
use crate::domain::order_number::OrderNumber;
use crate::domain::promo::{Candidate, Problem, Promo, Use};
use crate::domain::purchase::{Refusal, Step};
use crate::domain::unit::SealedUnit;
use crate::faults::Moment;
use crate::operations::finishing::Fresh;
use crate::operations::limits;
use crate::operations::order::contended;
use crate::operations::promo::{place_for, problem};
use crate::operations::{Inventory, failure_of};
use crate::store;
use crate::store::basket_reservations::{self as reservations, ForSale, NewLine, Picked};

/// Between two tries while others hold the last units: they hold them for one short transaction.
const PAUSE: Duration = Duration::from_millis(5);

/// What became of a basket.
pub enum Bought {
    /// It is the buyer's.
    Whole(Receipt),
    /// It is not as it was seen; nothing happened.
    Changed(Vec<Difference>),
}

/// What became of one try to reserve a basket.
enum Reservation {
    Placed(Fresh),
    /// There is an order with this id already.
    Known,
    Changed(Vec<Difference>),
    /// The cart is empty.
    Empty,
    /// Enough is there, and others are about to take or leave it.
    Contended,
}

/// A line that can be had as it was seen.
struct Kept {
    seen: Seen,
    item: ForSale,
    promo_code: Option<String>,
    units: Vec<Picked>,
}

impl Inventory {
    /// Buys a basket to the end, or says what is not as it was seen. No new try of a step begins after `until`.
    ///
    /// # Errors
    /// As for `place_order`, and `inventory.cart_empty`.
    pub async fn buy_basket(&self, basket: &Basket, until: Instant) -> Result<Bought, Failure> {
        let started = Instant::now();
        self.0.faults.reached(Moment::Before(Step::Reserve));
        let receipt = match self.reserve_basket(basket, until).await? {
            Reservation::Placed(placed) => {
                self.0.faults.reached(Moment::After(Step::Reserve));
                self.finish_fresh(placed, until).await?
            }
            Reservation::Known => {
                let is_granted = |known: &Receipt| basket.is_granted_by(known);
                self.finish_known(basket.buyer, basket.order_id, is_granted, until).await?
            }
            Reservation::Changed(differences) => {
                let reason = "inventory.cart_changed";
                metrics::counter!("bodega_inventory_orders_rejected_total", "reason" => reason)
                    .increment(1);
                return Ok(Bought::Changed(differences));
            }
            Reservation::Empty => {
                return Err(Failure::new(Kind::Conflict, "inventory.cart_empty")
                    .because("there is nothing in the cart"));
            }
            Reservation::Contended => return Err(contended()),
        };
        metrics::histogram!("bodega_inventory_purchase_seconds")
            .record(started.elapsed().as_secs_f64());
        Ok(Bought::Whole(receipt))
    }

    /// The first step, tried again while others stand in the way: units that are about to be taken or left, a deadlock,
    /// an order number that is taken.
    async fn reserve_basket(
        &self,
        basket: &Basket,
        until: Instant,
    ) -> Result<Reservation, Failure> {
        loop {
            let failure = match self.try_reserving(basket).await {
                Ok(Reservation::Contended) => contended(),
                Ok(reservation) => return Ok(reservation),
                Err(error) if sql::is_violation(&error, "orders_number_key") => continue,
                Err(error) => sql::failure(error),
            };
            if !failure.is_passing() || Instant::now() + PAUSE >= until {
                return Err(failure);
            }
            tokio::time::sleep(PAUSE).await;
        }
    }

    /// One transaction: the person's turn, then codes, then the turns of their limits and units, each in the order of
    /// their ids, so that no two baskets wait for each other; units that others hold are passed over and never waited for.
    async fn try_reserving(&self, basket: &Basket) -> sqlx::Result<Reservation> {
        let mut tx = self.0.pool.begin().await?;
        let conn = &mut *tx;
        store::carts::take_turn(&mut *conn, basket.buyer).await?;
        if store::orders::find(&mut *conn, basket.order_id).await?.is_some() {
            return Ok(Reservation::Known);
        }
        if basket.source == Source::Cart
            && let Some(otherwise) = compare_with_cart(conn, basket).await?
        {
            return Ok(otherwise);
        }
        let promos = lock_promos(conn, basket).await?;
        let ids: Vec<ItemId> = basket.lines().iter().map(|line| line.item_id).collect();
        let mut items = reservations::list_for_sale(&mut *conn, &ids).await?;
        let (mut kept, mut differences, mut is_contended) = (Vec::new(), Vec::new(), false);
        for seen in basket.lines() {
            let mut differs = |what| differences.push(Difference { item_id: seen.item_id, what });
            let Some(at) = items.iter().position(|item| item.id == seen.item_id) else {
                differs(Changed::Gone);
                continue;
            };
            let item = items.swap_remove(at);
            let promo_code = match compare_price(conn, seen, &item, &promos).await? {
                Ok(code) => code,
                Err(what) => {
                    differs(what);
                    None
                }
            };
            if let Some(what) = limits::broken(conn, basket.buyer, seen, &item).await? {
                differs(what);
                continue;
            }
            match pick(conn, seen, &item).await? {
                Pick::Units(units) => kept.push(Kept { seen: *seen, item, promo_code, units }),
                Pick::Left(left) => differs(Changed::Left(left)),
                Pick::Contended => is_contended = true,
            }
        }
        if !differences.is_empty() {
            return Ok(Reservation::Changed(differences));
        }
        if is_contended {
            return Ok(Reservation::Contended);
        }
        let reservation = self.write_basket(conn, basket, kept).await?;
        tx.commit().await?;
        Ok(reservation)
    }

    async fn write_basket(
        &self,
        conn: &mut PgConnection,
        basket: &Basket,
        kept: Vec<Kept>,
    ) -> sqlx::Result<Reservation> {
        // A fresh id is mostly chance; its end makes the number's.
        let chance = kernel::ids::fresh(&self.0.clock).as_u64_pair().1;
        let number = OrderNumber::new(self.0.clock.now(), chance);
        let due = f64::from(self.0.config.reserve_seconds);
        let order = basket.order_id;
        let written = reservations::insert_order(&mut *conn, basket, &number, due).await?;
        let Some(at) = written else { return Ok(Reservation::Known) };
        let lines: Vec<_> = kept.iter().map(new_line).collect();
        reservations::insert_lines(conn, order, &lines).await?;
        let units: Vec<i64> = kept
            .iter()
            .filter(|line| !line.item.unlimited)
            .flat_map(|line| line.units.iter().map(|picked| picked.id))
            .collect();
        reservations::keep_units(&mut *conn, order, &units).await?;
        let promos = promos_of(basket);
        if !promos.is_empty() {
            store::promo_uses::insert(conn, basket.buyer, &promos, Some(order)).await?;
        }
        if basket.source == Source::Cart {
            store::carts::clear(&mut *conn, basket.buyer).await?;
        }
        let lines = kept.into_iter().map(placed_line).collect();
        let (buyer, total) = (basket.buyer, basket.total());
        Ok(Reservation::Placed(Fresh { id: order, buyer, number, total, placed_at: at, lines }))
    }
}

/// What a buyer of one item with a code is told: the first thing that is not as they saw it.
pub(crate) fn first_failure(differences: &[Difference], basket: &Basket) -> Failure {
    let total = basket.total();
    match differences.first().map(|difference| difference.what) {
        Some(Changed::Gone) => failure_of(&Refusal::ItemMissing, total),
        Some(Changed::Price(now)) => failure_of(&Refusal::PriceChanged(now), total),
        Some(Changed::Promo(why)) => problem(why),
        Some(Changed::Discount(now)) => {
            let unit_price = basket.lines()[0].unit_price;
            failure_of(&Refusal::PriceChanged(unit_price), total).with("discount_minor", now.minor)
        }
        Some(Changed::QuantityNotAllowed(limits)) => {
            failure_of(&Refusal::QuantityNotAllowed(limits), total)
        }
        Some(Changed::PersonLimit { max, left }) => {
            failure_of(&Refusal::PersonLimit { max, left }, total)
        }
        Some(Changed::Left(_) | Changed::Line) | None => failure_of(&Refusal::OutOfStock, total),
    }
}

/// Where the cart is not the one that was agreed to: an empty one, or every line that differs.
async fn compare_with_cart(
    conn: &mut PgConnection,
    basket: &Basket,
) -> sqlx::Result<Option<Reservation>> {
    let cart = store::carts::list_bare(conn, basket.buyer).await?;
    if cart.is_empty() {
        return Ok(Some(Reservation::Empty));
    }
    let seen: Vec<_> = basket
        .lines()
        .iter()
        .map(|line| (line.item_id, line.quantity.get(), line.promo_id))
        .collect();
    if seen == cart {
        return Ok(None);
    }
    let mut items: Vec<ItemId> = seen
        .iter()
        .filter(|line| !cart.contains(line))
        .chain(cart.iter().filter(|line| !seen.contains(line)))
        .map(|(item, _, _)| *item)
        .collect();
    items.sort_unstable();
    items.dedup();
    let difference = |item_id| Difference { item_id, what: Changed::Line };
    Ok(Some(Reservation::Changed(items.into_iter().map(difference).collect())))
}

fn promos_of(basket: &Basket) -> Vec<PromoId> {
    basket.lines().iter().filter_map(|line| line.promo_id).collect()
}

/// The codes of a basket, each with whether its buyer has used it before; nobody uses them until the transaction ends.
async fn lock_promos(conn: &mut PgConnection, basket: &Basket) -> sqlx::Result<Vec<(Promo, Use)>> {
    let ids = promos_of(basket);
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let locked = store::promos::lock(conn, &ids).await?;
    let used = store::promo_uses::list_used(conn, basket.buyer, &ids).await?;
    let before = |promo: &Promo| if used.contains(&promo.id) { Use::Again } else { Use::First };
    Ok(locked.into_iter().map(|promo| (before(&promo), promo)).map(|(used, p)| (p, used)).collect())
}

/// Whether a line costs what was seen; its code where it does.
async fn compare_price(
    conn: &mut PgConnection,
    seen: &Seen,
    item: &ForSale,
    promos: &[(Promo, Use)],
) -> sqlx::Result<Result<Option<String>, Changed>> {
    if item.price != seen.unit_price {
        return Ok(Err(Changed::Price(item.price)));
    }
    let Some(id) = seen.promo_id else { return Ok(Ok(None)) };
    let Some((promo, used)) = promos.iter().find(|(promo, _)| promo.id == id) else {
        return Ok(Err(Changed::Promo(Problem::Missing)));
    };
    let what =
        Candidate { item: item.id, category: place_for(conn, promo, item.category_id).await? };
    // The basket's own sums were checked when it was made.
    let before = item.price.times(seen.quantity.get()).unwrap_or(Money::zero(item.price.currency));
    Ok(match promo.discount(*used, what, before) {
        Ok(discount) if discount == seen.discount => Ok(Some(promo.code.as_str().to_owned())),
        Ok(discount) => Err(Changed::Discount(discount)),
        Err(problem) => Err(Changed::Promo(problem)),
    })
}

enum Pick {
    Units(Vec<Picked>),
    Left(u32),
    Contended,
}

async fn pick(conn: &mut PgConnection, seen: &Seen, item: &ForSale) -> sqlx::Result<Pick> {
    let wanted = seen.quantity.get();
    if item.unlimited {
        let shared = reservations::find_shared(conn, item.id).await?;
        return Ok(shared.map_or(Pick::Left(0), |shared| Pick::Units(vec![shared])));
    }
    let units = reservations::pick_free(&mut *conn, item.id, wanted).await?;
    if units.len() == wanted as usize {
        return Ok(Pick::Units(units));
    }
    let left = reservations::count_free(conn, item.id, wanted).await?;
    Ok(if left >= wanted { Pick::Contended } else { Pick::Left(left) })
}

fn new_line(line: &Kept) -> NewLine {
    NewLine {
        item_id: line.item.id,
        item_name: line.item.name.clone(),
        unit_price_minor: line.seen.unit_price.minor,
        quantity: line.seen.quantity.get(),
        promo_id: line.seen.promo_id,
        discount_minor: line.seen.discount.minor,
        shared_unit_id: line.units.first().filter(|_| line.item.unlimited).map(|unit| unit.id),
    }
}

fn placed_line(kept: Kept) -> (Line, Vec<SealedUnit>) {
    let line = Line {
        item_id: kept.item.id,
        item_name: kept.item.name,
        unit_price: kept.seen.unit_price,
        quantity: kept.seen.quantity.get(),
        discount: kept.seen.discount,
        promo_code: kept.promo_code,
        values: Vec::new(),
    };
    (line, kept.units.into_iter().map(|picked| picked.unit).collect())
}
