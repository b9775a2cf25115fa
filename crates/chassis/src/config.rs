//! Settings: the embedded defaults, then `bodega.toml`, then the environment and a `.env` file; read once, checked
//! before anything runs.

mod derived;
mod dotenv;
mod environment;
mod layers;
mod masked;
mod rules;

use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;
use std::sync::Arc;

use serde::de::DeserializeOwned;
use toml::{Table, Value};

pub use environment::database_url;

/// The file that is read when none is named and it exists.
const FILE: &str = "bodega.toml";

/// The effective settings of this process; cheap to clone.
#[derive(Clone)]
pub struct Settings {
    entries: Arc<BTreeMap<String, Entry>>,
    problems: Arc<[String]>,
    idle: Arc<[&'static str]>,
}

/// One setting, by its dotted key.
#[derive(Clone)]
struct Entry {
    value: Value,
    /// What the owner wrote it as: an environment name or a file; `None` is the default.
    origin: Option<String>,
}

/// The text of a settings file and the name that messages call it by.
#[derive(Debug, Clone, Copy)]
pub struct File<'a> {
    /// For messages, usually its path.
    pub name: &'a str,
    /// TOML.
    pub text: &'a str,
}

/// Settings that cannot be used: every problem found, not only the first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SettingsError {
    /// Each is a sentence that names the setting, what is wrong and what to do.
    pub problems: Vec<String>,
}

impl fmt::Display for SettingsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "these settings cannot be used:")?;
        self.problems.iter().try_for_each(|problem| write!(f, "\n  {problem}"))
    }
}

impl std::error::Error for SettingsError {}

impl From<String> for SettingsError {
    fn from(problem: String) -> Self {
        Self { problems: vec![problem] }
    }
}

impl Settings {
    /// Reads `file` (or `bodega.toml` in the working directory, if there) and the environment of
    /// this process, with what a `.env` file in the working directory adds to it.
    ///
    /// # Errors
    /// The file named cannot be read, or a setting is unknown or unusable.
    pub fn from_process(defaults: &str, file: Option<&Path>) -> Result<Self, SettingsError> {
        Self::from_process_below(defaults, file, None)
    }

    /// The same with `over` above everything: for a shop that must not touch what the owner's settings lead to.
    ///
    /// # Errors
    /// As above.
    pub fn from_process_below(
        defaults: &str,
        file: Option<&Path>,
        over: Option<File<'_>>,
    ) -> Result<Self, SettingsError> {
        Self::examine_process(defaults, file, over)?.accepted()
    }

    /// The same, where settings that are unknown or unusable are only noted, for whoever has more to find wrong: see
    /// [`Self::problems`]. Until then defaults stand in their place.
    ///
    /// # Errors
    /// A file cannot be read.
    pub fn examine_process(
        defaults: &str,
        file: Option<&Path>,
        over: Option<File<'_>>,
    ) -> Result<Self, SettingsError> {
        let path = file.unwrap_or(Path::new(FILE));
        let text = match std::fs::read_to_string(path) {
            Ok(text) => Some(text),
            Err(error) if file.is_none() && error.kind() == std::io::ErrorKind::NotFound => None,
            Err(error) => return Err(format!("{} cannot be read: {error}", path.display()).into()),
        };
        let name = path.display().to_string();
        // Names and values that are not text cannot be settings of ours.
        let environment = std::env::vars_os().filter_map(|(name, value)| {
            Some((name.into_string().ok()?, value.into_string().ok()?))
        });
        let mut environment: BTreeMap<String, String> = environment.collect();
        let mut problems = Vec::new();
        match std::fs::read_to_string(dotenv::FILE) {
            Ok(text) => {
                for (name, value) in dotenv::read(&text, &environment, &mut problems) {
                    environment.entry(name).or_insert(value);
                }
            }
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
            Err(error) => return Err(format!("{} cannot be read: {error}", dotenv::FILE).into()),
        }
        let file = text.as_deref().map(|text| File { name: &name, text });
        Self::examine(defaults, file, (environment, problems), over)
    }

    /// Puts the layers together: defaults, then the file, then environment names and values.
    ///
    /// # Errors
    /// A setting is unknown or unusable.
    pub fn load(
        defaults: &str,
        file: Option<File<'_>>,
        environment: impl IntoIterator<Item = (String, String)>,
    ) -> Result<Self, SettingsError> {
        Self::layered(defaults, file, environment, None)
    }

    fn layered(
        defaults: &str,
        file: Option<File<'_>>,
        environment: impl IntoIterator<Item = (String, String)>,
        over: Option<File<'_>>,
    ) -> Result<Self, SettingsError> {
        let environment = (environment.into_iter().collect(), Vec::new());
        Self::examine(defaults, file, environment, over)?.accepted()
    }

    fn examine(
        defaults: &str,
        file: Option<File<'_>>,
        environment: (BTreeMap<String, String>, Vec<String>),
        over: Option<File<'_>>,
    ) -> Result<Self, SettingsError> {
        let mut entries = layers::defaults(defaults)?;
        let fallback = entries.clone();
        let (environment, mut problems) = environment;
        if let Some(file) = file {
            layers::apply_file(&mut entries, file, &mut problems);
        }
        let idle = environment::idle(&environment);
        environment::apply(&mut entries, environment, &mut problems);
        if let Some(over) = over {
            layers::apply_file(&mut entries, over, &mut problems);
        }
        for key in rules::check(&entries, &mut problems) {
            if let Some(default) = fallback.get(&key) {
                entries.insert(key, default.clone());
            }
        }
        derived::fill(&mut entries);
        Ok(Self { entries: Arc::new(entries), problems: problems.into(), idle: idle.into() })
    }

    fn accepted(self) -> Result<Self, SettingsError> {
        if self.problems.is_empty() {
            Ok(self)
        } else {
            Err(SettingsError { problems: self.problems.to_vec() })
        }
    }

    /// What is wrong with them by themselves; nothing unless they were examined only.
    pub fn problems(&self) -> &[String] {
        &self.problems
    }

    /// Environment names of older shops that are set and have no effect here.
    pub fn idle(&self) -> &[&'static str] {
        &self.idle
    }

    /// The settings under `name` (`telegram`, `payments.cryptopay`) as the type that uses them.
    ///
    /// What is not set (empty text, an empty list) is absent, so a field for it is an `Option` or
    /// has a serde default.
    ///
    /// # Errors
    /// A value that the type refuses, or one that it needs and that is not set.
    pub fn section<T: DeserializeOwned>(&self, name: &str) -> Result<T, SettingsError> {
        let prefix = format!("{name}.");
        let mut section = Table::new();
        for (key, entry) in self.entries.as_ref() {
            let Some(rest) = key.strip_prefix(&prefix) else { continue };
            if !is_unset(&entry.value) {
                layers::insert(&mut section, rest, entry.value.clone());
            }
        }
        section
            .try_into()
            .map_err(|error: toml::de::Error| self.explain(name, error.to_string()).into())
    }

    /// Whether a value is set for this dotted key.
    pub fn has(&self, key: &str) -> bool {
        self.entries.get(key).is_some_and(|entry| !is_unset(&entry.value))
    }

    /// Whether somebody has written this setting, whatever its value; a default is nobody's.
    pub fn is_chosen(&self, key: &str) -> bool {
        self.entries.get(key).is_some_and(|entry| entry.origin.is_some())
    }

    /// Fills in what nobody set, for values that are made at the start (generated keys).
    pub fn supply(&mut self, key: &str, value: Value) {
        if !self.has(key) {
            let origin = Some("generated at the start".to_owned());
            Arc::make_mut(&mut self.entries).insert(key.to_owned(), Entry { value, origin });
        }
    }

    /// The effective settings as TOML with secrets masked, each with where it was set; safe to
    /// show.
    pub fn masked(&self) -> String {
        masked::print(&self.entries)
    }

    /// Turns serde's message into one that names the setting and its environment name.
    fn explain(&self, section: &str, message: String) -> String {
        let (what, place) = match message.trim_end().rsplit_once("in `") {
            Some((what, place)) => {
                (what.trim_end(), format!("{section}.{}", place.trim_end_matches('`')))
            }
            None => (message.trim_end(), section.to_owned()),
        };
        if let Some(field) =
            what.strip_prefix("missing field `").and_then(|rest| rest.split('`').next())
        {
            let key = format!("{place}.{field}");
            return format!(
                "{key} is not set; set {} or {key} in {FILE}",
                environment::short_name(&key)
            );
        }
        let origin = self.entries.get(&place).and_then(|entry| entry.origin.as_deref());
        format!(
            "{place}{}: {what}",
            origin.map(|origin| format!(" (set by {origin})")).unwrap_or_default()
        )
    }
}

/// Settings may hold secrets, so that debug output shows the masked ones.
impl fmt::Debug for Settings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.masked())
    }
}

fn is_unset(value: &Value) -> bool {
    value.as_str().is_some_and(str::is_empty) || value.as_array().is_some_and(Vec::is_empty)
}

#[cfg(test)]
mod tests;
