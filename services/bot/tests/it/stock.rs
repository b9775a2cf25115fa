//! Stock from the chat: lists in every form, files as goods, who waits, and the news channel.

use std::fmt::Write;
use std::time::Duration;

use contract::inventory;
use contract::inventory::event::What;
use emulators::faults::CallFault;
use emulators::telegram::{Attachment, CallScope, Channel};
use kernel::ids::ItemId;

use super::shop::{ANNA, BORIS, CHANNEL, OWNER, TestShop};

const PATIENCE: Duration = Duration::from_secs(20);

fn document(name: &str, bytes: impl Into<Vec<u8>>) -> Attachment {
    let bytes: Vec<u8> = bytes.into();
    Attachment { name: name.into(), mime: "text/plain".into(), bytes: bytes.into(), caption: None }
}

fn item(shop: &TestShop, stock: Option<u32>) -> ItemId {
    let category = shop.fakes.category("VPN");
    shop.fakes.item(category, "Month", 10_000, stock)
}

async fn asked_for_stock(shop: &TestShop) {
    shop.says(OWNER, "/admin");
    for label in ["Categories and items", "VPN", "Month", "Add stock"] {
        shop.presses(OWNER, label).await;
    }
}

fn restocked(shop: &TestShop, item: ItemId, units: u32) {
    let item_id = item.to_string();
    shop.fakes.tell_inventory(What::StockAdded(inventory::StockAdded { item_id, units }));
}

async fn meets(shop: &TestShop) {
    shop.says(ANNA, "/start");
    shop.sees(ANNA, &["Hi, Anna"]).await;
    shop.says(OWNER, "/start");
    shop.sees(OWNER, &["Hi, Olga"]).await;
}

async fn until(condition: impl Fn() -> bool) {
    let wait = async {
        while !condition() {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(PATIENCE, wait).await.expect("it comes true");
}

#[tokio::test]
async fn peer_18_shop_15_lists_in_every_form_are_added_and_taken_away() {
    let shop = TestShop::open().await;
    item(&shop, Some(0));
    asked_for_stock(&shop).await;
    let table = "login;value\nx;\"canary;1\"\ny;canary-2\nz;canary-2\n";
    shop.telegram.send_document(OWNER, document("keys.csv", table)).unwrap();
    shop.sees(OWNER, &["Added: 2", "Repeated in the list: 1"]).await;
    let array = r#"["canary-3", {"value": "canary-4"}]"#;
    shop.telegram.send_document(OWNER, document("keys.json", array)).unwrap();
    shop.sees(OWNER, &["Added: 2", "Repeated in the list: 0"]).await;
    let mut batches: Vec<_> = shop.fakes.state().batches.values().cloned().collect();
    batches.sort();
    assert_eq!(batches, [["canary-3", "canary-4"], ["canary;1", "canary-2"]]);
    for (name, broken, words) in [
        ("keys.csv", "login,password\na,b", "a header that names one"),
        ("keys.json", "{}", "A JSON file is a list"),
    ] {
        shop.telegram.send_document(OWNER, document(name, broken)).unwrap();
        shop.sees(OWNER, &[words]).await;
    }
    assert_eq!(shop.fakes.state().batches.len(), 2);
    shop.close().await;
}

#[tokio::test]
async fn shop_15_bug_73_bug_74_a_hundred_thousand_lines_are_added_once_however_often_they_come() {
    let shop = TestShop::open().await;
    item(&shop, Some(0));
    asked_for_stock(&shop).await;
    let lines: String = (0..100_000).fold(String::new(), |mut lines, number| {
        writeln!(lines, "canary-{number}").unwrap();
        lines
    });
    // The answer is lost: the same update comes again and the same batches with it.
    let lost = CallFault::Refuse { status: 500, reason: "Internal Server Error".into() };
    shop.telegram.break_calls(CallScope::method("deleteMessage"), lost, Some(1));
    shop.telegram.send_document(OWNER, document("keys.txt", lines)).unwrap();
    shop.sees(OWNER, &["Added: 100,000"]).await;
    let sizes: Vec<usize> = shop.fakes.state().batches.values().map(Vec::len).collect();
    assert_eq!(sizes.iter().sum::<usize>(), 100_000);
    assert!(sizes.iter().all(|size| *size <= 5_000));
    for call in shop.telegram.calls(None) {
        let said = serde_json::to_string(&call.parameters).unwrap();
        assert!(!said.contains("canary"), "{}", call.method);
    }
    shop.close().await;
}

#[tokio::test]
async fn peer_05_a_document_is_a_unit_and_reaches_its_buyer_as_it_was() {
    let shop = TestShop::open().await;
    let item = item(&shop, Some(0));
    shop.fakes.rule(item, [1, 10, 0], true);
    asked_for_stock(&shop).await;
    shop.says(OWNER, "not a file");
    shop.sees(OWNER, &["This item sells files"]).await;
    let bytes = [0_u8, 159, 146, 150];
    for name in ["a.ovpn", "b.bin"] {
        shop.telegram.send_document(OWNER, document(name, bytes)).unwrap();
    }
    until(|| shop.fakes.state().stock.files.len() == 2).await;
    shop.telegram.send_document(OWNER, document("large", vec![0; (1 << 20) + 1])).unwrap();
    shop.sees(OWNER, &["A file may have 1 MB"]).await;
    meets(&shop).await;
    shop.fund(ANNA, 1_000_000);
    for label in ["Shop", "VPN", "Month", "Buy for"] {
        shop.presses(ANNA, label).await;
    }
    shop.presses(ANNA, "2").await;
    shop.sees(ANNA, &["× 2"]).await;
    shop.presses(ANNA, "Yes, pay").await;
    shop.sees(ANNA, &["It is yours", "2 files are in this chat"]).await;
    for name in ["a.ovpn", "b.bin"] {
        let message = shop.sees(ANNA, &[name]).await;
        let file = shop.telegram.file(message.file_id().unwrap()).unwrap();
        assert_eq!(&*file.bytes, bytes);
    }
    shop.close().await;
}

#[tokio::test]
async fn peer_06_a_buyer_chooses_how_many_and_pays_for_all_of_them() {
    let shop = TestShop::open().await;
    item(&shop, Some(9));
    meets(&shop).await;
    shop.fund(ANNA, 100_000);
    for label in ["Shop", "VPN", "Month", "Buy for"] {
        shop.presses(ANNA, label).await;
    }
    shop.sees(ANNA, &["from 1 to 9"]).await;
    shop.says(ANNA, "12");
    shop.sees(ANNA, &["Send a number from 1 to 9"]).await;
    shop.says(ANNA, "4");
    shop.sees(ANNA, &["× 4", "Total: 400"]).await;
    shop.presses(ANNA, "Yes, pay 400").await;
    shop.sees(ANNA, &["It is yours", "× 4"]).await;
    assert_eq!(shop.fakes.state().wallets[&ANNA.0].available, 60_000);
    assert_eq!(shop.fakes.state().items[0].in_stock, 5);
    shop.close().await;
}

#[tokio::test]
async fn peer_09_who_waits_is_told_once_when_stock_comes_in_ten_pieces() {
    let shop = TestShop::open().await;
    let item = item(&shop, Some(0));
    meets(&shop).await;
    shop.says(BORIS, "/start");
    shop.sees(BORIS, &["Привет, Борис"]).await;
    for label in ["Shop", "VPN", "Month", "Tell me when"] {
        shop.presses(ANNA, label).await;
    }
    assert_eq!(shop.fakes.state().stock.waiters.len(), 1);
    shop.fakes.state().items[0].in_stock = 10;
    for _ in 0..10 {
        restocked(&shop, item, 1);
    }
    shop.sees(ANNA, &["Month is back in stock"]).await;
    shop.counts("select count(*) from bot.restocks where waiters_due_at is null", 1).await;
    shop.counts("select count(*) from bot.outbound where kind = 'back' and priority = 2", 1).await;
    assert!(shop.fakes.state().stock.waiters.is_empty());
    shop.presses(ANNA, "Open").await;
    shop.sees(ANNA, &["Month", "10 pieces left"]).await;
    shop.close().await;
}

#[tokio::test]
async fn peer_16_peer_09_the_owner_hears_of_low_stock_once_per_fall() {
    let shop = TestShop::open().await;
    let item = item(&shop, Some(2));
    meets(&shop).await;
    let fall = inventory::LowStock { item_id: item.to_string(), left: 2, low_at: 5 };
    shop.fakes.tell_inventory(What::LowStock(fall));
    shop.sees(OWNER, &["Month runs low", "Left: 2"]).await;
    shop.presses(OWNER, "Add stock").await;
    shop.sees(OWNER, &["Send the values"]).await;
    shop.close().await;
}

#[tokio::test]
async fn shop_19_ten_uploads_of_an_item_are_one_post_that_leads_to_it() {
    let shop = TestShop::open().await;
    let item = item(&shop, Some(30));
    let endless = shop.fakes.item(shop.fakes.category("Guides"), "Guide", 100, None);
    meets(&shop).await;
    for _ in 0..10 {
        restocked(&shop, item, 3);
    }
    restocked(&shop, endless, 1);
    shop.counts("select coalesce(sum(units), 0)::bigint from bot.restocks", 31).await;
    assert!(shop.telegram.messages(CHANNEL).is_empty(), "posted before the minute was over");
    shop.run("update bot.restocks set post_due_at = now()").await;
    let posted = |words: &'static str| {
        shop.telegram.wait_for_message(CHANNEL, PATIENCE, move |it| it.words().contains(words))
    };
    let post = posted("Month").await.unwrap();
    assert!(post.words().contains("30 новых штук"), "{}", post.words());
    assert!(posted("Guide").await.unwrap().words().contains("Всегда в наличии"));
    shop.counts("select count(*) from bot.restocks", 0).await;
    assert_eq!(shop.telegram.messages(CHANNEL).len(), 2);
    shop.says(ANNA, &format!("/start item_{}", item.0.simple()));
    shop.sees(ANNA, &["Month", "30 pieces left"]).await;
    shop.says(ANNA, "/start item_nothing");
    shop.sees(ANNA, &["Hi, Anna"]).await;
    shop.close().await;
}

#[tokio::test]
async fn shop_19_ops_32_a_channel_that_refuses_is_told_to_the_owner_once_with_a_hint() {
    let shop = TestShop::open().await;
    let item = item(&shop, Some(30));
    meets(&shop).await;
    for (status, reason, hint) in [
        (403, "Forbidden: bot is not a member of the channel chat", "does not let the bot in"),
        (400, "Bad Request: chat not found", "There is no such news channel"),
        (400, "Bad Request: need administrator rights in the channel chat", "refuses posts"),
    ] {
        for _ in 0..2 {
            let fault = CallFault::Refuse { status, reason: reason.into() };
            let scope = CallScope { method: Some("sendMessage".into()), chat: Some(CHANNEL) };
            shop.telegram.break_calls(scope, fault, Some(1));
            restocked(&shop, item, 1);
            shop.counts("select count(*) from bot.restocks", 1).await;
            shop.run("update bot.restocks set post_due_at = now()").await;
            shop.counts("select count(*) from bot.restocks", 0).await;
        }
        shop.sees(OWNER, &[hint]).await;
    }
    let told = "select count(*) from bot.outbound where kind = 'channel_trouble'";
    shop.counts(told, 3).await;
    shop.close().await;
}

#[tokio::test]
async fn shop_19_a_public_channel_needs_no_id() {
    let example = Channel { id: -1_009, title: "Example".into(), username: Some("example".into()) };
    let settings = "[shop]\nchannel_url = \"https://t.me/example\"\n";
    let shop = TestShop::open_with(settings, vec![example]).await;
    let item = item(&shop, Some(30));
    meets(&shop).await;
    for units in [1, 2] {
        restocked(&shop, item, units);
        shop.counts("select count(*) from bot.restocks", 1).await;
        shop.run("update bot.restocks set post_due_at = now()").await;
        shop.counts("select count(*) from bot.restocks", 0).await;
    }
    assert_eq!(shop.telegram.messages(-1_009).len(), 2);
    assert!(shop.telegram.messages(CHANNEL).is_empty());
    shop.close().await;
}

#[tokio::test]
async fn shop_19_a_channel_that_is_busy_gets_its_post_later() {
    let shop = TestShop::open().await;
    let item = item(&shop, Some(30));
    meets(&shop).await;
    let fault = CallFault::TooManyRequests { retry_after_s: 1 };
    let scope = CallScope { method: Some("sendMessage".into()), chat: Some(CHANNEL) };
    shop.telegram.break_calls(scope, fault, Some(1));
    restocked(&shop, item, 4);
    shop.counts("select count(*) from bot.restocks", 1).await;
    shop.run("update bot.restocks set post_due_at = now()").await;
    shop.counts("select count(*) from bot.restocks where attempts = 1", 1).await;
    // What comes in meanwhile joins the post.
    restocked(&shop, item, 5);
    shop.counts("select coalesce(sum(units), 0)::bigint from bot.restocks", 9).await;
    shop.run("update bot.restocks set post_due_at = now()").await;
    let post =
        shop.telegram.wait_for_message(CHANNEL, PATIENCE, |it| it.words().contains("9 новых"));
    post.await.unwrap();
    shop.close().await;
}
