//! Roles: the list, each one's card, who has it, and its end.

mod card;
mod members;

use contract::admin::RoleOrigin;
use contract::failure::Failure;
use kernel::ids::RoleId;
use serde::{Deserialize, Serialize};
use telegram::html::shorten;

use crate::peers::staff::{Role, Roles as Which};
use crate::screen::{Cx, Input, Key, Page, Reaction, View, page_or_first};
use crate::screens::{Console, ShapeRole};
use crate::texts::Label;

/// Leaves room for the number of members on a button.
const NAME_MAX: usize = 44;

pub use card::card;

/// What staff look at of roles.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Roles {
    /// One page of all roles.
    List {
        /// Zero-based.
        page: u16,
    },
    /// One role.
    Card {
        /// Which.
        role: RoleId,
    },
    /// One page of those who have it.
    Members {
        /// Which role.
        role: RoleId,
        /// Zero-based.
        page: u16,
    },
    /// Asks for the number of somebody who is to have it.
    AskPerson {
        /// Which role.
        role: RoleId,
    },
    /// Asks whether it is to go.
    AskDelete {
        /// Which.
        role: RoleId,
    },
    /// Takes it out of use.
    Delete {
        /// Which.
        role: RoleId,
    },
}

impl Page for Roles {
    async fn view(&self, cx: &Cx) -> Result<View, Failure> {
        match *self {
            Self::List { page } => list(cx, page).await,
            Self::Card { role } => Ok(card(cx, &cx.peers.get_role(role).await?, None)),
            Self::Members { role, page } => members::list(cx, role, page).await,
            Self::AskPerson { role } => {
                Ok(members::ask_person(cx, &cx.peers.get_role(role).await?, None))
            }
            Self::AskDelete { role } | Self::Delete { role } => card::ask_delete(cx, role).await,
        }
    }

    async fn react(&self, cx: &Cx, input: Input<'_>) -> Result<Reaction, Failure> {
        match (self, input) {
            (Self::Delete { role }, Input::Press) => card::delete(cx, *role).await,
            (Self::AskPerson { role }, Input::Text { text, .. }) => {
                members::person_named(cx, *role, text).await
            }
            _ => Ok(Reaction::Show(self.view(cx).await?)),
        }
    }
}

async fn list(cx: &Cx, page: u16) -> Result<View, Failure> {
    let (shelf, roles) = page_or_first(page, |page| cx.peers.list_roles(Which::All, page)).await?;
    let keys =
        roles.rows.iter().map(|role| Key::to(label(cx, role), Roles::Card { role: role.id }));
    Ok(View::new(cx.texts.roles_title())
        .list(keys)
        .arrows(cx, shelf, |page| Roles::List { page }.into())
        .row([Key::to(cx.texts.key_role_add(), ShapeRole::Name)])
        .row([Key::to(cx.texts.key_back(), Console), cx.home_key()]))
}

fn label(cx: &Cx, role: &Role) -> Label {
    let name = shorten(&role.name, NAME_MAX);
    let members = match role.origin {
        RoleOrigin::Default => cx.texts.plain_everybody().into_owned(),
        _ => role.members.to_string(),
    };
    if role.is_open_to(cx.staff) {
        cx.texts.key_role(&*name, members)
    } else {
        cx.texts.key_role_locked(&*name, members)
    }
}
