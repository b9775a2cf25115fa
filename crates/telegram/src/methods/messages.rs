//! Sending, editing and deleting messages, and answering pressed buttons.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::is_false;
use crate::client::Client;
use crate::failure::ApiError;
use crate::html::{NOTICE_UNITS_MAX, shorten, utf16_len};
use crate::keyboard::InlineKeyboard;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum ParseMode {
    #[serde(rename = "HTML")]
    Html,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct LinkPreview {
    pub is_disabled: bool,
}

/// Telegram has no idempotency key: after [`crate::Trouble::Unknown`], a repeat may send twice.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct SendMessage {
    pub chat_id: i64,
    /// At most [`crate::html::MESSAGE_UNITS_MAX`] once its tags are parsed away.
    pub text: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parse_mode: Option<ParseMode>,
    #[serde(rename = "link_preview_options", skip_serializing_if = "Option::is_none")]
    pub link_preview: Option<LinkPreview>,
    #[serde(rename = "disable_notification", skip_serializing_if = "is_false")]
    pub is_silent: bool,
    /// Forwarding and saving are forbidden.
    #[serde(rename = "protect_content", skip_serializing_if = "is_false")]
    pub is_protected: bool,
    #[serde(rename = "reply_markup", skip_serializing_if = "Option::is_none")]
    pub keyboard: Option<InlineKeyboard>,
}

impl SendMessage {
    /// Text with tags; without link previews, which a shop never wants.
    pub fn html(chat_id: i64, text: impl Into<String>) -> Self {
        Self { parse_mode: Some(ParseMode::Html), ..Self::plain(chat_id, text) }
    }

    /// Text as it is; without link previews.
    pub fn plain(chat_id: i64, text: impl Into<String>) -> Self {
        Self {
            chat_id,
            text: text.into(),
            parse_mode: None,
            link_preview: Some(LinkPreview { is_disabled: true }),
            is_silent: false,
            is_protected: false,
            keyboard: None,
        }
    }

    #[must_use]
    pub fn keyboard(mut self, keyboard: InlineKeyboard) -> Self {
        self.keyboard = (!keyboard.is_empty()).then_some(keyboard);
        self
    }

    #[must_use]
    pub fn silent(self) -> Self {
        Self { is_silent: true, ..self }
    }

    #[must_use]
    pub fn protected(self) -> Self {
        Self { is_protected: true, ..self }
    }

    /// The same text and keyboard, put in place of a message that is already there.
    pub fn into_edit(self, message_id: i64) -> EditMessageText {
        EditMessageText {
            chat_id: self.chat_id,
            message_id,
            text: self.text,
            parse_mode: self.parse_mode,
            link_preview: self.link_preview,
            keyboard: self.keyboard,
        }
    }
}

impl fmt::Debug for SendMessage {
    /// Without the text, which may be the goods.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SendMessage")
            .field("chat_id", &self.chat_id)
            .field("units", &utf16_len(&self.text))
            .finish_non_exhaustive()
    }
}

/// Made with [`SendMessage::into_edit`], so that a screen is composed once and sent or edited.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct EditMessageText {
    pub chat_id: i64,
    pub message_id: i64,
    pub text: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parse_mode: Option<ParseMode>,
    #[serde(rename = "link_preview_options", skip_serializing_if = "Option::is_none")]
    pub link_preview: Option<LinkPreview>,
    /// Absent or empty removes the keyboard there is.
    #[serde(rename = "reply_markup", skip_serializing_if = "Option::is_none")]
    pub keyboard: Option<InlineKeyboard>,
}

impl fmt::Debug for EditMessageText {
    /// Without the text, which may be the goods.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EditMessageText")
            .field("chat_id", &self.chat_id)
            .field("message_id", &self.message_id)
            .field("units", &utf16_len(&self.text))
            .finish_non_exhaustive()
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct EditMessageReplyMarkup {
    pub chat_id: i64,
    pub message_id: i64,
    /// Absent or empty removes the keyboard there is.
    #[serde(rename = "reply_markup", skip_serializing_if = "Option::is_none")]
    pub keyboard: Option<InlineKeyboard>,
}

/// Works for 48 hours; later it is [`crate::Trouble::MessageGone`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct DeleteMessage {
    pub chat_id: i64,
    pub message_id: i64,
}

/// Ends the spinner on a pressed button; every press needs one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AnswerCallbackQuery {
    pub callback_query_id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// As a dialog to be closed, and not as a passing notice.
    #[serde(rename = "show_alert", skip_serializing_if = "is_false")]
    pub is_alert: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
}

impl AnswerCallbackQuery {
    pub fn silent(callback_query_id: impl Into<String>) -> Self {
        let callback_query_id = callback_query_id.into();
        Self { callback_query_id, text: None, is_alert: false, url: None }
    }

    /// A passing notice over the chat; plain text, cut to 200 units.
    pub fn notice(callback_query_id: impl Into<String>, text: &str) -> Self {
        let text = Some(shorten(text, NOTICE_UNITS_MAX).into_owned());
        Self { text, ..Self::silent(callback_query_id) }
    }

    /// A dialog the user has to close; plain text, cut to 200 units.
    pub fn alert(callback_query_id: impl Into<String>, text: &str) -> Self {
        Self { is_alert: true, ..Self::notice(callback_query_id, text) }
    }
}

/// Shown for at most five seconds, or until a message arrives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct SendChatAction {
    pub chat_id: i64,
    pub action: ChatAction,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ChatAction {
    Typing,
    UploadPhoto,
    UploadDocument,
}

/// A message as Telegram confirms it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Sent {
    pub message_id: i64,
    /// Unix seconds.
    #[serde(default)]
    pub date: i64,
    pub document: Option<SentFile>,
    /// Sizes of one picture, smallest first.
    #[serde(default)]
    pub photo: Vec<SentFile>,
}

impl Sent {
    /// What was uploaded, to be sent again without its bytes.
    pub fn file_id(&self) -> Option<&str> {
        self.document.as_ref().or(self.photo.last()).map(|file| file.file_id.as_str())
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct SentFile {
    pub file_id: String,
}

impl Client {
    pub async fn send_message(&self, message: &SendMessage) -> Result<Sent, ApiError> {
        self.call("sendMessage", message).await
    }

    pub async fn edit_message_text(&self, edit: &EditMessageText) -> Result<Sent, ApiError> {
        self.call("editMessageText", edit).await
    }

    pub async fn edit_message_reply_markup(
        &self,
        edit: &EditMessageReplyMarkup,
    ) -> Result<Sent, ApiError> {
        self.call("editMessageReplyMarkup", edit).await
    }

    pub async fn delete_message(&self, message: &DeleteMessage) -> Result<(), ApiError> {
        self.order("deleteMessage", message).await
    }

    pub async fn answer_callback_query(
        &self,
        answer: &AnswerCallbackQuery,
    ) -> Result<(), ApiError> {
        self.order("answerCallbackQuery", answer).await
    }

    pub async fn send_chat_action(&self, action: &SendChatAction) -> Result<(), ApiError> {
        self.order("sendChatAction", action).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_screen_is_composed_once_and_sent_or_edited() {
        let message = SendMessage::html(7, "<b>Shop</b>").keyboard(InlineKeyboard::new());
        assert_eq!(message.keyboard, None);
        let edit = serde_json::to_value(message.into_edit(43)).unwrap();
        let expected = serde_json::json!({"chat_id": 7, "message_id": 43, "text": "<b>Shop</b>",
            "parse_mode": "HTML", "link_preview_options": {"is_disabled": true}});
        assert_eq!(edit, expected);
    }

    #[test]
    fn what_is_delivered_is_not_shown_in_logs() {
        let message = SendMessage::plain(7, "key-1234").silent().protected();
        assert!(!format!("{message:?} {:?}", message.clone().into_edit(4)).contains("key-1234"));
    }
}
