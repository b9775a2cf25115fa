//! The catalogue, as buyers see it.

use std::ops::RangeInclusive;

use contract::convert;
use contract::failure::Failure;
use contract::inventory as wire;
use contract::inventory::catalog_service_client::CatalogServiceClient;
use kernel::ids::{CategoryId, ItemId};
use kernel::money::Money;
use kernel::page::{Page, PageRequest};

use crate::peers::reviews::Rating;
use crate::peers::{Peers, absent, page};
use crate::screen::Paged;

/// A category.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Category {
    /// Its id.
    pub id: CategoryId,
    /// Where it is listed; none: at the top of the shop.
    pub parent: Option<CategoryId>,
    /// Its name.
    pub name: String,
    /// Telegram's id of its picture.
    pub picture: Option<String>,
    /// Whether categories are listed in it.
    pub has_categories: bool,
}

/// In which order items are listed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum ItemOrder {
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
    /// Telegram's id of its picture.
    pub picture: Option<String>,
    /// What its buyers said, all together.
    pub rating: Rating,
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
            Stock::NoValue => false,
            Stock::Left(count) => count >= self.limits.min_per_order,
        }
    }

    /// How many one order may hold now; of an unlimited item one is enough for everybody. Nothing where the smallest
    /// order cannot be placed.
    pub fn quantities(&self) -> Option<RangeInclusive<u8>> {
        let Limits { min_per_order, max_per_order, max_per_person } = self.limits;
        let most = match self.stock {
            Stock::Unlimited => min_per_order,
            Stock::NoValue => return None,
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
    /// The same, but nobody has set the value yet.
    NoValue,
    /// So many, counted up to [`Stock::COUNTED_MAX`].
    Left(u32),
}

impl Stock {
    /// The count stops here.
    pub const COUNTED_MAX: u32 = 1_000;

    /// Whether nothing can be bought now.
    pub fn is_gone(self) -> bool {
        matches!(self, Self::Left(0) | Self::NoValue)
    }

    /// Whether every buyer gets the same value, or will once it is set.
    pub fn is_unlimited(self) -> bool {
        !matches!(self, Self::Left(_))
    }
}

/// One page of the categories of a place.
#[derive(Debug, Clone)]
pub struct Branch {
    /// The place; none: the top of the shop.
    pub parent: Option<Category>,
    /// The categories.
    pub categories: Page<Category>,
}

impl Paged for Branch {
    fn total(&self) -> u64 {
        self.categories.total
    }

    fn is_empty(&self) -> bool {
        self.categories.rows.is_empty()
    }
}

/// A category with one page of what it lists.
#[derive(Debug, Clone)]
pub struct Listing {
    /// The category.
    pub category: Category,
    /// How many categories are listed before it in its place.
    pub place: u32,
    /// Categories in it that are on this page, before all items.
    pub categories: Vec<Category>,
    /// Items on this page.
    pub items: Vec<Item>,
    /// Categories and items of all pages.
    pub total: u64,
}

impl Paged for Listing {
    fn total(&self) -> u64 {
        self.total
    }

    fn is_empty(&self) -> bool {
        self.categories.is_empty() && self.items.is_empty()
    }
}

impl TryFrom<wire::Category> for Category {
    type Error = Failure;

    fn try_from(category: wire::Category) -> Result<Self, Failure> {
        Ok(Self {
            id: convert::id("category_id", &category.category_id)?,
            parent: given(category.parent_id)
                .map(|parent| convert::id("parent_id", &parent))
                .transpose()?,
            name: category.name,
            picture: given(category.picture),
            has_categories: category.has_categories,
        })
    }
}

impl TryFrom<wire::Item> for Item {
    type Error = Failure;

    fn try_from(item: wire::Item) -> Result<Self, Failure> {
        let stock = match (item.unlimited, item.in_stock) {
            (true, 0) => Stock::NoValue,
            (true, _) => Stock::Unlimited,
            (false, count) => Stock::Left(count),
        };
        Ok(Self {
            id: convert::id("item_id", &item.item_id)?,
            category: convert::id("category_id", &item.category_id)?,
            name: item.name,
            description: item.description,
            price: convert::money("price", item.price)?,
            stock,
            picture: given(item.picture),
            rating: item.rating.map(Rating::from).unwrap_or_default(),
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

/// Empty is how the wire says none.
fn given(text: String) -> Option<String> {
    (!text.is_empty()).then_some(text)
}

impl Peers {
    /// Categories of a place by name.
    pub async fn list_categories(
        &self,
        parent: Option<CategoryId>,
        at: PageRequest,
    ) -> Result<Branch, Failure> {
        let parent_id = parent.map(|parent| parent.to_string()).unwrap_or_default();
        let request = self.read(wire::ListCategoriesRequest { page: Some(page(at)), parent_id });
        let answer = self.catalog().list_categories(request).await?.into_inner();
        let parent = answer.parent.map(Category::try_from).transpose()?;
        let rows = answer.categories.into_iter().map(Category::try_from);
        let rows = rows.collect::<Result<_, _>>()?;
        Ok(Branch { parent, categories: Page { rows, total: answer.total } })
    }

    /// One category.
    pub async fn get_category(&self, category: CategoryId) -> Result<Category, Failure> {
        let branch =
            self.list_categories(Some(category), PageRequest { number: 0, size: 1 }).await?;
        branch.parent.ok_or_else(|| absent("parent"))
    }

    /// What a category lists: its categories by name, then its items in an order.
    pub async fn list_items(
        &self,
        category: CategoryId,
        order: ItemOrder,
        at: PageRequest,
    ) -> Result<Listing, Failure> {
        let order = match order {
            ItemOrder::Name => wire::ItemOrder::Unspecified,
            ItemOrder::Cheapest => wire::ItemOrder::Cheapest,
            ItemOrder::Dearest => wire::ItemOrder::Dearest,
            ItemOrder::Newest => wire::ItemOrder::Newest,
        };
        let category_id = category.to_string();
        let (page, order) = (Some(page(at)), order.into());
        let request = self.read(wire::ListItemsRequest { category_id, page, order });
        let answer = self.catalog().list_items(request).await?.into_inner();
        let categories = answer.categories.into_iter().map(Category::try_from);
        Ok(Listing {
            category: answer.category.ok_or_else(|| absent("category"))?.try_into()?,
            place: answer.place,
            categories: categories.collect::<Result<_, _>>()?,
            items: answer.items.into_iter().map(Item::try_from).collect::<Result<_, _>>()?,
            total: answer.total,
        })
    }

    /// Items with words that begin with all words of a text, by name.
    pub async fn search_items(&self, text: &str, at: PageRequest) -> Result<Page<Item>, Failure> {
        let (text, page) = (text.to_owned(), Some(page(at)));
        let request = self.read(wire::SearchItemsRequest { text, page });
        let answer = self.catalog().search_items(request).await?.into_inner();
        let rows = answer.items.into_iter().map(Item::try_from).collect::<Result<_, _>>()?;
        Ok(Page { rows, total: answer.total })
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
