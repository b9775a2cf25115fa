//! Looking up chats and who is in them.

use serde::{Deserialize, Serialize};

use crate::client::Client;
use crate::failure::ApiError;
use crate::member::ChatMember;
use crate::user::ChatKind;

/// A chat by its id, or a public one by its name.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
#[serde(untagged)]
pub enum ChatId {
    Id(i64),
    /// With its `@`.
    Username(String),
}

impl From<i64> for ChatId {
    fn from(id: i64) -> Self {
        Self::Id(id)
    }
}

impl From<&str> for ChatId {
    /// Reads an id or a name, with or without its `@`.
    fn from(chat: &str) -> Self {
        match chat.trim().parse() {
            Ok(id) => Self::Id(id),
            Err(_) => Self::Username(format!("@{}", chat.trim().trim_start_matches('@'))),
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct GetChat {
    pub chat_id: ChatId,
}

/// Telegram answers for other users only where the bot is an administrator.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct GetChatMember {
    pub chat_id: ChatId,
    pub user_id: i64,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct KnownChat {
    pub id: i64,
    #[serde(rename = "type", default)]
    pub kind: ChatKind,
    pub title: Option<String>,
    pub username: Option<String>,
    pub first_name: Option<String>,
    pub last_name: Option<String>,
    pub invite_link: Option<String>,
}

impl Client {
    pub async fn get_chat(&self, chat: &GetChat) -> Result<KnownChat, ApiError> {
        self.call("getChat", chat).await
    }

    /// [`crate::Trouble::UserNotFound`] means "not a member"; a failure that is not permanent means
    /// "not known", and is never to be taken for "not a member".
    pub async fn get_chat_member(&self, member: &GetChatMember) -> Result<ChatMember, ApiError> {
        self.call("getChatMember", member).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chats_are_read_from_settings_as_ids_or_names() {
        assert_eq!(ChatId::from(" -100777 "), ChatId::Id(-100_777));
        assert_eq!(ChatId::from("shop"), ChatId::Username("@shop".to_owned()));
        assert_eq!(ChatId::from("@shop"), ChatId::Username("@shop".to_owned()));
        let lookup = GetChatMember { chat_id: "@shop".into(), user_id: 7 };
        let json = serde_json::to_string(&lookup).unwrap();
        assert_eq!(json, r#"{"chat_id":"@shop","user_id":7}"#);
    }
}
