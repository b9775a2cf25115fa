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
