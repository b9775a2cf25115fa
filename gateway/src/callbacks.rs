//! Where payment providers post callbacks: the raw body goes to payments, which alone can tell
//! whether it is genuine.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::{Path, Request, State};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use chassis::ground::Ground;
use contract::failure::{Failure, Kind};
use contract::payments::payments_intake_service_client::PaymentsIntakeServiceClient;
use contract::payments::{Header, TakeCallbackRequest};
use http::{HeaderMap, StatusCode, header};
use tokio::sync::Semaphore;

use crate::body::{self, BodyLimits};
use crate::meters::{self, Rejection};
use crate::webhook::later;

/// Longest callback; providers send a few hundred bytes.
pub const BYTES_MAX: usize = 64 * 1024;
/// Bodies read at a time: anybody may post here, so this bounds the memory that strangers can hold.
const BODIES_MAX: usize = 1_024;
/// Callbacks at payments at a time; a body that is still on its way holds none of these places.
const CALLS_MAX: usize = 128;
/// How long payments may take.
const DEADLINE: Duration = Duration::from_secs(20);
/// Longest name of a provider.
const SLUG_CHARS_MAX: usize = 32;

/// About the connection or the one who reads, not about the payment; everything else is passed on.
const KEPT_BACK: [header::HeaderName; 12] = [
    header::ACCEPT,
    header::ACCEPT_ENCODING,
    header::ACCEPT_LANGUAGE,
    header::CONNECTION,
    header::CONTENT_LENGTH,
    header::COOKIE,
    header::EXPECT,
    header::HOST,
    header::TE,
    header::TRANSFER_ENCODING,
    header::UPGRADE,
    header::USER_AGENT,
];

/// What callbacks need.
#[derive(Clone)]
pub struct Callbacks(Arc<Inner>);

struct Inner {
    ground: Ground,
    body: BodyLimits,
    bodies: Semaphore,
    calls: Semaphore,
}

impl Callbacks {
    /// Callbacks to the payments of this ground.
    pub fn new(ground: &Ground, timeout: Duration) -> Self {
        let body = BodyLimits { bytes_max: BYTES_MAX, timeout };
        let bodies = Semaphore::new(BODIES_MAX);
        let calls = Semaphore::new(CALLS_MAX);
        Self(Arc::new(Inner { ground: ground.clone(), body, bodies, calls }))
    }

    async fn hand_on(&self, callback: TakeCallbackRequest) -> Result<(), Failure> {
        let ground = self.0.ground.clone();
        // On a task of its own: a provider that hangs up must not cut a credit in half.
        let work = async move {
            let mut request = ground.caller_for_service("gateway").request(callback);
            request.set_timeout(DEADLINE);
            let mut payments = PaymentsIntakeServiceClient::new(ground.wires.payments.clone());
            payments.take_callback(request).await.map(drop).map_err(Failure::from)
        };
        self.0.ground.lifecycle.call("payment callback", work).await.unwrap_or_else(|lost| {
            Err(Failure::new(Kind::Unavailable, "common.unavailable").because(lost))
        })
    }
}

/// Takes one callback; 200 only once payments has stored what it says.
pub async fn take(
    State(callbacks): State<Callbacks>,
    Path(provider): Path<String>,
    request: Request,
) -> Response {
    let response = answer(&callbacks, provider, request).await;
    meters::callback(response.status().as_u16());
    response
}

async fn answer(callbacks: &Callbacks, provider: String, request: Request) -> Response {
    if !is_slug(&provider) {
        meters::rejected(Rejection::Provider);
        return StatusCode::NOT_FOUND.into_response();
    }
    let Ok(reading) = callbacks.0.bodies.try_acquire() else {
        return crowded();
    };
    let headers = passed_on(request.headers());
    let body = match body::read(request, callbacks.0.body).await {
        Ok(body) => body,
        Err(refused) => return refused.into_response(),
    };
    drop(reading);
    let Ok(_calling) = callbacks.0.calls.try_acquire() else {
        return crowded();
    };
    match callbacks.hand_on(callback(provider, headers, body)).await {
        Ok(()) => StatusCode::OK.into_response(),
        Err(failure) => refusal(&failure),
    }
}

fn crowded() -> Response {
    meters::rejected(Rejection::Crowd);
    later()
}

fn callback(provider: String, headers: Vec<Header>, body: Bytes) -> TakeCallbackRequest {
    TakeCallbackRequest { provider, headers, body: body.into() }
}

fn refusal(failure: &Failure) -> Response {
    match failure.kind() {
        Kind::Unavailable => later(),
        // Of the two who can be unknown, the provider has a code of payments; the other is the
        // gateway itself.
        Kind::Unauthenticated if failure.code() != "common.unauthenticated" => {
            meters::rejected(Rejection::Signature);
            StatusCode::UNAUTHORIZED.into_response()
        }
        Kind::Missing => {
            meters::rejected(Rejection::Provider);
            StatusCode::NOT_FOUND.into_response()
        }
        Kind::Invalid => StatusCode::BAD_REQUEST.into_response(),
        _ => {
            tracing::error!(%failure, "a payment callback failed");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

fn passed_on(headers: &HeaderMap) -> Vec<Header> {
    let about_payment = headers.iter().filter(|(name, _)| !KEPT_BACK.contains(name));
    about_payment
        .filter_map(|(name, value)| {
            let value = value.to_str().ok()?.to_owned();
            Some(Header { name: name.as_str().to_owned(), value })
        })
        .collect()
}

fn is_slug(provider: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
    (1..=SLUG_CHARS_MAX).contains(&provider.len()) && provider.bytes().all(allowed)
}

#[cfg(test)]
mod tests {
    use axum::body::Body;
    use chassis::ground::Wires;
    use contract::switchboard::Switchboard;

    use super::*;

    #[tokio::test(start_paused = true)]
    async fn beyond_the_bodies_that_are_being_read_none_is_waited_for() {
        let nobody = || Switchboard::default().wire();
        let wires =
            Wires { bot: nobody(), payments: nobody(), inventory: nobody(), admin: nobody() };
        let ground = testkit::ground_without_database("", wires);
        let callbacks = Callbacks::new(&ground, Duration::from_secs(10));
        let status = async || {
            let never =
                Body::from_stream(futures_util::stream::pending::<Result<Bytes, axum::Error>>());
            answer(&callbacks, "cryptopay".into(), Request::new(never)).await.status().as_u16()
        };
        assert_eq!(status().await, 408);
        let everyone = callbacks.0.bodies.acquire_many(1_024).await.unwrap();
        assert_eq!(status().await, 503);
        drop(everyone);
        assert_eq!(status().await, 408);
    }

    #[test]
    fn a_signature_is_passed_on_and_a_cookie_is_not() {
        let mut headers = HeaderMap::new();
        headers.insert("Crypto-Pay-Api-Signature", "abc".parse().unwrap());
        headers.insert("cookie", "session=1".parse().unwrap());
        headers.insert("x-binary", http::HeaderValue::from_bytes(b"\xff").unwrap());
        let signature = Header { name: "crypto-pay-api-signature".into(), value: "abc".into() };
        assert_eq!(passed_on(&headers), [signature]);
    }

    #[test]
    fn a_provider_is_named_by_a_slug() {
        assert!(is_slug("cryptopay") && is_slug("sms_activate2"));
        for bad in ["", "CryptoPay", "../x", "a b", "кошелёк", &"a".repeat(33)] {
            assert!(!is_slug(bad), "{bad:?}");
        }
    }

    #[test]
    fn the_gateways_own_token_is_not_the_providers_signature() {
        let status = |kind, code| refusal(&Failure::new(kind, code)).status().as_u16();
        assert_eq!(status(Kind::Unauthenticated, "payments.bad_signature"), 401);
        assert_eq!(status(Kind::Unauthenticated, "common.unauthenticated"), 500);
        assert_eq!(status(Kind::Denied, "common.denied"), 500);
    }
}
