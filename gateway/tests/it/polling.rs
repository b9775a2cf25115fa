//! Updates that are fetched: the same path, in order within a chat, confirmed only when all are
//! done.

use std::sync::Arc;
use std::time::Duration;

use contract::failure::Kind;
use gateway::config::{Config, Ingress};
use kernel::backoff::Backoff;
use serde_json::json;
use tokio::sync::Semaphore;

use crate::http::ask;
use crate::services::Reply;
use crate::stand::{FROM_TELEGRAM, Stand};
use crate::updates;

fn impatient(config: &mut Config) {
    let Ingress::Polling { backoff, .. } = &mut config.ingress else { unreachable!() };
    *backoff = Backoff { first: Duration::from_millis(1), cap: Duration::from_millis(1) };
}

async fn stand() -> Stand {
    Stand::polling_with(impatient).await
}

#[tokio::test]
async fn the_webhook_is_removed_before_updates_are_fetched() {
    let stand = stand().await;
    stand.api.called("getUpdates", 1).await;
    assert_eq!(stand.api.order(), ["deleteWebhook", "getUpdates"]);
    // And nobody can post.
    let update = updates::message(1, 7).to_string();
    let answer = ask(stand.gateway.address, "POST /webhook", &FROM_TELEGRAM, update).await;
    assert_eq!(answer.status, 404);
}

#[tokio::test]
async fn what_is_fetched_goes_the_same_way_and_is_then_confirmed() {
    let stand = stand().await;
    let batch = [updates::message(5, 7), updates::payment(6, 7), updates::other(7, "hologram")];
    stand.api.deliver(json!(batch));
    let polls = stand.api.called("getUpdates", 2).await;
    assert!(polls[0]["offset"].is_null());
    assert_eq!(polls[1]["offset"], 8);
    assert_eq!(stand.bot.updates.seen(), [batch[0].to_string()]);
    assert_eq!(stand.payments.updates.seen(), [batch[1].to_string()]);
    // Confirmed: from here on Telegram decides what is first, for its numbers may start anew.
    stand.api.deliver(json!([]));
    assert!(stand.api.called("getUpdates", 3).await[2]["offset"].is_null());
}

#[tokio::test]
async fn a_chat_waits_for_its_own_updates_and_not_for_others() {
    let stand = stand().await;
    let gate = Arc::new(Semaphore::new(0));
    stand.bot.updates.then([Reply::Hold(Arc::clone(&gate))]);
    let (first, second, other) =
        (updates::message(1, 7), updates::message(2, 7), updates::message(3, 8));
    stand.api.deliver(json!([first, second, other]));
    // While the first is held the other chat's update passes.
    let mut seen = stand.bot.updates.sees(2).await;
    seen.sort();
    assert_eq!(seen, [first.to_string(), other.to_string()]);
    assert_eq!(stand.api.calls("getUpdates").len(), 1, "nothing is confirmed yet");
    gate.add_permits(1);
    stand.bot.updates.sees(3).await;
    assert_eq!(stand.api.called("getUpdates", 2).await[1]["offset"], 4);
}

#[tokio::test]
async fn an_outage_is_waited_out_and_poison_is_parked() {
    let stand = stand().await;
    let down = Reply::Fail(Kind::Unavailable, "common.database");
    let broken = Reply::Fail(Kind::Internal, "bot.broken");
    stand.bot.updates.then(vec![down; 10]);
    stand.bot.updates.then(vec![broken; 5]);
    let (poison, next) = (updates::message(1, 7), updates::message(2, 7));
    stand.api.deliver(json!([poison, next]));
    assert_eq!(stand.api.called("getUpdates", 2).await[1]["offset"], 3);
    assert_eq!(stand.bot.parked.seen(), [(poison.to_string().into_bytes(), "poison".to_owned())]);
    assert_eq!(stand.bot.updates.seen().last(), Some(&next.to_string()));
}

#[tokio::test]
async fn wh32_money_that_fails_is_neither_parked_nor_confirmed() {
    let stand = stand().await;
    let broken = Reply::Fail(Kind::Internal, "payments.store");
    stand.payments.updates.then(vec![broken; 10]);
    let gate = Arc::new(Semaphore::new(0));
    stand.payments.updates.then([Reply::Hold(Arc::clone(&gate))]);
    stand.api.deliver(json!([updates::payment(1, 7)]));
    stand.payments.updates.sees(11).await;
    assert_eq!(stand.api.calls("getUpdates").len(), 1, "nothing is confirmed yet");
    gate.add_permits(1);
    assert_eq!(stand.api.called("getUpdates", 2).await[1]["offset"], 2);
    assert!(stand.bot.parked.seen().is_empty());
}

#[tokio::test]
async fn a_conflict_or_an_error_is_not_the_end() {
    let stand = stand().await;
    let error = |code: u16, description: &str| {
        let words = json!(description);
        json!({"ok": false, "error_code": code, "description": words})
    };
    stand.api.answer_updates(error(500, "Internal Server Error"));
    stand.api.answer_updates(error(409, "Conflict: terminated by other getUpdates request"));
    stand.api.answer_updates(error(
        409,
        "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook",
    ));
    stand.api.deliver(json!([updates::message(1, 7)]));
    stand.bot.updates.sees(1).await;
    // A webhook that is in the way is removed again.
    assert!(stand.api.called("deleteWebhook", 2).await.len() >= 2);
}

#[tokio::test]
async fn a_stop_does_not_wait_for_the_long_poll() {
    let stand = stand().await;
    stand.api.called("getUpdates", 1).await;
    stand.stop().await;
}
