//! Buying: alone, all at once, twice, too much, at yesterday's price, and somebody else's.

use std::collections::HashSet;

use contract::failure::Kind;
use contract::inventory::OrderState;
use futures_util::future::join_all;
use kernel::ids::{OrderId, TransferId};

use crate::it::shop::{Buy, PRICE, Shop, values};
use crate::it::wallet::Fault;

const ANNA: i64 = 101;
const BORIS: i64 = 102;

#[tokio::test]
async fn shop08_a_purchase_charges_once_and_shows_the_value_at_once() {
    let shop = Shop::open().await;
    let item = shop.item_with("vpn", 2).await;
    shop.wallets.top_up(ANNA, 2_500);

    let buy = Buy::one(ANNA, item);
    let order = shop.buy(&buy).await.unwrap();
    assert_eq!(order.state(), OrderState::Delivered);
    assert_eq!(values(&order), ["vpn-1"], "the oldest is sold first");
    assert_eq!((order.number.len(), order.lines[0].item_name.as_str()), (10, "vpn"));
    assert_eq!(shop.wallets.balance(ANNA), 1_500);
    assert!(order.delivered_at.unwrap().seconds >= order.placed_at.unwrap().seconds);

    assert_eq!(shop.order(ANNA, buy.order).await.unwrap(), order, "it can be looked at again");
    assert_eq!(shop.item(item).await.unwrap().in_stock, 1);
    shop.check_books().await;
}

#[tokio::test]
async fn shop11_purchases_are_listed_newest_first_without_their_values() {
    let shop = Shop::open().await;
    let item = shop.item_with("vpn", 3).await;
    shop.wallets.top_up(ANNA, 10_000);
    let mut bought = Vec::new();
    for _ in 0..3 {
        bought.push(shop.buy(&Buy::one(ANNA, item)).await.unwrap().order_id);
    }
    shop.buy(&Buy::one(BORIS, item)).await.unwrap_err();

    let listed = shop.orders(ANNA).await;
    bought.reverse();
    let ids: Vec<_> = listed.orders.iter().map(|order| order.order_id.clone()).collect();
    assert_eq!((ids, listed.total), (bought, 3));
    assert!(listed.orders.iter().all(|order| values(order).is_empty()));
    assert_eq!(shop.orders(BORIS).await.total, 0);
    shop.check_books().await;
}

/// The order's id becomes the id of a transfer. An id that payments will derive for somebody's payment must not be taken.
#[tokio::test]
async fn wh24_an_order_id_that_was_not_made_for_an_order_is_refused() {
    let shop = Shop::open().await;
    let item = shop.item_with("vpn", 1).await;
    shop.wallets.top_up(ANNA, PRICE);
    let forged = OrderId(TransferId::derived("payment cryptopay 528890").0);

    let refusal = shop.buy(&Buy { order: forged, ..Buy::one(ANNA, item) }).await.unwrap_err();

    assert_eq!((refusal.kind(), refusal.data("field")), (Kind::Invalid, Some("order_id")));
    assert_eq!(shop.wallets.balance(ANNA), PRICE);
    assert_eq!(shop.item(item).await.unwrap().in_stock, 1);
    shop.check_books().await;
}

#[tokio::test]
async fn shop_03_ps15_two_hundred_buyers_of_fifty_units_make_exactly_fifty_orders() {
    let shop = Shop::open().await;
    let item = shop.item_with("vpn", 50).await;
    let buys: Vec<_> = (1..=200).map(|buyer| Buy::one(buyer, item)).collect();
    for buy in &buys {
        shop.wallets.top_up(buy.buyer, PRICE);
    }

    let answers = join_all(buys.iter().map(|buy| shop.buy(buy))).await;

    let sold: HashSet<_> = answers.iter().flatten().flat_map(values).collect();
    assert_eq!(sold.len(), 50);
    let refused: Vec<_> = answers.iter().filter_map(|answer| answer.as_ref().err()).collect();
    assert_eq!(refused.len(), 150);
    for refusal in refused {
        assert_eq!((refusal.kind(), refusal.code()), (Kind::Conflict, "inventory.out_of_stock"));
    }
    let left: i64 = buys.iter().map(|buy| shop.wallets.balance(buy.buyer)).sum();
    assert_eq!(left, 150 * PRICE);
    assert_eq!(shop.count("orders").await, 50, "a refusal writes nothing");
    shop.check_books().await;
}

#[tokio::test]
async fn shop_07_ps14_a_hundred_buyers_of_the_last_unit_make_one_order() {
    let shop = Shop::open().await;
    let item = shop.item_with("vpn", 1).await;
    let buys: Vec<_> = (1..=100).map(|buyer| Buy::one(buyer, item)).collect();
    for buy in &buys {
        shop.wallets.top_up(buy.buyer, PRICE);
    }
    let answers = join_all(buys.iter().map(|buy| shop.buy(buy))).await;
    assert_eq!(answers.iter().filter(|answer| answer.is_ok()).count(), 1);
    shop.check_books().await;
}

#[tokio::test]
async fn ps16_money_for_three_of_ten_parallel_orders_buys_three() {
    let shop = Shop::open().await;
    let item = shop.item_with("vpn", 10).await;
    shop.wallets.top_up(ANNA, 3 * PRICE + 400);
    let buys: Vec<_> = (0..10).map(|_| Buy::one(ANNA, item)).collect();
    let answers = join_all(buys.iter().map(|buy| shop.buy(buy))).await;

    assert_eq!(answers.iter().filter(|answer| answer.is_ok()).count(), 3);
    for refusal in answers.iter().filter_map(|answer| answer.as_ref().err()) {
        assert_eq!(refusal.code(), "payments.insufficient_funds");
    }
    assert_eq!(shop.wallets.balance(ANNA), 400);
    assert_eq!(shop.count("units where state = 'free'").await, 7, "released stock is free again");
    shop.check_books().await;
}

#[tokio::test]
async fn a_refused_charge_says_what_is_missing_and_says_the_same_again() {
    let shop = Shop::open().await;
    let item = shop.item_with("vpn", 1).await;
    shop.wallets.top_up(ANNA, 300);
    let buy = Buy::one(ANNA, item);
    let first = shop.buy(&buy).await.unwrap_err();
    assert_eq!((first.kind(), first.code()), (Kind::Conflict, "payments.insufficient_funds"));
    let data = ["missing_minor", "available_minor", "currency"].map(|key| first.data(key));
    assert_eq!(data, [Some("700"), Some("300"), Some("RUB")]);

    shop.wallets.top_up(ANNA, 10_000);
    assert_eq!(shop.buy(&buy).await.unwrap_err(), first, "refused is refused for ever");
    let order = shop.order(ANNA, buy.order).await.unwrap();
    assert_eq!(order.state(), OrderState::Released);
    assert_eq!(order.release_reason, "payments.insufficient_funds");
    assert_eq!(values(&order), Vec::<String>::new());

    let again = shop.buy(&Buy::one(BORIS, item)).await;
    assert_eq!(again.unwrap_err().data("missing_minor"), Some("1000"));
    assert_eq!(values(&shop.buy(&Buy::one(ANNA, item)).await.unwrap()), ["vpn-1"]);
    shop.check_books().await;
}

#[tokio::test]
async fn ps17_the_same_order_twenty_times_at_once_is_one_order() {
    let shop = Shop::open().await;
    let item = shop.item_with("vpn", 30).await;
    shop.wallets.top_up(ANNA, 30 * PRICE);
    let buy = Buy::one(ANNA, item);
    let answers = join_all((0..20).map(|_| shop.buy(&buy))).await;
    for answer in &answers {
        assert_eq!(values(answer.as_ref().unwrap()), ["vpn-1"]);
    }
    assert_eq!(shop.wallets.balance(ANNA), 29 * PRICE);
    assert_eq!(shop.count("units where state = 'free'").await, 29);
    shop.check_books().await;
}

#[tokio::test]
async fn an_id_that_was_used_for_something_else_is_refused() {
    let shop = Shop::open().await;
    let item = shop.item_with("vpn", 5).await;
    let other = shop.item_with("proxy", 5).await;
    shop.wallets.top_up(ANNA, 10_000);
    let buy = Buy::one(ANNA, item);
    shop.buy(&buy).await.unwrap();
    for changed in [
        Buy { quantity: 2, ..buy.clone() },
        Buy { item: other, ..buy.clone() },
        Buy { price: PRICE - 1, ..buy.clone() },
    ] {
        let failure = shop.buy(&changed).await.unwrap_err();
        assert_eq!((failure.kind(), failure.code()), (Kind::Conflict, "inventory.order_conflict"));
    }
    shop.check_books().await;
}

#[tokio::test]
async fn ps36_bug03_another_persons_order_does_not_exist() {
    let shop = Shop::open().await;
    let item = shop.item_with("vpn", 5).await;
    shop.wallets.top_up(ANNA, 10_000);
    shop.wallets.top_up(BORIS, 10_000);
    let annas = Buy::one(ANNA, item);
    shop.buy(&annas).await.unwrap();

    let stolen = shop.order(BORIS, annas.order).await.unwrap_err();
    let unknown = shop.order(BORIS, Buy::one(BORIS, item).order).await.unwrap_err();
    assert_eq!((stolen.kind(), stolen.code()), (Kind::Missing, "inventory.order_missing"));
    assert_eq!(stolen, unknown, "nothing tells the two apart");
    let repeated = shop.buy(&Buy { buyer: BORIS, ..annas }).await.unwrap_err();
    assert_eq!(repeated.code(), "inventory.order_missing");
    assert_eq!(shop.wallets.balance(BORIS), 10_000);
    shop.check_books().await;
}

#[tokio::test]
async fn ps23_quantities_and_prices_out_of_bounds_are_invalid() {
    let shop = Shop::open().await;
    let item = shop.item_with("vpn", 5).await;
    shop.wallets.top_up(ANNA, 10_000);
    for quantity in [0, 101, 1 << 31, u32::MAX] {
        let failure = shop.buy(&Buy { quantity, ..Buy::one(ANNA, item) }).await.unwrap_err();
        assert_eq!(
            (failure.kind(), failure.data("field")),
            (Kind::Invalid, Some("quantity")),
            "{quantity}"
        );
    }
    for price in [-1, i64::MIN, i64::MAX] {
        let failure = shop.buy(&Buy { price, ..Buy::one(ANNA, item) }).await.unwrap_err();
        assert_eq!(failure.data("field"), Some("unit_price_seen"), "{price}");
    }
    assert_eq!(shop.wallets.calls(), 0);
    shop.check_books().await;
}

#[tokio::test]
async fn shop_22_bug18_a_changed_price_is_told_and_not_charged() {
    let shop = Shop::open().await;
    let item = shop.item_with("vpn", 5).await;
    shop.wallets.top_up(ANNA, 10_000);
    for now in [PRICE + 1, PRICE - 1] {
        shop.set_price(item, now).await.unwrap();
        let failure = shop.buy(&Buy::one(ANNA, item)).await.unwrap_err();
        assert_eq!((failure.kind(), failure.code()), (Kind::Conflict, "inventory.price_changed"));
        let told = (failure.data("price_minor"), failure.data("currency"));
        assert_eq!(told, (Some(now.to_string().as_str()), Some("RUB")));
    }
    assert_eq!((shop.wallets.balance(ANNA), shop.count("orders").await), (10_000, 0));
    shop.buy(&Buy { price: PRICE - 1, ..Buy::one(ANNA, item) }).await.unwrap();
    assert_eq!(shop.wallets.balance(ANNA), 10_000 - PRICE + 1);
    shop.check_books().await;
}

#[tokio::test]
async fn bug16_many_of_one_item_are_all_or_nothing() {
    let shop = Shop::open().await;
    let item = shop.item_with("vpn", 5).await;
    shop.wallets.top_up(ANNA, 100_000);
    let order = shop.buy(&Buy { quantity: 3, ..Buy::one(ANNA, item) }).await.unwrap();
    assert_eq!(values(&order), ["vpn-1", "vpn-2", "vpn-3"]);
    assert_eq!(order.total.unwrap().minor, 3 * PRICE);
    let failure = shop.buy(&Buy { quantity: 3, ..Buy::one(ANNA, item) }).await.unwrap_err();
    assert_eq!(failure.code(), "inventory.out_of_stock");
    assert_eq!(shop.wallets.balance(ANNA), 97_000);
    assert_eq!(shop.count("units where state = 'free'").await, 2);
    shop.check_books().await;
}

#[tokio::test]
async fn shop04_every_buyer_of_an_unlimited_item_gets_its_value_and_none_is_used_up() {
    let shop = Shop::open().await;
    let item = shop.create_item("guide", true).await.unwrap();
    shop.wallets.top_up(ANNA, 10_000);
    let none = shop.buy(&Buy::one(ANNA, item)).await.unwrap_err();
    assert_eq!(none.code(), "inventory.out_of_stock", "nothing is listed yet");

    shop.add_stock(item, &["first edition"]).await.unwrap();
    let old = Buy { quantity: 3, ..Buy::one(ANNA, item) };
    assert_eq!(values(&shop.buy(&old).await.unwrap()), ["first edition"]);
    assert_eq!(shop.wallets.balance(ANNA), 10_000 - 3 * PRICE, "three were paid for");
    shop.add_stock(item, &["second edition"]).await.unwrap();
    let new = shop.buy(&Buy::one(ANNA, item)).await.unwrap();
    assert_eq!(values(&new), ["second edition"]);
    let kept = shop.order(ANNA, old.order).await.unwrap();
    assert_eq!(values(&kept), ["first edition"], "who bought it keeps it");
    shop.check_books().await;
}

#[tokio::test]
async fn what_costs_nothing_is_delivered_without_asking_payments() {
    let shop = Shop::open().await;
    let item = shop.item_with("sample", 1).await;
    shop.set_price(item, 0).await.unwrap();
    shop.buy(&Buy { price: 0, ..Buy::one(ANNA, item) }).await.unwrap();
    assert_eq!(shop.wallets.calls(), 0);
    shop.check_books().await;
}

#[tokio::test]
async fn an_item_that_is_archived_or_was_never_there_cannot_be_bought() {
    let shop = Shop::open().await;
    let item = shop.item_with("vpn", 1).await;
    sqlx::query("update items set archived_at = now()").execute(&shop.pool).await.unwrap();
    for item in [item, kernel::ids::ItemId::derived("nothing")] {
        let failure = shop.buy(&Buy::one(ANNA, item)).await.unwrap_err();
        assert_eq!((failure.kind(), failure.code()), (Kind::Missing, "inventory.item_missing"));
    }
    shop.check_books().await;
}

#[tokio::test]
async fn ps04_ps07_a_lost_answer_is_asked_again_within_the_same_call() {
    let shop = Shop::open().await;
    let item = shop.item_with("vpn", 2).await;
    shop.wallets.top_up(ANNA, PRICE);
    shop.wallets.script([Fault::LostBefore, Fault::LostAfter]);
    shop.buy(&Buy::one(ANNA, item)).await.unwrap();
    assert_eq!((shop.wallets.calls(), shop.wallets.balance(ANNA)), (3, 0));

    shop.wallets.script([Fault::LostAfter]);
    let refused = shop.buy(&Buy::one(ANNA, item)).await.unwrap_err();
    assert_eq!(refused.code(), "payments.insufficient_funds");
    shop.check_books().await;
}

#[tokio::test]
async fn ps12_a_purchase_while_payments_is_away_is_finished_when_it_is_back() {
    let shop = Shop::open().await;
    let item = shop.item_with("vpn", 2).await;
    shop.wallets.top_up(ANNA, PRICE);
    shop.wallets.go_down();
    let buy = Buy::one(ANNA, item).in_a_hurry();
    let failure = shop.buy(&buy).await.unwrap_err();
    assert_eq!((failure.kind(), failure.code()), (Kind::Unavailable, "inventory.order_unfinished"));
    assert_eq!(shop.order(ANNA, buy.order).await.unwrap().state(), OrderState::Reserved);
    for _ in 0..3 {
        shop.make_due().await;
        assert_eq!(shop.recover().await, Ok(1));
    }
    assert_eq!(shop.recover().await, Ok(0), "it is put off, not asked in a circle");

    shop.wallets.come_up();
    shop.recover_all().await;
    let order = shop.order(ANNA, buy.order).await.unwrap();
    assert_eq!((order.state(), values(&order)), (OrderState::Delivered, vec!["vpn-1".to_owned()]));
    assert_eq!(shop.buy(&buy).await.unwrap(), order, "the same call again tells how it ended");
    shop.check_books().await;
}

#[tokio::test]
async fn bug_30_a_unit_that_somebody_else_holds_locked_is_not_sold_out() {
    let shop = Shop::open().await;
    let item = shop.item_with("vpn", 1).await;
    shop.wallets.top_up(ANNA, PRICE);
    let mut other = shop.pool.begin().await.unwrap();
    sqlx::query("select from units for update").execute(&mut *other).await.unwrap();
    let buy = Buy::one(ANNA, item);
    let failure = shop.buy(&buy).await.unwrap_err();
    assert_eq!((failure.kind(), failure.code()), (Kind::Unavailable, "inventory.stock_contended"));
    other.rollback().await.unwrap();
    assert_eq!(values(&shop.buy(&buy).await.unwrap()), ["vpn-1"]);
    shop.check_books().await;
}
