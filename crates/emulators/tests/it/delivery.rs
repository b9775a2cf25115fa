//! Webhooks of Telegram: secret, order per queue, retries, expiry, answers with a method.

use std::time::Duration;

use emulators::telegram::{Deadlines, Options};
use serde_json::{Value, json};
use tokio::sync::watch;

use crate::client::{ANNA, BORIS, Bot, greeted, telegram, telegram_with};
use crate::receiver::{PATIENCE, Receiver, Reply};

async fn last_error(bot: &Bot) -> Value {
    let shown = bot.call("getWebhookInfo", json!({})).await.expect("it is described");
    shown["last_error_message"].clone()
}

#[tokio::test]
async fn an_update_is_posted_as_json_with_the_secret() {
    let (telegram, bot) = telegram().await;
    let receiver = Receiver::start().await;
    bot.set_webhook(&receiver.url).await;
    let update_id = telegram.open_link(ANNA, "ref_77").unwrap();
    let letter = &receiver.wait_for(1).await[0];
    assert_eq!(letter.headers["x-telegram-bot-api-secret-token"], "s3cret");
    assert_eq!(letter.headers["content-type"], "application/json");
    assert_eq!(letter.json["update_id"], json!(update_id));
    let message = &letter.json["message"];
    assert_eq!(message["text"], "/start ref_77");
    assert_eq!(message["chat"]["type"], "private");
    assert_eq!(message["from"]["language_code"], "en");
    assert_eq!(message["entities"], json!([{ "type": "bot_command", "offset": 0, "length": 6 }]));
    telegram.wait_until_drained(PATIENCE).await.unwrap();
}

#[tokio::test]
async fn update_ids_increase_by_one() {
    let (telegram, _bot) = telegram().await;
    let first = telegram.say(ANNA, "a").unwrap();
    assert_eq!(telegram.say(BORIS, "b").unwrap(), first + 1);
    assert_eq!(telegram.say(ANNA, "c").unwrap(), first + 2);
}

#[tokio::test]
async fn one_chat_waits_for_its_failing_message_while_others_go_on() {
    let (telegram, bot) = telegram().await;
    let receiver = Receiver::start().await;
    let (open, gate) = watch::channel(false);
    receiver.script([Reply { gate: Some(gate), ..Reply::status(500) }]);
    bot.set_webhook(&receiver.url).await;
    telegram.say(ANNA, "first").unwrap();
    receiver.wait_for(1).await;
    telegram.say(ANNA, "second").unwrap();
    telegram.say(BORIS, "other").unwrap();
    let seen = receiver.wait_for(2).await;
    assert_eq!(seen[1].json["message"]["text"], "other");
    open.send_replace(true);
    telegram.wait_until_drained(PATIENCE).await.unwrap();
    let texts: Vec<_> = receiver
        .letters()
        .iter()
        .map(|letter| letter.json["message"]["text"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(texts, ["first", "other", "first", "second"]);
    assert_eq!(
        last_error(&bot).await,
        "Wrong response from the webhook: 500 Internal Server Error"
    );
}

#[tokio::test]
async fn queries_of_a_person_overtake_the_messages_of_the_same_person() {
    let (telegram, bot) = greeted().await;
    let receiver = Receiver::start().await;
    let (open, gate) = watch::channel(false);
    receiver.script([Reply { gate: Some(gate), ..Reply::default() }]);
    let sent = bot.send(ANNA, "menu").await.unwrap();
    bot.set_webhook(&receiver.url).await;
    receiver.wait_for(1).await;
    telegram.press(ANNA, sent["message_id"].as_i64().unwrap(), "x").unwrap();
    let seen = receiver.wait_for(2).await;
    assert_eq!(seen[1].json["callback_query"]["data"], "x");
    open.send_replace(true);
    telegram.wait_until_drained(PATIENCE).await.unwrap();
}

#[tokio::test]
async fn the_first_retry_is_immediate_and_retry_after_is_honoured() {
    let (telegram, bot) = telegram_with(Options { pace: 0.05, ..Options::default() }).await;
    let receiver = Receiver::start().await;
    let asked = Reply { retry_after: Some(10), ..Reply::status(503) };
    receiver.script([Reply::status(502), asked, Reply::status(200)]);
    bot.set_webhook(&receiver.url).await;
    telegram.say(ANNA, "hello").unwrap();
    telegram.wait_until_drained(PATIENCE).await.unwrap();
    let letters = receiver.letters();
    assert_eq!(letters.len(), 3);
    // Ten seconds at a twentieth of the pace.
    assert!(letters[2].at - letters[1].at >= Duration::from_millis(500));
}

#[tokio::test]
async fn an_update_is_dropped_when_its_next_attempt_would_come_too_late() {
    // At this pace the second retry comes after 2,000 s; a query lives for 150.
    let (telegram, bot) = telegram_with(Options { pace: 1_000.0, ..Options::default() }).await;
    let receiver = Receiver::start().await;
    bot.set_webhook(&receiver.url).await;
    receiver.script([Reply::status(500), Reply::status(500)]);
    telegram.press(ANNA, 1, "gone").unwrap();
    telegram.wait_until_drained(PATIENCE).await.unwrap();
    assert_eq!(receiver.letters().len(), 2);
}

#[tokio::test]
async fn an_update_that_expired_in_its_queue_is_never_delivered() {
    let deadlines = Deadlines { query: Duration::ZERO, ..Deadlines::default() };
    let (telegram, bot) = telegram_with(Options { deadlines, ..Options::default() }).await;
    let receiver = Receiver::start().await;
    bot.set_webhook(&receiver.url).await;
    telegram.press(ANNA, 1, "gone").unwrap();
    telegram.say(ANNA, "still here").unwrap();
    telegram.wait_until_drained(PATIENCE).await.unwrap();
    let letters = receiver.letters();
    assert_eq!(letters.len(), 1);
    assert_eq!(letters[0].json["message"]["text"], "still here");
}

#[tokio::test]
async fn a_method_in_the_answer_is_executed_unless_it_asks() {
    let (telegram, bot) = telegram().await;
    let receiver = Receiver::start().await;
    let call = json!({ "method": "sendMessage", "chat_id": ANNA.0, "text": "by the way" });
    let refused = json!({ "method": "deleteWebhook" });
    receiver.script([
        Reply { body: call.to_string(), ..Reply::default() },
        Reply { body: refused.to_string(), ..Reply::default() },
    ]);
    bot.set_webhook(&receiver.url).await;
    telegram.say(ANNA, "/start").unwrap();
    telegram.wait_for_message(ANNA.0, PATIENCE, |m| m.words() == "by the way").await.unwrap();
    telegram.say(ANNA, "again").unwrap();
    telegram.wait_until_drained(PATIENCE).await.unwrap();
    let shown = bot.call("getWebhookInfo", json!({})).await.unwrap();
    assert_eq!(shown["url"], json!(receiver.url));
}

#[tokio::test]
async fn undelivered_updates_survive_a_change_of_the_webhook_unless_dropped() {
    let (telegram, bot) = telegram().await;
    telegram.say(ANNA, "one").unwrap();
    telegram.say(ANNA, "two").unwrap();
    let shown = bot.call("getWebhookInfo", json!({})).await.unwrap();
    assert_eq!((&shown["url"], &shown["pending_update_count"]), (&json!(""), &json!(2)));
    let receiver = Receiver::start().await;
    bot.set_webhook(&receiver.url).await;
    assert_eq!(receiver.wait_for(2).await[1].json["message"]["text"], "two");
    bot.call("deleteWebhook", json!({})).await.unwrap();
    telegram.say(ANNA, "three").unwrap();
    let parameters = json!({ "url": receiver.url, "drop_pending_updates": true });
    bot.call("setWebhook", parameters).await.unwrap();
    telegram.wait_until_drained(PATIENCE).await.unwrap();
    assert_eq!(receiver.letters().len(), 2);
}

#[tokio::test]
async fn setting_and_deleting_say_whether_they_changed_anything() {
    let (_telegram, bot) = telegram().await;
    let describe = async |method: &str, url: &str| {
        let answer = bot.http.post(&bot.url(method), &json!({ "url": url })).await.unwrap();
        answer.json()["description"].clone()
    };
    let url = "http://127.0.0.1:9/hook";
    assert_eq!(describe("setWebhook", url).await, "Webhook was set");
    assert_eq!(describe("setWebhook", url).await, "Webhook is already set");
    assert_eq!(describe("deleteWebhook", "").await, "Webhook was deleted");
    assert_eq!(describe("setWebhook", "").await, "Webhook is already deleted");
}

#[tokio::test]
async fn only_the_wanted_kinds_of_update_are_made() {
    let (telegram, bot) = telegram().await;
    let receiver = Receiver::start().await;
    let parameters = json!({ "url": receiver.url, "allowed_updates": ["callback_query"] });
    bot.call("setWebhook", parameters).await.unwrap();
    telegram.say(ANNA, "unheard").unwrap();
    telegram.press(ANNA, 1, "heard").unwrap();
    telegram.wait_until_drained(PATIENCE).await.unwrap();
    let letters = receiver.letters();
    assert_eq!(letters.len(), 1);
    assert_eq!(letters[0].json["callback_query"]["message"]["text"], "unheard");
}

#[tokio::test]
async fn a_press_on_a_deleted_message_tells_only_where_it_was() {
    let (telegram, bot) = greeted().await;
    let receiver = Receiver::start().await;
    let sent = bot.send(ANNA, "menu").await.unwrap();
    let id = sent["message_id"].clone();
    bot.call("deleteMessage", json!({ "chat_id": ANNA.0, "message_id": id })).await.unwrap();
    let parameters = json!({ "url": receiver.url, "drop_pending_updates": true });
    bot.call("setWebhook", parameters).await.unwrap();
    telegram.press(ANNA, id.as_i64().unwrap(), "late").unwrap();
    let message = &receiver.wait_for(1).await[0].json["callback_query"]["message"];
    assert_eq!((&message["date"], &message["message_id"]), (&json!(0), &id));
}

#[tokio::test]
async fn an_update_can_be_repeated_at_once_and_any_bytes_injected() {
    let (telegram, bot) = telegram().await;
    assert!(telegram.inject("{}").await.is_none());
    let receiver = Receiver::start().await;
    bot.set_webhook(&receiver.url).await;
    let update_id = telegram.say(ANNA, "once").unwrap();
    receiver.wait_for(1).await;
    let deliveries = telegram.redeliver(update_id, 5).await;
    assert_eq!(deliveries.len(), 5);
    assert!(deliveries.iter().all(emulators::telegram::Delivery::is_accepted));
    let letters = receiver.letters();
    assert_eq!(letters.len(), 6);
    assert!(letters.iter().all(|letter| letter.body == letters[0].body));
    receiver.script([Reply::status(413)]);
    assert_eq!(telegram.inject("not json").await.unwrap().status, 413);
    assert_eq!(receiver.letters()[6].body, b"not json");
    assert!(telegram.redeliver(update_id + 99, 1).await.is_empty());
}

#[tokio::test]
async fn blocking_is_told_and_refuses_the_bot() {
    let (telegram, bot) = greeted().await;
    let receiver = Receiver::start().await;
    let parameters = json!({ "url": receiver.url, "drop_pending_updates": true });
    bot.call("setWebhook", parameters).await.unwrap();
    telegram.block(ANNA).unwrap();
    let told = receiver.wait_for(1).await[0].json["my_chat_member"].clone();
    assert_eq!(told["old_chat_member"]["status"], "member");
    assert_eq!(told["new_chat_member"]["status"], "kicked");
    assert_eq!(told["new_chat_member"]["user"]["is_bot"], true);
    let refused = bot.send(ANNA, "hello?").await.unwrap_err();
    assert_eq!(refused, (403, "Forbidden: bot was blocked by the user".to_owned()));
    assert!(telegram.say(ANNA, "I blocked you").is_err());
    telegram.unblock(ANNA).unwrap();
    assert!(bot.send(ANNA, "welcome back").await.is_ok());
    telegram.deactivate(ANNA).unwrap();
    let refused = bot.send(ANNA, "hello?").await.unwrap_err();
    assert_eq!(refused, (403, "Forbidden: user is deactivated".to_owned()));
}
