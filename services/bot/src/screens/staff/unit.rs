//! One unit: read out with a reason, or taken out of the sale after a question.

use contract::failure::Failure;
use contract::inventory::UnitState;
use kernel::ids::ItemId;
use serde::{Deserialize, Serialize};

use super::units::StaffUnits;
use crate::failure_text;
use crate::html::Html;
use crate::peers::stock_admin::{Content, Unit};
use crate::screen::{Cx, Document, Input, Key, Page, Reaction, TEXT_MAX, View};
use crate::texts::Label;

/// What is done with a unit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum StaffUnit {
    /// Offers what can be done.
    Show {
        /// Of which item.
        item: ItemId,
        /// Its number.
        unit: i64,
    },
    /// Asks for a reason, and reads it out.
    Reveal {
        /// Of which item.
        item: ItemId,
        /// Its number.
        unit: i64,
    },
    /// Asks whether to take it back.
    Withdraw {
        /// Of which item.
        item: ItemId,
        /// Its number.
        unit: i64,
    },
    /// Takes it back.
    Withdrawn {
        /// Of which item.
        item: ItemId,
        /// Its number.
        unit: i64,
    },
}

impl Page for StaffUnit {
    async fn view(&self, cx: &Cx) -> Result<View, Failure> {
        let (item, unit) = self.whose();
        let (texts, show) = (cx.texts, Self::Show { item, unit });
        Ok(match self {
            Self::Show { .. } => show_view(cx, item, unit, None),
            Self::Reveal { .. } => self.ask_reason(cx, None),
            // A press takes back, being shown never does.
            Self::Withdraw { .. } | Self::Withdrawn { .. } => {
                View::new(texts.staff_unit_ask_withdraw(unit))
                    .row([Key::to(texts.key_staff_withdraw_yes(), Self::Withdrawn { item, unit })])
                    .row([Key::to(texts.key_cancel(), show)])
            }
        })
    }

    async fn react(&self, cx: &Cx, input: Input<'_>) -> Result<Reaction, Failure> {
        let (item, unit) = self.whose();
        Ok(Reaction::Show(match (self, input) {
            (Self::Withdrawn { .. }, Input::Press) => {
                cx.peers.withdraw_unit(unit).await?;
                show_view(cx, item, unit, Some(cx.texts.staff_unit_now_withdrawn(unit)))
            }
            (Self::Reveal { .. }, Input::Text { text, .. }) => {
                match cx.peers.reveal_unit(unit, text).await {
                    Ok((unit, content)) => revealed(cx, item, &unit, content),
                    Err(failure) if failure.data("field") == Some("reason") => {
                        self.ask_reason(cx, Some(cx.texts.staff_bad_reason()))
                    }
                    Err(failure) => {
                        let problem = failure_text::asking_again(cx, failure)?;
                        self.ask_reason(cx, Some(problem))
                    }
                }
            }
            _ => self.view(cx).await?,
        }))
    }
}

impl StaffUnit {
    fn whose(&self) -> (ItemId, i64) {
        match *self {
            Self::Show { item, unit }
            | Self::Reveal { item, unit }
            | Self::Withdraw { item, unit }
            | Self::Withdrawn { item, unit } => (item, unit),
        }
    }

    fn ask_reason(&self, cx: &Cx, problem: Option<Html>) -> View {
        let (item, unit) = self.whose();
        let question = cx.texts.staff_unit_ask_reason(unit);
        let text = problem.map_or_else(|| question.clone(), |it| it.paragraph(question.clone()));
        View::new(text)
            .row([Key::to(cx.texts.key_cancel(), Self::Show { item, unit })])
            .asking(self.clone())
    }
}

fn show_view(cx: &Cx, item: ItemId, unit: i64, done: Option<Html>) -> View {
    let texts = cx.texts;
    let title = texts.staff_unit_title(unit);
    let view = match done {
        Some(done) => View::new(done),
        None => View::new(title).row([
            Key::to(texts.key_staff_reveal_unit(), StaffUnit::Reveal { item, unit }),
            Key::to(texts.key_staff_withdraw(), StaffUnit::Withdraw { item, unit }),
        ]),
    };
    view.row([Key::to(texts.key_back(), StaffUnits::of(item)), cx.home_key()])
}

/// What is in it. The button takes it out of the chat again.
fn revealed(cx: &Cx, item: ItemId, unit: &Unit, content: Content) -> View {
    let added = cx.format.time(unit.added_at);
    let title = cx.texts.staff_unit_revealed(unit.id, &*state(cx, unit.state), added);
    let view = match content {
        Content::Value(value) => {
            let text = title.clone().paragraph(Html::code(&value));
            if text.visible_len() <= TEXT_MAX {
                View::new(text)
            } else {
                let name = format!("unit-{}.txt", unit.id);
                View::new(title).with_document(Document { name, content: value.into_bytes() })
            }
        }
        Content::File { name, bytes } => {
            View::new(title).with_document(Document { name, content: bytes })
        }
    };
    view.row([Key::to(cx.texts.key_done(), StaffUnit::Show { item, unit: unit.id })])
}

fn state(cx: &Cx, state: UnitState) -> Label {
    match state {
        UnitState::Free | UnitState::Unspecified => cx.texts.plain_unit_free(),
        UnitState::Reserved => cx.texts.plain_unit_reserved(),
        UnitState::Sold => cx.texts.plain_unit_sold(),
        UnitState::Shared => cx.texts.plain_unit_shared(),
        UnitState::Withdrawn => cx.texts.plain_unit_withdrawn(),
    }
}
