//! Staff fill the shop from the chat; what is sold stays out of it.

use emulators::telegram::Attachment;

use super::shop::{OWNER, TestShop};

async fn with_an_item(shop: &TestShop, kind: &str) {
    shop.says(OWNER, "/admin");
    shop.presses(OWNER, "Category").await;
    shop.says(OWNER, "VPN keys");
    shop.sees(OWNER, &["Category VPN keys is there"]).await;
    shop.presses(OWNER, "Item").await;
    shop.says(OWNER, "One <month>");
    shop.sees(OWNER, &["2 of 5"]).await;
    shop.says(OWNER, "Thirty days & nights");
    shop.sees(OWNER, &["3 of 5"]).await;
    shop.says(OWNER, "199,50");
    shop.presses(OWNER, "VPN keys").await;
    shop.presses(OWNER, kind).await;
    shop.sees(OWNER, &["One <month> is in the shop"]).await;
}

#[tokio::test]
async fn shop_14_an_item_is_added_step_by_step() {
    let shop = TestShop::open().await;
    with_an_item(&shop, "Piece by piece").await;
    let item = shop.fakes.state().items[0].clone();
    assert_eq!((item.name.as_str(), item.unlimited), ("One <month>", false));
    assert_eq!(item.description, "Thirty days & nights");
    assert_eq!(item.price.unwrap().minor, 19_950);
    shop.close().await;
}

#[tokio::test]
async fn bug_74_stock_is_counted_never_echoed_and_its_message_is_taken_away() {
    let shop = TestShop::open().await;
    with_an_item(&shop, "Piece by piece").await;
    let before = shop.telegram.last_message(OWNER.0).unwrap().message_id;
    shop.says(OWNER, "canary-1\n canary-2 \n\ncanary-3");
    shop.sees(OWNER, &["Added: 3"]).await;
    let left = shop.telegram.messages(OWNER.0);
    assert!(left.iter().all(|message| !message.words().contains("canary")), "{left:?}");
    assert!(left.iter().any(|message| message.message_id > before));
    let lines: Vec<String> = (0..4_500).map(|number| format!("canary-{number:05}\r\n")).collect();
    let file = Attachment {
        name: "keys.txt".into(),
        mime: "text/plain".into(),
        bytes: lines.concat().into(),
        caption: None,
    };
    shop.telegram.send_document(OWNER, file).unwrap();
    shop.sees(OWNER, &["Added: 4,500"]).await;
    let batches: Vec<usize> = shop.fakes.state().batches.values().map(Vec::len).collect();
    assert_eq!(batches.iter().sum::<usize>(), 4_503);
    assert!(batches.iter().all(|batch| *batch <= 5_000));
    for call in shop.telegram.calls(None) {
        let said = serde_json::to_string(&call.parameters).unwrap();
        assert!(!said.contains("canary"), "{}", call.method);
    }
    shop.presses(OWNER, "Done").await;
    shop.sees(OWNER, &["Stock: 1,000+"]).await;
    shop.close().await;
}

#[tokio::test]
async fn an_unlimited_item_takes_the_whole_text_as_its_one_value() {
    let shop = TestShop::open().await;
    with_an_item(&shop, "Unlimited").await;
    shop.says(OWNER, "line one\nline two");
    shop.sees(OWNER, &["The value is set"]).await;
    let batches: Vec<_> = shop.fakes.state().batches.values().cloned().collect();
    assert_eq!(batches, [["line one\nline two"]]);
    shop.close().await;
}

#[tokio::test]
async fn a_file_that_is_no_text_adds_nothing_and_is_asked_for_again() {
    let shop = TestShop::open().await;
    with_an_item(&shop, "Piece by piece").await;
    let file = Attachment {
        name: "keys.zip".into(),
        mime: "application/zip".into(),
        bytes: vec![0xff, 0xfe, 0x00].into(),
        caption: None,
    };
    shop.telegram.send_document(OWNER, file).unwrap();
    shop.sees(OWNER, &["plain text file"]).await;
    assert!(shop.fakes.state().batches.is_empty());
    shop.says(OWNER, "canary-1");
    shop.sees(OWNER, &["Added: 1"]).await;
    shop.close().await;
}
