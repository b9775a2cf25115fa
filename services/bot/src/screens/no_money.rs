//! The balance does not reach: how much is missing, and the shortest way to it.

use kernel::money::Money;

use crate::screen::{Cx, Key, View};
use crate::screens::{Item, Methods, TopUp};

/// Says how much is missing and offers to top up exactly that.
pub fn view(cx: &Cx, price: Money, available: Money, back: Item) -> View {
    let missing = cx.money((price.minor - available.minor).max(1));
    let amount = cx.format.money(missing);
    let text = cx.texts.no_money(cx.format.money(price), cx.format.money(available), &amount);
    let top_up = Methods { amount_minor: missing.minor };
    View::new(text)
        .row([Key::to(cx.texts.key_top_up_missing(amount), top_up).primary()])
        .row([Key::to(cx.texts.key_top_up(), TopUp), Key::to(cx.texts.key_to_item(), back)])
}

/// The same where the sums are not known.
pub fn brief(cx: &Cx, back: Item) -> View {
    View::new(cx.texts.no_money_brief())
        .row([Key::to(cx.texts.key_top_up(), TopUp).primary()])
        .row([Key::to(cx.texts.key_to_item(), back)])
}
