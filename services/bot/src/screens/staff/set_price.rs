//! A new price for an item; it holds for orders from now on.

use contract::failure::Failure;
use contract::inventory::UpdateItemRequest;
use kernel::ids::ItemId;
use kernel::money::{Money, MoneyError, PRICE_MINOR_MAX};
use serde::{Deserialize, Serialize};

use super::item::card;
use crate::failure_text;
use crate::format::parse_amount;
use crate::html::Html;
use crate::peers::catalog;
use crate::screen::{Cx, Input, Key, Page, Reaction, View};
use crate::screens::StaffItem;

/// Asks for the price.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetPrice {
    /// Of which item.
    pub item: ItemId,
}

impl Page for SetPrice {
    async fn view(&self, cx: &Cx) -> Result<View, Failure> {
        Ok(ask(cx, &cx.peers.get_item(self.item).await?, None))
    }

    async fn react(&self, cx: &Cx, input: Input<'_>) -> Result<Reaction, Failure> {
        let item = cx.peers.get_item(self.item).await?;
        let Input::Text { text, .. } = input else {
            return Ok(Reaction::Show(ask(cx, &item, None)));
        };
        let price = match price(cx, text, item.price) {
            Ok(price) => price,
            Err(problem) => return Ok(Reaction::Show(ask(cx, &item, Some(problem)))),
        };
        let change = UpdateItemRequest { price: Some(price.into()), ..Default::default() };
        Ok(Reaction::Show(match cx.peers.update_item(item.id, change).await {
            Ok(item) => {
                let done = cx.texts.staff_price_set(&item.name, cx.format.money(item.price));
                let done = match item.price.minor {
                    0 => done.paragraph(price_words(cx, item.price)),
                    _ => done,
                };
                card(cx, &item, 0, Some(done))
            }
            Err(failure) => ask(cx, &item, Some(failure_text::asking_again(cx, failure)?)),
        }))
    }
}

/// The price in a text, or what is wrong with it.
pub fn price(cx: &Cx, text: &str, example: Money) -> Result<Money, Html> {
    let example = cx.format.typed(example);
    let largest = cx.money(PRICE_MINOR_MAX);
    match parse_amount(text, cx.shop.currency) {
        Ok(price) if price.minor <= largest.minor => Ok(price),
        Ok(_) | Err(MoneyError::TooLarge) => {
            Err(cx.texts.staff_price_too_high(cx.format.money(largest)))
        }
        Err(MoneyError::TooPrecise(currency, _)) => {
            Err(cx.texts.amount_too_precise(currency.code(), example))
        }
        Err(_) => Err(cx.texts.staff_bad_price(example)),
    }
}

/// The price in words that nobody overlooks: a forgotten digit must not give the shop away.
pub fn price_words(cx: &Cx, price: Money) -> Html {
    if price.minor == 0 {
        cx.texts.staff_price_free()
    } else {
        cx.texts.item_price(cx.format.money(price))
    }
}

fn ask(cx: &Cx, item: &catalog::Item, problem: Option<Html>) -> View {
    let price = cx.format.money(item.price);
    let question = cx.texts.staff_ask_new_price(&item.name, price, cx.shop.currency.code());
    let text = match problem {
        Some(problem) => problem.paragraph(question),
        None => question,
    };
    View::new(text)
        .row([Key::to(cx.texts.key_cancel(), StaffItem { item: item.id, page: 0 })])
        .asking(SetPrice { item: item.id })
}
