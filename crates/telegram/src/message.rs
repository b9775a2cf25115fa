//! Messages and pressed buttons.

use std::borrow::Cow;

use serde::{Deserialize, Deserializer};

use crate::borrowed;
use crate::payment::{RefundedPayment, SuccessfulPayment};
use crate::user::{Chat, User};

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Message<'a> {
    pub message_id: i64,
    /// Absent in channels.
    #[serde(borrow)]
    pub from: Option<User<'a>>,
    #[serde(borrow)]
    pub chat: Chat<'a>,
    /// Unix seconds; zero marks a message the bot may no longer read.
    #[serde(default)]
    pub date: i64,
    /// Unix seconds of the last edit.
    pub edit_date: Option<i64>,
    #[serde(default, borrow, deserialize_with = "borrowed::text")]
    pub text: Option<Cow<'a, str>>,
    #[serde(default, borrow)]
    pub entities: Vec<Entity<'a>>,
    #[serde(default, borrow, deserialize_with = "borrowed::text")]
    pub caption: Option<Cow<'a, str>>,
    #[serde(default, borrow)]
    pub caption_entities: Vec<Entity<'a>>,
    #[serde(borrow)]
    pub document: Option<Document<'a>>,
    /// Sizes of one picture, smallest first; empty when there is none.
    #[serde(default, borrow)]
    pub photo: Vec<PhotoSize<'a>>,
    #[serde(borrow)]
    pub successful_payment: Option<SuccessfulPayment<'a>>,
    #[serde(borrow)]
    pub refunded_payment: Option<RefundedPayment<'a>>,
    #[serde(default, rename = "forward_origin", deserialize_with = "borrowed::presence")]
    pub is_forwarded: bool,
    #[serde(default, rename = "via_bot", deserialize_with = "borrowed::presence")]
    pub is_via_bot: bool,
}

impl Message<'_> {
    /// Since when it has shown what it shows now, in Unix seconds. An edited message keeps its old date.
    pub fn shown_since(&self) -> i64 {
        self.edit_date.unwrap_or_default().max(self.date)
    }

    /// The command and its argument: `/start@shop_bot ref_77` is `("start", "ref_77")`. The
    /// argument is trimmed and may be empty; the bot's name after `@` is dropped unread.
    pub fn command(&self) -> Option<(&str, &str)> {
        let text = self.text.as_deref()?.strip_prefix('/')?;
        let (word, argument) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
        let name = word.split_once('@').map_or(word, |(name, _)| name);
        let is_name = |c: char| c.is_ascii_alphanumeric() || c == '_';
        (!name.is_empty() && name.chars().all(is_name)).then(|| (name, argument.trim()))
    }
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
pub struct Entity<'a> {
    #[serde(rename = "type", borrow)]
    pub kind: Cow<'a, str>,
    /// In UTF-16 code units, as is `length`.
    pub offset: u32,
    pub length: u32,
    /// Of a `text_link`.
    #[serde(default, borrow, deserialize_with = "borrowed::text")]
    pub url: Option<Cow<'a, str>>,
    /// Of a `text_mention`: somebody without a username.
    #[serde(default, borrow)]
    pub user: Option<User<'a>>,
    /// Of a `custom_emoji`.
    #[serde(default, borrow, deserialize_with = "borrowed::text")]
    pub custom_emoji_id: Option<Cow<'a, str>>,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Document<'a> {
    #[serde(borrow)]
    pub file_id: Cow<'a, str>,
    #[serde(default, borrow, deserialize_with = "borrowed::text")]
    pub file_name: Option<Cow<'a, str>>,
    #[serde(default, borrow, deserialize_with = "borrowed::text")]
    pub mime_type: Option<Cow<'a, str>>,
    /// Bytes, as the sender claims.
    pub file_size: Option<u64>,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct PhotoSize<'a> {
    #[serde(borrow)]
    pub file_id: Cow<'a, str>,
    #[serde(default)]
    pub width: u32,
    #[serde(default)]
    pub height: u32,
    pub file_size: Option<u64>,
}

/// A pressed button. `data` is under the user's control: authorise what it asks for.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct CallbackQuery<'a> {
    #[serde(borrow)]
    pub id: Cow<'a, str>,
    #[serde(borrow)]
    pub from: User<'a>,
    #[serde(default, borrow)]
    pub message: Origin<'a>,
    #[serde(default, borrow, deserialize_with = "borrowed::text")]
    pub data: Option<Cow<'a, str>>,
}

/// The message a button was pressed on.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Origin<'a> {
    Message(Box<Message<'a>>),
    /// Too old to read or to edit; its id may still be deleted or replied to.
    Inaccessible {
        chat: Chat<'a>,
        message_id: i64,
    },
    /// Sent through inline mode.
    #[default]
    Absent,
}

impl<'a> Origin<'a> {
    pub fn chat(&self) -> Option<&Chat<'a>> {
        match self {
            Self::Message(message) => Some(&message.chat),
            Self::Inaccessible { chat, .. } => Some(chat),
            Self::Absent => None,
        }
    }

    pub fn message_id(&self) -> Option<i64> {
        match self {
            Self::Message(message) => Some(message.message_id),
            Self::Inaccessible { message_id, .. } => Some(*message_id),
            Self::Absent => None,
        }
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Origin<'a> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        Ok(match Option::<Message<'a>>::deserialize(from)? {
            None => Self::Absent,
            Some(Message { date: 0, chat, message_id, .. }) => {
                Self::Inaccessible { chat, message_id }
            }
            Some(message) => Self::Message(Box::new(message)),
        })
    }
}
