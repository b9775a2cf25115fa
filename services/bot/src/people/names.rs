//! What to call people who are only spoken of: by name where the bot knows them, by number otherwise.

use std::collections::HashMap;

use kernel::ids::PersonId;

use super::People;
use crate::store::names as store;
#[cfg(test)]
use crate::store::people::Row;

/// Names of some people.
#[derive(Debug, Clone, Default)]
pub struct Names(HashMap<PersonId, String>);

impl Names {
    /// What to call one of them.
    pub fn of(&self, person: PersonId) -> String {
        self.0.get(&person).cloned().unwrap_or_else(|| format!("ID {person}"))
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

#[cfg(test)]
impl People {
    /// Has the bot know a person without a database.
    pub fn introduce(&self, id: PersonId, name: &str) {
        self.remember(Row {
            id,
            first_name: name.to_owned(),
            username: None,
            client_locale: None,
            chosen_locale: None,
            is_reachable: true,
        });
    }
}
