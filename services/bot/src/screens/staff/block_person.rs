//! Shutting a person out, with a reason, and letting them in again; both ask before they do it.

use contract::failure::Failure;
use kernel::ids::PersonId;
use serde::{Deserialize, Serialize};

use super::person::card;
use crate::dialogue::Answers;
use crate::html::Html;
use crate::peers::people_admin::Reach;
use crate::screen::{Cx, Input, Key, Page, Reaction, View};
use crate::screens::StaffPerson;

/// Characters of a reason, as the service takes them.
const REASON_CHARS: std::ops::RangeInclusive<usize> = 3..=200;

/// One step after another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum BlockPerson {
    /// Asks for the reason.
    AskWhy {
        /// Whom.
        person: PersonId,
    },
    /// Shuts them out, for the reason that was given.
    Block {
        /// Whom.
        person: PersonId,
    },
    /// Asks whether to let them in again.
    AskToUnblock {
        /// Whom.
        person: PersonId,
    },
    /// Lets them in again.
    Unblock {
        /// Whom.
        person: PersonId,
    },
}

/// The reason that was given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BlockAnswers {
    /// 3 to 200 characters.
    pub reason: String,
}

impl Answers for BlockAnswers {
    const OF: &'static str = "block person";
}

impl Page for BlockPerson {
    /// Asks: a press acts, being shown never does.
    async fn view(&self, cx: &Cx) -> Result<View, Failure> {
        let (person, _) = cx.peers.get_person(self.person()).await?;
        Ok(match self {
            Self::AskWhy { person: id } | Self::Block { person: id } => {
                ask_why(cx, *id, &person.name, None)
            }
            Self::AskToUnblock { person: id } | Self::Unblock { person: id } => {
                View::new(cx.texts.unblock_ask(&person.name))
                    .row([Key::to(cx.texts.key_unblock_yes(), Self::Unblock { person: *id })])
                    .row([Key::to(cx.texts.key_cancel(), StaffPerson { person: *id })])
            }
        })
    }

    async fn react(&self, cx: &Cx, input: Input<'_>) -> Result<Reaction, Failure> {
        let id = self.person();
        match (self, input) {
            (Self::AskWhy { .. }, Input::Text { text, .. }) => {
                let (person, _) = cx.peers.get_person(id).await?;
                let reason = text.split_whitespace().collect::<Vec<_>>().join(" ");
                let is_reason = REASON_CHARS.contains(&reason.chars().count());
                if !is_reason || reason.chars().any(char::is_control) {
                    let problem = Some(cx.texts.block_bad_reason());
                    return Ok(Reaction::Show(ask_why(cx, id, &person.name, problem)));
                }
                Ok(Reaction::Show(ask_whether(cx, id, &person.name, BlockAnswers { reason })))
            }
            (Self::Block { .. }, Input::Press) => {
                let Some(BlockAnswers { reason }) = cx.draft().await else {
                    // Pressed once more after it was done, or much too late: the card tells.
                    return Ok(Reaction::Go(StaffPerson { person: id }.into()));
                };
                let person = cx.peers.block_person(id, &reason).await?;
                let done = cx.texts.block_done(&person.name);
                Ok(Reaction::Show(card(cx, &person, Reach::Below, Some(done))))
            }
            (Self::Unblock { .. }, Input::Press) => {
                let person = cx.peers.unblock_person(id).await?;
                let done = cx.texts.unblock_done(&person.name);
                Ok(Reaction::Show(card(cx, &person, Reach::Below, Some(done))))
            }
            _ => Ok(Reaction::Show(self.view(cx).await?)),
        }
    }
}

impl BlockPerson {
    fn person(&self) -> PersonId {
        let (Self::AskWhy { person }
        | Self::Block { person }
        | Self::AskToUnblock { person }
        | Self::Unblock { person }) = self;
        *person
    }
}

fn ask_why(cx: &Cx, person: PersonId, name: &str, problem: Option<Html>) -> View {
    let question = cx.texts.block_ask_why(name);
    let text = match problem {
        Some(problem) => problem.paragraph(question),
        None => question,
    };
    View::new(text)
        .row([Key::to(cx.texts.key_cancel(), StaffPerson { person })])
        .asking(BlockPerson::AskWhy { person })
}

fn ask_whether(cx: &Cx, person: PersonId, name: &str, answers: BlockAnswers) -> View {
    View::new(cx.texts.block_ask(name, &answers.reason))
        .row([Key::to(cx.texts.key_block_yes(), BlockPerson::Block { person })])
        .row([Key::to(cx.texts.key_cancel(), StaffPerson { person })])
        .asking(BlockPerson::AskWhy { person })
        .with_draft(&answers)
}
