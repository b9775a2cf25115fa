//! How many a person may buy, kept at the reservation itself. The statement that reserves takes no item whose limits
//! the order breaks; only then is it asked why, so that items without limits cost nothing more. A basket reads the limits
//! with the prices of its lines.

use kernel::ids::PersonId;
use sqlx::PgConnection;

use crate::domain::basket::{Changed, Seen};
use crate::domain::order::Wish;
use crate::operations::Inventory;
use crate::store;
use crate::store::basket_reservations::ForSale;
use crate::store::reservations::{Entry, Reservation, Turn};

impl Inventory {
    /// One try of a reservation. One unit has a cheaper statement; where that finds nothing, the general one decides and
    /// says why. Of an item with a limit per person it is made in that person's turn: the statement then sees whatever
    /// their other orders have reserved.
    pub(super) async fn try_reserve(&self, entry: Entry<'_>) -> sqlx::Result<Reservation> {
        let pool = &self.0.pool;
        if entry.wish.quantity.get() == 1
            && let Some(placed) = store::reservations::reserve_one(pool, &entry).await?
        {
            return Ok(Reservation::Placed(placed));
        }
        let outcome = store::reservations::reserve(pool, entry, Turn::Nobodys).await?;
        if !matches!(outcome, Reservation::ItemMissing) {
            return Ok(outcome);
        }
        let Wish { item_id, buyer, quantity, .. } = *entry.wish;
        let Some(rules) = store::stock_rules::find(pool, item_id).await? else {
            return Ok(Reservation::ItemMissing);
        };
        let limits = rules.limits;
        if !limits.allow(quantity) {
            return Ok(Reservation::QuantityNotAllowed(limits));
        }
        let mut tx = pool.begin().await?;
        store::stock_rules::take_persons_turn(&mut *tx, item_id, buyer).await?;
        let outcome = store::reservations::reserve(&mut *tx, entry, Turn::Buyers).await?;
        if matches!(outcome, Reservation::ItemMissing) {
            let had = store::stock_rules::count_bought(&mut *tx, item_id, buyer).await?;
            let left = limits.max_per_person.saturating_sub(had);
            // Otherwise staff have changed the item between the two statements: it is tried again.
            let is_over = limits.max_per_person > 0 && quantity.get() > left;
            return Ok(if is_over {
                Reservation::PersonLimit { max: limits.max_per_person, left }
            } else {
                Reservation::Short { contended: true }
            });
        }
        tx.commit().await?;
        Ok(outcome)
    }
}

/// The limit that a line of a basket breaks. Of an item with one per person the rest of the transaction is that person's
/// turn: other baskets and orders of theirs wait, and count this one.
pub(super) async fn broken(
    conn: &mut PgConnection,
    buyer: PersonId,
    seen: &Seen,
    item: &ForSale,
) -> sqlx::Result<Option<Changed>> {
    let limits = item.limits;
    if !limits.allow(seen.quantity) {
        return Ok(Some(Changed::QuantityNotAllowed(limits)));
    }
    let max = limits.max_per_person;
    if max == 0 {
        return Ok(None);
    }
    store::stock_rules::take_persons_turn(&mut *conn, item.id, buyer).await?;
    let had = store::stock_rules::count_bought(conn, item.id, buyer).await?;
    let left = max.saturating_sub(had);
    Ok((seen.quantity.get() > left).then_some(Changed::PersonLimit { max, left }))
}
