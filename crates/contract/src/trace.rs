//! Trace context in gRPC metadata and in stored rows: one trace from the webhook to the last statement and notice.

use opentelemetry::global;
use opentelemetry::propagation::{Extractor, Injector};
use tracing::Span;
use tracing_opentelemetry::OpenTelemetrySpanExt;

const TRACEPARENT: http::HeaderName = http::HeaderName::from_static("traceparent");

/// HTTP headers as a carrier of trace context.
pub struct Headers<'a>(pub &'a mut http::HeaderMap);

impl Injector for Headers<'_> {
    fn set(&mut self, key: &str, value: String) {
        let name = http::HeaderName::try_from(key);
        if let (Ok(name), Ok(value)) = (name, http::HeaderValue::try_from(value)) {
            self.0.insert(name, value);
        }
    }
}

struct Seen<'a>(&'a http::HeaderMap);

impl Extractor for Seen<'_> {
    fn get(&self, key: &str) -> Option<&str> {
        self.0.get(key).and_then(|value| value.to_str().ok())
    }

    fn keys(&self) -> Vec<&str> {
        self.0.keys().map(http::HeaderName::as_str).collect()
    }
}

/// Writes the present span's context into headers of an outgoing call.
pub fn inject(headers: &mut http::HeaderMap) {
    let context = Span::current().context();
    global::get_text_map_propagator(|propagator| {
        propagator.inject_context(&context, &mut Headers(headers));
    });
}

/// Makes `span` a child of the caller's context, where the headers carry one.
pub fn adopt(span: &Span, headers: &http::HeaderMap) {
    if headers.get(TRACEPARENT).is_none_or(http::HeaderValue::is_empty) {
        return;
    }
    let parent = global::get_text_map_propagator(|propagator| propagator.extract(&Seen(headers)));
    // Fails only where no OpenTelemetry layer listens, and then there is nothing to connect.
    let _ = span.set_parent(parent);
}

/// Makes `span` a child of a context that [`traceparent`] wrote down; without one it stays as it is.
pub fn resume(span: &Span, traceparent: &str) {
    if let Ok(value) = http::HeaderValue::try_from(traceparent) {
        adopt(span, &http::HeaderMap::from_iter([(TRACEPARENT, value)]));
    }
}

/// The present trace context as a W3C `traceparent`; empty without one.
pub fn traceparent() -> String {
    let mut headers = http::HeaderMap::new();
    inject(&mut headers);
    let value = headers.get(TRACEPARENT).and_then(|value| value.to_str().ok());
    value.unwrap_or_default().to_owned()
}
