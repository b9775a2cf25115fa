//! How a Bot API call is refused: code, description and the envelope around them.

use std::borrow::Cow;

use axum::http::HeaderValue;
use axum::http::header::RETRY_AFTER;
use axum::response::Response;
use serde::Serialize;

use crate::respond::json;

/// A refusal, in the words of the real server.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{code} {description}")]
pub struct Failure {
    pub code: u16,
    pub description: Cow<'static, str>,
    /// Seconds to wait, of a 429.
    pub retry_after_s: Option<u32>,
}

impl Failure {
    pub(crate) fn new(code: u16, description: impl Into<Cow<'static, str>>) -> Self {
        Self { code, description: description.into(), retry_after_s: None }
    }

    pub(crate) fn bad_request(reason: &str) -> Self {
        Self::new(400, format!("Bad Request: {reason}"))
    }

    pub(crate) fn forbidden(reason: &str) -> Self {
        Self::new(403, format!("Forbidden: {reason}"))
    }

    pub(crate) fn conflict(reason: &str) -> Self {
        Self::new(409, format!("Conflict: {reason}"))
    }

    pub(crate) fn too_many_requests(seconds: u32) -> Self {
        let mut failure = Self::new(429, format!("Too Many Requests: retry after {seconds}"));
        failure.retry_after_s = Some(seconds);
        failure
    }

    /// The same answer for an unknown query, a late answer and a second one.
    pub(crate) fn query_too_old() -> Self {
        Self::bad_request("query is too old and response timeout expired or query ID is invalid")
    }

    pub(crate) fn respond(&self) -> Response {
        let body = serde_json::to_string(&Refusal {
            ok: false,
            error_code: self.code,
            description: &self.description,
            parameters: self.retry_after_s.map(|retry_after| Hints { retry_after }),
        })
        .expect("a refusal is plain strings and numbers");
        let mut response = json(self.code, body);
        if let Some(seconds) = self.retry_after_s {
            response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}

#[derive(Serialize)]
struct Refusal<'a> {
    ok: bool,
    error_code: u16,
    description: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    parameters: Option<Hints>,
}

#[derive(Serialize)]
struct Hints {
    retry_after: u32,
}

/// What a method answers when it does what it was asked.
#[derive(Debug)]
pub(crate) struct Answer {
    /// The `result`, already as JSON.
    pub(crate) result: String,
    pub(crate) description: Option<&'static str>,
    /// The message that was sent or changed.
    pub(crate) message_id: Option<i64>,
}

impl Answer {
    pub(crate) fn of(result: &impl Serialize) -> Self {
        let result = serde_json::to_string(result).expect("results have string keys only");
        Self { result, description: None, message_id: None }
    }

    pub(crate) fn yes() -> Self {
        Self { result: "true".to_owned(), description: None, message_id: None }
    }

    pub(crate) fn described(self, description: &'static str) -> Self {
        Self { description: Some(description), ..self }
    }

    pub(crate) fn about(self, message_id: i64) -> Self {
        Self { message_id: Some(message_id), ..self }
    }

    pub(crate) fn respond(self) -> Response {
        let body = match self.description {
            None => format!(r#"{{"ok":true,"result":{}}}"#, self.result),
            Some(text) => {
                format!(r#"{{"ok":true,"result":{},"description":"{text}"}}"#, self.result)
            }
        };
        json(200, body)
    }
}
