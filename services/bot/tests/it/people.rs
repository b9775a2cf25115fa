//! Who writes: registration, invitations, languages, people who leave and come back.

use contract::failure::Kind;

use super::shop::{ANNA, BORIS, TestShop};

fn inviter(shop: &TestShop) -> i64 {
    shop.fakes.state().wallets[&ANNA.0].inviter
}

#[tokio::test]
async fn ref_01_an_invitation_counts_at_the_first_start_and_never_again() {
    let shop = TestShop::open().await;
    shop.telegram.open_link(ANNA, &format!("ref_{BORIS}")).unwrap();
    shop.sees(ANNA, &["Hi, Anna"]).await;
    assert_eq!(inviter(&shop), BORIS.0);
    shop.telegram.open_link(ANNA, "ref_99").unwrap();
    shop.telegram.wait_until_drained(std::time::Duration::from_secs(20)).await.unwrap();
    assert_eq!(inviter(&shop), BORIS.0);
    shop.close().await;
}

#[tokio::test]
async fn bug_06_a_start_with_junk_is_a_plain_start() {
    let shop = TestShop::open().await;
    shop.telegram.open_link(ANNA, "abc-²").unwrap();
    shop.sees(ANNA, &["Hi, Anna"]).await;
    assert_eq!(inviter(&shop), 0);
    shop.counts("select count(*) from bot.people", 1).await;
    shop.close().await;
}

#[tokio::test]
async fn a_person_who_cannot_be_registered_is_tried_again_with_their_inviter() {
    let shop = TestShop::open().await;
    shop.fakes.fail("open_wallet", Kind::Unavailable, "common.unavailable");
    shop.telegram.open_link(ANNA, &format!("ref_{BORIS}")).unwrap();
    while shop.refusals().is_empty() {
        tokio::task::yield_now().await;
    }
    assert_eq!(shop.refusals()[0], "common.unavailable");
    shop.counts("select count(*) from bot.people", 0).await;
    shop.mend("open_wallet");
    shop.sees(ANNA, &["Hi, Anna"]).await;
    assert_eq!(inviter(&shop), BORIS.0);
    shop.close().await;
}

#[tokio::test]
async fn a_known_persons_menu_needs_no_table() {
    let shop = TestShop::open().await;
    shop.says(ANNA, "/start");
    shop.sees(ANNA, &["Hi, Anna"]).await;
    shop.run("alter table bot.people rename to gone").await;
    shop.presses(ANNA, "Language").await;
    shop.sees(ANNA, &["Language"]).await;
    shop.presses(ANNA, "Menu").await;
    shop.sees(ANNA, &["Hi, Anna"]).await;
    assert!(shop.refusals().is_empty());
    shop.close().await;
}

#[tokio::test]
async fn ux_05_the_language_is_the_persons_own_until_they_choose() {
    let shop = TestShop::open().await;
    shop.says(BORIS, "/start");
    shop.sees(BORIS, &["Привет, Борис"]).await;
    shop.presses(BORIS, "Язык").await;
    let answer = shop.presses(BORIS, "English").await;
    assert_eq!(answer.text.as_deref(), Some("From now on in English"));
    shop.says(BORIS, "/start");
    shop.sees(BORIS, &["Hi, Борис"]).await;
    let chosen = "select count(*) from bot.people \
        where chosen_locale = 'en' and client_locale = 'ru'";
    shop.counts(chosen, 1).await;
    shop.close().await;
}

#[tokio::test]
async fn tg03_whoever_blocks_the_bot_is_unreachable_until_they_write() {
    let shop = TestShop::open().await;
    let unreachable = "select count(*) from bot.people where unreachable_at is not null";
    shop.says(ANNA, "/start");
    shop.sees(ANNA, &["Hi, Anna"]).await;
    shop.telegram.block(ANNA).unwrap();
    shop.counts(unreachable, 1).await;
    shop.telegram.unblock(ANNA).unwrap();
    shop.says(ANNA, "/profile");
    shop.sees(ANNA, &["Balance:"]).await;
    shop.counts(unreachable, 0).await;
    shop.close().await;
}

#[tokio::test]
async fn bug_68_a_press_of_somebody_who_never_started_registers_them() {
    let shop = TestShop::open().await;
    shop.says(ANNA, "/start");
    let menu = shop.sees(ANNA, &["Hi, Anna"]).await;
    shop.run("delete from bot.people").await;
    let update = format!(
        r#"{{"update_id":1,"callback_query":{{"id":"77","from":{{"id":555,"is_bot":false,
        "first_name":"Nina","language_code":"en"}},"message":{{"message_id":{},"date":1,
        "text":"x","chat":{{"id":555,"type":"private"}}}},"data":"p"}}}}"#,
        menu.message_id
    );
    shop.telegram.add_person(emulators::telegram::Seed::new(555, "Nina").speaks("en")).unwrap();
    shop.telegram.say(emulators::telegram::PersonId(555), "hello").unwrap();
    shop.take(update).await.unwrap();
    shop.counts("select count(*) from bot.people where person_id = 555", 1).await;
    assert!(shop.fakes.state().wallets.contains_key(&555));
    shop.close().await;
}

#[tokio::test]
async fn the_commands_are_announced_in_every_language() {
    let shop = TestShop::open().await;
    let announced = || {
        let calls = shop.telegram.calls(None);
        calls.iter().filter(|call| call.method == "setMyCommands" && call.status == 200).count()
    };
    while announced() < 3 {
        tokio::task::yield_now().await;
    }
    shop.close().await;
}
