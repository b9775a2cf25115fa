//! Units in the hands of staff: counted, read out with a reason, taken back, exported; nothing of it goes unnoticed.

use contract::failure::{Failure, Kind};
use contract::inventory::stock_admin_service_client::StockAdminServiceClient;
use contract::inventory::{
    ExportUnitsRequest, ExportUnitsResponse, ListUnitsRequest, ListUnitsResponse,
    RevealUnitRequest, RevealUnitResponse, Unit, UnitState, UpdateItemRequest, WithdrawUnitRequest,
};
use contract::wire::Wire;
use futures_util::future::join_all;
use kernel::ids::ItemId;

use crate::it::shop::{Buy, STAFF, Shop, values};

impl Shop {
    fn stock(&self) -> StockAdminServiceClient<Wire> {
        StockAdminServiceClient::new(self.wire())
    }

    async fn units(&self, item: ItemId, state: UnitState, after: i64) -> ListUnitsResponse {
        let request = ListUnitsRequest {
            item_id: item.to_string(),
            state: state.into(),
            after_unit_id: after,
            limit: 0,
        };
        self.stock().list_units(self.staff(request)).await.unwrap().into_inner()
    }

    async fn reveal(&self, unit: i64, reason: &str) -> Result<RevealUnitResponse, Failure> {
        let request = RevealUnitRequest { unit_id: unit, reason: reason.to_owned() };
        Ok(self.stock().reveal_unit(self.staff(request)).await?.into_inner())
    }

    async fn withdraw(&self, unit: i64) -> Result<Unit, Failure> {
        let request = self.staff(WithdrawUnitRequest { unit_id: unit });
        Ok(self.stock().withdraw_unit(request).await?.into_inner().unit.unwrap())
    }

    async fn export(&self, item: ItemId, after: i64, limit: u32) -> ExportUnitsResponse {
        let request = ExportUnitsRequest {
            item_id: item.to_string(),
            reason: "moving shops".into(),
            after_unit_id: after,
            limit,
        };
        self.stock().export_units(self.staff(request)).await.unwrap().into_inner()
    }
}

#[tokio::test]
async fn shop_17_shop_20_units_are_listed_in_the_order_of_sale_page_by_page() {
    let shop = Shop::open().await;
    let item = shop.item_with("vpn", 24).await;
    shop.item_with("other", 3).await;
    let (mut after, mut seen, mut pages) = (0, Vec::new(), 0);
    loop {
        let page = shop.units(item, UnitState::Free, after).await;
        seen.extend(page.units.iter().map(|unit| unit.unit_id));
        pages += 1;
        after = *seen.last().unwrap();
        if !page.more {
            break;
        }
    }
    assert_eq!((seen.len(), pages), (24, 3));
    assert!(seen.is_sorted());
    let first = shop.reveal(seen[0], "first of all").await.unwrap().value.unwrap();
    assert_eq!(first.value, "vpn-1");
    assert!(shop.units(item, UnitState::Free, after).await.units.is_empty());
}

#[tokio::test]
async fn shop_17_sec_20_bug_80_a_unit_is_read_out_with_a_reason_that_is_kept() {
    let shop = Shop::open().await;
    let item = shop.item_with("vpn", 1).await;
    let unit = shop.units(item, UnitState::Free, 0).await.units[0].clone();
    for reason in ["", "  ", "no"] {
        assert_eq!(shop.reveal(unit.unit_id, reason).await.unwrap_err().kind(), Kind::Invalid);
    }
    let nothing = shop.reveal(unit.unit_id + 1, "a good reason").await.unwrap_err();
    assert_eq!(nothing.code(), "inventory.unit_missing");
    shop.wallets.top_up(1, 10_000);
    let order = shop.buy(&Buy::one(1, item)).await.unwrap();
    let revealed = shop.reveal(unit.unit_id, "buyer lost it").await.unwrap();
    assert_eq!(revealed.value.unwrap().value, values(&order)[0]);
    let unit = revealed.unit.unwrap();
    assert_eq!((unit.state(), unit.order_id), (UnitState::Sold, order.order_id));
    let audited = shop.audited().await;
    let entries: Vec<_> = audited.iter().filter(|it| it.action.contains("reveal")).collect();
    let [entry] = entries.as_slice() else { panic!("{audited:?}") };
    assert_eq!((entry.staff_id, &*entry.action), (STAFF, "inventory.unit.reveal"));
    assert_eq!((&*entry.subject, &*entry.reason), (&*unit.unit_id.to_string(), "buyer lost it"));
    assert!(!format!("{audited:?}").contains("vpn-1"));
    let request = RevealUnitRequest { unit_id: 1, reason: "curious".into() };
    let denied = shop.stock().reveal_unit(shop.as_person(1, request)).await.unwrap_err();
    assert_eq!(Failure::from(denied).kind(), Kind::Denied);
}

#[tokio::test]
async fn shop_17_bug_53_a_withdrawn_unit_is_never_sold_and_stays_known() {
    let shop = Shop::open().await;
    let item = shop.item_with("vpn", 2).await;
    let unit = shop.units(item, UnitState::Free, 0).await.units[0].unit_id;
    for _ in 0..2 {
        assert_eq!(shop.withdraw(unit).await.unwrap().state(), UnitState::Withdrawn);
    }
    assert_eq!(shop.units(item, UnitState::Withdrawn, 0).await.units[0].unit_id, unit);
    shop.wallets.top_up(1, 10_000);
    let order = shop.buy(&Buy::one(1, item)).await.unwrap();
    assert_eq!(values(&order), ["vpn-2"]);
    assert_eq!(shop.add_stock(item, &["vpn-1"]).await.unwrap().known, 1);
    assert_eq!(shop.withdraw(unit + 1).await.unwrap_err().code(), "inventory.unit_not_free");
    assert_eq!(shop.withdraw(unit + 9).await.unwrap_err().code(), "inventory.unit_missing");
    let audited = shop.audited().await;
    let withdrawn = audited.iter().filter(|it| it.action == "inventory.unit.withdraw");
    assert_eq!(withdrawn.count(), 1);
    shop.check_books().await;
}

#[tokio::test]
async fn shop_17_what_staff_withdrew_is_not_given_to_everybody_either() {
    let shop = Shop::open().await;
    let item = shop.item_with("vpn", 2).await;
    let unit = shop.units(item, UnitState::Free, 0).await.units[0].unit_id;
    shop.withdraw(unit).await.unwrap();
    let unlimited = UpdateItemRequest { unlimited: Some(true), ..Default::default() };
    shop.update_item(item, unlimited).await.unwrap();
    let failure = shop.add_stock(item, &["vpn-1"]).await.unwrap_err();
    assert_eq!(failure.code(), "inventory.value_known");
    for value in ["ours", "other", "ours"] {
        assert_eq!(shop.add_stock(item, &[value]).await.unwrap().added, 1);
    }
    assert_eq!(shop.units(item, UnitState::Withdrawn, 0).await.units.len(), 2);
}

#[tokio::test]
async fn shop_17_a_unit_is_withdrawn_or_sold_and_never_both() {
    let shop = Shop::open().await;
    let item = shop.item_with("vpn", 10).await;
    let units = shop.units(item, UnitState::Free, 0).await.units;
    shop.wallets.top_up(1, 1_000_000);
    let orders: Vec<_> = (0..10).map(|_| Buy::one(1, item)).collect();
    let buying = join_all(orders.iter().map(|order| shop.buy(order)));
    let withdrawing = join_all(units.iter().map(|unit| shop.withdraw(unit.unit_id)));
    let (bought, withdrawn) = tokio::join!(buying, withdrawing);
    let bought = i64::try_from(bought.iter().filter(|it| it.is_ok()).count()).unwrap();
    let withdrawn = i64::try_from(withdrawn.iter().filter(|it| it.is_ok()).count()).unwrap();
    assert_eq!(shop.count("units where state = 'sold'").await, bought);
    assert_eq!(shop.count("units where state = 'withdrawn'").await, withdrawn);
    assert_eq!(bought + withdrawn, 10);
    shop.check_books().await;
}

#[tokio::test]
async fn peer_18_unsold_values_are_exported_in_pieces_each_kept_with_its_reason() {
    let shop = Shop::open().await;
    let item = shop.item_with("vpn", 25).await;
    let (mut after, mut exported, mut pieces) = (0, Vec::new(), 0);
    loop {
        let piece = shop.export(item, after, 10).await;
        exported.extend(piece.values.into_iter().map(|unit| unit.value));
        (after, pieces) = (piece.last_unit_id, pieces + 1);
        if !piece.more {
            break;
        }
    }
    let all: Vec<_> = (1..=25).map(|nth| format!("vpn-{nth}")).collect();
    assert_eq!((exported, pieces), (all, 3));
    let audited = shop.audited().await;
    let kept: Vec<_> = audited.iter().filter(|it| it.action == "inventory.stock.export").collect();
    assert_eq!(kept.len(), 3);
    assert!(kept.iter().all(|it| it.reason == "moving shops" && it.staff_id == STAFF));
    // Large values: a piece ends long before it exceeds a message.
    let large = shop.create_item("large", false).await.unwrap();
    let values: Vec<_> = (0..300).map(|nth| format!("{nth:>0$}", 16_000)).collect();
    let values: Vec<_> = values.iter().map(|value| value.replace(' ', "x")).collect();
    shop.add_stock(large, &values).await.unwrap();
    let piece = shop.export(large, 0, 1_000).await;
    assert!(piece.more && (60..80).contains(&piece.values.len()), "{}", piece.values.len());
}

#[tokio::test]
async fn shop_15_peer_18_a_hundred_thousand_values_take_seconds_and_again_add_nothing() {
    let shop = Shop::open().await;
    let item = shop.create_item("vpn", false).await.unwrap();
    let lines: Vec<_> = (0..100_000).map(|nth| format!("login-{nth}:password-{nth}")).collect();
    let started = std::time::Instant::now();
    let mut added = 0;
    for (nth, chunk) in lines.chunks(5_000).enumerate() {
        let batch = kernel::ids::derived("batch", &nth.to_string()).to_string();
        added += shop.add_batch(&batch, item, chunk).await.unwrap().added;
    }
    eprintln!("100,000 values in {:?}", started.elapsed());
    assert_eq!(added, 100_000);
    let first = kernel::ids::derived("batch", "0").to_string();
    assert_eq!(shop.add_batch(&first, item, &lines[..5_000]).await.unwrap().added, 5_000);
    assert_eq!(shop.add_stock(item, &lines[..5_000]).await.unwrap().known, 5_000);
    assert_eq!(shop.count("units").await, 100_000);
    shop.check_books().await;
}
