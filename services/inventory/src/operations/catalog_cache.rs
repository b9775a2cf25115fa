//! What buyers look at all day, kept in memory for a second: at most that old, and fresh at once after a write here.

use std::sync::Arc;
use std::time::Duration;

use kernel::ids::{CategoryId, ItemId};
use kernel::page::{Page, PageRequest};
use moka::future::Cache;

use crate::domain::category::Category;
use crate::domain::item::{Listed, Sorting};

const AGE_MAX: Duration = Duration::from_secs(1);
const PAGES_MAX: u64 = 256;
const ITEMS_MAX: u64 = 4_096;

/// Which page: its number and its size.
type PageKey = (u32, u32);

/// Answers that were given a moment ago; buyers who ask the same at the same time share one look at the database.
pub struct CatalogCache {
    /// Pages of the categories of a place; none where there is no such place.
    pub branches: Cache<(Option<CategoryId>, PageKey), Option<Arc<Branch>>>,
    /// Pages of what a category lists; none where there is no such category.
    pub shelves: Cache<(CategoryId, Sorting, PageKey), Option<Arc<Shelf>>>,
    /// Items by id; none where there is no such item.
    pub items: Cache<ItemId, Option<Arc<Listed>>>,
}

/// A page of the categories of a place.
#[derive(Debug, Clone)]
pub struct Branch {
    /// The place; none is the top of the shop.
    pub parent: Option<Category>,
    /// What it lists.
    pub categories: Page<Category>,
}

/// A page of what a category lists.
#[derive(Debug, Clone)]
pub struct Shelf {
    /// The category.
    pub category: Category,
    /// How many categories are listed before it in its place.
    pub place: u32,
    /// The categories on this page, before all items.
    pub categories: Vec<Category>,
    /// The items on this page.
    pub items: Vec<Listed>,
    /// Categories and items of all pages.
    pub total: u64,
}

impl Default for CatalogCache {
    fn default() -> Self {
        Self {
            branches: Cache::builder().max_capacity(PAGES_MAX).time_to_live(AGE_MAX).build(),
            shelves: Cache::builder().max_capacity(PAGES_MAX).time_to_live(AGE_MAX).build(),
            items: Cache::builder().max_capacity(ITEMS_MAX).time_to_live(AGE_MAX).build(),
        }
    }
}

impl CatalogCache {
    /// Forgets everything: staff see what they have just changed.
    pub fn clear(&self) {
        self.branches.invalidate_all();
        self.shelves.invalidate_all();
        self.items.invalidate_all();
    }
}

/// The key of a page.
pub fn key(page: PageRequest) -> PageKey {
    (page.number, page.size)
}
