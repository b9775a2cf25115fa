//! The items of a category with their prices.

use contract::failure::Failure;
use kernel::ids::CategoryId;
use serde::{Deserialize, Serialize};
use telegram::html::shorten;

use crate::peers::catalog::{self, Stock};
use crate::screen::{Cx, Key, Page, View, page_or_first};
use crate::screens::{Item, Shop};

/// Leaves room for the price on a button.
const NAME_MAX: usize = 40;

/// One page of a category.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Category {
    /// Which.
    pub category: CategoryId,
    /// Zero-based.
    pub page: u16,
    /// The page of the shop that leads back.
    pub shop_page: u16,
}

impl Page for Category {
    async fn view(&self, cx: &Cx) -> Result<View, Failure> {
        let (shelf, listing) =
            page_or_first(self.page, |page| cx.peers.list_items(self.category, page)).await?;
        let name = &listing.category.name;
        let title = if listing.items.rows.is_empty() {
            cx.texts.category_empty(name)
        } else {
            cx.texts.category_title(name, shelf.total)
        };
        let keys = listing.items.rows.iter().map(|item| {
            let to = Item { item: item.id, page: shelf.number, shop_page: self.shop_page };
            Key::to(label(cx, item), to)
        });
        let here = |page| Self { page, ..self.clone() }.into();
        Ok(View::new(title)
            .list(keys)
            .arrows(cx, shelf, here)
            .row([Key::to(cx.texts.key_back(), Shop { page: self.shop_page }), cx.home_key()]))
    }
}

fn label(cx: &Cx, item: &catalog::Item) -> crate::texts::Label {
    let name = shorten(&item.name, NAME_MAX);
    match item.stock {
        Stock::NoValue => cx.texts.key_item_not_yet(&*name),
        Stock::Left(0) => cx.texts.key_item_gone(&*name),
        Stock::Unlimited | Stock::Left(_) => cx.texts.key_item(&*name, cx.format.money(item.price)),
    }
}
