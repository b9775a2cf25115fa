//! `TicketService` and `TicketAdminService`: a person's conversation with staff, from both sides.

use chassis::guard;
use contract::bot as wire;
use contract::bot::ticket_admin_service_server::TicketAdminService;
use contract::bot::ticket_service_server::TicketService;
use contract::convert;
use contract::failure::Failure;
use kernel::ids::PersonId;
use tonic::{Request, Response, Status};

use crate::bot::Bot;
use crate::operations::tickets;
use crate::staff::Acting;
use crate::ticket::Author;
use crate::ticket::wire::{Reader, told};

/// The methods of both sides.
pub struct Tickets(pub Bot);

type Answer<T> = Result<Response<T>, Status>;

#[tonic::async_trait]
impl TicketService for Tickets {
    async fn get_my_ticket(
        &self,
        request: Request<wire::GetMyTicketRequest>,
    ) -> Answer<wire::GetMyTicketResponse> {
        let person = guard::actor(&request)?.person()?;
        let ticket = tickets::get(&self.0, person).await?;
        let ticket = Some(told(&ticket, Reader::Person));
        Ok(Response::new(wire::GetMyTicketResponse { ticket }))
    }

    async fn write_ticket(
        &self,
        request: Request<wire::WriteTicketRequest>,
    ) -> Answer<wire::WriteTicketResponse> {
        let person = guard::actor(&request)?.person()?;
        let asked = request.into_inner();
        let id = convert::id("message_id", &asked.message_id)?;
        let ticket = tickets::write(&self.0, person, Author::Person, id, &asked.text).await?;
        let ticket = Some(told(&ticket, Reader::Person));
        Ok(Response::new(wire::WriteTicketResponse { ticket }))
    }

    async fn close_my_ticket(
        &self,
        request: Request<wire::CloseMyTicketRequest>,
    ) -> Answer<wire::CloseMyTicketResponse> {
        let person = guard::actor(&request)?.person()?;
        let ticket = tickets::close(&self.0, person, Author::Person).await?;
        let ticket = Some(told(&ticket, Reader::Person));
        Ok(Response::new(wire::CloseMyTicketResponse { ticket }))
    }
}

#[tonic::async_trait]
impl TicketAdminService for Tickets {
    async fn list_tickets(
        &self,
        request: Request<wire::ListTicketsRequest>,
    ) -> Answer<wire::ListTicketsResponse> {
        let page = convert::page(request.into_inner().page);
        let found = tickets::list(&self.0, page).await?;
        let tickets = found.rows.iter().map(|ticket| told(ticket, Reader::Staff)).collect();
        Ok(Response::new(wire::ListTicketsResponse { tickets, total: found.total }))
    }

    async fn get_ticket(
        &self,
        request: Request<wire::GetTicketRequest>,
    ) -> Answer<wire::GetTicketResponse> {
        let person = person(request.into_inner().person_id)?;
        let ticket = tickets::get(&self.0, person).await?;
        let ticket = Some(told(&ticket, Reader::Staff));
        Ok(Response::new(wire::GetTicketResponse { ticket }))
    }

    async fn answer_ticket(
        &self,
        request: Request<wire::AnswerTicketRequest>,
    ) -> Answer<wire::AnswerTicketResponse> {
        let by = Acting::of(&guard::actor(&request)?)?;
        let asked = request.into_inner();
        let (person, staff) = (person(asked.person_id)?, Author::Staff(by.id));
        by.must_be_above(person, &self.0).await?;
        let id = convert::id("message_id", &asked.message_id)?;
        let ticket = tickets::write(&self.0, person, staff, id, &asked.text).await?;
        let ticket = Some(told(&ticket, Reader::Staff));
        Ok(Response::new(wire::AnswerTicketResponse { ticket }))
    }

    async fn close_ticket(
        &self,
        request: Request<wire::CloseTicketRequest>,
    ) -> Answer<wire::CloseTicketResponse> {
        let by = Acting::of(&guard::actor(&request)?)?;
        let person = person(request.into_inner().person_id)?;
        by.must_be_above(person, &self.0).await?;
        let ticket = tickets::close(&self.0, person, Author::Staff(by.id)).await?;
        let ticket = Some(told(&ticket, Reader::Staff));
        Ok(Response::new(wire::CloseTicketResponse { ticket }))
    }
}

fn person(id: i64) -> Result<PersonId, Failure> {
    PersonId::new(id).map_err(|error| convert::invalid("person_id", error))
}
