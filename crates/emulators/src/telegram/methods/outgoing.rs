//! What all messages by the bot have in common: a chat, a keyboard, an answer to something.

use std::borrow::Cow;
use std::sync::Arc;
use std::time::Instant;

use serde_json::Value;

use crate::parameters::{Parameters, Upload};
use crate::telegram::chat::Chat;
use crate::telegram::failure::{Answer, Failure};
use crate::telegram::files::StoredFile;
use crate::telegram::keyboard::{InlineKeyboard, Markup, Under};
use crate::telegram::message::Message;
use crate::telegram::world::World;

/// A message about to be sent.
pub(super) struct Outgoing {
    chat: Arc<Chat>,
    pub(super) message: Message,
    reply_keyboard: Option<Value>,
}

impl Outgoing {
    /// Finds the chat and checks that the bot may write there, now and with this keyboard.
    pub(super) fn begin(
        world: &Arc<World>,
        parameters: &Parameters,
        under: Under,
    ) -> Result<Self, Failure> {
        let chat = chat(world, parameters, "chat_id")?;
        chat.lock().standing.check()?;
        let mut message = Message {
            has_protected_content: parameters.flag("protect_content"),
            reply_to_message: replied_to(&chat, parameters)?.map(Box::new),
            ..Message::default()
        };
        let mut reply_keyboard = None;
        match markup(parameters, under)? {
            Some(Markup::Inline(keyboard)) if !keyboard.is_empty() => {
                message.reply_markup = Some(keyboard);
            }
            Some(Markup::Reply(keyboard)) => reply_keyboard = Some(keyboard),
            _ => {}
        }
        Ok(Self { chat, message, reply_keyboard })
    }

    pub(super) fn send(self, world: &Arc<World>) -> Result<Answer, Failure> {
        world.flood.admit(self.chat.id(), Instant::now())?;
        if let Some(keyboard) = self.reply_keyboard {
            let shown = keyboard.get("keyboard").is_some();
            self.chat.lock().reply_keyboard = shown.then_some(keyboard);
            world.events.tell(|| crate::telegram::events::Event::People);
        }
        let message = world.post(&self.chat, self.message)?;
        Ok(Answer::of(&message).about(message.message_id))
    }
}

/// The chat that a parameter names by id or by `@username`.
pub(super) fn chat(
    world: &World,
    parameters: &Parameters,
    field: &str,
) -> Result<Arc<Chat>, Failure> {
    let name = parameters.text(field).unwrap_or_default();
    let name = name.trim();
    if name.is_empty() {
        return Err(Failure::bad_request(&format!("{field} is empty")));
    }
    match name.strip_prefix('@') {
        Some(username) => world.chats.find_by_username(username),
        None => name.parse().ok().and_then(|id| world.chats.find(id)),
    }
    .ok_or_else(|| Failure::bad_request("chat not found"))
}

/// The `reply_markup` of a call.
pub(super) fn markup(parameters: &Parameters, under: Under) -> Result<Option<Markup>, Failure> {
    let malformed = || Failure::bad_request("can't parse reply keyboard markup JSON object");
    let value = parameters.json("reply_markup").map_err(|_| malformed())?;
    value.map(|value| Markup::parse(&value, under)).transpose()
}

/// The `reply_markup` of an edit, which can only be buttons under the message.
pub(super) fn inline_markup(
    parameters: &Parameters,
    under: Under,
) -> Result<Option<InlineKeyboard>, Failure> {
    match markup(parameters, under)? {
        Some(Markup::Inline(keyboard)) => Ok((!keyboard.is_empty()).then_some(keyboard)),
        Some(Markup::Reply(value)) if value.as_object().is_some_and(serde_json::Map::is_empty) => {
            Ok(None)
        }
        Some(Markup::Reply(_)) => Err(Failure::bad_request("inline keyboard expected")),
        None => Ok(None),
    }
}

fn replied_to(chat: &Chat, parameters: &Parameters) -> Result<Option<Message>, Failure> {
    let malformed = || Failure::bad_request("can't parse reply parameters JSON object");
    let Some(value) = parameters.json("reply_parameters").map_err(|_| malformed())? else {
        return Ok(None);
    };
    let message_id = value.get("message_id").and_then(Value::as_i64).ok_or_else(malformed)?;
    let found = chat.lock().find(message_id).cloned();
    let lenient =
        value.get("allow_sending_without_reply").and_then(Value::as_bool).unwrap_or(false);
    match found {
        Some(message) => Ok(Some(Message { reply_to_message: None, ..message })),
        None if lenient => Ok(None),
        None => Err(Failure::bad_request("message to be replied not found")),
    }
}

/// The file that a parameter brings along, refers to as `attach://`, or names by its id.
pub(super) fn file(
    world: &World,
    parameters: &Parameters,
    field: &str,
) -> Result<StoredFile, Failure> {
    if let Some(upload) = parameters.uploads.get(field) {
        return store(world, upload);
    }
    let named = parameters.text(field).unwrap_or(Cow::Borrowed(""));
    if named.is_empty() {
        return Err(Failure::bad_request(&format!("there is no {field} in the request")));
    }
    if let Some(part) = named.strip_prefix("attach://") {
        let upload = parameters
            .uploads
            .get(part)
            .ok_or_else(|| Failure::bad_request("attached file not found"))?;
        return store(world, upload);
    }
    if named.starts_with("http://") || named.starts_with("https://") {
        return Err(Failure::bad_request("Wrong HTTP URL specified"));
    }
    world
        .files
        .find(&named)
        .ok_or_else(|| Failure::bad_request("wrong file_id or the file is temporarily unavailable"))
}

fn store(world: &World, upload: &Upload) -> Result<StoredFile, Failure> {
    if upload.bytes.is_empty() {
        return Err(Failure::bad_request("file must be non-empty"));
    }
    Ok(world.files.add(upload.clone(), &world.clock))
}
