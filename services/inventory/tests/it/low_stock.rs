//! Stock that runs low is told once; people who wait for it are remembered until they were told.

use contract::failure::{Failure, Kind};
use contract::inventory::event::What;
use contract::inventory::waiting_service_client::WaitingServiceClient;
use contract::inventory::{
    DropWaitersRequest, ListWaitersRequest, StockRules, UnwatchItemRequest, WatchItemRequest,
};
use kernel::ids::ItemId;

use crate::it::shop::{Buy, Shop};

impl Shop {
    async fn watch_until_calm(&self) {
        while self.inventory.watch_low_stock().await.unwrap() > 0 {}
    }

    async fn told_low(&self) -> Vec<(u32, u32)> {
        let told = |event| match event {
            What::LowStock(told) => Some((told.left, told.low_at)),
            _ => None,
        };
        self.events().await.into_iter().filter_map(told).collect()
    }

    async fn tell_below(&self, item: ItemId, low_at: u32) {
        let rules = StockRules { low_at, ..self.rules(item).await };
        self.set_rules(rules).await.unwrap();
    }

    async fn waiters(&self, item: ItemId, after: i64, limit: u32) -> Vec<i64> {
        let item_id = item.to_string();
        let request = ListWaitersRequest { item_id, after_person_id: after, limit };
        let mut client = WaitingServiceClient::new(self.wire());
        client.list_waiters(self.as_service(request)).await.unwrap().into_inner().person_ids
    }
}

#[tokio::test]
async fn peer_09_low_stock_is_told_once_when_it_is_crossed_and_again_only_after_a_rise() {
    let shop = Shop::open().await;
    let item = shop.item_with("vpn", 4).await;
    shop.item_with("never watched", 1).await;
    shop.tell_below(item, 2).await;
    shop.wallets.top_up(1, 1_000_000);
    shop.watch_until_calm().await;
    assert_eq!(shop.told_low().await, []);
    shop.buy(&Buy { quantity: 2, ..Buy::one(1, item) }).await.unwrap();
    shop.watch_until_calm().await;
    shop.buy(&Buy::one(1, item)).await.unwrap();
    shop.watch_until_calm().await;
    assert_eq!(shop.told_low().await, [(2, 2)], "once, not with every sale below it");
    shop.add_stock(item, &["a", "b", "c"]).await.unwrap();
    shop.watch_until_calm().await;
    shop.buy(&Buy { quantity: 4, ..Buy::one(1, item) }).await.unwrap();
    let (one, other) =
        tokio::join!(shop.inventory.watch_low_stock(), shop.inventory.watch_low_stock());
    assert!(one.unwrap() + other.unwrap() >= 1);
    assert_eq!(shop.told_low().await, [(2, 2), (0, 2)], "two that watch tell it once");
    // Another threshold is another question.
    shop.tell_below(item, 5).await;
    shop.watch_until_calm().await;
    assert_eq!(shop.told_low().await.len(), 3);
    shop.tell_below(item, 0).await;
    shop.watch_until_calm().await;
    assert_eq!(shop.told_low().await.len(), 3);
}

#[tokio::test]
async fn peer_09_who_waits_is_listed_once_page_by_page_and_forgotten_when_told() {
    let shop = Shop::open().await;
    let item = shop.create_item("vpn", false).await.unwrap();
    let mut client = WaitingServiceClient::new(shop.wire());
    for person in [5, 3, 4, 1, 2, 3] {
        let request = WatchItemRequest { item_id: item.to_string() };
        client.watch_item(shop.as_person(person, request)).await.unwrap();
    }
    assert_eq!(shop.waiters(item, 0, 2).await, [1, 2]);
    assert_eq!(shop.waiters(item, 2, 0).await, [3, 4, 5]);
    let request = UnwatchItemRequest { item_id: item.to_string() };
    client.unwatch_item(shop.as_person(4, request)).await.unwrap();
    let told = DropWaitersRequest { item_id: item.to_string(), person_ids: vec![1, 2, 99] };
    client.drop_waiters(shop.as_service(told.clone())).await.unwrap();
    client.drop_waiters(shop.as_service(told)).await.unwrap();
    assert_eq!(shop.waiters(item, 0, 0).await, [3, 5]);
    let nothing = WatchItemRequest { item_id: ItemId::derived("no").to_string() };
    let failure = client.watch_item(shop.as_person(1, nothing)).await.unwrap_err();
    assert_eq!(Failure::from(failure).code(), "inventory.item_missing");
    let spying = ListWaitersRequest { item_id: item.to_string(), ..Default::default() };
    let failure = client.list_waiters(shop.as_person(1, spying)).await.unwrap_err();
    assert_eq!(Failure::from(failure).kind(), Kind::Denied);
}
