//! Posting webhooks with a keep-alive client for plain HTTP.

use std::time::Duration;

use axum::body::{Body, Bytes, to_bytes};
use axum::http::header::{CONTENT_TYPE, RETRY_AFTER};
use axum::http::{HeaderName, HeaderValue, Request, Uri};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use serde::Serialize;

/// More of a receiver's answer than this is of no interest to any sender of webhooks.
const ANSWER_BYTES_MAX: usize = 256 * 1024;

pub(crate) struct Postman {
    client: Client<HttpConnector, Body>,
}

/// One webhook on its way.
#[derive(Clone)]
pub(crate) struct Letter {
    pub(crate) to: Uri,
    pub(crate) header: Option<(HeaderName, HeaderValue)>,
    pub(crate) body: Bytes,
    /// How long the receiver may take.
    pub(crate) patience: Duration,
}

/// What the receiver answered.
#[derive(Debug, Clone)]
pub(crate) struct Receipt {
    pub(crate) status: u16,
    pub(crate) reason: &'static str,
    /// The `Retry-After` header, in seconds.
    pub(crate) retry_after: Option<u64>,
    pub(crate) body: Bytes,
}

impl Receipt {
    pub(crate) fn accepted(&self) -> bool {
        (200..300).contains(&self.status)
    }
}

/// What one delivery came to, for those who asked for it themselves.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Delivery {
    /// The HTTP status of the answer; 0 if there was none.
    pub status: u16,
    /// Why there was none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub failure: Option<String>,
}

impl Delivery {
    /// Whether the bot accepted the update.
    pub fn is_accepted(&self) -> bool {
        (200..300).contains(&self.status)
    }
}

impl From<Result<Receipt, String>> for Delivery {
    fn from(outcome: Result<Receipt, String>) -> Self {
        match outcome {
            Ok(receipt) => Self { status: receipt.status, failure: None },
            Err(failure) => Self { status: 0, failure: Some(failure) },
        }
    }
}

impl Postman {
    pub(crate) fn new() -> Self {
        let mut connector = HttpConnector::new();
        connector.set_nodelay(true);
        let client =
            Client::builder(TokioExecutor::new()).pool_max_idle_per_host(1_024).build(connector);
        Self { client }
    }

    /// Sends the letter; a failure to get any answer at all is told in words.
    pub(crate) async fn post(&self, letter: Letter) -> Result<Receipt, String> {
        let patience = letter.patience;
        let mut request = Request::post(letter.to)
            .header(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        if let Some((name, value)) = letter.header {
            request = request.header(name, value);
        }
        let request = request.body(Body::from(letter.body)).map_err(|error| error.to_string())?;
        tokio::time::timeout(patience, self.exchange(request))
            .await
            .unwrap_or_else(|_| Err("Connection timed out".to_owned()))
    }

    async fn exchange(&self, request: Request<Body>) -> Result<Receipt, String> {
        let response = self.client.request(request).await.map_err(|error| error.to_string())?;
        let status = response.status();
        let retry_after = response
            .headers()
            .get(RETRY_AFTER)
            .and_then(|value| value.to_str().ok())
            .and_then(|value| value.trim().parse().ok());
        let body = to_bytes(Body::new(response.into_body()), ANSWER_BYTES_MAX)
            .await
            .map_err(|error| error.to_string())?;
        let reason = status.canonical_reason().unwrap_or("");
        Ok(Receipt { status: status.as_u16(), reason, retry_after, body })
    }
}

/// An address that this client can reach: plain HTTP with a host.
pub(crate) fn parse_target(url: &str) -> Option<Uri> {
    let uri: Uri = url.parse().ok()?;
    (uri.scheme_str() == Some("http") && uri.host().is_some()).then_some(uri)
}
