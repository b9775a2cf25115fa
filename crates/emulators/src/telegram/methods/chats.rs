//! Questions about chats, their members and files.

use std::sync::Arc;

use serde_json::{Value, json};

use super::outgoing::chat;
use crate::parameters::Parameters;
use crate::telegram::failure::{Answer, Failure};
use crate::telegram::world::World;

/// Bigger files cannot be downloaded by bots.
const DOWNLOAD_BYTES_MAX: usize = 20 * 1024 * 1024;

pub(super) fn get_chat(world: &Arc<World>, parameters: &Parameters) -> Result<Answer, Failure> {
    let chat = chat(world, parameters, "chat_id")?;
    let mut shown = serde_json::to_value(chat.head.as_ref()).expect("a chat is plain JSON");
    shown["accent_color_id"] = json!(0);
    shown["max_reaction_count"] = json!(11);
    shown["accepted_gift_types"] = json!({
        "unlimited_gifts": false,
        "limited_gifts": false,
        "unique_gifts": false,
        "premium_subscription": false,
        "gifts_from_channels": false,
    });
    Ok(Answer::of(&shown))
}

pub(super) fn get_chat_member(
    world: &Arc<World>,
    parameters: &Parameters,
) -> Result<Answer, Failure> {
    let chat = chat(world, parameters, "chat_id")?;
    let user_id = parameters.integer("user_id").unwrap_or(0);
    let user = if user_id == world.bot.id {
        world.bot.clone()
    } else {
        world.chats.person(user_id).ok_or_else(|| Failure::bad_request("user not found"))?
    };
    let status = if chat.person.is_some() {
        "member".to_owned()
    } else if user.is_bot {
        "administrator".to_owned()
    } else {
        let state = chat.lock();
        state.members.get(&user_id).cloned().unwrap_or_else(|| "left".to_owned())
    };
    let mut member = json!({ "status": status, "user": user });
    if status == "kicked" {
        member["until_date"] = json!(0);
    }
    Ok(Answer::of(&member))
}

pub(super) fn get_chat_member_count(
    world: &Arc<World>,
    parameters: &Parameters,
) -> Result<Answer, Failure> {
    let chat = chat(world, parameters, "chat_id")?;
    let count = if chat.person.is_some() { 2 } else { chat.lock().members.len() + 1 };
    Ok(Answer::of(&count))
}

pub(super) fn get_file(world: &Arc<World>, parameters: &Parameters) -> Result<Answer, Failure> {
    let file_id = parameters.text("file_id").unwrap_or_default();
    let file = world.files.find(&file_id).ok_or_else(|| {
        Failure::bad_request("wrong file_id or the file is temporarily unavailable")
    })?;
    if file.bytes.len() > DOWNLOAD_BYTES_MAX {
        return Err(Failure::bad_request("file is too big"));
    }
    let shown: Value = json!({
        "file_id": file.file_id,
        "file_unique_id": file.unique_id(),
        "file_size": file.bytes.len(),
        "file_path": format!("documents/{}", file.file_id),
    });
    Ok(Answer::of(&shown))
}

/// Pinning and reacting: accepted on any message that exists, without a trace.
pub(super) fn pin_chat_message(
    world: &Arc<World>,
    parameters: &Parameters,
) -> Result<Answer, Failure> {
    let chat = chat(world, parameters, "chat_id")?;
    chat.lock().standing.check()?;
    let message_id = parameters.integer("message_id");
    if message_id.is_some_and(|id| chat.lock().find(id).is_none()) {
        return Err(Failure::bad_request("message not found"));
    }
    Ok(Answer::yes())
}
