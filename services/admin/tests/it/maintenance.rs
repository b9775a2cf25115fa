//! Maintenance: stored, told, and only for those who may.

use contract::admin::event::What;
use contract::admin::{GetShopStateRequest, ShopState};
use contract::failure::Kind;

use crate::it::desk::{Desk, OWNER};

async fn state(desk: &Desk) -> ShopState {
    let request = desk.ground.caller_for_service("bot").request(GetShopStateRequest {});
    desk.shop_state().get_shop_state(request).await.unwrap().into_inner().state.unwrap()
}

#[tokio::test]
async fn adm_06_bug_43_maintenance_outlives_a_restart_and_every_change_is_told_once() {
    let desk = Desk::open().await;
    assert_eq!(state(&desk).await, ShopState { maintenance: false, notice: String::new() });
    let closed = ShopState { maintenance: true, notice: "Back at 9 <&>".into() };
    for _ in 0..2 {
        let set = desk.set_maintenance(OWNER, true, " Back at 9 <&> ").await.unwrap();
        assert_eq!(set, closed);
    }
    let after = desk.restarted_for(OWNER).await;
    assert_eq!(state(&after).await, closed);
    desk.set_maintenance(OWNER, false, "forgotten").await.unwrap();
    assert_eq!(state(&after).await, ShopState { maintenance: false, notice: String::new() });
    let told = desk.events(3).await;
    assert_eq!(told.len(), 3, "the owner, closed, opened");
    assert!(matches!(told[1..], [What::MaintenanceChanged(_), What::MaintenanceChanged(_)]));
    let changes: Vec<_> = desk.audited(3).await.into_iter().take(2).collect();
    let actions: Vec<_> =
        changes.iter().map(|record| &*record.entry.as_ref().unwrap().action).collect();
    assert_eq!(actions, ["admin.maintenance.set"; 2]);
}

#[tokio::test]
async fn rbac_10_maintenance_is_for_those_with_the_right_to_settings() {
    let desk = Desk::open().await;
    desk.appoint(101, 16 | 32).await;
    let denied = desk.set_maintenance(101, true, "").await.unwrap_err();
    assert_eq!(denied.kind(), Kind::Denied);
    desk.appoint(102, 4).await;
    desk.set_maintenance(102, true, "").await.unwrap();
    let long = desk.set_maintenance(102, true, &"я".repeat(501)).await.unwrap_err();
    assert_eq!(long.data("field"), Some("notice"));
}
