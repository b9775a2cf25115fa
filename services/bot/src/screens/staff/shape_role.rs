//! A role takes shape: its name, then its rights, ticked one by one; one cannot tick what one lacks. What is ticked rides
//! in the buttons, the name is kept beside the open question.

use contract::failure::Failure;
use kernel::ids::RoleId;
use serde::{Deserialize, Serialize};

use super::roles::card;
use crate::dialogue::Answers;
use crate::failure_text;
use crate::html::Html;
use crate::peers::staff::Role;
use crate::screen::{Cx, Input, Key, Page, Reaction, View};
use crate::screens::{Roles, permissions};
use crate::staff::bit;

/// Characters of a name.
const NAME_MAX: usize = 64;

/// One step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum ShapeRole {
    /// Asks for the name of a new role.
    Name,
    /// Offers the rights of a new role.
    New {
        /// Made from the message with the name, so that the same message again is the same role.
        role: RoleId,
        /// What is ticked.
        bits: u16,
    },
    /// Makes it.
    Create {
        /// Which.
        role: RoleId,
        /// What it is to allow.
        bits: u16,
    },
    /// Offers the rights of a role that is there.
    Edit {
        /// Which.
        role: RoleId,
        /// What is ticked.
        bits: u16,
    },
    /// Changes it, for all who have it.
    Save {
        /// Which.
        role: RoleId,
        /// What it is to allow.
        bits: u16,
    },
    /// Asks for another name.
    Rename {
        /// Of which.
        role: RoleId,
    },
}

/// What was answered so far.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewRoleAnswers {
    /// The role's name.
    pub name: String,
}

impl Answers for NewRoleAnswers {
    const OF: &'static str = "new role";
}

impl ShapeRole {
    /// Bits as buttons carry them.
    pub fn bits(bits: u32) -> u16 {
        u16::try_from(bits).unwrap_or_default()
    }
}

impl Page for ShapeRole {
    async fn view(&self, cx: &Cx) -> Result<View, Failure> {
        match *self {
            Self::Name => Ok(ask_name(cx, None)),
            Self::New { role, bits } | Self::Create { role, bits } => match cx.draft().await {
                Some(draft) => Ok(new(cx, &draft, role, bits)),
                None => Ok(cx.notice(Html::text(&cx.texts.alert_draft_lost()))),
            },
            Self::Edit { role, bits } | Self::Save { role, bits } => {
                Ok(edit(cx, &cx.peers.get_role(role).await?, bits))
            }
            Self::Rename { role } => Ok(ask_rename(cx, &cx.peers.get_role(role).await?, None)),
        }
    }

    async fn react(&self, cx: &Cx, input: Input<'_>) -> Result<Reaction, Failure> {
        match (self, input) {
            (Self::Name, Input::Text { text, message_id, .. }) => {
                let Some(name) = name(text) else {
                    return Ok(Reaction::Show(ask_name(cx, Some(cx.texts.role_bad_name()))));
                };
                let role = RoleId::derived(&format!("{}:{message_id}", cx.person.id));
                Ok(Reaction::Show(new(cx, &NewRoleAnswers { name }, role, 1)))
            }
            (Self::Create { role, bits }, Input::Press) => create(cx, *role, *bits).await,
            (Self::Save { role, bits }, Input::Press) => save(cx, *role, *bits).await,
            (Self::Rename { role }, Input::Text { text, .. }) => rename(cx, *role, text).await,
            _ => Ok(Reaction::Show(self.view(cx).await?)),
        }
    }
}

fn ask_name(cx: &Cx, problem: Option<Html>) -> View {
    let question = cx.texts.role_ask_name();
    let text = match problem {
        Some(problem) => problem.paragraph(question),
        None => question,
    };
    View::new(text)
        .row([Key::to(cx.texts.key_cancel(), Roles::List { page: 0 })])
        .asking(ShapeRole::Name)
}

fn new(cx: &Cx, draft: &NewRoleAnswers, role: RoleId, bits: u16) -> View {
    View::new(cx.texts.role_ask_rights(&draft.name))
        .list(ticks(cx, bits, |bits| ShapeRole::New { role, bits }))
        .row([Key::to(cx.texts.key_role_create(), ShapeRole::Create { role, bits }).success()])
        .row([Key::to(cx.texts.key_cancel(), Roles::List { page: 0 })])
        .asking(ShapeRole::New { role, bits })
        .with_draft(draft)
}

fn edit(cx: &Cx, role: &Role, bits: u16) -> View {
    let id = role.id;
    View::new(cx.texts.role_ask_rights(&role.name).paragraph(cx.texts.role_members(role.members)))
        .list(ticks(cx, bits, |bits| ShapeRole::Edit { role: id, bits }))
        .row([Key::to(cx.texts.key_role_save(), ShapeRole::Save { role: id, bits }).success()])
        .row([Key::to(cx.texts.key_cancel(), Roles::Card { role: id })])
}

/// A button for each right that one has oneself; a press turns it around.
fn ticks(cx: &Cx, bits: u16, to: impl Fn(u16) -> ShapeRole) -> Vec<Key> {
    let mine = permissions::GIVEN.into_iter().filter(|permission| cx.staff.may(*permission));
    let key = |permission| {
        let right = ShapeRole::bits(bit(permission));
        let name = permissions::label(cx.texts, permission);
        let label = if bits & right == 0 {
            cx.texts.key_right_off(&*name)
        } else {
            cx.texts.key_right_on(&*name)
        };
        Key::to(label, to(bits ^ right))
    };
    mine.map(key).collect()
}

async fn create(cx: &Cx, role: RoleId, bits: u16) -> Result<Reaction, Failure> {
    let Some(NewRoleAnswers { name }) = cx.draft().await else {
        // Pressed twice: it may be there already.
        return Ok(match cx.peers.get_role(role).await {
            Ok(role) => Reaction::Show(card(cx, &role, None)),
            Err(_) => Reaction::Alert(cx.texts.alert_draft_lost()),
        });
    };
    Ok(Reaction::Show(match cx.peers.create_role(role, &name, bits.into()).await {
        Ok(role) => card(cx, &role, Some(cx.texts.role_created(&role.name))),
        Err(failure) if failure.code() == "admin.role_name_taken" => {
            ask_name(cx, Some(failure_text::asking_again(cx, failure)?))
        }
        Err(failure) => return Err(failure),
    }))
}

async fn save(cx: &Cx, role: RoleId, bits: u16) -> Result<Reaction, Failure> {
    let role = cx.peers.set_role_bits(role, bits.into()).await?;
    cx.rights.forget_answers();
    Ok(Reaction::Show(card(cx, &role, Some(cx.texts.role_saved(&role.name)))))
}

async fn rename(cx: &Cx, id: RoleId, text: &str) -> Result<Reaction, Failure> {
    let role = cx.peers.get_role(id).await?;
    let Some(name) = name(text) else {
        let problem = cx.texts.role_bad_name();
        return Ok(Reaction::Show(ask_rename(cx, &role, Some(problem))));
    };
    Ok(Reaction::Show(match cx.peers.rename_role(id, &name).await {
        Ok(role) => card(cx, &role, Some(cx.texts.role_saved(&role.name))),
        Err(failure) => ask_rename(cx, &role, Some(failure_text::asking_again(cx, failure)?)),
    }))
}

fn ask_rename(cx: &Cx, role: &Role, problem: Option<Html>) -> View {
    let question = cx.texts.role_ask_rename(&role.name);
    let text = match problem {
        Some(problem) => problem.paragraph(question),
        None => question,
    };
    View::new(text)
        .row([Key::to(cx.texts.key_cancel(), Roles::Card { role: role.id })])
        .asking(ShapeRole::Rename { role: role.id })
}

/// A name as it is stored: one line, single spaces, 1 to 64 characters; nothing when it is not that.
fn name(text: &str) -> Option<String> {
    let name = super::add_category::name(text)?;
    (name.chars().count() <= NAME_MAX).then_some(name)
}
