//! Text that is safe to send as Telegram's HTML: escaped by type, so that no name or secret can break a message.

use std::borrow::Cow;
use std::fmt;

use kernel::ids::PersonId;
use telegram::html::{escape, utf16_len};

/// HTML whose tags are ours and whose data is escaped.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Html(Cow<'static, str>);

impl Html {
    /// A text of ours, with its tags: the build has checked that they match.
    pub(crate) fn trusted(html: Cow<'static, str>) -> Self {
        Self(html)
    }

    /// What somebody wrote, to be shown as it is, without signs that turn the direction of the text around.
    pub fn text(text: &str) -> Self {
        Self(Cow::Owned(escape(&harmless(text)).into_owned()))
    }

    /// A value to copy with one tap; every character of it is kept.
    pub fn code(value: &str) -> Self {
        Self(Cow::Owned(format!("<code>{}</code>", escape(value))))
    }

    /// A person by name: a tap opens their profile, where they allow it.
    pub fn mention(person: PersonId, name: &str) -> Self {
        let name = escape(name);
        Self(Cow::Owned(format!("<a href=\"tg://user?id={person}\">{name}</a>")))
    }

    /// Adds a paragraph after an empty line.
    #[must_use]
    pub fn paragraph(self, next: impl Into<Self>) -> Self {
        self.joined("\n\n", &next.into())
    }

    /// Adds a line.
    #[must_use]
    pub fn line(self, next: impl Into<Self>) -> Self {
        self.joined("\n", &next.into())
    }

    fn joined(self, by: &str, next: &Self) -> Self {
        if next.0.is_empty() {
            return self;
        }
        if self.0.is_empty() {
            return next.clone();
        }
        let mut html = self.0.into_owned();
        html.push_str(by);
        html.push_str(&next.0);
        Self(Cow::Owned(html))
    }

    /// The HTML.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What a reader sees: without tags, entities resolved.
    pub fn visible(&self) -> String {
        let mut visible = String::with_capacity(self.0.len());
        let mut in_tag = false;
        for c in self.0.chars() {
            match c {
                '<' => in_tag = true,
                '>' => in_tag = false,
                c if !in_tag => visible.push(c),
                _ => {}
            }
        }
        // `&amp;` last, or `&amp;lt;` would become `<`.
        visible
            .replace("&lt;", "<")
            .replace("&gt;", ">")
            .replace("&quot;", "\"")
            .replace("&amp;", "&")
    }

    /// Length as Telegram counts it: UTF-16 units after the tags are gone.
    pub fn visible_len(&self) -> usize {
        utf16_len(&self.visible())
    }
}

impl fmt::Display for Html {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Something that can be said in a text.
pub trait Piece {
    /// As a part of HTML.
    fn html(&self) -> Cow<'_, str>;
    /// As a part of plain text.
    fn plain(&self) -> Cow<'_, str>;
}

impl Piece for &str {
    fn html(&self) -> Cow<'_, str> {
        match harmless(self) {
            Cow::Borrowed(text) => escape(text),
            Cow::Owned(text) => Cow::Owned(escape(&text).into_owned()),
        }
    }

    fn plain(&self) -> Cow<'_, str> {
        harmless(self)
    }
}

impl Piece for &String {
    fn html(&self) -> Cow<'_, str> {
        Cow::Owned(self.as_str().html().into_owned())
    }

    fn plain(&self) -> Cow<'_, str> {
        Cow::Owned(self.as_str().plain().into_owned())
    }
}

impl Piece for String {
    fn html(&self) -> Cow<'_, str> {
        Cow::Owned(self.as_str().html().into_owned())
    }

    fn plain(&self) -> Cow<'_, str> {
        Cow::Owned(self.as_str().plain().into_owned())
    }
}

impl Piece for Html {
    fn html(&self) -> Cow<'_, str> {
        Cow::Borrowed(&self.0)
    }

    fn plain(&self) -> Cow<'_, str> {
        Cow::Owned(self.visible())
    }
}

macro_rules! numbers {
    ($($number:ty),*) => {$(
        impl Piece for $number {
            fn html(&self) -> Cow<'_, str> {
                Cow::Owned(self.to_string())
            }

            fn plain(&self) -> Cow<'_, str> {
                Cow::Owned(self.to_string())
            }
        }
    )*};
}

numbers!(u8, u32, u64, i64, usize);

/// Overrides and isolates of direction make a name read as something else.
fn is_harmless(c: char) -> bool {
    !matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

fn harmless(text: &str) -> Cow<'_, str> {
    if text.chars().all(is_harmless) {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(text.chars().filter(|c| is_harmless(*c)).collect())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_direction_override_does_not_survive_in_a_name_but_does_in_a_secret() {
        assert_eq!(Html::text("a\u{202E}b").as_str(), "ab");
        assert_eq!(Html::code("a\u{202E}b").as_str(), "<code>a\u{202E}b</code>");
    }

    proptest! {
        #[test]
        fn sec_08_tg07_whatever_is_written_arrives_as_it_was(text in "[<>&\"';a-zа-я0-9]{0,60}") {
            prop_assert_eq!(Html::code(&text).visible(), text.clone());
            prop_assert_eq!(Html::text(&text).visible(), text);
        }
    }
}
