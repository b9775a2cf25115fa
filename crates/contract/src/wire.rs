//! One client type for calls in the process and over the network, with deadline and trace put on once.

use std::error::Error;
use std::task::{Context, Poll};
use std::time::Duration;

use futures_core::future::BoxFuture;
use tonic::body::Body;
use tonic::codegen::Service;
use tonic::transport::{Channel, Endpoint};
use tonic::{Status, TimeoutExpired};
use tower::ServiceExt;
use tower::util::BoxCloneSyncService;

use crate::trace;

/// Any error of a transport.
pub type BoxError = Box<dyn std::error::Error + Send + Sync>;

/// A call that says nothing else has this long.
pub const DEADLINE: Duration = Duration::from_secs(10);

/// How long the network may need to say that nobody is there.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);

/// A way to reach a service; generated clients are generic over it. Cheap to clone.
#[derive(Clone)]
pub struct Wire(BoxCloneSyncService<http::Request<Body>, http::Response<Body>, BoxError>);

impl Wire {
    /// A wire to a service in this process, or anything that acts like one.
    pub fn new<S>(service: S) -> Self
    where
        S: Service<http::Request<Body>, Response = http::Response<Body>, Error = BoxError>
            + Clone
            + Send
            + Sync
            + 'static,
        S::Future: Send + 'static,
    {
        Self(BoxCloneSyncService::new(service))
    }

    /// A wire over the network, connected when it is first used; `url` like `http://payments:50051`.
    ///
    /// # Errors
    /// The text is not a URL.
    pub fn remote(url: &str) -> Result<Self, tonic::transport::Error> {
        let channel = Endpoint::from_shared(url.to_owned())?
            .connect_timeout(CONNECT_TIMEOUT)
            .tcp_nodelay(true)
            .http2_keep_alive_interval(Duration::from_secs(15))
            .keep_alive_while_idle(true)
            .connect_lazy();
        Ok(Self::new(ServiceExt::<http::Request<Body>>::map_err(channel, error_of_channel)))
    }
}

fn error_of_channel(error: <Channel as Service<http::Request<Body>>>::Error) -> BoxError {
    let first: &(dyn Error + 'static) = &error;
    let causes: Vec<_> = std::iter::successors(Some(first), |&cause| cause.source()).collect();
    // The channel watches the same deadline as the wire, and may see it first.
    if causes.iter().any(|cause| cause.is::<TimeoutExpired>()) {
        return too_slow();
    }
    // Nothing was answered: for the caller the outcome is unknown, never "Internal". tonic's own words are always
    // "transport error"; what happened is said by the causes.
    let told: Vec<_> = causes.iter().map(ToString::to_string).collect();
    Status::unavailable(format!("the service cannot be reached: {}", told.join(": "))).into()
}

fn too_slow() -> BoxError {
    Status::deadline_exceeded("the call took too long").into()
}

impl Service<http::Request<Body>> for Wire {
    type Response = http::Response<Body>;
    type Error = BoxError;
    type Future = BoxFuture<'static, Result<Self::Response, BoxError>>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        self.0.poll_ready(cx)
    }

    fn call(&mut self, mut request: http::Request<Body>) -> Self::Future {
        let deadline = deadline_of(request.headers()).unwrap_or(DEADLINE);
        if !request.headers().contains_key("grpc-timeout") {
            let millis = format!("{}m", deadline.as_millis());
            let value = http::HeaderValue::try_from(millis).expect("digits and a letter");
            request.headers_mut().insert("grpc-timeout", value);
        }
        trace::inject(request.headers_mut());
        let call = self.0.call(request);
        Box::pin(async move {
            match tokio::time::timeout(deadline, call).await {
                Ok(answer) => answer,
                Err(_) => Err(too_slow()),
            }
        })
    }
}

/// The `grpc-timeout` of a request, where it carries a sound one.
pub fn deadline_of(headers: &http::HeaderMap) -> Option<Duration> {
    let text = headers.get("grpc-timeout")?.to_str().ok()?;
    let (digits, unit) = text.split_at_checked(text.len().checked_sub(1)?)?;
    if digits.is_empty() || digits.len() > 8 {
        return None;
    }
    let count: u64 = digits.parse().ok()?;
    match unit {
        "H" => Some(Duration::from_secs(count * 3600)),
        "M" => Some(Duration::from_secs(count * 60)),
        "S" => Some(Duration::from_secs(count)),
        "m" => Some(Duration::from_millis(count)),
        "u" => Some(Duration::from_micros(count)),
        "n" => Some(Duration::from_nanos(count)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::payments::GetWalletRequest;
    use crate::payments::wallet_service_client::WalletServiceClient;
    use crate::switchboard::Switchboard;

    #[tokio::test]
    async fn a_call_before_the_service_has_started_is_unavailable() {
        let mut client = WalletServiceClient::new(Switchboard::default().wire());
        let status = client.get_wallet(GetWalletRequest {}).await.unwrap_err();
        assert_eq!(status.code(), tonic::Code::Unavailable);
    }

    #[tokio::test]
    async fn a_service_that_nobody_runs_is_unavailable_and_says_why() {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        drop(listener);
        let wire = Wire::remote(&format!("http://127.0.0.1:{port}")).unwrap();
        let answer = WalletServiceClient::new(wire).get_wallet(GetWalletRequest {}).await;
        let status = answer.unwrap_err();
        assert_eq!(status.code(), tonic::Code::Unavailable);
        // Not only "transport error".
        assert!(status.message().contains("refused"), "{status}");
    }

    #[test]
    fn timeouts_read_as_grpc_writes_them() {
        for (text, millis) in [("250m", 250), ("2S", 2_000), ("1M", 60_000), ("1H", 3_600_000)] {
            let mut headers = http::HeaderMap::new();
            headers.insert("grpc-timeout", text.parse().unwrap());
            assert_eq!(deadline_of(&headers), Some(Duration::from_millis(millis)));
        }
        for text in ["", "S", "5", "-1S", "123456789S", "1x"] {
            let mut headers = http::HeaderMap::new();
            headers.insert("grpc-timeout", text.parse().unwrap());
            assert_eq!(deadline_of(&headers), None, "{text:?}");
        }
    }
}
