//! People: registered when they first write, remembered so that a known person costs no statement.

mod names;

use std::sync::Arc;
use std::time::Duration;

use contract::failure::Failure;
use kernel::ids::PersonId;
use kernel::locale::Locale;
use moka::sync::Cache;
use sqlx::PgPool;
use telegram::User;

use crate::peers::Peers;
use crate::store::people as store;

/// People kept in memory.
const REMEMBERED_MAX: u64 = 50_000;
/// After this long a person is read again. What must be known at once is told in the bot's own feed, see [`People::forget`].
const REMEMBERED_FOR: Duration = Duration::from_mins(5);

/// One person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Telegram's number.
    pub id: PersonId,
    /// A name fit to print; never empty.
    pub name: String,
    /// Without the `@`.
    pub username: Option<String>,
    /// The language that is spoken with them.
    pub locale: Locale,
    /// Whether staff have shut them out.
    pub is_blocked: bool,
}

impl Person {
    /// What a receipt calls them: `@name`, or the name itself where there is no such thing.
    pub fn handle(&self) -> String {
        self.username.as_ref().map_or_else(|| self.name.clone(), |name| format!("@{name}"))
    }
}

/// A person as they are remembered.
struct Known {
    person: Arc<Person>,
    /// As in the table.
    row: store::Row,
}

/// Everybody who has ever written.
#[derive(Clone)]
pub struct People {
    pool: PgPool,
    known: Cache<PersonId, Arc<Known>>,
    /// For whoever speaks neither language.
    fallback: Locale,
}

impl People {
    /// Over the bot's own table.
    pub fn new(pool: PgPool, fallback: Locale) -> Self {
        let known =
            Cache::builder().max_capacity(REMEMBERED_MAX).time_to_live(REMEMBERED_FOR).build();
        Self { pool, known, fallback }
    }

    /// The person behind an update: registered with a wallet when they are new, brought up to date when their name or
    /// language changed, they had been unreachable, or it is their first update of the day. `service` calls as the bot itself.
    ///
    /// # Errors
    /// The database or, for a new person, payments cannot be asked now: the update should come again.
    pub async fn meet(
        &self,
        user: &User<'_>,
        inviter: Option<PersonId>,
        service: impl FnOnce() -> Peers,
    ) -> Result<Arc<Person>, Failure> {
        let seen = seen(user);
        let remembered = self.known.get(&seen.id);
        if let Some(known) = remembered.filter(|known| known.row.is_up_to_date(&seen)) {
            return Ok(Arc::clone(&known.person));
        }
        let stored = store::find(&self.pool, seen.id).await.map_err(chassis::sql::failure)?;
        let row = match stored {
            Some(row) if row.is_up_to_date(&seen) => row,
            Some(_) => store::save(&self.pool, &seen).await.map_err(chassis::sql::failure)?,
            None => {
                // The wallet first: only its first opening counts the inviter, and a person without a wallet is not
                // to be taken for a known one.
                service().open_wallet(seen.id, inviter).await?;
                metrics::counter!("bodega_bot_people_registered_total").increment(1);
                store::save(&self.pool, &seen).await.map_err(chassis::sql::failure)?
            }
        };
        Ok(self.remember(row))
    }

    /// A person who has written before; none otherwise.
    ///
    /// # Errors
    /// The database cannot be asked now.
    pub async fn find(&self, id: PersonId) -> Result<Option<Arc<Person>>, Failure> {
        if let Some(known) = self.known.get(&id) {
            return Ok(Some(Arc::clone(&known.person)));
        }
        let row = store::find(&self.pool, id).await.map_err(chassis::sql::failure)?;
        Ok(row.map(|row| self.remember(row)))
    }

    /// Speaks a language with a person from now on.
    ///
    /// # Errors
    /// The database cannot be asked now.
    pub async fn choose_locale(&self, id: PersonId, locale: Locale) -> Result<(), Failure> {
        let row = store::choose_locale(&self.pool, id, locale.tag()).await;
        if let Some(row) = row.map_err(chassis::sql::failure)? {
            self.remember(row);
        }
        Ok(())
    }

    /// Notes that messages no longer reach a person, until they write again.
    ///
    /// # Errors
    /// The database cannot be asked now.
    pub async fn mark_unreachable(&self, id: PersonId) -> Result<(), Failure> {
        self.known.invalidate(&id);
        metrics::counter!("bodega_bot_people_unreachable_total").increment(1);
        store::mark_unreachable(&self.pool, id).await.map_err(chassis::sql::failure)
    }

    /// Reads a person anew when they are next asked for: somebody has changed them.
    pub fn forget(&self, id: PersonId) {
        self.known.invalidate(&id);
    }

    /// As if this person had written; for tests without a database.
    #[cfg(test)]
    pub fn introduce(&self, id: PersonId, name: &str) {
        self.remember(store::Row {
            id,
            first_name: name.to_owned(),
            username: None,
            client_locale: None,
            chosen_locale: None,
            is_reachable: true,
            is_blocked: false,
            is_seen_today: true,
        });
    }

    fn remember(&self, row: store::Row) -> Arc<Person> {
        let spoken = row.chosen_locale.as_deref().or(row.client_locale.as_deref());
        let person = Arc::new(Person {
            id: row.id,
            name: row.first_name.clone(),
            username: row.username.clone(),
            locale: spoken.and_then(Locale::from_tag).unwrap_or(self.fallback),
            is_blocked: row.is_blocked,
        });
        self.known.insert(row.id, Arc::new(Known { person: Arc::clone(&person), row }));
        person
    }
}

fn seen(user: &User<'_>) -> store::Seen {
    let spoken = user.language_code.as_deref().and_then(Locale::from_tag);
    store::Seen {
        id: PersonId(user.id),
        first_name: user.display_name(),
        username: user.username.as_deref().map(str::to_owned),
        client_locale: spoken.map(|locale| locale.tag().to_owned()),
    }
}
