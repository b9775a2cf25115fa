//! editMessageMedia: another photo or document in a message, or one in place of its text.

use std::sync::Arc;

use super::outgoing::{self, inline_markup};
use super::{editing, sending, wording};
use crate::parameters::Parameters;
use crate::telegram::failure::{Answer, Failure};
use crate::telegram::keyboard::Under;
use crate::telegram::message::Document;
use crate::telegram::world::World;

pub(super) fn edit_message_media(
    world: &Arc<World>,
    parameters: &Parameters,
) -> Result<Answer, Failure> {
    let media = media(parameters)?;
    let formatted = wording::CAPTION.read(world, &media)?;
    let keyboard = inline_markup(parameters, Under::Message)?;
    let file = outgoing::file(world, &media, "media")?;
    let (photo, document) = match media.text("type").as_deref() {
        Some("photo") => (vec![sending::photo_size(file)?], None),
        Some("document") => (Vec::new(), Some(Document::from(&file))),
        _ => return Err(Failure::bad_request("this emulator edits in photos and documents only")),
    };
    editing::edit(world, parameters, |message| {
        if message.text.is_none() && message.file_id().is_none() {
            return Err(Failure::bad_request("message can't be edited"));
        }
        message.text = None;
        message.entities = Vec::new();
        message.photo = photo;
        message.document = document;
        message.caption = Some(formatted.text).filter(|text| !text.is_empty());
        message.caption_entities = formatted.entities;
        message.reply_markup = keyboard;
        Ok(())
    })
}

/// The object in `media` as parameters of its own, with what was uploaded beside it.
fn media(parameters: &Parameters) -> Result<Parameters, Failure> {
    let malformed = || Failure::bad_request("can't parse input media JSON object");
    let value = parameters.json("media").map_err(|_| malformed())?.ok_or_else(malformed)?;
    let fields = value.as_object().cloned().ok_or_else(malformed)?;
    Ok(Parameters { fields, uploads: parameters.uploads.clone() })
}
