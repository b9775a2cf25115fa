//! The card of an item: what it is, what it costs, how many are left.

use contract::failure::Failure;
use kernel::ids::ItemId;
use serde::{Deserialize, Serialize};
use telegram::html::shorten;

use crate::html::Html;
use crate::peers::catalog::{self, Stock};
use crate::screen::{Cx, Key, Page, TEXT_MAX, View};
use crate::screens::{Category, Confirm, Watch};

/// Leaves room for the other lines of a card.
const DESCRIPTION_MAX: usize = TEXT_MAX - 400;

/// One item's card.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    /// Which.
    pub item: ItemId,
    /// The page of its category that leads back.
    pub page: u16,
    /// The page of the shop that leads back from there.
    pub shop_page: u16,
}

/// Whether the person is known to wait for a sold-out item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bell {
    /// Not that we know.
    Silent,
    /// They have just pressed it.
    Ringing,
}

impl Page for Item {
    async fn view(&self, cx: &Cx) -> Result<View, Failure> {
        Ok(card(cx, self, &cx.peers.get_item(self.item).await?, Bell::Silent))
    }
}

/// The card, with the way to buy, or the bell where there is nothing to buy.
pub fn card(cx: &Cx, at: &Item, item: &catalog::Item, bell: Bell) -> View {
    let Item { page, shop_page, .. } = *at;
    let next = if item.can_be_bought() {
        let label = cx.texts.key_buy(cx.format.money(item.price));
        let quantity = item.quantities().map_or(1, |fitting| *fitting.start());
        Key::to(label, Confirm { item: item.id, page, shop_page, quantity }).primary()
    } else {
        let watch = |on| Watch { item: item.id, page, shop_page, on };
        match bell {
            Bell::Silent => Key::to(cx.texts.key_watch(), watch(true)),
            Bell::Ringing => Key::to(cx.texts.key_unwatch(), watch(false)),
        }
    };
    let back = Category { category: item.category, page, shop_page };
    View::new(text(cx, item)).row([next]).row([Key::to(cx.texts.key_back(), back), cx.home_key()])
}

fn text(cx: &Cx, item: &catalog::Item) -> Html {
    let description = Html::text(&shorten(&item.description, DESCRIPTION_MAX));
    cx.texts
        .item_title(&item.name)
        .paragraph(description)
        .paragraph(cx.texts.item_price(cx.format.money(item.price)))
        .line(stock(cx, item.stock))
}

fn stock(cx: &Cx, stock: Stock) -> Html {
    match stock {
        Stock::Unlimited => cx.texts.item_unlimited(),
        Stock::Left(0) => cx.texts.item_gone(),
        Stock::Left(count) if count >= Stock::COUNTED_MAX => {
            cx.texts.item_plenty(u64::from(Stock::COUNTED_MAX))
        }
        Stock::Left(count) => cx.texts.item_left(count.into()),
    }
}
