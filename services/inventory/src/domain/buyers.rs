//! What people must have bought to be chosen by it.

use kernel::ids::ItemId;
use kernel::money::Money;

/// A condition on all delivered orders of one person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Condition {
    /// There is one.
    Any,
    /// More than this was paid for them together.
    SpentOver(Money),
    /// This item is among them.
    Bought(ItemId),
}
