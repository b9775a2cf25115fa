//! The gateway's first look at an update: who, where and what kind, without reading the rest.

use std::borrow::Cow;
use std::fmt;

use serde::Deserialize;

use crate::borrowed;
use crate::malformed::{Malformed, checked_id, decode};
use crate::user::ChatKind;

/// What is needed to admit, limit and route an update.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head<'a> {
    /// Never negative. Rises by one per bot, and restarts anywhere after a quiet week.
    pub update_id: i64,
    pub kind: Kind,
    /// Who acted; absent in channels and in kinds this crate does not know.
    pub user: Option<Actor<'a>>,
    pub chat: Option<Place>,
    /// Present for [`Kind::CallbackQuery`] only.
    pub callback: Option<Press<'a>>,
    payment: bool,
}

/// Which of the optional keys the update carries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    Message,
    EditedMessage,
    CallbackQuery,
    PreCheckoutQuery,
    ShippingQuery,
    MyChatMember,
    PurchasedPaidMedia,
    Subscription,
    Other,
}

impl Kind {
    /// The key in the update; a bounded set, fit for a metric label.
    pub fn name(self) -> &'static str {
        match self {
            Self::Message => "message",
            Self::EditedMessage => "edited_message",
            Self::CallbackQuery => "callback_query",
            Self::PreCheckoutQuery => "pre_checkout_query",
            Self::ShippingQuery => "shipping_query",
            Self::MyChatMember => "my_chat_member",
            Self::PurchasedPaidMedia => "purchased_paid_media",
            Self::Subscription => "subscription",
            Self::Other => "other",
        }
    }
}

/// Who acted.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Actor<'a> {
    pub id: i64,
    #[serde(default)]
    pub is_bot: bool,
    /// IETF tag such as `pt-br`, as the user's app reports it.
    #[serde(default, borrow, deserialize_with = "borrowed::text")]
    pub language_code: Option<Cow<'a, str>>,
}

/// Where it happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub struct Place {
    pub id: i64,
    #[serde(rename = "type", default)]
    pub kind: ChatKind,
}

/// A pressed button: the query to answer, and its data, which a modified app can forge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Press<'a> {
    pub id: Cow<'a, str>,
    pub data: Option<Cow<'a, str>>,
}

/// Updates with the same key must be handled in the order they came, as Telegram delivers them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Queue {
    /// Messages and membership, by chat.
    Chat(i64),
    /// Presses, by user.
    Callbacks(i64),
    /// Pre-checkout and shipping queries, by user: they have ten seconds and wait for nobody else.
    Checkouts(i64),
    /// Anything else with a user.
    User(i64),
    /// No order with any other update; holds the update id.
    Alone(i64),
}

impl fmt::Display for Queue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Chat(id) => write!(f, "chat:{id}"),
            Self::Callbacks(id) => write!(f, "callbacks:{id}"),
            Self::Checkouts(id) => write!(f, "checkouts:{id}"),
            Self::User(id) => write!(f, "user:{id}"),
            Self::Alone(id) => write!(f, "alone:{id}"),
        }
    }
}

impl<'a> Head<'a> {
    /// Reads the head of one update. Unknown kinds and fields are fine; a body that is not an
    /// update is a [`Malformed`].
    pub fn parse(body: &'a [u8]) -> Result<Self, Malformed> {
        let wire: Wire<'a> = decode(body)?;
        let mut head = Self {
            update_id: checked_id(wire.update_id)?,
            kind: Kind::Other,
            user: None,
            chat: None,
            callback: None,
            payment: false,
        };
        if let Some(message) = wire.message {
            head.payment = message.successful_payment || message.refunded_payment;
            head.happened(Kind::Message, message.from, Some(message.chat));
        } else if let Some(press) = wire.callback_query {
            head.callback = Some(Press { id: press.id, data: press.data });
            let chat = press.message.map(|message| message.chat);
            head.happened(Kind::CallbackQuery, Some(press.from), chat);
        } else if let Some(query) = wire.pre_checkout_query {
            head.paid(Kind::PreCheckoutQuery, query.from);
        } else if let Some(query) = wire.shipping_query {
            head.paid(Kind::ShippingQuery, query.from);
        } else if let Some(subscription) = wire.subscription {
            head.paid(Kind::Subscription, subscription.user);
        } else if let Some(message) = wire.edited_message {
            head.happened(Kind::EditedMessage, message.from, Some(message.chat));
        } else if let Some(member) = wire.my_chat_member {
            head.happened(Kind::MyChatMember, member.from, Some(member.chat));
        } else if let Some(media) = wire.purchased_paid_media {
            head.happened(Kind::PurchasedPaidMedia, Some(media.from), None);
        }
        Ok(head)
    }

    pub fn user_id(&self) -> Option<i64> {
        self.user.as_ref().map(|user| user.id)
    }

    pub fn chat_id(&self) -> Option<i64> {
        self.chat.map(|chat| chat.id)
    }

    /// Whether money is involved: such an update is never shed by a rate limit. True for
    /// pre-checkout and shipping queries, successful and refunded payments, and subscription
    /// changes.
    pub fn is_payment(&self) -> bool {
        self.payment
    }

    pub fn queue(&self) -> Queue {
        let alone = Queue::Alone(self.update_id);
        match self.kind {
            Kind::Message | Kind::EditedMessage | Kind::MyChatMember => {
                self.chat_id().map_or(alone, Queue::Chat)
            }
            Kind::CallbackQuery => self.user_id().map_or(alone, Queue::Callbacks),
            Kind::PreCheckoutQuery | Kind::ShippingQuery => {
                self.user_id().map_or(alone, Queue::Checkouts)
            }
            Kind::PurchasedPaidMedia | Kind::Subscription | Kind::Other => {
                self.user_id().map_or(alone, Queue::User)
            }
        }
    }

    fn happened(&mut self, kind: Kind, user: Option<Actor<'a>>, chat: Option<Place>) {
        self.kind = kind;
        self.user = user;
        self.chat = chat;
    }

    fn paid(&mut self, kind: Kind, user: Actor<'a>) {
        self.payment = true;
        self.happened(kind, Some(user), None);
    }
}

#[derive(Deserialize)]
struct Wire<'a> {
    update_id: Option<i64>,
    #[serde(borrow)]
    message: Option<InChat<'a>>,
    edited_message: Option<InChat<'a>>,
    callback_query: Option<Pressed<'a>>,
    pre_checkout_query: Option<ByUser<'a>>,
    shipping_query: Option<ByUser<'a>>,
    my_chat_member: Option<InChat<'a>>,
    purchased_paid_media: Option<ByUser<'a>>,
    subscription: Option<Subscribed<'a>>,
}

#[derive(Deserialize)]
struct InChat<'a> {
    #[serde(borrow)]
    from: Option<Actor<'a>>,
    chat: Place,
    #[serde(default, deserialize_with = "borrowed::presence")]
    successful_payment: bool,
    #[serde(default, deserialize_with = "borrowed::presence")]
    refunded_payment: bool,
}

#[derive(Deserialize)]
struct Pressed<'a> {
    #[serde(borrow)]
    id: Cow<'a, str>,
    #[serde(borrow)]
    from: Actor<'a>,
    message: Option<PressedOn>,
    #[serde(default, borrow, deserialize_with = "borrowed::text")]
    data: Option<Cow<'a, str>>,
}

#[derive(Deserialize)]
struct PressedOn {
    chat: Place,
}

#[derive(Deserialize)]
struct ByUser<'a> {
    #[serde(borrow)]
    from: Actor<'a>,
}

#[derive(Deserialize)]
struct Subscribed<'a> {
    #[serde(borrow)]
    user: Actor<'a>,
}

#[cfg(test)]
mod tests;
