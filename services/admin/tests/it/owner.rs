//! The owner: whoever the settings name at a start.

use contract::admin::ListAuditRequest;

use crate::it::desk::{ALL, Desk, OWNER, everything};

const ANNA: i64 = 101;

#[tokio::test]
async fn bug_38_a_person_who_is_known_already_becomes_the_owner_and_the_former_one_nobody() {
    let desk = Desk::open().await;
    desk.appoint(ANNA, 16).await;
    let after = desk.restarted_for(ANNA).await;
    assert_eq!((after.rights(ANNA).await.bits, after.rights(ANNA).await.is_owner), (ALL, true));
    assert_eq!((after.rights(OWNER).await.bits, after.rights(OWNER).await.is_owner), (1, false));
    let about = ListAuditRequest { person_id: OWNER, ..everything() };
    let (records, _) = after.audit(about).await;
    let entry = records[0].entry.as_ref().unwrap();
    assert_eq!((&*entry.action, entry.staff_id), ("admin.role.assign", 0));
    assert_eq!((&*entry.changes[0].before, &*entry.changes[0].after), ("OWNER", "USER"));
}

#[tokio::test]
async fn rbac_08_every_start_ends_with_one_owner_or_none() {
    let desk = Desk::open().await;
    let again = desk.restarted_for(OWNER).await;
    assert!(again.rights(OWNER).await.is_owner);
    let told: i64 =
        sqlx::query_scalar("select count(*) from outbox").fetch_one(&desk.pool).await.unwrap();
    assert_eq!(told, 1, "nothing has changed");
    let none = desk.restarted_for(0).await;
    assert_eq!(none.rights(OWNER).await.bits, 1);
    // A hand in the table does not make a second owner for long.
    sqlx::query(
        "insert into members (person_id, role_id) select 5, id from roles where built_in = 'owner'",
    )
    .execute(&desk.pool)
    .await
    .unwrap();
    let again = desk.restarted_for(OWNER).await;
    assert_eq!(again.rights(5).await.bits, 1);
    assert!(again.rights(OWNER).await.is_owner);
}
