//! SIGKILL of every process at a moment that nobody chose, and everything back: nothing lost, nothing twice.

use std::time::{Duration, Instant};

use emulators::faults::CallFault;
use emulators::telegram::CallScope;
use futures_util::future::join_all;
use journeys::buyer::{Buyer, invoice_id};
use journeys::shop::Shop;

use crate::values;

const BUYERS: usize = 40;
const ROUNDS: i64 = 3;

#[tokio::test]
async fn ps15_three_kills_in_the_middle_of_forty_purchases_each_lose_and_double_nothing() {
    let shop = Shop::open_with(&[("BODEGA__INVENTORY__RESERVE_SECONDS", "1")]).await;
    let units = values("KEY", BUYERS * 3);
    let ware = shop.sells("Licence", 100, &units).await;
    let buyers = shop.people_with(BUYERS, 300).await;
    let mut facts = shop.facts().await;
    for round in 1..=ROUNDS {
        let questions = join_all(buyers.iter().map(|buyer| buyer.is_about_to_buy(&ware))).await;
        let before = facts.count("select count(*) from inventory.orders").await;
        for (buyer, question) in buyers.iter().zip(&questions) {
            buyer.touches(question, buyer.words.pay);
        }
        // Not all at the same place: some have begun, some are done, some not here yet.
        let some = before + 5 * round;
        facts.until("select count(*) from inventory.orders", |orders| orders >= some).await;
        shop.kill().await;
        shop.start(&[]).await;
        shop.settles().await;
        for buyer in &buyers {
            assert_eq!(facts.delivered(buyer.id).await, round, "{:?}", buyer.id);
        }
    }
    let mut shown: Vec<String> = buyers.iter().flat_map(Buyer::all_goods).collect();
    shown.sort();
    shown.dedup();
    assert_eq!(shown, units, "every buyer has seen what they bought");
    let left = "select sum(balance_minor)::bigint from payments.wallets";
    assert_eq!(facts.count(left).await, 0);
    shop.close().await;
}

#[tokio::test]
async fn pc24_a_kill_in_the_middle_of_twenty_credits_loses_and_doubles_none() {
    let quick_poll = ("BODEGA__PAYMENTS__CRYPTOPAY__POLL_SECONDS", "1");
    let shop = Shop::open_with(&[quick_poll]).await;
    let people = shop.people(20);
    let open = people.iter().enumerate().map(|(at, person)| async move {
        person.starts().await;
        let by_stars = at % 2 == 0;
        let invoice = if by_stars {
            person.opens_stars_invoice(500).await
        } else {
            person.opens_crypto_invoice(500).await
        };
        (by_stars, *person, invoice)
    });
    let open = join_all(open).await;
    for (by_stars, person, invoice) in open {
        if by_stars {
            // Its outcome comes in the chat; the question before it may be lost in the kill.
            shop.telegram.settle(person.id, invoice.message_id).unwrap();
        } else {
            let invoice = invoice_id(&shop.cryptopay, &invoice);
            shop.cryptopay.pay(invoice, Some("USDT")).unwrap();
        }
    }
    let mut facts = shop.facts().await;
    let credits = "select count(*) from payments.transfers where kind = 'top_up'";
    facts.until(credits, |credits| credits > 0).await;
    shop.kill().await;
    shop.start(&[]).await;

    join_all(people.iter().map(|person| person.sees_credit(0, 500))).await;
    shop.settles().await;
    for person in &people {
        assert_eq!(facts.top_ups(person.id).await, 1, "{:?}", person.id);
        assert_eq!(facts.balance(person.id).await, 50_000, "{:?}", person.id);
    }
    shop.close().await;
}

#[tokio::test]
async fn tg06_a_message_under_way_at_a_kill_comes_within_seconds_of_the_restart() {
    let quick_poll = ("BODEGA__PAYMENTS__CRYPTOPAY__POLL_SECONDS", "1");
    let shop = Shop::open_with(&[quick_poll]).await;
    let anna = shop.person(1_001, "Anna", "en");
    anna.starts().await;
    let invoice = anna.opens_crypto_invoice(500).await;
    let before = anna.newest();
    let sending = CallScope { method: Some("sendMessage".to_owned()), chat: Some(anna.id.0) };
    let hang = CallFault::Delay { delay_ms: 120_000 };
    shop.telegram.break_calls(sending, hang, None);
    let invoice = invoice_id(&shop.cryptopay, &invoice);
    shop.cryptopay.pay(invoice, Some("USDT")).unwrap();
    let claimed = "select count(*) from bot.outbound where state = 'pending' and attempts > 0";
    shop.facts().await.until(claimed, |claimed| claimed == 1).await;
    shop.kill().await;
    shop.telegram.mend_all();
    let begun = Instant::now();
    shop.start(&[]).await;
    anna.sees_after(before, "Your balance").await;
    assert!(begun.elapsed() < Duration::from_secs(30), "{:?}", begun.elapsed());
    shop.close().await;
}
