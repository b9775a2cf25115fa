//! What the control APIs of both emulators share: refusals, and orders to break something.

use std::fmt::Display;
use std::time::Duration;

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde_json::json;

use crate::patience::TimedOut;

/// A refusal: a status, and words under `error`.
pub(crate) struct Refusal(pub(crate) StatusCode, pub(crate) String);

impl Refusal {
    pub(crate) fn missing(what: impl Display) -> Self {
        Self(StatusCode::NOT_FOUND, what.to_string())
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        (self.0, Json(json!({ "error": self.1 }))).into_response()
    }
}

impl From<TimedOut> for Refusal {
    fn from(timed_out: TimedOut) -> Self {
        Self(StatusCode::REQUEST_TIMEOUT, timed_out.to_string())
    }
}

/// A fault with its scope; `strikes` absent means until switched off.
#[derive(Deserialize)]
pub(crate) struct Order<S, F> {
    #[serde(flatten)]
    pub(crate) scope: S,
    #[serde(flatten)]
    pub(crate) fault: F,
    pub(crate) strikes: Option<u32>,
}

/// How long to wait for something.
#[derive(Deserialize)]
pub(crate) struct Deadline {
    #[serde(default = "ten_seconds")]
    deadline_ms: u64,
}

fn ten_seconds() -> u64 {
    10_000
}

impl Deadline {
    pub(crate) fn duration(&self) -> Duration {
        Duration::from_millis(self.deadline_ms)
    }
}

/// How often to repeat something.
#[derive(Deserialize)]
pub(crate) struct Repetition {
    #[serde(default = "once")]
    pub(crate) times: u32,
}

fn once() -> u32 {
    1
}
