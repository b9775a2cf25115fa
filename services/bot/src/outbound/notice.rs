//! What a queued message says: stored as ids and amounts, put into words when it is sent.

use std::time::Duration;

use contract::failure::{Failure, Kind};
use jiff::Timestamp;
use kernel::ids::{BroadcastId, InvoiceId, ItemId, MessageId, OrderId, PersonId, PressId};
use kernel::money::Money;
use serde::{Deserialize, Serialize};
use telegram::Trouble;

use crate::html::Html;
use crate::outbound::{Stop, key, stopped};
use crate::peers::orders::{Order, OrderState};
use crate::screen::{Cx, Key, View};
use crate::screens::{
    AddStock, Item, Operations, Purchases, Screen, Shop, StaffTickets, Ticket, broadcast_over,
    receipt,
};
use crate::store::outbound::Message;

/// Goods go first.
const GOODS: i16 = 0;
/// Then what people should know.
const NEWS: i16 = 1;
/// Then what many get at once.
const BULK: i16 = 2;
/// The chat shows the goods itself within this time, unless something broke.
const GOODS_DELAY: Duration = Duration::from_secs(10);
/// A person who pressed “Check payment” sees the money there and then.
const PAID_DELAY: Duration = Duration::from_secs(2);

/// A message that comes by itself. Holds no secret: goods are read when they are sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "refs", rename_all = "snake_case")]
pub enum Notice {
    /// An order's goods, which the chat has not shown.
    Goods {
        /// The order.
        order: OrderId,
    },
    /// An order that a crash had interrupted was undone.
    Released {
        /// The order.
        order: OrderId,
    },
    /// A top-up has arrived.
    Paid {
        /// The invoice.
        invoice: InvoiceId,
        /// The movement; empty from a version that does not name it.
        transfer: String,
        /// What was credited.
        amount: Money,
        /// When it was credited.
        happened_at: Timestamp,
    },
    /// A purchase that waited for money did not come about.
    Stopped {
        /// The order that it would have become.
        order: OrderId,
        /// Why.
        why: Stop,
    },
    /// An inviter's share has arrived.
    Referral {
        /// The movement.
        transfer: String,
        /// What was credited.
        amount: Money,
    },
    /// Staff changed the balance.
    Adjusted {
        /// The movement.
        transfer: String,
        /// Signed.
        amount: Money,
    },
    /// For staff: a broadcast as others would get it.
    Preview {
        /// The broadcast.
        broadcast: BroadcastId,
        /// One wish to see it.
        preview: PressId,
    },
    /// For whoever sent a broadcast: it went to everybody.
    BroadcastOver {
        /// The broadcast.
        broadcast: BroadcastId,
    },
    /// Staff have written.
    TicketAnswered {
        /// What.
        message: MessageId,
    },
    /// For staff: a person has written, and it is their turn.
    TicketWritten {
        /// What.
        message: MessageId,
        /// Who.
        person: PersonId,
    },
    /// For staff: a person has waited for long.
    TicketWaits {
        /// Who.
        person: PersonId,
        /// Since when.
        since: Timestamp,
    },
    /// For the owner: a payment that matched nothing.
    Suspense {
        /// The case.
        case: String,
        /// Who seems to have paid.
        person: Option<PersonId>,
    },
    /// For the owner: an item runs low.
    LowStock {
        /// Which.
        item: ItemId,
        /// How many were left.
        left: u32,
        /// The threshold that was crossed.
        low_at: u32,
        /// The event: the next fall is another one.
        entry: String,
    },
    /// An item that a person waited for is back.
    Back {
        /// Which.
        item: ItemId,
        /// The bundle of fresh stock.
        restock: i64,
    },
    /// For the owner: the news channel does not take posts.
    ChannelTrouble {
        /// Its id or name.
        channel: String,
        /// What to do about it.
        hint: ChannelHint,
    },
}

/// Why a channel does not take posts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChannelHint {
    /// The bot was put out of it, or never was in.
    Forbidden,
    /// There is none with this id.
    NotFound,
    /// The bot is in it and may not post, or something else is wrong.
    Refused,
}

impl ChannelHint {
    /// What a refusal for good means for a channel.
    pub fn of(trouble: &Trouble) -> Self {
        match trouble {
            Trouble::ChatNotFound | Trouble::MigratedTo(_) => Self::NotFound,
            Trouble::BadRequest(words) if words.starts_with("Forbidden") => Self::Forbidden,
            trouble if trouble.is_unreachable() => Self::Forbidden,
            _ => Self::Refused,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Forbidden => "forbidden",
            Self::NotFound => "not_found",
            Self::Refused => "refused",
        }
    }
}

impl Notice {
    /// As a row for whom it is meant.
    pub fn row(&self, person: PersonId) -> Message {
        let (key, priority, delay) = match self {
            Self::Goods { order } => (key::goods(*order), GOODS, GOODS_DELAY),
            Self::Released { order } => (key::released(*order), NEWS, Duration::ZERO),
            Self::Paid { invoice, transfer, .. } if transfer.is_empty() => {
                (key::paid(*invoice), NEWS, PAID_DELAY)
            }
            Self::Paid { transfer, .. } => (key::paid_by(transfer), NEWS, PAID_DELAY),
            Self::Stopped { order, .. } => (key::stopped(*order), NEWS, PAID_DELAY),
            Self::Referral { transfer, .. } => (key::referral(transfer), NEWS, Duration::ZERO),
            Self::Adjusted { transfer, .. } => (key::adjusted(transfer), NEWS, Duration::ZERO),
            Self::Preview { preview, .. } => (key::preview(*preview), NEWS, Duration::ZERO),
            Self::BroadcastOver { broadcast } => {
                (key::broadcast_over(*broadcast), NEWS, Duration::ZERO)
            }
            Self::TicketAnswered { message } => {
                (key::ticket_answered(*message), NEWS, Duration::ZERO)
            }
            Self::TicketWritten { message, .. } => {
                (key::ticket_written(*message, person), NEWS, Duration::ZERO)
            }
            Self::TicketWaits { person: who, since } => {
                (key::ticket_waits(*who, *since, person), NEWS, Duration::ZERO)
            }
            Self::Suspense { case, .. } => (key::suspense(case), NEWS, Duration::ZERO),
            Self::LowStock { item, entry, .. } => {
                (key::low_stock(*item, entry), NEWS, Duration::ZERO)
            }
            Self::Back { restock, .. } => (key::back(*restock, person), BULK, Duration::ZERO),
            Self::ChannelTrouble { channel, hint } => {
                (key::channel(channel, hint.name()), NEWS, Duration::ZERO)
            }
        };
        let mut tagged =
            serde_json::to_value(self).expect("ids and amounts always serialise as an object");
        Message {
            key,
            person,
            kind: tagged["kind"].as_str().unwrap_or_default().to_owned(),
            refs: tagged["refs"].take(),
            priority,
            delay,
            traceparent: String::new(),
        }
    }

    /// The notice in a row.
    ///
    /// # Errors
    /// `bot.unreadable_notice` for what this version does not know.
    pub fn read(kind: &str, refs: serde_json::Value) -> Result<Self, Failure> {
        serde_json::from_value(serde_json::json!({ "kind": kind, "refs": refs }))
            .map_err(|error| Failure::new(Kind::Internal, "bot.unreadable_notice").because(error))
    }

    /// The key under which the chat itself may have shown the same, and since when it can have: “Check payment” knows
    /// the invoice and shows what has come by then; a payment that comes later is news.
    pub fn also_shown_as(&self) -> Option<(String, Timestamp)> {
        match self {
            Self::Paid { invoice, happened_at, .. } => Some((key::paid(*invoice), *happened_at)),
            _ => None,
        }
    }

    /// The message in words.
    ///
    /// # Errors
    /// What the services answered; `bot.order_open` while an order is not delivered yet.
    pub async fn view(&self, cx: &Cx) -> Result<View, Failure> {
        let (texts, format) = (cx.texts, &cx.format);
        let shop = Key::to(texts.key_to_shop(), Shop { page: 0 });
        let history = Key::to(texts.key_history(), Operations { page: 0 });
        Ok(match self {
            Self::Goods { order } => goods(cx, *order).await?,
            Self::Released { .. } => View::new(texts.notice_released()).row([shop, cx.home_key()]),
            Self::Paid { amount, .. } => {
                let balance = format.money(cx.peers.get_wallet().await?.available);
                View::new(texts.notice_paid(format.money(*amount), balance))
                    .row([shop, cx.home_key()])
            }
            Self::Stopped { order, why } => stopped::view(cx, *order, why).await?,
            Self::Referral { amount, .. } => {
                View::new(texts.notice_referral(format.money(*amount)))
                    .row([history, cx.home_key()])
            }
            Self::Adjusted { amount, .. } => {
                let size = format.money(Money::new(amount.minor.saturating_abs(), amount.currency));
                let text = if amount.minor < 0 {
                    texts.notice_taken(size)
                } else {
                    texts.notice_added(size)
                };
                View::new(text).row([history, cx.home_key()])
            }
            Self::Preview { broadcast, .. } => {
                cx.peers.get_broadcast(*broadcast).await?.content.view()
            }
            Self::BroadcastOver { broadcast } => {
                broadcast_over(cx, &cx.peers.get_broadcast(*broadcast).await?)
            }
            Self::TicketAnswered { .. } => Screen::from(Ticket::Show).view(cx).await?,
            Self::TicketWritten { person, .. } => {
                let name = cx.name_of(*person).await;
                tickets_notice(cx, cx.texts.notice_ticket_written(name), *person)
            }
            Self::TicketWaits { person, since } => {
                let name = cx.name_of(*person).await;
                let since = format.time(*since);
                tickets_notice(cx, cx.texts.notice_ticket_waits(name, since), *person)
            }
            Self::Suspense { case, person } => {
                let text = texts.notice_suspense(case);
                View::new(match person {
                    Some(person) => text.line(texts.notice_suspense_person(person.0)),
                    None => text,
                })
            }
            Self::LowStock { item, left, low_at, .. } => {
                let name = cx.peers.get_item(*item).await?.name;
                View::new(texts.notice_low(&name, format.count(*left), format.count(*low_at)))
                    .row([Key::to(texts.key_staff_add_stock(), AddStock { item: *item })])
            }
            Self::Back { item, .. } => back(cx, *item).await?,
            Self::ChannelTrouble { channel, hint } => View::new(match hint {
                ChannelHint::Forbidden => texts.notice_channel_forbidden(channel),
                ChannelHint::NotFound => texts.notice_channel_not_found(channel),
                ChannelHint::Refused => texts.notice_channel_refused(channel),
            }),
        })
    }
}

/// Leads one of staff to a conversation.
fn tickets_notice(cx: &Cx, text: Html, person: PersonId) -> View {
    View::new(text)
        .row([Key::to(cx.texts.key_ticket_open(), StaffTickets::Card { person }), cx.home_key()])
}

/// The item may be gone again by the time that this is read.
async fn back(cx: &Cx, item: ItemId) -> Result<View, Failure> {
    let item = cx.peers.get_item(item).await?;
    let card = Item { item: item.id, page: 0, shop_page: 0 };
    let text = if item.can_be_bought() {
        cx.texts.notice_back(&item.name)
    } else {
        cx.texts.notice_back_and_gone(&item.name)
    };
    Ok(View::new(text).row([Key::to(cx.texts.key_open_item(), card).primary(), cx.home_key()]))
}

async fn goods(cx: &Cx, order: OrderId) -> Result<View, Failure> {
    let order = cx.peers.get_order(order).await?;
    match order.state {
        OrderState::Delivered => {
            let view = receipt::view(cx, &order, cx.texts.notice_goods()).await?;
            Ok(view.row(receipt::review_key(cx, &order)).row([
                Key::to(cx.texts.key_purchases(), Purchases { page: 0 }),
                Key::to(cx.texts.key_to_shop(), Shop { page: 0 }),
            ]))
        }
        OrderState::Open => Err(Order::still_open()),
        OrderState::Released => Ok(cx.notice(cx.texts.order_undone())),
    }
}
