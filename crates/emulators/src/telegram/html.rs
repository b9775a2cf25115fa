//! Text marked up as HTML, parsed as the Bot API does: the plain text and its entities.

use std::sync::Arc;

use super::keyboard::is_link;
use super::message::{Entity, User};

/// A parsed text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Formatted {
    pub(crate) text: String,
    pub(crate) entities: Vec<Entity>,
}

/// Parses `source`; `person` finds who is meant by a `tg://user?id=` link.
///
/// Stricter than the real server in one point: an `&` that begins no entity is an error here, while
/// there it passes. It always is a forgotten escape, which bites when a name reads `&lt;`.
pub(crate) fn parse(
    source: &str,
    person: impl Fn(i64) -> Option<Arc<User>>,
) -> Result<Formatted, String> {
    let mut parser = Parser { source, ..Parser::default() };
    while let Some(character) = parser.peek() {
        match character {
            '<' if parser.rest().starts_with("</") => parser.close(&person)?,
            '<' => parser.open()?,
            '&' => {
                let decoded = parser.character_reference()?;
                parser.push(decoded);
            }
            _ => {
                parser.advance(character);
                parser.push(character);
            }
        }
    }
    if let Some(tag) = parser.stack.last() {
        return Err(format!("Can't find end tag corresponding to start tag \"{}\"", tag.name));
    }
    let mut entities = parser.entities;
    entities.sort_by(|a, b| a.offset.cmp(&b.offset).then(b.length.cmp(&a.length)));
    Ok(Formatted { text: parser.text, entities })
}

#[derive(Default)]
struct Parser<'a> {
    source: &'a str,
    /// Byte offset in the source.
    at: usize,
    text: String,
    /// Length of the text so far, in UTF-16 code units.
    utf16_length: usize,
    stack: Vec<Tag>,
    entities: Vec<Entity>,
}

struct Tag {
    name: String,
    /// The one attribute that matters for this tag.
    argument: Option<String>,
    utf16_offset: usize,
    byte_offset: usize,
}

const TAGS: [&str; 17] = [
    "a",
    "b",
    "blockquote",
    "code",
    "del",
    "em",
    "i",
    "ins",
    "pre",
    "s",
    "span",
    "strike",
    "strong",
    "tg-emoji",
    "tg-spoiler",
    "tg-time",
    "u",
];

impl<'a> Parser<'a> {
    fn rest(&self) -> &'a str {
        &self.source[self.at..]
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn advance(&mut self, character: char) {
        self.at += character.len_utf8();
    }

    fn push(&mut self, character: char) {
        self.text.push(character);
        self.utf16_length += character.len_utf16();
    }

    /// Takes characters while they satisfy `accepts`.
    fn take_while(&mut self, accepts: impl Fn(char) -> bool) -> &'a str {
        let rest = self.rest();
        let end = rest.find(|character| !accepts(character)).unwrap_or(rest.len());
        self.at += end;
        &rest[..end]
    }

    fn skip_spaces(&mut self) {
        self.take_while(|character| character.is_ascii_whitespace());
    }

    /// `&lt; &gt; &amp; &quot;` and numbers; stands on the ampersand.
    fn character_reference(&mut self) -> Result<char, String> {
        let start = self.at;
        let broken = || format!("Unescaped character '&' at byte offset {start}");
        let rest = &self.rest()[1..];
        let end = rest.find(';').filter(|end| *end <= 10).ok_or_else(broken)?;
        let name = &rest[..end];
        let decoded = match name {
            "lt" => '<',
            "gt" => '>',
            "amp" => '&',
            "quot" => '"',
            _ => decode_number(name).ok_or_else(broken)?,
        };
        self.at += end + 2;
        Ok(decoded)
    }

    fn open(&mut self) -> Result<(), String> {
        let start = self.at;
        self.at += 1;
        let name = self
            .take_while(|character| !character.is_ascii_whitespace() && character != '>')
            .to_ascii_lowercase();
        if self.peek().is_none() {
            return Err(format!("Unclosed start tag at byte offset {start}"));
        }
        if !TAGS.contains(&name.as_str()) {
            return Err(format!("Unsupported start tag \"{name}\" at byte offset {start}"));
        }
        let argument = self.attributes(&name, start)?;
        if name == "span" && argument.as_deref() != Some("tg-spoiler") {
            return Err(format!(
                "Tag \"span\" must have class \"tg-spoiler\" at byte offset {start}"
            ));
        }
        self.stack.push(Tag {
            name,
            argument,
            utf16_offset: self.utf16_length,
            byte_offset: self.text.len(),
        });
        Ok(())
    }

    /// Reads up to and including the `>`; gives the attribute that matters for `tag`.
    fn attributes(&mut self, tag: &str, start: usize) -> Result<Option<String>, String> {
        let unclosed = || format!("Unclosed start tag at byte offset {start}");
        let mut argument = None;
        loop {
            self.skip_spaces();
            if self.peek().ok_or_else(unclosed)? == '>' {
                self.at += 1;
                return Ok(argument);
            }
            let name = self
                .take_while(|c| !c.is_ascii_whitespace() && c != '=' && c != '>')
                .to_ascii_lowercase();
            if name.is_empty() {
                return Err(format!(
                    "Empty attribute name in the tag \"{tag}\" at byte offset {start}"
                ));
            }
            self.skip_spaces();
            let value = match self.peek().ok_or_else(unclosed)? {
                '=' => {
                    self.at += 1;
                    self.skip_spaces();
                    self.attribute_value(start)?
                }
                _ if tag == "blockquote" && name == "expandable" => name.clone(),
                _ => {
                    return Err(format!(
                        "Expected equal sign in declaration of an attribute of the tag \
                         \"{tag}\" at byte offset {start}"
                    ));
                }
            };
            match (tag, name.as_str()) {
                ("a", "href")
                | ("span", "class")
                | ("tg-emoji", "emoji-id")
                | ("blockquote", "expandable") => argument = Some(value),
                ("code", "class") => {
                    argument = value.strip_prefix("language-").map(ToOwned::to_owned);
                }
                _ => {}
            }
        }
    }

    fn attribute_value(&mut self, start: usize) -> Result<String, String> {
        let unclosed = || format!("Unclosed start tag at byte offset {start}");
        let quote = self.peek().ok_or_else(unclosed)?;
        if quote != '"' && quote != '\'' {
            let token =
                self.take_while(|c| c.is_ascii_alphanumeric() || c == '.' || c == '-').to_owned();
            return match self.peek().ok_or_else(unclosed)? {
                '>' => Ok(token),
                character if character.is_ascii_whitespace() => Ok(token),
                _ => Err(format!("Unexpected end of name token at byte offset {start}")),
            };
        }
        self.at += 1;
        let mut value = String::new();
        loop {
            let character = self.peek().ok_or_else(unclosed)?;
            if character == quote {
                self.at += 1;
                return Ok(value);
            }
            if character == '&' {
                value.push(self.attribute_reference());
            } else {
                self.advance(character);
                value.push(character);
            }
        }
    }

    /// In attributes a lone ampersand stands for itself: addresses are full of them.
    fn attribute_reference(&mut self) -> char {
        self.character_reference().unwrap_or_else(|_| {
            self.at += 1;
            '&'
        })
    }

    fn close(&mut self, person: &impl Fn(i64) -> Option<Arc<User>>) -> Result<(), String> {
        let start = self.at;
        let Some(tag) = self.stack.pop() else {
            return Err(format!("Unexpected end tag at byte offset {start}"));
        };
        self.at += 2;
        let found = self
            .take_while(|character| !character.is_ascii_whitespace() && character != '>')
            .to_ascii_lowercase();
        self.skip_spaces();
        if self.peek() != Some('>') {
            return Err(format!("Unclosed end tag at byte offset {start}"));
        }
        self.at += 1;
        if !found.is_empty() && found != tag.name {
            return Err(format!(
                "Unmatched end tag at byte offset {start}, \
                 expected \"</{}>\", found \"</{found}>\"",
                tag.name
            ));
        }
        let length = self.utf16_length - tag.utf16_offset;
        if length > 0 && !self.is_language_of_pre(&tag) {
            self.entities.extend(self.entity(&tag, length, person));
        }
        Ok(())
    }

    /// `<pre><code class="language-x">`: the language moves to the `pre`.
    fn is_language_of_pre(&mut self, tag: &Tag) -> bool {
        match self.stack.last_mut() {
            Some(outer) if tag.name == "code" && outer.name == "pre" => {
                if outer.utf16_offset == tag.utf16_offset {
                    outer.argument.clone_from(&tag.argument);
                }
                true
            }
            _ => false,
        }
    }

    fn entity(
        &self,
        tag: &Tag,
        length: usize,
        person: &impl Fn(i64) -> Option<Arc<User>>,
    ) -> Option<Entity> {
        let kind = match tag.name.as_str() {
            "b" | "strong" => "bold",
            "i" | "em" => "italic",
            "u" | "ins" => "underline",
            "s" | "strike" | "del" => "strikethrough",
            "span" | "tg-spoiler" => "spoiler",
            "code" => "code",
            "pre" => "pre",
            "blockquote" if tag.argument.is_some() => "expandable_blockquote",
            "blockquote" => "blockquote",
            "tg-emoji" => "custom_emoji",
            "a" => "text_link",
            _ => return None,
        };
        let mut entity =
            Entity { kind: kind.to_owned(), offset: tag.utf16_offset, length, ..Entity::default() };
        match kind {
            "pre" => entity.language.clone_from(&tag.argument),
            "custom_emoji" => entity.custom_emoji_id.clone_from(&tag.argument),
            "text_link" => return self.link(tag, entity, person),
            _ => {}
        }
        Some(entity)
    }

    /// A link to a known person is a mention; an address that leads nowhere is no entity at all.
    fn link(
        &self,
        tag: &Tag,
        mut entity: Entity,
        person: &impl Fn(i64) -> Option<Arc<User>>,
    ) -> Option<Entity> {
        let written = tag.argument.as_deref().unwrap_or(&self.text[tag.byte_offset..]);
        if let Some(id) = written.strip_prefix("tg://user?id=") {
            "text_mention".clone_into(&mut entity.kind);
            entity.user = Some(person(id.parse().ok()?)?);
            return Some(entity);
        }
        let url = if written.contains("://") {
            written.to_owned()
        } else if written.contains('.') {
            format!("http://{written}")
        } else {
            return None;
        };
        if is_link(&url) { Some(Entity { url: Some(url), ..entity }) } else { None }
    }
}

fn decode_number(name: &str) -> Option<char> {
    let digits = name.strip_prefix('#')?;
    let code = match digits.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16).ok()?,
        None => digits.parse().ok()?,
    };
    char::from_u32(code).filter(|character| *character != '\0')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn nobody(_: i64) -> Option<Arc<User>> {
        None
    }

    fn entities(source: &str) -> Vec<(String, usize, usize)> {
        let parsed = parse(source, nobody).unwrap();
        parsed.entities.into_iter().map(|e| (e.kind, e.offset, e.length)).collect()
    }

    fn refusal(source: &str) -> String {
        parse(source, nobody).unwrap_err()
    }

    #[test]
    fn offsets_count_utf16_code_units() {
        let parsed = parse("😀 <b>жук</b>", nobody).unwrap();
        assert_eq!(parsed.text, "😀 жук");
        assert_eq!(entities("😀 <b>жук</b>"), [("bold".to_owned(), 3, 3)]);
    }

    #[test]
    fn nested_tags_give_nested_entities_outer_first() {
        let found = entities("<b>a<i>b</i></b><u></u>");
        assert_eq!(found, [("bold".to_owned(), 0, 2), ("italic".to_owned(), 1, 1)]);
    }

    #[test]
    fn every_tag_of_the_documentation_is_understood() {
        for (source, kind) in [
            ("<strong>x</strong>", "bold"),
            ("<EM>x</em>", "italic"),
            ("<ins>x</ins>", "underline"),
            ("<del>x</del>", "strikethrough"),
            ("<span class=\"tg-spoiler\">x</span>", "spoiler"),
            ("<tg-spoiler>x</tg-spoiler>", "spoiler"),
            ("<code>x</code>", "code"),
            ("<pre>x</pre>", "pre"),
            ("<blockquote>x</blockquote>", "blockquote"),
            ("<blockquote expandable>x</blockquote>", "expandable_blockquote"),
            ("<tg-emoji emoji-id='5'>x</tg-emoji>", "custom_emoji"),
            ("<a href=\"https://a.example/?a=1&b=2\">x</a>", "text_link"),
        ] {
            assert_eq!(entities(source), [(kind.to_owned(), 0, 1)], "{source}");
        }
    }

    #[test]
    fn a_language_belongs_to_its_pre() {
        let source = "<pre><code class=\"language-rust\">let x;</code></pre>";
        let parsed = parse(source, nobody).unwrap();
        assert_eq!(parsed.entities.len(), 1);
        assert_eq!(parsed.entities[0].language.as_deref(), Some("rust"));
    }

    #[test]
    fn a_link_to_a_known_person_is_a_mention() {
        let ada = Arc::new(User { id: 7, ..User::default() });
        let source = "<a href=\"tg://user?id=7\">Ada</a>";
        let parsed = parse(source, |id| (id == 7).then(|| ada.clone())).unwrap();
        assert_eq!(parsed.entities[0].kind, "text_mention");
        assert!(parse(source, nobody).unwrap().entities.is_empty());
    }

    #[test]
    fn references_are_decoded() {
        let parsed = parse("&lt;&gt;&amp;&quot;&#65;&#x42;", nobody).unwrap();
        assert_eq!(parsed.text, "<>&\"AB");
    }

    #[test]
    fn what_is_not_well_formed_is_refused_with_its_place() {
        for (source, reason) in [
            ("é<x>", "Unsupported start tag \"x\" at byte offset 2"),
            ("<b>a", "Can't find end tag corresponding to start tag \"b\""),
            ("a</b>", "Unexpected end tag at byte offset 1"),
            (
                "<b><i>a</b></i>",
                "Unmatched end tag at byte offset 7, expected \"</i>\", found \"</b>\"",
            ),
            ("a < b", "Unsupported start tag \"\" at byte offset 2"),
            ("a <3 b>", "Unsupported start tag \"3\" at byte offset 2"),
            ("Tom & Jerry", "Unescaped character '&' at byte offset 4"),
            ("&nbsp;", "Unescaped character '&' at byte offset 0"),
            ("<a href>x</a>", "Expected equal sign in declaration of an attribute"),
            ("<span class='x'>y</span>", "Tag \"span\" must have class \"tg-spoiler\""),
            ("<b>x</b", "Unclosed end tag at byte offset 4"),
        ] {
            let found = refusal(source);
            assert!(found.starts_with(reason), "{source}: {found}");
        }
    }
}
