//! The control API under `/control`: paying, expiring, lying, and faults.

use std::str::FromStr;
use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::routing::{delete, get, post};
use axum::{Json, Router};
use rust_decimal::Decimal;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::books::PayFailure;
use super::currency::Pair;
use super::desk::{CallScope, Desk, WebhookScope};
use crate::control::{Deadline, Order, Refusal, Repetition};
use crate::faults::{CallFault, DeliveryFault};
use crate::post::Delivery;

pub(crate) fn router() -> Router<Arc<Desk>> {
    Router::new()
        .route("/invoices", get(invoices))
        .route("/transfers", get(transfers))
        .route("/invoices/{invoice}/pay", post(pay))
        .route("/invoices/{invoice}/expire", post(expire))
        .route("/invoices/{invoice}/amend", post(amend))
        .route("/invoices/{invoice}/redeliver", post(redeliver))
        .route("/webhook", get(webhook).post(set_webhook))
        .route("/inject", post(inject))
        .route("/drained", post(drained))
        .route("/rates", post(set_rate))
        .route("/balances", post(set_balance))
        .route("/faults", get(faults).delete(mend))
        .route("/faults/calls", post(break_calls))
        .route("/faults/calls/{fault}", delete(mend_calls))
        .route("/faults/webhooks", post(break_webhooks))
        .route("/faults/webhooks/{fault}", delete(mend_webhooks))
}

impl From<PayFailure> for Refusal {
    fn from(failure: PayFailure) -> Self {
        let status = match failure {
            PayFailure::NoSuchInvoice(_) => StatusCode::NOT_FOUND,
            _ => StatusCode::CONFLICT,
        };
        Self(status, failure.to_string())
    }
}

async fn invoices(State(desk): State<Arc<Desk>>) -> Json<Value> {
    let told: Vec<_> = desk.invoices().iter().map(super::Invoice::told).collect();
    Json(Value::Array(told))
}

async fn transfers(State(desk): State<Arc<Desk>>) -> Json<Value> {
    Json(json!(desk.transfers()))
}

#[derive(Deserialize)]
struct Paid {
    asset: Option<String>,
}

async fn pay(
    State(desk): State<Arc<Desk>>,
    Path(invoice): Path<i64>,
    Json(paid): Json<Paid>,
) -> Result<Json<Value>, Refusal> {
    Ok(Json(desk.pay(invoice, paid.asset.as_deref())?.told()))
}

async fn expire(
    State(desk): State<Arc<Desk>>,
    Path(invoice): Path<i64>,
) -> Result<Json<Value>, Refusal> {
    Ok(Json(desk.expire(invoice)?.told()))
}

async fn amend(
    State(desk): State<Arc<Desk>>,
    Path(invoice): Path<i64>,
    Json(fields): Json<Map<String, Value>>,
) -> Result<Json<Value>, Refusal> {
    desk.amend(invoice, fields)?;
    Ok(Json(json!({})))
}

async fn redeliver(
    State(desk): State<Arc<Desk>>,
    Path(invoice): Path<i64>,
    Json(repetition): Json<Repetition>,
) -> Json<Vec<Delivery>> {
    Json(desk.redeliver(invoice, repetition.times).await)
}

async fn webhook(State(desk): State<Arc<Desk>>) -> Json<Value> {
    Json(json!({ "url": desk.webhook.url(), "is_disabled": desk.is_webhook_disabled() }))
}

#[derive(Deserialize)]
struct Target {
    url: Option<String>,
}

async fn set_webhook(State(desk): State<Arc<Desk>>, Json(target): Json<Target>) -> Json<Value> {
    desk.set_webhook(target.url);
    Json(json!({}))
}

/// The body goes to the webhook as it is, correctly signed.
async fn inject(State(desk): State<Arc<Desk>>, body: Bytes) -> Result<Json<Delivery>, Refusal> {
    let delivery = desk.inject(body).await;
    delivery.map(Json).ok_or_else(|| Refusal::missing("no webhook"))
}

async fn drained(
    State(desk): State<Arc<Desk>>,
    Json(deadline): Json<Deadline>,
) -> Result<Json<Value>, Refusal> {
    desk.wait_until_drained(deadline.duration()).await?;
    Ok(Json(json!({})))
}

#[derive(Deserialize)]
struct Rate {
    source: String,
    target: String,
    rate: String,
}

async fn set_rate(
    State(desk): State<Arc<Desk>>,
    Json(set): Json<Rate>,
) -> Result<Json<Value>, Refusal> {
    let pair = Pair { asset: &set.source, fiat: &set.target };
    desk.rates.set(pair, decimal(&set.rate)?);
    Ok(Json(json!({})))
}

#[derive(Deserialize)]
struct Balance {
    asset: String,
    available: String,
}

async fn set_balance(
    State(desk): State<Arc<Desk>>,
    Json(set): Json<Balance>,
) -> Result<Json<Value>, Refusal> {
    desk.set_balance(&set.asset, decimal(&set.available)?);
    Ok(Json(json!({})))
}

fn decimal(text: &str) -> Result<Decimal, Refusal> {
    Decimal::from_str(text).map_err(|error| Refusal(StatusCode::BAD_REQUEST, error.to_string()))
}

async fn faults(State(desk): State<Arc<Desk>>) -> Json<Value> {
    Json(json!({ "calls": desk.call_faults.list(), "webhooks": desk.webhook_faults.list() }))
}

async fn mend(State(desk): State<Arc<Desk>>) -> Json<Value> {
    desk.call_faults.clear();
    desk.webhook_faults.clear();
    Json(json!({}))
}

async fn break_calls(
    State(desk): State<Arc<Desk>>,
    Json(order): Json<Order<CallScope, CallFault>>,
) -> Json<Value> {
    Json(json!({ "id": desk.call_faults.arm(order.scope, order.fault, order.strikes) }))
}

async fn break_webhooks(
    State(desk): State<Arc<Desk>>,
    Json(order): Json<Order<WebhookScope, DeliveryFault>>,
) -> Json<Value> {
    Json(json!({ "id": desk.webhook_faults.arm(order.scope, order.fault, order.strikes) }))
}

async fn mend_calls(State(desk): State<Arc<Desk>>, Path(fault): Path<u64>) -> StatusCode {
    if desk.call_faults.disarm(fault) { StatusCode::NO_CONTENT } else { StatusCode::NOT_FOUND }
}

async fn mend_webhooks(State(desk): State<Arc<Desk>>, Path(fault): Path<u64>) -> StatusCode {
    if desk.webhook_faults.disarm(fault) { StatusCode::NO_CONTENT } else { StatusCode::NOT_FOUND }
}
