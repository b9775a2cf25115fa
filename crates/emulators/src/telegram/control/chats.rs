//! Controls of chats: what was said, which calls arrived, and waiting for more.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::{Path, Query, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE, X_CONTENT_TYPE_OPTIONS};
use axum::http::{HeaderMap, HeaderValue};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::control::Refusal;
use crate::telegram::journal::Call;
use crate::telegram::message::Message;
use crate::telegram::world::World;

pub(super) fn router() -> Router<Arc<World>> {
    Router::new()
        .route("/chats/{chat}/messages", get(messages))
        .route("/chats/{chat}/wait", post(wait))
        .route("/calls", get(calls).delete(forget_calls))
        .route("/queries/{query}", get(query))
        .route("/files/{file}", get(file))
        .route("/links/{slug}", get(link))
        .route("/stars", get(stars))
}

/// A message and what the Bot API does not show of it.
#[derive(Serialize)]
struct Shown {
    message: Message,
    #[serde(skip_serializing_if = "Option::is_none")]
    paid_by: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    payload: Option<String>,
}

impl From<Message> for Shown {
    fn from(message: Message) -> Self {
        let payload = message.terms.as_ref().map(|terms| terms.payload.clone());
        Self { paid_by: message.paid_by.clone(), payload, message }
    }
}

async fn messages(
    State(world): State<Arc<World>>,
    Path(chat): Path<i64>,
) -> Result<Json<Vec<Shown>>, Refusal> {
    let chat = world.chats.find(chat).ok_or_else(|| Refusal::missing("no such chat"))?;
    let messages: Vec<_> = chat.lock().messages.iter().cloned().collect();
    Ok(Json(messages.into_iter().map(Shown::from).collect()))
}

/// All given conditions must hold of one message.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Awaited {
    /// Part of its text or caption.
    contains: Option<String>,
    /// Part of the label of one of its buttons.
    button: Option<String>,
    /// It is newer than this one.
    #[serde(default)]
    after: i64,
    /// It is an invoice.
    #[serde(default)]
    invoice: bool,
    #[serde(default = "five_seconds")]
    deadline_ms: u64,
}

fn five_seconds() -> u64 {
    5_000
}

impl Awaited {
    fn is_met_by(&self, message: &Message) -> bool {
        let contains = self.contains.as_ref().is_none_or(|part| message.words().contains(part));
        let button = self.button.as_ref().is_none_or(|part| message.button(part).is_some());
        let invoice = !self.invoice || message.invoice.is_some();
        message.message_id > self.after && contains && button && invoice && message.is_from_bot()
    }
}

async fn wait(
    State(world): State<Arc<World>>,
    Path(chat): Path<i64>,
    Json(awaited): Json<Awaited>,
) -> Result<Json<Option<Shown>>, Refusal> {
    let deadline = Duration::from_millis(awaited.deadline_ms);
    let mut met = |messages: &[Message]| messages.iter().any(|m| awaited.is_met_by(m));
    let messages = world.wait_for(chat, deadline, &mut met).await?;
    let found = messages.into_iter().rev().find(|message| awaited.is_met_by(message));
    Ok(Json(found.map(Shown::from)))
}

#[derive(Deserialize)]
struct OfChat {
    chat: Option<i64>,
}

async fn calls(State(world): State<Arc<World>>, Query(of): Query<OfChat>) -> Json<Vec<Arc<Call>>> {
    Json(world.journal.list(of.chat))
}

async fn forget_calls(State(world): State<Arc<World>>) -> Json<Value> {
    world.journal.clear();
    Json(json!({}))
}

async fn query(
    State(world): State<Arc<World>>,
    Path(query): Path<String>,
) -> Result<Json<Value>, Refusal> {
    if let Some(answer) = world.callbacks.watch(&query) {
        return Ok(Json(json!({ "callback": *answer.borrow() })));
    }
    let answer =
        world.pre_checkouts.watch(&query).ok_or_else(|| Refusal::missing("no such query"))?;
    let answer = answer.borrow().clone();
    Ok(Json(json!({ "pre_checkout": answer })))
}

async fn file(
    State(world): State<Arc<World>>,
    Path(file): Path<String>,
) -> Result<Response, Refusal> {
    let file = world.files.find(&file).ok_or_else(|| Refusal::missing("no such file"))?;
    let mut headers = HeaderMap::new();
    let mime = HeaderValue::from_str(&file.mime)
        .unwrap_or_else(|_| HeaderValue::from_static("application/octet-stream"));
    // Shown in place only if it is a picture: anything else might be a page with a script.
    let picture = ["image/png", "image/jpeg", "image/gif"].iter().any(|known| mime == *known);
    headers.insert(CONTENT_TYPE, mime);
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    if !picture {
        headers.insert(CONTENT_DISPOSITION, HeaderValue::from_static("attachment"));
    }
    Ok((headers, file.bytes).into_response())
}

async fn link(
    State(world): State<Arc<World>>,
    Path(slug): Path<String>,
) -> Result<Json<Value>, Refusal> {
    let terms = world.invoice_links.find(&slug).ok_or_else(|| Refusal::missing("no such link"))?;
    Ok(Json(json!({ "invoice": terms.card, "payload": terms.payload })))
}

async fn stars(State(world): State<Arc<World>>) -> Json<Value> {
    Json(json!({ "balance": world.ledger.balance(), "entries": world.ledger.list() }))
}
