//! The card of an item: what it is, what it costs, how many are left.

use contract::failure::Failure;
use kernel::ids::{ItemId, PressId};
use serde::{Deserialize, Serialize};
use telegram::html::shorten;

use crate::html::Html;
use crate::peers::catalog::{self, Stock};
use crate::screen::{Cx, Key, Page, TEXT_MAX, View};
use crate::screens::{Cart, Category, Confirm, Discount, Reviews, Screen, Watch, reviews};

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
        let item = cx.peers.get_item(self.item).await?;
        Ok(self.shown(cx, &item, Bell::Silent))
    }
}

impl Item {
    /// The card, with the way back to its category.
    pub fn shown(&self, cx: &Cx, item: &catalog::Item, bell: Bell) -> View {
        let (page, shop_page) = (self.page, self.shop_page);
        let back = Category { category: item.category, page, shop_page };
        self.leading_back(cx, item, bell, back.into())
    }

    /// The card, with the ways to buy, or the bell where there is nothing to buy.
    fn leading_back(&self, cx: &Cx, item: &catalog::Item, bell: Bell, back: Screen) -> View {
        let (page, shop_page) = (self.page, self.shop_page);
        let price = cx.texts.item_price(cx.format.money(item.price));
        let view = View::new(card(cx, item, price)).with_photo(item.picture.clone());
        let leave = [Key::to(cx.texts.key_back(), back), cx.home_key()];
        let cart = Key::to(cx.texts.key_cart(), Cart::Show);
        let all = Reviews { item: item.id, number: 0, page, shop_page };
        let reviews = (cx.shop.reviews && item.rating.reviews > 0)
            .then(|| Key::to(cx.texts.key_reviews(item.rating.reviews), all));
        if !item.can_be_bought() {
            let watch = |on| Watch { item: item.id, page, shop_page, on };
            let bell = match bell {
                Bell::Silent => Key::to(cx.texts.key_watch(), watch(true)),
                Bell::Ringing => Key::to(cx.texts.key_unwatch(), watch(false)),
            };
            return view.row([bell]).row(reviews).row([cart]).row(leave);
        }
        let quantity = item.quantities().map_or(1, |fitting| *fitting.start());
        let buy = Confirm { item: item.id, page, shop_page, quantity };
        let add = Cart::Add { add: PressId::fresh(&cx.clock), item: item.id, page, shop_page };
        let promo = Discount::Ask { item: item.id, page, shop_page };
        view.row([Key::to(cx.texts.key_buy(cx.format.money(item.price)), buy).primary()])
            .row([Key::to(cx.texts.key_add_to_cart(), add), cart])
            .row([Key::to(cx.texts.key_apply_promo(), promo)])
            .row(reviews)
            .row(leave)
    }
}

/// The card of an item that was found in another way than through its category.
pub async fn card_view(cx: &Cx, item: ItemId, back: Screen) -> Result<View, Failure> {
    let found = cx.peers.get_item(item).await?;
    Ok(Item { item, page: 0, shop_page: 0 }.leading_back(cx, &found, Bell::Silent, back))
}

/// What the card says, with the price in the words of whoever shows it.
pub fn card(cx: &Cx, item: &catalog::Item, price: Html) -> Html {
    let description = Html::text(&shorten(&item.description, DESCRIPTION_MAX));
    let text = cx
        .texts
        .item_title(&item.name)
        .paragraph(description)
        .paragraph(price)
        .line(stock(cx, item.stock));
    match reviews::average(cx, item.rating).filter(|_| cx.shop.reviews) {
        Some(average) => text.line(average),
        None => text,
    }
}

fn stock(cx: &Cx, stock: Stock) -> Html {
    match stock {
        Stock::Unlimited => cx.texts.item_unlimited(),
        Stock::NoValue => cx.texts.item_not_yet(),
        Stock::Left(0) => cx.texts.item_gone(),
        Stock::Left(count) if count >= Stock::COUNTED_MAX => {
            cx.texts.item_plenty(cx.format.count(Stock::COUNTED_MAX))
        }
        Stock::Left(count) => cx.texts.item_left(count.into()),
    }
}
