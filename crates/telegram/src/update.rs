//! One update, whole: everything a shop reads, borrowed from the body.

use serde::Deserialize;

use crate::malformed::{Malformed, checked_id, decode};
use crate::member::MyChatMember;
use crate::message::{CallbackQuery, Message};
use crate::payment::{PaidMedia, PreCheckoutQuery, ShippingQuery, Subscription};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Update<'a> {
    pub update_id: i64,
    pub content: Content<'a>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content<'a> {
    Message(Box<Message<'a>>),
    EditedMessage(Box<Message<'a>>),
    CallbackQuery(Box<CallbackQuery<'a>>),
    PreCheckoutQuery(Box<PreCheckoutQuery<'a>>),
    ShippingQuery(Box<ShippingQuery<'a>>),
    MyChatMember(Box<MyChatMember<'a>>),
    PurchasedPaidMedia(Box<PaidMedia<'a>>),
    Subscription(Box<Subscription<'a>>),
    /// A kind a shop has no use for, or one that is newer than this crate.
    Other,
}

impl<'a> Update<'a> {
    /// Reads one update. Unknown kinds and fields are fine; a body that is not an update, or a
    /// field a shop relies on that has another type, is a [`Malformed`].
    pub fn parse(body: &'a [u8]) -> Result<Self, Malformed> {
        let mut wire: Wire<'a> = decode(body)?;
        Ok(Self { update_id: checked_id(wire.update_id)?, content: wire.content() })
    }
}

#[derive(Deserialize)]
struct Wire<'a> {
    update_id: Option<i64>,
    #[serde(borrow)]
    message: Option<Box<Message<'a>>>,
    #[serde(borrow)]
    edited_message: Option<Box<Message<'a>>>,
    #[serde(borrow)]
    callback_query: Option<Box<CallbackQuery<'a>>>,
    #[serde(borrow)]
    pre_checkout_query: Option<Box<PreCheckoutQuery<'a>>>,
    #[serde(borrow)]
    shipping_query: Option<Box<ShippingQuery<'a>>>,
    #[serde(borrow)]
    my_chat_member: Option<Box<MyChatMember<'a>>>,
    #[serde(borrow)]
    purchased_paid_media: Option<Box<PaidMedia<'a>>>,
    #[serde(borrow)]
    subscription: Option<Box<Subscription<'a>>>,
}

impl<'a> Wire<'a> {
    /// In the order of [`crate::Head::parse`], so that both name the same kind.
    fn content(&mut self) -> Content<'a> {
        let message = self.message.take().map(Content::Message);
        message
            .or_else(|| self.callback_query.take().map(Content::CallbackQuery))
            .or_else(|| self.pre_checkout_query.take().map(Content::PreCheckoutQuery))
            .or_else(|| self.shipping_query.take().map(Content::ShippingQuery))
            .or_else(|| self.subscription.take().map(Content::Subscription))
            .or_else(|| self.edited_message.take().map(Content::EditedMessage))
            .or_else(|| self.my_chat_member.take().map(Content::MyChatMember))
            .or_else(|| self.purchased_paid_media.take().map(Content::PurchasedPaidMedia))
            .unwrap_or(Content::Other)
    }
}

#[cfg(test)]
mod tests;
