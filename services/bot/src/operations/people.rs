//! What staff do about people: find, list, count, shut out and let in again.

use contract::bot::event::What;
use contract::bot::{Event, PersonBlocked, PersonUnblocked};
use contract::common::AuditEntry;
use contract::convert;
use contract::failure::{Failure, Kind};
use jiff::{Timestamp, ToSpan};
use kernel::ids::PersonId;
use kernel::page::PageRequest;
use sqlx::PgConnection;

use crate::bot::Bot;
use crate::staff::Acting;
pub use crate::store::people_desk::{Block, Counts, Filter, Onward, Place, Profile};
use crate::store::{people, people_desk};

/// Nobody by this id has written to the bot.
pub const PERSON_MISSING: &str = "bot.person_missing";
/// Characters of a search.
const QUERY_CHARS: std::ops::RangeInclusive<usize> = 1..=255;
/// Characters of a username: Telegram's bounds, and those of names that were sold.
const USERNAME_CHARS: std::ops::RangeInclusive<usize> = 3..=32;
/// A reason that says something, and fits a line.
const REASON_CHARS: std::ops::RangeInclusive<usize> = 3..=200;

/// A part of the list, newest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Of these people.
    pub people: Vec<Profile>,
    /// Where those who came before go on.
    pub older: Option<Place>,
    /// Where those who came after go on.
    pub newer: Option<Place>,
}

/// What a search is for.
#[derive(Debug, PartialEq, Eq)]
enum Wanted<'a> {
    Id(PersonId),
    Username(&'a str),
    /// Nobody can be called that.
    Nobody,
}

impl<'a> Wanted<'a> {
    /// Reads what staff typed. Only ASCII digits make a number: `²` is none.
    fn read(query: &'a str) -> Self {
        let query = query.trim();
        if query.bytes().all(|byte| byte.is_ascii_digit()) {
            let id = query.parse().ok().and_then(|id| PersonId::new(id).ok());
            return id.map_or(Self::Nobody, Self::Id);
        }
        let name = query.strip_prefix('@').unwrap_or(query);
        let is_username = USERNAME_CHARS.contains(&name.len())
            && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
        if is_username { Self::Username(name) } else { Self::Nobody }
    }
}

/// The person with this id or username.
///
/// # Errors
/// The search is empty or too long, or the database cannot be asked now.
pub async fn find(bot: &Bot, query: &str) -> Result<Option<Profile>, Failure> {
    if !QUERY_CHARS.contains(&query.chars().count()) {
        return Err(convert::invalid("query", "1 to 255 characters"));
    }
    let found = match Wanted::read(query) {
        Wanted::Id(id) => people_desk::find(&bot.pool, id).await,
        Wanted::Username(name) => people_desk::find_by_username(&bot.pool, name).await,
        Wanted::Nobody => Ok(None),
    };
    found.map_err(chassis::sql::failure)
}

/// One person.
///
/// # Errors
/// `bot.person_missing`, or the database cannot be asked now.
pub async fn get(bot: &Bot, id: PersonId) -> Result<Profile, Failure> {
    let found = people_desk::find(&bot.pool, id).await.map_err(chassis::sql::failure)?;
    found.ok_or_else(missing)
}

/// A part of the list.
///
/// # Errors
/// The database cannot be asked now.
pub async fn list(
    bot: &Bot,
    filter: Filter,
    onward: Option<Onward>,
    limit: u32,
) -> Result<Listed, Failure> {
    let limit = PageRequest::clamped(0, limit).limit();
    let rows = usize::try_from(limit).unwrap_or(usize::MAX);
    // One more than wanted tells whether there are more.
    let mut people = rows_of(bot, filter, onward, limit + 1).await?;
    if let Some(Onward::Newer(_)) = onward {
        if people.len() > rows {
            people.truncate(rows);
            people.reverse();
            let (newer, older) = (people.first().map(place_of), people.last().map(place_of));
            return Ok(Listed { people, older, newer });
        }
        // Nobody newer is left out: a whole page of the newest instead of the rest.
        people = rows_of(bot, filter, None, limit + 1).await?;
    }
    let is_first = !matches!(onward, Some(Onward::Older(_)));
    let has_older = people.len() > rows;
    people.truncate(rows);
    let older = people.last().filter(|_| has_older).map(place_of);
    let newer = people.first().filter(|_| !is_first).map(place_of);
    Ok(Listed { people, older, newer })
}

async fn rows_of(
    bot: &Bot,
    filter: Filter,
    onward: Option<Onward>,
    limit: i64,
) -> Result<Vec<Profile>, Failure> {
    people_desk::list(&bot.pool, filter, onward, limit).await.map_err(chassis::sql::failure)
}

/// How many people there are, by days of the shop's time zone.
///
/// # Errors
/// The database cannot be asked now.
pub async fn count(bot: &Bot) -> Result<Counts, Failure> {
    let (today, week) = days(bot.clock.now(), &bot.zone);
    people_desk::count(&bot.pool, today, week).await.map_err(chassis::sql::failure)
}

/// Whether a person is known, and blocked. The database is asked, not the memory.
///
/// # Errors
/// The database cannot be asked now.
pub async fn standing(bot: &Bot, id: PersonId) -> Result<Option<bool>, Failure> {
    let row = people::find(&bot.pool, id).await.map_err(chassis::sql::failure)?;
    Ok(row.map(|row| row.is_blocked))
}

/// Shuts a person out; of somebody who is, nothing changes.
///
/// # Errors
/// `bot.person_missing`, `bot.not_above`, or a reason that is none.
pub async fn block(bot: &Bot, by: Acting, id: PersonId, reason: &str) -> Result<Profile, Failure> {
    let reason = reason.trim();
    let is_reason = REASON_CHARS.contains(&reason.chars().count());
    if !is_reason || reason.chars().any(char::is_control) {
        return Err(convert::invalid("reason", "3 to 200 characters"));
    }
    by.must_be_above(id, bot).await?;
    let mut tx = bot.pool.begin().await.map_err(chassis::sql::failure)?;
    let change = async |conn: &mut PgConnection| {
        let Some(mut person) = people_desk::lock(conn, id).await? else { return Ok(None) };
        if person.block.is_none() {
            let since = people_desk::block(conn, id, by.id, reason).await?;
            person.block = Some(Block { since, staff: by.id, reason: reason.to_owned() });
            let entry = AuditEntry::new(by.id, "bot.person.block", id)
                .about(id)
                .changed("blocked", false, true)
                .because(reason);
            tell(conn, What::Audited(entry)).await?;
            tell(conn, What::PersonBlocked(PersonBlocked { person_id: id.0 })).await?;
        }
        Ok(Some(person))
    };
    let changed = change(&mut tx).await.map_err(chassis::sql::failure)?;
    tx.commit().await.map_err(chassis::sql::failure)?;
    told(bot, id);
    changed.ok_or_else(missing)
}

/// Lets a person in again; of somebody who is not shut out, nothing changes.
///
/// # Errors
/// `bot.person_missing` or `bot.not_above`.
pub async fn unblock(bot: &Bot, by: Acting, id: PersonId) -> Result<Profile, Failure> {
    by.must_be_above(id, bot).await?;
    let mut tx = bot.pool.begin().await.map_err(chassis::sql::failure)?;
    let change = async |conn: &mut PgConnection| {
        let Some(mut person) = people_desk::lock(conn, id).await? else { return Ok(None) };
        if person.block.take().is_some() {
            people_desk::unblock(conn, id).await?;
            let entry = AuditEntry::new(by.id, "bot.person.unblock", id)
                .about(id)
                .changed("blocked", true, false);
            tell(conn, What::Audited(entry)).await?;
            tell(conn, What::PersonUnblocked(PersonUnblocked { person_id: id.0 })).await?;
        }
        Ok(Some(person))
    };
    let changed = change(&mut tx).await.map_err(chassis::sql::failure)?;
    tx.commit().await.map_err(chassis::sql::failure)?;
    told(bot, id);
    changed.ok_or_else(missing)
}

async fn tell(conn: &mut PgConnection, what: What) -> sqlx::Result<()> {
    durable::outbox::write(conn, &Event { what: Some(what) }).await
}

/// Here at once; other replicas hear it in the feed.
fn told(bot: &Bot, id: PersonId) {
    bot.people.forget(id);
    bot.bell.ring();
}

fn place_of(person: &Profile) -> Place {
    Place { registered_at: person.registered_at, id: person.id }
}

fn missing() -> Failure {
    Failure::new(Kind::Missing, PERSON_MISSING).because("nobody by this id has written")
}

/// When today began in a time zone, and when the sixth day before it did.
fn days(now: Timestamp, zone: &jiff::tz::TimeZone) -> (Timestamp, Timestamp) {
    let local = now.to_zoned(zone.clone());
    let begins =
        |day: jiff::civil::Date| day.to_zoned(zone.clone()).map_or(now, |begin| begin.timestamp());
    let today = local.date();
    (begins(today), begins(today.saturating_sub(6.days())))
}

#[cfg(test)]
mod tests {
    use jiff::tz::TimeZone;

    use super::*;

    #[test]
    fn bug_72_a_number_is_made_of_ascii_digits() {
        for (query, wanted) in [
            (" 42 ", Wanted::Id(PersonId(42))),
            ("4503599627370496", Wanted::Id(PersonId(1 << 52))),
            ("4503599627370497", Wanted::Nobody),
            ("99999999999999999999999", Wanted::Nobody),
            ("0", Wanted::Nobody),
            ("²", Wanted::Nobody),
            ("٤٢", Wanted::Nobody),
            ("-5", Wanted::Nobody),
            ("@anna", Wanted::Username("anna")),
            ("Anna_1", Wanted::Username("Anna_1")),
            ("@", Wanted::Nobody),
            ("@anna'; drop table", Wanted::Nobody),
            ("<script>", Wanted::Nobody),
        ] {
            assert_eq!(Wanted::read(query), wanted, "{query:?}");
        }
    }

    #[test]
    fn bug_69_adm_02_days_begin_at_midnight_where_the_shop_is() {
        let moscow = TimeZone::get("Europe/Moscow").unwrap();
        let now: Timestamp = "2026-01-02T22:04:05Z".parse().unwrap();
        let (today, week) = days(now, &moscow);
        assert_eq!(today.to_string(), "2026-01-02T21:00:00Z");
        assert_eq!(week.to_string(), "2025-12-27T21:00:00Z");
        assert_eq!(days(now, &TimeZone::UTC).0.to_string(), "2026-01-02T00:00:00Z");
    }
}
