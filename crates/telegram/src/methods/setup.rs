//! Who the bot is, and the commands and menu its users see.

use serde::{Deserialize, Serialize};
use serde_json::json;

use super::chats::ChatId;
use crate::client::Client;
use crate::failure::ApiError;

/// The bot itself.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Me {
    pub id: i64,
    pub first_name: String,
    /// Without the `@`; every bot has one.
    pub username: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SetMyCommands {
    /// At most a hundred.
    pub commands: Vec<BotCommand>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scope: Option<CommandScope>,
    /// Two letters; absent, for every user without commands in a language of their own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language_code: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BotCommand {
    /// 1 to 32 of `a-z`, `0-9` and `_`, without the slash.
    pub command: String,
    /// 1 to 256 characters.
    pub description: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum CommandScope {
    Default,
    AllPrivateChats,
    AllGroupChats,
    AllChatAdministrators,
    Chat { chat_id: ChatId },
    ChatAdministrators { chat_id: ChatId },
    ChatMember { chat_id: ChatId, user_id: i64 },
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SetChatMenuButton {
    /// Absent, for every private chat without a button of its own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub chat_id: Option<i64>,
    pub menu_button: MenuButton,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum MenuButton {
    Default,
    Commands,
    WebApp { text: String, web_app: WebAppAddress },
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WebAppAddress {
    /// https.
    pub url: String,
}

impl Client {
    pub async fn get_me(&self) -> Result<Me, ApiError> {
        self.call("getMe", &json!({})).await
    }

    pub async fn set_my_commands(&self, commands: &SetMyCommands) -> Result<(), ApiError> {
        self.order("setMyCommands", commands).await
    }

    pub async fn set_chat_menu_button(&self, button: &SetChatMenuButton) -> Result<(), ApiError> {
        self.order("setChatMenuButton", button).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_and_menus_serialise_as_telegram_reads_them() {
        let commands = SetMyCommands {
            commands: vec![BotCommand { command: "start".into(), description: "Open".into() }],
            scope: Some(CommandScope::Chat { chat_id: 7.into() }),
            language_code: Some("ru".into()),
        };
        let expected = json!({
            "commands": [{"command": "start", "description": "Open"}],
            "scope": {"type": "chat", "chat_id": 7},
            "language_code": "ru",
        });
        assert_eq!(serde_json::to_value(commands).unwrap(), expected);
        let web_app = WebAppAddress { url: "https://shop.example/".into() };
        let menu_button = MenuButton::WebApp { text: "Shop".into(), web_app };
        let button = SetChatMenuButton { chat_id: None, menu_button };
        let expected = json!({"menu_button": {"type": "web_app", "text": "Shop",
            "web_app": {"url": "https://shop.example/"}}});
        assert_eq!(serde_json::to_value(button).unwrap(), expected);
    }
}
