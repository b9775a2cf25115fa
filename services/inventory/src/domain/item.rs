//! An item: what a category lists, with its price and what may be written about it.

use kernel::currency::Currency;
use kernel::ids::{CategoryId, ItemId};
use kernel::money::{Money, PRICE_MINOR_MAX};

use crate::domain::edit::Edit;
use crate::domain::name::Name;
use crate::domain::picture::Picture;
use crate::domain::review::Rating;
use crate::domain::stock_rules::Limits;

/// An item as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Made by whoever created it.
    pub id: ItemId,
    /// Where it is listed.
    pub category_id: CategoryId,
    /// Unique among the items that are not archived.
    pub name: String,
    /// May be empty.
    pub description: String,
    /// Of one.
    pub price: Money,
    /// Every buyer gets the same value; stock never ends.
    pub unlimited: bool,
    /// Shown on its card.
    pub picture: Option<Picture>,
    /// How many may be bought.
    pub limits: Limits,
    /// Units are files.
    pub sells_files: bool,
}

/// What shall be different about an item; what is none stays.
#[derive(Debug, Clone, Default)]
pub struct ItemChange {
    /// Another name.
    pub name: Option<Name>,
    /// Another description.
    pub description: Option<Description>,
    /// Another price, for orders from now on.
    pub price: Option<Price>,
    /// Another place.
    pub category_id: Option<CategoryId>,
    /// Whether every buyer gets the same value. Free units stay as they are and are aside meanwhile.
    pub unlimited: Option<bool>,
    /// Another picture, or none.
    pub picture: Edit<Picture>,
}

impl Item {
    /// The item with a change.
    #[must_use]
    pub fn with(&self, change: ItemChange) -> Self {
        let kept = |text: &String| text.clone();
        Self {
            id: self.id,
            category_id: change.category_id.unwrap_or(self.category_id),
            name: change.name.map_or_else(|| kept(&self.name), |name| name.as_str().to_owned()),
            description: change
                .description
                .map_or_else(|| kept(&self.description), |text| text.as_str().to_owned()),
            price: change.price.map_or(self.price, Price::money),
            unlimited: change.unlimited.unwrap_or(self.unlimited),
            picture: change.picture.applied(self.picture.clone()),
            limits: self.limits,
            sells_files: self.sells_files,
        }
    }
}

/// In which order items are listed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Sorting {
    /// By name.
    #[default]
    Name,
    /// The cheapest first.
    Cheapest,
    /// The dearest first.
    Dearest,
    /// The newest first.
    Newest,
}

/// An item and how much of it there is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// The item.
    pub item: Item,
    /// Free units, counted up to [`STOCK_COUNTED_MAX`]; of an unlimited item, whether it has a value.
    pub in_stock: u32,
    /// What its buyers said, all together.
    pub rating: Rating,
}

/// Nobody needs to know more exactly, and counting is work.
pub const STOCK_COUNTED_MAX: i64 = 1_000;

/// An item that is to be created.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// Made by the caller.
    pub id: ItemId,
    /// Where it is to be listed.
    pub category_id: CategoryId,
    /// Its name.
    pub name: Name,
    /// What the card says.
    pub description: Description,
    /// What it costs.
    pub price: Price,
    /// Whether every buyer gets the same value.
    pub unlimited: bool,
}

/// A text of at most 2,000 characters; line breaks are its only control characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Description(String);

/// Why a text is not a description.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidDescription {
    /// Too long.
    #[error("must have at most {} characters", Description::CHARS_MAX)]
    TooLong,
    /// A character without a shape.
    #[error("must not contain control characters other than line breaks")]
    Control,
}

impl Description {
    /// Longest description, in characters.
    pub const CHARS_MAX: usize = 2_000;

    /// The description in a text.
    ///
    /// # Errors
    /// See [`InvalidDescription`].
    pub fn parse(text: &str) -> Result<Self, InvalidDescription> {
        let text = text.replace("\r\n", "\n");
        let text = text.trim();
        if text.chars().count() > Self::CHARS_MAX {
            return Err(InvalidDescription::TooLong);
        }
        if text.chars().any(|c| c.is_control() && c != '\n') {
            return Err(InvalidDescription::Control);
        }
        Ok(Self(text.to_owned()))
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A price that the shop can ask: not negative, within bounds, in its one currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Price(Money);

/// Why an amount is not a price.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidPrice {
    /// Below zero or beyond reason.
    #[error("must be between 0 and {PRICE_MINOR_MAX} minor units")]
    OutOfBounds,
    /// Not the shop's currency.
    #[error("must be in {0}")]
    WrongCurrency(Currency),
}

impl Price {
    /// `amount` as a price of a shop that sells in `currency`.
    ///
    /// # Errors
    /// See [`InvalidPrice`].
    pub fn new(amount: Money, currency: Currency) -> Result<Self, InvalidPrice> {
        if amount.currency != currency {
            return Err(InvalidPrice::WrongCurrency(currency));
        }
        if !(0..=PRICE_MINOR_MAX).contains(&amount.minor) {
            return Err(InvalidPrice::OutOfBounds);
        }
        Ok(Self(amount))
    }

    /// The amount.
    pub fn money(self) -> Money {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_price_is_in_the_shops_currency_and_within_bounds() {
        let rub = "RUB".parse().unwrap();
        for minor in [0, 1, PRICE_MINOR_MAX] {
            assert!(Price::new(Money::new(minor, rub), rub).is_ok());
        }
        for minor in [-1, i64::MIN, PRICE_MINOR_MAX + 1, i64::MAX] {
            let price = Price::new(Money::new(minor, rub), rub);
            assert_eq!(price, Err(InvalidPrice::OutOfBounds));
        }
        let stars = Money::new(1, Currency::XTR);
        assert_eq!(Price::new(stars, rub), Err(InvalidPrice::WrongCurrency(rub)));
    }

    #[test]
    fn a_description_may_have_lines_and_2000_characters() {
        assert_eq!(Description::parse(" a\r\nb\n").unwrap().as_str(), "a\nb");
        assert_eq!(Description::parse("").unwrap().as_str(), "");
        assert!(Description::parse(&"я".repeat(2_000)).is_ok());
        assert_eq!(Description::parse(&"я".repeat(2_001)), Err(InvalidDescription::TooLong));
        assert_eq!(Description::parse("a\0b"), Err(InvalidDescription::Control));
    }
}
