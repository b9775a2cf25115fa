//! Broadcasts: the list, one of them, and what is done with it: looked at, sent, sent later, stopped.

mod card;

use contract::failure::Failure;
use kernel::ids::{BroadcastId, PressId};
use serde::{Deserialize, Serialize};

use crate::broadcast::{Broadcast, State};
use crate::failure_text;
use crate::html::Html;
use crate::screen::{Cx, Input, Key, Page, Reaction, View, page_or_first};
use crate::screens::{Compose, Console};

pub use card::{ahead, over as broadcast_over, progress as broadcast_progress};

/// A place among broadcasts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Broadcasts {
    /// All, newest first.
    List {
        /// Zero-based.
        page: u16,
    },
    /// One.
    Card {
        /// Which.
        broadcast: BroadcastId,
    },
    /// Has it sent to oneself.
    Preview {
        /// Which.
        broadcast: BroadcastId,
        /// Made when the button was shown, so that a repeated press is one message.
        preview: PressId,
    },
    /// Shall it go out?
    AskSend {
        /// Which.
        broadcast: BroadcastId,
    },
    /// It goes out.
    Send {
        /// Which.
        broadcast: BroadcastId,
    },
    /// Asks when it shall go out.
    AskTime {
        /// Which.
        broadcast: BroadcastId,
    },
    /// Shall it stop?
    AskCancel {
        /// Which.
        broadcast: BroadcastId,
    },
    /// It stops.
    Cancel {
        /// Which.
        broadcast: BroadcastId,
    },
}

impl Page for Broadcasts {
    /// Shows it: only a press or a time changes anything.
    async fn view(&self, cx: &Cx) -> Result<View, Failure> {
        match *self {
            Self::List { page } => list(cx, page).await,
            Self::AskSend { broadcast } => ask_send(cx, broadcast).await,
            Self::AskTime { broadcast } => Ok(ask_time(cx, broadcast, None)),
            Self::AskCancel { broadcast } => ask_cancel(cx, broadcast).await,
            Self::Card { broadcast }
            | Self::Preview { broadcast, .. }
            | Self::Send { broadcast }
            | Self::Cancel { broadcast } => {
                one(cx, &cx.peers.get_broadcast(broadcast).await?, None).await
            }
        }
    }

    async fn react(&self, cx: &Cx, input: Input<'_>) -> Result<Reaction, Failure> {
        let shown = match (self, input) {
            (Self::Preview { broadcast, preview }, Input::Press) => {
                cx.peers.preview_broadcast(*broadcast, *preview).await?;
                return Ok(Reaction::Toast(cx.texts.toast_broadcast_preview()));
            }
            (Self::Send { broadcast }, Input::Press) => {
                let begun = cx.peers.start_broadcast(*broadcast, None).await?;
                one(cx, &begun, None).await?
            }
            (Self::Cancel { broadcast }, Input::Press) => {
                let stopped = cx.peers.cancel_broadcast(*broadcast).await?;
                one(cx, &stopped, None).await?
            }
            (Self::AskTime { broadcast }, Input::Text { text, .. }) => {
                schedule(cx, *broadcast, text).await?
            }
            _ => self.view(cx).await?,
        };
        Ok(Reaction::Show(shown))
    }
}

/// One broadcast with what can be done with it, and with what has just happened above it.
pub async fn one(cx: &Cx, broadcast: &Broadcast, before: Option<Html>) -> Result<View, Failure> {
    if broadcast.state.is_ahead() {
        ahead(cx, broadcast, before).await
    } else {
        Ok(broadcast_progress(cx, broadcast))
    }
}

async fn list(cx: &Cx, page: u16) -> Result<View, Failure> {
    let texts = cx.texts;
    let (shelf, found) = page_or_first(page, |page| cx.peers.list_broadcasts(page)).await?;
    let title =
        if found.rows.is_empty() { texts.broadcasts_empty() } else { texts.broadcasts_title() };
    let keys = found.rows.iter().map(|broadcast| {
        Key::to(card::label(cx, broadcast), Broadcasts::Card { broadcast: broadcast.id })
    });
    Ok(View::new(title)
        .list(keys)
        .arrows(cx, shelf, |page| Broadcasts::List { page }.into())
        .row([Key::to(texts.key_broadcast_new(), Compose::Message).primary()])
        .row([Key::to(texts.key_back(), Console), cx.home_key()]))
}

async fn ask_send(cx: &Cx, id: BroadcastId) -> Result<View, Failure> {
    let broadcast = cx.peers.get_broadcast(id).await?;
    if !broadcast.state.is_ahead() {
        return one(cx, &broadcast, None).await;
    }
    let (people, whom) = card::audience(cx, &broadcast).await?;
    let texts = cx.texts;
    Ok(View::new(texts.broadcast_ask_send(&*whom, &*people).paragraph(card::excerpt(&broadcast)))
        .row([Key::to(texts.key_broadcast_send_yes(), Broadcasts::Send { broadcast: id })])
        .row([Key::to(texts.key_cancel(), Broadcasts::Card { broadcast: id })]))
}

fn ask_time(cx: &Cx, id: BroadcastId, problem: Option<Html>) -> View {
    let question = cx.texts.broadcast_ask_time(cx.format.zone_name());
    let text = match problem {
        Some(problem) => problem.paragraph(question),
        None => question,
    };
    View::new(text)
        .row([Key::to(cx.texts.key_cancel(), Broadcasts::Card { broadcast: id })])
        .asking(Broadcasts::AskTime { broadcast: id })
}

async fn schedule(cx: &Cx, id: BroadcastId, text: &str) -> Result<View, Failure> {
    let Some(at) = cx.format.read_time(text) else {
        return Ok(ask_time(cx, id, Some(cx.texts.broadcast_bad_time())));
    };
    match cx.peers.start_broadcast(id, Some(at)).await {
        Ok(scheduled) => one(cx, &scheduled, None).await,
        Err(failure) if failure.data("field") == Some("starts_at") => {
            Ok(ask_time(cx, id, Some(cx.texts.broadcast_bad_time())))
        }
        Err(failure) => Ok(ask_time(cx, id, Some(failure_text::asking_again(cx, failure)?))),
    }
}

/// While this question is open, the message of progress waits: it may be the one that asks.
async fn ask_cancel(cx: &Cx, id: BroadcastId) -> Result<View, Failure> {
    let broadcast = cx.peers.get_broadcast(id).await?;
    let texts = cx.texts;
    let question = match broadcast.state {
        State::Done | State::Cancelled => return one(cx, &broadcast, None).await,
        State::Draft | State::Scheduled => texts.broadcast_ask_discard(),
        State::Spreading | State::Sending => {
            texts.broadcast_ask_stop(cx.format.count(broadcast.tally.sent))
        }
    };
    Ok(View::new(question)
        .row([Key::to(texts.key_broadcast_stop_yes(), Broadcasts::Cancel { broadcast: id })])
        .row([Key::to(texts.key_broadcast_go_on(), Broadcasts::Card { broadcast: id })])
        .asking(Broadcasts::AskCancel { broadcast: id }))
}
