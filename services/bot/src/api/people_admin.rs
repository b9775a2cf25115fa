//! `PeopleAdminService`: people as staff see them, and whether one may be served.

use chassis::guard;
use contract::bot as wire;
use contract::bot::people_admin_service_server::PeopleAdminService;
use contract::convert;
use contract::failure::Failure;
use jiff::Timestamp;
use kernel::ids::PersonId;
use tonic::{Request, Response, Status};

use crate::bot::Bot;
use crate::operations::people::{self, Filter, Onward, Place, Profile};
use crate::staff::Acting;

/// The methods of staff.
pub struct PeopleAdmin(pub Bot);

type Answer<T> = Result<Response<T>, Status>;

#[tonic::async_trait]
impl PeopleAdminService for PeopleAdmin {
    async fn find_person(
        &self,
        request: Request<wire::FindPersonRequest>,
    ) -> Answer<wire::FindPersonResponse> {
        let found = people::find(&self.0, &request.into_inner().query).await?;
        Ok(Response::new(wire::FindPersonResponse { person: found.map(told) }))
    }

    async fn get_person(
        &self,
        request: Request<wire::GetPersonRequest>,
    ) -> Answer<wire::GetPersonResponse> {
        let by = Acting::of(&guard::actor(&request)?)?;
        let id = person(request.into_inner().person_id)?;
        let found = people::get(&self.0, id).await?;
        let is_below = by.may_act_on(id, &self.0).await?;
        Ok(Response::new(wire::GetPersonResponse { person: Some(told(found)), is_below }))
    }

    async fn list_people(
        &self,
        request: Request<wire::ListPeopleRequest>,
    ) -> Answer<wire::ListPeopleResponse> {
        let asked = request.into_inner();
        let filter = Filter {
            blocked: asked.filter() == wire::PeopleFilter::Blocked,
            unreachable: asked.filter() == wire::PeopleFilter::Unreachable,
            registered_after: asked.registered_after.map(|at| convert::instant(Some(at))),
        };
        let onward = read_cursor(&asked.cursor)?;
        let listed = people::list(&self.0, filter, onward, asked.limit).await?;
        let cursor = |place: Option<Place>, onward: fn(Place) -> Onward| {
            place.map(|place| write_cursor(onward(place))).unwrap_or_default()
        };
        Ok(Response::new(wire::ListPeopleResponse {
            older: cursor(listed.older, Onward::Older),
            newer: cursor(listed.newer, Onward::Newer),
            people: listed.people.into_iter().map(told).collect(),
        }))
    }

    async fn block_person(
        &self,
        request: Request<wire::BlockPersonRequest>,
    ) -> Answer<wire::BlockPersonResponse> {
        let by = Acting::of(&guard::actor(&request)?)?;
        let wire::BlockPersonRequest { person_id, reason } = request.into_inner();
        let blocked = people::block(&self.0, by, person(person_id)?, &reason).await?;
        Ok(Response::new(wire::BlockPersonResponse { person: Some(told(blocked)) }))
    }

    async fn unblock_person(
        &self,
        request: Request<wire::UnblockPersonRequest>,
    ) -> Answer<wire::UnblockPersonResponse> {
        let by = Acting::of(&guard::actor(&request)?)?;
        let id = person(request.into_inner().person_id)?;
        let unblocked = people::unblock(&self.0, by, id).await?;
        Ok(Response::new(wire::UnblockPersonResponse { person: Some(told(unblocked)) }))
    }

    async fn get_people_stats(
        &self,
        _: Request<wire::GetPeopleStatsRequest>,
    ) -> Answer<wire::GetPeopleStatsResponse> {
        let counts = people::count(&self.0).await?;
        Ok(Response::new(wire::GetPeopleStatsResponse {
            people: counts.people.unsigned_abs(),
            blocked: counts.blocked.unsigned_abs(),
            unreachable: counts.unreachable.unsigned_abs(),
            new_today: counts.new_today.unsigned_abs(),
            new_in_7_days: counts.new_in_7_days.unsigned_abs(),
        }))
    }

    async fn get_standing(
        &self,
        request: Request<wire::GetStandingRequest>,
    ) -> Answer<wire::GetStandingResponse> {
        let id = person(request.into_inner().person_id)?;
        let blocked = people::standing(&self.0, id).await?;
        Ok(Response::new(wire::GetStandingResponse {
            is_known: blocked.is_some(),
            is_blocked: blocked.unwrap_or_default(),
        }))
    }
}

fn person(id: i64) -> Result<PersonId, Failure> {
    PersonId::new(id).map_err(|error| convert::invalid("person_id", error))
}

fn told(profile: Profile) -> wire::Person {
    wire::Person {
        person_id: profile.id.0,
        name: profile.name,
        username: profile.username.unwrap_or_default(),
        locale: profile.locale.unwrap_or_default(),
        registered_at: Some(convert::timestamp(profile.registered_at)),
        unreachable_since: profile.unreachable_at.map(convert::timestamp),
        block: profile.block.map(|block| wire::Block {
            since: Some(convert::timestamp(block.since)),
            staff_id: block.staff.0,
            reason: block.reason,
        }),
    }
}

/// `o` for older or `n` for newer, the time in microseconds, the person.
fn write_cursor(onward: Onward) -> String {
    let (way, place) = match onward {
        Onward::Older(place) => ('o', place),
        Onward::Newer(place) => ('n', place),
    };
    format!("{way}{}.{}", place.registered_at.as_microsecond(), place.id)
}

fn read_cursor(text: &str) -> Result<Option<Onward>, Failure> {
    if text.is_empty() {
        return Ok(None);
    }
    let place = |text: &str| {
        let (at, id) = text.split_once('.')?;
        let registered_at = Timestamp::from_microsecond(at.parse().ok()?).ok()?;
        Some(Place { registered_at, id: PersonId::new(id.parse().ok()?).ok()? })
    };
    let onward = match text.split_at_checked(1) {
        Some(("o", rest)) => place(rest).map(Onward::Older),
        Some(("n", rest)) => place(rest).map(Onward::Newer),
        _ => None,
    };
    onward.map(Some).ok_or_else(|| convert::invalid("cursor", "not a cursor of this list"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_fits_a_button_and_comes_back() {
        let place = Place {
            registered_at: "2126-01-02T03:04:05.678901Z".parse().unwrap(),
            id: PersonId(1 << 52),
        };
        for onward in [Onward::Older(place), Onward::Newer(place)] {
            let text = write_cursor(onward);
            assert!(text.len() <= 40, "{text}");
            assert_eq!(read_cursor(&text), Ok(Some(onward)));
        }
        assert_eq!(read_cursor(""), Ok(None));
        for junk in ["o", "x1.1", "o1", "o1.0", "o.1", "n²", "я1.1"] {
            assert!(read_cursor(junk).is_err(), "{junk}");
        }
    }
}
