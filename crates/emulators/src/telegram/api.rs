//! The front door: `/bot<token>/<method>` and `/file/bot<token>/<path>`, faults included.

use std::sync::Arc;
use std::time::Instant;

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderValue, StatusCode};
use axum::response::Response;
use subtle::ConstantTimeEq;

use super::failure::{Answer, Failure};
use super::journal::Call;
use super::methods::{self, Method, Run};
use super::options::Arrival;
use super::polling;
use super::world::World;
use crate::faults::{CallFault, CallPlan};
use crate::parameters::{Parameters, Unreadable};
use crate::respond::{half, html_page};
use crate::server::hang_up;

/// Uploads of up to 50 MB, and the rest of the request around them.
const BODY_BYTES_MAX: usize = 52 * 1024 * 1024;

/// Serves every path that is not the emulator's own.
pub(crate) async fn handle(State(world): State<Arc<World>>, request: Request) -> Response {
    let path = request.uri().path();
    if let Some(rest) = path.strip_prefix("/file/bot") {
        return download(&world, rest).unwrap_or_else(|failure| failure.respond());
    }
    match route(&world, path) {
        Ok(method) => call(&world, method, request).await,
        Err(failure) => failure.respond(),
    }
}

fn route(world: &World, path: &str) -> Result<&'static Method, Failure> {
    let not_found = || Failure::new(404, "Not Found");
    let rest = path.strip_prefix("/bot").ok_or_else(not_found)?;
    let (token, name) = rest.split_once('/').ok_or_else(not_found)?;
    check_token(world, token)?;
    methods::find(name).ok_or_else(|| Failure::new(404, "Not Found: method not found"))
}

fn check_token(world: &World, token: &str) -> Result<(), Failure> {
    let well_formed = token
        .split_once(':')
        .is_some_and(|(id, secret)| id.parse::<u64>().is_ok() && !secret.is_empty());
    if !well_formed {
        return Err(Failure::new(401, "Unauthorized: invalid token specified"));
    }
    if token.as_bytes().ct_eq(world.token.as_bytes()).into() {
        Ok(())
    } else {
        Err(Failure::new(401, "Unauthorized"))
    }
}

async fn call(world: &Arc<World>, method: &'static Method, request: Request) -> Response {
    let parameters = match Parameters::read(request, BODY_BYTES_MAX).await {
        Ok(parameters) => parameters,
        Err(Unreadable::TooLarge) => {
            return Failure::new(413, "Request Entity Too Large").respond();
        }
        Err(Unreadable::Malformed) => {
            return Failure::bad_request("can't parse the request").respond();
        }
    };
    let chat = world.subject(&parameters);
    let drawn = world.call_faults.draw(|scope| scope.matches(method.name, chat));
    if drawn.is_empty() {
        return respond(perform(world, method, parameters).await);
    }
    let plan = CallPlan::of(drawn);
    if !plan.delay.is_zero() {
        tokio::time::sleep(plan.delay).await;
    }
    if let Some(fault) = plan.instead {
        let (status, response) = misbehave(&fault);
        let refusal = Failure::new(status, format!("fault: {fault:?}"));
        record(world, method, parameters, Instant::now(), &Err(refusal));
        return response;
    }
    let outcome = perform(world, method, parameters).await;
    match plan.after {
        Some(CallFault::TimeOutAfterEffect) => hang_up(),
        Some(CallFault::Truncate) => truncate(outcome),
        _ => respond(outcome),
    }
}

/// Executes a call, tells the bench, and writes it down.
pub(crate) async fn perform(
    world: &Arc<World>,
    method: &'static Method,
    parameters: Parameters,
) -> Result<Answer, Failure> {
    let arrived = Instant::now();
    let outcome = match method.run {
        Run::Now(run) => run(world, &parameters),
        Run::Poll => polling::get_updates(world, &parameters).await,
    };
    record(world, method, parameters, arrived, &outcome);
    outcome
}

fn record(
    world: &World,
    method: &'static Method,
    parameters: Parameters,
    arrived: Instant,
    outcome: &Result<Answer, Failure>,
) {
    let chat = world.subject(&parameters);
    let (status, message_id, description) = match outcome {
        Ok(answer) => (200, answer.message_id, None),
        Err(failure) => (failure.code, None, Some(failure.description.to_string())),
    };
    if let Some(hook) = &world.on_call {
        hook(&Arrival { method: method.name, chat, at: arrived, status, message_id });
    }
    world.journal.record(Call {
        method: method.name,
        chat,
        at: world.clock.now(),
        arrived,
        parameters: parameters.fields,
        status,
        description,
        message_id,
    });
}

fn respond(outcome: Result<Answer, Failure>) -> Response {
    match outcome {
        Ok(answer) => answer.respond(),
        Err(failure) => failure.respond(),
    }
}

/// What a fault answers instead of the call, and its status; 0 for a closed connection.
fn misbehave(fault: &CallFault) -> (u16, Response) {
    match fault {
        CallFault::TooManyRequests { retry_after_s } => {
            (429, Failure::too_many_requests(*retry_after_s).respond())
        }
        CallFault::Refuse { status, reason } => {
            (*status, Failure::new(*status, reason.clone()).respond())
        }
        CallFault::RefuseWithStatus200 { code, reason } => {
            let mut response = Failure::new(*code, reason.clone()).respond();
            *response.status_mut() = StatusCode::OK;
            (*code, response)
        }
        CallFault::Html { status } => (*status, html_page(*status)),
        _ => (0, hang_up()),
    }
}

/// The envelope that would have been answered, as far as it fits into half.
fn truncate(outcome: Result<Answer, Failure>) -> Response {
    let result = outcome.map_or_else(|failure| failure.to_string(), |answer| answer.result);
    half(&format!(r#"{{"ok":true,"result":{result}}}"#))
}

fn download(world: &World, rest: &str) -> Result<Response, Failure> {
    let (token, path) = rest.split_once('/').ok_or_else(|| Failure::new(404, "Not Found"))?;
    check_token(world, token)?;
    let file_id = path.rsplit('/').next().unwrap_or_default();
    let file = world.files.find(file_id).ok_or_else(|| Failure::new(404, "Not Found"))?;
    let mut response = Response::new(Body::from(file.bytes));
    response
        .headers_mut()
        .insert(CONTENT_TYPE, HeaderValue::from_static("application/octet-stream"));
    Ok(response)
}

impl World {
    /// Whom a call concerns: its chat, or the person whose query it answers.
    fn subject(&self, parameters: &Parameters) -> Option<i64> {
        if let Some(id) = parameters.integer("chat_id") {
            return Some(id);
        }
        if let Some(name) = parameters.text("chat_id") {
            return Some(self.chats.find_by_username(name.strip_prefix('@')?)?.id());
        }
        if let Some(id) = parameters.text("callback_query_id") {
            return self.callbacks.person(&id);
        }
        if let Some(id) = parameters.text("pre_checkout_query_id") {
            return self.pre_checkouts.person(&id);
        }
        parameters.integer("user_id")
    }
}
