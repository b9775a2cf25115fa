//! What a person formatted in their app, as HTML that says the same: text and entities in, tags out.

use std::fmt::Write;

use crate::html::escape;
use crate::message::Entity;

/// The HTML of a text with its entities. What Telegram marks by itself (links, hashtags, commands) needs no tag, and what
/// this version does not know is left plain. An entity that overlaps another, which Telegram does not send, is cut at its
/// end, so that the tags always match.
pub fn to_html(text: &str, entities: &[Entity<'_>]) -> String {
    let mut waiting: Vec<Tag> = entities.iter().filter_map(Tag::of).collect();
    // The outer one first: it begins earlier or ends later. The sort keeps the order of equals.
    waiting.sort_by_key(|tag| (tag.start, std::cmp::Reverse(tag.end)));
    let mut waiting = waiting.into_iter().peekable();
    let mut open: Vec<Tag> = Vec::new();
    let mut html = String::with_capacity(text.len() + 64);
    let mut at = 0;
    let mut bytes = [0; 4];
    for character in text.chars() {
        while open.last().is_some_and(|tag| tag.end <= at) {
            html.push_str(open.pop().map_or("", |tag| tag.close));
        }
        while let Some(mut tag) = waiting.next_if(|tag| tag.start <= at) {
            tag.end = open.last().map_or(tag.end, |outer| tag.end.min(outer.end));
            if tag.end > at {
                html.push_str(&tag.open);
                open.push(tag);
            }
        }
        html.push_str(&escape(character.encode_utf8(&mut bytes)));
        at += character.len_utf16();
    }
    while let Some(tag) = open.pop() {
        html.push_str(tag.close);
    }
    html
}

/// A stretch of text between two tags, in UTF-16 units.
struct Tag {
    start: usize,
    end: usize,
    open: String,
    close: &'static str,
}

impl Tag {
    fn of(entity: &Entity<'_>) -> Option<Self> {
        let (open, close) = match entity.kind.as_ref() {
            "bold" => ("<b>".to_owned(), "</b>"),
            "italic" => ("<i>".to_owned(), "</i>"),
            "underline" => ("<u>".to_owned(), "</u>"),
            "strikethrough" => ("<s>".to_owned(), "</s>"),
            "spoiler" => ("<tg-spoiler>".to_owned(), "</tg-spoiler>"),
            "blockquote" => ("<blockquote>".to_owned(), "</blockquote>"),
            "expandable_blockquote" => ("<blockquote expandable>".to_owned(), "</blockquote>"),
            "code" => ("<code>".to_owned(), "</code>"),
            "pre" => ("<pre>".to_owned(), "</pre>"),
            "text_link" => (attribute("a", "href", entity.url.as_deref()?), "</a>"),
            "text_mention" => {
                let person = entity.user.as_ref()?.id;
                (attribute("a", "href", &format!("tg://user?id={person}")), "</a>")
            }
            "custom_emoji" => {
                let emoji = entity.custom_emoji_id.as_deref()?;
                (attribute("tg-emoji", "emoji-id", emoji), "</tg-emoji>")
            }
            _ => return None,
        };
        let start = entity.offset as usize;
        Some(Self { start, end: start.saturating_add(entity.length as usize), open, close })
    }
}

fn attribute(tag: &str, name: &str, value: &str) -> String {
    let mut open = String::new();
    write!(open, "<{tag} {name}=\"{}\">", escape(value)).expect("a string takes all");
    open
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const KINDS: [&str; 8] =
        ["bold", "italic", "underline", "code", "pre", "spoiler", "hashtag", "blockquote"];

    fn entity(kind: &'static str, offset: u32, length: u32) -> Entity<'static> {
        Entity { kind: kind.into(), offset, length, ..Entity::default() }
    }

    #[test]
    fn what_was_typed_is_kept_and_what_was_formatted_is_tagged() {
        let text = "Sale 🎉 <today> & now";
        let entities = [entity("bold", 0, 7), entity("italic", 5, 2), entity("code", 8, 7)];
        assert_eq!(
            to_html(text, &entities),
            "<b>Sale <i>🎉</i></b> <code>&lt;today&gt;</code> &amp; now"
        );
        assert_eq!(to_html("<b>&amp;</b>", &[]), "&lt;b&gt;&amp;amp;&lt;/b&gt;");
    }

    #[test]
    fn links_keep_their_address_and_unknown_kinds_stay_plain() {
        let link = Entity {
            url: Some("https://example.com/?a=\"1\"&b".into()),
            ..entity("text_link", 0, 4)
        };
        assert_eq!(
            to_html("here #now", &[link, entity("hashtag", 5, 4), entity("text_link", 5, 4)]),
            "<a href=\"https://example.com/?a=&quot;1&quot;&amp;b\">here</a> #now"
        );
    }

    /// Whether tags match, and the text between them.
    fn parsed(html: &str) -> Option<String> {
        let (mut open, mut text) = (Vec::new(), String::new());
        let mut rest = html;
        while let Some(start) = rest.find('<') {
            text.push_str(&rest[..start]);
            let end = start + rest[start..].find('>')?;
            match rest[start + 1..end].strip_prefix('/') {
                Some(name) if open.pop() == Some(name) => {}
                Some(_) => return None,
                None => open.push(&rest[start + 1..end]),
            }
            rest = &rest[end + 1..];
        }
        text.push_str(rest);
        let plain = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"");
        open.is_empty().then(|| plain.replace("&amp;", "&"))
    }

    proptest! {
        #[test]
        fn adm_04_whatever_entities_come_the_tags_match_and_the_words_stay(
            text in "[<>&\"a-я🎉 ]{0,40}",
            entities in prop::collection::vec((0..KINDS.len(), 0..50_u32, 0..50_u32), 0..8),
        ) {
            let entities: Vec<_> = entities
                .into_iter()
                .map(|(kind, offset, length)| entity(KINDS[kind], offset, length))
                .collect();
            prop_assert_eq!(parsed(&to_html(&text, &entities)), Some(text));
        }
    }
}
