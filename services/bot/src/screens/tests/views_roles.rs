//! Roles, the closed sign and the log, in both languages, with nothing and with too much.

use contract::admin::{AuditLevel, AuditRecord, Role, RoleOrigin};
use contract::common::AuditEntry;
use contract::failure::{Failure, Kind};
use kernel::ids::{PersonId, RoleId};
use kernel::locale::Locale;

use super::stage::{Stage, keep, picture};
use crate::dialogue::Draft;
use crate::fakes::now;
use crate::peers::shop_state::ShopState;
use crate::screen::Input;
use crate::screens::*;

const ADMINS: u32 = 32;
const CATALOG: u32 = 16;

fn long_name() -> String {
    "Склад <&\">".chars().chain("я".repeat(64).chars()).take(64).collect()
}

fn stage() -> Stage {
    let stage = Stage::new();
    for (id, name) in [(42, "Анна <b>"), (7, "Olga"), (99, "<&\">")] {
        stage.bot.people.introduce(PersonId(id), name);
    }
    stage
}

/// A role that staff made.
fn role(stage: &Stage, name: &str, bits: u32) -> RoleId {
    let id = RoleId::derived(name);
    stage.fakes.state().admin.roles.push(Role {
        role_id: id.to_string(),
        name: name.to_owned(),
        bits,
        origin: RoleOrigin::Custom.into(),
        members: 0,
    });
    id
}

fn give(stage: &Stage, person: i64, role: RoleId) {
    stage.fakes.state().admin.members.push((person, role.to_string()));
}

#[tokio::test]
async fn adm_09_rbac_05_roles_are_listed_and_what_is_not_below_is_locked() {
    let stage = stage();
    stage.staff_sees("roles_of_a_new_shop", 1_023, Roles::List { page: 0 }).await;
    let high = role(&stage, &long_name(), CATALOG | 512 | 1);
    let low = role(&stage, "Helpers", 8 | 1);
    give(&stage, 99, low);
    stage.staff_sees("roles_as_helper", ADMINS | 8, Roles::List { page: 0 }).await;
    stage.staff_sees("role_card_locked", ADMINS | 8, Roles::Card { role: high }).await;
    stage.staff_sees("role_card_open", 1_023, Roles::Card { role: high }).await;
    stage.staff_sees("role_members", 1_023, Roles::Members { role: low, page: 0 }).await;
    stage.staff_sees("role_members_none", 1_023, Roles::Members { role: high, page: 0 }).await;
    stage.staff_sees("role_ask_delete", 1_023, Roles::AskDelete { role: high }).await;
    stage.staff_sees("role_ask_person", 1_023, Roles::AskPerson { role: high }).await;
    stage.owner_writes("role_bad_person", Roles::AskPerson { role: high }, None, "-5").await;
    stage.owner_writes("role_person_named", Roles::AskPerson { role: high }, None, "99").await;
    let user = stage.fakes.state().admin.roles[0].role_id.parse().unwrap();
    stage.staff_sees("role_card_of_everybody", 1_023, Roles::Card { role: user }).await;
    stage.owner_presses("role_deleted", Roles::Delete { role: high }, None).await;
}

#[tokio::test]
async fn rbac_05_a_new_role_can_only_get_rights_that_one_has() {
    let stage = stage();
    stage.owner_presses("shape_name", ShapeRole::Name, None).await;
    stage.owner_writes("shape_bad_name", ShapeRole::Name, None, &"я".repeat(65)).await;
    stage.owner_writes("shape_rights", ShapeRole::Name, None, &long_name()).await;
    let id = RoleId::derived("new");
    let draft = Draft::new(&NewRoleAnswers { name: long_name() });
    let ticked = ShapeRole::New { role: id, bits: 17 };
    stage.owner_presses("shape_ticked", ticked.clone(), Some(draft.clone())).await;
    stage.owner_presses("shape_forgotten", ticked, None).await;
    let create = ShapeRole::Create { role: id, bits: 17 };
    stage.owner_presses("shape_created", create.clone(), Some(draft)).await;
    // The same press once more, when the name is forgotten, is the same role.
    stage.owner_presses("shape_created_before", create, None).await;
    assert_eq!(stage.fakes.state().admin.roles.len(), 4);
    stage.staff_sees("shape_edit", ADMINS | CATALOG, ShapeRole::Edit { role: id, bits: 17 }).await;
    stage.owner_presses("shape_saved", ShapeRole::Save { role: id, bits: 9 }, None).await;
    stage.owner_presses("shape_rename", ShapeRole::Rename { role: id }, None).await;
    stage.owner_writes("shape_renamed", ShapeRole::Rename { role: id }, None, "Stock").await;
    stage.fakes.fail("update_role", Kind::Conflict, "admin.role_name_taken");
    stage.owner_writes("shape_name_taken", ShapeRole::Rename { role: id }, None, "Stock").await;
}

#[tokio::test]
async fn rbac_07_a_role_is_given_after_a_question() {
    let stage = stage();
    let stock = role(&stage, &long_name(), CATALOG | 1);
    let person = PersonId(99);
    stage.owner_presses("assign_choose", AssignRole::Choose { person, page: 0 }, None).await;
    stage.owner_presses("assign_ask", AssignRole::Ask { person, role: stock }, None).await;
    stage.owner_presses("assign_given", AssignRole::Give { person, role: stock }, None).await;
    let cx = stage.owner(Locale::En);
    stage.fakes.fail("assign_role", Kind::Denied, "admin.outranked");
    let give = Screen::from(AssignRole::Give { person, role: stock });
    let refused: Failure = give.react(&cx, Input::Press).await.unwrap_err();
    assert_eq!(refused.code(), "admin.outranked");
}

#[tokio::test]
async fn adm_06_the_shop_is_closed_with_words_or_without() {
    let stage = stage();
    stage.owner_presses("maintenance_open", Maintenance::Show, None).await;
    stage.owner_presses("maintenance_ask", Maintenance::Ask, None).await;
    stage.owner_writes("maintenance_too_long", Maintenance::Ask, None, &"я".repeat(501)).await;
    stage.owner_presses("maintenance_silent", Maintenance::Close, None).await;
    let words = format!("<&\"> {}", "я".repeat(490));
    stage.owner_writes("maintenance_closed", Maintenance::Ask, None, &words).await;
    let mut seen = String::new();
    for locale in Locale::ALL {
        let anna = stage.anna(locale);
        let closed = stage.bot.maintenance.closed_to(&anna).expect("Anna is no staff");
        seen.push_str(&picture(locale, &closed.view(&anna)));
        let alert = closed.alert(&anna);
        assert!(telegram::html::utf16_len(&alert) <= 200, "{alert}");
        assert!(stage.bot.maintenance.closed_to(&stage.staff(CATALOG, locale)).is_none());
    }
    keep("maintenance_sign", &seen);
    stage.bot.maintenance.set(ShopState::default());
    assert!(stage.bot.maintenance.closed_to(&stage.anna(Locale::En)).is_none());
}

#[tokio::test]
async fn adm_16_sec_19_the_log_stays_readable_when_empty_and_with_too_much() {
    let stage = stage();
    stage.owner_presses("journal_empty", Journal { problems: false, before: 0 }, None).await;
    let long = "<&\"> ".repeat(60);
    for number in 1..=14_i64 {
        let entry = AuditEntry::new(PersonId(7), "inventory.item.update", &long)
            .about(PersonId(99))
            .changed("name", &long, "x")
            .changed("price_minor", 100, 200)
            .changed("description", "", &long)
            .changed("category", "a", "b")
            .because(&long);
        let problem = AuditEntry {
            action: "payments.suspense.opened".into(),
            subject: format!("c-{number}"),
            ..AuditEntry::default()
        };
        let is_problem = number % 7 == 0;
        let level = if is_problem { AuditLevel::Warning } else { AuditLevel::Info };
        stage.fakes.state().admin.log.push(AuditRecord {
            entry_id: number,
            happened_at: Some(now()),
            service: "inventory".into(),
            level: level.into(),
            entry: Some(if is_problem { problem } else { entry }),
        });
    }
    stage.owner_presses("journal_full", Journal { problems: false, before: 0 }, None).await;
    stage.owner_presses("journal_last_page", Journal { problems: false, before: 3 }, None).await;
    stage.owner_presses("journal_problems", Journal { problems: true, before: 0 }, None).await;
}

#[tokio::test]
async fn ux_08_bug_34_staff_without_a_right_do_not_come_to_its_screens() {
    let stage = stage();
    stage.staff_sees("console_of_admins_only", ADMINS, Console).await;
    for (screen, right) in [
        (Screen::from(Roles::List { page: 0 }), ADMINS),
        (ShapeRole::Name.into(), ADMINS),
        (AssignRole::Choose { person: PersonId(99), page: 0 }.into(), ADMINS),
        (Maintenance::Open.into(), 4),
        (Journal { problems: false, before: 0 }.into(), 128),
    ] {
        let home = Screen::from(Home).view(&stage.staff(1_023, Locale::En)).await.unwrap();
        let seen = screen.view(&stage.staff(1_023 & !right, Locale::En)).await.unwrap();
        assert_eq!(seen.text.as_str(), home.text.as_str(), "{screen:?}");
        let seen = screen.view(&stage.staff(1_023, Locale::En)).await.unwrap();
        assert_ne!(seen.text.as_str(), home.text.as_str(), "{screen:?}");
    }
    assert_eq!(stage.fakes.state().calls.get("set_maintenance"), None);
}
