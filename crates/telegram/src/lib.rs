//! The Telegram Bot API: tolerant inbound updates and a thin outbound client.
//!
//! Inbound types borrow from the body they were read from and ignore what they do not know, because
//! Telegram adds fields every few months. [`Head`] is the gateway's first look; [`Update`] is the
//! whole of what a shop reads. Outbound, [`Client`] sends plain structs and sorts every failure
//! into a [`Trouble`]. Flood limits belong to whoever owns the queue of messages, not here.

mod borrowed;
mod client;
mod failure;
mod head;
pub mod html;
mod keyboard;
mod malformed;
pub mod markup;
mod member;
mod message;
mod methods;
mod payment;
mod trouble;
mod update;
mod user;

pub use client::{Client, ClientOptions, InvalidClient};
pub use failure::ApiError;
pub use head::{Actor, Head, Kind, Place, Press, Queue};
pub use keyboard::{
    BUTTONS_PER_ROW_MAX, CALLBACK_DATA_BYTES_MAX, COPY_TEXT_CHARS_MAX, CallbackPayload,
    InlineButton, InlineKeyboard, InvalidButton, Style,
};
pub use malformed::{DEPTH_MAX, Malformed};
pub use member::{ChatMember, MemberStatus, MyChatMember};
pub use message::{CallbackQuery, Document, Entity, Message, Origin, PhotoSize};
pub use methods::chats::{ChatId, GetChat, GetChatMember, KnownChat};
pub use methods::files::{DocumentSource, EditMessageMedia, File, SendDocument, SendPhoto};
pub use methods::invoices::{
    AnswerPreCheckoutQuery, CreateInvoiceLink, GetStarTransactions, Invoice, Price,
    RefundStarPayment, STARS, SendInvoice, StarPartner, StarTransaction,
};
pub use methods::messages::{
    AnswerCallbackQuery, ChatAction, DeleteMessage, EditMessageReplyMarkup, EditMessageText,
    LinkPreview, ParseMode, SendChatAction, SendMessage, Sent, SentFile,
};
pub use methods::setup::{
    BotCommand, CommandScope, Me, MenuButton, SetChatMenuButton, SetMyCommands, WebAppAddress,
};
pub use methods::updates::{
    ALLOWED_UPDATES, DeleteWebhook, GetUpdates, SECRET_HEADER, SetWebhook, WebhookStatus,
};
pub use payment::{
    PaidMedia, PreCheckoutQuery, RefundedPayment, ShippingQuery, Subscription, SubscriptionState,
    SuccessfulPayment,
};
pub use trouble::Trouble;
pub use update::{Content, Update};
pub use user::{Chat, ChatKind, NAME_CHARS_MAX, User};
