//! One role: what it allows, what can be done with it, and its end.

use contract::admin::RoleOrigin;
use contract::failure::Failure;
use kernel::ids::RoleId;

use super::Roles;
use crate::html::Html;
use crate::peers::staff::Role;
use crate::screen::{Cx, Key, Reaction, View};
use crate::screens::{ShapeRole, permissions};

/// The card, with what has just been done above it.
pub fn card(cx: &Cx, role: &Role, done: Option<Html>) -> View {
    let texts = cx.texts;
    let title = texts.role_title(&role.name);
    let text = match done {
        Some(done) => done.paragraph(title),
        None => title,
    };
    let members = match role.origin {
        RoleOrigin::Default => texts.role_members_everybody(),
        _ => texts.role_members(role.members),
    };
    let text =
        text.line(members).paragraph(texts.role_allows()).line(permissions::list(cx, role.bits));
    let id = role.id;
    let is_open = role.is_open_to(cx.staff);
    let shape = is_open.then(|| {
        let bits = ShapeRole::bits(role.bits);
        [
            Key::to(texts.key_role_rights(), ShapeRole::Edit { role: id, bits }),
            Key::to(texts.key_role_rename(), ShapeRole::Rename { role: id }),
        ]
    });
    let members = (role.origin != RoleOrigin::Default)
        .then(|| Key::to(texts.key_role_members(), Roles::Members { role: id, page: 0 }));
    let delete = is_open.then(|| Key::to(texts.key_role_delete(), Roles::AskDelete { role: id }));
    View::new(text)
        .row(shape.into_iter().flatten())
        .row(members)
        .row(delete)
        .row([Key::to(texts.key_back(), Roles::List { page: 0 }), cx.home_key()])
}

/// Shall it go?
pub async fn ask_delete(cx: &Cx, role: RoleId) -> Result<View, Failure> {
    let role = cx.peers.get_role(role).await?;
    Ok(View::new(cx.texts.role_ask_delete(&role.name)).row([
        Key::to(cx.texts.key_role_delete_surely(), Roles::Delete { role: role.id }),
        Key::to(cx.texts.key_cancel(), Roles::Card { role: role.id }),
    ]))
}

/// It goes, unless somebody has it.
pub async fn delete(cx: &Cx, role: RoleId) -> Result<Reaction, Failure> {
    cx.peers.delete_role(role).await?;
    let list = super::list(cx, 0).await?;
    Ok(Reaction::ShowSaying(list, cx.texts.toast_role_deleted()))
}
