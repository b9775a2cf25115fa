//! Roles: made, changed, given and taken within one's own rights, and by what one may do at that moment.

use contract::admin::event::What;
use contract::admin::{
    AssignRoleRequest, CreateRoleRequest, DeleteRoleRequest, GetMemberRequest, ListMembersRequest,
    ListRolesRequest, ListStaffRequest, RoleOrigin,
};
use contract::failure::{Failure, Kind};
use futures_util::future::join_all;
use kernel::ids::RoleId;

use crate::it::desk::{ALL, Desk, OWNER};

const ANNA: i64 = 101;
const BORIS: i64 = 102;
const VERA: i64 = 103;
const USERS: u32 = 8;
const CATALOG: u32 = 16;
const ADMINS: u32 = 32;

async fn delete(desk: &Desk, staff: i64, role_id: &str) -> Result<(), Failure> {
    let request = desk.as_they_are(staff, DeleteRoleRequest { role_id: role_id.into() }).await;
    desk.staff().delete_role(request).await?;
    Ok(())
}

fn code<T: std::fmt::Debug>(outcome: Result<T, Failure>) -> String {
    outcome.unwrap_err().code().to_owned()
}

#[tokio::test]
async fn rbac_01_rbac_03_rbac_08_a_new_shop_has_three_roles_and_only_its_owner_has_one() {
    let desk = Desk::open().await;
    let roles = desk.roles().await;
    let seen: Vec<_> =
        roles.iter().map(|role| (&*role.name, role.bits, role.origin(), role.members)).collect();
    let expected = [
        ("USER", 1, RoleOrigin::Default, 0),
        ("ADMIN", 927, RoleOrigin::Admin, 0),
        ("OWNER", 1_023, RoleOrigin::Owner, 1),
    ];
    assert_eq!(seen, expected);
    let (owner, anna) = (desk.rights(OWNER).await, desk.rights(ANNA).await);
    assert_eq!((owner.bits, owner.is_owner, &*owner.role_name), (ALL, true, "OWNER"));
    assert_eq!((anna.bits, anna.is_owner, &*anna.role_name), (1, false, "USER"));
    let request = desk.ground.caller_for_service("bot").request(ListStaffRequest::default());
    let staff = desk.staff().list_staff(request).await.unwrap().into_inner();
    assert_eq!(staff.person_ids, [OWNER]);
}

#[tokio::test]
async fn rbac_04_adm_09_a_role_of_any_rights_is_made_renamed_changed_given_and_deleted() {
    let desk = Desk::open().await;
    let role = desk.create(OWNER, " Склад <&\"> ", CATALOG).await.unwrap();
    assert_eq!((&*role.name, role.bits, role.origin()), ("Склад <&\">", 17, RoleOrigin::Custom));
    let rights = desk.assign(OWNER, ANNA, &role.role_id).await.unwrap();
    assert_eq!((rights.bits, &*rights.role_id), (17, &*role.role_id));
    let renamed = desk.rename(OWNER, &role.role_id, "Stock").await.unwrap();
    assert_eq!((&*renamed.name, renamed.bits, renamed.members), ("Stock", 17, 1));
    desk.set_bits(OWNER, &role.role_id, CATALOG | USERS).await.unwrap();
    assert_eq!(desk.rights(ANNA).await.bits, 25);

    let request = desk.by(OWNER, ALL, GetMemberRequest { person_id: ANNA });
    let seen = desk.staff().get_member(request).await.unwrap().into_inner().rights.unwrap();
    assert_eq!(seen, desk.rights(ANNA).await);
    let request = ListMembersRequest { role_id: role.role_id.clone(), page: None };
    let members = desk.staff().list_members(desk.by(OWNER, ALL, request)).await.unwrap();
    assert_eq!(members.into_inner().person_ids, [ANNA]);

    let user = desk.built_in(1).await;
    desk.assign(OWNER, ANNA, &user).await.unwrap();
    assert_eq!(desk.rights(ANNA).await.bits, 1);
    delete(&desk, OWNER, &role.role_id).await.unwrap();
    assert_eq!(desk.roles().await.len(), 3);
    // Its name is free again, the id is not.
    assert_eq!(code(desk.assign(OWNER, ANNA, &role.role_id).await), "admin.role_missing");
    desk.create(OWNER, "stock", CATALOG).await.unwrap();
}

#[tokio::test]
async fn what_comes_again_changes_nothing_and_is_told_and_audited_once() {
    let desk = Desk::open().await;
    let before = desk.audited(1).await.len();
    for _ in 0..2 {
        let role = desk.appoint(ANNA, CATALOG).await;
        desk.set_bits(OWNER, &role.role_id, CATALOG).await.unwrap();
    }
    for _ in 0..2 {
        let spare = desk.create(OWNER, "spare", 1).await;
        if let Ok(spare) = spare {
            delete(&desk, OWNER, &spare.role_id).await.unwrap();
            delete(&desk, OWNER, &spare.role_id).await.unwrap();
        }
    }
    // Made, given; made and deleted.
    let log = desk.audited(before + 4).await;
    assert_eq!(log.len(), before + 4);
    let mut entries = log.iter().filter_map(|record| record.entry.as_ref());
    let given = entries.find(|entry| entry.person_id == ANNA).unwrap();
    let changes: Vec<_> =
        given.changes.iter().map(|c| (&*c.field, &*c.before, &*c.after)).collect();
    assert_eq!(changes, [("role", "USER", "role 16"), ("rights", "USE", "CATALOG")]);
    let told: i64 =
        sqlx::query_scalar("select count(*) from outbox").fetch_one(&desk.pool).await.unwrap();
    // The owner and Anna.
    assert_eq!(told, 2);
    let other = CreateRoleRequest {
        role_id: RoleId::derived("role 16").to_string(),
        name: "another".into(),
        bits: 1,
    };
    let request = desk.by(OWNER, ALL, other);
    let failure = Failure::from(desk.staff().create_role(request).await.unwrap_err());
    assert_eq!((failure.kind(), failure.code()), (Kind::Conflict, "admin.role_conflict"));
}

#[tokio::test]
async fn rbac_05_bug_36_nobody_reaches_a_right_that_they_lack_through_a_role() {
    let desk = Desk::open().await;
    let helper = desk.appoint(ANNA, ADMINS | USERS).await;
    let stock = desk.create(OWNER, "stock", CATALOG).await.unwrap();
    // 16 is less than 41 as a number, and still another right.
    assert_eq!(code(desk.create(ANNA, "mine", CATALOG).await), "admin.right_lacking");
    assert_eq!(code(desk.assign(ANNA, BORIS, &stock.role_id).await), "admin.right_lacking");
    assert_eq!(code(desk.set_bits(ANNA, &stock.role_id, 1).await), "admin.right_lacking");
    assert_eq!(code(desk.rename(ANNA, &stock.role_id, "x").await), "admin.right_lacking");
    assert_eq!(code(delete(&desk, ANNA, &stock.role_id).await), "admin.right_lacking");
    let own = desk.create(ANNA, "support", USERS).await.unwrap();
    assert_eq!(
        code(desk.set_bits(ANNA, &own.role_id, USERS | CATALOG).await),
        "admin.right_lacking"
    );
    desk.assign(ANNA, BORIS, &own.role_id).await.unwrap();
    assert_eq!(desk.rights(BORIS).await.bits, 9);
    let request = ListRolesRequest { only_mine_to_give: true, page: None };
    let request = desk.as_they_are(ANNA, request).await;
    let listed = desk.staff().list_roles(request).await.unwrap().into_inner();
    let names: Vec<_> = listed.roles.iter().map(|role| &*role.name).collect();
    assert_eq!((names, listed.total), (vec!["USER", &*helper.name, "support"], 3));
    // All ten together are the owner's alone, also where the owner asks.
    assert_eq!(code(desk.create(OWNER, "second owner", ALL).await), "admin.all_rights");
}

#[tokio::test]
async fn bug_37_nobody_acts_on_a_peer_on_somebody_above_or_on_themselves() {
    let desk = Desk::open().await;
    let role = desk.appoint(ANNA, ADMINS | USERS).await;
    desk.assign(OWNER, BORIS, &role.role_id).await.unwrap();
    desk.appoint(VERA, ADMINS | USERS | CATALOG).await;
    let user = desk.built_in(1).await;
    assert_eq!(code(desk.assign(ANNA, BORIS, &user).await), "admin.outranked");
    assert_eq!(code(desk.assign(ANNA, VERA, &user).await), "admin.outranked");
    assert_eq!(code(desk.assign(ANNA, ANNA, &user).await), "admin.own_role");
    // A role that peers have is out of reach too: to change it is to change them.
    assert_eq!(code(desk.set_bits(ANNA, &role.role_id, 1).await), "admin.outranked");
    desk.assign(VERA, BORIS, &user).await.unwrap();
    assert_eq!(desk.rights(BORIS).await.bits, 1);
}

#[tokio::test]
async fn rbac_07_the_owner_stays_the_owner_whoever_asks() {
    let desk = Desk::open().await;
    let (user, owners) = (desk.built_in(1).await, desk.built_in(ALL).await);
    desk.appoint(ANNA, ALL & !64).await;
    for staff in [OWNER, ANNA] {
        assert_eq!(code(desk.assign(staff, OWNER, &user).await), "admin.owner_role");
        assert_eq!(code(desk.assign(staff, BORIS, &owners).await), "admin.owner_role");
    }
    assert!(desk.rights(OWNER).await.is_owner);
}

#[tokio::test]
async fn rbac_06_bug_39_built_in_roles_stay_whatever_they_are_called_and_used_ones_too() {
    let desk = Desk::open().await;
    for bits in [1, 927, ALL] {
        let id = desk.built_in(bits).await;
        assert_eq!(code(delete(&desk, OWNER, &id).await), "admin.built_in_role");
        assert_eq!(code(desk.set_bits(OWNER, &id, 3).await), "admin.built_in_role");
        assert_eq!(code(desk.rename(OWNER, &id, "x").await), "admin.built_in_role");
    }
    let role = desk.appoint(ANNA, CATALOG).await;
    let used = delete(&desk, OWNER, &role.role_id).await.unwrap_err();
    assert_eq!((used.code(), used.data("members")), ("admin.role_in_use", Some("1")));
    assert_eq!(code(desk.create(OWNER, "owner", 1).await), "admin.role_name_taken");
    // The mark is nothing that a statement can set, change or go around.
    for statement in [
        "update roles set built_in = 'owner' where built_in is null",
        "update roles set bits = 1 where built_in = 'admin'",
        "update roles set name = 'x', name_key = 'x' where built_in = 'default'",
        "delete from roles",
    ] {
        sqlx::query(statement).execute(&desk.pool).await.unwrap_err();
    }
}

#[tokio::test]
async fn bug_35_an_old_token_gives_no_rights_that_were_taken_since() {
    let desk = Desk::open().await;
    desk.appoint(ANNA, ADMINS | CATALOG).await;
    let stock = desk.create(OWNER, "stock", CATALOG).await.unwrap();
    let kept = AssignRoleRequest { person_id: BORIS, role_id: stock.role_id.clone() };
    let old = desk.by(ANNA, ADMINS | CATALOG | 1, kept.clone());
    let user = desk.built_in(1).await;
    desk.assign(OWNER, ANNA, &user).await.unwrap();
    let failure = Failure::from(desk.staff().assign_role(old).await.unwrap_err());
    assert_eq!(failure.kind(), Kind::Denied);
    assert_eq!(desk.rights(BORIS).await.bits, 1);
    // And a forged sum of bits is no more than what is written down.
    let forged = desk.by(VERA, ALL, kept);
    assert!(desk.staff().assign_role(forged).await.is_err());
}

#[tokio::test]
async fn rbac_10_roles_are_for_those_with_the_right_to_them() {
    let desk = Desk::open().await;
    for bits in [1, ALL & !ADMINS] {
        let request = desk.by(ANNA, bits, ListRolesRequest::default());
        let denied = desk.staff().list_roles(request).await.unwrap_err();
        assert_eq!(denied.code(), tonic::Code::PermissionDenied);
    }
    let request = desk.by(ANNA, ADMINS, ListStaffRequest::default());
    assert!(desk.staff().list_staff(request).await.is_err(), "who is staff is for services");
}

#[tokio::test]
async fn cache_01_every_change_of_rights_is_told() {
    let desk = Desk::open().await;
    let role = desk.appoint(ANNA, CATALOG).await;
    desk.rename(OWNER, &role.role_id, "only a name").await.unwrap();
    desk.set_bits(OWNER, &role.role_id, USERS).await.unwrap();
    let told = desk.events(3).await;
    assert!(matches!(&told[0], What::RightsChanged(told) if told.person_id == OWNER));
    assert!(matches!(&told[1], What::RightsChanged(told) if told.person_id == ANNA));
    assert!(matches!(&told[2], What::RoleChanged(told) if told.role_id == role.role_id));
    assert_eq!(told.len(), 3, "a name is no right");
}

#[tokio::test]
async fn two_who_take_each_others_role_at_once_do_not_both_succeed() {
    let desk = Desk::open().await;
    let strong = desk.create(OWNER, "strong", ADMINS | USERS).await.unwrap();
    let user = desk.built_in(1).await;
    for round in 0..10 {
        let (person, other) = (1_000 + round, 2_000 + round);
        desk.assign(OWNER, person, &strong.role_id).await.unwrap();
        // Both act with what they have before either has acted.
        let take = |staff: i64, target: i64, role: String| {
            let request = AssignRoleRequest { person_id: target, role_id: role };
            let request = desk.by(staff, ADMINS | USERS | 1, request);
            let mut client = desk.staff();
            async move { client.assign_role(request).await.is_ok() }
        };
        let owner_takes = desk.assign(OWNER, person, &user);
        let gives = take(person, other, strong.role_id.clone());
        let (_, given) = tokio::join!(owner_takes, gives);
        // Whichever came first, it was decided by what held at that moment.
        assert_eq!(desk.rights(other).await.bits != 1, given);
        assert_eq!(desk.rights(person).await.bits, 1);
    }
    let all = join_all((0..20).map(|_| desk.create(OWNER, "same", USERS))).await;
    assert!(all.iter().all(Result::is_ok));
}

#[tokio::test]
async fn names_and_rights_have_bounds() {
    let desk = Desk::open().await;
    for (name, bits, field) in [
        ("", 1, "name"),
        ("a\nb", 1, "name"),
        (&*"я".repeat(65), 1, "name"),
        ("fine", 1_024, "bits"),
    ] {
        let failure = desk.create(OWNER, name, bits).await.unwrap_err();
        assert_eq!((failure.kind(), failure.data("field")), (Kind::Invalid, Some(field)));
    }
    desk.create(OWNER, &"я".repeat(64), 510).await.unwrap();
    let failure = desk.assign(OWNER, 0, &desk.built_in(1).await).await.unwrap_err();
    assert_eq!(failure.data("field"), Some("person_id"));
}
