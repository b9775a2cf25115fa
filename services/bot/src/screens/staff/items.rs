//! What a category lists, as staff see it: the categories in it, and its items with their stock.

use contract::failure::Failure;
use kernel::ids::CategoryId;
use serde::{Deserialize, Serialize};
use telegram::html::shorten;

use super::edit_category::CategoryField;
use crate::peers::catalog::{Item, ItemOrder, Listing, Stock};
use crate::screen::{Cx, Key, Page, View, page_or_first};
use crate::screens::category::page_of;
use crate::screens::{AddItem, EditCategory, Screen, StaffCategories, StaffItem};
use crate::texts::Label;

/// Leaves room for the stock on a button.
const NAME_MAX: usize = 44;

/// One page of a category.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StaffItems {
    /// Which.
    pub category: CategoryId,
    /// Zero-based.
    pub page: u16,
}

impl Page for StaffItems {
    async fn view(&self, cx: &Cx) -> Result<View, Failure> {
        let look = |page| cx.peers.list_items(self.category, ItemOrder::Name, page);
        let (shelf, listing) = page_or_first(self.page, look).await?;
        let name = &listing.category.name;
        let title = if shelf.total == 0 {
            cx.texts.staff_items_empty(name)
        } else {
            cx.texts.staff_items_title(name)
        };
        let branches = listing.categories.iter().map(|below| {
            Key::to(cx.texts.key_category(&below.name), Self { category: below.id, page: 0 })
        });
        let items = listing
            .items
            .iter()
            .map(|item| Key::to(label(cx, item), StaffItem { item: item.id, page: shelf.number }));
        let edit = EditCategory { category: self.category, field: CategoryField::Menu };
        Ok(View::new(title)
            .list(branches.chain(items))
            .arrows(cx, shelf, |page| Self { page, ..self.clone() }.into())
            .row([
                Key::to(cx.texts.key_staff_add_item(), AddItem::Name),
                Key::to(cx.texts.key_staff_edit_category(), edit),
            ])
            .row([Key::to(cx.texts.key_back(), back(&listing)), cx.home_key()]))
    }
}

/// Where the category is listed, on the page on which it is.
fn back(listing: &Listing) -> Screen {
    match listing.category.parent {
        None => StaffCategories { page: page_of(listing) }.into(),
        Some(category) => StaffItems { category, page: page_of(listing) }.into(),
    }
}

/// An item in a list of staff, with a mark where nobody can buy it.
fn label(cx: &Cx, item: &Item) -> Label {
    let name = shorten(&item.name, NAME_MAX);
    let stock = stock(cx, item.stock);
    if item.stock.is_gone() {
        cx.texts.key_staff_item_gone(&*name, &*stock)
    } else {
        cx.texts.key_staff_item(&*name, &*stock)
    }
}

/// How much there is, in a word.
pub fn stock(cx: &Cx, stock: Stock) -> Label {
    match stock {
        Stock::Unlimited => cx.texts.plain_stock_unlimited(),
        Stock::NoValue => cx.texts.plain_stock_no_value(),
        Stock::Left(count) if count >= Stock::COUNTED_MAX => {
            cx.texts.plain_stock_left(format!("{}+", cx.format.count(Stock::COUNTED_MAX)))
        }
        Stock::Left(count) => cx.texts.plain_stock_left(cx.format.count(count)),
    }
}
