//! The bot, as far as payments asks it: who is blocked.

use std::collections::HashSet;
use std::sync::{Arc, Mutex};

use chassis::ground::Ground;
use chassis::guard;
use contract::bot::people_admin_service_server::{PeopleAdminService, PeopleAdminServiceServer};
use contract::bot::*;
use contract::switchboard::Switchboard;
use contract::wire::Wire;
use kernel::ids::PersonId;
use tonic::service::Routes;
use tonic::{Request, Response, Status};

type Answer<T> = Result<Response<T>, Status>;

/// Who is blocked, and what else is the matter. Clones are the same.
#[derive(Clone, Default)]
pub struct Bot(Arc<Mutex<State>>);

#[derive(Default)]
struct State {
    blocked: HashSet<i64>,
    trouble: Option<Trouble>,
}

/// Why the bot does not answer.
#[derive(Debug, Clone, Copy)]
pub enum Trouble {
    /// It says that it cannot.
    Unavailable,
    /// It says nothing.
    Silent,
}

impl Bot {
    pub fn block(&self, person: PersonId) {
        self.0.lock().unwrap().blocked.insert(person.0);
    }

    pub fn falls(&self, trouble: Trouble) {
        self.0.lock().unwrap().trouble = Some(trouble);
    }

    /// A wire to it, behind the real guard.
    pub fn serve(&self, ground: &Ground) -> Wire {
        let routes = Routes::new(PeopleAdminServiceServer::new(self.clone()));
        let board = Switchboard::default();
        board.connect(guard::guarded(routes, ground.keys.clone(), ground.lifecycle.clone()));
        board.wire()
    }
}

fn unasked<T>() -> Answer<T> {
    Err(Status::unimplemented("payments never asks this"))
}

#[tonic::async_trait]
impl PeopleAdminService for Bot {
    async fn get_standing(
        &self,
        request: Request<GetStandingRequest>,
    ) -> Answer<GetStandingResponse> {
        let id = request.into_inner().person_id;
        let trouble = self.0.lock().unwrap().trouble;
        match trouble {
            Some(Trouble::Unavailable) => return Err(Status::unavailable("on purpose")),
            Some(Trouble::Silent) => std::future::pending::<()>().await,
            None => {}
        }
        let is_blocked = self.0.lock().unwrap().blocked.contains(&id);
        Ok(Response::new(GetStandingResponse { is_known: true, is_blocked }))
    }

    async fn find_person(&self, _: Request<FindPersonRequest>) -> Answer<FindPersonResponse> {
        unasked()
    }

    async fn get_person(&self, _: Request<GetPersonRequest>) -> Answer<GetPersonResponse> {
        unasked()
    }

    async fn list_people(&self, _: Request<ListPeopleRequest>) -> Answer<ListPeopleResponse> {
        unasked()
    }

    async fn block_person(&self, _: Request<BlockPersonRequest>) -> Answer<BlockPersonResponse> {
        unasked()
    }

    async fn unblock_person(
        &self,
        _: Request<UnblockPersonRequest>,
    ) -> Answer<UnblockPersonResponse> {
        unasked()
    }

    async fn get_people_stats(
        &self,
        _: Request<GetPeopleStatsRequest>,
    ) -> Answer<GetPeopleStatsResponse> {
        unasked()
    }
}
