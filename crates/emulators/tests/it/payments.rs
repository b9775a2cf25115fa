//! Stars: invoices, pre-checkout, payment, refund, ledger.

use std::time::Duration;

use emulators::telegram::{Deadlines, Options, PaymentOutcome, Telegram};
use serde_json::{Value, json};

use crate::client::{ANNA, BORIS, Bot, greeted, telegram_with};
use crate::receiver::{PATIENCE, Receiver};

fn invoice() -> Value {
    json!({
        "chat_id": 1001,
        "title": "Top-up",
        "description": "75 stars",
        "payload": "pay_1",
        "provider_token": "",
        "currency": "XTR",
        "prices": [{ "label": "Top-up", "amount": 75 }],
    })
}

/// Anna with an invoice in message 2, and a webhook.
async fn billed(options: Options) -> (Telegram, Bot, Receiver) {
    let (telegram, bot) = telegram_with(options).await;
    telegram.say(ANNA, "/start").expect("Anna is there");
    bot.call("sendInvoice", invoice()).await.expect("a sound invoice");
    let receiver = Receiver::start().await;
    let parameters = json!({ "url": receiver.url, "drop_pending_updates": true });
    bot.call("setWebhook", parameters).await.expect("the webhook is accepted");
    (telegram, bot, receiver)
}

async fn answer(bot: &Bot, receiver: &Receiver, answer: Value) {
    let letters = receiver.wait_for(1).await;
    let mut parameters = answer;
    parameters["pre_checkout_query_id"] = letters[0].json["pre_checkout_query"]["id"].clone();
    bot.call("answerPreCheckoutQuery", parameters).await.expect("in time");
}

#[tokio::test]
async fn a_payment_asks_first_and_then_says_that_it_is_done() {
    let (telegram, bot, receiver) = billed(Options::default()).await;
    let (outcome, ()) =
        tokio::join!(telegram.pay(ANNA, 2), answer(&bot, &receiver, json!({ "ok": true })));
    let PaymentOutcome::Paid { charge_id, update_id } = outcome.unwrap() else {
        panic!("not paid")
    };
    assert!(charge_id.starts_with("stx"));
    let letters = receiver.wait_for(2).await;
    let query = &letters[0].json["pre_checkout_query"];
    assert_eq!(query["from"]["id"], 1001);
    assert_eq!(
        (&query["currency"], &query["total_amount"], &query["invoice_payload"]),
        (&json!("XTR"), &json!(75), &json!("pay_1"))
    );
    assert_eq!(letters[1].json["update_id"], json!(update_id));
    let payment = &letters[1].json["message"]["successful_payment"];
    assert_eq!(payment["telegram_payment_charge_id"], json!(charge_id));
    assert_eq!(payment["invoice_payload"], "pay_1");
    assert_eq!(telegram.message(ANNA.0, 2).unwrap().paid_by, Some(charge_id));
    assert_eq!(telegram.star_balance(), 75);
    assert_eq!(telegram.redeliver(update_id, 3).await.len(), 3);
}

#[tokio::test]
async fn a_refusal_is_shown_to_the_payer_and_costs_nothing() {
    let (telegram, bot, receiver) = billed(Options::default()).await;
    let no = json!({ "ok": false, "error_message": "Sold out" });
    let (outcome, ()) = tokio::join!(telegram.pay(ANNA, 2), answer(&bot, &receiver, no));
    assert_eq!(outcome.unwrap(), PaymentOutcome::Refused { error_message: "Sold out".to_owned() });
    assert_eq!(telegram.star_balance(), 0);
    assert!(telegram.stars().is_empty());
    let query_id = receiver.letters()[0].json["pre_checkout_query"]["id"].clone();
    let again = json!({ "pre_checkout_query_id": query_id, "ok": true });
    let refused = bot.call("answerPreCheckoutQuery", again).await.unwrap_err();
    assert!(refused.1.contains("query is too old"));
}

#[tokio::test]
async fn silence_ends_a_payment_and_a_late_answer_is_refused() {
    let deadlines = Deadlines { pre_checkout: Duration::ZERO, ..Deadlines::default() };
    let (telegram, bot, receiver) = billed(Options { deadlines, ..Options::default() }).await;
    assert_eq!(telegram.pay(ANNA, 2).await.unwrap(), PaymentOutcome::TimedOut);
    let letters = receiver.wait_for(1).await;
    let query_id = letters[0].json["pre_checkout_query"]["id"].clone();
    let late = json!({ "pre_checkout_query_id": query_id, "ok": true });
    let refused = bot.call("answerPreCheckoutQuery", late).await.unwrap_err();
    assert!(refused.1.contains("query is too old"), "{}", refused.1);
    assert_eq!(telegram.star_balance(), 0);
}

#[tokio::test]
async fn a_refusal_needs_words() {
    let (telegram, bot, receiver) = billed(Options::default()).await;
    let payment = telegram.begin_payment(ANNA, 2).unwrap();
    receiver.wait_for(1).await;
    let silent = json!({ "pre_checkout_query_id": payment.query_id, "ok": false });
    assert_eq!(bot.call("answerPreCheckoutQuery", silent).await.unwrap_err().0, 400);
}

#[tokio::test]
async fn an_invoice_has_one_price_in_stars_and_a_pay_button() {
    let (telegram, bot) = greeted().await;
    for (field, value, reason) in [
        ("title", json!(""), "INVOICE_TITLE_INVALID"),
        ("title", json!("x".repeat(33)), "INVOICE_TITLE_INVALID"),
        ("description", json!("x".repeat(256)), "INVOICE_DESCRIPTION_INVALID"),
        ("payload", json!("щ".repeat(65)), "INVOICE_PAYLOAD_INVALID"),
        ("currency", json!("stars"), "CURRENCY_INVALID"),
        ("provider_token", json!("1:TEST:2"), "PAYMENT_PROVIDER_INVALID"),
        ("prices", json!([]), "there must be at least one price"),
        (
            "prices",
            json!([{ "label": "a", "amount": 1 }, { "label": "b", "amount": 2 }]),
            "STARS_INVOICE_INVALID",
        ),
        ("prices", json!([{ "label": "a", "amount": 0 }]), "CURRENCY_TOTAL_AMOUNT_INVALID"),
        (
            "reply_markup",
            json!({ "inline_keyboard": [[{ "text": "a", "callback_data": "a" }]] }),
            "the first button of an invoice must pay it",
        ),
    ] {
        let mut parameters = invoice();
        parameters[field] = value;
        let refused = bot.call("sendInvoice", parameters).await.unwrap_err();
        assert_eq!(refused, (400, format!("Bad Request: {reason}")), "{field}");
    }
    let sent = bot.call("sendInvoice", invoice()).await.unwrap();
    assert_eq!(sent["reply_markup"]["inline_keyboard"][0][0]["pay"], true);
    assert_eq!(sent["invoice"]["total_amount"], 75);
    assert!(sent["invoice"].get("payload").is_none());
    assert!(telegram.begin_payment(ANNA, 1).is_err());
}

#[tokio::test]
async fn a_link_can_be_paid_by_anybody() {
    let (telegram, bot) = greeted().await;
    let link = bot.call("createInvoiceLink", invoice()).await.unwrap();
    let link = link.as_str().unwrap();
    assert!(link.starts_with("https://t.me/$"));
    telegram.say(BORIS, "/start").unwrap();
    let payment = telegram.begin_link_payment(BORIS, link).unwrap();
    let yes = json!({ "pre_checkout_query_id": payment.query_id, "ok": true });
    bot.call("answerPreCheckoutQuery", yes).await.unwrap();
    assert!(matches!(payment.outcome().await, PaymentOutcome::Paid { .. }));
    assert_eq!(telegram.stars()[0].person.id, BORIS.0);
}

#[tokio::test]
async fn a_refund_happens_once_and_stands_in_the_ledger() {
    let (telegram, bot, receiver) = billed(Options::default()).await;
    let PaymentOutcome::Paid { charge_id, .. } = telegram.settle(ANNA, 2).unwrap() else {
        panic!("not paid")
    };
    let refund = json!({ "user_id": 1001, "telegram_payment_charge_id": charge_id });
    assert_eq!(bot.call("refundStarPayment", refund.clone()).await.unwrap(), json!(true));
    let again = bot.call("refundStarPayment", refund).await.unwrap_err();
    assert_eq!(again, (400, "Bad Request: CHARGE_ALREADY_REFUNDED".to_owned()));
    let nobody = json!({ "user_id": 5, "telegram_payment_charge_id": charge_id });
    let refused = bot.call("refundStarPayment", nobody).await.unwrap_err();
    assert_eq!(refused, (400, "Bad Request: USER_ID_INVALID".to_owned()));
    telegram.wait_until_drained(PATIENCE).await.unwrap();
    let told = &receiver.letters()[1].json["message"]["refunded_payment"];
    assert_eq!(told["telegram_payment_charge_id"], json!(charge_id));
    let listed = bot.call("getStarTransactions", json!({ "offset": 0 })).await.unwrap();
    let listed = listed["transactions"].as_array().unwrap().clone();
    assert_eq!(listed.len(), 2);
    assert_eq!(listed[0]["id"], listed[1]["id"]);
    assert_eq!(listed[0]["source"]["invoice_payload"], "pay_1");
    assert_eq!(listed[1]["receiver"]["user"]["id"], 1001);
    let balance = bot.call("getMyStarBalance", json!({})).await.unwrap();
    assert_eq!(balance["amount"], 0);
}

#[tokio::test]
async fn chats_stars_and_undelivered_updates_outlive_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let kept =
        || Options { persistence: Some(folder.path().join("telegram.json")), ..Options::default() };
    let (telegram, bot, receiver) = billed(kept()).await;
    telegram.settle(ANNA, 2).unwrap();
    receiver.wait_for(1).await;
    bot.call("deleteWebhook", json!({})).await.unwrap();
    let before = telegram.messages(ANNA.0);
    let update_id = telegram.say(BORIS, "hello").unwrap();
    telegram.stop().await;

    let (telegram, bot) = telegram_with(kept()).await;
    assert_eq!(telegram.messages(ANNA.0), before);
    assert_eq!(telegram.star_balance(), 75);
    let updates = bot.call("getUpdates", json!({})).await.unwrap();
    assert_eq!(updates[0]["update_id"], json!(update_id));
    assert!(telegram.begin_payment(ANNA, 2).is_ok());
    assert_eq!(telegram.say(ANNA, "later").unwrap(), update_id + 2);
}
