//! The cart: a row of buttons per line, what all of it costs, and the ways on. Buttons carry what a line is to become
//! and not by how much, so that one that is pressed twice changes nothing more.

use contract::failure::{Failure, Kind};
use kernel::ids::{ItemId, PressId};
use serde::{Deserialize, Serialize};
use telegram::html::shorten;

use crate::failure_text;
use crate::html::Html;
use crate::peers::carts::{self, Line};
use crate::screen::{Cx, Input, Key, Page, Reaction, View};
use crate::screens::{Checkout, Item, Profile, Shop};

/// Ten of them and what is said about them fit a message.
const NAME_MAX: usize = 60;
/// Pieces on one line, at most.
const QUANTITY_MAX: u32 = 100;

/// The cart of whoever looks at it, and what can be done with it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Cart {
    /// Shows it.
    Show,
    /// Puts one more of an item in and shows its card again.
    Add {
        /// Made when the card was shown, so that a repeated press adds once.
        add: PressId,
        /// What.
        item: ItemId,
        /// The page of its category that leads back from the card.
        page: u16,
        /// The page of the shop that leads back from there.
        shop_page: u16,
    },
    /// Sets how many of an item are in it.
    Set {
        /// What.
        item: ItemId,
        /// How many.
        quantity: u8,
    },
    /// Takes an item out.
    Remove {
        /// What.
        item: ItemId,
    },
    /// Takes the code off an item's line.
    DropPromo {
        /// What.
        item: ItemId,
    },
    /// Asks whether to take everything out.
    AskClear,
    /// Takes everything out.
    Clear,
}

impl Page for Cart {
    /// Shows it: only a press changes anything.
    async fn view(&self, cx: &Cx) -> Result<View, Failure> {
        if *self == Self::AskClear {
            return Ok(View::new(cx.texts.cart_ask_clear())
                .row([Key::to(cx.texts.key_cart_clear_yes(), Self::Clear)])
                .row([Key::to(cx.texts.key_cancel(), Self::Show)]));
        }
        Ok(shown(cx, &cx.peers.get_cart().await?, None))
    }

    async fn react(&self, cx: &Cx, input: Input<'_>) -> Result<Reaction, Failure> {
        if !matches!(input, Input::Press) {
            return Ok(Reaction::Show(self.view(cx).await?));
        }
        let peers = &cx.peers;
        let cart = match *self {
            Self::Show | Self::AskClear => return Ok(Reaction::Show(self.view(cx).await?)),
            Self::Add { add, item, page, shop_page } => {
                let cart = peers.add_to_cart(add, item).await?;
                let added = cart.lines.iter().find(|line| line.item == item);
                let toast = cx.texts.toast_cart_added(added.map_or(0, |line| line.quantity));
                // With a fresh id for the next press.
                let card = Item { item, page, shop_page }.view(cx).await?;
                return Ok(Reaction::ShowSaying(card, toast));
            }
            Self::Set { item, quantity } => peers.set_quantity(item, quantity.into()).await?,
            Self::Remove { item } => peers.remove_line(item).await?,
            Self::DropPromo { item } => peers.set_line_promo(item, None).await?,
            Self::Clear => peers.clear_cart().await?,
        };
        let view = shown(cx, &cart, None);
        let toast = match self {
            Self::Remove { .. } => cx.texts.toast_cart_removed(),
            Self::Clear => cx.texts.toast_cart_cleared(),
            _ => return Ok(Reaction::Show(view)),
        };
        Ok(Reaction::ShowSaying(view, toast))
    }
}

/// The cart, with what has just happened above it.
pub fn shown(cx: &Cx, cart: &carts::Cart, before: Option<Html>) -> View {
    let texts = cx.texts;
    if cart.lines.is_empty() {
        let text = texts.cart_empty();
        return View::new(before.map_or_else(|| text.clone(), |it| it.paragraph(text.clone())))
            .row([Key::to(texts.key_to_shop(), Shop { page: 0 }).primary()])
            .row([Key::to(texts.key_profile(), Profile), cx.home_key()]);
    }
    let title = texts.cart_title();
    let mut text = match before {
        Some(before) => before.paragraph(title),
        None => title,
    };
    for (line, number) in cart.lines.iter().zip(1_u32..) {
        text = text.paragraph(told(cx, line, number));
    }
    text = text.paragraph(sum(cx, cart));
    let mut view = View::new(text);
    for (line, number) in cart.lines.iter().zip(1_u32..) {
        view = view.row(keys(cx, line, number));
        let drop = line.promo.as_ref().map(|(_, code)| {
            let label = texts.key_cart_drop_promo(code);
            Key::to(label, Cart::DropPromo { item: line.item })
        });
        view = view.row(drop);
    }
    let check_out = texts.key_check_out(cx.format.money(cart.total));
    view.row([Key::to(check_out, Checkout).primary()]).row([
        Key::to(texts.key_cart_clear(), Cart::AskClear),
        Key::to(texts.key_to_shop(), Shop { page: 0 }),
        cx.home_key(),
    ])
}

/// What all of it costs.
pub fn sum(cx: &Cx, cart: &carts::Cart) -> Html {
    let total = cx.texts.cart_total(cx.format.money(cart.total));
    if cart.discount.minor == 0 {
        return total;
    }
    total.line(cx.texts.cart_saved(cx.format.money(cart.discount)))
}

/// One line in words, with what stands in its way.
pub fn told(cx: &Cx, line: &Line, number: u32) -> Html {
    let (texts, format) = (cx.texts, &cx.format);
    let mut text = texts.cart_line(number, &*shorten(&line.name, NAME_MAX));
    if line.is_gone {
        return text.line(texts.cart_line_gone());
    }
    let price = format.money(line.unit_price);
    let total = format.money(line.total);
    text = if line.discount.minor == 0 {
        text.line(texts.cart_line_price(price, line.quantity, total))
    } else {
        let before = cx.money(line.total.minor + line.discount.minor);
        let before = format.money(before);
        text.line(texts.cart_line_price_cut(price, line.quantity, before, total))
    };
    if let Some(left) = line.short() {
        text = text.line(short(cx, left));
    }
    match (&line.promo, &line.promo_problem) {
        (Some((_, code)), Some(problem)) => text.line(promo_problem(cx, code, problem)),
        (Some((_, code)), None) => text.line(texts.cart_line_promo(code)),
        (None, _) => text,
    }
}

/// So many are left.
pub fn short(cx: &Cx, left: u32) -> Html {
    if left == 0 { cx.texts.cart_line_sold_out() } else { cx.texts.cart_line_short(left.into()) }
}

/// Why a code does not count.
pub fn promo_problem(cx: &Cx, code: &str, problem: &str) -> Html {
    let why = failure_text::text(cx, &Failure::new(Kind::Conflict, problem));
    cx.texts.cart_line_promo_problem(code, &*why)
}

/// Fewer, the line itself, more, none.
fn keys(cx: &Cx, line: &Line, number: u32) -> [Key; 4] {
    let (texts, item) = (cx.texts, line.item);
    let set = |quantity: u32| {
        let quantity = u8::try_from(quantity.clamp(1, QUANTITY_MAX)).unwrap_or(1);
        Cart::Set { item, quantity }
    };
    let less = if line.quantity > 1 { set(line.quantity - 1) } else { Cart::Remove { item } };
    let card = Item { item, page: 0, shop_page: 0 };
    [
        Key::to(texts.key_cart_less(), less),
        Key::to(texts.key_cart_line(number, line.quantity), card),
        Key::to(texts.key_cart_more(), set(line.quantity + 1)),
        Key::to(texts.key_cart_remove(), Cart::Remove { item }),
    ]
}
