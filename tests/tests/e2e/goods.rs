//! Goods of all kinds: unlimited, long, many, and with characters that mean something elsewhere.

use journeys::buyer::{Sale, Ware, goods};
use journeys::shop::Shop;

use crate::values;

#[tokio::test]
async fn an_unlimited_item_gives_everybody_the_same_value_and_never_ends() {
    let shop = Shop::open().await;
    let guide = Ware::new("Guide", 50);
    let value = "https://guide.example/?a=1&b=2".to_owned();
    shop.owner().puts_up(&guide, Sale::Unlimited, std::slice::from_ref(&value)).await;
    let people = shop.people_with(3, 100).await;
    for person in &people {
        for _ in 0..2 {
            assert_eq!(goods(&person.buys(&guide).await), [value.as_str()]);
        }
    }
    let card = people[0].opens(&guide).await;
    assert!(card.words().contains("Always in stock"), "{}", card.words());
    shop.close().await;
}

#[tokio::test]
async fn the_value_of_an_unlimited_item_can_be_replaced_and_old_buyers_keep_theirs() {
    let shop = Shop::open().await;
    let owner = shop.owner();
    let guide = Ware::new("Guide", 50);
    owner.puts_up(&guide, Sale::Unlimited, &["edition one".to_owned()]).await;
    let anna = shop.person_with(100).await;
    anna.buys(&guide).await;

    owner.opens_as_staff(&guide).await;
    owner.goes("✏️ Set the value", "Send the one value").await;
    owner.sends_value("edition two", "The value was replaced").await;
    assert_eq!(goods(&anna.buys(&guide).await), ["edition two"]);
    owner.sends_value("edition two", "Nothing has changed").await;
    owner.sends_value("edition one", "The value was replaced").await;
    let boris = shop.person(1_002, "Boris", "en");
    boris.starts().await;
    shop.facts().await.give(&[boris.id], 50).await;
    assert_eq!(goods(&boris.buys(&guide).await), ["edition one"]);
    assert_eq!(anna.all_goods(), ["edition one", "edition two"]);
    shop.close().await;
}

#[tokio::test]
async fn bug_60_a_value_longer_than_a_message_comes_as_a_file() {
    let shop = Shop::open().await;
    let long = "konfig & <ключ> ".repeat(320).trim().to_owned();
    assert!(long.chars().count() > 5_000);
    let ware = shop.sells("Config", 100, std::slice::from_ref(&long)).await;
    let anna = shop.person_with(100).await;

    let receipt = anna.buys(&ware).await;
    assert_eq!(anna.file(&receipt), long);
    assert!(receipt.words().contains("Order: "), "{}", receipt.words());

    anna.starts().await;
    anna.goes(anna.words.purchases, "1 purchase").await;
    let again = anna.goes("Config", anna.words.again).await;
    assert_eq!(anna.file(&again), long);
    shop.close().await;
}

#[tokio::test]
async fn names_and_values_with_markup_are_shown_as_they_are() {
    let shop = Shop::open().await;
    let ware = Ware::new("<b>Bold</b> & \"co\" &amp; {name}", 10).listed_in("<i>Keys & co</i>");
    let value = "<a href='x'>&lt;key&gt;</a> & more".to_owned();
    shop.owner().puts_up(&ware, Sale::PieceByPiece, std::slice::from_ref(&value)).await;

    let eve = shop.person(5, "<b>Eve</b> & <script>", "en");
    let menu = eve.starts().await;
    assert!(menu.words().contains("<b>Eve</b> & <script>"), "{}", menu.words());
    shop.facts().await.give(&[eve.id], 10).await;
    let receipt = eve.buys(&ware).await;
    assert!(receipt.words().contains(&ware.name), "{}", receipt.words());
    assert_eq!(goods(&receipt), [value]);
    let profile = eve.profile().await;
    assert!(profile.words().contains("<b>Eve</b> & <script>"), "{}", profile.words());
    shop.close().await;
}

#[tokio::test]
async fn a_shelf_longer_than_a_screen_has_pages() {
    let shop = Shop::open().await;
    let owner = shop.owner();
    owner.adds_category("Keys").await;
    for number in 1..=12 {
        owner.adds_item(&Ware::new(&format!("Item {number:02}"), number), Sale::PieceByPiece).await;
    }
    let anna = shop.person(1, "Anna", "en");
    anna.starts().await;
    anna.goes(anna.words.shop, anna.words.categories).await;
    let first = anna.goes("Keys", "12 items").await;
    assert!(first.button("Item 10").is_some() && first.button("Item 11").is_none());
    let mark = anna.presses("1 / 2").await;
    assert_eq!(mark.text.as_deref(), Some("Page 1 of 2"));
    anna.presses("›").await;
    let second = anna.finds("Item 11").await;
    assert!(second.button("Item 12").is_some() && second.button("Item 10").is_none());
    assert_eq!(second.message_id, first.message_id, "the screen changes in place");
    shop.close().await;
}

#[tokio::test]
async fn sold_values_are_sealed_in_the_database() {
    let shop = Shop::open().await;
    let ware = shop.sells("Licence", 10, &values("CANARY", 2)).await;
    let anna = shop.person_with(10).await;
    anna.buys(&ware).await;
    shop.settles().await;
    let mut facts = shop.facts().await;
    let readable = "select (select count(*) from inventory.units \
            where position('CANARY'::bytea in sealed) > 0) \
        + (select count(*) from inventory.outbox where position('CANARY'::bytea in event) > 0) \
        + (select count(*) from inventory.order_lines l where l::text like '%CANARY%') \
        + (select count(*) from payments.transfers t where t::text like '%CANARY%') \
        + (select count(*) from bot.outbound o where o::text like '%CANARY%')";
    assert_eq!(facts.count(readable).await, 0);
    shop.close().await;
}
