//! Checking out: everything or nothing, as it was seen, and in peace with whoever buys the same at the same time.

use std::collections::HashSet;
use std::time::Duration;

use contract::common::Money;
use contract::inventory::difference::What;
use contract::inventory::{CreatePromoRequest, OrderState};
use futures_util::future::{join, join_all};
use futures_util::stream::{self, StreamExt as _};
use inventory::{Moment, Step};

use crate::it::selling::{Checkout, Ended, percent};
use crate::it::shop::{Buy, PRICE, Shop, rub};
use crate::it::wallet;

const ANNA: i64 = 101;
const STEPS: [Step; 4] = [Step::Reserve, Step::Charge, Step::Deliver, Step::Release];

fn sold(order: &contract::inventory::Order) -> Vec<String> {
    order.lines.iter().flat_map(|line| line.units.iter().map(|unit| unit.value.clone())).collect()
}

#[tokio::test]
async fn cart_03_a_cart_is_one_order_with_one_charge_and_every_value() {
    let shop = Shop::open().await;
    let (vpn, proxy) = (shop.item_with("vpn", 3).await, shop.item_with("proxy", 1).await);
    let guide = shop.create_item("guide", true).await.unwrap();
    shop.add_stock(guide, &["read me"]).await.unwrap();
    let half = shop.promo(percent("HALF", 5_000)).await.promo_id;
    shop.set_line(ANNA, vpn, 2, Some(&half)).await.unwrap();
    shop.add(ANNA, proxy).await.unwrap();
    shop.set_line(ANNA, guide, 3, None).await.unwrap();
    shop.wallets.top_up(ANNA, 10_000);

    let checkout = shop.at_checkout(ANNA).await;
    let order = shop.check_out(&checkout).await.unwrap().order();
    assert_eq!((order.state(), order.total.clone()), (OrderState::Delivered, Some(rub(5_000))));
    assert_eq!((shop.wallets.balance(ANNA), shop.wallets.calls()), (5_000, 1), "one debit");
    let goods: HashSet<_> = sold(&order).into_iter().collect();
    let expected = ["vpn-1", "vpn-2", "proxy-1", "read me"].map(str::to_owned);
    assert_eq!(goods, HashSet::from(expected));
    assert_eq!(shop.order(ANNA, checkout.order).await.unwrap(), order);
    assert_eq!(shop.cart(ANNA).await.lines, [], "the cart is empty");
    let again = shop.check_out(&checkout).await.unwrap();
    assert_eq!(again, Ended::Bought(order), "the same call is the same order");
    let other = Checkout { lines: checkout.lines[..1].to_vec(), ..checkout };
    assert_eq!(shop.check_out(&other).await.unwrap_err().code(), "inventory.order_conflict");
    let nothing = Checkout { order: Buy::one(ANNA, vpn).order, ..other };
    assert_eq!(shop.check_out(&nothing).await.unwrap_err().code(), "inventory.cart_empty");
    shop.check_books().await;
}

#[tokio::test]
async fn bug_17_bug_16_bug_18_every_difference_is_listed_and_nothing_is_bought() {
    let shop = Shop::open().await;
    let mut items = Vec::new();
    for name in ["dearer", "short", "gone", "expired", "steady", "unseen"] {
        items.push(shop.item_with(name, 3).await);
    }
    let promo = shop.promo(percent("SOON-OVER", 1_000)).await.promo_id;
    for item in &items[..5] {
        shop.set_line(ANNA, *item, 2, None).await.unwrap();
    }
    shop.set_line(ANNA, items[3], 0, Some(&promo)).await.unwrap();
    shop.wallets.top_up(ANNA, 100_000);
    let checkout = shop.at_checkout(ANNA).await;

    shop.set_price(items[0], 1_001).await.unwrap();
    shop.wallets.top_up(1, 10_000);
    shop.buy(&Buy { quantity: 2, ..Buy::one(1, items[1]) }).await.unwrap();
    for change in [
        "update items set archived_at = now() where name = 'gone'",
        "update promos set expires_at = now()",
    ] {
        sqlx::query(change).execute(&shop.pool).await.unwrap();
    }
    let calls = shop.wallets.calls();
    let mut differences = shop.check_out(&checkout).await.unwrap().differences();
    differences.sort_by_key(|(item, _)| items.iter().position(|it| it.to_string() == *item));
    let now: Money = rub(1_001);
    let expected = [
        (items[0].to_string(), What::UnitPrice(now)),
        (items[1].to_string(), What::Left(1)),
        (items[2].to_string(), What::Gone(true)),
        (items[3].to_string(), What::PromoProblem("inventory.promo_expired".into())),
    ];
    assert_eq!(differences, expected);
    assert_eq!((shop.wallets.calls(), shop.cart(ANNA).await.lines.len()), (calls, 5));
    assert_eq!(shop.count("orders where buyer_id = 101").await, 0);

    // What was put in, or chosen otherwise, after the cart was shown is a difference too.
    shop.add(ANNA, items[5]).await.unwrap();
    shop.set_line(ANNA, items[4], 1, None).await.unwrap();
    let differences = shop.check_out(&checkout).await.unwrap().differences();
    let changed: HashSet<_> = differences
        .into_iter()
        .collect::<Vec<_>>()
        .into_iter()
        .map(|(item, what)| {
            assert_eq!(what, What::Line(true));
            item
        })
        .collect();
    assert_eq!(changed, HashSet::from([items[4].to_string(), items[5].to_string()]));
    shop.check_books().await;
}

#[tokio::test]
async fn cart_03_a_buyer_without_money_keeps_the_cart_and_the_codes() {
    let shop = Shop::open().await;
    let (vpn, proxy) = (shop.item_with("vpn", 3).await, shop.item_with("proxy", 1).await);
    let promo = shop.promo(CreatePromoRequest { max_uses: 1, ..percent("ONE", 1_000) }).await;
    shop.set_line(ANNA, vpn, 3, Some(&promo.promo_id)).await.unwrap();
    shop.add(ANNA, proxy).await.unwrap();
    let before = shop.cart(ANNA).await;
    shop.wallets.top_up(ANNA, 3_699);
    let poor = shop.at_checkout(ANNA).await;
    let failure = shop.check_out(&poor).await.unwrap_err();
    assert_eq!(failure.code(), "payments.insufficient_funds");
    assert_eq!(failure.data("missing_minor"), Some("1"));
    let mut kept = shop.cart(ANNA).await;
    kept.lines.sort_by_key(|line| line.item_name != "vpn");
    assert_eq!(kept, before);
    assert_eq!(shop.count("units where state = 'free'").await, 4);

    shop.wallets.top_up(ANNA, 1);
    assert_eq!(shop.check_out(&poor).await.unwrap_err(), failure, "refused is refused for ever");
    let rich = shop.at_checkout(ANNA).await;
    let order = shop.check_out(&rich).await.unwrap().order();
    assert_eq!((order.total, shop.wallets.balance(ANNA)), (Some(rub(3_700)), 0));
    shop.check_books().await;
}

#[tokio::test]
async fn ps14_a_hundred_buyers_of_the_last_unit_by_cart_and_card_make_one_order() {
    let shop = Shop::open().await;
    let vpn = shop.item_with("vpn", 1).await;
    let other = shop.item_with("proxy", 100).await;
    let mut checkouts = Vec::new();
    for buyer in 1..=50 {
        shop.wallets.top_up(buyer, 10 * PRICE);
        shop.add(buyer, other).await.unwrap();
        shop.add(buyer, vpn).await.unwrap();
        checkouts.push(shop.at_checkout(buyer).await);
    }
    let buys: Vec<_> = (51..=100).map(|buyer| Buy::one(buyer, vpn)).collect();
    for buy in &buys {
        shop.wallets.top_up(buy.buyer, PRICE);
    }
    let (carts, cards) = join(
        join_all(checkouts.iter().map(|checkout| shop.check_out(checkout))),
        join_all(buys.iter().map(|buy| shop.buy(buy))),
    )
    .await;
    let by_cart = carts.iter().filter(|end| matches!(end, Ok(Ended::Bought(_)))).count();
    let by_card = cards.iter().filter(|answer| answer.is_ok()).count();
    assert_eq!(by_cart + by_card, 1, "by cart {by_cart}, by card {by_card}");
    for end in carts {
        if let Ended::Changed(differences) = end.unwrap() {
            assert_eq!(differences.len(), 1);
            assert_eq!(differences[0].what, Some(What::Left(0)));
        }
    }
    let proxies = shop.count("units where state = 'sold'").await;
    assert_eq!(proxies, 1 + i64::try_from(by_cart).unwrap(), "nothing is sold by halves");
    shop.check_books().await;
}

#[tokio::test]
async fn bug_31_five_hundred_pairs_of_crossed_carts_never_stand_in_each_others_way() {
    let shop = Shop::open().await;
    let (one, two) = (shop.item_with("one", 700).await, shop.item_with("two", 700).await);
    let mut checkouts = Vec::new();
    for buyer in 1..=1_000 {
        let (first, second) = if buyer % 2 == 0 { (one, two) } else { (two, one) };
        shop.wallets.top_up(buyer, 2 * PRICE);
        shop.add(buyer, first).await.unwrap();
        shop.add(buyer, second).await.unwrap();
        let mut checkout = shop.at_checkout(buyer).await;
        checkout.timeout = Duration::from_secs(55);
        if buyer % 2 == 0 {
            checkout.lines.reverse();
        }
        checkouts.push(checkout);
    }
    let ends: Vec<_> = stream::iter(&checkouts)
        .map(|checkout| shop.check_out(checkout))
        .buffer_unordered(40)
        .collect()
        .await;
    let bought = ends.iter().filter(|end| matches!(end, Ok(Ended::Bought(_)))).count();
    assert_eq!(bought, 700);
    for end in ends {
        if let Ended::Changed(differences) = end.unwrap() {
            assert!(differences.iter().all(|it| it.what == Some(What::Left(0))));
        }
    }
    assert_eq!(shop.count("units where state = 'sold'").await, 1_400);
    let deadlocks: i64 = sqlx::query_scalar(
        "select deadlocks from pg_stat_database where datname = current_database()",
    )
    .fetch_one(&shop.pool)
    .await
    .unwrap();
    assert_eq!(deadlocks, 0);
    shop.check_books().await;
}

#[tokio::test]
async fn cart_03_one_cart_checked_out_twenty_times_at_once_is_bought_once() {
    let shop = Shop::open().await;
    let vpn = shop.item_with("vpn", 50).await;
    shop.set_line(ANNA, vpn, 2, None).await.unwrap();
    shop.wallets.top_up(ANNA, 100 * PRICE);
    let mut checkouts = Vec::new();
    for _ in 0..20 {
        checkouts.push(shop.at_checkout(ANNA).await);
    }
    let ends = join_all(checkouts.iter().map(|checkout| shop.check_out(checkout))).await;
    assert_eq!(ends.iter().filter(|end| end.is_ok()).count(), 1);
    for failure in ends.iter().filter_map(|end| end.as_ref().err()) {
        assert_eq!(failure.code(), "inventory.cart_empty");
    }
    assert_eq!(shop.wallets.balance(ANNA), 98 * PRICE);
    shop.check_books().await;
}

/// What happens to one run of a checkout.
#[derive(Debug, Clone, Copy)]
enum Fault {
    None,
    Stop(Moment),
    Wallet(wallet::Fault),
}

fn faults() -> Vec<Fault> {
    let stops = STEPS.map(|step| [Moment::Before(step), Moment::After(step)]);
    let lost = [wallet::Fault::LostBefore, wallet::Fault::LostAfter].map(Fault::Wallet);
    let stops = stops.into_iter().flatten().map(Fault::Stop);
    [Fault::None].into_iter().chain(stops).chain(lost).collect()
}

fn arm(shop: &Shop, fault: Fault) {
    shop.never_stop();
    shop.wallets.forget_script();
    match fault {
        Fault::None => {}
        Fault::Stop(moment) => shop.stop_at(moment),
        Fault::Wallet(fault) => shop.wallets.script([fault]),
    }
}

#[tokio::test]
async fn cart_03_ps02_to_ps11_a_cart_under_every_pair_of_faults_is_bought_whole_or_kept_whole() {
    let shop = Shop::open().await;
    let runs = 2 * faults().len() * faults().len();
    let (vpn, proxy) = (shop.item_with("vpn", 2 * runs).await, shop.item_with("proxy", runs).await);
    let promo = shop.promo(percent("TEN", 1_000)).await.promo_id;
    let (mut buyer, price) = (0, 3 * PRICE - 200);
    for balance in [price, price - 1] {
        for first in faults() {
            for second in faults() {
                buyer += 1;
                let context = format!("{balance}: {first:?}, then {second:?}");
                shop.wallets.top_up(buyer, balance);
                shop.set_line(buyer, vpn, 2, Some(&promo)).await.unwrap();
                shop.add(buyer, proxy).await.unwrap();
                let mut checkout = shop.at_checkout(buyer).await;
                checkout.timeout = Duration::from_millis(700);
                arm(&shop, first);
                drop(shop.check_out(&checkout).await);
                arm(&shop, second);
                shop.make_due().await;
                let _ = shop.recover().await;
                arm(&shop, Fault::None);
                shop.recover_all().await;

                let end = shop.check_out(&checkout).await;
                let cart = shop.cart(buyer).await;
                if balance == price {
                    let order = end.unwrap().order();
                    assert_eq!(sold(&order).len(), 3, "{context}");
                    assert_eq!(
                        (cart.lines.len(), shop.wallets.balance(buyer)),
                        (0, 0),
                        "{context}"
                    );
                } else {
                    assert_eq!(end.unwrap_err().code(), "payments.insufficient_funds", "{context}");
                    assert_eq!((cart.lines.len(), cart.total), (2, Some(rub(price))), "{context}");
                    assert_eq!(shop.wallets.balance(buyer), balance, "{context}");
                }
            }
        }
    }
    shop.check_books().await;
}
