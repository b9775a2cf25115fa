//! Texts, documents, photos, copies and the sign that something is being written.

use std::sync::Arc;

use serde_json::json;

use super::outgoing::{self, Outgoing};
use super::wording;
use crate::parameters::Parameters;
use crate::telegram::events::Event;
use crate::telegram::failure::{Answer, Failure};
use crate::telegram::files::StoredFile;
use crate::telegram::keyboard::Under;
use crate::telegram::message::{Document, PhotoSize};
use crate::telegram::photo;
use crate::telegram::world::World;

const PHOTO_BYTES_MAX: usize = 10 * 1024 * 1024;
const PHOTO_SIDES_MAX: u32 = 10_000;
const PHOTO_RATIO_MAX: u32 = 20;

pub(super) fn send_message(world: &Arc<World>, parameters: &Parameters) -> Result<Answer, Failure> {
    let mut outgoing = Outgoing::begin(world, parameters, Under::Message)?;
    let formatted = wording::TEXT.read(world, parameters)?;
    outgoing.message.text = Some(formatted.text);
    outgoing.message.entities = formatted.entities;
    outgoing.send(world)
}

pub(super) fn send_document(
    world: &Arc<World>,
    parameters: &Parameters,
) -> Result<Answer, Failure> {
    let mut outgoing = captioned(world, parameters)?;
    let file = outgoing::file(world, parameters, "document")?;
    outgoing.message.document = Some(Document::from(&file));
    outgoing.send(world)
}

pub(super) fn send_photo(world: &Arc<World>, parameters: &Parameters) -> Result<Answer, Failure> {
    let mut outgoing = captioned(world, parameters)?;
    let file = outgoing::file(world, parameters, "photo")?;
    outgoing.message.photo = vec![photo_size(file)?];
    outgoing.send(world)
}

/// A file as a photo, as the server takes one.
pub(super) fn photo_size(file: StoredFile) -> Result<PhotoSize, Failure> {
    if file.bytes.len() > PHOTO_BYTES_MAX {
        return Err(Failure::bad_request("file is too big"));
    }
    let (width, height) = photo::dimensions(&file.bytes)
        .ok_or_else(|| Failure::bad_request("IMAGE_PROCESS_FAILED"))?;
    let (short, long) = (width.min(height).max(1), width.max(height));
    if width.saturating_add(height) > PHOTO_SIDES_MAX || long / short > PHOTO_RATIO_MAX {
        return Err(Failure::bad_request("PHOTO_INVALID_DIMENSIONS"));
    }
    Ok(PhotoSize::new(file, width, height))
}

fn captioned(world: &Arc<World>, parameters: &Parameters) -> Result<Outgoing, Failure> {
    let mut outgoing = Outgoing::begin(world, parameters, Under::Message)?;
    let formatted = wording::CAPTION.read(world, parameters)?;
    outgoing.message.caption = Some(formatted.text).filter(|text| !text.is_empty());
    outgoing.message.caption_entities = formatted.entities;
    Ok(outgoing)
}

pub(super) fn copy_message(world: &Arc<World>, parameters: &Parameters) -> Result<Answer, Failure> {
    let mut outgoing = Outgoing::begin(world, parameters, Under::Message)?;
    let from = outgoing::chat(world, parameters, "from_chat_id")?;
    let original = parameters
        .integer("message_id")
        .and_then(|id| from.lock().find(id).cloned())
        .ok_or_else(|| Failure::bad_request("message to copy not found"))?;
    let content = original.text.is_some() || original.file_id().is_some();
    if !content {
        return Err(Failure::bad_request("message can't be copied"));
    }
    outgoing.message.text = original.text;
    outgoing.message.entities = original.entities;
    outgoing.message.document = original.document;
    outgoing.message.photo = original.photo;
    if parameters.fields.contains_key("caption") {
        let formatted = wording::CAPTION.read(world, parameters)?;
        outgoing.message.caption = Some(formatted.text).filter(|text| !text.is_empty());
        outgoing.message.caption_entities = formatted.entities;
    } else {
        outgoing.message.caption = original.caption;
        outgoing.message.caption_entities = original.caption_entities;
    }
    let sent = outgoing.send(world)?;
    let message_id = sent.message_id;
    Ok(Answer { result: json!({ "message_id": message_id }).to_string(), ..sent })
}

pub(super) fn send_chat_action(
    world: &Arc<World>,
    parameters: &Parameters,
) -> Result<Answer, Failure> {
    const ACTIONS: [&str; 11] = [
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "upload_document",
        "choose_sticker",
        "find_location",
        "record_video_note",
        "upload_video_note",
    ];
    let chat = outgoing::chat(world, parameters, "chat_id")?;
    chat.lock().standing.check()?;
    let action = parameters.text("action").unwrap_or_default();
    if !ACTIONS.contains(&action.as_ref()) {
        return Err(Failure::bad_request("wrong parameter action in request"));
    }
    world.events.tell(|| Event::Action { chat: chat.id(), action: action.into_owned() });
    Ok(Answer::yes())
}

impl PhotoSize {
    /// The only size that is kept of a photo.
    pub(crate) fn new(file: StoredFile, width: u32, height: u32) -> Self {
        Self {
            file_unique_id: file.unique_id(),
            file_size: file.bytes.len(),
            file_id: file.file_id,
            width,
            height,
        }
    }
}

impl From<&StoredFile> for Document {
    fn from(file: &StoredFile) -> Self {
        Self {
            file_id: file.file_id.clone(),
            file_unique_id: file.unique_id(),
            file_name: file.name.clone(),
            mime_type: file.mime.clone(),
            file_size: file.bytes.len(),
        }
    }
}
