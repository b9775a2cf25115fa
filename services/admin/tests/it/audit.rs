//! The log: everything that staff did, once, unchangeable, to be found again.

use contract::admin::{AuditLevel, ListAuditRequest};
use contract::common::AuditEntry;
use contract::{bot, inventory, payments};
use kernel::ids::PersonId;

use crate::it::desk::{Desk, OWNER, everything};

const ANNA: i64 = 101;

fn audited(staff: i64, action: &'static str, subject: &str) -> AuditEntry {
    AuditEntry::new(PersonId(staff), action, subject)
}

fn actions(records: &[contract::admin::AuditRecord]) -> Vec<String> {
    records.iter().map(|record| record.entry.as_ref().unwrap().action.clone()).collect()
}

/// Three things told, beside the owner's own beginning.
async fn busy_desk() -> Desk {
    let desk = Desk::open().await;
    let price = audited(ANNA, "inventory.item.update", "i-1")
        .changed("price_minor", 100, 200)
        .because("dearer <&>");
    desk.inventory.tell_inventory(inventory::event::What::Audited(price));
    let adjusted = audited(OWNER, "payments.balance.adjust", "t-1").about(PersonId(42));
    desk.payments.tell_payments(payments::event::What::Audited(adjusted));
    let suspense = payments::SuspenseOpened { case_id: "c-1".into(), person_id: 42 };
    desk.payments.tell_payments(payments::event::What::SuspenseOpened(suspense));
    desk.audited(4).await;
    desk
}

#[tokio::test]
async fn sec_19_adm_16_what_staff_did_in_any_service_is_in_one_log_with_before_and_after() {
    let desk = busy_desk().await;
    let only = |action: &str| ListAuditRequest { action_prefix: action.into(), ..everything() };
    let (records, _) = desk.audit(only("inventory.item.")).await;
    let record = &records[0];
    assert_eq!((&*record.service, record.level()), ("inventory", AuditLevel::Info));
    let entry = record.entry.as_ref().unwrap();
    assert_eq!((entry.staff_id, &*entry.subject, &*entry.reason), (ANNA, "i-1", "dearer <&>"));
    let changes: Vec<_> =
        entry.changes.iter().map(|c| (&*c.field, &*c.before, &*c.after)).collect();
    assert_eq!(changes, [("price_minor", "100", "200")]);
    assert_eq!(desk.audit(only("payments.")).await.0.len(), 2);
    assert_eq!(desk.audit(only("%")).await.0.len(), 0, "a prefix is no pattern");
    let by_anna = ListAuditRequest { staff_id: ANNA, ..everything() };
    assert_eq!(actions(&desk.audit(by_anna).await.0), ["inventory.item.update"]);
    let about = ListAuditRequest { person_id: 42, ..everything() };
    let about = actions(&desk.audit(about).await.0);
    assert_eq!(about, ["payments.suspense.opened", "payments.balance.adjust"]);
}

#[tokio::test]
async fn adm_16_what_is_worth_a_look_is_listed_by_itself() {
    let desk = busy_desk().await;
    let undone = inventory::OrderReleased { order_id: "o-1".into(), buyer_id: 42 };
    desk.inventory.tell_inventory(inventory::event::What::OrderReleased(undone));
    let blocked = audited(ANNA, "bot.person.block", "42").about(PersonId(42));
    desk.bot.tell_bot(bot::event::What::Audited(blocked));
    let log = desk.audited(6).await;
    assert!(log.iter().any(|record| record.service == "bot"));
    let problems = ListAuditRequest { level_min: AuditLevel::Warning.into(), ..everything() };
    let (records, more) = desk.audit(problems).await;
    assert_eq!(actions(&records), ["inventory.order.released", "payments.suspense.opened"]);
    assert!(!more && records.iter().all(|record| record.entry.as_ref().unwrap().staff_id == 0));
}

#[tokio::test]
async fn sec_20_bug_71_an_entry_that_is_told_again_is_written_down_once() {
    let desk = busy_desk().await;
    // As after a crash between the effect and whoever looks: the same entries once more.
    sqlx::query("delete from cursors").execute(&desk.pool).await.unwrap();
    let after = desk.restarted_for(OWNER).await;
    let marker = audited(ANNA, "inventory.item.archive", "i-2");
    desk.inventory.tell_inventory(inventory::event::What::Audited(marker));
    let marker = audited(ANNA, "payments.marker", "m");
    desk.payments.tell_payments(payments::event::What::Audited(marker));
    assert_eq!(after.audited(6).await.len(), 6);
}

#[tokio::test]
async fn sec_20_nothing_that_was_written_down_can_be_changed() {
    let desk = busy_desk().await;
    for statement in [
        "update audit_entries set staff_id = 1",
        "delete from audit_entries",
        "truncate audit_entries",
    ] {
        let refused = sqlx::query(statement).execute(&desk.pool).await.unwrap_err();
        assert!(refused.to_string().contains("stays written down"), "{statement}: {refused}");
    }
}

#[tokio::test]
async fn pages_follow_each_other_without_gaps_while_the_log_grows() {
    let desk = busy_desk().await;
    for number in 0..25 {
        desk.create(OWNER, &format!("role {number}"), 1).await.unwrap();
    }
    let whole = desk.audited(29).await;
    let (mut seen, mut before) = (Vec::new(), 0);
    loop {
        let request = ListAuditRequest { before_entry_id: before, limit: 10, ..everything() };
        let (page, more) = desk.audit(request).await;
        before = page.last().unwrap().entry_id;
        seen.extend(page);
        // Newer entries do not move what comes after.
        desk.create(OWNER, &format!("later {before}"), 1).await.unwrap();
        if !more {
            break;
        }
    }
    assert_eq!(seen, whole);
}

#[tokio::test]
async fn rbac_10_the_log_is_for_those_with_the_right_to_statistics() {
    let desk = Desk::open().await;
    let request = desk.by(ANNA, 1_023 & !128, ListAuditRequest::default());
    let denied = desk.audit_client().list_audit(request).await.unwrap_err();
    assert_eq!(denied.code(), tonic::Code::PermissionDenied);
}
