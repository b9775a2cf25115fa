//! The queue against a Telegram that refuses, delays and forgets.

use std::time::{Duration, Instant};

use emulators::faults::CallFault;
use emulators::telegram::CallScope;
use kernel::ids::PersonId;

use super::shop::{ANNA, BORIS, TestShop};

const SENT: &str = "select count(*) from bot.outbound where state = 'sent'";
const FAILED: &str = "select count(*) from bot.outbound where state = 'failed'";

fn sending_to_anna() -> CallScope {
    CallScope { method: Some("sendMessage".into()), chat: Some(ANNA.0) }
}

async fn with_people() -> TestShop {
    let shop = TestShop::open().await;
    shop.says(ANNA, "/start");
    shop.sees(ANNA, &["Hi, Anna"]).await;
    shop.says(BORIS, "/start");
    shop.sees(BORIS, &["Привет, Борис"]).await;
    shop
}

#[tokio::test]
async fn a_cause_told_twice_is_one_message() {
    let shop = with_people().await;
    shop.adjust("t1", ANNA, 5_000);
    shop.adjust("t1", ANNA, 5_000);
    shop.adjust("t2", BORIS, -700);
    shop.sees(ANNA, &["added 50\u{a0}₽"]).await;
    shop.sees(BORIS, &["списал", "7\u{a0}₽"]).await;
    shop.counts(SENT, 2).await;
    assert_eq!(shop.calls(ANNA, "sendMessage"), 2);
    shop.close().await;
}

#[tokio::test]
async fn more_places_than_connections_do_not_stop_the_queue() {
    let shop = TestShop::open_with("[database]\npool_size = 3", Vec::new()).await;
    for stranger in 0..600 {
        shop.adjust(&format!("t{stranger}"), PersonId(1_000 + stranger), 100);
    }
    shop.counts(FAILED, 600).await;
    shop.close().await;
}

#[tokio::test]
async fn tg01_a_chat_that_is_told_to_wait_waits_and_others_do_not() {
    let shop = with_people().await;
    let wait = CallFault::TooManyRequests { retry_after_s: 2 };
    shop.telegram.break_calls(sending_to_anna(), wait, Some(1));
    shop.adjust("t1", ANNA, 100);
    shop.adjust("t2", BORIS, 100);
    shop.sees(BORIS, &["зачислил"]).await;
    let held = "select count(*) from bot.outbound where state = 'pending' \
        and last_error like '%too many%' and due_at > now()";
    shop.counts(held, 1).await;
    shop.sees(ANNA, &["added 1\u{a0}₽"]).await;
    shop.counts(SENT, 2).await;
    shop.close().await;
}

#[tokio::test]
async fn tg01_a_chat_that_must_wait_long_waits_in_the_table_and_holds_nobody_up() {
    let shop = with_people().await;
    let wait = CallFault::TooManyRequests { retry_after_s: 600 };
    shop.telegram.break_calls(sending_to_anna(), wait, Some(1));
    shop.adjust("t1", ANNA, 100);
    let held = "select count(*) from bot.outbound where state = 'pending' \
        and due_at > now() + interval '5 minutes'";
    shop.counts(held, 1).await;
    // Due all the same, as it is when somebody looks at it by hand: the limiter sends it back.
    shop.run("update bot.outbound set due_at = now(), last_error = ''").await;
    shop.adjust("t2", BORIS, 100);
    shop.sees(BORIS, &["зачислил"]).await;
    let sent_back = "select count(*) from bot.outbound where state = 'pending' \
        and last_error = 'waiting for a turn' and due_at > now() + interval '5 minutes'";
    shop.counts(sent_back, 1).await;
    assert_eq!(shop.calls(ANNA, "sendMessage"), 2, "the menu, and the one that was refused");
    shop.close().await;
}

#[tokio::test]
async fn tg03_whoever_blocked_the_bot_is_unreachable_and_not_tried_again() {
    let shop = with_people().await;
    shop.telegram.break_calls(sending_to_anna(), CallFault::blocked(), None);
    shop.adjust("t1", ANNA, 100);
    shop.counts(FAILED, 1).await;
    shop.counts("select count(*) from bot.people where unreachable_at is not null", 1).await;
    shop.counts("select max(attempts)::bigint from bot.outbound", 1).await;
    shop.close().await;
}

#[tokio::test]
async fn tg04_a_refusal_for_good_is_final() {
    let shop = with_people().await;
    let refusal = CallFault::Refuse { status: 400, reason: "Bad Request: BUTTON_X".into() };
    shop.telegram.break_calls(sending_to_anna(), refusal, None);
    shop.adjust("t1", ANNA, 100);
    shop.counts(FAILED, 1).await;
    shop.counts("select max(attempts)::bigint from bot.outbound", 1).await;
    shop.close().await;
}

#[tokio::test]
async fn tg06_an_unclear_outcome_is_tried_until_it_is_clear() {
    let shop = with_people().await;
    shop.telegram.break_calls(sending_to_anna(), CallFault::internal_error(), Some(3));
    shop.adjust("t1", ANNA, 100);
    shop.sees(ANNA, &["added 1\u{a0}₽"]).await;
    shop.counts(SENT, 1).await;
    shop.telegram.break_calls(sending_to_anna(), CallFault::TimeOutAfterEffect, Some(1));
    shop.adjust("t2", ANNA, 200);
    shop.sees(ANNA, &["added 2\u{a0}₽"]).await;
    shop.counts(SENT, 2).await;
    let twice = shop.telegram.messages(ANNA.0);
    let twice = twice.iter().filter(|message| message.words().contains("added 2")).count();
    assert_eq!(twice, 2, "at least once, and here twice");
    shop.close().await;
}

#[tokio::test]
async fn tg14_a_revoked_token_stops_the_queue_and_keeps_it() {
    let shop = with_people().await;
    let revoked = CallFault::Refuse { status: 401, reason: "Unauthorized".into() };
    shop.telegram.break_calls(sending_to_anna(), revoked, None);
    shop.adjust("t1", ANNA, 100);
    let kept = "select count(*) from bot.outbound where state = 'pending' \
        and last_error like '%token%' and due_at > now() + interval '30 seconds'";
    shop.counts(kept, 1).await;
    shop.close().await;
}

#[tokio::test]
async fn tg15_a_chats_messages_come_in_order_after_an_outage() {
    let shop = with_people().await;
    shop.telegram.break_calls(sending_to_anna(), CallFault::Lose, Some(4));
    for number in 1..=3 {
        shop.adjust(&format!("t{number}"), ANNA, number * 100);
    }
    shop.counts(SENT, 3).await;
    let words: Vec<String> = shop
        .telegram
        .messages(ANNA.0)
        .iter()
        .filter(|message| message.words().contains("added"))
        .map(|message| message.words().to_owned())
        .collect();
    let order = |amount: &str| words.iter().position(|text| text.contains(amount)).unwrap();
    assert!(order("added 1") < order("added 2") && order("added 2") < order("added 3"));
    shop.close().await;
}

const CLAIMED: &str = "select count(*) from bot.outbound where state = 'pending' and attempts = 1";

#[tokio::test]
async fn tg06_a_message_under_way_when_the_process_dies_comes_within_seconds_and_in_its_order() {
    let mut shop = with_people().await;
    let hang = CallFault::Delay { delay_ms: 60_000 };
    shop.telegram.break_calls(sending_to_anna(), hang, Some(1));
    shop.adjust("t1", ANNA, 900);
    shop.counts(CLAIMED, 1).await;
    shop.adjust("t2", ANNA, 800);
    shop.counts("select count(*) from bot.outbound where state = 'pending'", 2).await;
    shop.telegram.mend_all();
    let died = Instant::now();
    shop.dies_and_comes_back().await;
    let first = shop.sees(ANNA, &["added 9\u{a0}₽"]).await;
    let second = shop.sees(ANNA, &["added 8\u{a0}₽"]).await;
    assert!(died.elapsed() < Duration::from_secs(15), "{:?}", died.elapsed());
    assert!(first.message_id < second.message_id);
    shop.counts(SENT, 2).await;
    shop.close().await;
}

#[tokio::test]
async fn tg06_a_call_that_hangs_keeps_its_claim_and_holds_up_nobody_else() {
    let shop = with_people().await;
    let hang = CallFault::Delay { delay_ms: 8_000 };
    shop.telegram.break_calls(sending_to_anna(), hang, Some(1));
    shop.adjust("t1", ANNA, 900);
    shop.counts(CLAIMED, 1).await;
    for number in 1..=5 {
        shop.adjust(&format!("to boris {number}"), BORIS, number * 100);
    }
    shop.sees(BORIS, &["зачислил", "5\u{a0}₽"]).await;
    shop.counts(CLAIMED, 1).await;
    let renewed = "select count(*) from bot.outbound where state = 'pending' and attempts = 1 \
        and due_at > created_at + interval '12 seconds'";
    shop.counts(renewed, 1).await;
    shop.sees(ANNA, &["added 9\u{a0}₽"]).await;
    shop.counts(SENT, 6).await;
    assert_eq!(shop.calls(ANNA, "sendMessage"), 2, "the menu, and the one that took its time");
    shop.close().await;
}

#[tokio::test]
async fn a_lost_claim_is_taken_up_again() {
    let shop = with_people().await;
    // As a process leaves it that dies between claiming and sending.
    shop.run(
        "insert into bot.outbound (key, person_id, kind, refs, attempts, due_at) values \
         ('adjusted:t9', 1001, 'adjusted', \
          '{\"transfer\": \"t9\", \"amount\": {\"minor\": 900, \"currency\": \"RUB\"}}', \
          1, now() + interval '1 second')",
    )
    .await;
    shop.sees(ANNA, &["added 9\u{a0}₽"]).await;
    shop.counts(SENT, 1).await;
    shop.close().await;
}

#[tokio::test]
async fn tg01_an_answer_that_telegram_will_not_take_now_is_asked_for_again() {
    let shop = with_people().await;
    let wait = CallFault::TooManyRequests { retry_after_s: 1 };
    shop.telegram.break_calls(sending_to_anna(), wait, Some(1));
    shop.says(ANNA, "/profile");
    shop.sees(ANNA, &["Balance:"]).await;
    assert_eq!(shop.refusals().first().map(String::as_str), Some("bot.telegram_busy"));
    shop.close().await;
}

#[tokio::test]
async fn tg04_an_unchanged_message_and_a_late_press_are_no_trouble() {
    let shop = with_people().await;
    // The same screen again: Telegram answers that nothing changed.
    shop.presses(ANNA, "Language").await;
    shop.presses(ANNA, "✓ English").await;
    shop.presses(ANNA, "✓ English").await;
    assert!(shop.refusals().is_empty());
    let late = CallFault::Refuse {
        status: 400,
        reason: "Bad Request: query is too old and response timeout expired or query ID is invalid"
            .into(),
    };
    shop.telegram.break_calls(CallScope::method("answerCallbackQuery"), late, Some(1));
    let menu = shop.telegram.last_message(ANNA.0).unwrap();
    shop.telegram.press_button(ANNA, menu.message_id, "Menu").unwrap();
    shop.sees(ANNA, &["Hi, Anna"]).await;
    assert!(shop.refusals().is_empty());
    shop.close().await;
}
