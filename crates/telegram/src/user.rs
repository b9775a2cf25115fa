//! Users and chats as updates mention them, and a name that is safe to print.

use std::borrow::Cow;

use serde::Deserialize;

use crate::borrowed;

/// Characters kept of a display name.
pub const NAME_CHARS_MAX: usize = 64;

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct User<'a> {
    pub id: i64,
    #[serde(default)]
    pub is_bot: bool,
    #[serde(default, borrow)]
    pub first_name: Cow<'a, str>,
    #[serde(default, borrow, deserialize_with = "borrowed::text")]
    pub last_name: Option<Cow<'a, str>>,
    /// Without the `@`.
    #[serde(default, borrow, deserialize_with = "borrowed::text")]
    pub username: Option<Cow<'a, str>>,
    #[serde(default, borrow, deserialize_with = "borrowed::text")]
    pub language_code: Option<Cow<'a, str>>,
    #[serde(default)]
    pub is_premium: bool,
}

impl User<'_> {
    /// A name fit for a log line, a table or a message (there, still escape it): no control, bidi
    /// or invisible characters, single spaces, at most [`NAME_CHARS_MAX`] characters. Falls back to
    /// the user name and then to the id, so it is never empty.
    pub fn display_name(&self) -> String {
        let last = self.last_name.as_deref().unwrap_or_default();
        let name = clean(self.first_name.chars().chain([' ']).chain(last.chars()));
        if !name.is_empty() {
            return name;
        }
        match clean(self.username.as_deref().unwrap_or_default().chars()) {
            empty if empty.is_empty() => self.id.to_string(),
            username => format!("@{username}"),
        }
    }
}

fn clean(name: impl Iterator<Item = char>) -> String {
    let mut kept = String::new();
    let mut chars = 0;
    let mut gap = false;
    for c in name {
        if c.is_whitespace() {
            gap = !kept.is_empty();
            continue;
        }
        if is_invisible(c) {
            continue;
        }
        let needed = 1 + usize::from(gap);
        if chars + needed > NAME_CHARS_MAX {
            break;
        }
        if gap {
            kept.push(' ');
            gap = false;
        }
        kept.push(c);
        chars += needed;
    }
    kept
}

/// Characters that print nothing, or change how their neighbours print.
fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{00AD}' | '\u{034F}' | '\u{061C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}'
            | '\u{17B5}' | '\u{180B}'..='\u{180F}' | '\u{200B}'..='\u{200F}'
            | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{2800}' | '\u{3164}'
            | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{FFA0}' | '\u{FFF0}'..='\u{FFFB}'
            | '\u{E000}'..='\u{F8FF}' | '\u{E0000}'..='\u{E0FFF}')
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Chat<'a> {
    /// Positive for people, negative for groups and channels.
    pub id: i64,
    #[serde(rename = "type", default)]
    pub kind: ChatKind,
    #[serde(default, borrow, deserialize_with = "borrowed::text")]
    pub title: Option<Cow<'a, str>>,
    #[serde(default, borrow, deserialize_with = "borrowed::text")]
    pub username: Option<Cow<'a, str>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ChatKind {
    Private,
    Group,
    Supergroup,
    Channel,
    #[default]
    #[serde(other)]
    Other,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(first: &str, last: &str) -> String {
        user(first, last, None).display_name()
    }

    fn user<'a>(first: &'a str, last: &'a str, username: Option<&'a str>) -> User<'a> {
        User {
            id: 7,
            is_bot: false,
            first_name: first.into(),
            last_name: Some(last.into()),
            username: username.map(Cow::from),
            language_code: None,
            is_premium: false,
        }
    }

    #[test]
    fn a_plain_name_is_kept() {
        assert_eq!(named("Ada", "Lovelace"), "Ada Lovelace");
        assert_eq!(named("Анна", ""), "Анна");
        assert_eq!(named("小明 🎉", ""), "小明 🎉");
    }

    #[test]
    fn sec_17_control_bidi_and_invisible_characters_are_removed() {
        assert_eq!(named("A\u{0}d\u{202E}a\u{200B}", "\u{2066}B\u{FEFF}"), "Ada B");
        assert_eq!(named("a\nb\t c", ""), "a b c");
        assert_eq!(named("  Ada  ", "  L "), "Ada L");
    }

    #[test]
    fn a_long_name_is_cut_and_never_ends_in_a_space() {
        let name = named(&"x".repeat(NAME_CHARS_MAX - 1), "tail");
        assert_eq!(name, "x".repeat(NAME_CHARS_MAX - 1));
        assert_eq!(named(&"й".repeat(500), "").chars().count(), NAME_CHARS_MAX);
    }

    #[test]
    fn an_empty_name_falls_back_to_the_username_and_then_the_id() {
        assert_eq!(user("\u{3164}", "", Some("ada")).display_name(), "@ada");
        assert_eq!(user("\u{200D}", " ", None).display_name(), "7");
    }
}
