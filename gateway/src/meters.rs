//! What the gateway counts; every label is of a fixed set, so that nobody outside can grow the
//! metrics.

use std::time::Duration;

/// Why a request was turned away at the door.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rejection {
    /// No secret, a wrong one, or more than one.
    Secret,
    /// The body calls itself something other than JSON.
    ContentType,
    /// The body is compressed.
    Encoding,
    /// The body is too long.
    Size,
    /// The body did not arrive in time.
    Slow,
    /// The body broke off.
    Broken,
    /// A callback's signature is not its provider's.
    Signature,
    /// No such provider.
    Provider,
    /// Too many callbacks at once.
    Crowd,
}

impl Rejection {
    fn label(self) -> &'static str {
        match self {
            Self::Secret => "secret",
            Self::ContentType => "content_type",
            Self::Encoding => "encoding",
            Self::Size => "size",
            Self::Slow => "slow",
            Self::Broken => "broken",
            Self::Signature => "signature",
            Self::Provider => "provider",
            Self::Crowd => "crowd",
        }
    }
}

/// A request was turned away.
pub fn rejected(reason: Rejection) {
    metrics::counter!("bodega_gateway_rejections_total", "reason" => reason.label()).increment(1);
}

/// An update of a kind came to an end.
pub fn update(kind: &'static str, took: Duration) {
    metrics::counter!("bodega_gateway_updates_total", "kind" => kind).increment(1);
    metrics::histogram!("bodega_gateway_update_duration_seconds").record(took.as_secs_f64());
}

/// An update could not be handled now; it comes again.
pub fn postponed() {
    metrics::counter!("bodega_gateway_postponed_updates_total").increment(1);
}

/// An update was set aside.
pub fn parked(reason: &'static str) {
    metrics::counter!("bodega_gateway_parked_updates_total", "reason" => reason).increment(1);
}

/// A payment update failed, not just because payments is away; Telegram keeps it for a day.
pub fn payment_failed() {
    metrics::counter!("bodega_gateway_payment_updates_failed_total").increment(1);
}

/// An update was dropped at a limit.
pub fn limited(limit: &'static str) {
    metrics::counter!("bodega_gateway_limited_updates_total", "limit" => limit).increment(1);
}

/// Updates that wait at Telegram.
pub fn pending(count: u64) {
    let count = u32::try_from(count).unwrap_or(u32::MAX);
    metrics::gauge!("bodega_gateway_pending_updates_count").set(f64::from(count));
}

/// The webhook was somebody else's and is ours again.
pub fn repaired() {
    metrics::counter!("bodega_gateway_webhook_repairs_total").increment(1);
}

/// A callback was answered with this status.
pub fn callback(status: u16) {
    let class = match status {
        200..=299 => "done",
        400..=499 => "refused",
        _ => "failed",
    };
    metrics::counter!("bodega_gateway_callbacks_total", "outcome" => class).increment(1);
}
