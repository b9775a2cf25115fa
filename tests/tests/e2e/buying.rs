//! Buying: from /start to the receipt, and every way in which it does not come to that.

use journeys::buyer::goods;
use journeys::shop::Shop;
use journeys::words::roubles;

use crate::values;

#[tokio::test]
async fn shop_09_shop_13_a_person_buys_a_key_in_english_and_finds_it_again() {
    let shop = Shop::open().await;
    let ware = shop.sells("Licence", 100, &values("KEY", 2)).await;
    let anna = shop.person(1, "Anna", "en");
    anna.starts().await;
    anna.tops_up_by_stars(500).await;

    let receipt = anna.buys(&ware).await;
    assert_eq!(goods(&receipt), ["KEY-0001"], "the oldest is sold first");
    for line in ["Licence", "Total: 100\u{a0}₽", "Order: ", "Buyer: @person_1"] {
        assert!(receipt.words().contains(line), "{line:?} is not in {:?}", receipt.words());
    }

    anna.starts().await;
    let list = anna.goes(anna.words.purchases, "1 purchase").await;
    assert!(list.button("Licence").is_some());
    let again = anna.goes("Licence", anna.words.again).await;
    assert_eq!(goods(&again), ["KEY-0001"]);

    let profile = anna.profile().await;
    for line in ["Balance: 400", "Topped up in all: 500", "Spent in all: 100", "Purchases: 1"] {
        assert!(profile.words().contains(line), "{line:?} is not in {:?}", profile.words());
    }
    let history = anna.goes(anna.words.history, "purchase").await;
    let (bought, topped_up) = (format!("−{}", roubles(100)), format!("+{}", roubles(500)));
    let at = |words: &str| history.words().find(words);
    assert!(at(&bought) < at(&topped_up) && at(&bought).is_some(), "{}", history.words());

    anna.opens_until(&ware, "1 piece left").await;
    shop.close().await;
}

#[tokio::test]
async fn a_person_buys_a_key_in_russian() {
    let shop = Shop::open().await;
    let ware = shop.sells("Лицензия", 250, &values("КЛЮЧ", 3)).await;
    let boris = shop.person(2, "Борис", "ru");
    boris.starts().await;
    boris.tops_up_by_crypto(&shop.cryptopay, 500).await;

    let receipt = boris.buys(&ware).await;
    assert_eq!(goods(&receipt), ["КЛЮЧ-0001"]);
    assert!(receipt.words().contains("Итого: 250\u{a0}₽"), "{}", receipt.words());

    boris.goes(boris.words.view_again, boris.words.again).await;
    boris.starts().await;
    boris.goes(boris.words.purchases, "1 покупка").await;
    let profile = boris.profile().await;
    for line in ["Баланс: 250", "Всего пополнено: 500", "Всего потрачено: 250", "Покупок: 1"]
    {
        assert!(profile.words().contains(line), "{line:?} is not in {:?}", profile.words());
    }
    boris.goes(boris.words.history, "покупка").await;
    shop.close().await;
}

#[tokio::test]
async fn what_is_sold_out_is_refused_and_costs_nothing() {
    let shop = Shop::open().await;
    let ware = shop.sells("Last one", 100, &values("KEY", 1)).await;
    let people = shop.people_with(2, 100).await;
    let (anna, boris) = (people[0], people[1]);

    let question = boris.is_about_to_buy(&ware).await;
    anna.buys(&ware).await;
    boris.presses_on(&question, boris.words.pay).await;
    boris.sees(boris.words.sold_out).await;
    assert_eq!(shop.facts().await.balance(boris.id).await, 10_000);
    shop.close().await;
}

#[tokio::test]
async fn an_item_without_stock_has_no_button_that_buys() {
    let shop = Shop::open().await;
    let ware = shop.sells("Only one", 100, &values("KEY", 1)).await;
    let people = shop.people_with(2, 100).await;
    people[0].buys(&ware).await;

    let late = people[1];
    let card = late.opens_until(&ware, "Sold out for now").await;
    assert!(card.callback(late.words.buy).is_none());
    shop.close().await;
}

#[tokio::test]
async fn peer_17_who_has_too_little_tops_up_and_the_purchase_goes_on_by_itself() {
    let shop = Shop::open().await;
    let ware = shop.sells("Licence", 300, &values("KEY", 1)).await;
    let anna = shop.person_with(100).await;

    anna.opens(&ware).await;
    let refusal = anna.goes(anna.words.buy, anna.words.no_money).await;
    assert!(refusal.words().contains("Missing: 200\u{a0}₽"), "{}", refusal.words());
    let methods = anna.goes("💳 Top up 200", anna.words.methods).await;
    anna.presses_on(&methods, anna.words.stars).await;
    anna.pays_stars().await;
    anna.sees_credit(methods.message_id, 200).await;

    let receipt = anna.sees_after(methods.message_id, "KEY-0001").await;
    assert_eq!(goods(&receipt), ["KEY-0001"]);
    assert_eq!(shop.facts().await.balance(anna.id).await, 0);
    shop.close().await;
}

#[tokio::test]
async fn money_spent_between_the_question_and_the_answer_is_missed_and_nothing_is_charged() {
    let shop = Shop::open().await;
    let ware = shop.sells("Licence", 100, &values("KEY", 2)).await;
    let anna = shop.person_with(150).await;

    let first = anna.is_about_to_buy(&ware).await;
    let second = anna.is_about_to_buy(&ware).await;
    anna.confirms(&first).await;
    anna.presses_on(&second, anna.words.pay).await;
    anna.sees(anna.words.no_money).await;
    assert_eq!(shop.facts().await.balance(anna.id).await, 5_000);
    assert_eq!(anna.all_goods(), ["KEY-0001"]);
    shop.close().await;
}

#[tokio::test]
async fn bug_18_ps21_a_price_that_changed_is_asked_about_and_not_charged() {
    let shop = Shop::open().await;
    let mut ware = shop.sells("Licence", 100, &values("KEY", 2)).await;
    let anna = shop.person_with(500).await;

    let question = anna.is_about_to_buy(&ware).await;
    shop.owner().sets_price(&mut ware, 150).await;
    anna.presses_on(&question, anna.words.pay).await;
    let again = anna.sees_after(question.message_id - 1, anna.words.price_changed).await;
    for price in ["100\u{a0}₽", "150\u{a0}₽"] {
        assert!(again.words().contains(price), "{}", again.words());
    }
    let mut facts = shop.facts().await;
    assert_eq!(facts.balance(anna.id).await, 50_000);
    assert_eq!(facts.count("select count(*) from inventory.orders").await, 0);

    // A cheaper price is asked about as well: only what was seen is charged.
    shop.owner().sets_price(&mut ware, 50).await;
    anna.presses_on(&again, anna.words.pay).await;
    let cheaper =
        anna.awaits("the lower price", |message| message.button("✅ Yes, pay 50").is_some()).await;
    assert_eq!(goods(&anna.confirms(&cheaper).await), ["KEY-0001"]);
    assert_eq!(facts.balance(anna.id).await, 45_000);
    shop.close().await;
}

#[tokio::test]
async fn bug_62_a_purchase_by_a_stale_button_is_the_purchase_that_was_made() {
    let shop = Shop::open().await;
    let ware = shop.sells("Licence", 100, &values("KEY", 2)).await;
    let anna = shop.person_with(500).await;

    let question = anna.is_about_to_buy(&ware).await;
    anna.confirms(&question).await;
    // The button is gone from the screen, but its data can be sent for ever.
    anna.presses_on(&question, anna.words.pay).await;
    anna.presses_on(&question, anna.words.pay).await;
    assert_eq!(shop.facts().await.balance(anna.id).await, 40_000);
    assert_eq!(anna.all_goods(), ["KEY-0001"]);
    shop.close().await;
}
