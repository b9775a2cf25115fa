//! The buttons under a message, and what the Bot API refuses about them.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::failure::Failure;

/// UTF-8 bytes of callback data.
const CALLBACK_BYTES_MAX: usize = 64;
/// Characters of a text to copy.
const COPY_CHARS_MAX: usize = 256;
/// Clients of the Bot API count on no more.
const BUTTONS_MAX: usize = 100;

/// Rows of buttons under a message.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct InlineKeyboard {
    pub inline_keyboard: Vec<Vec<Button>>,
}

/// A button: a label and exactly one action.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Button {
    pub text: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub callback_data: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub web_app: Option<Link>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub login_url: Option<Value>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub switch_inline_query: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub switch_inline_query_current_chat: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub switch_inline_query_chosen_chat: Option<Value>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub copy_text: Option<CopyText>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub callback_game: Option<Value>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub pay: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub style: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub icon_custom_emoji_id: Option<String>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    pub url: String,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CopyText {
    pub text: String,
}

/// What kind of message a keyboard hangs under.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Under {
    Message,
    Invoice,
}

/// The `reply_markup` of a call.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Markup {
    Inline(InlineKeyboard),
    /// A keyboard in place of the person's own, or an order to remove it or to reply.
    Reply(Value),
}

impl Markup {
    pub(crate) fn parse(value: &Value, under: Under) -> Result<Self, Failure> {
        let Value::Object(fields) = value else {
            return Err(Failure::bad_request("object expected as reply markup"));
        };
        if fields.contains_key("inline_keyboard") {
            return InlineKeyboard::parse(value, under).map(Self::Inline);
        }
        if let Some(rows) = fields.get("keyboard") {
            if under == Under::Invoice {
                return Err(Failure::bad_request("inline keyboard expected"));
            }
            check_reply_rows(rows)?;
            return Ok(Self::Reply(value.clone()));
        }
        let known = ["remove_keyboard", "force_reply"].iter().any(|key| fields.contains_key(*key));
        if known || fields.is_empty() {
            return Ok(Self::Reply(value.clone()));
        }
        Err(Failure::bad_request("can't parse reply keyboard markup JSON object"))
    }
}

fn check_reply_rows(rows: &Value) -> Result<(), Failure> {
    let rows = rows.as_array().ok_or_else(|| {
        Failure::bad_request(r#"can't parse reply keyboard markup: field "keyboard" must be Array"#)
    })?;
    for button in rows.iter().flat_map(|row| row.as_array().into_iter().flatten()) {
        let label = button.as_str().or_else(|| button.get("text").and_then(Value::as_str));
        if label.is_none_or(str::is_empty) {
            return Err(Failure::bad_request(
                r#"can't parse keyboard button: Field "text" must be of type String"#,
            ));
        }
    }
    Ok(())
}

impl InlineKeyboard {
    pub(crate) fn parse(value: &Value, under: Under) -> Result<Self, Failure> {
        let mut keyboard = Self::deserialize(value).map_err(|error| {
            Failure::bad_request(&format!("can't parse inline keyboard button: {error}"))
        })?;
        keyboard.inline_keyboard.retain(|row| !row.is_empty());
        let count: usize = keyboard.inline_keyboard.iter().map(Vec::len).sum();
        if count > BUTTONS_MAX {
            return Err(Failure::bad_request("reply markup is too long"));
        }
        let mut first = true;
        for button in keyboard.inline_keyboard.iter().flatten() {
            button.check()?;
            if button.pay && !(first && under == Under::Invoice) {
                return Err(Failure::bad_request("BUTTON_TYPE_INVALID"));
            }
            if !button.pay && first && under == Under::Invoice {
                return Err(Failure::bad_request("the first button of an invoice must pay it"));
            }
            first = false;
        }
        Ok(keyboard)
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.inline_keyboard.is_empty()
    }

    /// What an invoice gets when its sender brings no keyboard.
    pub(crate) fn pay(label: String) -> Self {
        let button = Button { text: label, pay: true, ..Button::default() };
        Self { inline_keyboard: vec![vec![button]] }
    }
}

impl Button {
    fn check(&self) -> Result<(), Failure> {
        if self.text.trim().is_empty() {
            return Err(Failure::bad_request("inline keyboard button text can't be empty"));
        }
        match self.action_count() {
            0 => {
                return Err(Failure::bad_request(
                    "can't parse inline keyboard button: \
                     Text buttons are unallowed in the inline keyboard",
                ));
            }
            1 => {}
            // The real server silently prefers one; a shop that sends two has a mistake.
            _ => {
                return Err(Failure::bad_request(
                    "can't parse inline keyboard button: exactly one action is allowed",
                ));
            }
        }
        self.check_action()?;
        match self.style.as_deref() {
            None | Some("danger" | "success" | "primary") => Ok(()),
            Some(_) => Err(Failure::bad_request("BUTTON_STYLE_INVALID")),
        }
    }

    fn action_count(&self) -> usize {
        [
            self.url.is_some(),
            self.callback_data.is_some(),
            self.web_app.is_some(),
            self.login_url.is_some(),
            self.switch_inline_query.is_some(),
            self.switch_inline_query_current_chat.is_some(),
            self.switch_inline_query_chosen_chat.is_some(),
            self.copy_text.is_some(),
            self.callback_game.is_some(),
            self.pay,
        ]
        .into_iter()
        .filter(|present| *present)
        .count()
    }

    fn check_action(&self) -> Result<(), Failure> {
        if let Some(data) = &self.callback_data
            && !(1..=CALLBACK_BYTES_MAX).contains(&data.len())
        {
            return Err(Failure::bad_request("BUTTON_DATA_INVALID"));
        }
        if let Some(url) = &self.url
            && !is_link(url)
        {
            return Err(Failure::bad_request(&format!(
                "inline keyboard button URL '{url}' is invalid: Unsupported URL protocol"
            )));
        }
        if let Some(Link { url }) = &self.web_app
            && !url.starts_with("https://")
        {
            return Err(Failure::bad_request(&format!(
                "inline keyboard button Web App URL '{url}' is invalid: \
                 Only HTTPS links are allowed"
            )));
        }
        if let Some(CopyText { text }) = &self.copy_text
            && !(1..=COPY_CHARS_MAX).contains(&text.chars().count())
        {
            return Err(Failure::bad_request("BUTTON_COPY_TEXT_INVALID"));
        }
        Ok(())
    }
}

/// Whether a button or a link in a text may lead there.
pub(crate) fn is_link(url: &str) -> bool {
    let lower = url.to_ascii_lowercase();
    let host =
        ["http://", "https://", "tg://"].iter().find_map(|scheme| lower.strip_prefix(scheme));
    host.is_some_and(|host| !host.is_empty() && !host.starts_with('/') && !url.contains(' '))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn refusal(button: Value, under: Under) -> String {
        let markup = json!({ "inline_keyboard": [[button]] });
        let Err(failure) = Markup::parse(&markup, under) else { return "accepted".to_owned() };
        failure.description.into_owned()
    }

    #[test]
    fn callback_data_is_one_to_sixty_four_bytes_not_characters() {
        let data = |text: &str| json!({ "text": "a", "callback_data": text });
        assert_eq!(refusal(data(&"x".repeat(64)), Under::Message), "accepted");
        assert_eq!(refusal(data(&"x".repeat(65)), Under::Message), invalid_data());
        assert_eq!(refusal(data(&"щ".repeat(32)), Under::Message), "accepted");
        assert_eq!(refusal(data(&"щ".repeat(33)), Under::Message), invalid_data());
        assert_eq!(refusal(data(""), Under::Message), invalid_data());
    }

    fn invalid_data() -> &'static str {
        "Bad Request: BUTTON_DATA_INVALID"
    }

    #[test]
    fn a_button_has_exactly_one_action() {
        let none = refusal(json!({ "text": "a" }), Under::Message);
        assert!(none.contains("Text buttons are unallowed in the inline keyboard"), "{none}");
        let two = json!({ "text": "a", "callback_data": "x", "url": "https://a.example" });
        assert!(refusal(two, Under::Message).contains("exactly one action"));
        let label = json!({ "callback_data": "x" });
        assert!(refusal(label, Under::Message).contains("can't parse inline keyboard button"));
    }

    #[test]
    fn only_the_first_button_of_an_invoice_pays_and_it_must() {
        let pay = json!({ "text": "Pay", "pay": true });
        let other = json!({ "text": "Back", "callback_data": "b" });
        assert_eq!(refusal(pay.clone(), Under::Invoice), "accepted");
        assert_eq!(refusal(pay.clone(), Under::Message), "Bad Request: BUTTON_TYPE_INVALID");
        assert!(refusal(other.clone(), Under::Invoice).contains("first button"));
        let late = json!({ "inline_keyboard": [[other, pay]] });
        assert!(Markup::parse(&late, Under::Invoice).is_err());
    }

    #[test]
    fn links_copies_and_styles_are_checked() {
        for (button, accepted) in [
            (json!({ "text": "a", "url": "https://a.example/x" }), true),
            (json!({ "text": "a", "url": "http://127.0.0.1:8080/pay/x" }), true),
            (json!({ "text": "a", "url": "tg://user?id=1" }), true),
            (json!({ "text": "a", "url": "javascript:alert(1)" }), false),
            (json!({ "text": "a", "url": "https://" }), false),
            (json!({ "text": "a", "web_app": { "url": "http://a.example" } }), false),
            (json!({ "text": "a", "web_app": { "url": "https://a.example" } }), true),
            (json!({ "text": "a", "copy_text": { "text": "" } }), false),
            (json!({ "text": "a", "copy_text": { "text": "x".repeat(256) } }), true),
            (json!({ "text": "a", "copy_text": { "text": "x".repeat(257) } }), false),
            (json!({ "text": "a", "callback_data": "x", "style": "success" }), true),
            (json!({ "text": "a", "callback_data": "x", "style": "pink" }), false),
            (json!({ "text": "a", "callback_data": "x", "unknown_field": 1 }), true),
        ] {
            assert_eq!(refusal(button.clone(), Under::Message) == "accepted", accepted, "{button}");
        }
    }

    #[test]
    fn a_keyboard_has_at_most_a_hundred_buttons() {
        let row: Vec<_> = (0..101).map(|_| json!({ "text": "a", "callback_data": "x" })).collect();
        let markup = json!({ "inline_keyboard": [row] });
        let failure = Markup::parse(&markup, Under::Message).unwrap_err();
        assert_eq!(failure.description, "Bad Request: reply markup is too long");
    }
}
