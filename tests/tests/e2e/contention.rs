//! Many who want the same at the same moment.

use std::time::Instant;

use emulators::faults::DeliveryFault;
use emulators::telegram::{
    Deadlines, Delivery, DeliveryScope, FloodLimits, Message, Options, Press, UpdateKind,
};
use futures_util::future::join_all;
use journeys::PATIENCE;
use journeys::buyer::Buyer;
use journeys::shop::Shop;

use crate::values;

const BUYERS: usize = 200;
const UNITS: usize = 50;

#[tokio::test]
async fn ps14_ps15_two_hundred_buyers_of_fifty_units_make_exactly_fifty_orders() {
    // On a machine that is busy with something else, too, somebody comes last.
    let deadlines = Deadlines { callback: PATIENCE, ..Deadlines::default() };
    let shop = Shop::closed_at(Options { deadlines, ..Options::default() }, &[]).await;
    shop.start(&[]).await;
    let ware = shop.sells("Licence", 100, &values("KEY", UNITS)).await;
    let buyers = shop.people_with(BUYERS, 100).await;
    let questions = join_all(buyers.iter().map(|buyer| buyer.is_about_to_buy(&ware))).await;

    let start = Instant::now();
    let ends = join_all(buyers.iter().zip(&questions).map(press_and_read)).await;
    println!("{BUYERS} buyers, {UNITS} units: {:?}", start.elapsed());

    let happy = ends.iter().filter(|end| **end == End::Bought).count();
    assert_eq!((happy, ends.len() - happy), (UNITS, BUYERS - UNITS));
    let mut sold: Vec<String> = buyers.iter().flat_map(Buyer::all_goods).collect();
    sold.sort();
    assert_eq!(sold, values("KEY", UNITS), "every unit to one buyer");

    let mut facts = shop.facts().await;
    let orders = "select count(*) from inventory.orders where state = 'delivered'";
    assert_eq!(facts.count(orders).await, 50);
    let debits = "select count(*) from payments.transfers where kind = 'purchase'";
    assert_eq!(facts.count(debits).await, 50);
    let left = "select sum(balance_minor)::bigint from payments.wallets";
    assert_eq!(facts.count(left).await, 150 * 10_000);
    shop.close().await;
}

#[derive(Debug, PartialEq, Eq)]
enum End {
    Bought,
    SoldOut,
}

async fn press_and_read((buyer, question): (&Buyer<'_>, &Message)) -> End {
    let words = buyer.words;
    buyer.insists_on(question, words.pay).await;
    let end = buyer
        .awaits("the end of a purchase", |message| {
            [words.thanks, words.sold_out].iter().any(|end| message.words().contains(end))
        })
        .await;
    if end.words().contains(words.thanks) { End::Bought } else { End::SoldOut }
}

#[tokio::test]
async fn ps17_twenty_presses_on_one_button_at_once_are_one_order() {
    let shop = Shop::open().await;
    let ware = shop.sells("Licence", 100, &values("KEY", 30)).await;
    let anna = shop.person_with(1_000).await;
    let question = anna.is_about_to_buy(&ware).await;

    let presses: Vec<Press> = (0..5).map(|_| anna.touches(&question, anna.words.pay)).collect();
    let copies = presses.iter().map(|press| shop.telegram.redeliver(press.update_id, 4));
    let deliveries = join_all(copies).await.concat();
    assert_eq!(deliveries.len(), 20);
    anna.sees(anna.words.thanks).await;
    shop.drains().await;

    let mut facts = shop.facts().await;
    assert_eq!(facts.delivered(anna.id).await, 1);
    assert_eq!(facts.count("select count(*) from inventory.orders").await, 1);
    assert_eq!(facts.balance(anna.id).await, 90_000);
    assert_eq!(anna.all_goods().len(), 1);
    shop.close().await;
}

#[tokio::test]
async fn ps16_a_wallet_with_money_for_three_of_ten_pays_for_three() {
    let shop = Shop::open().await;
    let ware = shop.sells("Licence", 100, &values("KEY", 10)).await;
    let anna = shop.person_with(350).await;
    let mut questions = Vec::new();
    for _ in 0..10 {
        questions.push(anna.is_about_to_buy(&ware).await);
    }

    // Telegram would deliver one person's presses one by one; a race needs them all at once.
    let scope = DeliveryScope { kind: Some(UpdateKind::CallbackQuery), chat: Some(anna.id.0) };
    shop.telegram.break_deliveries(scope, DeliveryFault::Lose, Some(10));
    let presses: Vec<Press> =
        questions.iter().map(|question| anna.touches(question, anna.words.pay)).collect();
    shop.drains().await;
    let copies = presses.iter().map(|press| shop.telegram.redeliver(press.update_id, 1));
    assert!(join_all(copies).await.concat().iter().all(Delivery::is_accepted));
    for press in presses {
        assert!(press.answer(PATIENCE).await.is_some());
    }

    shop.settles().await;
    assert_eq!(anna.count(anna.words.thanks), 3);
    assert_eq!(anna.count(anna.words.no_money), 7);
    let mut facts = shop.facts().await;
    assert_eq!(facts.delivered(anna.id).await, 3);
    assert_eq!(facts.balance(anna.id).await, 5_000);
    let free = "select count(*) from inventory.units where state = 'free'";
    assert_eq!(facts.count(free).await, 7);
    shop.close().await;
}

#[tokio::test]
async fn ps18_top_ups_and_purchases_at_once_lose_no_rouble() {
    let shop = Shop::open().await;
    let ware = shop.sells("Licence", 100, &values("KEY", 40)).await;
    let buyers = shop.people_with(20, 100).await;
    let rounds = buyers.iter().map(|buyer| async {
        let invoice = buyer.opens_stars_invoice(100).await;
        let question = buyer.is_about_to_buy(&ware).await;
        let paying = shop.telegram.pay(buyer.id, invoice.message_id);
        let (paid, _) = tokio::join!(paying, buyer.confirms(&question));
        paid.expect("it can be paid");
        buyer.sees_credit(0, 100).await;
        buyer.buys(&ware).await;
    });
    join_all(rounds).await;
    let mut facts = shop.facts().await;
    let left = "select sum(balance_minor)::bigint from payments.wallets";
    assert_eq!(facts.count(left).await, 0);
    let sold = "select count(*) from inventory.units where state = 'sold'";
    assert_eq!(facts.count(sold).await, 40);
    shop.close().await;
}

#[tokio::test]
async fn sixty_people_at_once_are_all_served_within_what_telegram_lets_a_bot_send() {
    let quick_chats =
        FloodLimits { per_chat_per_second: 100.0, per_chat_burst: 100.0, ..FloodLimits::default() };
    let options = Options { flood: Some(quick_chats), ..Options::default() };
    let shop = Shop::closed_at(options, &[("BODEGA__BOT__SENDING__PER_SECOND", "28")]).await;
    shop.start(&[]).await;
    let people = shop.people(60);
    join_all(people.iter().map(Buyer::starts)).await;
    let refused = shop.telegram.calls(None).iter().filter(|call| call.status == 429).count();
    assert_eq!(refused, 0, "the bot keeps the pace by itself");
    shop.close().await;
}
