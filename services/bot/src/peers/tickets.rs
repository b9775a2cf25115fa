//! A person's conversation with staff: the bot's own methods, called by either side, so that their rules hold.

use contract::bot as wire;
use contract::bot::ticket_admin_service_client::TicketAdminServiceClient;
use contract::bot::ticket_service_client::TicketServiceClient;
use contract::failure::Failure;
use kernel::ids::{MessageId, PersonId};
use kernel::page::{Page, PageRequest};

use crate::peers::{Peers, absent, page};
use crate::ticket::Ticket;
use crate::ticket::wire::read;

impl Peers {
    /// One's own conversation.
    pub async fn get_my_ticket(&self) -> Result<Ticket, Failure> {
        let request = self.read(wire::GetMyTicketRequest {});
        whole(self.tickets().get_my_ticket(request).await?.into_inner().ticket)
    }

    /// Writes to staff, once for each id.
    pub async fn write_ticket(&self, id: MessageId, text: &str) -> Result<Ticket, Failure> {
        let (message_id, text) = (id.to_string(), text.to_owned());
        let request = self.work(wire::WriteTicketRequest { message_id, text });
        whole(self.tickets().write_ticket(request).await?.into_inner().ticket)
    }

    /// Closes one's own conversation.
    pub async fn close_my_ticket(&self) -> Result<Ticket, Failure> {
        let request = self.work(wire::CloseMyTicketRequest {});
        whole(self.tickets().close_my_ticket(request).await?.into_inner().ticket)
    }

    /// A page of all conversations.
    pub async fn list_tickets(&self, at: PageRequest) -> Result<Page<Ticket>, Failure> {
        let request = self.read(wire::ListTicketsRequest { page: Some(page(at)) });
        let answer = self.ticket_admin().list_tickets(request).await?.into_inner();
        Ok(Page { rows: answer.tickets.into_iter().map(read).collect(), total: answer.total })
    }

    /// The conversation with a person.
    pub async fn get_ticket(&self, person: PersonId) -> Result<Ticket, Failure> {
        let request = self.read(wire::GetTicketRequest { person_id: person.0 });
        whole(self.ticket_admin().get_ticket(request).await?.into_inner().ticket)
    }

    /// Writes to a person, once for each id.
    pub async fn answer_ticket(
        &self,
        person: PersonId,
        id: MessageId,
        text: &str,
    ) -> Result<Ticket, Failure> {
        let request = self.work(wire::AnswerTicketRequest {
            person_id: person.0,
            message_id: id.to_string(),
            text: text.to_owned(),
        });
        whole(self.ticket_admin().answer_ticket(request).await?.into_inner().ticket)
    }

    /// Closes the conversation with a person.
    pub async fn close_ticket(&self, person: PersonId) -> Result<Ticket, Failure> {
        let request = self.work(wire::CloseTicketRequest { person_id: person.0 });
        whole(self.ticket_admin().close_ticket(request).await?.into_inner().ticket)
    }

    fn tickets(&self) -> TicketServiceClient<contract::wire::Wire> {
        TicketServiceClient::new(self.wires.bot.clone())
    }

    fn ticket_admin(&self) -> TicketAdminServiceClient<contract::wire::Wire> {
        TicketAdminServiceClient::new(self.wires.bot.clone())
    }
}

fn whole(ticket: Option<wire::Ticket>) -> Result<Ticket, Failure> {
    ticket.map(read).ok_or_else(|| absent("ticket"))
}
