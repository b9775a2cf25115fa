//! Money for joining channels: once per person and channel, and back from whoever leaves soon.

use contract::failure::Kind;
use emulators::telegram::Channel;

use super::shop::{ANNA, BORIS, PersonId, TestShop};

const NEWS: i64 = -100_777;
const CLUB: i64 = -100_888;

async fn open(settings: &str) -> TestShop {
    let settings = format!(
        "[bot.rewards]\nchannels = [\"-100777 https://t.me/+news\", \"@club\"]\namount = \"50\"\n\
         {settings}\n"
    );
    let news = Channel { id: NEWS, title: "News".into(), username: None };
    let club = Channel { id: CLUB, title: "Club".into(), username: Some("club".into()) };
    TestShop::open_with(&settings, vec![news, club]).await
}

fn available(shop: &TestShop, person: PersonId) -> i64 {
    shop.fakes.state().wallets[&person.0].available
}

#[tokio::test]
async fn pay_24_num_16_whoever_joins_a_channel_is_rewarded_once_for_each() {
    let shop = open("").await;
    shop.says(ANNA, "/profile");
    shop.presses(ANNA, "for joining").await;
    let shown = shop.sees(ANNA, &["for each channel you join", "▫️ Channel 1", "▫️ @club"]).await;
    assert_eq!(shown.button("@club").unwrap().url.as_deref(), Some("https://t.me/club"));
    let answer = shop.presses(ANNA, "I have joined").await;
    assert!(answer.text.unwrap().contains("does not see you"));
    shop.telegram.set_membership(NEWS, ANNA, "member").unwrap();
    let answer = shop.presses(ANNA, "I have joined").await;
    assert_eq!(answer.text.as_deref(), Some("+50\u{a0}₽ on your balance"));
    shop.sees(ANNA, &["✅ Channel 1", "▫️ @club"]).await;
    assert_eq!(available(&shop, ANNA), 5_000);
    // Out and in again, and pressed again: nothing more.
    shop.telegram.set_membership(NEWS, ANNA, "left").unwrap();
    shop.telegram.set_membership(NEWS, ANNA, "member").unwrap();
    for _ in 0..3 {
        shop.presses(ANNA, "I have joined").await;
    }
    assert_eq!(available(&shop, ANNA), 5_000);
    shop.telegram.set_membership(CLUB, ANNA, "member").unwrap();
    shop.presses(ANNA, "I have joined").await;
    shop.sees(ANNA, &["✅ Channel 1", "✅ @club"]).await;
    assert_eq!(available(&shop, ANNA), 10_000);
    let references: Vec<String> =
        shop.fakes.state().grants.iter().map(|grant| grant.reference.clone()).collect();
    assert_eq!(references, ["-100777", "@club"]);
    shop.close().await;
}

#[tokio::test]
async fn pay_24_a_reward_that_payments_did_not_answer_is_brought_under_the_same_id() {
    let shop = open("").await;
    shop.telegram.set_membership(NEWS, BORIS, "creator").unwrap();
    shop.says(BORIS, "/profile");
    shop.presses(BORIS, "за подписку").await;
    shop.fakes.fail("grant_wallet", Kind::Unavailable, "common.unavailable");
    let answer = shop.presses(BORIS, "Я подписался").await;
    assert!(answer.show_alert, "{answer:?}");
    let id = "select transfer_id from bot.channel_rewards where granted_at is null";
    let id: uuid::Uuid = sqlx::query_scalar(id).fetch_one(&shop.pool).await.unwrap();
    shop.mend("grant_wallet");
    shop.presses(BORIS, "Я подписался").await;
    assert_eq!(available(&shop, BORIS), 5_000);
    assert_eq!(shop.fakes.state().grants[0].transfer_id, id.to_string());
    shop.close().await;
}

#[tokio::test]
async fn pay_24_what_is_left_goes_back_when_somebody_leaves_soon_and_the_settings_say_so() {
    let mut shop = open("take_back_days = 7").await;
    for person in [ANNA, BORIS] {
        shop.telegram.set_membership(NEWS, person, "member").unwrap();
        shop.says(person, "/profile");
    }
    shop.presses(ANNA, "for joining").await;
    shop.presses(ANNA, "I have joined").await;
    shop.presses(BORIS, "за подписку").await;
    shop.presses(BORIS, "Я подписался").await;
    shop.telegram.set_membership(NEWS, ANNA, "left").unwrap();
    shop.fund(ANNA, 3_000);
    shop.run("update bot.channel_rewards set checked_at = now() - interval '7 hours'").await;
    // The job looks when it begins, and then every minute.
    shop.dies_and_comes_back_with(
        "[bot.rewards]\nchannels = [\"-100777 https://t.me/+news\"]\namount = \"50\"\n\
         take_back_days = 7",
    )
    .await;
    shop.counts("select count(*) from bot.channel_rewards where taken_back_at is not null", 1)
        .await;
    assert_eq!((available(&shop, ANNA), available(&shop, BORIS)), (0, 5_000));
    // Back again is not new.
    shop.telegram.set_membership(NEWS, ANNA, "member").unwrap();
    shop.says(ANNA, "/profile");
    shop.presses(ANNA, "for joining").await;
    let all_done = shop.sees(ANNA, &["✅ Channel 1"]).await;
    assert!(all_done.button("I have joined").is_none());
    assert_eq!(available(&shop, ANNA), 0);
    shop.close().await;
}
