//! The bot's answers to pressed buttons and to payments about to be made.

use std::sync::Arc;

use crate::parameters::Parameters;
use crate::telegram::events::Event;
use crate::telegram::failure::{Answer, Failure};
use crate::telegram::query::{CallbackAnswer, PreCheckoutAnswer};
use crate::telegram::world::World;

const ANSWER_CHARS_MAX: usize = 200;

pub(super) fn answer_callback_query(
    world: &Arc<World>,
    parameters: &Parameters,
) -> Result<Answer, Failure> {
    let query_id = parameters.text("callback_query_id").unwrap_or_default();
    let text = parameters.text("text").filter(|text| !text.is_empty());
    if text.as_ref().is_some_and(|text| text.chars().count() > ANSWER_CHARS_MAX) {
        return Err(Failure::bad_request("MESSAGE_TOO_LONG"));
    }
    let url = parameters.text("url").filter(|url| !url.is_empty());
    if let Some(url) = &url
        && !leads_to_bot(world, url)
    {
        return Err(Failure::bad_request("URL_INVALID"));
    }
    let answer = CallbackAnswer {
        text: text.map(std::borrow::Cow::into_owned),
        show_alert: parameters.flag("show_alert"),
        url: url.map(std::borrow::Cow::into_owned),
    };
    let person = world.callbacks.answer(&query_id, answer.clone())?;
    if let Some(chat) = world.chats.find(person) {
        chat.touch();
    }
    world.events.tell(|| Event::Answered { chat: person, query_id: query_id.into_owned(), answer });
    Ok(Answer::yes())
}

/// Without a game the address may only open the bot itself.
fn leads_to_bot(world: &World, url: &str) -> bool {
    let username = world.bot.username.as_deref().unwrap_or_default();
    ["https://t.me/", "http://t.me/", "t.me/"].iter().any(|prefix| {
        url.strip_prefix(prefix)
            .and_then(|rest| rest.strip_prefix(username))
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('?'))
    })
}

pub(super) fn answer_pre_checkout_query(
    world: &Arc<World>,
    parameters: &Parameters,
) -> Result<Answer, Failure> {
    let query_id = parameters.text("pre_checkout_query_id").unwrap_or_default();
    let answer = if parameters.flag("ok") {
        PreCheckoutAnswer::Ok
    } else {
        let error_message = parameters.text("error_message").unwrap_or_default().into_owned();
        if error_message.is_empty() {
            return Err(Failure::bad_request("error message must be non-empty"));
        }
        PreCheckoutAnswer::Refused { error_message }
    };
    world.pre_checkouts.answer(&query_id, answer)?;
    Ok(Answer::yes())
}
