//! Those whom the service calls: Crypto Pay's strict emulator, and of the Bot API just enough.

pub mod admin;
pub mod bot;

use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use axum::{Json, Router};
use chassis::lifecycle::Lifecycle;
use emulators::cryptopay::{self, CallScope, Options, WebhookScope};
use emulators::faults::{CallFault, DeliveryFault};
use payments::operations::{Payments, inbox};
use serde_json::{Map, Value, json};
use tokio::net::TcpListener;

/// How long a test waits for something that must come.
pub const SOON: Duration = Duration::from_secs(20);

/// Crypto Pay with its invoices; they are named by their order, oldest first.
pub struct CryptoPay(cryptopay::CryptoPay);

impl CryptoPay {
    pub async fn start(token: &str) -> Self {
        let options = Options { token: token.into(), ..Options::default() };
        Self(cryptopay::CryptoPay::start(options).await.unwrap())
    }

    pub fn url(&self) -> String {
        self.0.base_url()
    }

    /// From now on it does what it is asked and fails to say so.
    pub fn lose_answers(&self) {
        self.0.break_calls(CallScope::default(), CallFault::TimeOutAfterEffect, None);
    }

    /// From now on it does nothing and answers with this status.
    pub fn refuse(&self, status: u16) {
        let fault = CallFault::Refuse { status, reason: "ON_PURPOSE".into() };
        self.0.break_calls(CallScope::default(), fault, None);
    }

    /// Its next callbacks, that many, are signed by somebody else.
    pub fn forge_callbacks(&self, times: u32) {
        let fault = DeliveryFault::BadSignature;
        self.0.break_webhooks(WebhookScope::default(), fault, Some(times));
    }

    pub fn mend(&self) {
        self.0.mend_all();
    }

    pub fn calls(&self) -> usize {
        self.0.call_count(None)
    }

    pub fn invoices(&self) -> Vec<Value> {
        let told = |invoice| serde_json::to_value(invoice).unwrap();
        self.0.invoices().into_iter().map(told).collect()
    }

    /// Its own id of an invoice.
    pub fn id(&self, at: usize) -> i64 {
        self.0.invoices()[at].invoice_id
    }

    /// From now on it tells of an invoice otherwise; gives the invoice as it is told then.
    pub fn change(&self, at: usize, changes: &[(&str, Value)]) -> Value {
        let changed = changes.iter().map(|(key, value)| ((*key).to_owned(), value.clone()));
        let changed: Map<String, Value> = changed.collect();
        self.0.amend(self.id(at), changed.clone()).unwrap();
        let mut told = self.invoices().swap_remove(at);
        told.as_object_mut().unwrap().extend(changed);
        told
    }

    /// Somebody pays in TON.
    pub fn pay(&self, at: usize) -> Value {
        serde_json::to_value(self.0.pay(self.id(at), Some("TON")).unwrap()).unwrap()
    }

    /// From now on it calls back, through a door like the gateway's.
    pub async fn call_back_to(&self, payments: &Arc<Payments>, lifecycle: &Lifecycle) {
        let routes = Router::new().route("/", post(door)).with_state(Arc::clone(payments));
        self.0.set_webhook(Some(&serve(lifecycle, routes).await));
    }

    /// Waits until every callback has been delivered.
    pub async fn settled(&self) {
        self.0.wait_until_drained(SOON).await.unwrap();
    }

    /// Calls back again, that many times at once; the statuses it was answered with.
    pub async fn call_back_again(&self, at: usize, times: u32) -> Vec<u16> {
        let deliveries = self.0.redeliver(self.id(at), times).await;
        deliveries.into_iter().map(|delivery| delivery.status).collect()
    }
}

async fn door(
    State(payments): State<Arc<Payments>>,
    headers: HeaderMap,
    body: Bytes,
) -> StatusCode {
    match inbox::take_callback(&payments, "cryptopay", &headers, body.to_vec()).await {
        Ok(()) => StatusCode::OK,
        Err(failure) => StatusCode::from_u16(failure.kind().http()).unwrap(),
    }
}

/// The Bot API as far as checkouts need it.
#[derive(Clone, Default)]
pub struct Telegram(Arc<Mutex<TelegramState>>);

#[derive(Default)]
struct TelegramState {
    answers: Vec<Value>,
    ledger: Vec<Value>,
    tries: usize,
    fault: Option<(u16, &'static str)>,
}

impl Telegram {
    pub async fn serve(&self, lifecycle: &Lifecycle) -> String {
        let routes =
            Router::new().route("/{bot}/{method}", post(telegram_call)).with_state(self.clone());
        serve(lifecycle, routes).await
    }

    /// From now on it refuses with this status and these words.
    pub fn refuse(&self, status: u16, words: &'static str) {
        self.0.lock().unwrap().fault = Some((status, words));
    }

    pub fn tries(&self) -> usize {
        self.0.lock().unwrap().tries
    }

    /// Writes a line of the ledger: stars that came in from `source`, or went out to it.
    pub fn write_line(&self, line: Value) {
        self.0.lock().unwrap().ledger.push(line);
    }

    /// The answers to checkouts, oldest first.
    pub fn answers(&self) -> Vec<Value> {
        self.0.lock().unwrap().answers.clone()
    }
}

async fn telegram_call(
    State(telegram): State<Telegram>,
    Path((_, method)): Path<(String, String)>,
    Json(request): Json<Value>,
) -> (StatusCode, Json<Value>) {
    let mut state = telegram.0.lock().unwrap();
    state.tries += 1;
    if let Some((status, words)) = state.fault {
        let refused = json!({"ok": false, "error_code": status, "description": words});
        return (StatusCode::from_u16(status).unwrap(), Json(refused));
    }
    let result = match method.as_str() {
        "answerPreCheckoutQuery" => {
            state.answers.push(request);
            json!(true)
        }
        "getStarTransactions" => {
            let number = |key: &str| usize::try_from(request[key].as_u64().unwrap()).unwrap();
            let lines = state.ledger.iter().skip(number("offset")).take(number("limit"));
            json!({"transactions": lines.collect::<Vec<_>>()})
        }
        other => panic!("{other} was not expected"),
    };
    (StatusCode::OK, Json(json!({"ok": true, "result": result})))
}

async fn serve(lifecycle: &Lifecycle, routes: Router) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let owner = lifecycle.clone();
    lifecycle.spawn("stand-in", async move {
        let stop = async move { owner.stopping().await };
        axum::serve(listener, routes).with_graceful_shutdown(stop).await.unwrap();
    });
    format!("http://{address}")
}
