//! Channels to be in before one is served.

use std::time::Duration;

use emulators::telegram::{Channel, Message};

use super::shop::{ANNA, OWNER, TestShop};

const NEWS: i64 = -100_777;
const CLUB: i64 = -100_888;

fn channel(id: i64) -> Channel {
    Channel { id, title: "A channel".into(), username: None }
}

async fn open(settings: &str) -> TestShop {
    let settings = format!("[bot.subscriptions]\n{settings}\n");
    TestShop::open_with(&settings, vec![channel(NEWS), channel(CLUB)]).await
}

const BOTH: &str = r#"channels = ["-100777 https://t.me/+news", "-100888 https://t.me/+club"]"#;
/// Telegram knows of no such channel.
const LOST: &str = r#"channels = ["-100999 https://t.me/+lost"]"#;

fn questions(shop: &TestShop) -> usize {
    shop.telegram.calls(None).iter().filter(|call| call.method == "getChatMember").count()
}

#[tokio::test]
async fn num_12_peer_55_ux_01_bug_67_every_door_is_shut_until_all_channels_are_joined() {
    let shop = open(BOTH).await;
    let category = shop.fakes.category("Keys");
    shop.fakes.item(category, "Licence", 9_900, Some(5));
    shop.says(ANNA, "/shop");
    let ask = shop.sees(ANNA, &["One step first"]).await;
    assert!(ask.button("Channel 1").is_some() && ask.button("Channel 2").is_some());
    // A menu from before, a forged button, a text: all the same.
    let answer = shop.forges(ANNA, "p").await;
    assert_eq!(answer.text, None);
    shop.sees(ANNA, &["One step first"]).await;
    shop.says(ANNA, "/shop");
    shop.telegram.set_membership(NEWS, ANNA, "member").unwrap();
    let answer = shop.presses(ANNA, "I have joined").await;
    assert!(answer.text.unwrap().contains("does not see you"));
    let one_is_left = |message: &Message| {
        message.button("Channel 1").is_some() && message.button("Channel 2").is_none()
    };
    shop.telegram.wait_for_message(ANNA.0, Duration::from_secs(20), one_is_left).await.unwrap();
    shop.telegram.set_membership(CLUB, ANNA, "member").unwrap();
    shop.presses(ANNA, "I have joined").await;
    shop.sees(ANNA, &["What are you looking for?"]).await;
    assert_eq!(shop.fakes.state().calls["list_categories"], 1, "nothing was served before");
    shop.close().await;
}

#[tokio::test]
async fn num_12_ux_11_a_person_goes_on_with_the_question_that_was_open() {
    let shop = open(BOTH).await;
    for channel in [NEWS, CLUB] {
        shop.telegram.set_membership(channel, ANNA, "member").unwrap();
    }
    shop.says(ANNA, "/topup");
    shop.sees(ANNA, &["Top up"]).await;
    shop.telegram.set_membership(CLUB, ANNA, "left").unwrap();
    // What was remembered of them is forgotten, as it is after ten minutes.
    let channels = kernel::ids::derived("subscriptions", "Id(-100777) Id(-100888)").simple();
    shop.ground.kv.delete(&format!("bot:subscribed:{channels}:{ANNA}")).await;
    shop.says(ANNA, "100");
    shop.sees(ANNA, &["One step first"]).await;
    shop.telegram.set_membership(CLUB, ANNA, "member").unwrap();
    shop.presses(ANNA, "I have joined").await;
    shop.sees(ANNA, &["Top up"]).await;
    shop.says(ANNA, "100");
    shop.sees(ANNA, &["How would you like to pay?"]).await;
    shop.close().await;
}

#[tokio::test]
async fn bug_67_telegram_is_asked_once_and_not_at_every_press() {
    let shop = open(BOTH).await;
    for channel in [NEWS, CLUB] {
        shop.telegram.set_membership(channel, ANNA, "administrator").unwrap();
    }
    shop.says(ANNA, "/start");
    shop.sees(ANNA, &["Hi, Anna"]).await;
    for _ in 0..3 {
        shop.presses(ANNA, "Language").await;
        shop.presses(ANNA, "Menu").await;
    }
    assert_eq!(questions(&shop), 2, "one of each channel");
    shop.close().await;
}

#[tokio::test]
async fn bug_67_while_telegram_cannot_say_the_setting_decides() {
    let shop = open(LOST).await;
    shop.says(ANNA, "/start");
    shop.sees(ANNA, &["Hi, Anna"]).await;
    assert_eq!(questions(&shop), 1);
    shop.close().await;
    let shop = open(&format!("{LOST}\nwhen_unknown = \"closed\"")).await;
    shop.says(ANNA, "/start");
    shop.sees(ANNA, &["One step first"]).await;
    shop.says(OWNER, "/start");
    shop.sees(OWNER, &["Hi, Olga"]).await;
    assert_eq!(questions(&shop), 1, "staff need not join");
    shop.close().await;
}

#[tokio::test]
async fn ux_06_without_the_setting_nobody_is_asked_about() {
    let shop = TestShop::open().await;
    shop.says(ANNA, "/start");
    shop.sees(ANNA, &["Hi, Anna"]).await;
    shop.presses(ANNA, "Profile").await;
    assert_eq!(questions(&shop), 0);
    shop.close().await;
}

#[tokio::test]
async fn peer_14_support_is_there_for_whoever_has_not_joined() {
    let shop = open(BOTH).await;
    shop.says(ANNA, "/paysupport");
    shop.sees(ANNA, &["1001"]).await;
    assert_eq!(questions(&shop), 0);
    shop.close().await;
}
