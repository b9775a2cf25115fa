//! The balance does not reach: how much is missing, and the shortest way to it, at whose end the purchase finishes by
//! itself.

use kernel::money::Money;

use crate::html::Html;
use crate::peers::invoices::Methods as Offer;
use crate::screen::{Cx, Key, View};
use crate::screens::{BuyOn, Item, Methods, Screen, TopUp};

/// What is wanted, and what is there.
#[derive(Debug, Clone, Copy)]
pub struct Gap {
    /// What it costs.
    pub total: Money,
    /// What may be spent.
    pub available: Money,
}

impl Gap {
    /// What is missing, at least the least that money can be.
    pub fn missing(self) -> Money {
        let missing = self.total.minor.saturating_sub(self.available.minor).max(1);
        Money::new(missing, self.total.currency)
    }

    /// What to top up: exactly what is missing, or the nearest that can be topped up.
    pub fn to_top_up(self, offer: &Offer) -> Money {
        let missing = self.missing();
        Money::new(missing.minor.max(offer.min.minor).min(offer.max.minor), missing.currency)
    }
}

/// Says how much is missing and offers to top up exactly that and to finish the purchase.
pub async fn view(cx: &Cx, gap: Gap, back: impl Into<Screen>, go_on: BuyOn) -> View {
    let texts = cx.texts;
    let missing = cx.format.money(gap.missing());
    let (total, available) = (cx.format.money(gap.total), cx.format.money(gap.available));
    let text = texts.no_money(total, available, &missing);
    let last = [Key::to(texts.key_top_up(), TopUp), Key::to(texts.key_back(), back)];
    let offer = match cx.peers.list_methods().await {
        Ok(offer) if cx.intents.are_on() && !offer.methods.is_empty() => offer,
        // Without the bounds nothing exact can be promised; the usual way is still there.
        _ => {
            let top_up = Methods { amount_minor: gap.missing().minor };
            let label = texts.key_top_up_missing(missing);
            let text = text.paragraph(texts.no_money_come_back());
            return View::new(text).row([Key::to(label, top_up).primary()]).row(last);
        }
    };
    let amount = cx.format.money(gap.to_top_up(&offer));
    let text = text.paragraph(bounds(cx, gap, &offer)).paragraph(texts.no_money_buy_on());
    View::new(text).row([Key::to(texts.key_buy_on(amount), go_on).primary()]).row(last)
}

/// What is said where exactly what is missing cannot be topped up; nothing otherwise.
pub fn bounds(cx: &Cx, gap: Gap, offer: &Offer) -> Html {
    let missing = gap.missing().minor;
    if missing < offer.min.minor {
        cx.texts.no_money_least(cx.format.money(offer.min))
    } else if missing > offer.max.minor {
        cx.texts.no_money_most(cx.format.money(offer.max))
    } else {
        Html::default()
    }
}

/// The same where the sums are not known.
pub fn brief(cx: &Cx, back: Item) -> View {
    View::new(cx.texts.no_money_brief())
        .row([Key::to(cx.texts.key_top_up(), TopUp).primary()])
        .row([Key::to(cx.texts.key_to_item(), back)])
}
