//! The bot's own methods about people, for screens that are tried without a database.

use std::sync::{Arc, Mutex};

use chassis::guard;
use chassis::lifecycle::Lifecycle;
use contract::actor::ActorKeys;
use contract::bot::broadcast_admin_service_server::BroadcastAdminServiceServer;
use contract::bot::people_admin_service_server::{PeopleAdminService, PeopleAdminServiceServer};
use contract::bot::ticket_admin_service_server::TicketAdminServiceServer;
use contract::bot::ticket_service_server::TicketServiceServer;
use contract::bot::*;
use contract::failure::{Failure, Kind};
use contract::switchboard::Switchboard;
use contract::wire::Wire;
use tonic::service::Routes;
use tonic::{Request, Response, Status};

use super::booth::Booth;
use super::studio::Studio;
use crate::fakes::now;

type Answer<T> = Result<Response<T>, Status>;

/// Everybody; those above 1,000 are below everybody else. Clones are the same.
#[derive(Clone, Default)]
pub struct Desk(Arc<Mutex<Vec<Person>>>);

impl Desk {
    pub fn knows(&self, person: Person) {
        self.0.lock().unwrap().push(person);
    }

    /// A wire to it, behind the real guard.
    pub fn serve(
        &self,
        (studio, booth): (&Studio, &Booth),
        keys: &ActorKeys,
        lifecycle: &Lifecycle,
    ) -> Wire {
        let routes = Routes::new(PeopleAdminServiceServer::new(self.clone()))
            .add_service(BroadcastAdminServiceServer::new(studio.clone()))
            .add_service(TicketServiceServer::new(booth.clone()))
            .add_service(TicketAdminServiceServer::new(booth.clone()));
        let board = Switchboard::default();
        board.connect(guard::guarded(routes, keys.clone(), lifecycle.clone()));
        board.wire()
    }

    fn person(&self, id: i64) -> Result<Person, Status> {
        let people = self.0.lock().unwrap();
        let found = people.iter().find(|person| person.person_id == id).cloned();
        found.ok_or_else(|| Failure::new(Kind::Missing, "bot.person_missing").into())
    }
}

#[tonic::async_trait]
impl PeopleAdminService for Desk {
    async fn find_person(&self, request: Request<FindPersonRequest>) -> Answer<FindPersonResponse> {
        let query = request.into_inner().query;
        let people = self.0.lock().unwrap();
        let is_it = |person: &&Person| person.person_id.to_string() == query;
        Ok(Response::new(FindPersonResponse { person: people.iter().find(is_it).cloned() }))
    }

    async fn get_person(&self, request: Request<GetPersonRequest>) -> Answer<GetPersonResponse> {
        let person = self.person(request.into_inner().person_id)?;
        let is_below = person.person_id > 1_000;
        Ok(Response::new(GetPersonResponse { person: Some(person), is_below }))
    }

    async fn list_people(&self, request: Request<ListPeopleRequest>) -> Answer<ListPeopleResponse> {
        let asked = request.into_inner();
        let people = self.0.lock().unwrap();
        let is_wanted = |person: &&Person| match asked.filter() {
            PeopleFilter::Unspecified => true,
            PeopleFilter::Blocked => person.block.is_some(),
            PeopleFilter::Unreachable => person.unreachable_since.is_some(),
        };
        let limit = asked.limit as usize;
        let wanted: Vec<Person> = people.iter().filter(is_wanted).take(limit).cloned().collect();
        let older = if people.len() > limit { "o1767323045000000.5" } else { "" };
        let newer = if asked.cursor.is_empty() { "" } else { "n1767323045000000.5" };
        let (older, newer) = (older.to_owned(), newer.to_owned());
        Ok(Response::new(ListPeopleResponse { people: wanted, older, newer }))
    }

    async fn block_person(
        &self,
        request: Request<BlockPersonRequest>,
    ) -> Answer<BlockPersonResponse> {
        let BlockPersonRequest { person_id, reason } = request.into_inner();
        let mut person = self.person(person_id)?;
        person.block = Some(Block { since: Some(now()), staff_id: 7, reason });
        Ok(Response::new(BlockPersonResponse { person: Some(person) }))
    }

    async fn unblock_person(
        &self,
        request: Request<UnblockPersonRequest>,
    ) -> Answer<UnblockPersonResponse> {
        let person = self.person(request.into_inner().person_id)?;
        let person = Some(Person { block: None, ..person });
        Ok(Response::new(UnblockPersonResponse { person }))
    }

    async fn get_people_stats(
        &self,
        _: Request<GetPeopleStatsRequest>,
    ) -> Answer<GetPeopleStatsResponse> {
        Ok(Response::new(GetPeopleStatsResponse {
            people: 1_234_567,
            blocked: 3,
            unreachable: 1_000,
            new_today: 5,
            new_in_7_days: 321,
        }))
    }

    async fn get_standing(&self, _: Request<GetStandingRequest>) -> Answer<GetStandingResponse> {
        Err(Status::unimplemented("no screen asks this"))
    }
}
