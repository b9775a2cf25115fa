//! The channel that learns of new people, and of what it learns.

use std::time::Duration;

use emulators::telegram::Channel;

use super::shop::{ANNA, TestShop};

const DATA: i64 = -100_777;

#[tokio::test]
async fn num_11_new_people_are_told_of_by_pseudonym_and_once() {
    let channel = Channel { id: DATA, title: "Data".into(), username: None };
    let key = "k".repeat(32);
    let settings = format!(
        "[bot.user_data]\nchannel_id = {DATA}\nkey = \"{key}\"\nconsent = \"We count newcomers.\"\n"
    );
    let shop = TestShop::open_with(&settings, vec![channel]).await;
    shop.run(
        "insert into bot.people (person_id, first_name, registered_at)
         values (42, 'Old', now() - interval '2 days')",
    )
    .await;
    shop.says(ANNA, "/rules");
    shop.sees(ANNA, &["Be kind.", "We count newcomers."]).await;
    let is_news = |message: &emulators::telegram::Message| message.words().contains("Новые люди");
    let patience = Duration::from_secs(30);
    let news = shop.telegram.wait_for_message(DATA, patience, is_news).await.unwrap();
    let words = news.words();
    assert_eq!(words.lines().count(), 2, "whoever came long before is no news: {words}");
    assert!(words.contains(" · en · "), "{words}");
    for told in ["Anna", "anna", "1001", "Old", "@"] {
        assert!(!words.contains(told), "{words}");
    }
    shop.counts("select count(*) from bot.people where reported_at is not null", 1).await;
    shop.close().await;
}

#[tokio::test]
async fn num_11_without_the_setting_nobody_is_told_of() {
    let shop = TestShop::open().await;
    shop.says(ANNA, "/start");
    shop.sees(ANNA, &["Hi, Anna"]).await;
    shop.counts("select count(*) from bot.people where reported_at is null", 1).await;
    shop.close().await;
}
