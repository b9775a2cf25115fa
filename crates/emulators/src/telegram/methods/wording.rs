//! The text of a message or the caption of a file: formatted, then measured.

use std::borrow::Cow;
use std::sync::Arc;

use serde::Deserialize;

use crate::parameters::Parameters;
use crate::telegram::failure::Failure;
use crate::telegram::html::{self, Formatted};
use crate::telegram::message::Entity;
use crate::telegram::world::World;

/// The server does not even parse more than this.
const RAW_BYTES_MAX: usize = 32_768;

/// Where a text stands and how long it may be.
pub(super) struct Wording {
    field: &'static str,
    entities: &'static str,
    chars_max: usize,
    /// The refusal of an empty one; captions may be empty.
    empty: Option<&'static str>,
    too_long: &'static str,
}

pub(super) const TEXT: Wording = Wording {
    field: "text",
    entities: "entities",
    chars_max: 4_096,
    empty: Some("message text is empty"),
    too_long: "message is too long",
};

pub(super) const CAPTION: Wording = Wording {
    field: "caption",
    entities: "caption_entities",
    chars_max: 1_024,
    empty: None,
    too_long: "message caption is too long",
};

impl Wording {
    pub(super) fn read(
        &self,
        world: &Arc<World>,
        parameters: &Parameters,
    ) -> Result<Formatted, Failure> {
        let raw = parameters.text(self.field).unwrap_or_default();
        if raw.len() > RAW_BYTES_MAX {
            return Err(Failure::bad_request("Text is too long"));
        }
        let mode = parameters.text("parse_mode").unwrap_or_default().to_ascii_lowercase();
        let formatted = match mode.as_str() {
            "" => self.with_entities(raw, parameters)?,
            "html" => html::parse(&raw, |id| world.chats.person(id)).map_err(|reason| {
                Failure::bad_request(&format!("can't parse entities: {reason}"))
            })?,
            "markdown" | "markdownv2" => {
                return Err(Failure::bad_request("this emulator parses HTML only"));
            }
            _ => return Err(Failure::bad_request("unsupported parse_mode")),
        };
        if let Some(refusal) = self.empty
            && formatted.text.trim().is_empty()
        {
            return Err(Failure::bad_request(refusal));
        }
        if formatted.text.chars().count() > self.chars_max {
            return Err(Failure::bad_request(self.too_long));
        }
        Ok(formatted)
    }

    fn with_entities(
        &self,
        text: Cow<'_, str>,
        parameters: &Parameters,
    ) -> Result<Formatted, Failure> {
        let text = text.into_owned();
        let malformed = || Failure::bad_request("can't parse entities: expected an Array");
        let Some(value) = parameters.json(self.entities).map_err(|_| malformed())? else {
            return Ok(Formatted { text, entities: Vec::new() });
        };
        let entities = Vec::<Entity>::deserialize(value.as_ref()).map_err(|_| malformed())?;
        let length = text.encode_utf16().count();
        let inside = |entity: &Entity| {
            entity.length > 0
                && entity.offset.checked_add(entity.length).is_some_and(|end| end <= length)
        };
        if !entities.iter().all(inside) {
            return Err(Failure::bad_request("entity beginning or end is outside of the text"));
        }
        Ok(Formatted { text, entities })
    }
}
