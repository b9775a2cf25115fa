//! The question before a whole cart is bought: every line with its price, the sum, and what is on the balance.

use contract::failure::Failure;
use kernel::ids::{ItemId, OrderId};
use serde::{Deserialize, Serialize};
use telegram::html::shorten;

use crate::html::Html;
use crate::peers::carts::{Changed, Line, Seen};
use crate::screen::{Cx, Page, View};
use crate::screens::agreed::{Agreed, Source, no_money};
use crate::screens::{Cart, cart};

/// Ten of them and what is said about them fit a message.
const NAME_MAX: usize = 60;

/// Shall we buy it all?
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Checkout;

impl Page for Checkout {
    async fn view(&self, cx: &Cx) -> Result<View, Failure> {
        ask(cx, None).await
    }
}

/// The question as things are now, with what has just happened above it. Where something stands in the way it is the
/// cart itself, which says what.
pub async fn ask(cx: &Cx, before: Option<Html>) -> Result<View, Failure> {
    let (cart, wallet) = tokio::try_join!(cx.peers.get_cart(), cx.peers.get_wallet())?;
    if cart.lines.is_empty() {
        return Ok(cart::shown(cx, &cart, before));
    }
    if !cart.lines.iter().all(Line::is_whole) {
        let hint = cx.texts.checkout_not_whole();
        let before = before.map_or_else(|| hint.clone(), |before| before.paragraph(hint.clone()));
        return Ok(cart::shown(cx, &cart, Some(before)));
    }
    let agreed = Agreed {
        order: OrderId::fresh(&cx.clock),
        source: Source::Cart,
        lines: cart.lines.iter().map(Seen::from).collect(),
        total: cart.total,
    };
    if wallet.available.minor < cart.total.minor {
        return Ok(no_money(cx, &agreed, wallet.available).await);
    }
    let title = cx.texts.checkout_title(cart.lines.len() as u64);
    let mut text = before.map_or_else(|| title.clone(), |before| before.paragraph(title.clone()));
    for (line, number) in cart.lines.iter().zip(1_u32..) {
        text = text.paragraph(cart::told(cx, line, number));
    }
    let balance = cx.format.money(wallet.available);
    text = text.paragraph(cart::sum(cx, &cart)).line(cx.texts.checkout_ask(balance));
    Ok(agreed.ask(cx, text, Cart::Show))
}

/// What is not as it was agreed to, above the question as things are now; above the cart where that has to change first.
pub async fn changed(
    cx: &Cx,
    agreed: &Agreed,
    changed: &[(ItemId, Changed)],
) -> Result<View, Failure> {
    let before = differences(cx, agreed, changed);
    if changed.iter().any(|(_, what)| what.is_limit()) {
        return Ok(cart::shown(cx, &cx.peers.get_cart().await?, Some(before)));
    }
    ask(cx, Some(before)).await
}

/// Every difference between what was agreed to and what is.
pub fn differences(cx: &Cx, agreed: &Agreed, differences: &[(ItemId, Changed)]) -> Html {
    let title = cx.texts.checkout_changed();
    differences.iter().fold(title, |text, (item, changed)| {
        let seen = agreed.lines.iter().find(|line| line.item == *item);
        text.line(difference(cx, seen, changed))
    })
}

fn difference(cx: &Cx, seen: Option<&Seen>, changed: &Changed) -> Html {
    let Some(seen) = seen else { return cx.texts.checkout_other_line() };
    let (texts, format) = (cx.texts, &cx.format);
    let name = shorten(&seen.name, NAME_MAX);
    match changed {
        Changed::Price(now) => {
            texts.checkout_price(&*name, format.money(seen.unit_price), format.money(*now))
        }
        Changed::Discount(now) => {
            texts.checkout_discount(&*name, format.money(seen.discount), format.money(*now))
        }
        Changed::Left(left) => texts.checkout_what(&*name, cart::short(cx, *left)),
        Changed::Quantity { least, most } => {
            texts.checkout_what(&*name, texts.checkout_quantity(*least, *most))
        }
        Changed::PersonLimit { max, left } => {
            texts.checkout_what(&*name, texts.checkout_person_limit(*max, *left))
        }
        Changed::Gone => texts.checkout_what(&*name, texts.cart_line_gone()),
        Changed::Promo(problem) => {
            texts.checkout_what(&*name, cart::promo_problem(cx, "", problem))
        }
        Changed::Line => texts.checkout_what(&*name, texts.checkout_line_changed()),
    }
}
