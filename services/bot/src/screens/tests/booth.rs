//! The bot's own methods about conversations, for screens that are tried without a database.

use std::sync::{Arc, Mutex};

use chassis::guard;
use contract::bot::ticket_admin_service_server::TicketAdminService;
use contract::bot::ticket_service_server::TicketService;
use contract::bot::*;
use tonic::{Request, Response, Status};

type Answer<T> = Result<Response<T>, Status>;

/// All conversations. Clones are the same.
#[derive(Clone, Default)]
pub struct Booth(Arc<Mutex<Vec<Ticket>>>);

impl Booth {
    pub fn knows(&self, ticket: Ticket) {
        self.0.lock().unwrap().push(ticket);
    }

    fn find(&self, person_id: i64) -> Ticket {
        let all = self.0.lock().unwrap();
        let found = all.iter().find(|ticket| ticket.person_id == person_id).cloned();
        found.unwrap_or(Ticket { person_id, ..Ticket::default() })
    }

    fn own<T>(&self, request: &Request<T>) -> Result<Option<Ticket>, Status> {
        Ok(Some(self.find(guard::actor(request)?.person()?.0)))
    }
}

#[tonic::async_trait]
impl TicketService for Booth {
    async fn get_my_ticket(
        &self,
        request: Request<GetMyTicketRequest>,
    ) -> Answer<GetMyTicketResponse> {
        Ok(Response::new(GetMyTicketResponse { ticket: self.own(&request)? }))
    }

    async fn write_ticket(
        &self,
        request: Request<WriteTicketRequest>,
    ) -> Answer<WriteTicketResponse> {
        Ok(Response::new(WriteTicketResponse { ticket: self.own(&request)? }))
    }

    async fn close_my_ticket(
        &self,
        request: Request<CloseMyTicketRequest>,
    ) -> Answer<CloseMyTicketResponse> {
        Ok(Response::new(CloseMyTicketResponse { ticket: self.own(&request)? }))
    }
}

#[tonic::async_trait]
impl TicketAdminService for Booth {
    async fn list_tickets(&self, _: Request<ListTicketsRequest>) -> Answer<ListTicketsResponse> {
        let tickets = self.0.lock().unwrap().clone();
        let total = tickets.len() as u64;
        Ok(Response::new(ListTicketsResponse { tickets, total }))
    }

    async fn get_ticket(&self, request: Request<GetTicketRequest>) -> Answer<GetTicketResponse> {
        let ticket = Some(self.find(request.into_inner().person_id));
        Ok(Response::new(GetTicketResponse { ticket }))
    }

    async fn answer_ticket(
        &self,
        request: Request<AnswerTicketRequest>,
    ) -> Answer<AnswerTicketResponse> {
        let ticket = Some(self.find(request.into_inner().person_id));
        Ok(Response::new(AnswerTicketResponse { ticket }))
    }

    async fn close_ticket(
        &self,
        request: Request<CloseTicketRequest>,
    ) -> Answer<CloseTicketResponse> {
        let ticket = Some(self.find(request.into_inner().person_id));
        Ok(Response::new(CloseTicketResponse { ticket }))
    }
}
