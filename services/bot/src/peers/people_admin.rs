//! What staff do about people from the chat: the bot's own methods, called as that person, so that their rules hold.

use contract::bot as wire;
use contract::bot::people_admin_service_client::PeopleAdminServiceClient;
use contract::convert;
use contract::failure::Failure;
use jiff::Timestamp;
use kernel::ids::PersonId;

use crate::peers::{Peers, absent};

pub use contract::bot::PeopleFilter;

/// A person, as staff see them.
#[derive(Debug, Clone)]
pub struct Profile {
    /// Telegram's number.
    pub id: PersonId,
    /// Fit to print.
    pub name: String,
    /// Without the `@`.
    pub username: Option<String>,
    /// The tag of what is spoken with them; none where it is the shop's own.
    pub locale: Option<String>,
    /// When they first wrote.
    pub registered_at: Timestamp,
    /// Since when messages do not reach them.
    pub unreachable_since: Option<Timestamp>,
    /// Whether they are shut out.
    pub block: Option<Block>,
}

/// Whether a member of staff may act on a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// Their rights are a strict subset: yes.
    Below,
    /// They may as much or more, or are the same person: they are only looked at.
    NotBelow,
}

/// Somebody is shut out.
#[derive(Debug, Clone)]
pub struct Block {
    /// Since when.
    pub since: Timestamp,
    /// By whom.
    pub staff: PersonId,
    /// Why.
    pub reason: String,
}

/// Which part of the list is wanted.
#[derive(Debug, Clone)]
pub struct ListedBy {
    /// Which people.
    pub filter: PeopleFilter,
    /// Only those who came after this.
    pub registered_after: Option<Timestamp>,
    /// Where it goes on.
    pub cursor: String,
}

/// A part of the list, newest first.
#[derive(Debug, Clone)]
pub struct PeopleList {
    /// Of these people.
    pub people: Vec<Profile>,
    /// Where those who came before go on.
    pub older: Option<String>,
    /// Where those who came after go on.
    pub newer: Option<String>,
}

/// How many people there are.
#[derive(Debug, Clone, Copy)]
pub struct PeopleStats {
    /// All.
    pub people: u64,
    /// Shut out.
    pub blocked: u64,
    /// Not reached by messages.
    pub unreachable: u64,
    /// Came today.
    pub new_today: u64,
    /// Came today or on one of the six days before.
    pub new_in_7_days: u64,
}

impl Peers {
    /// The person with this id or username.
    pub async fn find_person(&self, query: &str) -> Result<Option<Profile>, Failure> {
        let request = self.read(wire::FindPersonRequest { query: query.to_owned() });
        let answer = self.people_admin().find_person(request).await?.into_inner();
        Ok(answer.person.map(profile))
    }

    /// One person, and whether this member of staff may act on them.
    pub async fn get_person(&self, person: PersonId) -> Result<(Profile, Reach), Failure> {
        let request = self.read(wire::GetPersonRequest { person_id: person.0 });
        let answer = self.people_admin().get_person(request).await?.into_inner();
        let found = answer.person.ok_or_else(|| absent("person"))?;
        let reach = if answer.is_below { Reach::Below } else { Reach::NotBelow };
        Ok((profile(found), reach))
    }

    /// A part of the list.
    pub async fn list_people(&self, by: ListedBy, limit: u32) -> Result<PeopleList, Failure> {
        let request = self.read(wire::ListPeopleRequest {
            filter: by.filter.into(),
            registered_after: by.registered_after.map(convert::timestamp),
            cursor: by.cursor,
            limit,
        });
        let answer = self.people_admin().list_people(request).await?.into_inner();
        let cursor = |text: String| Some(text).filter(|text| !text.is_empty());
        Ok(PeopleList {
            people: answer.people.into_iter().map(profile).collect(),
            older: cursor(answer.older),
            newer: cursor(answer.newer),
        })
    }

    /// Shuts a person out.
    pub async fn block_person(&self, person: PersonId, reason: &str) -> Result<Profile, Failure> {
        let request =
            self.work(wire::BlockPersonRequest { person_id: person.0, reason: reason.to_owned() });
        let answer = self.people_admin().block_person(request).await?.into_inner();
        Ok(profile(answer.person.ok_or_else(|| absent("person"))?))
    }

    /// Lets a person in again.
    pub async fn unblock_person(&self, person: PersonId) -> Result<Profile, Failure> {
        let request = self.work(wire::UnblockPersonRequest { person_id: person.0 });
        let answer = self.people_admin().unblock_person(request).await?.into_inner();
        Ok(profile(answer.person.ok_or_else(|| absent("person"))?))
    }

    /// How many people there are.
    pub async fn people_stats(&self) -> Result<PeopleStats, Failure> {
        let request = self.read(wire::GetPeopleStatsRequest {});
        let answer = self.people_admin().get_people_stats(request).await?.into_inner();
        Ok(PeopleStats {
            people: answer.people,
            blocked: answer.blocked,
            unreachable: answer.unreachable,
            new_today: answer.new_today,
            new_in_7_days: answer.new_in_7_days,
        })
    }

    fn people_admin(&self) -> PeopleAdminServiceClient<contract::wire::Wire> {
        PeopleAdminServiceClient::new(self.wires.bot.clone())
    }
}

fn profile(person: wire::Person) -> Profile {
    let text = |text: String| Some(text).filter(|text| !text.is_empty());
    Profile {
        id: PersonId(person.person_id),
        name: person.name,
        username: text(person.username),
        locale: text(person.locale),
        registered_at: convert::instant(person.registered_at),
        unreachable_since: person.unreachable_since.map(|at| convert::instant(Some(at))),
        block: person.block.map(|block| Block {
            since: convert::instant(block.since),
            staff: PersonId(block.staff_id),
            reason: block.reason,
        }),
    }
}
