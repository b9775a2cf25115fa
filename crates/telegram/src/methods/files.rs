//! Documents and pictures out, files in.

use std::fmt;

use bytes::Bytes;
use reqwest::Body;
use reqwest::multipart::{Form, Part};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::messages::{ParseMode, Sent};
use crate::client::Client;
use crate::failure::ApiError;
use crate::keyboard::InlineKeyboard;
use crate::trouble::Trouble;

const FILE_NAME_CHARS_MAX: usize = 100;

#[derive(Clone, PartialEq, Eq)]
pub struct SendDocument {
    pub chat_id: i64,
    pub document: DocumentSource,
    pub caption: Option<String>,
    pub parse_mode: Option<ParseMode>,
    /// Forwarding and saving are forbidden.
    pub is_protected: bool,
    pub keyboard: Option<InlineKeyboard>,
}

#[derive(Clone, PartialEq, Eq)]
pub enum DocumentSource {
    /// At most 50 MB on Telegram's own servers. Only ASCII letters, digits, `.`, `-` and `_` of the
    /// name are kept, because Telegram does not read the encoding of others.
    Upload { file_name: String, bytes: Bytes },
    /// The `file_id` of what was sent before, or an address for Telegram to fetch.
    Known(String),
}

impl SendDocument {
    pub fn new(chat_id: i64, document: DocumentSource) -> Self {
        Self {
            chat_id,
            document,
            caption: None,
            parse_mode: None,
            is_protected: false,
            keyboard: None,
        }
    }

    /// A caption with tags, at most [`crate::html::CAPTION_UNITS_MAX`] once they are parsed away.
    #[must_use]
    pub fn caption(mut self, html: impl Into<String>) -> Self {
        self.caption = Some(html.into());
        self.parse_mode = Some(ParseMode::Html);
        self
    }

    #[must_use]
    pub fn keyboard(mut self, keyboard: InlineKeyboard) -> Self {
        self.keyboard = (!keyboard.is_empty()).then_some(keyboard);
        self
    }

    #[must_use]
    pub fn protected(self) -> Self {
        Self { is_protected: true, ..self }
    }

    /// The parameters but the document, as a form has them: text as it is, objects as JSON.
    fn form(&self) -> Form {
        let mut fields = json!({"chat_id": self.chat_id});
        if let Some(caption) = &self.caption {
            fields["caption"] = json!(caption);
        }
        if let Some(parse_mode) = self.parse_mode {
            fields["parse_mode"] = json!(parse_mode);
        }
        if let Some(keyboard) = &self.keyboard {
            fields["reply_markup"] = json!(keyboard);
        }
        if self.is_protected {
            fields["protect_content"] = json!(true);
        }
        let mut form = Form::new();
        for (name, value) in fields.as_object().expect("made as an object").clone() {
            form = match value {
                serde_json::Value::String(text) => form.text(name, text),
                other => form.text(name, other.to_string()),
            };
        }
        form
    }
}

impl fmt::Debug for SendDocument {
    /// Without the content, which may be the goods.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SendDocument").field("chat_id", &self.chat_id).finish_non_exhaustive()
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SendPhoto {
    pub chat_id: i64,
    /// A `file_id`, or an address for Telegram to fetch.
    pub photo: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub caption: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parse_mode: Option<ParseMode>,
    #[serde(rename = "reply_markup", skip_serializing_if = "Option::is_none")]
    pub keyboard: Option<InlineKeyboard>,
}

impl SendPhoto {
    pub fn new(chat_id: i64, photo: impl Into<String>) -> Self {
        Self { chat_id, photo: photo.into(), caption: None, parse_mode: None, keyboard: None }
    }

    /// A caption with tags, at most [`crate::html::CAPTION_UNITS_MAX`] once they are parsed away.
    #[must_use]
    pub fn caption(mut self, html: impl Into<String>) -> Self {
        self.caption = Some(html.into());
        self.parse_mode = Some(ParseMode::Html);
        self
    }

    #[must_use]
    pub fn keyboard(mut self, keyboard: InlineKeyboard) -> Self {
        self.keyboard = (!keyboard.is_empty()).then_some(keyboard);
        self
    }
}

/// Puts a photo with a caption in place of another photo, or of a text; a photo never becomes a text again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct EditMessageMedia {
    pub chat_id: i64,
    pub message_id: i64,
    media: InputMediaPhoto,
    /// Absent or empty removes the keyboard there is.
    #[serde(rename = "reply_markup", skip_serializing_if = "Option::is_none")]
    keyboard: Option<InlineKeyboard>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct InputMediaPhoto {
    #[serde(rename = "type")]
    kind: &'static str,
    media: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    caption: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    parse_mode: Option<ParseMode>,
}

impl SendPhoto {
    /// The same photo, caption and keyboard, put in place of a message that is already there.
    pub fn into_edit(self, message_id: i64) -> EditMessageMedia {
        let Self { chat_id, photo, caption, parse_mode, keyboard } = self;
        let media = InputMediaPhoto { kind: "photo", media: photo, caption, parse_mode };
        EditMessageMedia { chat_id, message_id, media, keyboard }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct File {
    pub file_id: String,
    /// Bytes.
    pub file_size: Option<u64>,
    /// For [`Client::download`], good for an hour at least; absent when the file is too big.
    pub file_path: Option<String>,
}

impl Client {
    pub async fn send_document(&self, document: &SendDocument) -> Result<Sent, ApiError> {
        let form = document.form();
        let form = match &document.document {
            DocumentSource::Known(file) => form.text("document", file.clone()),
            DocumentSource::Upload { file_name, bytes } => {
                let length = u64::try_from(bytes.len()).expect("a length fits in 64 bits");
                let part = Part::stream_with_length(Body::from(bytes.clone()), length);
                form.part("document", part.file_name(plain_file_name(file_name)))
            }
        };
        let request = self.post("sendDocument").timeout(self.options().upload_timeout);
        self.perform("sendDocument", request.multipart(form)).await
    }

    pub async fn send_photo(&self, photo: &SendPhoto) -> Result<Sent, ApiError> {
        self.call("sendPhoto", photo).await
    }

    pub async fn edit_message_media(&self, edit: &EditMessageMedia) -> Result<Sent, ApiError> {
        self.call("editMessageMedia", edit).await
    }

    pub async fn get_file(&self, file_id: &str) -> Result<File, ApiError> {
        self.call("getFile", &json!({"file_id": file_id})).await
    }

    /// Fetches a file by the path [`Client::get_file`] gave; a longer one than `bytes_max` is
    /// [`Trouble::TooLong`].
    pub async fn download(&self, file_path: &str, bytes_max: usize) -> Result<Bytes, ApiError> {
        if !is_plain_path(file_path) {
            let trouble = Trouble::BadRequest("not a path of telegram's".to_owned());
            return Err(ApiError::new("download", trouble, ""));
        }
        let request = self.get_file_at(file_path).timeout(self.options().upload_timeout);
        self.fetch("download", request, bytes_max).await
    }
}

/// Nothing that climbs out of the bot's folder or changes the rest of the address.
fn is_plain_path(path: &str) -> bool {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '/' | '.' | '_' | '-');
    path.chars().all(is_plain) && path.split('/').all(|step| !matches!(step, "" | "." | ".."))
}

fn plain_file_name(name: &str) -> String {
    let plain = |c: char| match c {
        'a'..='z' | 'A'..='Z' | '0'..='9' | '.' | '-' | '_' => c,
        _ => '_',
    };
    let name: String = name.chars().take(FILE_NAME_CHARS_MAX).map(plain).collect();
    if name.trim_matches(['.', '_']).is_empty() { "file.txt".to_owned() } else { name }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_photo_is_composed_once_and_sent_or_edited() {
        let photo = SendPhoto::new(7, "AgAC").caption("<b>VPN</b>").into_edit(43);
        let expected = json!({"chat_id": 7, "message_id": 43, "media": {"type": "photo",
            "media": "AgAC", "caption": "<b>VPN</b>", "parse_mode": "HTML"}});
        assert_eq!(serde_json::to_value(photo).unwrap(), expected);
    }

    #[test]
    fn paths_that_leave_the_bots_folder_are_refused() {
        assert!(is_plain_path("documents/file_7.txt"));
        for path in ["", "/etc/passwd", "../bot1:x/getMe", "a//b", "a/..", "a?b", "a%2e", "a b"] {
            assert!(!is_plain_path(path), "{path}");
        }
    }

    #[test]
    fn file_names_are_made_plain() {
        assert_eq!(plain_file_name("order-7.txt"), "order-7.txt");
        assert_eq!(plain_file_name("a\"b\r\nc.txt"), "a_b__c.txt");
        assert_eq!(plain_file_name("ключи"), "file.txt");
        assert_eq!(plain_file_name(""), "file.txt");
        assert_eq!(plain_file_name(&"x".repeat(500)).len(), FILE_NAME_CHARS_MAX);
    }
}
