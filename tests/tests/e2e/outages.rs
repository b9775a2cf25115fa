//! Others fail: Telegram, PostgreSQL, Crypto Pay. People wait a little, and nothing is lost or doubled.

use emulators::faults::CallFault;
use emulators::telegram::{CallScope, Message};
use futures_util::future::join_all;
use journeys::buyer::{Buyer, goods};
use journeys::shop::Shop;

use crate::values;

/// What shows goods: an edit of the pressed message, a new message, a file.
const SHOWING: [&str; 3] = ["editMessageText", "sendMessage", "sendDocument"];

fn breaks_showing(shop: &Shop, person: Buyer<'_>, fault: &CallFault, times: Option<u32>) {
    for method in SHOWING {
        let scope = CallScope { method: Some(method.to_owned()), chat: Some(person.id.0) };
        shop.telegram.break_calls(scope, fault.clone(), times);
    }
}

async fn goods_come_later_and_once(fault: CallFault) {
    let shop = Shop::open().await;
    let ware = shop.sells("Licence", 100, &values("KEY", 2)).await;
    let anna = shop.person_with(200).await;
    let question = anna.is_about_to_buy(&ware).await;
    breaks_showing(&shop, anna, &fault, Some(2));
    anna.touches(&question, anna.words.pay);
    anna.sees_after(question.message_id - 1, "KEY-0001").await;
    shop.settles().await;
    assert_eq!(anna.all_goods(), ["KEY-0001"], "{fault:?}");
    let mut facts = shop.facts().await;
    assert_eq!(facts.delivered(anna.id).await, 1);
    assert_eq!(facts.balance(anna.id).await, 10_000);
    shop.close().await;
}

#[tokio::test]
async fn goods_that_telegram_has_no_time_for_come_later_and_once() {
    goods_come_later_and_once(CallFault::TooManyRequests { retry_after_s: 1 }).await;
}

#[tokio::test]
async fn goods_that_telegram_fails_to_show_come_later_and_once() {
    goods_come_later_and_once(CallFault::internal_error()).await;
}

#[tokio::test]
async fn goods_that_are_lost_on_the_way_to_telegram_come_later_and_once() {
    goods_come_later_and_once(CallFault::Lose).await;
}

#[tokio::test]
async fn ps10_goods_whose_showing_was_not_answered_are_the_same_goods_when_shown_again() {
    let shop = Shop::open().await;
    let ware = shop.sells("Licence", 100, &values("KEY", 2)).await;
    let anna = shop.person_with(200).await;
    let question = anna.is_about_to_buy(&ware).await;
    breaks_showing(&shop, anna, &CallFault::TimeOutAfterEffect, Some(1));
    anna.touches(&question, anna.words.pay);
    anna.sees_after(question.message_id - 1, "KEY-0001").await;
    shop.settles().await;
    // Twice is allowed here, another unit is not.
    assert!(anna.all_goods().iter().all(|value| value == "KEY-0001"));
    assert_eq!(shop.facts().await.delivered(anna.id).await, 1);
    shop.close().await;
}

#[tokio::test]
async fn ps35_goods_of_a_person_who_cannot_be_reached_are_kept_for_them() {
    let shop = Shop::open().await;
    let ware = shop.sells("Licence", 100, &values("KEY", 2)).await;
    let anna = shop.person_with(100).await;
    let question = anna.is_about_to_buy(&ware).await;
    breaks_showing(&shop, anna, &CallFault::blocked(), None);
    anna.touches(&question, anna.words.pay);
    let mut facts = shop.facts().await;
    let unreachable = "select count(*) from bot.people where unreachable_at is not null";
    facts.until(unreachable, |people| people == 1).await;
    shop.settles().await;
    assert_eq!(anna.count("KEY-0001"), 0);
    assert_eq!(facts.delivered(anna.id).await, 1);

    shop.telegram.mend_all();
    anna.starts().await;
    anna.goes(anna.words.purchases, "1 purchase").await;
    assert_eq!(goods(&anna.goes("Licence", anna.words.again).await), ["KEY-0001"]);
    facts.until(unreachable, |people| people == 0).await;
    shop.close().await;
}

#[tokio::test]
async fn a_screen_that_telegram_failed_to_show_comes_when_telegram_is_back() {
    let shop = Shop::open().await;
    let anna = shop.person(1, "Anna", "en");
    shop.telegram.break_calls(CallScope::default(), CallFault::bad_gateway(), Some(4));
    anna.says("/start");
    anna.sees(anna.words.menu).await;
    shop.close().await;
}

#[tokio::test]
async fn connections_to_the_database_that_are_cut_lose_and_double_nothing() {
    const BUYERS: usize = 30;
    let shop = Shop::open_with(&[("BODEGA__INVENTORY__RESERVE_SECONDS", "1")]).await;
    let ware = shop.sells("Licence", 100, &values("KEY", 60)).await;
    let buyers = shop.people_with(BUYERS, 200).await;
    let questions = join_all(buyers.iter().map(|buyer| buyer.is_about_to_buy(&ware))).await;
    let mut facts = shop.facts().await;
    for (buyer, question) in buyers.iter().zip(&questions) {
        buyer.touches(question, buyer.words.pay);
    }
    let cut = "select count(pg_terminate_backend(pid)) from pg_stat_activity \
               where datname = current_database() and pid <> pg_backend_pid()";
    for orders in [1, 8, 16] {
        facts.until("select count(*) from inventory.orders", |count| count >= orders).await;
        facts.count(cut).await;
    }
    shop.drains().await;

    // Whoever was told to try again does, with the same button.
    join_all(buyers.iter().zip(&questions).map(insist)).await;
    shop.settles().await;
    for buyer in &buyers {
        assert_eq!(facts.delivered(buyer.id).await, 1, "{:?}", buyer.id);
        assert_eq!(facts.balance(buyer.id).await, 10_000, "{:?}", buyer.id);
    }
    let mut shown: Vec<String> = buyers.iter().flat_map(Buyer::all_goods).collect();
    shown.sort();
    shown.dedup();
    assert_eq!(shown.len(), BUYERS);
    shop.close().await;
}

async fn insist((buyer, question): (&Buyer<'_>, &Message)) {
    for _ in 0..20 {
        if !buyer.all_goods().is_empty() {
            return;
        }
        buyer.presses_on(question, buyer.words.pay).await;
    }
    panic!("{:?} presses in vain", buyer.id);
}

#[tokio::test]
async fn a_top_up_that_crypto_pay_cannot_open_now_is_said_so_and_works_later() {
    let shop = Shop::open().await;
    let anna = shop.person(1, "Anna", "en");
    anna.starts().await;
    let every_call = emulators::cryptopay::CallScope::default();
    shop.cryptopay.break_calls(every_call, CallFault::internal_error(), None);
    anna.goes(anna.words.top_up, anna.words.how_much).await;
    anna.tells("500", anna.words.methods).await;
    anna.presses(anna.words.crypto).await;
    assert_eq!(anna.count(anna.words.open_invoice), 0);
    shop.cryptopay.mend_all();
    // The way that failed does not stand in the way of the other.
    anna.tops_up_by_stars(100).await;
    shop.close().await;
}
