//! An update: its kind, its queue, how long it lives, and its bytes.

use std::time::Instant;

use axum::body::Bytes;
use serde::{Deserialize, Serialize};

use super::options::Deadlines;

/// The kinds of update that are emulated. Payments travel in messages, but faults tell them apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UpdateKind {
    Message,
    SuccessfulPayment,
    RefundedPayment,
    EditedMessage,
    CallbackQuery,
    PreCheckoutQuery,
    MyChatMember,
    ChatMember,
}

impl UpdateKind {
    /// The field of the update that carries it.
    pub fn field(self) -> &'static str {
        match self {
            Self::Message | Self::SuccessfulPayment | Self::RefundedPayment => "message",
            Self::EditedMessage => "edited_message",
            Self::CallbackQuery => "callback_query",
            Self::PreCheckoutQuery => "pre_checkout_query",
            Self::MyChatMember => "my_chat_member",
            Self::ChatMember => "chat_member",
        }
    }

    fn lane(self) -> Lane {
        match self {
            Self::CallbackQuery => Lane::Callbacks,
            Self::PreCheckoutQuery => Lane::Payments,
            Self::MyChatMember | Self::ChatMember => Lane::Membership,
            _ => Lane::Messages,
        }
    }

    pub(crate) fn lifetime(self, deadlines: &Deadlines) -> std::time::Duration {
        match self {
            Self::CallbackQuery | Self::PreCheckoutQuery => deadlines.query,
            _ => deadlines.message,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Lane {
    Messages,
    Callbacks,
    Payments,
    Membership,
}

/// Updates of one queue are delivered strictly one after the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Queue {
    /// The chat of messages, the person of queries.
    pub(crate) subject: i64,
    lane: Lane,
}

impl Queue {
    pub(crate) fn of(kind: UpdateKind, subject: i64) -> Self {
        Self { subject, lane: kind.lane() }
    }
}

#[derive(Debug, Clone)]
pub(crate) struct Update {
    pub(crate) id: i64,
    pub(crate) kind: UpdateKind,
    pub(crate) queue: Queue,
    pub(crate) expires_at: Instant,
    /// The whole update as JSON.
    pub(crate) body: Bytes,
}
