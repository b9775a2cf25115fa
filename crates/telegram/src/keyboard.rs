//! Inline keyboards whose buttons cannot be invalid.

use serde::Serialize;

/// Bytes, not characters, of a button's data.
pub const CALLBACK_DATA_BYTES_MAX: usize = 64;
pub const COPY_TEXT_CHARS_MAX: usize = 256;
/// Longer rows are broken into several.
pub const BUTTONS_PER_ROW_MAX: usize = 8;

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidButton {
    #[error("callback data must have 1 to {CALLBACK_DATA_BYTES_MAX} bytes, not {0}")]
    CallbackPayload(usize),
    #[error("text to copy must have 1 to {COPY_TEXT_CHARS_MAX} characters, not {0}")]
    CopyText(usize),
    #[error("a button's address must be an http, https or tg URL")]
    Url,
    #[error("a mini app's address must be an https URL")]
    WebApp,
}

/// What a press sends back: 1 to 64 bytes. Users can forge it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
#[serde(transparent)]
pub struct CallbackPayload(String);

impl CallbackPayload {
    pub fn new(data: impl Into<String>) -> Result<Self, InvalidButton> {
        let data = data.into();
        match data.len() {
            1..=CALLBACK_DATA_BYTES_MAX => Ok(Self(data)),
            length => Err(InvalidButton::CallbackPayload(length)),
        }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct InlineButton {
    text: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    style: Option<Style>,
    #[serde(flatten)]
    action: Action,
}

/// A button's colour; apps that do not know it show their default.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Style {
    Danger,
    Success,
    Primary,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
enum Action {
    CallbackData(CallbackPayload),
    Url(String),
    CopyText { text: String },
    WebApp { url: String },
    Pay(bool),
}

impl InlineButton {
    pub fn callback(text: impl Into<String>, data: CallbackPayload) -> Self {
        Self::new(text, Action::CallbackData(data))
    }

    /// A link to an `http`, `https` or `tg` address.
    pub fn url(text: impl Into<String>, url: &str) -> Result<Self, InvalidButton> {
        if !has_scheme(url, &["http", "https", "tg"]) {
            return Err(InvalidButton::Url);
        }
        Ok(Self::new(text, Action::Url(url.to_owned())))
    }

    /// Copies `copied` to the clipboard when pressed.
    pub fn copy(text: impl Into<String>, copied: &str) -> Result<Self, InvalidButton> {
        match copied.chars().count() {
            1..=COPY_TEXT_CHARS_MAX => {
                Ok(Self::new(text, Action::CopyText { text: copied.to_owned() }))
            }
            length => Err(InvalidButton::CopyText(length)),
        }
    }

    /// Opens a mini app; Telegram allows it in private chats only.
    pub fn web_app(text: impl Into<String>, url: &str) -> Result<Self, InvalidButton> {
        if !has_scheme(url, &["https"]) {
            return Err(InvalidButton::WebApp);
        }
        Ok(Self::new(text, Action::WebApp { url: url.to_owned() }))
    }

    #[must_use]
    pub fn style(mut self, style: Style) -> Self {
        self.style = Some(style);
        self
    }

    pub fn text(&self) -> &str {
        &self.text
    }

    pub fn callback_data(&self) -> Option<&str> {
        match &self.action {
            Action::CallbackData(data) => Some(data.as_str()),
            _ => None,
        }
    }

    /// Telegram refuses the whole message when a label is blank, so a blank one shows as an
    /// ellipsis.
    fn new(text: impl Into<String>, action: Action) -> Self {
        let text = text.into();
        let text = if text.trim().is_empty() { "…".to_owned() } else { text };
        Self { text, style: None, action }
    }
}

fn has_scheme(url: &str, schemes: &[&str]) -> bool {
    reqwest::Url::parse(url).is_ok_and(|url| schemes.contains(&url.scheme()) && url.has_host())
}

/// Rows of buttons under a message. An empty one removes the keyboard of an edited message.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct InlineKeyboard {
    #[serde(rename = "inline_keyboard")]
    rows: Vec<Vec<InlineButton>>,
}

impl InlineKeyboard {
    pub fn new() -> Self {
        Self::default()
    }

    /// The keyboard of an invoice. Its pay button has to be the first, so it exists only here; `⭐`
    /// in the label shows as the Star icon.
    pub fn paying(text: impl Into<String>) -> Self {
        Self { rows: vec![vec![InlineButton::new(text, Action::Pay(true))]] }
    }

    /// Adds a row, or several when it is longer than [`BUTTONS_PER_ROW_MAX`]; an empty one adds
    /// none.
    #[must_use]
    pub fn row(mut self, buttons: impl IntoIterator<Item = InlineButton>) -> Self {
        let buttons: Vec<_> = buttons.into_iter().collect();
        self.rows.extend(buttons.chunks(BUTTONS_PER_ROW_MAX).map(<[_]>::to_vec));
        self
    }

    /// Adds a row of one button.
    #[must_use]
    pub fn button(self, button: InlineButton) -> Self {
        self.row([button])
    }

    pub fn rows(&self) -> &[Vec<InlineButton>] {
        &self.rows
    }

    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn callback(text: &str, data: &str) -> InlineButton {
        InlineButton::callback(text, CallbackPayload::new(data).unwrap())
    }

    #[test]
    fn callback_data_is_limited_in_bytes() {
        assert!(CallbackPayload::new("x".repeat(64)).is_ok());
        assert_eq!(CallbackPayload::new("x".repeat(65)), Err(InvalidButton::CallbackPayload(65)));
        assert_eq!(CallbackPayload::new("я".repeat(33)), Err(InvalidButton::CallbackPayload(66)));
        assert_eq!(CallbackPayload::new(""), Err(InvalidButton::CallbackPayload(0)));
    }

    #[test]
    fn copied_text_is_limited_in_characters() {
        assert!(InlineButton::copy("Copy", &"я".repeat(256)).is_ok());
        let long = InlineButton::copy("Copy", &"я".repeat(257));
        assert_eq!(long, Err(InvalidButton::CopyText(257)));
        assert_eq!(InlineButton::copy("Copy", ""), Err(InvalidButton::CopyText(0)));
    }

    #[test]
    fn only_addresses_telegram_accepts_become_buttons() {
        for url in ["https://t.me/acme_help", "http://shop.example/a?b=c", "tg://user?id=7"] {
            assert!(InlineButton::url("Open", url).is_ok(), "{url}");
        }
        for url in ["", "t.me/acme", "javascript:alert(1)", "file:///etc/passwd", "https://"] {
            assert_eq!(InlineButton::url("Open", url), Err(InvalidButton::Url), "{url}");
        }
        let plain = InlineButton::web_app("Open", "http://shop.example");
        assert_eq!(plain, Err(InvalidButton::WebApp));
    }

    #[test]
    fn a_keyboard_serialises_as_telegram_reads_it() {
        let keyboard = InlineKeyboard::new()
            .button(callback("Top up", "tu").style(Style::Success))
            .row([])
            .row([
                InlineButton::copy("Copy ID", "279058397").unwrap(),
                InlineButton::url("Support", "https://t.me/acme_help").unwrap(),
                InlineButton::web_app("App", "https://shop.example/").unwrap(),
            ]);
        let expected = json!({"inline_keyboard": [
            [{"text": "Top up", "style": "success", "callback_data": "tu"}],
            [
                {"text": "Copy ID", "copy_text": {"text": "279058397"}},
                {"text": "Support", "url": "https://t.me/acme_help"},
                {"text": "App", "web_app": {"url": "https://shop.example/"}},
            ],
        ]});
        assert_eq!(serde_json::to_value(keyboard).unwrap(), expected);
    }

    #[test]
    fn the_pay_button_comes_first() {
        let keyboard = InlineKeyboard::paying("Pay ⭐75").button(callback("Cancel", "c"));
        let value = serde_json::to_value(keyboard).unwrap();
        assert_eq!(value["inline_keyboard"][0][0], json!({"text": "Pay ⭐75", "pay": true}));
    }

    #[test]
    fn long_rows_are_broken_and_blank_labels_are_replaced() {
        let keyboard = InlineKeyboard::new().row((0..9).map(|n| callback(" ", &n.to_string())));
        assert_eq!(keyboard.rows().iter().map(Vec::len).collect::<Vec<_>>(), [8, 1]);
        assert_eq!(keyboard.rows()[0][0].text(), "…");
    }
}
