//! A Bot API that notes every call and says what the test wants.

use std::collections::VecDeque;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::extract::{Path, State};
use axum::routing::post;
use axum::{Json, Router};
use chassis::lifecycle::Lifecycle;
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::sync::watch;

/// Nothing here takes this long; a test that waits for it has failed.
const PATIENCE: Duration = Duration::from_secs(10);

/// A call: the method and its parameters.
pub type Call = (String, Value);

/// The Bot API; clones are the same one.
#[derive(Clone)]
pub struct BotApi {
    pub address: SocketAddr,
    inner: Arc<Inner>,
}

struct Inner {
    calls: watch::Sender<Vec<Call>>,
    /// Where updates are posted, as far as this side knows.
    webhook: Mutex<String>,
    /// Answers of getUpdates; it waits while there are none.
    batches: watch::Sender<VecDeque<Value>>,
}

impl BotApi {
    pub async fn start(lifecycle: &Lifecycle) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let inner = Inner {
            calls: watch::Sender::default(),
            webhook: Mutex::default(),
            batches: watch::Sender::default(),
        };
        let api = Self { address, inner: Arc::new(inner) };
        let routes = Router::new().route("/{bot}/{method}", post(take)).with_state(api.clone());
        let token = lifecycle.token();
        lifecycle.spawn_errand("fake bot api", async move {
            let serving = axum::serve(listener, routes).into_future();
            token.run_until_cancelled(serving).await;
        });
        api
    }

    /// The calls of one method so far.
    pub fn calls(&self, method: &str) -> Vec<Value> {
        of(&self.inner.calls.borrow(), method)
    }

    /// Waits until a method was called so often; returns its calls.
    pub async fn called(&self, method: &str, count: usize) -> Vec<Value> {
        let mut calls = self.inner.calls.subscribe();
        let enough = calls.wait_for(|calls| of(calls, method).len() >= count);
        let enough = tokio::time::timeout(PATIENCE, enough).await;
        of(&enough.unwrap_or_else(|_| panic!("{method} is not called")).unwrap(), method)
    }

    /// All methods called, in order.
    pub fn order(&self) -> Vec<String> {
        self.inner.calls.borrow().iter().map(|(method, _)| method.clone()).collect()
    }

    /// Somebody else sets the webhook.
    pub fn hijack(&self, url: &str) {
        url.clone_into(&mut self.inner.webhook.lock().unwrap());
    }

    /// getUpdates answers with these updates once.
    pub fn deliver(&self, updates: Value) {
        self.answer_updates(json!({"ok": true, "result": updates}));
    }

    /// getUpdates answers with exactly this once.
    pub fn answer_updates(&self, answer: Value) {
        self.inner.batches.send_modify(|batches| batches.push_back(answer));
    }

    async fn next_batch(&self) -> Value {
        let mut batches = self.inner.batches.subscribe();
        loop {
            let mut next = None;
            self.inner.batches.send_if_modified(|batches| {
                next = batches.pop_front();
                false
            });
            match next {
                Some(batch) => return batch,
                None => drop(batches.wait_for(|batches| !batches.is_empty()).await.unwrap()),
            }
        }
    }
}

fn of(calls: &[Call], method: &str) -> Vec<Value> {
    let these = calls.iter().filter(|(name, _)| name.eq_ignore_ascii_case(method));
    these.map(|(_, parameters)| parameters.clone()).collect()
}

async fn take(
    State(api): State<BotApi>,
    Path((bot, method)): Path<(String, String)>,
    parameters: Option<Json<Value>>,
) -> Json<Value> {
    assert_eq!(bot, "bot1:test");
    let parameters = parameters.map_or(Value::Null, |Json(parameters)| parameters);
    let url = parameters["url"].as_str().unwrap_or_default().to_owned();
    api.inner.calls.send_modify(|calls| calls.push((method.clone(), parameters)));
    let result = match method.as_str() {
        "getUpdates" => return Json(api.next_batch().await),
        "getWebhookInfo" => {
            let url = api.inner.webhook.lock().unwrap().clone();
            json!({"url": url, "has_custom_certificate": false, "pending_update_count": 0})
        }
        "setWebhook" | "deleteWebhook" => {
            *api.inner.webhook.lock().unwrap() = url;
            json!(true)
        }
        "sendMessage" => json!({"message_id": 1, "date": 1_767_323_045,
            "chat": {"id": 7, "type": "private"}, "text": "noted"}),
        _ => json!(true),
    };
    Json(json!({"ok": true, "result": result}))
}
