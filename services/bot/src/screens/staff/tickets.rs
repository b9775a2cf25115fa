//! Conversations with people, as staff see them: who waits, what was written, and the next text goes to the person.

use contract::failure::Failure;
use kernel::ids::{MessageId, PersonId};
use serde::{Deserialize, Serialize};
use telegram::html::shorten;

use crate::failure_text;
use crate::html::Html;
use crate::screen::{Cx, Input, Key, Page, Reaction, View, page_or_first};
use crate::screens::ticket::{excerpt, is_text};
use crate::screens::{Console, StaffPerson};
use crate::ticket::{Author, State, Ticket};

/// Of a name, in UTF-16 units.
const NAME_MAX: usize = 32;

/// A place among conversations.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum StaffTickets {
    /// All, those that wait for staff first.
    List {
        /// Zero-based.
        page: u16,
    },
    /// The one with a person; takes the next text.
    Card {
        /// Who.
        person: PersonId,
    },
    /// It is settled.
    Close {
        /// With whom.
        person: PersonId,
    },
}

impl Page for StaffTickets {
    async fn view(&self, cx: &Cx) -> Result<View, Failure> {
        match *self {
            Self::List { page } => list(cx, page).await,
            Self::Card { person } | Self::Close { person } => {
                Ok(card(cx, &cx.peers.get_ticket(person).await?, None).await)
            }
        }
    }

    async fn react(&self, cx: &Cx, input: Input<'_>) -> Result<Reaction, Failure> {
        let shown = match (self, input) {
            (Self::Close { person }, Input::Press) => {
                card(cx, &cx.peers.close_ticket(*person).await?, None).await
            }
            (Self::Card { person }, Input::Text { text, message_id, .. }) if is_text(text) => {
                let id = MessageId::derived(&format!("{}:{message_id}", cx.person.id));
                match cx.peers.answer_ticket(*person, id, text).await {
                    Ok(ticket) => card(cx, &ticket, None).await,
                    Err(failure) => {
                        let problem = failure_text::asking_again(cx, failure)?;
                        card(cx, &cx.peers.get_ticket(*person).await?, Some(problem)).await
                    }
                }
            }
            (_, Input::Press) | (Self::List { .. }, _) => self.view(cx).await?,
            (Self::Card { person } | Self::Close { person }, _) => {
                let problem = cx.texts.ticket_bad_text();
                card(cx, &cx.peers.get_ticket(*person).await?, Some(problem)).await
            }
        };
        Ok(Reaction::Show(shown))
    }
}

async fn list(cx: &Cx, page: u16) -> Result<View, Failure> {
    let texts = cx.texts;
    let (shelf, found) = page_or_first(page, |page| cx.peers.list_tickets(page)).await?;
    let title = if found.rows.is_empty() { texts.tickets_empty() } else { texts.tickets_title() };
    let names = cx.people.names(found.rows.iter().map(|ticket| ticket.person)).await;
    let keys = found.rows.iter().map(|ticket| {
        let mark = match ticket.state {
            Some(State::Open | State::Waiting) => "🔴",
            Some(State::Answered) => "🟢",
            Some(State::Closed) | None => "⚪️",
        };
        let (name, at) = (names.of(ticket.person), cx.format.short_time(ticket.since));
        let label = format!("{mark} {} · {at}", shorten(&name, NAME_MAX));
        Key::to(label.into(), StaffTickets::Card { person: ticket.person })
    });
    Ok(View::new(title)
        .list(keys)
        .arrows(cx, shelf, |page| StaffTickets::List { page }.into())
        .row([Key::to(texts.key_back(), Console), cx.home_key()]))
}

async fn card(cx: &Cx, ticket: &Ticket, problem: Option<Html>) -> View {
    let (texts, person) = (cx.texts, ticket.person);
    let staff = ticket.messages.iter().filter_map(|said| match said.author {
        Author::Staff(id) => Some(id),
        Author::Person => None,
    });
    let names = cx.people.names(staff.chain([person])).await;
    let name = |id: PersonId| shorten(&names.of(id), NAME_MAX).into_owned();
    let mut text = texts.staff_ticket_title(name(person), person.0);
    text = match ticket.state {
        None => text.line(texts.staff_ticket_none()),
        Some(state) => {
            let state = match state {
                State::Open | State::Waiting => texts.plain_ticket_waits(),
                State::Answered => texts.plain_ticket_answered(),
                State::Closed => texts.plain_ticket_closed(),
            };
            text.line(texts.staff_ticket_since(&*state, cx.format.time(ticket.since)))
        }
    };
    for (said, words) in excerpt(&ticket.messages) {
        let at = cx.format.short_time(said.at);
        let who = match said.author {
            Author::Person => texts.staff_ticket_person(name(person), at),
            Author::Staff(id) => texts.staff_ticket_staff(name(id), at),
        };
        text = text.paragraph(who).line(words);
    }
    let text = text.paragraph(problem.unwrap_or_else(|| texts.staff_ticket_ask()));
    let is_open = ticket.state.is_some_and(|state| state != State::Closed);
    let close = is_open.then(|| Key::to(texts.key_ticket_close(), StaffTickets::Close { person }));
    let who = Key::to(texts.key_person(), StaffPerson { person });
    View::new(text)
        .row(close.into_iter().chain([who]))
        .row([Key::to(texts.key_back(), StaffTickets::List { page: 0 }), cx.home_key()])
        .asking(StaffTickets::Card { person })
}
