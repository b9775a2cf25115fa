//! The question before money is spent, and how many it is to be. Its button carries a fresh order id and the price on
//! the screen: pressed twice it is one order, and another price is asked about again, never charged.

use std::ops::RangeInclusive;

use contract::failure::{Failure, Kind};
use kernel::ids::{ItemId, OrderId};
use kernel::money::Money;
use serde::{Deserialize, Serialize};

use crate::html::Html;
use crate::peers::catalog::{self, Stock};
use crate::screen::{Cx, Input, Key, Page, Reaction, View};
use crate::screens::item::Bell;
use crate::screens::no_money::Gap;
use crate::screens::{Buy, BuyOn, Item, no_money};

/// How many most people want.
const CHOICES: [u8; 5] = [1, 2, 3, 5, 10];

/// Shall we buy it?
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Confirm {
    /// What is about to be bought.
    pub item: ItemId,
    /// The page of its category that leads back.
    pub page: u16,
    /// The page of the shop that leads back from there.
    pub shop_page: u16,
    /// How many.
    pub quantity: u8,
}

impl Page for Confirm {
    async fn view(&self, cx: &Cx) -> Result<View, Failure> {
        let (item, wallet) = tokio::try_join!(cx.peers.get_item(self.item), cx.peers.get_wallet())?;
        self.ask(cx, &item, wallet.available, None).await
    }

    async fn react(&self, cx: &Cx, input: Input<'_>) -> Result<Reaction, Failure> {
        let Input::Text { text, .. } = input else {
            return Ok(Reaction::Show(self.view(cx).await?));
        };
        let (item, wallet) = tokio::try_join!(cx.peers.get_item(self.item), cx.peers.get_wallet())?;
        let typed = text.trim().parse::<u8>().ok();
        let fitting = item.quantities().filter(|_| item.can_be_bought());
        let view = match (typed, fitting) {
            (Some(quantity), Some(fitting)) if fitting.contains(&quantity) => {
                let chosen = Self { quantity, ..self.clone() };
                chosen.ask(cx, &item, wallet.available, None).await
            }
            (_, Some(fitting)) => {
                let problem = cx.texts.confirm_bad_quantity(*fitting.start(), *fitting.end());
                self.ask(cx, &item, wallet.available, Some(problem)).await
            }
            _ => self.ask(cx, &item, wallet.available, None).await,
        };
        Ok(Reaction::Show(view?))
    }
}

impl Confirm {
    async fn ask(
        &self,
        cx: &Cx,
        item: &catalog::Item,
        available: Money,
        problem: Option<Html>,
    ) -> Result<View, Failure> {
        let back = Item { item: self.item, page: self.page, shop_page: self.shop_page };
        if item.stock == Stock::NoValue {
            // An old button: the card says how things stand.
            return Ok(back.shown(cx, item, Bell::Silent));
        }
        let fitting = item.quantities();
        let quantity = fitting
            .as_ref()
            .map_or(1, |fitting| self.quantity.clamp(*fitting.start(), *fitting.end()));
        let total = total(item.price, quantity)?;
        if available.minor < total.minor {
            let order = OrderId::fresh(&cx.clock);
            let price_minor = item.price.minor;
            let go_on = BuyOn::Item { order, item: item.id, price_minor, quantity };
            return Ok(no_money::view(cx, Gap { total, available }, back, go_on).await);
        }
        let question = question(cx, item, quantity, total, available);
        let text = problem.map_or_else(|| question.clone(), |it| it.paragraph(question.clone()));
        let buy = Buy {
            order: OrderId::fresh(&cx.clock),
            item: item.id,
            price_minor: item.price.minor,
            quantity,
        };
        let view = self.choices(cx, View::new(text), fitting, quantity);
        Ok(view
            .row([Key::to(cx.texts.key_pay(cx.format.money(total)), buy).success()])
            .row([Key::to(cx.texts.key_cancel(), back)]))
    }

    /// The numbers that most people want, and any other that is typed; nothing where there is no choice.
    fn choices(
        &self,
        cx: &Cx,
        view: View,
        fitting: Option<RangeInclusive<u8>>,
        chosen: u8,
    ) -> View {
        let Some(fitting) = fitting.filter(|fitting| fitting.start() < fitting.end()) else {
            return view;
        };
        let mut counts: Vec<u8> = CHOICES.into_iter().filter(|it| fitting.contains(it)).collect();
        counts.push(chosen);
        counts.sort_unstable();
        counts.dedup();
        let keys = counts.into_iter().map(|quantity| {
            let label = if quantity == chosen {
                cx.texts.key_quantity_chosen(quantity)
            } else {
                cx.texts.key_quantity(quantity)
            };
            Key::to(label, Self { quantity, ..self.clone() })
        });
        let text = view.text.clone();
        let hint = cx.texts.confirm_choose(*fitting.start(), *fitting.end());
        View { text: text.paragraph(hint), ..view }.row(keys).asking(self.clone())
    }
}

fn question(cx: &Cx, item: &catalog::Item, quantity: u8, total: Money, available: Money) -> Html {
    let (price, balance) = (cx.format.money(item.price), cx.format.money(available));
    let text = match quantity {
        1 => cx.texts.confirm_ask(&item.name, price, balance),
        _ => {
            cx.texts.confirm_ask_many(&item.name, price, quantity, cx.format.money(total), balance)
        }
    };
    match item.limits.max_per_person {
        0 => text,
        most => text.line(cx.texts.confirm_person_limit(cx.format.count(most))),
    }
}

/// What so many cost.
pub fn total(price: Money, quantity: u8) -> Result<Money, Failure> {
    price
        .times(quantity.into())
        .map_err(|error| Failure::new(Kind::Invalid, "bot.total").because(error))
}
