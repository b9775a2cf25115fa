//! What a person agreed to buy, as they saw it: kept beside the question whose button carries only the order's id. So a
//! code never leaves the item it was shown on, and nothing is charged that was not seen.

use contract::failure::Failure;
use kernel::ids::OrderId;
use kernel::money::Money;
use serde::{Deserialize, Serialize};

use crate::dialogue::Answers;
use crate::html::Html;
use crate::peers::carts::Seen;
use crate::screen::{Cx, Key, Page, View};
use crate::screens::no_money::{self, Gap};
use crate::screens::{BuyOn, Cart, Confirm, Discount, Item, Pay, Screen, checkout, discount};

/// Where it comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Source {
    /// The card of an item, with a code.
    Card,
    /// The cart.
    Cart,
}

/// What was shown when the question was asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Agreed {
    /// Made for this question.
    pub order: OrderId,
    /// Where it comes from.
    pub source: Source,
    /// Every line as it was shown.
    pub lines: Vec<Seen>,
    /// What all of it cost.
    pub total: Money,
}

impl Answers for Agreed {
    const OF: &'static str = "agreed purchase";
}

impl Agreed {
    /// The question whose button buys this.
    pub fn ask(&self, cx: &Cx, text: Html, back: impl Into<Screen>) -> View {
        let pay = Pay { order: self.order };
        View::new(text)
            .row([Key::to(cx.texts.key_pay(cx.format.money(self.total)), pay.clone()).success()])
            .row([Key::to(cx.texts.key_cancel(), back)])
            .asking(pay)
            .with_draft(self)
    }
}

/// Says how much is missing and offers to top up exactly that; the purchase then finishes by itself.
pub async fn no_money(cx: &Cx, agreed: &Agreed, available: Money) -> View {
    let gap = Gap { total: agreed.total, available };
    let go_on = BuyOn::Agreed { order: agreed.order };
    no_money::view(cx, gap, back(agreed), go_on.clone()).await.asking(go_on).with_draft(agreed)
}

/// The question as things are now, with what has just happened above it.
pub async fn ask_again(cx: &Cx, agreed: &Agreed, before: Option<Html>) -> Result<View, Failure> {
    match (agreed.source, agreed.lines.as_slice()) {
        (Source::Card, [line]) => match line.promo {
            Some(promo) => discount::ask_to_buy(cx, line.item, promo, before).await,
            None => Item { item: line.item, page: 0, shop_page: 0 }.view(cx).await,
        },
        _ => checkout::ask(cx, before).await,
    }
}

/// The way to that question, at the prices of this moment: what needs nothing to be kept beside it, as for a message
/// that comes by itself.
pub async fn as_it_is_now(cx: &Cx, agreed: &Agreed) -> Result<View, Failure> {
    match (agreed.source, agreed.lines.as_slice()) {
        (Source::Card, [line]) if line.promo.is_none() => {
            let quantity = u8::try_from(line.quantity).unwrap_or(u8::MAX);
            Confirm { item: line.item, page: 0, shop_page: 0, quantity }.view(cx).await
        }
        _ => back(agreed).view(cx).await,
    }
}

/// Where it came from.
pub fn back(agreed: &Agreed) -> Screen {
    match (agreed.source, agreed.lines.as_slice()) {
        (Source::Card, [line]) => match line.promo {
            Some(promo) => Discount::Card { item: line.item, promo, page: 0, shop_page: 0 }.into(),
            None => Item { item: line.item, page: 0, shop_page: 0 }.into(),
        },
        _ => Cart::Show.into(),
    }
}
