//! Around every request: an id to find it by, a span that the whole trace hangs on, and how long it
//! took.

use std::time::Instant;

use axum::extract::{MatchedPath, Request, State};
use axum::middleware::Next;
use axum::response::Response;
use http::{HeaderName, HeaderValue};
use kernel::clock::Clock;
use kernel::ids;
use tracing::Instrument;

/// Carries the id back, for whoever reports a problem.
const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Answers a request under a span of its own.
pub async fn observe(State(clock): State<Clock>, request: Request, next: Next) -> Response {
    let started = Instant::now();
    let id = ids::fresh(&clock);
    // The path as it is routed: what came may hold anything.
    let path = request.extensions().get::<MatchedPath>().cloned();
    let route = path.as_ref().map_or("unknown", MatchedPath::as_str);
    let method = request.method().as_str();
    let span = tracing::info_span!("request", %id, method, route);
    let mut response = next.run(request).instrument(span.clone()).await;
    let status = response.status().as_u16();
    span.in_scope(|| tracing::debug!(status, took = ?started.elapsed(), "request answered"));
    if let Ok(id) = HeaderValue::try_from(id.to_string()) {
        response.headers_mut().insert(REQUEST_ID, id);
    }
    response
}
