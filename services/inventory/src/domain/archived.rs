//! What was taken out of the shop and can be put back.

use jiff::Timestamp;
use uuid::Uuid;

/// What kind of thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Items that were archived by themselves.
    Item,
    /// Categories, with all that went along.
    Category,
}

/// An item or a category that was archived by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Archived {
    /// Its id.
    pub id: Uuid,
    /// Its name.
    pub name: String,
    /// When.
    pub at: Timestamp,
}
