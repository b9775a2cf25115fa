//! What a category lists: the categories in it, then its items with their prices, in the order that the person chose.

use contract::failure::Failure;
use kernel::ids::CategoryId;
use serde::{Deserialize, Serialize};
use telegram::html::shorten;

use crate::peers::catalog::{self, ItemOrder, Listing, Stock};
use crate::screen::{Cx, Key, Page, View, page_or_first};
use crate::screens::{Item, Screen, Shop};
use crate::texts::Label;

/// Leaves room for the price on a button.
const NAME_MAX: usize = 40;
/// Rows of a place on one screen.
const ROWS: u32 = 10;
/// Bits of a packed [`Spot`] that are the page; the rest is the order.
const PAGE_BITS: u32 = 14;

/// One page of a category.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Category {
    /// Which.
    pub category: CategoryId,
    /// Zero-based, with the order of the items: a packed [`Spot`].
    pub page: u16,
    /// The page of the shop that leads back.
    pub shop_page: u16,
}

/// A page of a list and its order, as one number of a button: the order is in the two highest bits, which a page never
/// needs, so that a bare number is a page by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spot {
    /// In which order the items are.
    pub order: ItemOrder,
    /// Zero-based.
    pub page: u16,
}

impl Spot {
    /// The spot in a button.
    pub fn read(packed: u16) -> Self {
        let order = match packed >> PAGE_BITS {
            1 => ItemOrder::Cheapest,
            2 => ItemOrder::Dearest,
            3 => ItemOrder::Newest,
            _ => ItemOrder::Name,
        };
        Self { order, page: packed & ((1 << PAGE_BITS) - 1) }
    }

    /// As a button carries it.
    pub fn packed(self) -> u16 {
        let order = match self.order {
            ItemOrder::Name => 0,
            ItemOrder::Cheapest => 1,
            ItemOrder::Dearest => 2,
            ItemOrder::Newest => 3,
        };
        order << PAGE_BITS | self.page & ((1 << PAGE_BITS) - 1)
    }
}

impl Page for Category {
    async fn view(&self, cx: &Cx) -> Result<View, Failure> {
        let Spot { order, page } = Spot::read(self.page);
        let look = |page| cx.peers.list_items(self.category, order, page);
        let (shelf, listing) = page_or_first(page, look).await?;
        let name = &listing.category.name;
        let title = if shelf.total == 0 {
            cx.texts.category_empty(name)
        } else {
            cx.texts.category_title(name, shelf.total)
        };
        let here = |page| Spot { order, page }.packed();
        let branches = listing.categories.iter().map(|below| {
            let to = Self { category: below.id, page: 0, shop_page: self.shop_page };
            Key::to(cx.texts.key_category(&below.name), to)
        });
        let items = listing.items.iter().map(|item| {
            let to = Item { item: item.id, page: here(shelf.number), shop_page: self.shop_page };
            Key::to(label(cx, item), to)
        });
        let goes_to = |page| Self { page, ..self.clone() };
        let order_key = (listing.items.len() > 1 || order != ItemOrder::Name).then(|| {
            let to = goes_to(Spot { order: next(order), page: 0 }.packed());
            Key::to(order_label(cx, order), to)
        });
        Ok(View::new(title)
            .with_photo(listing.category.picture.clone())
            .list(branches.chain(items))
            .arrows(cx, shelf, |page| goes_to(here(page)).into())
            .row(order_key)
            .row([Key::to(cx.texts.key_back(), self.back(&listing)), cx.home_key()]))
    }
}

impl Category {
    /// Where this category is listed, on the page on which it is.
    fn back(&self, listing: &Listing) -> Screen {
        match listing.category.parent {
            None => Shop { page: self.shop_page }.into(),
            Some(parent) => {
                Self { category: parent, page: page_of(listing), shop_page: self.shop_page }.into()
            }
        }
    }
}

/// The page of its place on which a category is listed.
pub fn page_of(listing: &Listing) -> u16 {
    u16::try_from(listing.place / ROWS).unwrap_or_default()
}

/// An item in a list of buyers.
pub fn label(cx: &Cx, item: &catalog::Item) -> Label {
    let name = shorten(&item.name, NAME_MAX);
    match item.stock {
        Stock::NoValue => cx.texts.key_item_not_yet(&*name),
        Stock::Left(0) => cx.texts.key_item_gone(&*name),
        Stock::Unlimited | Stock::Left(_) => cx.texts.key_item(&*name, cx.format.money(item.price)),
    }
}

/// One key goes through all orders.
fn next(order: ItemOrder) -> ItemOrder {
    match order {
        ItemOrder::Name => ItemOrder::Cheapest,
        ItemOrder::Cheapest => ItemOrder::Dearest,
        ItemOrder::Dearest => ItemOrder::Newest,
        ItemOrder::Newest => ItemOrder::Name,
    }
}

fn order_label(cx: &Cx, order: ItemOrder) -> Label {
    match order {
        ItemOrder::Name => cx.texts.key_order_name(),
        ItemOrder::Cheapest => cx.texts.key_order_cheapest(),
        ItemOrder::Dearest => cx.texts.key_order_dearest(),
        ItemOrder::Newest => cx.texts.key_order_newest(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn peer_33_a_spot_comes_back_from_a_button_and_a_bare_number_is_a_page_by_name() {
        for order in [ItemOrder::Name, ItemOrder::Cheapest, ItemOrder::Dearest, ItemOrder::Newest] {
            for page in [0, 1, 999, (1 << PAGE_BITS) - 1] {
                let spot = Spot { order, page };
                assert_eq!(Spot::read(spot.packed()), spot);
            }
        }
        assert_eq!(Spot::read(7), Spot { order: ItemOrder::Name, page: 7 });
    }
}
