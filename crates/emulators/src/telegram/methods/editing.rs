//! Changing and deleting what was said.

use std::sync::Arc;
use std::time::Instant;

use serde_json::Value;

use super::outgoing::{chat, inline_markup};
use super::wording;
use crate::parameters::Parameters;
use crate::telegram::chat::Chat;
use crate::telegram::events::Event;
use crate::telegram::failure::{Answer, Failure};
use crate::telegram::keyboard::Under;
use crate::telegram::message::Message;
use crate::telegram::world::World;

/// Older messages cannot be deleted.
const DELETABLE_S: i64 = 48 * 60 * 60;

pub(super) fn edit_message_text(
    world: &Arc<World>,
    parameters: &Parameters,
) -> Result<Answer, Failure> {
    let formatted = wording::TEXT.read(world, parameters)?;
    let keyboard = inline_markup(parameters, Under::Message)?;
    edit(world, parameters, |message| {
        if message.text.is_none() {
            return Err(Failure::bad_request("there is no text in the message to edit"));
        }
        message.text = Some(formatted.text);
        message.entities = formatted.entities;
        message.reply_markup = keyboard;
        Ok(())
    })
}

pub(super) fn edit_message_caption(
    world: &Arc<World>,
    parameters: &Parameters,
) -> Result<Answer, Failure> {
    let formatted = wording::CAPTION.read(world, parameters)?;
    let keyboard = inline_markup(parameters, Under::Message)?;
    edit(world, parameters, |message| {
        if message.file_id().is_none() {
            return Err(Failure::bad_request("there is no caption in the message to edit"));
        }
        message.caption = Some(formatted.text).filter(|text| !text.is_empty());
        message.caption_entities = formatted.entities;
        message.reply_markup = keyboard;
        Ok(())
    })
}

pub(super) fn edit_message_reply_markup(
    world: &Arc<World>,
    parameters: &Parameters,
) -> Result<Answer, Failure> {
    edit(world, parameters, |message| {
        let under = if message.invoice.is_some() { Under::Invoice } else { Under::Message };
        message.reply_markup = inline_markup(parameters, under)?;
        Ok(())
    })
}

/// Applies a change to one of the bot's own messages, if it changes anything.
pub(super) fn edit(
    world: &Arc<World>,
    parameters: &Parameters,
    change: impl FnOnce(&mut Message) -> Result<(), Failure>,
) -> Result<Answer, Failure> {
    if parameters.text("inline_message_id").is_some() {
        return Err(Failure::bad_request("MESSAGE_ID_INVALID"));
    }
    let chat = chat(world, parameters, "chat_id")?;
    let message_id = parameters
        .integer("message_id")
        .ok_or_else(|| Failure::bad_request("message identifier is not specified"))?;
    world.flood.admit(chat.id(), Instant::now())?;
    let edited = {
        let mut state = chat.lock();
        state.standing.check()?;
        let message = state
            .find(message_id)
            .ok_or_else(|| Failure::bad_request("message to edit not found"))?;
        let service = message.successful_payment.is_some() || message.refunded_payment.is_some();
        if !message.is_from_bot() || service {
            return Err(Failure::bad_request("message can't be edited"));
        }
        let mut edited = message.clone();
        change(&mut edited)?;
        if edited == *message {
            return Err(Failure::bad_request(
                "message is not modified: specified new message content and reply markup \
                 are exactly the same as a current content and reply markup of the message",
            ));
        }
        edited.edit_date = Some(world.now_s());
        message.clone_from(&edited);
        edited
    };
    world.show(&chat, &edited);
    Ok(Answer::of(&edited).about(message_id))
}

pub(super) fn delete_message(
    world: &Arc<World>,
    parameters: &Parameters,
) -> Result<Answer, Failure> {
    let chat = chat(world, parameters, "chat_id")?;
    let message_id = parameters
        .integer("message_id")
        .ok_or_else(|| Failure::bad_request("message identifier is not specified"))?;
    delete(world, &chat, message_id)?;
    Ok(Answer::yes().about(message_id))
}

pub(super) fn delete_messages(
    world: &Arc<World>,
    parameters: &Parameters,
) -> Result<Answer, Failure> {
    let chat = chat(world, parameters, "chat_id")?;
    let malformed = || Failure::bad_request("can't parse message identifiers");
    let value = parameters.json("message_ids").map_err(|_| malformed())?.ok_or_else(malformed)?;
    let ids: Vec<i64> = value
        .as_array()
        .and_then(|ids| ids.iter().map(Value::as_i64).collect())
        .ok_or_else(malformed)?;
    if !(1..=100).contains(&ids.len()) {
        return Err(Failure::bad_request("wrong number of message identifiers"));
    }
    for id in ids {
        // Those that are not there are skipped.
        let _ = delete(world, &chat, id);
    }
    Ok(Answer::yes())
}

fn delete(world: &Arc<World>, chat: &Chat, message_id: i64) -> Result<(), Failure> {
    {
        let mut state = chat.lock();
        let message = state
            .find(message_id)
            .ok_or_else(|| Failure::bad_request("message to delete not found"))?;
        if world.now_s() - message.date > DELETABLE_S {
            return Err(Failure::bad_request("message can't be deleted"));
        }
        state.remove(message_id);
    }
    chat.touch();
    world.events.tell(|| Event::Deleted { chat: chat.id(), message_id });
    Ok(())
}
