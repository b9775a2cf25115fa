//! Who the bot is, its commands, its menu button, its name and descriptions.

use std::sync::Arc;

use serde_json::{Value, json};

use crate::parameters::Parameters;
use crate::telegram::events::Event;
use crate::telegram::failure::{Answer, Failure};
use crate::telegram::profile::{Audience, Command, TextKey};
use crate::telegram::world::World;

#[expect(clippy::unnecessary_wraps, reason = "one signature for all methods")]
pub(super) fn get_me(world: &Arc<World>, _: &Parameters) -> Result<Answer, Failure> {
    let mut me = serde_json::to_value(world.bot.as_ref()).expect("a user is plain JSON");
    for (field, value) in [
        ("can_join_groups", true),
        ("can_read_all_group_messages", false),
        ("supports_inline_queries", false),
        ("can_connect_to_business", false),
        ("has_main_web_app", false),
    ] {
        me[field] = Value::Bool(value);
    }
    Ok(Answer::of(&me))
}

fn audience(parameters: &Parameters) -> Result<Audience, Failure> {
    let malformed = || Failure::bad_request("can't parse BotCommandScope: expected an Object");
    let scope = parameters.json("scope").map_err(|_| malformed())?;
    let scope = Command::scope(scope.as_deref())?;
    Ok(Audience { scope, language: language(parameters)? })
}

fn language(parameters: &Parameters) -> Result<String, Failure> {
    let language = parameters.text("language_code").unwrap_or_default();
    let two_letters = language.len() == 2 && language.bytes().all(|b| b.is_ascii_lowercase());
    if !language.is_empty() && !two_letters {
        return Err(Failure::bad_request("invalid language code specified"));
    }
    Ok(language.into_owned())
}

pub(super) fn set_my_commands(
    world: &Arc<World>,
    parameters: &Parameters,
) -> Result<Answer, Failure> {
    let malformed = || Failure::bad_request("can't parse commands: expected an Array");
    let value = parameters.json("commands").map_err(|_| malformed())?.ok_or_else(malformed)?;
    let commands = Command::parse_list(&value)?;
    world.profile.set_commands(audience(parameters)?, commands);
    world.events.tell(|| Event::People);
    Ok(Answer::yes())
}

pub(super) fn get_my_commands(
    world: &Arc<World>,
    parameters: &Parameters,
) -> Result<Answer, Failure> {
    Ok(Answer::of(&world.profile.commands(&audience(parameters)?)))
}

pub(super) fn delete_my_commands(
    world: &Arc<World>,
    parameters: &Parameters,
) -> Result<Answer, Failure> {
    world.profile.set_commands(audience(parameters)?, Vec::new());
    world.events.tell(|| Event::People);
    Ok(Answer::yes())
}

pub(super) fn set_chat_menu_button(
    world: &Arc<World>,
    parameters: &Parameters,
) -> Result<Answer, Failure> {
    let malformed = || Failure::bad_request("can't parse menu button: expected an Object");
    let button = parameters.json("menu_button").map_err(|_| malformed())?;
    let button = button.map_or_else(|| json!({ "type": "default" }), std::borrow::Cow::into_owned);
    match button.get("type").and_then(Value::as_str) {
        Some("default" | "commands") => {}
        Some("web_app") if button.get("text").is_some() && button.get("web_app").is_some() => {}
        _ => return Err(Failure::bad_request("MenuButton has unsupported type")),
    }
    world.profile.set_menu_button(parameters.integer("chat_id"), button);
    Ok(Answer::yes())
}

#[expect(clippy::unnecessary_wraps, reason = "one signature for all methods")]
pub(super) fn get_chat_menu_button(
    world: &Arc<World>,
    parameters: &Parameters,
) -> Result<Answer, Failure> {
    Ok(Answer::of(&world.profile.menu_button(parameters.integer("chat_id"))))
}

/// A text of the profile, and how long it may be.
struct ProfileText {
    field: &'static str,
    chars_max: usize,
}

const NAME: ProfileText = ProfileText { field: "name", chars_max: 64 };
const DESCRIPTION: ProfileText = ProfileText { field: "description", chars_max: 512 };
const SHORT_DESCRIPTION: ProfileText = ProfileText { field: "short_description", chars_max: 120 };

impl ProfileText {
    fn set(&self, world: &World, parameters: &Parameters) -> Result<Answer, Failure> {
        let text = parameters.text(self.field).unwrap_or_default();
        if text.chars().count() > self.chars_max {
            return Err(Failure::bad_request(&format!("{} is too long", self.field)));
        }
        let key = TextKey { field: self.field, language: language(parameters)? };
        world.profile.set_text(key, text.into_owned());
        Ok(Answer::yes())
    }

    fn get(&self, world: &World, parameters: &Parameters) -> Result<Answer, Failure> {
        let key = TextKey { field: self.field, language: language(parameters)? };
        let text = world.profile.text(&key);
        Ok(Answer::of(&json!({ self.field: text })))
    }
}

pub(super) fn set_my_name(world: &Arc<World>, parameters: &Parameters) -> Result<Answer, Failure> {
    NAME.set(world, parameters)
}

pub(super) fn get_my_name(world: &Arc<World>, parameters: &Parameters) -> Result<Answer, Failure> {
    NAME.get(world, parameters)
}

pub(super) fn set_my_description(
    world: &Arc<World>,
    parameters: &Parameters,
) -> Result<Answer, Failure> {
    DESCRIPTION.set(world, parameters)
}

pub(super) fn get_my_description(
    world: &Arc<World>,
    parameters: &Parameters,
) -> Result<Answer, Failure> {
    DESCRIPTION.get(world, parameters)
}

pub(super) fn set_my_short_description(
    world: &Arc<World>,
    parameters: &Parameters,
) -> Result<Answer, Failure> {
    SHORT_DESCRIPTION.set(world, parameters)
}

pub(super) fn get_my_short_description(
    world: &Arc<World>,
    parameters: &Parameters,
) -> Result<Answer, Failure> {
    SHORT_DESCRIPTION.get(world, parameters)
}
