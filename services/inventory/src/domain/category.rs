//! A category: a name under which items and other categories are listed, and where in the tree it may stand.

use kernel::ids::CategoryId;

use crate::domain::edit::Edit;
use crate::domain::name::Name;
use crate::domain::picture::Picture;

/// Levels of the tree: a person has to walk them one by one.
pub const LEVELS_MAX: usize = 4;

/// A category of the catalogue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Category {
    /// Made by whoever created it.
    pub id: CategoryId,
    /// Where it is listed; none: at the top of the shop.
    pub parent: Option<CategoryId>,
    /// Unique in its place.
    pub name: String,
    /// Shown above what it lists.
    pub picture: Option<Picture>,
    /// Whether categories are listed in it.
    pub has_categories: bool,
}

/// A category that is to be created.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewCategory {
    /// Made by the caller.
    pub id: CategoryId,
    /// Where; none: at the top of the shop.
    pub parent: Option<CategoryId>,
    /// Its name.
    pub name: Name,
}

/// What shall be different about a category; what is none stays.
#[derive(Debug, Clone, Default)]
pub struct CategoryChange {
    /// Another name.
    pub name: Option<Name>,
    /// Another place; removed, it is at the top of the shop.
    pub parent: Edit<CategoryId>,
    /// Another picture, or none.
    pub picture: Edit<Picture>,
}

impl Category {
    /// The category with a change.
    #[must_use]
    pub fn with(&self, change: CategoryChange) -> Self {
        Self {
            parent: change.parent.applied(self.parent),
            name: change.name.map_or_else(|| self.name.clone(), |name| name.as_str().to_owned()),
            picture: change.picture.applied(self.picture.clone()),
            ..self.clone()
        }
    }
}

/// How much is listed below a category, at any depth.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Contents {
    /// Categories.
    pub categories: u32,
    /// Items.
    pub items: u32,
}

/// Why a category cannot stand somewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Misplaced {
    /// It would be its own ancestor.
    Cycle,
    /// The tree would be deeper than [`LEVELS_MAX`].
    TooDeep,
}

/// Whether a category that brings `levels` levels (itself is one) may stand below `above`: its parent, the parent of
/// that, and so on to the top.
pub fn check_place(id: CategoryId, levels: usize, above: &[CategoryId]) -> Result<(), Misplaced> {
    if above.contains(&id) {
        return Err(Misplaced::Cycle);
    }
    if above.len() + levels > LEVELS_MAX { Err(Misplaced::TooDeep) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn peer_33_a_tree_has_four_levels_and_no_cycles() {
        let id = CategoryId::derived;
        let above = [id("a"), id("b"), id("c")];
        assert_eq!(check_place(id("new"), 1, &above), Ok(()));
        assert_eq!(check_place(id("new"), 4, &[]), Ok(()));
        assert_eq!(check_place(id("new"), 2, &above), Err(Misplaced::TooDeep));
        assert_eq!(check_place(id("b"), 1, &above), Err(Misplaced::Cycle));
    }
}
