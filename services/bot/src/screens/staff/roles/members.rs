//! Who has a role, and giving it to somebody by their number.

use contract::admin::RoleOrigin;
use contract::failure::Failure;
use kernel::ids::{PersonId, RoleId};

use super::Roles;
use crate::html::Html;
use crate::peers::staff::Role;
use crate::screen::{Cx, Key, Reaction, View, page_or_first};
use crate::screens::AssignRole;

/// One page of them.
pub async fn list(cx: &Cx, id: RoleId, page: u16) -> Result<View, Failure> {
    let role = cx.peers.get_role(id).await?;
    let (shelf, members) = page_or_first(page, |page| cx.peers.list_members(role.id, page)).await?;
    let title = if members.rows.is_empty() {
        cx.texts.members_empty(&role.name)
    } else {
        cx.texts.members_title(&role.name)
    };
    let mut keys = Vec::with_capacity(members.rows.len());
    for person in members.rows {
        let label = cx.texts.key_member(&*cx.name_of(person).await, person.to_string());
        keys.push(Key::to(label, AssignRole::Choose { person, page: 0 }));
    }
    let is_mine_to_give = cx.staff.covers(role.bits) && role.origin != RoleOrigin::Owner;
    let give = is_mine_to_give
        .then(|| Key::to(cx.texts.key_role_give(), Roles::AskPerson { role: role.id }));
    Ok(View::new(title)
        .list(keys)
        .arrows(cx, shelf, |page| Roles::Members { role: id, page }.into())
        .row(give)
        .row([Key::to(cx.texts.key_back(), Roles::Card { role: id }), cx.home_key()]))
}

/// Who is to have it?
pub fn ask_person(cx: &Cx, role: &Role, problem: Option<Html>) -> View {
    let question = cx.texts.role_ask_person(&role.name);
    let text = match problem {
        Some(problem) => problem.paragraph(question),
        None => question,
    };
    View::new(text)
        .row([Key::to(cx.texts.key_cancel(), Roles::Members { role: role.id, page: 0 })])
        .asking(Roles::AskPerson { role: role.id })
}

/// The person with the number in a text is asked about before anything is given.
pub async fn person_named(cx: &Cx, role: RoleId, text: &str) -> Result<Reaction, Failure> {
    let person = text.trim().parse().ok().and_then(|id| PersonId::new(id).ok());
    Ok(match person {
        Some(person) => Reaction::Go(AssignRole::Ask { person, role }.into()),
        None => {
            let role = cx.peers.get_role(role).await?;
            Reaction::Show(ask_person(cx, &role, Some(cx.texts.role_bad_person())))
        }
    })
}
