//! Staff at work in the chat, and people who would like to be staff.

use journeys::buyer::{Sale, Ware, goods};
use journeys::shop::{OWNER, Shop};

use crate::values;

#[tokio::test]
async fn stock_comes_from_messages_and_files_duplicates_are_counted_and_messages_taken_away() {
    let shop = Shop::open().await;
    let owner = shop.owner();
    let ware = Ware::new("Licence", 100);
    owner.adds_category("Keys").await;
    owner.adds_item(&ware, Sale::PieceByPiece).await;

    let list = ["A-1", "A-2", "", "A-1", "  A-3  "].map(str::to_owned);
    let told = owner.sends_stock(&list).await;
    for line in ["Added: 3", "Known already: 0", "Repeated in the list: 1"] {
        assert!(told.words().contains(line), "{line:?} is not in {:?}", told.words());
    }
    let file = "\u{feff}A-3\r\nB-1\r\n\r\nB-2\r\n";
    let told = owner.sends_file("keys.txt", file.as_bytes(), "Added: 2").await;
    assert!(told.words().contains("Known already: 1"), "{}", told.words());

    let gone = |messages: &[emulators::telegram::Message]| {
        messages
            .iter()
            .all(|message| message.document.is_none() && !message.words().contains("A-1"))
    };
    shop.telegram.wait_for(OWNER.0, journeys::PATIENCE, gone).await.expect("they are taken away");
    let card = owner.goes("✅ Done", "📦 Stock:").await;
    assert!(card.words().contains("5 pcs"), "{}", card.words());
    shop.close().await;
}

#[tokio::test]
async fn ps31_a_long_list_comes_as_a_file_and_every_line_can_be_sold() {
    let shop = Shop::open().await;
    let owner = shop.owner();
    let ware = Ware::new("Licence", 1);
    owner.adds_category("Keys").await;
    owner.adds_item(&ware, Sale::PieceByPiece).await;
    let list = values("LONG", 5_000).join("\n");
    owner.sends_file("keys.txt", list.as_bytes(), "Added: 5,000").await;
    let mut facts = shop.facts().await;
    let free = "select count(*) from inventory.units where state = 'free'";
    assert_eq!(facts.count(free).await, 5_000);

    // What comes twice, by a redelivery or by mistake, is there once.
    let told = owner.sends_file("keys.txt", list.as_bytes(), "Known already: 5,000").await;
    assert!(told.words().contains("Added: 0"), "{}", told.words());
    let anna = shop.person_with(1).await;
    assert_eq!(goods(&anna.buys(&ware).await), ["LONG-0001"]);
    shop.close().await;
}

#[tokio::test]
async fn bug_53_a_value_that_was_sold_cannot_be_listed_again() {
    let shop = Shop::open().await;
    let ware = shop.sells("Licence", 10, &["ONLY".to_owned()]).await;
    let anna = shop.person_with(10).await;
    anna.buys(&ware).await;
    shop.owner().opens_as_staff(&ware).await;
    shop.owner().goes("➕ Add stock", "Send the values").await;
    let told = shop.owner().sends_stock(&["ONLY".to_owned()]).await;
    for line in ["Added: 0", "Known already: 1"] {
        assert!(told.words().contains(line), "{line:?} is not in {:?}", told.words());
    }
    shop.close().await;
}

#[tokio::test]
async fn ad02_who_forges_the_buttons_of_staff_changes_nothing() {
    let shop = Shop::open().await;
    let owner = shop.owner();
    let ware = shop.sells("Licence", 100, &values("KEY", 1)).await;
    let mut buttons: Vec<String> = Vec::new();
    let mut copy = |message: &emulators::telegram::Message| {
        buttons.extend(message.buttons().filter_map(|button| button.callback_data.clone()));
    };
    copy(&owner.starts().await);
    copy(&owner.goes_to_the_desk().await);
    copy(&owner.opens_as_staff(&ware).await);
    copy(&owner.goes("🏷 Price", "Send the new price").await);
    owner.goes_to_the_desk().await;
    owner.goes("➕ Item", "1 of 5").await;
    owner.tells("Half made", "2 of 5").await;
    owner.tells("About it", "3 of 5").await;
    let categories = owner.tells("5", "4 of 5").await;
    copy(&categories);
    copy(&owner.goes("Keys", "5 of 5").await);
    let of_staff: Vec<&String> = buttons
        .iter()
        .filter(|data| data.starts_with(|letter: char| letter.is_ascii_uppercase()))
        .collect();
    assert!(of_staff.len() >= 10, "{buttons:?}");

    let eve = shop.person(66, "Eve", "en");
    for data in of_staff {
        let menu = eve.starts().await;
        assert!(menu.button("For staff").is_none());
        eve.forges(&menu, data).await;
        // An answer to a question that was never asked.
        eve.says("1");
        shop.drains().await;
        assert_eq!(eve.count("Send the"), 0, "{data:?}");
    }
    let mut facts = shop.facts().await;
    let state = "select (select count(*) from inventory.categories) * 100 \
        + (select count(*) from inventory.items where price_minor = 10000) * 10 \
        + (select count(*) from inventory.units)";
    assert_eq!(facts.count(state).await, 111);
    assert_eq!(facts.count("select count(*) from inventory.items").await, 1);
    shop.close().await;
}

#[tokio::test]
async fn what_staff_mistype_is_asked_again() {
    let shop = Shop::open().await;
    let owner = shop.owner();
    owner.adds_category("Keys").await;
    owner.goes_to_the_desk().await;
    owner.goes("➕ Category", "Send the name of the new category").await;
    owner.tells("keys", "This name is taken").await;
    owner.tells(&"x".repeat(101), "A name has 1 to 100 characters").await;
    owner.tells("Guides", "is there.").await;

    owner.goes_to_the_desk().await;
    owner.goes("➕ Item", "1 of 5").await;
    owner.tells("two\nlines", "A name has 1 to 100 characters").await;
    owner.tells("Licence", "2 of 5").await;
    owner.tells(&"x".repeat(2_001), "A description has 1 to 2,000 characters").await;
    owner.tells("All about it", "3 of 5").await;
    owner.tells("much", "That is not a price").await;
    let categories = owner.tells("99.50", "4 of 5").await;
    owner.presses_on(&categories, "Guides").await;
    owner.goes("🔢 Piece by piece", "is in the shop").await;
    owner.tells("K-1\nK-2", "Added: 2").await;
    let price = "select price_minor from inventory.items where name = 'Licence'";
    assert_eq!(shop.facts().await.count(price).await, 9_950);
    shop.close().await;
}
