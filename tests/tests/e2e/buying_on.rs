//! Buying without enough money: the purchase finishes by itself when the money comes, whatever breaks in between.

use emulators::telegram::Message;
use futures_util::future::join_all;
use journeys::buyer::{Buyer, Ware, goods, invoice_id};
use journeys::shop::Shop;

use crate::values;

const OPEN: &str = "select count(*) from bot.intents where state in ('waiting', 'claimed')";
const BOUGHT: &str = "select count(*) from bot.intents where state = 'bought'";
const BUYERS: usize = 12;
const ROUNDS: usize = 3;

/// From the card to the ways to pay what is missing.
async fn agrees(person: &Buyer<'_>, ware: &Ware) -> Message {
    let card = person.opens(ware).await;
    person.insists_on(&card, person.words.buy).await;
    let offer = person.sees_after(card.message_id - 1, person.words.no_money).await;
    person.insists_on(&offer, "and buy").await;
    person.sees_after(offer.message_id - 1, "by itself, and arrives").await
}

#[tokio::test]
async fn peer_17_a_person_without_money_presses_buy_pays_what_is_missing_and_has_the_goods() {
    let shop = Shop::open().await;
    let ware = shop.sells("Licence", 100, &values("KEY", 2)).await;
    let anna = shop.person(1, "Anna", "en");
    anna.starts().await;
    anna.tops_up_by_stars(60).await;

    let methods = agrees(&anna, &ware).await;
    assert!(methods.words().contains("Top up 40"), "{}", methods.words());
    anna.insists_on(&methods, anna.words.stars).await;
    let newer =
        |message: &Message| message.message_id > methods.message_id && message.invoice.is_some();
    anna.awaits("an invoice in stars", newer).await;
    anna.pays_stars().await;
    let receipt = anna.sees_after(methods.message_id, anna.words.brought).await;
    assert_eq!(goods(&receipt), ["KEY-0001"]);

    shop.settles().await;
    let mut facts = shop.facts().await;
    assert_eq!((facts.delivered(anna.id).await, facts.balance(anna.id).await), (1, 0));
    shop.close().await;
}

#[tokio::test]
async fn peer_17_kills_while_money_comes_in_buy_for_each_person_once() {
    let quick_poll = ("BODEGA__PAYMENTS__CRYPTOPAY__POLL_SECONDS", "1");
    let quick_recovery = ("BODEGA__INVENTORY__RESERVE_SECONDS", "1");
    let shop = Shop::open_with(&[quick_poll, quick_recovery]).await;
    let ware = shop.sells("Licence", 100, &values("KEY", BUYERS * 2)).await;
    let people = shop.people(BUYERS);
    let open = people.iter().map(|person| {
        let ware = &ware;
        async move {
            person.starts().await;
            let methods = agrees(person, ware).await;
            person.insists_on(&methods, person.words.crypto).await;
            person.sees_after(methods.message_id - 1, person.words.open_invoice).await
        }
    });
    let invoices = join_all(open).await;
    let mut facts = shop.facts().await;
    let mut unpaid = invoices.iter();
    for round in 1..=ROUNDS {
        for invoice in unpaid.by_ref().take(BUYERS / ROUNDS) {
            let invoice = invoice_id(&shop.cryptopay, invoice);
            shop.cryptopay.pay(invoice, Some("USDT")).expect("it can be paid");
        }
        // Not all at the same place: some are bought, some claimed, some not heard of yet.
        let some = i64::try_from(round).unwrap();
        facts.until(BOUGHT, |bought| bought >= some).await;
        shop.kill().await;
        shop.start(&[]).await;
    }
    facts.until(OPEN, |open| open == 0).await;
    shop.settles().await;
    for person in &people {
        assert_eq!(facts.delivered(person.id).await, 1, "{:?}", person.id);
        assert_eq!(facts.balance(person.id).await, 0, "{:?}", person.id);
    }
    shop.close().await;
}
