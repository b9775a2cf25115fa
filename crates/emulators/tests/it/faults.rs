//! Faults of Telegram: switched on by Rust methods and over HTTP, for calls and for deliveries.

use std::time::{Duration, Instant};

use emulators::faults::{CallFault, DeliveryFault};
use emulators::telegram::{CallScope, DeliveryScope, UpdateKind};
use serde_json::json;

use crate::client::{ANNA, BORIS, greeted, telegram};
use crate::receiver::{PATIENCE, Receiver};

#[tokio::test]
async fn a_lost_call_is_not_executed_and_a_timed_out_one_is() {
    let (telegram, bot) = greeted().await;
    let text = json!({ "chat_id": 1001, "text": "hi" });
    let url = bot.url("sendMessage");
    telegram.break_calls(CallScope::default(), CallFault::Lose, Some(1));
    assert!(bot.http.post(&url, &text).await.is_err());
    assert_eq!(telegram.messages(ANNA.0).len(), 1);
    let scope = CallScope::method("sendmessage");
    telegram.break_calls(scope, CallFault::TimeOutAfterEffect, Some(1));
    assert!(bot.http.post(&url, &text).await.is_err());
    assert_eq!(telegram.messages(ANNA.0).len(), 2);
    assert_eq!(bot.http.post(&url, &text).await.unwrap().status, 200);
}

#[tokio::test]
async fn refusals_strike_one_chat_or_method_and_end() {
    let (telegram, bot) = greeted().await;
    telegram.say(BORIS, "/start").unwrap();
    let wait = CallFault::TooManyRequests { retry_after_s: 7 };
    telegram.break_calls(CallScope::chat(ANNA.0), wait, Some(1));
    assert!(bot.send(BORIS, "hi").await.is_ok());
    let refused = bot.send(ANNA, "hi").await.unwrap_err();
    assert_eq!(refused, (429, "Too Many Requests: retry after 7".to_owned()));
    assert!(bot.send(ANNA, "hi").await.is_ok());

    telegram.break_calls(CallScope::default(), CallFault::blocked(), Some(1));
    assert_eq!(bot.send(ANNA, "hi").await.unwrap_err().0, 403);
    let forever = telegram.break_calls(CallScope::default(), CallFault::internal_error(), None);
    assert_eq!(bot.send(ANNA, "hi").await.unwrap_err().0, 500);
    assert_eq!(bot.send(ANNA, "hi").await.unwrap_err().0, 500);
    assert!(telegram.mend_calls(forever));
    assert!(bot.send(ANNA, "hi").await.is_ok());
    let statuses: Vec<_> = telegram.calls(Some(ANNA.0)).iter().map(|c| c.status).collect();
    assert_eq!(statuses, [429, 200, 403, 500, 500, 200]);
}

#[tokio::test]
async fn pages_of_proxies_and_halves_of_answers_are_no_json() {
    let (telegram, bot) = greeted().await;
    let text = json!({ "chat_id": 1001, "text": "hi" });
    telegram.break_calls(CallScope::default(), CallFault::bad_gateway(), Some(1));
    let answer = bot.http.post(&bot.url("sendMessage"), &text).await.unwrap();
    assert_eq!(
        (answer.status, &answer.headers["content-type"]),
        (502, &"text/html".parse().unwrap())
    );
    assert!(answer.text().contains("502 Bad Gateway"));
    telegram.break_calls(CallScope::default(), CallFault::Truncate, Some(1));
    let answer = bot.http.post(&bot.url("sendMessage"), &text).await.unwrap();
    assert!(serde_json::from_slice::<serde_json::Value>(&answer.body).is_err());
    assert_eq!(telegram.messages(ANNA.0).len(), 2);
}

#[tokio::test]
async fn a_delay_and_a_refusal_strike_together() {
    let (telegram, bot) = greeted().await;
    let delay = CallFault::Delay { delay_ms: 60 };
    telegram.break_calls(CallScope::default(), delay, Some(1));
    telegram.break_calls(CallScope::default(), CallFault::internal_error(), Some(1));
    let begun = Instant::now();
    assert_eq!(bot.send(ANNA, "hi").await.unwrap_err().0, 500);
    assert!(begun.elapsed() >= Duration::from_millis(60));
}

#[tokio::test]
async fn deliveries_are_lost_repeated_and_unanswered() {
    let (telegram, bot) = telegram().await;
    let receiver = Receiver::start().await;
    bot.set_webhook(&receiver.url).await;
    let any = DeliveryScope::default();
    telegram.break_deliveries(any.clone(), DeliveryFault::Lose, Some(1));
    telegram.say(ANNA, "lost").unwrap();
    telegram.wait_until_drained(PATIENCE).await.unwrap();
    assert!(receiver.letters().is_empty());
    telegram.break_deliveries(any.clone(), DeliveryFault::Duplicate { times: 4 }, Some(1));
    telegram.say(ANNA, "five").unwrap();
    telegram.wait_until_drained(PATIENCE).await.unwrap();
    assert_eq!(receiver.letters().len(), 5);
    telegram.break_deliveries(any.clone(), DeliveryFault::LoseAnswer, Some(1));
    telegram.say(ANNA, "twice").unwrap();
    telegram.wait_until_drained(PATIENCE).await.unwrap();
    assert_eq!(receiver.letters().len(), 7);
    telegram.break_deliveries(any, DeliveryFault::BadSignature, Some(1));
    telegram.say(ANNA, "forged").unwrap();
    telegram.wait_until_drained(PATIENCE).await.unwrap();
    let secret = &receiver.letters()[7].headers["x-telegram-bot-api-secret-token"];
    assert_ne!(secret, "s3cret");
}

#[tokio::test]
async fn a_reordered_update_lets_another_queue_of_its_person_pass() {
    let (telegram, bot) = greeted().await;
    let receiver = Receiver::start().await;
    let parameters = json!({ "url": receiver.url, "drop_pending_updates": true });
    bot.call("setWebhook", parameters).await.unwrap();
    let scope = DeliveryScope::kind(UpdateKind::CallbackQuery);
    let hold = DeliveryFault::Reorder { within_ms: 20_000 };
    telegram.break_deliveries(scope, hold, Some(1));
    telegram.press(ANNA, 1, "first").unwrap();
    while !telegram.delivery_faults().is_empty() {
        tokio::task::yield_now().await;
    }
    telegram.say(ANNA, "second").unwrap();
    let letters = receiver.wait_for(2).await;
    assert_eq!(letters[0].json["message"]["text"], "second");
    assert_eq!(letters[1].json["callback_query"]["data"], "first");
}

#[tokio::test]
async fn everything_can_be_driven_over_http() {
    let (telegram, bot) = telegram().await;
    let control = |path: &str| format!("{}/control{path}", telegram.base_url());
    let post = async |path: &str, body: serde_json::Value| {
        let answer = bot.http.post(&control(path), &body).await.unwrap();
        assert_eq!(answer.status, 200, "{path}: {}", answer.text());
        answer.json()
    };
    let new = json!({ "first_name": "Eve", "language_code": "en" });
    let eve = post("/people", new).await["id"].as_i64().unwrap();
    post(&format!("/people/{eve}/open"), json!({ "payload": "ref_1" })).await;
    bot.call("sendMessage", json!({ "chat_id": eve, "text": "Welcome" })).await.unwrap();
    let found = post(&format!("/chats/{eve}/wait"), json!({ "contains": "Welcome" })).await;
    let id = found["message"]["message_id"].clone();
    let pressed = json!({ "message_id": id, "data": "x" });
    let press = post(&format!("/people/{eve}/press"), pressed).await;
    let answer = json!({ "callback_query_id": press["query_id"], "text": "ok" });
    bot.call("answerCallbackQuery", answer).await.unwrap();
    let query = press["query_id"].as_str().unwrap();
    let shown = bot.http.get(&control(&format!("/queries/{query}"))).await.json();
    assert_eq!(shown["callback"]["text"], "ok");
    let messages = bot.http.get(&control(&format!("/chats/{eve}/messages"))).await.json();
    assert_eq!(messages[0]["message"]["text"], "/start ref_1");
    let calls = bot.http.get(&control(&format!("/calls?chat={eve}"))).await.json();
    assert_eq!(calls.as_array().unwrap().len(), 2);

    let fault = json!({ "method": "sendMessage", "fault": "refuse", "status": 500,
                        "reason": "Internal Server Error", "strikes": 1 });
    post("/faults/calls", fault).await;
    let fault = json!({ "kind": "callback_query", "fault": "duplicate", "times": 5 });
    let id = post("/faults/deliveries", fault).await["id"].clone();
    assert_eq!(bot.send(emulators::telegram::PersonId(eve), "x").await.unwrap_err().0, 500);
    let list = bot.http.get(&control("/faults")).await.json();
    assert_eq!(list["calls"], json!([]));
    assert_eq!(list["deliveries"][0]["kind"], "callback_query");
    assert_eq!(list["deliveries"][0]["times"], 5);
    let gone = control(&format!("/faults/deliveries/{id}"));
    assert_eq!(bot.http.delete(&gone).await.status, 200);
    assert_eq!(bot.http.delete(&gone).await.status, 404);
    let missing = bot.http.post(&control("/people/5/say"), &json!({ "text": "x" })).await.unwrap();
    assert_eq!(missing.status, 404);
    let page = bot.http.get(&telegram.chat_url()).await;
    assert!(page.text().contains("<!doctype html>"));
}
