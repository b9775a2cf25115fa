//! Items of a category, as staff see them: with their stock.

use contract::failure::Failure;
use kernel::ids::CategoryId;
use serde::{Deserialize, Serialize};
use telegram::html::shorten;

use crate::peers::catalog::Stock;
use crate::screen::{Cx, Key, Page, View, page_or_first};
use crate::screens::{AddItem, StaffCategories, StaffItem};
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
        let (shelf, listing) =
            page_or_first(self.page, |page| cx.peers.list_items(self.category, page)).await?;
        let name = &listing.category.name;
        let title = if listing.items.rows.is_empty() {
            cx.texts.staff_items_empty(name)
        } else {
            cx.texts.staff_items_title(name)
        };
        let keys = listing.items.rows.iter().map(|item| {
            let name = shorten(&item.name, NAME_MAX);
            let label = cx.texts.key_staff_item(&*name, &*stock(cx, item.stock));
            Key::to(label, StaffItem { item: item.id, page: shelf.number })
        });
        Ok(View::new(title)
            .list(keys)
            .arrows(cx, shelf, |page| Self { page, ..self.clone() }.into())
            .row([Key::to(cx.texts.key_staff_add_item(), AddItem::Name)])
            .row([Key::to(cx.texts.key_back(), StaffCategories { page: 0 }), cx.home_key()]))
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
