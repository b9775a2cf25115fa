//! The catalogue, as buyers see it.

use std::ops::RangeInclusive;

use contract::convert;
use contract::failure::Failure;
use contract::inventory as wire;
use contract::inventory::catalog_service_client::CatalogServiceClient;
use kernel::ids::{CategoryId, ItemId};
use kernel::money::Money;
use kernel::page::{Page, PageRequest};

use crate::peers::{Peers, absent, page};
use crate::screen::Paged;

/// A category.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Category {
    /// Its id.
    pub id: CategoryId,
    /// Its name.
    pub name: String,
}

/// An item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Its id.
    pub id: ItemId,
    /// Where it is listed.
    pub category: CategoryId,
    /// Its name.
    pub name: String,
    /// What buyers read.
    pub description: String,
    /// What one costs.
    pub price: Money,
    /// How many there are.
    pub stock: Stock,
    /// How many one may buy.
    pub limits: Limits,
    /// Pieces are files.
    pub sells_files: bool,
}

/// How many one may buy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// In one order, at least.
    pub min_per_order: u32,
    /// In one order, at most.
    pub max_per_order: u32,
    /// One person in all orders; 0 is no limit.
    pub max_per_person: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self { min_per_order: 1, max_per_order: 100, max_per_person: 0 }
    }
}

impl Item {
    /// Whether the smallest order can be placed.
    pub fn can_be_bought(&self) -> bool {
        match self.stock {
            Stock::Unlimited => true,
            Stock::Left(count) => count >= self.limits.min_per_order,
        }
    }

    /// How many one order may hold now; of an unlimited item one is enough for everybody. Nothing where the smallest
    /// order cannot be placed.
    pub fn quantities(&self) -> Option<RangeInclusive<u8>> {
        let Limits { min_per_order, max_per_order, max_per_person } = self.limits;
        let most = match self.stock {
            Stock::Unlimited => min_per_order,
            Stock::Left(count) => max_per_order.min(count),
        };
        let most = if max_per_person == 0 { most } else { most.min(max_per_person) };
        let (least, most) = (u8::try_from(min_per_order).ok()?, u8::try_from(most).ok()?);
        (least <= most).then_some(least..=most)
    }
}

/// How many pieces can be bought.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stock {
    /// Every buyer gets the same value.
    Unlimited,
    /// So many, counted up to [`Stock::COUNTED_MAX`].
    Left(u32),
}

impl Stock {
    /// The count stops here.
    pub const COUNTED_MAX: u32 = 1_000;

    /// Whether nothing can be bought now.
    pub fn is_gone(self) -> bool {
        self == Self::Left(0)
    }
}

/// A category with one page of its items.
#[derive(Debug, Clone)]
pub struct Listing {
    /// The category.
    pub category: Category,
    /// Its items.
    pub items: Page<Item>,
}

impl Paged for Listing {
    fn total(&self) -> u64 {
        self.items.total
    }

    fn is_empty(&self) -> bool {
        self.items.rows.is_empty()
    }
}

impl TryFrom<wire::Category> for Category {
    type Error = Failure;

    fn try_from(category: wire::Category) -> Result<Self, Failure> {
        Ok(Self { id: convert::id("category_id", &category.category_id)?, name: category.name })
    }
}

impl TryFrom<wire::Item> for Item {
    type Error = Failure;

    fn try_from(item: wire::Item) -> Result<Self, Failure> {
        let stock = if item.unlimited { Stock::Unlimited } else { Stock::Left(item.in_stock) };
        Ok(Self {
            id: convert::id("item_id", &item.item_id)?,
            category: convert::id("category_id", &item.category_id)?,
            name: item.name,
            description: item.description,
            price: convert::money("price", item.price)?,
            stock,
            limits: item.limits.map(Limits::from).unwrap_or_default(),
            sells_files: item.sells_files,
        })
    }
}

impl From<wire::OrderLimits> for Limits {
    fn from(limits: wire::OrderLimits) -> Self {
        Self {
            min_per_order: limits.min_per_order,
            max_per_order: limits.max_per_order,
            max_per_person: limits.max_per_person,
        }
    }
}

impl From<Limits> for wire::OrderLimits {
    fn from(limits: Limits) -> Self {
        Self {
            min_per_order: limits.min_per_order,
            max_per_order: limits.max_per_order,
            max_per_person: limits.max_per_person,
        }
    }
}

impl Peers {
    /// Categories by name.
    pub async fn list_categories(&self, at: PageRequest) -> Result<Page<Category>, Failure> {
        let request = self.read(wire::ListCategoriesRequest { page: Some(page(at)) });
        let answer = self.catalog().list_categories(request).await?.into_inner();
        let rows = answer.categories.into_iter().map(Category::try_from);
        Ok(Page { rows: rows.collect::<Result<_, _>>()?, total: answer.total })
    }

    /// Items of a category by name.
    pub async fn list_items(
        &self,
        category: CategoryId,
        at: PageRequest,
    ) -> Result<Listing, Failure> {
        let category_id = category.to_string();
        let request = self.read(wire::ListItemsRequest { category_id, page: Some(page(at)) });
        let answer = self.catalog().list_items(request).await?.into_inner();
        let category = answer.category.ok_or_else(|| absent("category"))?.try_into()?;
        let rows = answer.items.into_iter().map(Item::try_from).collect::<Result<_, _>>()?;
        Ok(Listing { category, items: Page { rows, total: answer.total } })
    }

    /// One item with its stock of a moment ago.
    pub async fn get_item(&self, item: ItemId) -> Result<Item, Failure> {
        let request = self.read(wire::GetItemRequest { item_id: item.to_string() });
        let answer = self.catalog().get_item(request).await?.into_inner();
        answer.item.ok_or_else(|| absent("item"))?.try_into()
    }

    fn catalog(&self) -> CatalogServiceClient<contract::wire::Wire> {
        CatalogServiceClient::new(self.wires.inventory.clone())
    }
}
