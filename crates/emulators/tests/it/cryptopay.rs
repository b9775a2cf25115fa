//! Crypto Pay: invoices, payment, signed webhooks, transfers, faults.

use std::time::Duration;

use axum::body::Body;
use axum::http::Request;
use emulators::cryptopay::{CallScope, CryptoPay, Options, PayFailure, Status, WebhookScope, sign};
use emulators::faults::{CallFault, DeliveryFault};
use kernel::clock::Clock;
use serde_json::{Value, json};

use crate::client::{Answer, Http};
use crate::receiver::{PATIENCE, Receiver, Reply};

struct App {
    pay: CryptoPay,
    http: Http,
    token: String,
}

impl App {
    async fn start(options: Options) -> Self {
        let pay = CryptoPay::start(options).await.expect("a free port");
        let token = pay.token().to_owned();
        Self { pay, http: Http::new(), token }
    }

    async fn send(&self, method: &str, parameters: &Value) -> Result<Answer, String> {
        let request = Request::post(format!("{}/api/{method}", self.pay.base_url()))
            .header("content-type", "application/json")
            .header("crypto-pay-api-token", &self.token)
            .body(Body::from(parameters.to_string()))
            .expect("a request");
        self.http.send(request).await
    }

    async fn call(&self, method: &str, parameters: Value) -> Result<Value, (u16, String)> {
        let answer = self.send(method, &parameters).await.expect("an answer");
        let mut body = answer.json();
        if body["ok"] == json!(true) {
            return Ok(body["result"].take());
        }
        assert_eq!(body["error"]["code"], json!(answer.status));
        Err((answer.status, body["error"]["name"].as_str().unwrap_or_default().to_owned()))
    }

    async fn invoice(&self) -> Value {
        let parameters = json!({
            "currency_type": "fiat", "fiat": "USD", "amount": "12.50",
            "accepted_assets": "USDT,TON", "payload": "pay_1", "expires_in": 1800,
        });
        self.call("createInvoice", parameters).await.expect("an invoice")
    }
}

fn id(invoice: &Value) -> i64 {
    invoice["invoice_id"].as_i64().expect("an id")
}

#[tokio::test]
async fn the_token_and_the_method_are_checked() {
    let mut app = App::start(Options::default()).await;
    let me = app.call("getMe", json!({})).await.unwrap();
    assert_eq!(me["app_id"], 12345);
    let missing = app.call("getStars", json!({})).await.unwrap_err();
    assert_eq!(missing, (405, "METHOD_NOT_FOUND".to_owned()));
    app.token = "12345:wrong".to_owned();
    let refused = app.call("getMe", json!({})).await.unwrap_err();
    assert_eq!(refused, (401, "UNAUTHORIZED".to_owned()));
}

#[tokio::test]
async fn an_invoice_is_made_found_and_deleted() {
    let app = App::start(Options::default()).await;
    let invoice = app.invoice().await;
    assert_eq!(invoice["status"], "active");
    assert_eq!(invoice["amount"], "12.5");
    assert_eq!(invoice["accepted_assets"], json!(["USDT", "TON"]));
    assert!(invoice["created_at"].as_str().unwrap().ends_with('Z'));
    let url = invoice["bot_invoice_url"].as_str().unwrap();
    assert_eq!(url, format!("{}/pay/{}", app.pay.base_url(), invoice["hash"].as_str().unwrap()));
    app.invoice().await;
    let all = app.call("getInvoices", json!({ "count": 1 })).await.unwrap();
    assert_eq!(all["items"].as_array().unwrap().len(), 1);
    assert_ne!(all["items"][0]["invoice_id"], invoice["invoice_id"]);
    let one = json!({ "invoice_ids": format!("{},999", id(&invoice)), "status": "active" });
    let found = app.call("getInvoices", one).await.unwrap();
    assert_eq!(found["items"], json!([invoice]));
    for (parameters, name) in [
        (json!({ "count": 0 }), "COUNT_INVALID"),
        (json!({ "count": 1001 }), "COUNT_INVALID"),
        (json!({ "offset": -1 }), "OFFSET_INVALID"),
        (json!({ "status": "expired" }), "STATUS_INVALID"),
        (json!({ "invoice_ids": "a" }), "INVOICE_IDS_INVALID"),
    ] {
        let refused = app.call("getInvoices", parameters).await.unwrap_err();
        assert_eq!(refused, (400, name.to_owned()));
    }
    let delete = json!({ "invoice_id": id(&invoice) });
    assert_eq!(app.call("deleteInvoice", delete.clone()).await.unwrap(), json!(true));
    let again = app.call("deleteInvoice", delete).await.unwrap_err();
    assert_eq!(again, (400, "INVOICE_NOT_FOUND".to_owned()));
}

#[tokio::test]
async fn paying_converts_books_and_tells_with_a_signature() {
    let app = App::start(Options::default()).await;
    let receiver = Receiver::start().await;
    app.pay.set_webhook(Some(&receiver.url));
    let invoice = app.invoice().await;
    assert_eq!(app.pay.pay(id(&invoice), None), Err(PayFailure::AssetNeeded));
    let other = app.pay.pay(id(&invoice), Some("BTC"));
    assert_eq!(other, Err(PayFailure::NotAccepted("BTC".to_owned())));
    app.pay.pay(id(&invoice), Some("TON")).unwrap();
    assert_eq!(app.pay.pay(id(&invoice), Some("TON")), Err(PayFailure::NotActive(Status::Paid)));
    app.pay.wait_until_drained(PATIENCE).await.unwrap();
    let letters = receiver.letters();
    assert_eq!(letters.len(), 1);
    let signature = letters[0].headers["crypto-pay-api-signature"].to_str().unwrap().to_owned();
    assert_eq!(signature, sign(app.pay.token(), &letters[0].body));
    assert_eq!(letters[0].json["update_type"], "invoice_paid");
    let told = &letters[0].json["payload"];
    assert_eq!((&told["status"], &told["payload"]), (&json!("paid"), &json!("pay_1")));
    assert_eq!((&told["paid_asset"], &told["paid_fiat_rate"]), (&json!("TON"), &json!("3.14")));
    // 12.5 / 3.14, rounded up to nanotons.
    assert_eq!(told["paid_amount"], "3.98089172");
    let polled = json!({ "invoice_ids": id(&invoice).to_string() });
    let polled = app.call("getInvoices", polled).await.unwrap();
    assert_eq!(&polled["items"][0], told);
    let balance = app.call("getBalance", json!({})).await.unwrap();
    let ton = balance.as_array().unwrap().iter().find(|row| row["currency_code"] == "TON");
    assert_eq!(ton.unwrap()["available"], "3.941082803");
}

#[tokio::test]
async fn an_expired_invoice_cannot_be_paid() {
    let clock = Clock::fixed("2026-01-02T03:00:00Z".parse().unwrap());
    let app = App::start(Options { clock: clock.clone(), ..Options::default() }).await;
    let invoice = app.invoice().await;
    assert_eq!(invoice["created_at"], "2026-01-02T03:00:00.000Z");
    assert_eq!(invoice["expiration_date"], "2026-01-02T03:30:00.000Z");
    clock.advance(1_800_000);
    let failure = app.pay.pay(id(&invoice), Some("TON"));
    assert_eq!(failure, Err(PayFailure::NotActive(Status::Expired)));
    assert_eq!(app.pay.invoice(id(&invoice)).unwrap().status, Status::Expired);
    let other = app.invoice().await;
    app.pay.expire(id(&other)).unwrap();
    assert!(app.pay.pay(id(&other), Some("TON")).is_err());
}

#[tokio::test]
async fn a_webhook_is_repeated_until_accepted_and_off_after_seventeen_failures() {
    let app = App::start(Options { pace: 0.000_000_1, ..Options::default() }).await;
    let receiver = Receiver::start().await;
    app.pay.set_webhook(Some(&receiver.url));
    receiver.script([Reply::status(500), Reply::status(302)]);
    app.pay.pay(id(&app.invoice().await), Some("USDT")).unwrap();
    app.pay.wait_until_drained(PATIENCE).await.unwrap();
    assert_eq!(receiver.letters().len(), 3);
    receiver.script((0..17).map(|_| Reply::status(500)));
    app.pay.pay(id(&app.invoice().await), Some("USDT")).unwrap();
    app.pay.wait_until_drained(PATIENCE).await.unwrap();
    assert_eq!(receiver.letters().len(), 20);
    assert!(app.pay.is_webhook_disabled());
    app.pay.pay(id(&app.invoice().await), Some("USDT")).unwrap();
    app.pay.wait_until_drained(PATIENCE).await.unwrap();
    assert_eq!(receiver.letters().len(), 20);
}

#[tokio::test]
async fn webhooks_are_lost_repeated_forged_and_repeated_by_hand() {
    let app = App::start(Options::default()).await;
    let receiver = Receiver::start().await;
    app.pay.set_webhook(Some(&receiver.url));
    let break_next = |invoice: &Value, fault| {
        app.pay.break_webhooks(WebhookScope::invoice(id(invoice)), fault, Some(1));
    };
    let lost = app.invoice().await;
    break_next(&lost, DeliveryFault::Lose);
    app.pay.pay(id(&lost), Some("USDT")).unwrap();
    app.pay.wait_until_drained(PATIENCE).await.unwrap();
    assert!(receiver.letters().is_empty());
    let twice = app.invoice().await;
    break_next(&twice, DeliveryFault::Duplicate { times: 1 });
    app.pay.pay(id(&twice), Some("USDT")).unwrap();
    app.pay.wait_until_drained(PATIENCE).await.unwrap();
    assert_eq!(receiver.letters().len(), 2);
    let forged = app.invoice().await;
    break_next(&forged, DeliveryFault::BadSignature);
    app.pay.pay(id(&forged), Some("USDT")).unwrap();
    app.pay.wait_until_drained(PATIENCE).await.unwrap();
    let letter = &receiver.letters()[2];
    let signature = letter.headers["crypto-pay-api-signature"].to_str().unwrap();
    assert_ne!(signature, sign(app.pay.token(), &letter.body));
    assert_eq!(app.pay.redeliver(id(&lost), 50).await.len(), 50);
    assert_eq!(receiver.letters().len(), 53);
    assert!(app.pay.inject("{}").await.unwrap().is_accepted());
}

#[tokio::test]
async fn an_amended_invoice_lies_everywhere() {
    let app = App::start(Options::default()).await;
    let receiver = Receiver::start().await;
    app.pay.set_webhook(Some(&receiver.url));
    let invoice = app.invoice().await;
    let Value::Object(lie) = json!({ "amount": "9999" }) else { panic!("an object") };
    app.pay.amend(id(&invoice), lie).unwrap();
    app.pay.pay(id(&invoice), Some("USDT")).unwrap();
    assert_eq!(receiver.wait_for(1).await[0].json["payload"]["amount"], "9999");
    let listed = app.call("getInvoices", json!({ "status": "paid" })).await.unwrap();
    assert_eq!(listed["items"][0]["amount"], "9999");
}

#[tokio::test]
async fn a_transfer_happens_once_per_spend_id_even_when_its_answer_is_lost() {
    let app = App::start(Options { strangers: vec![9], ..Options::default() }).await;
    app.pay.set_balance("USDT", 100.into());
    let order = |spend: &str, amount: &str, user: i64| {
        let asset = "USDT";
        json!({ "user_id": user, "asset": asset, "amount": amount, "spend_id": spend })
    };
    let scope = CallScope::method("transfer");
    app.pay.break_calls(scope, CallFault::TimeOutAfterEffect, Some(1));
    assert!(app.send("transfer", &order("w1", "60", 7)).await.is_err());
    let again = app.call("transfer", order("w1", "60", 7)).await.unwrap_err();
    assert_eq!(again, (400, "SPEND_ID_ALREADY_USED".to_owned()));
    let found = app.call("getTransfers", json!({ "spend_id": "w1" })).await.unwrap();
    assert_eq!(found["items"][0]["amount"], "60");
    assert_eq!(app.pay.transfers().len(), 1);
    for (order, name) in [
        (order("w2", "60", 7), "INSUFFICIENT_FUNDS"),
        (order("w2", "10", 9), "USER_NOT_FOUND"),
        (order("w2", "0.1", 7), "AMOUNT_INVALID"),
        (order("", "10", 7), "SPEND_ID_INVALID"),
        (order(&"x".repeat(65), "10", 7), "SPEND_ID_INVALID"),
    ] {
        assert_eq!(app.call("transfer", order).await.unwrap_err(), (400, name.to_owned()));
    }
    let closed = App::start(Options { transfers_allowed: false, ..Options::default() }).await;
    let refused = closed.call("transfer", order("w1", "60", 7)).await.unwrap_err();
    assert_eq!(refused, (403, "METHOD_DISABLED".to_owned()));
}

#[tokio::test]
async fn calls_fail_on_demand() {
    let app = App::start(Options::default()).await;
    let arm = |fault| app.pay.break_calls(CallScope::default(), fault, Some(1));
    let limit = CallFault::TooManyRequests { retry_after_s: 3 };
    arm(limit);
    assert_eq!(app.call("getMe", json!({})).await.unwrap_err().0, 429);
    arm(CallFault::Refuse { status: 500, reason: "APP_ERROR".to_owned() });
    assert_eq!(app.call("getMe", json!({})).await.unwrap_err(), (500, "APP_ERROR".to_owned()));
    arm(CallFault::RefuseWithStatus200 { code: 500, reason: "APP_ERROR".to_owned() });
    let answer = app.send("getMe", &json!({})).await.unwrap();
    assert_eq!((answer.status, &answer.json()["ok"]), (200, &json!(false)));
    arm(CallFault::bad_gateway());
    assert_eq!(app.send("getMe", &json!({})).await.unwrap().status, 502);
    arm(CallFault::Truncate);
    let answer = app.send("getMe", &json!({})).await.unwrap();
    assert!(serde_json::from_slice::<Value>(&answer.body).is_err());
    arm(CallFault::Lose);
    assert!(app.send("getMe", &json!({})).await.is_err());
    assert!(app.call("getMe", json!({})).await.is_ok());
    assert_eq!(app.pay.call_count(Some("getMe")), 7);
}

#[tokio::test]
async fn the_page_shows_what_is_due_and_takes_the_payment() {
    let app = App::start(Options::default()).await;
    let invoice = app.invoice().await;
    let url = invoice["bot_invoice_url"].as_str().unwrap();
    let page = app.http.get(url).await;
    assert_eq!(page.status, 200);
    assert!(page.text().contains("<!doctype html>"));
    assert_eq!(app.http.get(&format!("{url}x")).await.status, 404);
    let shown = app.http.get(&format!("{url}/invoice")).await.json();
    assert_eq!(shown["dues"][0], json!({ "asset": "USDT", "amount": "12.5" }));
    let paid = app.http.post(url, &json!({ "asset": "USDT" })).await.unwrap();
    assert_eq!(paid.json()["invoice"]["status"], "paid");
    let again = app.http.post(url, &json!({ "asset": "USDT" })).await.unwrap();
    assert_eq!(again.status, 409);
}

#[tokio::test]
async fn crypto_pay_is_driven_over_http_too() {
    let app = App::start(Options::default()).await;
    let receiver = Receiver::start().await;
    let control = |path: &str| format!("{}/control{path}", app.pay.base_url());
    let post = async |path: &str, body: Value| {
        let answer = app.http.post(&control(path), &body).await.unwrap();
        assert_eq!(answer.status, 200, "{path}: {}", answer.text());
        answer.json()
    };
    post("/webhook", json!({ "url": receiver.url })).await;
    post("/rates", json!({ "source": "TON", "target": "USD", "rate": "2.5" })).await;
    let invoice = app.invoice().await;
    let fault = json!({ "fault": "delay", "delay_ms": 1, "strikes": 1 });
    post("/faults/webhooks", fault).await;
    let paid = post(&format!("/invoices/{}/pay", id(&invoice)), json!({ "asset": "TON" })).await;
    assert_eq!(paid["paid_amount"], "5");
    let patience = u64::try_from(Duration::from_secs(20).as_millis()).unwrap();
    post("/drained", json!({ "deadline_ms": patience })).await;
    assert_eq!(receiver.letters().len(), 1);
    let listed = app.http.get(&control("/invoices")).await.json();
    assert_eq!(listed[0]["status"], "paid");
    let rates = app.call("getExchangeRates", json!({})).await.unwrap();
    let ton =
        rates.as_array().unwrap().iter().find(|r| r["source"] == "TON" && r["target"] == "USD");
    assert_eq!(ton.unwrap()["rate"], "2.5");
}
