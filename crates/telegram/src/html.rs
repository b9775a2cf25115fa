//! Text for Telegram's HTML mode: escaping, and lengths as Telegram counts them.

use std::borrow::Cow;

/// UTF-16 units of a message's text, counted after its tags are parsed away.
pub const MESSAGE_UNITS_MAX: usize = 4096;
/// UTF-16 units of the caption of a photo or a document.
pub const CAPTION_UNITS_MAX: usize = 1024;
/// UTF-16 units of the notice that answers a pressed button.
pub const NOTICE_UNITS_MAX: usize = 200;
/// Bytes of a message's text, tags included; more is refused before it is parsed.
pub const MESSAGE_BYTES_MAX: usize = 32_768;

/// Makes any text safe between tags and inside a quoted attribute.
pub fn escape(text: &str) -> Cow<'_, str> {
    let Some(first) = text.find(['&', '<', '>', '"']) else {
        return Cow::Borrowed(text);
    };
    let mut escaped = String::with_capacity(text.len() + 16);
    escaped.push_str(&text[..first]);
    for c in text[first..].chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            plain => escaped.push(plain),
        }
    }
    Cow::Owned(escaped)
}

/// The length of plain text as Telegram counts it.
pub fn utf16_len(text: &str) -> usize {
    text.chars().map(char::len_utf16).sum()
}

/// Cuts plain text to at most `units` UTF-16 units, the last of which is then an ellipsis. Shorten
/// before escaping: a cut through a tag or an entity is refused by Telegram.
pub fn shorten(text: &str, units: usize) -> Cow<'_, str> {
    // No character takes fewer bytes than UTF-16 units, so short text needs no counting.
    if text.len() <= units || utf16_len(text) <= units {
        return Cow::Borrowed(text);
    }
    let Some(room) = units.checked_sub(1) else {
        return Cow::Borrowed("");
    };
    let mut used = 0;
    let fits = |c: &char| {
        used += c.len_utf16();
        used <= room
    };
    let mut kept: String = text.chars().take_while(fits).collect();
    kept.truncate(kept.trim_end().len());
    kept.push('…');
    Cow::Owned(kept)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_in_text_is_escaped() {
        assert_eq!(
            escape(r#"<b a="x">Tom & Джерри</b>"#),
            "&lt;b a=&quot;x&quot;&gt;Tom &amp; Джерри&lt;/b&gt;"
        );
        assert!(matches!(escape("it's plain"), Cow::Borrowed("it's plain")));
        assert_eq!(escape("&amp;"), "&amp;amp;");
    }

    #[test]
    fn length_counts_surrogate_pairs_twice() {
        assert_eq!(utf16_len("abc"), 3);
        assert_eq!(utf16_len("я⭐🎉"), 4);
    }

    #[test]
    fn short_text_is_borrowed() {
        assert!(matches!(shorten("🎉🎉", 4), Cow::Borrowed("🎉🎉")));
        assert!(matches!(shorten("", 0), Cow::Borrowed("")));
    }

    #[test]
    fn long_text_is_cut_between_characters() {
        assert_eq!(shorten("abcdef", 4), "abc…");
        assert_eq!(shorten("🎉🎉🎉", 4), "🎉…");
        assert_eq!(shorten("ab cdef", 4), "ab…");
        assert_eq!(shorten("abc", 1), "…");
        assert_eq!(shorten("abc", 0), "");
    }

    #[test]
    fn the_result_never_exceeds_the_limit() {
        let text = "a🎉я ⭐".repeat(40);
        for units in 0..utf16_len(&text) + 2 {
            assert!(utf16_len(&shorten(&text, units)) <= units);
        }
    }
}
