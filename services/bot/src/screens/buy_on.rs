//! The press after which a purchase finishes by itself once the money is there, and the press that takes it back.

use contract::convert;
use contract::failure::Failure;
use kernel::ids::{ItemId, OrderId};
use serde::{Deserialize, Serialize};
use telegram::html::shorten;

use crate::html::Html;
use crate::intents::{Intent, Opened};
use crate::operations::intents::State;
use crate::peers::carts::Seen;
use crate::peers::invoices::Methods as Offer;
use crate::screen::{Cx, Input, Key, Page, Reaction, View};
use crate::screens::agreed::{Agreed, Source};
use crate::screens::no_money::Gap;
use crate::screens::{Cart, Confirm, Home, Profile, Purchase, agreed, methods, no_money};

/// Names are cut so that what is said around them fits.
const NAME_MAX: usize = 100;

/// What a button does with a purchase that is too dear for the balance.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum BuyOn {
    /// So many of an item go on by themselves.
    Item {
        /// Made when the offer was shown.
        order: OrderId,
        /// What is bought.
        item: ItemId,
        /// The price of one on the screen, in the shop's currency.
        price_minor: i64,
        /// How many.
        quantity: u8,
    },
    /// A cart, or an item with a code, does; what was agreed to is kept beside the offer.
    Agreed {
        /// Made when the offer was shown.
        order: OrderId,
    },
    /// It does not after all.
    Cancel {
        /// Which.
        order: OrderId,
    },
}

impl Page for BuyOn {
    /// Asks again: a press agrees, being shown never does.
    async fn view(&self, cx: &Cx) -> Result<View, Failure> {
        match *self {
            Self::Item { item, quantity, .. } => {
                Confirm { item, page: 0, shop_page: 0, quantity }.view(cx).await
            }
            Self::Agreed { order } => match kept(cx, order).await? {
                Some(agreed) => agreed::ask_again(cx, &agreed, None).await,
                None => Cart::Show.view(cx).await,
            },
            Self::Cancel { .. } => Profile.view(cx).await,
        }
    }

    fn moves_money(&self) -> bool {
        !matches!(self, Self::Cancel { .. })
    }

    async fn react(&self, cx: &Cx, input: Input<'_>) -> Result<Reaction, Failure> {
        if !matches!(input, Input::Press) {
            return Ok(Reaction::Show(self.view(cx).await?));
        }
        match *self {
            Self::Item { order, item, price_minor, quantity } => {
                let listed = cx.peers.get_item(item).await?;
                if listed.price.minor != price_minor {
                    // Nothing is agreed to that was not seen.
                    return Ok(Reaction::Show(self.view(cx).await?));
                }
                let quantity = u32::from(quantity.max(1));
                let total = listed.price.times(quantity);
                let total = total.map_err(|why| convert::invalid("quantity", why))?;
                let line = Seen {
                    item,
                    name: listed.name,
                    quantity,
                    unit_price: listed.price,
                    promo: None,
                    discount: cx.money(0),
                };
                let lines = vec![line];
                agree(cx, Agreed { order, source: Source::Card, lines, total }).await
            }
            Self::Agreed { order } => match kept(cx, order).await? {
                Some(agreed) => agree(cx, agreed).await,
                None => {
                    let cart = Cart::Show.view(cx).await?;
                    Ok(Reaction::ShowSaying(cart, cx.texts.toast_ask_again()))
                }
            },
            Self::Cancel { order } => cancel(cx, order).await,
        }
    }
}

/// What was agreed to: beside the question, or with the purchase that waits.
async fn kept(cx: &Cx, order: OrderId) -> Result<Option<Agreed>, Failure> {
    let draft = cx.draft().await.filter(|agreed: &Agreed| agreed.order == order);
    if draft.is_some() {
        return Ok(draft);
    }
    Ok(cx.intents.find(cx.person.id, order).await?.map(|intent| intent.agreed))
}

async fn agree(cx: &Cx, agreed: Agreed) -> Result<Reaction, Failure> {
    let offer = cx.peers.list_methods().await?;
    if offer.methods.is_empty() || !cx.intents.are_on() {
        return Ok(Reaction::Alert(cx.texts.alert_no_methods()));
    }
    let intent = match cx.intents.open(cx.person.id, &agreed).await? {
        Opened::This(intent) => intent,
        Opened::Busy => return Ok(Reaction::Alert(cx.texts.alert_buy_on_busy())),
    };
    match intent.state {
        State::Waiting => {}
        State::Claimed => return Ok(Reaction::Alert(cx.texts.alert_buy_on_busy())),
        State::Bought => return Ok(Reaction::Go(Purchase { order: agreed.order, page: 0 }.into())),
        State::Stopped | State::Cancelled | State::Replaced | State::Expired => {
            let view = agreed::as_it_is_now(cx, &agreed).await?;
            return Ok(Reaction::ShowSaying(view, cx.texts.toast_ask_again()));
        }
    }
    // Only now: what came before it waits here wakes nobody.
    let available = cx.peers.get_wallet().await?.available;
    if available.minor >= agreed.total.minor {
        return Ok(if cx.intents.cancel(cx.person.id, agreed.order).await? {
            Reaction::Show(agreed::as_it_is_now(cx, &agreed).await?)
        } else {
            Reaction::Alert(cx.texts.alert_buy_on_busy())
        });
    }
    let gap = Gap { total: agreed.total, available };
    Ok(Reaction::Show(waiting(cx, &intent, gap, offer)))
}

/// It waits: how to pay, what happens then, and the way back.
pub fn waiting(cx: &Cx, intent: &Intent, gap: Gap, offer: Offer) -> View {
    let amount = gap.to_top_up(&offer);
    let text = cx
        .texts
        .methods_title(cx.format.money(amount))
        .paragraph(no_money::bounds(cx, gap, &offer))
        .paragraph(promised(cx, intent));
    let cancel = Key::to(cx.texts.key_buy_on_cancel(), back_out(intent));
    View::new(text).list(methods::keys(cx, offer, amount)).row([cancel]).row([cx.home_key()])
}

/// What happens when the money is there.
pub fn promised(cx: &Cx, intent: &Intent) -> Html {
    let price = cx.format.money(intent.agreed.total);
    let until = cx.format.time(intent.expires_at);
    match (intent.agreed.source, intent.agreed.lines.as_slice()) {
        (Source::Card, [line]) => {
            cx.texts.buy_on_promised(&*shorten(&line.name, NAME_MAX), price, until)
        }
        _ => cx.texts.buy_on_promised_cart(price, until),
    }
}

/// The press that takes it back.
pub fn back_out(intent: &Intent) -> BuyOn {
    BuyOn::Cancel { order: intent.agreed.order }
}

async fn cancel(cx: &Cx, order: OrderId) -> Result<Reaction, Failure> {
    let is_cancelled = cx.intents.cancel(cx.person.id, order).await?;
    let found = if is_cancelled { None } else { cx.intents.find(cx.person.id, order).await? };
    match found.map(|intent| intent.state) {
        Some(State::Claimed) => Ok(Reaction::Alert(cx.texts.alert_buy_on_busy())),
        Some(State::Bought) => Ok(Reaction::Go(Purchase { order, page: 0 }.into())),
        _ => {
            let home = Home.view(cx).await?;
            Ok(Reaction::ShowSaying(home, cx.texts.toast_buy_on_cancelled()))
        }
    }
}
