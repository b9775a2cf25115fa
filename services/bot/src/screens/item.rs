//! The card of an item: what it is, what it costs, how many are left.

use contract::failure::Failure;
use kernel::ids::{ItemId, PressId};
use serde::{Deserialize, Serialize};
use telegram::html::shorten;

use crate::html::Html;
use crate::peers::catalog::{self, Stock};
use crate::screen::{Cx, Key, Page, TEXT_MAX, View};
use crate::screens::{Cart, Category, Confirm, Discount};

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

impl Page for Item {
    async fn view(&self, cx: &Cx) -> Result<View, Failure> {
        let item = cx.peers.get_item(self.item).await?;
        let buy = (!item.stock.is_gone()).then(|| {
            let label = cx.texts.key_buy(cx.format.money(item.price));
            let to = Confirm { item: item.id, page: self.page, shop_page: self.shop_page };
            Key::to(label, to).primary()
        });
        let to_cart = (!item.stock.is_gone()).then(|| {
            let add = PressId::fresh(&cx.clock);
            let (item, page, shop_page) = (item.id, self.page, self.shop_page);
            let add = Cart::Add { add, item, page, shop_page };
            Key::to(cx.texts.key_add_to_cart(), add)
        });
        let promo = (!item.stock.is_gone()).then(|| {
            let (item, page, shop_page) = (item.id, self.page, self.shop_page);
            Key::to(cx.texts.key_apply_promo(), Discount::Ask { item, page, shop_page })
        });
        let cart = Key::to(cx.texts.key_cart(), Cart::Show);
        let back = Category { category: item.category, page: self.page, shop_page: self.shop_page };
        let price = cx.texts.item_price(cx.format.money(item.price));
        Ok(View::new(card(cx, &item, price))
            .row(buy)
            .row(to_cart.into_iter().chain([cart]))
            .row(promo)
            .row([Key::to(cx.texts.key_back(), back), cx.home_key()]))
    }
}

/// What the card says, with the price in the words of whoever shows it.
pub fn card(cx: &Cx, item: &catalog::Item, price: Html) -> Html {
    let description = Html::text(&shorten(&item.description, DESCRIPTION_MAX));
    cx.texts
        .item_title(&item.name)
        .paragraph(description)
        .paragraph(price)
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
