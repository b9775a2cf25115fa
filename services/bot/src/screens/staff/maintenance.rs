//! Maintenance: closing the shop for everybody but staff, with a few words why, and opening it again.

use contract::failure::Failure;
use serde::{Deserialize, Serialize};

use crate::failure_text;
use crate::html::Html;
use crate::peers::shop_state::ShopState;
use crate::screen::{Cx, Input, Key, Page, Reaction, View};
use crate::screens::Console;

/// Characters of the notice.
const NOTICE_MAX: usize = 500;

/// The switch.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Maintenance {
    /// How it stands.
    Show,
    /// Asks for the words, and thereby whether it is meant.
    Ask,
    /// Closes without words.
    Close,
    /// Opens.
    Open,
}

impl Page for Maintenance {
    async fn view(&self, cx: &Cx) -> Result<View, Failure> {
        Ok(match self {
            Self::Ask => ask(cx, None),
            Self::Show | Self::Close | Self::Open => show(cx, &cx.maintenance.state()),
        })
    }

    async fn react(&self, cx: &Cx, input: Input<'_>) -> Result<Reaction, Failure> {
        let state = match (self, input) {
            (Self::Ask, Input::Text { text, .. }) => {
                let notice = text.trim();
                if notice.is_empty() || notice.chars().count() > NOTICE_MAX {
                    let problem = cx.texts.maintenance_bad_notice();
                    return Ok(Reaction::Show(ask(cx, Some(problem))));
                }
                ShopState { maintenance: true, notice: notice.to_owned() }
            }
            (Self::Close, Input::Press) => ShopState { maintenance: true, notice: String::new() },
            (Self::Open, Input::Press) => ShopState::default(),
            _ => return Ok(Reaction::Show(self.view(cx).await?)),
        };
        Ok(Reaction::Show(match cx.peers.set_maintenance(state).await {
            Ok(state) => {
                // Admin tells it too; the next press may be faster.
                cx.maintenance.set(state.clone());
                show(cx, &state)
            }
            Err(failure) => ask(cx, Some(failure_text::asking_again(cx, failure)?)),
        }))
    }
}

fn show(cx: &Cx, state: &ShopState) -> View {
    let texts = cx.texts;
    let (text, switch) = if state.maintenance {
        let open = Key::to(texts.key_maintenance_open(), Maintenance::Open).success();
        let closed = texts.maintenance_closed();
        let text = if state.notice.is_empty() {
            closed
        } else {
            closed.paragraph(texts.maintenance_words()).paragraph(Html::text(&state.notice))
        };
        (text, open)
    } else {
        let close = Key::to(texts.key_maintenance_close(), Maintenance::Ask);
        (texts.maintenance_opened(), close)
    };
    let words = state.maintenance.then(|| Key::to(texts.key_maintenance_words(), Maintenance::Ask));
    View::new(text)
        .row([switch])
        .row(words)
        .row([Key::to(texts.key_back(), Console), cx.home_key()])
}

fn ask(cx: &Cx, problem: Option<Html>) -> View {
    let question = cx.texts.maintenance_ask();
    let text = match problem {
        Some(problem) => problem.paragraph(question),
        None => question,
    };
    View::new(text)
        .row([Key::to(cx.texts.key_maintenance_silent(), Maintenance::Close)])
        .row([Key::to(cx.texts.key_cancel(), Maintenance::Show)])
        .asking(Maintenance::Ask)
}
