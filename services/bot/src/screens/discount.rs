//! A promo code on an item: asked for by a question of its own, shown on the card, and gone as soon as one looks at
//! another item, for it rides in the buttons of this one.

use contract::failure::Failure;
use kernel::ids::{ItemId, OrderId, PromoId};
use serde::{Deserialize, Serialize};

use crate::failure_text;
use crate::html::Html;
use crate::peers::carts::Seen;
use crate::screen::{Cx, Input, Key, Page, Reaction, View};
use crate::screens::agreed::{Agreed, Source, no_money};
use crate::screens::{Cart, Category, Item, item};

/// A code and the item it is for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Discount {
    /// Asks for the code.
    Ask {
        /// For which item.
        item: ItemId,
        /// The page of its category that leads back from the card.
        page: u16,
        /// The page of the shop that leads back from there.
        shop_page: u16,
    },
    /// The card with the price that the code leaves.
    Card {
        /// Of which item.
        item: ItemId,
        /// The code.
        promo: PromoId,
        /// As above.
        page: u16,
        /// As above.
        shop_page: u16,
    },
    /// Asks whether to buy one at that price.
    Confirm {
        /// Which item.
        item: ItemId,
        /// The code.
        promo: PromoId,
    },
    /// Puts the item into the cart with the code.
    ToCart {
        /// Which item.
        item: ItemId,
        /// The code.
        promo: PromoId,
    },
}

impl Page for Discount {
    async fn view(&self, cx: &Cx) -> Result<View, Failure> {
        match *self {
            Self::Ask { .. } => Ok(self.ask_code(cx, None)),
            Self::Card { item, promo, page, shop_page } => {
                card(cx, promo, &Item { item, page, shop_page }).await
            }
            Self::Confirm { item, promo } => ask_to_buy(cx, item, promo, None).await,
            Self::ToCart { .. } => Cart::Show.view(cx).await,
        }
    }

    async fn react(&self, cx: &Cx, input: Input<'_>) -> Result<Reaction, Failure> {
        match (self, input) {
            (&Self::Ask { item, page, shop_page }, Input::Text { text, .. }) => {
                Ok(Reaction::Show(match cx.peers.try_code(text, item).await {
                    Ok(found) => card(cx, found.promo, &Item { item, page, shop_page }).await?,
                    Err(failure) => {
                        self.ask_code(cx, Some(failure_text::asking_again(cx, failure)?))
                    }
                }))
            }
            (&Self::ToCart { item, promo }, Input::Press) => {
                let cart = cx.peers.set_line_promo(item, Some(promo)).await?;
                let added = cart.lines.iter().find(|line| line.item == item);
                let toast = cx.texts.toast_cart_added(added.map_or(0, |line| line.quantity));
                Ok(Reaction::ShowSaying(crate::screens::cart::shown(cx, &cart, None), toast))
            }
            _ => Ok(Reaction::Show(self.view(cx).await?)),
        }
    }
}

impl Discount {
    fn ask_code(&self, cx: &Cx, problem: Option<Html>) -> View {
        let question = cx.texts.promo_ask();
        let text = match problem {
            Some(problem) => problem.paragraph(question),
            None => question,
        };
        let back = match *self {
            Self::Ask { item, page, shop_page } | Self::Card { item, page, shop_page, .. } => {
                Item { item, page, shop_page }
            }
            Self::Confirm { item, .. } | Self::ToCart { item, .. } => {
                Item { item, page: 0, shop_page: 0 }
            }
        };
        View::new(text).row([Key::to(cx.texts.key_cancel(), back)]).asking(self.clone())
    }
}

/// The question before one is bought with a code, with what has just happened above it.
pub async fn ask_to_buy(
    cx: &Cx,
    item: ItemId,
    promo: PromoId,
    before: Option<Html>,
) -> Result<View, Failure> {
    let plain = Item { item, page: 0, shop_page: 0 };
    let back = Discount::Card { item, promo, page: 0, shop_page: 0 };
    let found = tokio::try_join!(
        cx.peers.get_item(item),
        cx.peers.get_wallet(),
        cx.peers.try_promo(promo, item),
    );
    let (shown, wallet, preview) = match found {
        Ok(found) => found,
        Err(failure) => return dead(cx, failure, &plain).await,
    };
    let agreed = Agreed {
        order: OrderId::fresh(&cx.clock),
        source: Source::Card,
        lines: vec![Seen {
            item,
            name: shown.name.clone(),
            quantity: 1,
            unit_price: preview.unit_price,
            promo: Some(promo),
            discount: preview.discount,
        }],
        total: preview.total,
    };
    if wallet.available.minor < preview.total.minor {
        return Ok(no_money(cx, &agreed, wallet.available).await);
    }
    let (full, price) = (cx.format.money(preview.unit_price), cx.format.money(preview.total));
    let balance = cx.format.money(wallet.available);
    let question = cx.texts.confirm_ask_discounted(&shown.name, full, price, preview.code, balance);
    let text = match before {
        Some(before) => before.paragraph(question),
        None => question,
    };
    Ok(agreed.ask(cx, text, back))
}

/// The card with the old price struck out; the plain card where the code has died.
async fn card(cx: &Cx, promo: PromoId, plain: &Item) -> Result<View, Failure> {
    let found =
        tokio::try_join!(cx.peers.get_item(plain.item), cx.peers.try_promo(promo, plain.item));
    let (shown, preview) = match found {
        Ok(found) => found,
        Err(failure) => return dead(cx, failure, plain).await,
    };
    let texts = cx.texts;
    let (full, price) = (cx.format.money(preview.unit_price), cx.format.money(preview.total));
    let Item { item, page, shop_page } = *plain;
    let buys_one = shown.quantities().is_some_and(|fitting| fitting.contains(&1));
    let buy = buys_one
        .then(|| Key::to(texts.key_buy(&price), Discount::Confirm { item, promo }).primary());
    let to_cart = shown
        .can_be_bought()
        .then(|| Key::to(texts.key_add_to_cart(), Discount::ToCart { item, promo }));
    let text = item::card(cx, &shown, texts.item_price_cut(full, price, preview.code));
    let back = Category { category: shown.category, page, shop_page };
    Ok(View::new(text)
        .row(buy)
        .row(to_cart)
        .row([Key::to(texts.key_remove_promo(), plain.clone())])
        .row([Key::to(texts.key_back(), back), cx.home_key()]))
}

/// The plain card, with why the code does not count above it.
async fn dead(cx: &Cx, failure: Failure, plain: &Item) -> Result<View, Failure> {
    if !failure.code().starts_with("inventory.promo_") {
        return Err(failure);
    }
    let why = failure_text::asking_again(cx, failure)?;
    let mut view = plain.view(cx).await?;
    view.text = why.paragraph(view.text);
    Ok(view)
}
