//! The ten permissions, as staff read them.

use contract::common::Permission;

use crate::html::Html;
use crate::screen::Cx;
use crate::staff::bit;
use crate::texts::{Label, Texts};

/// All but USE, which everybody has, in the order of the list.
pub const GIVEN: [Permission; 9] = [
    Permission::Catalog,
    Permission::Promos,
    Permission::Users,
    Permission::Balance,
    Permission::Broadcast,
    Permission::Stats,
    Permission::Settings,
    Permission::Admins,
    Permission::Owner,
];

/// What a permission lets one do, in a few words.
pub fn label(texts: &'static Texts, permission: Permission) -> Label {
    match permission {
        Permission::Use | Permission::Unspecified => texts.plain_may_use(),
        Permission::Broadcast => texts.plain_may_broadcast(),
        Permission::Settings => texts.plain_may_settings(),
        Permission::Users => texts.plain_may_users(),
        Permission::Catalog => texts.plain_may_catalog(),
        Permission::Admins => texts.plain_may_admins(),
        Permission::Owner => texts.plain_may_owner(),
        Permission::Stats => texts.plain_may_stats(),
        Permission::Balance => texts.plain_may_balance(),
        Permission::Promos => texts.plain_may_promos(),
    }
}

/// Bits as a list, a permission a line.
pub fn list(cx: &Cx, bits: u32) -> Html {
    let held = GIVEN.into_iter().filter(|permission| bits & bit(*permission) != 0);
    let all = [Permission::Use].into_iter().chain(held);
    all.map(|permission| cx.texts.role_right(&*label(cx.texts, permission)))
        .fold(Html::default(), Html::line)
}
