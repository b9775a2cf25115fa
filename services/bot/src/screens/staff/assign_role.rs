//! A role for a person: chosen from those that one may give, asked about, given. To take a role away is to give the
//! default one.

use contract::failure::Failure;
use kernel::ids::{PersonId, RoleId};
use serde::{Deserialize, Serialize};

use crate::html::Html;
use crate::peers::staff::Roles as Which;
use crate::screen::{Cx, Input, Key, Page, Reaction, View, page_or_first};
use crate::screens::{Roles, permissions};

/// Which role, for whom.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum AssignRole {
    /// Offers the roles.
    Choose {
        /// For whom.
        person: PersonId,
        /// Zero-based.
        page: u16,
    },
    /// Asks whether it is to be this one.
    Ask {
        /// For whom.
        person: PersonId,
        /// Which.
        role: RoleId,
    },
    /// Gives it.
    Give {
        /// To whom.
        person: PersonId,
        /// Which.
        role: RoleId,
    },
}

impl Page for AssignRole {
    async fn view(&self, cx: &Cx) -> Result<View, Failure> {
        match *self {
            Self::Choose { person, page } => choose(cx, person, page).await,
            Self::Ask { person, role } | Self::Give { person, role } => ask(cx, person, role).await,
        }
    }

    async fn react(&self, cx: &Cx, input: Input<'_>) -> Result<Reaction, Failure> {
        match (self, input) {
            (Self::Give { person, role }, Input::Press) => give(cx, *person, *role).await,
            _ => Ok(Reaction::Show(self.view(cx).await?)),
        }
    }
}

async fn choose(cx: &Cx, person: PersonId, page: u16) -> Result<View, Failure> {
    let member = cx.peers.get_member(person).await?;
    let (shelf, roles) =
        page_or_first(page, |page| cx.peers.list_roles(Which::ToGive, page)).await?;
    let who = mention(cx, person).await;
    let others = roles.rows.into_iter().filter(|role| role.id != member.role);
    let keys =
        others.map(|role| Key::to(role.name.into(), AssignRole::Ask { person, role: role.id }));
    Ok(View::new(cx.texts.assign_title(who, person.to_string(), &member.role_name))
        .list(keys)
        .arrows(cx, shelf, |page| AssignRole::Choose { person, page }.into())
        .row([Key::to(cx.texts.key_staff_roles(), Roles::List { page: 0 }), cx.home_key()]))
}

async fn ask(cx: &Cx, person: PersonId, role: RoleId) -> Result<View, Failure> {
    let (member, role) = tokio::try_join!(cx.peers.get_member(person), cx.peers.get_role(role))?;
    let who = mention(cx, person).await;
    let question = cx.texts.assign_ask(who, person.to_string(), &member.role_name, &role.name);
    let text = question.paragraph(cx.texts.role_allows()).line(permissions::list(cx, role.bits));
    Ok(View::new(text)
        .row([Key::to(cx.texts.key_assign(), AssignRole::Give { person, role: role.id }).primary()])
        .row([Key::to(cx.texts.key_cancel(), AssignRole::Choose { person, page: 0 })]))
}

async fn give(cx: &Cx, person: PersonId, role: RoleId) -> Result<Reaction, Failure> {
    let member = cx.peers.assign_role(person, role).await?;
    // Admin tells it too; their next press may be faster.
    cx.rights.forget(person);
    let who = mention(cx, person).await;
    let done = cx.texts.assign_done(who, person.to_string(), &member.role_name);
    Ok(Reaction::Show(
        View::new(done)
            .row([Key::to(cx.texts.key_staff_roles(), Roles::List { page: 0 }), cx.home_key()]),
    ))
}

async fn mention(cx: &Cx, person: PersonId) -> Html {
    Html::mention(person, &cx.name_of(person).await)
}
