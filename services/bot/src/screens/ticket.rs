//! A person's conversation with staff: what was written, and the next text goes there.

use contract::failure::Failure;
use kernel::ids::MessageId;
use serde::{Deserialize, Serialize};
use telegram::html::{shorten, utf16_len};

use crate::failure_text;
use crate::html::Html;
use crate::screen::{Cx, Input, Key, Page, Reaction, View};
use crate::screens::Support;
use crate::ticket::{self, Author, Said, State, TEXT_MAX};

/// Of all messages together, in UTF-16 units: the newest are shown whole, and what they leave is for those before them.
const SHOWN_MAX: usize = 3_000;
/// What stands above a message takes so much; a shorter beginning of one says nothing.
const HEAD: usize = 60;

/// One's own conversation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Ticket {
    /// As it stands; takes the next text.
    Show,
    /// It is settled.
    Close,
}

impl Page for Ticket {
    async fn view(&self, cx: &Cx) -> Result<View, Failure> {
        Ok(show(cx, &cx.peers.get_my_ticket().await?, None))
    }

    async fn react(&self, cx: &Cx, input: Input<'_>) -> Result<Reaction, Failure> {
        let shown = match (self, input) {
            (Self::Close, Input::Press) => show(cx, &cx.peers.close_my_ticket().await?, None),
            (_, Input::Press) => self.view(cx).await?,
            (_, Input::Text { text, message_id, .. }) if is_text(text) => {
                let id = MessageId::derived(&format!("{}:{message_id}", cx.person.id));
                match cx.peers.write_ticket(id, text).await {
                    Ok(ticket) => show(cx, &ticket, None),
                    Err(failure) => {
                        let problem = failure_text::asking_again(cx, failure)?;
                        show(cx, &cx.peers.get_my_ticket().await?, Some(problem))
                    }
                }
            }
            _ => {
                let problem = cx.texts.ticket_bad_text();
                show(cx, &cx.peers.get_my_ticket().await?, Some(problem))
            }
        };
        Ok(Reaction::Show(shown))
    }
}

/// Whether this can be a message.
pub fn is_text(text: &str) -> bool {
    (1..=TEXT_MAX).contains(&text.trim().chars().count())
}

/// The newest messages that fit, oldest first, each with its words.
pub fn excerpt(messages: &[Said]) -> Vec<(&Said, Html)> {
    let mut left = SHOWN_MAX;
    let mut shown = Vec::new();
    for said in messages.iter().rev() {
        let Some(room) = left.checked_sub(HEAD).filter(|room| *room > HEAD) else { break };
        let words = shorten(&said.text, room);
        left = room.saturating_sub(utf16_len(&words));
        shown.push((said, Html::text(&words)));
    }
    shown.reverse();
    shown
}

fn show(cx: &Cx, ticket: &ticket::Ticket, problem: Option<Html>) -> View {
    let texts = cx.texts;
    let mut text = texts.ticket_title();
    for (said, words) in excerpt(&ticket.messages) {
        let at = cx.format.short_time(said.at);
        let who = match said.author {
            Author::Person => texts.ticket_you(at),
            Author::Staff(_) => texts.ticket_us(at),
        };
        text = text.paragraph(who).line(words);
    }
    let hint = match ticket.state {
        None => texts.ticket_none(),
        Some(State::Open | State::Waiting) => texts.ticket_open(),
        Some(State::Answered) => texts.ticket_answered(),
        Some(State::Closed) => texts.ticket_closed(),
    };
    let text = text.paragraph(problem.unwrap_or(hint));
    let is_open = ticket.state.is_some_and(|state| state != State::Closed);
    let close = is_open.then(|| Key::to(texts.key_ticket_close(), Ticket::Close));
    View::new(text)
        .row(close)
        .row([Key::to(texts.key_back(), Support), cx.home_key()])
        .asking(Ticket::Show)
}
