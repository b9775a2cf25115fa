//! Adding stock: counted, idempotent, never twice, never in the clear.

use contract::failure::Kind;
use contract::inventory::AddStockResponse;
use contract::inventory::event::What;
use futures_util::future::join_all;
use kernel::ids::{ItemId, OrderId};

use crate::it::shop::{Buy, STAFF, Shop, values};

fn counters(answer: &AddStockResponse) -> [u32; 4] {
    [answer.added, answer.known, answer.repeated_in_batch, answer.invalid]
}

#[tokio::test]
async fn shop15_a_batch_is_counted_as_added_known_repeated_and_invalid() {
    let shop = Shop::open().await;
    let item = shop.create_item("vpn", false).await.unwrap();
    let other = shop.create_item("proxy", false).await.unwrap();
    shop.add_stock(other, &["shared-key"]).await.unwrap();
    let answer = shop
        .add_stock(item, &["a", "b", "a", "", " b\r\n", "shared-key", "c", "shared-key"])
        .await
        .unwrap();
    assert_eq!(counters(&answer), [3, 1, 3, 1]);
    assert_eq!(shop.item(item).await.unwrap().in_stock, 3);
    let told: Vec<_> = shop
        .events()
        .await
        .into_iter()
        .filter_map(|event| match event {
            What::StockAdded(told) => Some((told.item_id, told.units)),
            _ => None,
        })
        .collect();
    assert_eq!(told, [(other.to_string(), 1), (item.to_string(), 3)]);
    shop.check_books().await;
}

#[tokio::test]
async fn the_same_batch_again_gives_the_first_answer_and_adds_nothing() {
    let shop = Shop::open().await;
    let item = shop.create_item("vpn", false).await.unwrap();
    let batch = "0190c1c0-0000-7000-8000-000000000001";
    let answers = join_all((0..10).map(|_| shop.add_batch(batch, item, &["a", "b", "a"]))).await;
    for answer in answers {
        assert_eq!(counters(&answer.unwrap()), [2, 0, 1, 0]);
    }
    let changed = shop.add_batch(batch, item, &["a", "c", "a"]).await.unwrap_err();
    assert_eq!((changed.kind(), changed.code()), (Kind::Conflict, "inventory.batch_conflict"));
    assert_eq!(shop.count("units").await, 2);
    shop.check_books().await;
}

#[tokio::test]
async fn batches_that_share_values_in_any_order_do_not_wait_for_each_other_for_ever() {
    let shop = Shop::open().await;
    let item = shop.create_item("vpn", false).await.unwrap();
    let up: Vec<_> = (0..300).map(|nth| format!("key-{nth}")).collect();
    let down: Vec<_> = up.iter().rev().cloned().collect();
    let (one, other) = tokio::join!(shop.add_stock(item, &up), shop.add_stock(item, &down));
    let (one, other) = (counters(&one.unwrap()), counters(&other.unwrap()));
    assert_eq!((one[0] + other[0], one[1] + other[1]), (300, 300));
    shop.check_books().await;
}

#[tokio::test]
async fn bug53_a_value_that_was_sold_can_never_be_listed_again() {
    let shop = Shop::open().await;
    let item = shop.item_with("vpn", 1).await;
    shop.wallets.top_up(1, 10_000);
    shop.buy(&Buy::one(1, item)).await.unwrap();
    let again = shop.add_stock(item, &["vpn-1", " vpn-1 "]).await.unwrap();
    assert_eq!(counters(&again), [0, 1, 1, 0]);
    let deleted = sqlx::query("delete from units").execute(&shop.pool).await.unwrap_err();
    assert!(deleted.to_string().contains("kept for ever"), "{deleted}");
    shop.check_books().await;
}

#[tokio::test]
async fn ps31_ten_thousand_values_are_one_batch_and_are_sold_in_their_order() {
    let shop = Shop::open().await;
    let item = shop.create_item("vpn", false).await.unwrap();
    let many: Vec<_> = (0..10_000).map(|nth| format!("key-{nth}")).collect();
    assert_eq!(counters(&shop.add_stock(item, &many).await.unwrap()), [10_000, 0, 0, 0]);
    assert_eq!(shop.item(item).await.unwrap().in_stock, 1_000, "counted up to a thousand");
    shop.wallets.top_up(1, 1_000_000);
    let order = shop.buy(&Buy { quantity: 100, ..Buy::one(1, item) }).await.unwrap();
    assert_eq!(values(&order), many[..100]);
    let too_many: Vec<_> = (0..10_001).map(|nth| format!("more-{nth}")).collect();
    assert_eq!(shop.add_stock(item, &too_many).await.unwrap_err().kind(), Kind::Invalid);
    assert_eq!(shop.add_stock::<&str>(item, &[]).await.unwrap_err().kind(), Kind::Invalid);
    shop.check_books().await;
}

#[tokio::test]
async fn an_unlimited_item_takes_exactly_one_value_and_a_known_one_replaces_nothing() {
    let shop = Shop::open().await;
    let item = shop.create_item("guide", true).await.unwrap();
    let two = shop.add_stock(item, &["a", "b"]).await.unwrap_err();
    assert_eq!((two.kind(), two.code()), (Kind::Invalid, "inventory.one_value_wanted"));
    assert_eq!(counters(&shop.add_stock(item, &["first"]).await.unwrap()), [1, 0, 0, 0]);
    assert_eq!(counters(&shop.add_stock(item, &["first"]).await.unwrap()), [0, 1, 0, 0]);
    assert_eq!(counters(&shop.add_stock(item, &["  "]).await.unwrap()), [0, 0, 0, 1]);
    assert_eq!(counters(&shop.add_stock(item, &["second"]).await.unwrap()), [1, 0, 0, 0]);
    assert_eq!(shop.count("units where state = 'shared'").await, 1);
    assert_eq!(shop.count("units where state = 'withdrawn'").await, 1);
    shop.check_books().await;
}

#[tokio::test]
async fn the_value_of_an_unlimited_item_can_be_set_back_and_old_buyers_keep_theirs() {
    let shop = Shop::open().await;
    let item = shop.create_item("guide", true).await.unwrap();
    shop.wallets.top_up(1, 100_000);
    let mut bought = Vec::new();
    for value in ["first", "second", "first", "third", "second"] {
        assert_eq!(counters(&shop.add_stock(item, &[value]).await.unwrap()), [1, 0, 0, 0]);
        let order = shop.buy(&Buy::one(1, item)).await.unwrap();
        assert_eq!(values(&order), [value]);
        bought.push((OrderId(order.order_id.parse().unwrap()), value));
    }
    for (order, value) in bought {
        assert_eq!(values(&shop.order(1, order).await.unwrap()), [value]);
    }
    assert_eq!(shop.count("units where state = 'shared'").await, 1);
    assert_eq!(shop.count("units").await, 3, "no value is there twice");
    shop.check_books().await;
}

#[tokio::test]
async fn bug53_a_value_that_has_another_place_is_not_shared_and_the_present_one_stays() {
    let shop = Shop::open().await;
    let (single, other) = (shop.item_with("vpn", 1).await, shop.create_item("faq", true).await);
    let guide = shop.create_item("guide", true).await.unwrap();
    shop.add_stock(other.unwrap(), &["theirs"]).await.unwrap();
    shop.add_stock(guide, &["ours"]).await.unwrap();
    for value in ["vpn-1", "theirs"] {
        let failure = shop.add_stock(guide, &[value]).await.unwrap_err();
        assert_eq!((failure.kind(), failure.code()), (Kind::Conflict, "inventory.value_known"));
    }
    // And what everybody got can never be sold once.
    assert_eq!(counters(&shop.add_stock(single, &["ours"]).await.unwrap()), [0, 1, 0, 0]);
    shop.wallets.top_up(1, 10_000);
    assert_eq!(values(&shop.buy(&Buy::one(1, guide)).await.unwrap()), ["ours"]);
    shop.check_books().await;
}

#[tokio::test]
async fn stock_for_an_item_that_is_not_there_is_refused() {
    let shop = Shop::open().await;
    let failure = shop.add_stock(ItemId::derived("nothing"), &["a"]).await.unwrap_err();
    assert_eq!((failure.kind(), failure.code()), (Kind::Missing, "inventory.item_missing"));
    assert_eq!(shop.count("stock_batches").await, 0);
    shop.check_books().await;
}

#[tokio::test]
async fn sec_20_what_was_put_into_stock_is_kept_with_who_did_it_and_without_a_value() {
    let shop = Shop::open().await;
    let item = shop.create_item("vpn", false).await.unwrap();
    for values in [&["canary-1", "canary-2"][..], &["canary-1"]] {
        shop.add_stock(item, values).await.unwrap();
    }
    let added = |event: &What| match event {
        What::Audited(entry) if entry.action == "inventory.stock.add" => Some(entry.clone()),
        _ => None,
    };
    let entries: Vec<_> = shop.events().await.iter().filter_map(added).collect();
    let [entry] = entries.as_slice() else { panic!("{entries:?}") };
    assert_eq!((entry.staff_id, &*entry.subject), (STAFF, &*item.to_string()));
    assert_eq!((&*entry.changes[0].field, &*entry.changes[0].after), ("added", "2"));
    assert!(!format!("{entry:?}").contains("canary"));
}
