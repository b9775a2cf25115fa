//! Reading a request's body: never more than the limit, never longer than the deadline, nothing
//! inflated.

use std::time::Duration;

use axum::extract::Request;
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use http::{HeaderMap, StatusCode, header};
use http_body_util::{BodyExt, LengthLimitError, Limited};

use crate::meters::{self, Rejection};

/// What a body may be.
#[derive(Debug, Clone, Copy)]
pub struct BodyLimits {
    /// Longest body.
    pub bytes_max: usize,
    /// How long it may take to arrive.
    pub timeout: Duration,
}

/// A body that is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refused {
    /// Compressed: nobody who posts here does that.
    Encoded,
    /// Longer than the limit, as announced or as sent.
    TooLarge,
    /// Did not arrive in time.
    Slow,
    /// The connection or its framing broke.
    Broken,
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        let (status, reason) = match self {
            Self::Encoded => (StatusCode::UNSUPPORTED_MEDIA_TYPE, Rejection::Encoding),
            Self::TooLarge => (StatusCode::PAYLOAD_TOO_LARGE, Rejection::Size),
            Self::Slow => (StatusCode::REQUEST_TIMEOUT, Rejection::Slow),
            Self::Broken => (StatusCode::BAD_REQUEST, Rejection::Broken),
        };
        meters::rejected(reason);
        status.into_response()
    }
}

/// The whole body of a request.
///
/// # Errors
/// The body breaks one of the limits; one that says so in its headers is not read at all.
pub async fn read(request: Request, limits: BodyLimits) -> Result<Bytes, Refused> {
    check_head(request.headers(), limits)?;
    let body = Limited::new(request.into_body(), limits.bytes_max).collect();
    match tokio::time::timeout(limits.timeout, body).await {
        Ok(Ok(collected)) => Ok(collected.to_bytes()),
        Ok(Err(error)) if error.is::<LengthLimitError>() => Err(Refused::TooLarge),
        Ok(Err(_)) => Err(Refused::Broken),
        Err(_) => Err(Refused::Slow),
    }
}

fn check_head(headers: &HeaderMap, limits: BodyLimits) -> Result<(), Refused> {
    let plain = |value: &header::HeaderValue| value.as_bytes().eq_ignore_ascii_case(b"identity");
    if !headers.get_all(header::CONTENT_ENCODING).iter().all(plain) {
        return Err(Refused::Encoded);
    }
    // The server has checked that this is a number and there is only one.
    let announced = headers.get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok());
    match announced.and_then(|length| length.parse::<u64>().ok()) {
        Some(length) if length > limits.bytes_max as u64 => Err(Refused::TooLarge),
        _ => Ok(()),
    }
}

/// Whether the body calls itself JSON.
pub fn is_json(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let essence = kind.and_then(|kind| kind.split(';').next()).unwrap_or_default();
    essence.trim().eq_ignore_ascii_case("application/json")
}

#[cfg(test)]
mod tests {
    use axum::body::Body;

    use super::*;

    const LIMITS: BodyLimits = BodyLimits { bytes_max: 8, timeout: Duration::from_secs(10) };

    fn post(headers: &[(&str, &str)], body: Body) -> Request {
        let request = headers
            .iter()
            .fold(http::Request::post("/"), |request, (name, value)| request.header(*name, *value));
        request.body(body).unwrap()
    }

    #[tokio::test]
    async fn a_body_of_the_limit_is_read_and_one_byte_more_is_not() {
        let read_text = async |text: &'static str| read(post(&[], Body::from(text)), LIMITS).await;
        assert_eq!(read_text("12345678").await, Ok(Bytes::from_static(b"12345678")));
        assert_eq!(read_text("123456789").await, Err(Refused::TooLarge));
    }

    #[tokio::test(start_paused = true)]
    async fn wh10_a_body_that_does_not_come_is_given_up() {
        let (_sender, receiver) = tokio::sync::mpsc::channel::<Result<Bytes, std::io::Error>>(1);
        let never = Body::from_stream(tokio_stream::wrappers::ReceiverStream::new(receiver));
        assert_eq!(read(post(&[], never), LIMITS).await, Err(Refused::Slow));
    }

    #[tokio::test]
    async fn what_the_headers_already_say_needs_no_reading() {
        for (header, refused) in [
            (("content-length", "5242880"), Refused::TooLarge),
            (("content-encoding", "gzip"), Refused::Encoded),
            (("content-encoding", "identity, deflate"), Refused::Encoded),
        ] {
            assert_eq!(read(post(&[header], Body::empty()), LIMITS).await, Err(refused));
        }
    }

    #[test]
    fn wh33_only_json_is_json() {
        let is = |kind: &str| is_json(post(&[("content-type", kind)], Body::empty()).headers());
        assert!(is("application/json") && is("Application/JSON; charset=utf-8"));
        assert!(!is("text/plain") && !is("application/jsonp") && !is(""));
        assert!(!is_json(&HeaderMap::new()));
    }
}
