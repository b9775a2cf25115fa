//! The cart: what a person means to buy together, at the prices of the moment it is looked at.

use kernel::ids::{CategoryId, ItemId, PromoId};
use kernel::money::Money;

use crate::domain::promo::{Candidate, Code, Problem, Promo, Use};

/// Stock is counted up to the largest quantity of a line.
pub const STOCK_COUNTED_MAX: i64 = 100;

/// A line with all that decides what it costs.
#[derive(Debug, Clone)]
pub struct CartLine {
    /// What.
    pub item_id: ItemId,
    /// Its name now.
    pub item_name: String,
    /// Where it counts as listed for the code on it.
    pub category_id: CategoryId,
    /// Of one, without a code.
    pub unit_price: Money,
    /// How many.
    pub quantity: u32,
    /// Free units, counted up to [`STOCK_COUNTED_MAX`].
    pub in_stock: u32,
    /// Stock never ends.
    pub unlimited: bool,
    /// The item is no longer in the shop.
    pub is_gone: bool,
    /// The code, and whether this person has used it.
    pub promo: Option<(Promo, Use)>,
}

/// What a line costs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quote {
    /// What the code takes off.
    pub discount: Money,
    /// What is left to pay.
    pub total: Money,
    /// Why the code does not count.
    pub problem: Option<Problem>,
}

impl CartLine {
    /// What the line costs now. What is gone costs nothing, for it cannot be bought.
    pub fn quote(&self) -> Quote {
        let nothing = Money::zero(self.unit_price.currency);
        // A stored price and a stored quantity are within bounds whose product fits.
        let before = match self.unit_price.times(self.quantity) {
            Ok(before) if !self.is_gone => before,
            _ => nothing,
        };
        let what = Candidate { item: self.item_id, category: self.category_id };
        let off = self.promo.as_ref().map(|(promo, used)| promo.discount(*used, what, before));
        let (discount, problem) = match off {
            Some(Ok(discount)) => (discount, None),
            Some(Err(problem)) => (nothing, Some(problem)),
            None => (nothing, None),
        };
        let total = Money::new(before.minor - discount.minor, before.currency);
        Quote { discount, total, problem }
    }

    /// The code on it.
    pub fn code(&self) -> Option<(PromoId, &Code)> {
        self.promo.as_ref().map(|(promo, _)| (promo.id, &promo.code))
    }
}
