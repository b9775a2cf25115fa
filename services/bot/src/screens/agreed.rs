//! What a person agreed to buy, as they saw it: kept beside the question whose button carries only the order's id. So a
//! code never leaves the item it was shown on, and nothing is charged that was not seen.

use kernel::ids::OrderId;
use kernel::money::Money;
use serde::{Deserialize, Serialize};

use crate::dialogue::Answers;
use crate::html::Html;
use crate::peers::carts::Seen;
use crate::screen::{Cx, Key, View};
use crate::screens::{Methods, Pay, Screen, TopUp};

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

/// Says how much is missing and offers to top up exactly that.
pub fn no_money(cx: &Cx, total: Money, available: Money, back: impl Into<Screen>) -> View {
    let missing = cx.money((total.minor - available.minor).max(1));
    let amount = cx.format.money(missing);
    let text = cx.texts.no_money(cx.format.money(total), cx.format.money(available), &amount);
    let top_up = Methods { amount_minor: missing.minor };
    View::new(text)
        .row([Key::to(cx.texts.key_top_up_missing(amount), top_up).primary()])
        .row([Key::to(cx.texts.key_top_up(), TopUp), Key::to(cx.texts.key_back(), back)])
}
