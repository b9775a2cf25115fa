//! What to call people who are only spoken of: by name where the bot knows them, by number otherwise.

use std::collections::HashMap;

use kernel::ids::PersonId;

use super::People;
use crate::html::Html;
use crate::store::names as store;
use crate::texts::Texts;

/// Names of some people.
#[derive(Debug, Clone, Default)]
pub struct Names(HashMap<PersonId, String>);

impl Names {
    /// What to call one of them on a button.
    pub fn of(&self, person: PersonId) -> String {
        self.0.get(&person).cloned().unwrap_or_else(|| format!("ID {person}"))
    }

    /// The same in a text, with the number to copy.
    pub fn with_id(&self, texts: &'static Texts, person: PersonId) -> Html {
        match self.0.get(&person) {
            Some(name) => texts.person_named(name, person.0),
            None => texts.person_numbered(person.0),
        }
    }
}

impl People {
    /// Names of these people, by one statement at most. Where the database does not answer they have numbers: a list of
    /// people is worth more than their names.
    pub async fn names(&self, people: impl IntoIterator<Item = PersonId>) -> Names {
        let mut names = HashMap::new();
        let mut unknown = Vec::new();
        for person in people {
            match self.known.get(&person) {
                Some(known) => {
                    names.insert(person, known.person.name.clone());
                }
                None => unknown.push(person),
            }
        }
        if !unknown.is_empty() {
            match store::list(&self.pool, &unknown).await {
                Ok(found) => names.extend(found),
                Err(error) => tracing::warn!(%error, "people are shown without their names"),
            }
        }
        Names(names)
    }
}
