//! What a person meets who sends too much.

use std::time::Duration;

use chassis::kv::Limit;
use contract::failure::Kind;
use gateway::config::Config;

use crate::services::Reply;
use crate::stand::Stand;
use crate::updates;

const MINUTE: Duration = Duration::from_mins(1);

fn three_a_minute(config: &mut Config) {
    config.limits.global = Limit { count: 3, per: MINUTE };
}

fn two_purchases_a_minute(config: &mut Config) {
    config.limits.purchase = Limit { count: 2, per: MINUTE };
}

#[tokio::test]
async fn wh28_a_flood_is_cut_and_its_sender_told_once() {
    let stand = Stand::webhook_with(three_a_minute).await;
    for id in 1..=10 {
        assert_eq!(stand.update(&updates::message(id, 7)).await, 200);
    }
    assert_eq!(stand.update(&updates::message(11, 8)).await, 200);
    assert_eq!(stand.bot.updates.seen().len(), 4);
    let told = stand.api.called("sendMessage", 1).await;
    assert_eq!(told[0]["chat_id"], 7);
    assert_eq!(told[0]["text"], "Too many requests. Try again in 5 min.");
    stand.stop().await;
    assert_eq!(stand.api.calls("sendMessage").len(), 1);
}

#[tokio::test]
async fn wh28_bug_01_payments_pass_every_limit() {
    let stand = Stand::webhook_with(three_a_minute).await;
    for id in 1..=5 {
        stand.update(&updates::message(id, 7)).await;
    }
    for update in [updates::pre_checkout(6, 7), updates::payment(7, 7), updates::refund(8, 7)] {
        assert_eq!(stand.update(&update).await, 200);
    }
    assert_eq!(stand.payments.updates.seen().len(), 3);
    assert_eq!(stand.bot.updates.seen().len(), 3);
}

#[tokio::test]
async fn a_press_beyond_the_limit_leaves_no_spinner() {
    let stand = Stand::webhook_with(two_purchases_a_minute).await;
    for id in 1..=4 {
        assert_eq!(stand.update(&updates::press(id, 7, "bAAAA")).await, 200);
    }
    assert_eq!(stand.bot.updates.seen().len(), 2);
    let mut answers = stand.api.called("answerCallbackQuery", 2).await;
    answers.sort_by_key(|answer| answer["callback_query_id"].to_string());
    assert_eq!(answers[0]["callback_query_id"], "press-3");
    assert_eq!(answers[0]["text"], "Too many requests. Try again in 30 s.");
    assert_eq!(answers[1]["callback_query_id"], "press-4");
    assert!(answers[1]["text"].is_null(), "told once is enough");
    // Looking around is not buying.
    assert_eq!(stand.update(&updates::press(5, 7, "hAAAA")).await, 200);
    assert_eq!(stand.bot.updates.seen().len(), 3);
}

#[tokio::test]
async fn sec_05_the_owner_is_not_limited() {
    let stand = Stand::webhook_with(three_a_minute).await;
    for id in 1..=10 {
        assert_eq!(stand.update(&updates::message(id, 99)).await, 200);
    }
    assert_eq!(stand.bot.updates.seen().len(), 10);
}

#[tokio::test]
async fn talk_in_a_group_is_not_counted() {
    let stand = Stand::webhook_with(three_a_minute).await;
    for id in 1..=10 {
        stand.update(&updates::group_message(id, Some(7))).await;
    }
    assert_eq!(stand.update(&updates::message(11, 7)).await, 200);
    assert_eq!(stand.bot.updates.seen().len(), 11);
}

#[tokio::test]
async fn an_update_that_comes_again_after_an_outage_is_counted_once() {
    let stand = Stand::webhook_with(three_a_minute).await;
    stand.bot.updates.then([const { Reply::Fail(Kind::Unavailable, "common.database") }; 6]);
    let update = updates::message(1, 7);
    for _ in 0..6 {
        assert_eq!(stand.update(&update).await, 503);
    }
    assert_eq!(stand.update(&update).await, 200);
    assert_eq!(stand.bot.updates.seen().len(), 7);
    assert_eq!(stand.update(&updates::message(2, 7)).await, 200);
    assert_eq!(stand.bot.updates.seen().len(), 8);
}
