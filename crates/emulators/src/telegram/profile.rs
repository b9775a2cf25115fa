//! What the bot says about itself: commands, menu button, name and descriptions.

use std::collections::HashMap;
use std::sync::Mutex;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::failure::Failure;
use crate::lock::lock;

/// An entry of the command menu.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Command {
    pub command: String,
    pub description: String,
}

/// Whom a list of commands is for.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Audience {
    /// The key of a scope.
    pub(crate) scope: String,
    /// Two letters; empty for all languages.
    pub(crate) language: String,
}

#[derive(Default)]
pub(crate) struct Profile {
    state: Mutex<Settings>,
}

#[derive(Default)]
struct Settings {
    commands: HashMap<Audience, Vec<Command>>,
    /// By chat; none is the default of all.
    menu_buttons: HashMap<Option<i64>, Value>,
    texts: HashMap<TextKey, String>,
}

/// One of the bot's texts in one language.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct TextKey {
    pub(crate) field: &'static str,
    pub(crate) language: String,
}

impl Profile {
    pub(crate) fn set_commands(&self, audience: Audience, commands: Vec<Command>) {
        let mut state = lock(&self.state);
        if commands.is_empty() {
            state.commands.remove(&audience);
        } else {
            state.commands.insert(audience, commands);
        }
    }

    /// Exactly what was set for an audience.
    pub(crate) fn commands(&self, audience: &Audience) -> Vec<Command> {
        lock(&self.state).commands.get(audience).cloned().unwrap_or_default()
    }

    /// What a person's client shows: the narrowest scope first, the language before the default.
    pub(crate) fn commands_for(&self, person: i64, language: &str) -> Vec<Command> {
        let state = lock(&self.state);
        let chat = format!("chat:{person}");
        [chat.as_str(), "all_private_chats", "default"]
            .iter()
            .flat_map(|scope| [language, ""].map(|language| (scope, language)))
            .find_map(|(scope, language)| {
                let audience =
                    Audience { scope: (*scope).to_owned(), language: language.to_owned() };
                state.commands.get(&audience).cloned()
            })
            .unwrap_or_default()
    }

    pub(crate) fn set_menu_button(&self, chat: Option<i64>, button: Value) {
        lock(&self.state).menu_buttons.insert(chat, button);
    }

    pub(crate) fn menu_button(&self, chat: Option<i64>) -> Value {
        let state = lock(&self.state);
        let own = state.menu_buttons.get(&chat).or_else(|| state.menu_buttons.get(&None));
        own.cloned().unwrap_or_else(|| json!({ "type": "default" }))
    }

    pub(crate) fn set_text(&self, key: TextKey, text: String) {
        lock(&self.state).texts.insert(key, text);
    }

    pub(crate) fn text(&self, key: &TextKey) -> String {
        lock(&self.state).texts.get(key).cloned().unwrap_or_default()
    }
}

impl Command {
    /// Reads a `commands` parameter.
    pub(crate) fn parse_list(value: &Value) -> Result<Vec<Self>, Failure> {
        let commands = Vec::<Self>::deserialize(value)
            .map_err(|_| Failure::bad_request("can't parse commands: expected an Array"))?;
        if commands.len() > 100 {
            return Err(Failure::bad_request("BOT_COMMANDS_TOO_MUCH"));
        }
        for Self { command, description } in &commands {
            let name = command.strip_prefix('/').unwrap_or(command);
            let letters =
                name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
            if !letters || !(1..=32).contains(&name.len()) {
                return Err(Failure::bad_request("BOT_COMMAND_INVALID"));
            }
            if !(1..=256).contains(&description.chars().count()) {
                return Err(Failure::bad_request("BOT_COMMAND_DESCRIPTION_INVALID"));
            }
        }
        Ok(commands)
    }

    /// The key of a scope.
    pub(crate) fn scope(value: Option<&Value>) -> Result<String, Failure> {
        let Some(value) = value else { return Ok("default".to_owned()) };
        let kind = value.get("type").and_then(Value::as_str).unwrap_or_default();
        match kind {
            "default" | "all_private_chats" | "all_group_chats" | "all_chat_administrators" => {
                Ok(kind.to_owned())
            }
            "chat" | "chat_administrators" | "chat_member" => {
                let chat = value.get("chat_id").map(ToString::to_string).unwrap_or_default();
                Ok(format!("{kind}:{}", chat.trim_matches('"')))
            }
            _ => Err(Failure::bad_request("can't parse BotCommandScope: unsupported type")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_narrowest_commands_win_and_the_language_before_the_default() {
        let profile = Profile::default();
        let of =
            |name: &str| vec![Command { command: name.to_owned(), description: name.to_owned() }];
        for (scope, language, name) in
            [("default", "", "all"), ("default", "ru", "russian"), ("chat:7", "", "owner")]
        {
            let audience = Audience { scope: scope.to_owned(), language: language.to_owned() };
            profile.set_commands(audience, of(name));
        }
        assert_eq!(profile.commands_for(1, "en"), of("all"));
        assert_eq!(profile.commands_for(1, "ru"), of("russian"));
        assert_eq!(profile.commands_for(7, "ru"), of("owner"));
    }

    #[test]
    fn commands_are_lower_case_and_described() {
        let parse = |name: &str, text: &str| {
            Command::parse_list(&json!([{ "command": name, "description": text }])).is_ok()
        };
        assert!(parse("start", "Begin"));
        assert!(!parse("Start", "Begin"));
        assert!(!parse("start", ""));
        assert!(!parse(&"x".repeat(33), "Begin"));
    }
}
