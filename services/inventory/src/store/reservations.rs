//! The first step of a purchase: units kept aside and the order written, in one statement.

use jiff::Timestamp;
use kernel::money::Money;
use sqlx::PgExecutor;

use crate::domain::order::Wish;
use crate::domain::order_number::OrderNumber;
use crate::domain::stock_rules::Limits;
use crate::domain::unit::SealedUnit;
use crate::store;

/// What became of the wish.
pub enum Reservation {
    /// The order is written and its units are kept aside.
    Placed(Placed),
    /// There is an order with this id already.
    Known,
    /// No such item, or it is archived; nothing is written.
    ItemMissing,
    /// One order may not hold so many; nothing is written.
    QuantityNotAllowed(Limits),
    /// One person may not have so many; nothing is written.
    PersonLimit {
        /// All that they may have.
        max: u32,
        /// How many of these they do not have yet.
        left: u32,
    },
    /// The item costs this now; nothing is written.
    PriceChanged(Money),
    /// Fewer units could be locked than wanted; nothing is written.
    Short {
        /// Enough are free, but other buyers are about to take or leave some of them.
        contended: bool,
    },
}

/// A fresh order.
pub struct Placed {
    /// Its number.
    pub number: OrderNumber,
    /// When.
    pub at: Timestamp,
    /// What the item is called now.
    pub item_name: String,
    /// What is kept aside, oldest first.
    pub units: Vec<SealedUnit>,
}

/// Whose turn it is while the statement runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Turn {
    /// Anybody may order: an item with a limit per person is not found.
    Nobodys,
    /// No other order of the buyer runs for this item, so that what they have can be counted.
    Buyers,
}

/// What is written with a wish.
#[derive(Clone, Copy)]
pub struct Entry<'a> {
    /// What the buyer asks for.
    pub wish: &'a Wish,
    /// The order's number. Violates `orders_number_key` where it is taken.
    pub number: &'a OrderNumber,
    /// When recovery takes the order up, should nobody finish it.
    pub due_after_seconds: f64,
}

/// Keeps one unit of limited stock aside and writes the order; none, and nothing is written, where anything stands
/// against it, which [`reserve`] names. The wish is for one.
pub async fn reserve_one(
    conn: impl PgExecutor<'_>,
    entry: &Entry<'_>,
) -> sqlx::Result<Option<Placed>> {
    let Wish { order_id, buyer, item_id, quantity, price_seen } = entry.wish;
    debug_assert_eq!(quantity.get(), 1, "the statement takes one unit");
    let row = sqlx::query_file!(
        "src/store/reserve_one.sql",
        order_id.0,
        entry.number.as_str(),
        buyer.0,
        item_id.0,
        price_seen.minor,
        price_seen.currency.code(),
        entry.due_after_seconds,
    )
    .fetch_optional(conn)
    .await?;
    Ok(row.map(|row| Placed {
        number: entry.number.clone(),
        at: row.placed_at.to_jiff(),
        item_name: row.name,
        units: vec![SealedUnit {
            key_id: row.key_id,
            sealed: row.sealed,
            fingerprint: row.fingerprint,
        }],
    }))
}

/// Keeps units aside and writes the order, or does nothing at all. An item whose limits forbid the order is not found.
pub async fn reserve(
    conn: impl PgExecutor<'_>,
    entry: Entry<'_>,
    turn: Turn,
) -> sqlx::Result<Reservation> {
    let Wish { order_id, buyer, item_id, quantity, price_seen } = entry.wish;
    let row = sqlx::query_file_as!(
        Row,
        "src/store/reserve.sql",
        order_id.0,
        entry.number.as_str(),
        buyer.0,
        item_id.0,
        price_seen.minor,
        price_seen.currency.code(),
        i64::from(quantity.get()),
        entry.due_after_seconds,
        turn == Turn::Buyers,
    )
    .fetch_one(conn)
    .await?;
    row.read(entry.number)
}

/// What `reserve.sql` answers.
struct Row {
    known: bool,
    name: Option<String>,
    price_minor: Option<i64>,
    currency: Option<String>,
    as_seen: Option<bool>,
    enough: bool,
    placed_at: Option<jiff_sqlx::Timestamp>,
    contended: bool,
    sealed: Vec<Vec<u8>>,
    key_ids: Vec<i32>,
    fingerprints: Vec<Vec<u8>>,
}

impl Row {
    fn read(self, number: &OrderNumber) -> sqlx::Result<Reservation> {
        let (Some(item_name), Some(price_minor), Some(currency)) =
            (self.name, self.price_minor, self.currency)
        else {
            return Ok(if self.known { Reservation::Known } else { Reservation::ItemMissing });
        };
        if self.as_seen != Some(true) {
            return Ok(Reservation::PriceChanged(store::money(price_minor, &currency)?));
        }
        if !self.enough {
            return Ok(Reservation::Short { contended: self.contended });
        }
        // Everything fits and yet nothing was placed: an order with this id was written a moment ago.
        let Some(placed_at) = self.placed_at else { return Ok(Reservation::Known) };
        let units = self.sealed.into_iter().zip(self.key_ids).zip(self.fingerprints);
        let unit = |((sealed, key_id), fingerprint)| SealedUnit { key_id, sealed, fingerprint };
        Ok(Reservation::Placed(Placed {
            number: number.clone(),
            at: placed_at.to_jiff(),
            item_name,
            units: units.map(unit).collect(),
        }))
    }
}
