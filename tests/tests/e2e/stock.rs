//! Stock and what people hear of it: lists in files, files as goods, limits, what runs low, who waits, the news channel.

use emulators::telegram::{Channel, Message, Options};
use journeys::PATIENCE;
use journeys::buyer::{Sale, Ware, goods};
use journeys::shop::Shop;

use crate::values;

const NEWS: i64 = -1_001_234;
const BACK: &str = "is back in stock!";

#[tokio::test]
async fn peer_18_shop_15_lists_in_every_form_are_sold_and_what_is_unsold_comes_back_as_a_file() {
    let shop = Shop::open().await;
    let owner = shop.owner();
    let ware = Ware::new("Licence", 100);
    owner.adds_category("Keys").await;
    owner.adds_item(&ware, Sale::PieceByPiece).await;
    for (name, list, words) in [
        ("keys.txt", "T-1\r\n\r\nT-2\r\n", "Added: 2"),
        ("keys.csv", "login;value\nx;\"C;1\"\ny;T-2\n", "Known already: 1"),
        ("keys.json", r#"["J-1", {"value": "C;1"}]"#, "Known already: 1"),
    ] {
        owner.sends_file(name, list.as_bytes(), words).await;
    }
    owner.sends_file("keys.csv", b"login,password\na,b", "Nothing was added").await;
    let anna = shop.person_with(100).await;
    assert_eq!(goods(&anna.buys(&ware).await), ["T-1"]);

    owner.opens_as_staff(&ware).await;
    owner.goes("📦 Units", "units for sale").await;
    owner.goes("📤 Export", "Why do you need them?").await;
    let exported = owner.tells("moving to another shop", "Unsold values: 3").await;
    assert_eq!(owner.file(&exported), "T-2\nC;1\nJ-1");
    let kept = "select count(*) from admin.audit_entries \
        where action = 'inventory.stock.export' and reason = 'moving to another shop'";
    shop.facts().await.until(kept, |count| count == 1).await;
    shop.close().await;
}

#[tokio::test]
async fn peer_05_a_file_is_sold_as_it_was_sent_and_looked_up_again() {
    let shop = Shop::open().await;
    let owner = shop.owner();
    let ware = Ware::new("Config", 100);
    owner.adds_category("Keys").await;
    owner.adds_item(&ware, Sale::PieceByPiece).await;
    owner.opens_rules(&ware).await;
    owner.goes("📎 Sell files", "Sells files").await;
    owner.is_asked_for_stock(&ware, "Send a document").await;
    owner.sends_file("one.ovpn", b"<remote> & one", "Added: 1").await;
    owner.sends_file("two.ovpn", b"remote two", "Added: 1").await;

    let anna = shop.person_with(100).await;
    let receipt = anna.buys(&ware).await;
    assert!(receipt.words().contains("Your file is in this chat"), "{}", receipt.words());
    let carries = |message: &Message| {
        message.document.as_ref().is_some_and(|file| file.file_name == "one.ovpn")
    };
    let file = anna.awaits("the file", carries).await;
    assert_eq!(anna.file(&file), "<remote> & one");
    anna.starts().await;
    anna.goes(anna.words.purchases, "1 purchase").await;
    anna.goes("Config", anna.words.again).await;
    let is_again = |message: &Message| carries(message) && message.message_id > file.message_id;
    let again = anna.awaits("the file again", is_again).await;
    assert_eq!(anna.file(&again), "<remote> & one");
    shop.close().await;
}

#[tokio::test]
async fn peer_06_one_person_never_has_more_than_allowed_by_orders_and_carts_together() {
    let shop = Shop::open().await;
    let ware = shop.sells("Licence", 100, &values("KEY", 9)).await;
    shop.owner().sets_rule(&ware, "Most per person", 3).await;
    let anna = shop.person_with(1_000).await;
    anna.is_about_to_buy(&ware).await;
    let two = anna.goes("2", "× 2").await;
    assert_eq!(goods(&anna.confirms(&two).await), ["KEY-0001", "KEY-0002"]);

    anna.opens(&ware).await;
    anna.presses("➕ Add to cart").await;
    anna.goes("🛒 Cart", "100\u{a0}₽ × 1").await;
    anna.goes("➕", "100\u{a0}₽ × 2").await;
    anna.goes("✅ Check out", "Shall we buy it all?").await;
    anna.goes(anna.words.pay, "you can buy 1 more").await;
    assert_eq!(shop.facts().await.balance(anna.id).await, 80_000, "nothing was charged");
    anna.goes("➖", "100\u{a0}₽ × 1").await;
    anna.goes("✅ Check out", "Shall we buy it all?").await;
    let receipt = anna.goes(anna.words.pay, anna.words.thanks).await;
    assert_eq!(goods(&receipt), ["KEY-0003"]);

    let question = anna.is_about_to_buy(&ware).await;
    let answer = anna.presses_on(&question, anna.words.pay).await;
    assert!(answer.text.is_some_and(|text| text.contains("You already have 3")));
    assert_eq!(shop.facts().await.balance(anna.id).await, 70_000);
    shop.close().await;
}

#[tokio::test]
async fn peer_09_peer_16_the_owner_hears_once_of_each_fall_to_the_threshold() {
    let shop = Shop::open().await;
    let ware = shop.sells("Licence", 100, &values("KEY", 4)).await;
    let owner = shop.owner();
    owner.sets_rule(&ware, "Low stock", 2).await;
    let anna = shop.person_with(1_000).await;
    for _ in 0..2 {
        anna.buys(&ware).await;
    }
    let told = owner.sees("runs low").await;
    assert!(told.words().contains("Left: 2"), "{}", told.words());
    anna.buys(&ware).await;
    owner.is_asked_for_stock(&ware, "Send the values").await;
    owner.sends_stock(&values("MORE", 2)).await;
    let mut facts = shop.facts().await;
    let known = "select count(*) from inventory.items where told_low_at is not null";
    facts.until(known, |items| items == 0).await;
    assert_eq!(owner.count("runs low"), 1, "once, not with every sale");
    anna.buys(&ware).await;
    facts.until(known, |items| items == 1).await;
    shop.settles().await;
    assert_eq!(owner.count("runs low"), 2);
    shop.close().await;
}

#[tokio::test]
async fn peer_09_who_pressed_the_bell_hears_once_that_the_item_is_back() {
    let shop = Shop::open().await;
    let ware = shop.sells("Licence", 100, &values("KEY", 1)).await;
    let people = shop.people_with(2, 1_000).await;
    let (anna, boris) = (people[0], people[1]);
    anna.buys(&ware).await;
    for person in &people {
        person.opens_until(&ware, "Sold out for now").await;
        let pressed = person.presses("🔔 Tell me when it is in stock").await;
        assert!(pressed.text.is_some_and(|text| text.contains("I will write to you")));
    }
    // One of them thinks better of it.
    anna.presses("🔕 Do not tell me").await;
    let owner = shop.owner();
    owner.is_asked_for_stock(&ware, "Send the values").await;
    owner.sends_stock(&values("MORE", 2)).await;
    boris.sees(BACK).await;
    owner.sends_stock(&values("EVEN-MORE", 2)).await;
    shop.settles().await;
    let mut facts = shop.facts().await;
    let untold = "select count(*) from bot.restocks where waiters_due_at is not null";
    facts.until(untold, |bundles| bundles == 0).await;
    shop.settles().await;
    assert_eq!((anna.count(BACK), boris.count(BACK)), (0, 1));
    boris.goes("🛍 Open", "4 pieces left").await;
    boris.goes(boris.words.buy, "Shall we buy it?").await;
    let receipt = boris.goes(boris.words.pay, boris.words.thanks).await;
    assert_eq!(goods(&receipt), ["MORE-0001"]);
    shop.close().await;
}

#[tokio::test]
async fn shop_19_fresh_stock_is_one_post_in_the_channel_and_leads_to_the_item() {
    let news = Channel { id: NEWS, title: "News".into(), username: Some("example_news".into()) };
    let options = Options { channels: vec![news], ..Options::default() };
    // A public channel is known by its address.
    let shop = Shop::closed_at(options, &[("CHANNEL_URL", "https://t.me/example_news")]).await;
    shop.start(&[]).await;
    let ware = shop.sells("Licence", 100, &values("KEY", 2)).await;
    shop.owner().sends_stock(&values("MORE", 3)).await;
    let mut facts = shop.facts().await;
    let noted = "select coalesce(sum(units), 0)::bigint from bot.restocks";
    facts.until(noted, |units| units == 5).await;
    assert!(shop.telegram.messages(NEWS).is_empty(), "uploads of a minute are one post");
    facts.change("update bot.restocks set post_due_at = now()").await;
    let is_news = |message: &Message| message.words().contains("Licence");
    let post = shop.telegram.wait_for_message(NEWS, PATIENCE, is_news).await.expect("a post");
    assert!(post.words().contains("5 новых штук"), "{}", post.words());
    let link = post.buttons().find_map(|button| button.url.clone()).expect("a way to the shop");
    let payload = link.strip_prefix("https://t.me/bodega_bot?start=").expect("a link to the bot");

    let eve = shop.person(66, "Eve", "en");
    let card = eve.tells(&format!("/start {payload}"), &ware.price_words()).await;
    assert!(card.words().contains("5 pieces left"), "{}", card.words());
    shop.settles().await;
    assert_eq!(shop.telegram.messages(NEWS).len(), 1);
    shop.close().await;
}
