//! A category: a name under which items are listed.

use kernel::ids::CategoryId;

/// A category of the catalogue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Category {
    /// Made by whoever created it.
    pub id: CategoryId,
    /// Unique in the shop.
    pub name: String,
}
