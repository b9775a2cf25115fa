//! A bare HTTP client, and a Bot API on top of it.

use axum::body::{Body, to_bytes};
use axum::http::{Request, Response};
use emulators::telegram::{Options, PersonId, Seed, Telegram};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use serde_json::{Value, json};

/// A refusal: HTTP status and description.
pub type Refused = (u16, String);

pub struct Http(Client<HttpConnector, Body>);

pub struct Answer {
    pub status: u16,
    pub headers: axum::http::HeaderMap,
    pub body: Vec<u8>,
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).expect("a JSON body")
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

impl Http {
    pub fn new() -> Self {
        Self(Client::builder(TokioExecutor::new()).build(HttpConnector::new()))
    }

    /// Sends a request; an error means that no answer came.
    pub async fn send(&self, request: Request<Body>) -> Result<Answer, String> {
        let response = self.0.request(request).await.map_err(|error| error.to_string())?;
        let (head, body) = Response::into_parts(response);
        let body = to_bytes(Body::new(body), usize::MAX).await.map_err(|e| e.to_string())?;
        Ok(Answer { status: head.status.as_u16(), headers: head.headers, body: body.to_vec() })
    }

    pub async fn post(&self, url: &str, body: &Value) -> Result<Answer, String> {
        let request = Request::post(url)
            .header("content-type", "application/json")
            .body(Body::from(body.to_string()))
            .expect("a request");
        self.send(request).await
    }

    pub async fn get(&self, url: &str) -> Answer {
        let request = Request::get(url).body(Body::empty()).expect("a request");
        self.send(request).await.expect("an answer")
    }

    pub async fn delete(&self, url: &str) -> Answer {
        let request = Request::delete(url).body(Body::empty()).expect("a request");
        self.send(request).await.expect("an answer")
    }
}

/// A bot without a mind of its own.
pub struct Bot {
    pub http: Http,
    base: String,
}

impl Bot {
    pub fn of(telegram: &Telegram) -> Self {
        let base = format!("{}/bot{}", telegram.base_url(), telegram.token());
        Self { http: Http::new(), base }
    }

    pub fn url(&self, method: &str) -> String {
        format!("{}/{method}", self.base)
    }

    pub async fn call(&self, method: &str, parameters: Value) -> Result<Value, Refused> {
        let answer = self.http.post(&self.url(method), &parameters).await.expect("an answer");
        let mut body = answer.json();
        if body["ok"] == json!(true) {
            return Ok(body["result"].take());
        }
        assert_eq!(body["error_code"], json!(answer.status), "the status repeats the code");
        Err((answer.status, body["description"].as_str().unwrap_or_default().to_owned()))
    }

    pub async fn send(&self, chat: PersonId, text: &str) -> Result<Value, Refused> {
        self.call("sendMessage", json!({ "chat_id": chat.0, "text": text })).await
    }

    pub async fn set_webhook(&self, url: &str) {
        let parameters = json!({ "url": url, "secret_token": "s3cret" });
        self.call("setWebhook", parameters).await.expect("the webhook is accepted");
    }
}

pub const ANNA: PersonId = PersonId(1001);
pub const BORIS: PersonId = PersonId(1002);

/// An emulator with two people.
pub async fn telegram_with(options: Options) -> (Telegram, Bot) {
    let people = vec![
        Seed::new(ANNA.0, "Anna").username("anna").speaks("en"),
        Seed::new(BORIS.0, "Борис").speaks("ru"),
    ];
    let telegram = Telegram::start(Options { people, ..options }).await.expect("a free port");
    let bot = Bot::of(&telegram);
    (telegram, bot)
}

pub async fn telegram() -> (Telegram, Bot) {
    telegram_with(Options::default()).await
}

/// The same, with Anna having pressed Start.
pub async fn greeted() -> (Telegram, Bot) {
    let (telegram, bot) = telegram().await;
    telegram.say(ANNA, "/start").expect("Anna is there");
    (telegram, bot)
}
