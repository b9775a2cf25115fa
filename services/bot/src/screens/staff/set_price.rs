//! A new price for an item; it holds for orders from now on.

use contract::failure::Failure;
use contract::inventory::UpdateItemRequest;
use kernel::ids::ItemId;
use kernel::money::{Money, MoneyError};
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
                card(cx, &item, 0, Some(done))
            }
            Err(failure) => ask(cx, &item, Some(failure_text::asking_again(cx, failure)?)),
        }))
    }
}

/// The price in a text, or what is wrong with it.
pub fn price(cx: &Cx, text: &str, example: Money) -> Result<Money, Html> {
    parse_amount(text, cx.shop.currency).map_err(|error| match error {
        MoneyError::TooPrecise(currency, _) => {
            cx.texts.amount_too_precise(currency.code(), example.decimal())
        }
        _ => cx.texts.staff_bad_price(example.decimal()),
    })
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
