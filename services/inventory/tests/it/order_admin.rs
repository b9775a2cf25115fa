//! Orders for staff: finding one is one right, opening it another, and opening leaves a trace.

use contract::failure::{Failure, Kind};
use contract::inventory::{
    FindOrderRequest, FindUnitByValueRequest, FindUnitByValueResponse, ListOrdersOfRequest,
    RevealOrderRequest, StaffOrder, UnitState, UnitValue,
};

use crate::it::shop::{Buy, STAFF, Shop, values};

const CATALOG: u32 = 16;
const STATS: u32 = 128;
const USERS: u32 = 8;

async fn find(shop: &Shop, number: &str) -> Result<StaffOrder, Failure> {
    let request = shop.with_bits(STATS, FindOrderRequest { number: number.into() });
    Ok(shop.order_admin().find_order(request).await?.into_inner().order.unwrap())
}

async fn reveal(shop: &Shop, id: &str, reason: &str) -> Result<StaffOrder, Failure> {
    let request = RevealOrderRequest { order_id: id.into(), reason: reason.into() };
    let answer = shop.order_admin().reveal_order(shop.with_bits(CATALOG, request)).await?;
    Ok(answer.into_inner().order.unwrap())
}

async fn find_value(shop: &Shop, value: &str) -> Result<FindUnitByValueResponse, Failure> {
    let request =
        FindUnitByValueRequest { unit: Some(UnitValue { value: value.into(), file: None }) };
    let answer = shop.order_admin().find_unit_by_value(shop.with_bits(CATALOG, request)).await?;
    Ok(answer.into_inner())
}

#[tokio::test]
async fn shop_10_an_order_is_found_by_its_number_without_what_was_sold() {
    let shop = Shop::open().await;
    let item = shop.item_with("vpn", 1).await;
    shop.wallets.top_up(1, 10_000);
    let order = shop.buy(&Buy::one(1, item)).await.unwrap();
    for typed in [order.number.clone(), format!(" #{} ", order.number.to_lowercase())] {
        let found = find(&shop, &typed).await.unwrap();
        let told = found.order.unwrap();
        assert_eq!((found.buyer_id, &told.order_id), (1, &order.order_id));
        assert!(found.revealed_at.is_some());
        assert!(values(&told).is_empty(), "values are not for finding");
        assert_eq!(told.lines[0].item_name, "vpn");
    }
    for number in ["", "0000000000", "not a number", &order.number[1..]] {
        let missing = find(&shop, number).await.unwrap_err();
        assert_eq!((missing.kind(), missing.code()), (Kind::Missing, "inventory.order_missing"));
    }
    assert!(shop.audited().await.is_empty(), "finding tells nothing secret");
}

#[tokio::test]
async fn shop_24_sec_20_what_was_sold_is_opened_only_for_a_reason_that_is_kept() {
    let shop = Shop::open().await;
    let item = shop.item_with("vpn", 2).await;
    shop.wallets.top_up(1, 10_000);
    let order = shop.buy(&Buy { quantity: 2, ..Buy::one(1, item) }).await.unwrap();
    for reason in ["", "  ab ", &"x".repeat(201), "two\nlines"] {
        let refused = reveal(&shop, &order.order_id, reason).await.unwrap_err();
        assert_eq!(refused.data("field"), Some("reason"));
    }
    assert!(shop.audited().await.is_empty());
    let opened = reveal(&shop, &order.order_id, "the buyer lost it").await.unwrap();
    assert_eq!(values(opened.order.as_ref().unwrap()), ["vpn-1", "vpn-2"]);
    let audited = shop.audited().await;
    assert_eq!(audited.len(), 1);
    let entry = &audited[0];
    assert_eq!((&*entry.action, entry.staff_id), ("inventory.order.reveal", STAFF));
    assert_eq!((&entry.subject, entry.person_id), (&order.number, 1));
    assert_eq!(entry.reason, "the buyer lost it");
    assert!(!format!("{entry:?}").contains("vpn-1"));
    let missing = reveal(&shop, &kernel::ids::derived("o", "x").to_string(), "why not").await;
    assert_eq!(missing.unwrap_err().code(), "inventory.order_missing");
}

#[tokio::test]
async fn shop_24_an_order_that_was_not_delivered_has_nothing_to_open() {
    let shop = Shop::open().await;
    let item = shop.item_with("vpn", 1).await;
    let buy = Buy::one(1, item);
    shop.buy(&buy).await.unwrap_err();
    let refused = reveal(&shop, &buy.order.to_string(), "why not").await.unwrap_err();
    assert_eq!(refused.code(), "inventory.order_not_delivered");
    assert!(shop.audited().await.is_empty());
}

#[tokio::test]
async fn shop_24_what_became_of_a_value_is_told_and_kept_without_the_value() {
    let shop = Shop::open().await;
    let item = shop.item_with("vpn", 2).await;
    let guide = shop.create_item("guide", true).await.unwrap();
    for value in ["first", "second"] {
        shop.add_stock(guide, &[value]).await.unwrap();
    }
    shop.wallets.top_up(1, 10_000);
    let order = shop.buy(&Buy::one(1, item)).await.unwrap();
    for (value, state, number) in [
        (" vpn-1 \n", UnitState::Sold, &*order.number),
        ("vpn-2", UnitState::Free, ""),
        ("second", UnitState::Shared, ""),
        ("first", UnitState::Withdrawn, ""),
    ] {
        let found = find_value(&shop, value).await.unwrap();
        assert_eq!((found.state(), &*found.order_number), (state, number), "{value:?}");
    }
    let found = find_value(&shop, "vpn-1").await.unwrap();
    assert_eq!((found.item_id, &*found.item_name), (item.to_string(), "vpn"));
    let missing = find_value(&shop, "canary-never").await.unwrap_err();
    assert_eq!((missing.kind(), missing.code()), (Kind::Missing, "inventory.unit_missing"));
    let audited = shop.audited().await;
    assert_eq!(audited.len(), 6, "asking in vain is kept too");
    assert!(audited.iter().all(|entry| entry.action == "inventory.unit.find"));
    let kept = format!("{audited:?}");
    assert!(!kept.contains("canary") && !kept.contains("vpn-1"), "{kept}");
}

#[tokio::test]
async fn rbac_03_finding_opening_and_listing_are_rights_of_their_own() {
    let shop = Shop::open().await;
    let id = kernel::ids::derived("o", "x").to_string();
    for bits in [1, 1 | CATALOG, 1 | USERS] {
        let request = shop.with_bits(bits, FindOrderRequest { number: "0000000000".into() });
        let denied = shop.order_admin().find_order(request).await.unwrap_err();
        assert_eq!(denied.code(), tonic::Code::PermissionDenied);
    }
    let request = RevealOrderRequest { order_id: id, reason: "just so".into() };
    let request = shop.with_bits(1 | STATS | USERS, request);
    let denied = shop.order_admin().reveal_order(request).await.unwrap_err();
    assert_eq!(denied.code(), tonic::Code::PermissionDenied);
    let request = ListOrdersOfRequest { person_id: 1, page: None };
    let request = shop.with_bits(1 | STATS | CATALOG, request);
    let denied = shop.order_admin().list_orders_of(request).await.unwrap_err();
    assert_eq!(denied.code(), tonic::Code::PermissionDenied);
}

#[tokio::test]
async fn adm_03_a_persons_orders_are_listed_without_what_was_sold() {
    let shop = Shop::open().await;
    let item = shop.item_with("vpn", 3).await;
    shop.wallets.top_up(1, 10_000);
    shop.wallets.top_up(2, 10_000);
    for buyer in [1, 1, 2] {
        shop.buy(&Buy::one(buyer, item)).await.unwrap();
    }
    let request = ListOrdersOfRequest { person_id: 1, page: None };
    let request = shop.with_bits(USERS, request);
    let listed = shop.order_admin().list_orders_of(request).await.unwrap().into_inner();
    assert_eq!(listed.total, 2);
    for order in listed.orders {
        assert_eq!(order.buyer_id, 1);
        assert!(values(&order.order.unwrap()).is_empty());
    }
}
