//! What should never come, and comes.

use emulators::telegram::{Delivery, UpdateKind};
use journeys::door::SECRET_HEADER;
use journeys::shop::{SECRET, Shop};
use serde_json::json;

use crate::values;

/// Somebody unknown writes.
fn start_of(person: i64) -> String {
    json!({
        "update_id": 7,
        "message": {
            "message_id": 1, "date": 1_790_000_000, "text": "/start",
            "chat": { "id": person, "type": "private", "first_name": "Eve" },
            "from": { "id": person, "is_bot": false, "first_name": "Eve" },
        },
    })
    .to_string()
}

#[tokio::test]
async fn wh01_wh02_wh03_wh05_without_the_secret_nothing_is_processed() {
    let shop = Shop::open().await;
    shop.person(66, "Eve", "en");
    let mut forged = SECRET.to_owned();
    forged.replace_range(0..1, "X");
    let long = "A".repeat(4_096);
    let sent: [&[(&str, &str)]; 6] = [
        &[],
        &[(SECRET_HEADER, "")],
        &[(SECRET_HEADER, &forged)],
        &[(SECRET_HEADER, &SECRET[1..])],
        &[(SECRET_HEADER, &long)],
        &[(SECRET_HEADER, SECRET), (SECRET_HEADER, &forged)],
    ];
    for headers in sent {
        let answer = shop.posts("/webhook", headers, &start_of(66)).await;
        assert_eq!((answer.status, answer.body.as_str()), (401, ""), "{headers:?}");
    }
    let mut facts = shop.facts().await;
    let known =
        "select (select count(*) from bot.people) + (select count(*) from bot.parked_updates)";
    assert_eq!(facts.count(known).await, 0);
    assert!(shop.telegram.calls(Some(66)).is_empty());

    assert_eq!(shop.posts_update(&start_of(66)).await.status, 200);
    assert_eq!(facts.count(known).await, 1);
    shop.close().await;
}

#[tokio::test]
async fn wh07_a_body_beyond_the_limit_is_refused_before_it_is_read() {
    let shop = Shop::open().await;
    assert_eq!(shop.announces_update(5 << 20).await, 413);
    shop.close().await;
}

#[tokio::test]
async fn wh12_wh13_wh14_wh15_what_is_no_update_is_taken_off_telegrams_hands_and_parked() {
    let shop = Shop::open().await;
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    let malformed = [
        "{".to_owned(),
        "nonsense".to_owned(),
        "[]".to_owned(),
        "{\"message\":{}}".to_owned(),
        "{\"update_id\":\"7\",\"message\":{}}".to_owned(),
        "{\"update_id\":-1}".to_owned(),
        "{\"update_id\":1e999}".to_owned(),
        deep,
    ];
    for body in &malformed {
        let shown = &body[..body.len().min(40)];
        assert_eq!(shop.posts_update(body).await.status, 200, "{shown}");
    }
    let mut facts = shop.facts().await;
    let parked = "select count(*) from bot.parked_updates where reason = 'malformed'";
    assert_eq!(facts.count(parked).await, i64::try_from(malformed.len()).unwrap());
    // The same again is the same.
    assert_eq!(shop.posts_update(&malformed[0]).await.status, 200);
    assert_eq!(facts.count(parked).await, i64::try_from(malformed.len()).unwrap());
    let kept = "select count(*) from bot.parked_updates where size = 8 and sealed is not null";
    assert_eq!(facts.count(kept).await, 1);
    let readable =
        "select count(*) from bot.parked_updates where position('nonsense'::bytea in sealed) > 0";
    assert_eq!(facts.count(readable).await, 0, "it may hold goods that staff pasted");
    shop.close().await;
}

#[tokio::test]
async fn wh23_kinds_of_update_that_we_do_not_know_are_ignored() {
    let shop = Shop::open().await;
    for update in [
        json!({ "update_id": 1, "poll_answer": { "poll_id": "1" } }),
        json!({ "update_id": 2, "something_of_next_year": [1, 2, 3] }),
        json!({ "update_id": 3 }),
    ] {
        assert_eq!(shop.posts_update(&update.to_string()).await.status, 200, "{update}");
    }
    let mut facts = shop.facts().await;
    assert_eq!(facts.count("select count(*) from bot.parked_updates").await, 0);
    shop.close().await;
}

#[tokio::test]
async fn wh27_what_is_said_in_groups_and_by_nobody_is_ignored() {
    let shop = Shop::open().await;
    let group = json!({ "id": -100_123, "type": "supergroup", "title": "Friends" });
    let eve = json!({ "id": 66, "is_bot": false, "first_name": "Eve" });
    let message = |chat, from| {
        json!({ "update_id": 5, "message": {
            "message_id": 1, "date": 1_790_000_000, "text": "/start", "chat": chat, "from": from,
        } })
        .to_string()
    };
    assert_eq!(shop.posts_update(&message(&group, &eve)).await.status, 200);
    let channel = json!({ "update_id": 6, "channel_post": {
        "message_id": 1, "date": 1_790_000_000, "text": "/start",
        "chat": { "id": -100_124, "type": "channel", "title": "News" },
    } });
    assert_eq!(shop.posts_update(&channel.to_string()).await.status, 200);
    let mut anonymous: serde_json::Value = serde_json::from_str(&message(&group, &eve)).unwrap();
    anonymous["message"].as_object_mut().unwrap().remove("from");
    assert_eq!(shop.posts_update(&anonymous.to_string()).await.status, 200);

    let mut facts = shop.facts().await;
    let known =
        "select (select count(*) from bot.people) + (select count(*) from bot.parked_updates)";
    assert_eq!(facts.count(known).await, 0);
    assert!(shop.telegram.calls(Some(-100_123)).is_empty());
    shop.close().await;
}

#[tokio::test]
async fn wh24_callback_data_that_the_bot_never_made_shows_the_menu() {
    let shop = Shop::open().await;
    let eve = shop.person(66, "Eve", "en");
    let junk = "z".repeat(64);
    for data in ["", "h!", "b", "bAAAA", "r____", "Я", "../../etc/passwd", "' or 1=1 --", &junk] {
        let menu = eve.starts().await;
        let list = eve.goes(eve.words.shop, "shelves are empty").await;
        assert_eq!(list.message_id, menu.message_id);
        let answer = eve.forges(&list, data).await;
        assert!(answer.text.unwrap_or_default().contains(eve.words.old_button), "{data:?}");
        eve.sees_after(list.message_id - 1, eve.words.menu).await;
    }
    let mut facts = shop.facts().await;
    assert_eq!(facts.count("select count(*) from inventory.orders").await, 0);
    shop.close().await;
}

#[tokio::test]
async fn ps36_another_persons_order_is_not_found_and_tells_no_secret() {
    let shop = Shop::open().await;
    let ware = shop.sells("Licence", 100, &values("SECRET", 2)).await;
    let people = shop.people_with(2, 100).await;
    let (anna, eve) = (people[0], people[1]);
    let question = anna.is_about_to_buy(&ware).await;
    let pay = question.callback(anna.words.pay).unwrap().to_owned();
    let receipt = anna.confirms(&question).await;
    let view_again = receipt.callback(anna.words.view_again).unwrap();

    let menu = eve.starts().await;
    for data in [view_again, &pay] {
        let answer = eve.forges(&menu, data).await;
        assert!(answer.text.unwrap_or_default().contains(eve.words.no_such_order), "{data:?}");
    }
    shop.drains().await;
    assert_eq!(eve.count("SECRET"), 0);
    let mut facts = shop.facts().await;
    assert_eq!(facts.balance(eve.id).await, 10_000);
    assert_eq!(facts.count("select count(*) from inventory.orders").await, 1);
    shop.close().await;
}

#[tokio::test]
async fn another_persons_invoice_is_not_found() {
    let shop = Shop::open().await;
    let (anna, eve) = (shop.person(1, "Anna", "en"), shop.person(66, "Eve", "en"));
    anna.starts().await;
    let invoice = anna.opens_crypto_invoice(500).await;
    let check = invoice.callback(anna.words.check_payment).unwrap();
    let menu = eve.starts().await;
    let answer = eve.forges(&menu, check).await;
    assert_eq!(answer.text.as_deref(), Some("There is no such invoice of yours."));
    shop.close().await;
}

#[tokio::test]
async fn wh17_an_update_that_comes_fifty_times_has_one_effect() {
    let shop = Shop::open().await;
    let anna = shop.person(1, "Anna", "en");
    anna.starts().await;
    let update = anna.says("/start");
    shop.drains().await;
    let deliveries = shop.telegram.redeliver(update, 50).await;
    assert!(deliveries.iter().all(Delivery::is_accepted));
    let mut facts = shop.facts().await;
    assert_eq!(facts.count("select count(*) from bot.people").await, 1);
    assert_eq!(facts.count("select count(*) from payments.wallets").await, 1);
    shop.close().await;
}

#[tokio::test]
async fn pc38_a_payment_that_is_only_talked_about_is_none() {
    let shop = Shop::open().await;
    let eve = shop.person(66, "Eve", "en");
    eve.starts().await;
    eve.says("{\"successful_payment\":{\"currency\":\"XTR\",\"total_amount\":5000}}");
    shop.drains().await;
    assert_eq!(shop.facts().await.balance(eve.id).await, 0);
    assert_eq!(UpdateKind::SuccessfulPayment.field(), UpdateKind::Message.field());
    shop.close().await;
}
