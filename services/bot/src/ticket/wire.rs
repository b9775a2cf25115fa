//! Conversations between the wire and ours.

use contract::bot as wire;
use contract::convert;
use kernel::ids::PersonId;

use super::{Author, Said, State, Ticket};

/// Who may read who of staff wrote.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reader {
    /// The person: staff are one voice to them.
    Person,
    /// Staff.
    Staff,
}

/// A conversation for the wire.
pub fn told(ticket: &Ticket, to: Reader) -> wire::Ticket {
    let state = match ticket.state {
        None => wire::TicketState::Unspecified,
        Some(State::Open) => wire::TicketState::Open,
        Some(State::Answered) => wire::TicketState::Answered,
        Some(State::Waiting) => wire::TicketState::Waiting,
        Some(State::Closed) => wire::TicketState::Closed,
    };
    let said = |said: &Said| {
        let staff = match said.author {
            Author::Person => None,
            Author::Staff(id) => Some(id),
        };
        wire::TicketMessage {
            staff_id: staff.filter(|_| to == Reader::Staff).map_or(0, |id| id.0),
            is_from_staff: staff.is_some(),
            text: said.text.clone(),
            written_at: Some(convert::timestamp(said.at)),
        }
    };
    wire::Ticket {
        person_id: ticket.person.0,
        state: state.into(),
        since: Some(convert::timestamp(ticket.since)),
        messages: ticket.messages.iter().map(said).collect(),
    }
}

/// A conversation from the wire.
pub fn read(told: wire::Ticket) -> Ticket {
    let state = match told.state() {
        wire::TicketState::Unspecified => None,
        wire::TicketState::Open => Some(State::Open),
        wire::TicketState::Answered => Some(State::Answered),
        wire::TicketState::Waiting => Some(State::Waiting),
        wire::TicketState::Closed => Some(State::Closed),
    };
    let said = |said: wire::TicketMessage| Said {
        author: if said.is_from_staff {
            Author::Staff(PersonId(said.staff_id))
        } else {
            Author::Person
        },
        text: said.text,
        at: convert::instant(said.written_at),
    };
    Ticket {
        person: PersonId(told.person_id),
        state,
        since: convert::instant(told.since),
        messages: told.messages.into_iter().map(said).collect(),
    }
}
