//! An order: what a buyer wants, and what is written down about it.

use jiff::Timestamp;
use kernel::ids::{ItemId, OrderId, PersonId};
use kernel::money::Money;

use crate::domain::file::Opened;
use crate::domain::item::{InvalidPrice, Price};
use crate::domain::order_number::OrderNumber;
use crate::domain::purchase::Purchase;

/// Pieces in one order, at most.
pub const QUANTITY_MAX: u32 = 100;

/// How many of an item are bought at once: 1 to 100.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quantity(u32);

/// Why a number is not a quantity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("must be 1 to {QUANTITY_MAX}")]
pub struct InvalidQuantity;

impl Quantity {
    /// The least.
    pub const ONE: Self = Self(1);

    /// `count` as a quantity.
    ///
    /// # Errors
    /// Anything but 1 to 100.
    pub fn new(count: u32) -> Result<Self, InvalidQuantity> {
        if (1..=QUANTITY_MAX).contains(&count) { Ok(Self(count)) } else { Err(InvalidQuantity) }
    }

    /// The number.
    pub fn get(self) -> u32 {
        self.0
    }
}

/// What a buyer asks for: so many of an item, at the price they saw.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wish {
    /// Made by the caller; the same id is the same order.
    pub order_id: OrderId,
    /// Who pays and who may see what was bought.
    pub buyer: PersonId,
    /// What.
    pub item_id: ItemId,
    /// How many.
    pub quantity: Quantity,
    /// Of one; anything else is not charged.
    pub price_seen: Money,
}

impl Wish {
    /// What the whole order costs at the price seen.
    ///
    /// # Errors
    /// The price seen is none that this shop can have asked.
    pub fn total(&self) -> Result<Money, InvalidPrice> {
        let price = Price::new(self.price_seen, self.price_seen.currency)?.money();
        price.times(self.quantity.get()).map_err(|_| InvalidPrice::OutOfBounds)
    }

    /// Whether the order with this wish's id is what was wished for.
    pub fn is_granted_by(&self, receipt: &Receipt) -> bool {
        let [line] = receipt.lines.as_slice() else { return false };
        line.item_id == self.item_id
            && line.quantity == self.quantity.get()
            && line.unit_price == self.price_seen
            && line.promo_code.is_none()
    }
}

/// An order without its lines: all that its purchase needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Order {
    /// Also the id of its charge.
    pub id: OrderId,
    /// What people call it.
    pub number: OrderNumber,
    /// Who bought.
    pub buyer: PersonId,
    /// How far it has come.
    pub state: Purchase,
    /// What it costs.
    pub total: Money,
    /// When its stock was reserved.
    pub placed_at: Timestamp,
    /// When it was delivered.
    pub delivered_at: Option<Timestamp>,
    /// When its values were first opened for the buyer.
    pub revealed_at: Option<Timestamp>,
}

/// One item of an order, as it was when it was bought.
#[derive(Debug, Clone)]
pub struct Line {
    /// Which item.
    pub item_id: ItemId,
    /// Its name then.
    pub item_name: String,
    /// Its price then, of one.
    pub unit_price: Money,
    /// How many.
    pub quantity: u32,
    /// What a promo code took off the whole line.
    pub discount: Money,
    /// That code.
    pub promo_code: Option<String>,
    /// What was bought; empty unless it was asked for and the order is delivered. Of an unlimited item it is one value.
    pub values: Vec<Opened>,
}

/// An order with its lines.
#[derive(Debug, Clone)]
pub struct Receipt {
    /// The order.
    pub order: Order,
    /// At least one.
    pub lines: Vec<Line>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wish(quantity: u32, minor: i64) -> Wish {
        Wish {
            order_id: OrderId::derived("order"),
            buyer: PersonId(1),
            item_id: ItemId::derived("item"),
            quantity: Quantity::new(quantity).unwrap(),
            price_seen: Money::new(minor, "RUB".parse().unwrap()),
        }
    }

    #[test]
    fn ps23_only_1_to_100_is_a_quantity_and_no_total_overflows() {
        for count in [0, 101, 1 << 31, u32::MAX] {
            assert_eq!(Quantity::new(count), Err(InvalidQuantity));
        }
        assert_eq!(wish(100, 1_000_000_000_000).total().unwrap().minor, 100_000_000_000_000);
        for minor in [-1, i64::MIN, i64::MAX] {
            assert_eq!(wish(100, minor).total(), Err(InvalidPrice::OutOfBounds));
        }
        assert_eq!(wish(3, 0).total().unwrap().minor, 0);
    }
}
