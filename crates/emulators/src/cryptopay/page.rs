//! The pay page of an invoice: choose an asset, pay, see that it is paid.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use serde::Deserialize;
use serde_json::{Value, json};

use super::amount;
use super::desk::Desk;
use super::invoice::Invoice;
use crate::lock::lock;

pub(crate) fn router() -> Router<Arc<Desk>> {
    let mut router = Router::new()
        .route("/pay/{hash}", get(page).post(pay))
        .route("/pay/{hash}/invoice", get(invoice));
    for (path, kind, content) in FILES {
        router = router.route(path, get(async move || ([(CONTENT_TYPE, kind)], content)));
    }
    router
}

/// Where each file of the page is found.
const FILES: [(&str, &str, &str); 3] = [
    ("/pay.css", "text/css; charset=utf-8", include_str!("../../pay/pay.css")),
    ("/pay.js", "text/javascript; charset=utf-8", include_str!("../../pay/pay.js")),
    ("/pay-icon.svg", "image/svg+xml", include_str!("../../pay/icon.svg")),
];

async fn page(State(desk): State<Arc<Desk>>, Path(hash): Path<String>) -> Response {
    let known = lock(&desk.books).find_by_hash(&hash, desk.now()).is_some();
    let status = if known { StatusCode::OK } else { StatusCode::NOT_FOUND };
    (status, Html(include_str!("../../pay/pay.html"))).into_response()
}

/// What the page shows: the invoice, and what is due in each asset.
async fn invoice(
    State(desk): State<Arc<Desk>>,
    Path(hash): Path<String>,
) -> Result<Json<Value>, StatusCode> {
    let found = lock(&desk.books).find_by_hash(&hash, desk.now());
    found.map(|invoice| Json(show(&desk, &invoice))).ok_or(StatusCode::NOT_FOUND)
}

fn show(desk: &Desk, invoice: &Invoice) -> Value {
    let assets: Vec<_> = match (&invoice.asset, &invoice.accepted_assets) {
        (Some(asset), _) => vec![asset.clone()],
        (None, accepted) => accepted.clone().unwrap_or_default(),
    };
    let till = desk.till();
    let dues: Vec<_> = assets
        .iter()
        .filter_map(|asset| {
            let (due, _) = till.due(invoice, asset).ok()?;
            Some(json!({ "asset": asset, "amount": amount::show(due) }))
        })
        .collect();
    json!({ "app": desk.app_name, "invoice": invoice.told(), "dues": dues })
}

#[derive(Deserialize)]
struct Choice {
    asset: String,
}

async fn pay(
    State(desk): State<Arc<Desk>>,
    Path(hash): Path<String>,
    Json(choice): Json<Choice>,
) -> Response {
    let found = lock(&desk.books).find_by_hash(&hash, desk.now());
    let Some(invoice) = found else { return StatusCode::NOT_FOUND.into_response() };
    match desk.pay(invoice.invoice_id, Some(&choice.asset)) {
        Ok(paid) => Json(show(&desk, &paid)).into_response(),
        Err(failure) => {
            (StatusCode::CONFLICT, Json(json!({ "error": failure.to_string() }))).into_response()
        }
    }
}
