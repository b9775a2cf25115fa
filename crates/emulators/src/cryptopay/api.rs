//! The front door: `/api/<method>` with the token in a header, faults included.

use std::sync::Arc;

use axum::Router;
use axum::extract::{Path, Request, State};
use axum::http::{HeaderValue, StatusCode};
use axum::response::Response;
use axum::routing::any;
use serde_json::{Value, json};
use subtle::ConstantTimeEq;

use super::desk::Desk;
use super::methods;
use super::refusal::Refusal;
use crate::faults::{CallFault, CallPlan};
use crate::parameters::{Parameters, Unreadable};
use crate::respond::{half, html_page, json as json_response};
use crate::server::hang_up;

const BODY_BYTES_MAX: usize = 256 * 1024;

pub(crate) fn router() -> Router<Arc<Desk>> {
    Router::new().route("/api/{method}", any(handle))
}

async fn handle(
    State(desk): State<Arc<Desk>>,
    Path(method): Path<String>,
    request: Request,
) -> Response {
    desk.count_call(&method);
    let plan = CallPlan::of(desk.call_faults.draw(|scope| scope.matches(&method)));
    if !plan.delay.is_zero() {
        tokio::time::sleep(plan.delay).await;
    }
    if let Some(fault) = plan.instead {
        return misbehave(&fault);
    }
    let outcome = call(&desk, &method, request).await;
    match plan.after {
        Some(CallFault::TimeOutAfterEffect) => hang_up(),
        Some(_) => truncate(outcome),
        None => respond(outcome),
    }
}

async fn call(desk: &Arc<Desk>, method: &str, request: Request) -> Result<Value, Refusal> {
    let token = request.headers().get("crypto-pay-api-token").map(HeaderValue::as_bytes);
    let known = token.is_some_and(|token| token.ct_eq(desk.token.as_bytes()).into());
    if !known {
        return Err(Refusal::new(401, "UNAUTHORIZED"));
    }
    let run = methods::find(method).ok_or_else(|| Refusal::new(405, "METHOD_NOT_FOUND"))?;
    let parameters = Parameters::read(request, BODY_BYTES_MAX).await.map_err(|why| match why {
        Unreadable::TooLarge => Refusal::new(413, "REQUEST_TOO_LARGE"),
        Unreadable::Malformed => Refusal::bad_request("BAD_REQUEST"),
    })?;
    run(desk, &parameters)
}

fn respond(outcome: Result<Value, Refusal>) -> Response {
    match outcome {
        Ok(result) => json_response(200, json!({ "ok": true, "result": result }).to_string()),
        Err(refusal) => refusal.respond(),
    }
}

fn misbehave(fault: &CallFault) -> Response {
    match fault {
        CallFault::TooManyRequests { retry_after_s } => {
            let mut response = Refusal::new(429, "TOO_MANY_REQUESTS").respond();
            response.headers_mut().insert("retry-after", (*retry_after_s).into());
            response
        }
        CallFault::Refuse { status, reason } => Refusal::new(*status, reason).respond(),
        CallFault::RefuseWithStatus200 { code, reason } => {
            let mut response = Refusal::new(*code, reason).respond();
            *response.status_mut() = StatusCode::OK;
            response
        }
        CallFault::Html { status } => html_page(*status),
        _ => hang_up(),
    }
}

fn truncate(outcome: Result<Value, Refusal>) -> Response {
    let whole = match outcome {
        Ok(result) => json!({ "ok": true, "result": result }),
        Err(refusal) => refusal.envelope(),
    }
    .to_string();
    half(&whole)
}
