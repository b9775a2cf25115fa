//! Stand-ins for Crypto Pay and the Bot API: just enough of each, with faults on demand.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::routing::post;
use axum::{Json, Router};
use chassis::lifecycle::Lifecycle;
use serde_json::{Value, json};
use tokio::net::TcpListener;

/// What a stand-in does instead of answering well.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Fault {
    #[default]
    None,
    /// Does what it is asked and fails to say so.
    After(u16),
    /// Answers with this status and does nothing.
    Status(u16),
}

/// Crypto Pay with its invoices.
#[derive(Clone, Default)]
pub struct CryptoPay(Arc<Mutex<CryptoPayState>>);

#[derive(Default)]
struct CryptoPayState {
    invoices: Vec<Value>,
    fault: Fault,
    calls: usize,
}

impl CryptoPay {
    pub async fn serve(&self, lifecycle: &Lifecycle) -> String {
        let routes =
            Router::new().route("/api/{method}", post(cryptopay_call)).with_state(self.clone());
        serve(lifecycle, routes).await
    }

    pub fn set_fault(&self, fault: Fault) {
        self.0.lock().unwrap().fault = fault;
    }

    pub fn calls(&self) -> usize {
        self.0.lock().unwrap().calls
    }

    /// All invoices, oldest first.
    pub fn invoices(&self) -> Vec<Value> {
        self.0.lock().unwrap().invoices.clone()
    }

    /// Changes fields of an invoice and gives it as it is then.
    pub fn change(&self, at: usize, changes: &[(&str, Value)]) -> Value {
        let mut state = self.0.lock().unwrap();
        for (key, value) in changes {
            state.invoices[at][*key] = value.clone();
        }
        state.invoices[at].clone()
    }

    /// Somebody pays.
    pub fn pay(&self, at: usize) -> Value {
        self.change(at, &[("status", json!("paid")), ("paid_asset", json!("TON"))])
    }

    fn answer(&self, method: &str, request: &Value) -> (StatusCode, Json<Value>) {
        let mut state = self.0.lock().unwrap();
        state.calls += 1;
        if let Fault::Status(status) = state.fault {
            return refusal(status);
        }
        let result = match method {
            "createInvoice" => state.create(request),
            "getInvoices" => state.find(request),
            _ => return refusal(405),
        };
        match state.fault {
            Fault::After(status) => refusal(status),
            _ => (StatusCode::OK, Json(json!({"ok": true, "result": result}))),
        }
    }
}

impl CryptoPayState {
    fn create(&mut self, request: &Value) -> Value {
        let id = 1_000 + self.invoices.len();
        let mut invoice = request.clone();
        invoice["invoice_id"] = json!(id);
        invoice["status"] = json!("active");
        invoice["bot_invoice_url"] = json!(format!("https://t.me/CryptoBot?start=IV{id}"));
        self.invoices.push(invoice.clone());
        invoice
    }

    fn find(&self, request: &Value) -> Value {
        let ids = request["invoice_ids"].as_str().map(|ids| ids.split(',').collect::<Vec<_>>());
        let asked = |invoice: &&Value| {
            let id = invoice["invoice_id"].to_string();
            ids.as_ref().is_none_or(|ids| ids.contains(&id.as_str()))
        };
        json!({"items": self.invoices.iter().rev().filter(asked).collect::<Vec<_>>()})
    }
}

fn refusal(status: u16) -> (StatusCode, Json<Value>) {
    let error = json!({"ok": false, "error": {"code": status, "name": "ON_PURPOSE"}});
    (StatusCode::from_u16(status).unwrap(), Json(error))
}

async fn cryptopay_call(
    State(cryptopay): State<CryptoPay>,
    Path(method): Path<String>,
    Json(request): Json<Value>,
) -> (StatusCode, Json<Value>) {
    cryptopay.answer(&method, &request)
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

/// How long a test waits for something that must come.
pub const SOON: Duration = Duration::from_secs(20);
