//! A basket: several lines that are bought together or not at all, each as its buyer saw it.

use kernel::ids::{ItemId, OrderId, PersonId, PromoId};
use kernel::money::Money;

use crate::domain::item::InvalidPrice;
use crate::domain::item::Price;
use crate::domain::order::{Line, Quantity, Receipt};
use crate::domain::promo::Problem;
use crate::domain::stock_rules::Limits;

/// Lines of a cart, and of an order, at most.
pub const LINES_MAX: usize = 10;

/// Where a basket comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// The card of one item.
    Card,
    /// The cart, which is emptied with the reservation.
    Cart,
}

/// What a buyer asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Basket {
    /// Made by the caller; the same id is the same order.
    pub order_id: OrderId,
    /// Who pays.
    pub buyer: PersonId,
    /// Where it comes from.
    pub source: Source,
    lines: Vec<Seen>,
    total: Money,
}

/// A line as it was seen by whoever agreed to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seen {
    /// What.
    pub item_id: ItemId,
    /// How many.
    pub quantity: Quantity,
    /// Of one, without a code.
    pub unit_price: Money,
    /// The code.
    pub promo_id: Option<PromoId>,
    /// Off the whole line.
    pub discount: Money,
}

/// Why lines are not a basket.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidBasket {
    /// None, or too many.
    #[error("must be 1 to {LINES_MAX} lines")]
    Lines,
    /// An item or a code on two lines.
    #[error("an item and a code can be on one line only")]
    Twice,
    /// A price or a discount that this shop can never have asked.
    #[error("{0}")]
    Price(#[from] InvalidPrice),
    /// More off than the line costs, or off without a code.
    #[error("a discount is not more than its line, and has a code")]
    Discount,
}

impl Seen {
    /// The whole line, with what the code takes off.
    ///
    /// # Errors
    /// No such price, or no such discount.
    fn total(&self) -> Result<Money, InvalidBasket> {
        let price = Price::new(self.unit_price, self.unit_price.currency)?.money();
        let before = price.times(self.quantity.get()).map_err(|_| InvalidPrice::OutOfBounds)?;
        let Money { minor, currency } = self.discount;
        let fits = currency == before.currency
            && (0..=before.minor).contains(&minor)
            && (minor == 0 || self.promo_id.is_some());
        if !fits {
            return Err(InvalidBasket::Discount);
        }
        Ok(Money::new(before.minor - minor, currency))
    }
}

impl Basket {
    /// A basket of these lines, in the order of the items' ids: everybody locks in that order.
    ///
    /// # Errors
    /// See [`InvalidBasket`].
    pub fn new(
        order_id: OrderId,
        buyer: PersonId,
        source: Source,
        mut lines: Vec<Seen>,
    ) -> Result<Self, InvalidBasket> {
        if !(1..=LINES_MAX).contains(&lines.len()) {
            return Err(InvalidBasket::Lines);
        }
        lines.sort_by_key(|line| line.item_id);
        let mut promos: Vec<_> = lines.iter().filter_map(|line| line.promo_id).collect();
        promos.sort_unstable();
        let item_twice = lines.windows(2).any(|pair| pair[0].item_id == pair[1].item_id);
        if item_twice || promos.windows(2).any(|pair| pair[0] == pair[1]) {
            return Err(InvalidBasket::Twice);
        }
        let mut total = Money::zero(lines[0].unit_price.currency);
        for line in &lines {
            total = total.plus(line.total()?).map_err(|_| InvalidPrice::OutOfBounds)?;
        }
        Ok(Self { order_id, buyer, source, lines, total })
    }

    /// The lines, in the order of the items' ids.
    pub fn lines(&self) -> &[Seen] {
        &self.lines
    }

    /// What it costs as it was seen.
    pub fn total(&self) -> Money {
        self.total
    }

    /// Whether the order with this basket's id is what was asked for.
    pub fn is_granted_by(&self, receipt: &Receipt) -> bool {
        let granted = |(line, seen): (&Line, &Seen)| {
            line.item_id == seen.item_id
                && line.quantity == seen.quantity.get()
                && line.unit_price == seen.unit_price
                && line.discount == seen.discount
        };
        receipt.lines.len() == self.lines.len()
            && receipt.lines.iter().zip(&self.lines).all(granted)
    }
}

/// What is not as it was seen; nothing of the basket is bought.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Difference {
    /// On which line.
    pub item_id: ItemId,
    /// What.
    pub what: Changed,
}

/// What is different now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Changed {
    /// No such item any more.
    Gone,
    /// One costs this now.
    Price(Money),
    /// So many are left.
    Left(u32),
    /// One order may not hold so many.
    QuantityNotAllowed(Limits),
    /// The person may not have so many.
    PersonLimit {
        /// All that they may have.
        max: u32,
        /// How many of these they do not have yet.
        left: u32,
    },
    /// The code does not count any more.
    Promo(Problem),
    /// The code takes this off now.
    Discount(Money),
    /// The cart has other lines than these.
    Line,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rub(minor: i64) -> Money {
        Money::new(minor, "RUB".parse().unwrap())
    }

    fn seen(item: &str, quantity: u32, minor: i64) -> Seen {
        Seen {
            item_id: ItemId::derived(item),
            quantity: Quantity::new(quantity).unwrap(),
            unit_price: rub(minor),
            promo_id: None,
            discount: rub(0),
        }
    }

    fn basket(lines: Vec<Seen>) -> Result<Basket, InvalidBasket> {
        Basket::new(OrderId::derived("o"), PersonId(1), Source::Cart, lines)
    }

    #[test]
    fn cart_05_a_basket_has_one_to_ten_lines() {
        assert_eq!(basket(vec![]), Err(InvalidBasket::Lines));
        let many = |count: u32| (0..count).map(|nth| seen(&nth.to_string(), 1, 1)).collect();
        assert!(basket(many(10)).is_ok());
        assert_eq!(basket(many(11)), Err(InvalidBasket::Lines));
    }

    #[test]
    fn cart_03_bug_16_an_item_and_a_code_are_on_one_line() {
        let twice = vec![seen("a", 1, 5), seen("a", 2, 5)];
        assert_eq!(basket(twice), Err(InvalidBasket::Twice));
        let promo_id = Some(PromoId::derived("p"));
        let coded = |item| Seen { promo_id, ..seen(item, 1, 5) };
        assert_eq!(basket(vec![coded("a"), coded("b")]), Err(InvalidBasket::Twice));
    }

    #[test]
    fn bug_31_lines_are_in_the_order_of_their_items_whoever_sends_them() {
        let one = basket(vec![seen("a", 1, 5), seen("b", 2, 7), seen("c", 1, 0)]).unwrap();
        let other = basket(vec![seen("c", 1, 0), seen("b", 2, 7), seen("a", 1, 5)]).unwrap();
        assert_eq!(one, other);
        assert!(one.lines().is_sorted_by_key(|line| line.item_id));
        assert_eq!(one.total(), rub(19));
    }

    #[test]
    fn promo_01_a_discount_has_a_code_and_is_not_more_than_its_line() {
        let promo_id = Some(PromoId::derived("p"));
        let line = |minor| Seen { promo_id, discount: rub(minor), ..seen("a", 2, 50) };
        assert_eq!(basket(vec![line(100)]).unwrap().total(), rub(0), "free is possible");
        for wrong in [
            line(101),
            line(-1),
            line(i64::MIN),
            Seen { promo_id: None, ..line(1) },
            Seen { discount: Money::new(1, kernel::currency::Currency::XTR), ..line(1) },
        ] {
            assert_eq!(basket(vec![wrong]), Err(InvalidBasket::Discount));
        }
    }
}
