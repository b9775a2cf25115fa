//! A unit as staff see it: its number, how far it has come, since when it is there; never what is in it.

use jiff::Timestamp;
use kernel::ids::{ItemId, OrderId};

/// One unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StockedUnit {
    /// Its number in the shop.
    pub id: i64,
    /// Whose stock.
    pub item_id: ItemId,
    /// How far it has come.
    pub state: UnitState,
    /// When it came in.
    pub added_at: Timestamp,
}

/// How far a unit has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UnitState {
    /// Can be bought.
    Free,
    /// Kept aside for an order.
    Reserved(OrderId),
    /// Somebody's.
    Sold(OrderId),
    /// Of an unlimited item: everybody's.
    Shared,
    /// Taken back by staff, or replaced.
    Withdrawn,
}

/// States of units that are not sold one by one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Aside {
    /// The value of an unlimited item.
    Shared,
    /// Taken back, or replaced.
    Withdrawn,
}

impl Aside {
    /// As in the table.
    pub fn name(self) -> &'static str {
        match self {
            Self::Shared => "shared",
            Self::Withdrawn => "withdrawn",
        }
    }
}

/// Why staff look at a secret: 3 to 200 characters on one line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason(String);

/// Why a text is no reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("must be 3 to 200 characters")]
pub struct InvalidReason;

impl Reason {
    /// The reason in a text.
    ///
    /// # Errors
    /// Too short or too long.
    pub fn parse(text: &str) -> Result<Self, InvalidReason> {
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let fits = (3..=200).contains(&text.chars().count());
        if fits && !text.chars().any(char::is_control) {
            Ok(Self(text))
        } else {
            Err(InvalidReason)
        }
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_says_something_on_one_line() {
        assert_eq!(Reason::parse(" buyer\n says  so ").unwrap().as_str(), "buyer says so");
        for text in ["", "  ", "ok", "a\0bc", &"x".repeat(201)] {
            assert_eq!(Reason::parse(text), Err(InvalidReason));
        }
    }
}
