//! The question when the price moved between the screen and the press: nothing is charged that was not seen.

use kernel::ids::OrderId;
use kernel::money::Money;

use crate::screen::{Cx, Key, View};
use crate::screens::confirm::total;
use crate::screens::{Buy, Item};

/// Asks about the price that holds now; the order id is a new one, for the old one was refused.
pub fn view(cx: &Cx, refused: &Buy, now: Money) -> View {
    let (before, price) = (cx.format.money(cx.money(refused.price_minor)), cx.format.money(now));
    let again = Buy { order: OrderId::fresh(&cx.clock), price_minor: now.minor, ..refused.clone() };
    let total = total(now, refused.quantity).map_or(now, |total| total);
    let back = Item { item: refused.item, page: 0, shop_page: 0 };
    View::new(cx.texts.price_changed(before, &price))
        .row([Key::to(cx.texts.key_pay(cx.format.money(total)), again).success()])
        .row([Key::to(cx.texts.key_cancel(), back)])
}
