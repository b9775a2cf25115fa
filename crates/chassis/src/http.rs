//! The one way to make an HTTP client: with timeouts, without redirects, with the process's TLS
//! provider.

use std::time::Duration;

use reqwest::redirect::Policy;

const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);
const TOTAL_TIMEOUT: Duration = Duration::from_secs(10);
const USER_AGENT: &str = concat!("bodega/", env!("CARGO_PKG_VERSION"));

/// Chooses the TLS provider for the whole process; again is harmless. First thing in `main` and in
/// tests with clients.
pub fn install_crypto() {
    // An error says that one was chosen before.
    rustls::crypto::ring::default_provider().install_default().ok();
}

/// A client with its own connections: 5 s to connect, 10 s in all unless a request says otherwise,
/// no redirects (a provider that redirects is not the one that was meant, and a redirect could
/// carry a token elsewhere).
///
/// # Errors
/// The system has no root certificates.
pub fn client() -> Result<reqwest::Client, reqwest::Error> {
    install_crypto();
    reqwest::Client::builder()
        .connect_timeout(CONNECT_TIMEOUT)
        .timeout(TOTAL_TIMEOUT)
        .redirect(Policy::none())
        .user_agent(USER_AGENT)
        .build()
}

#[cfg(test)]
mod tests {
    use axum::Router;
    use axum::response::Redirect;
    use axum::routing::get;
    use tokio::net::TcpListener;

    use super::*;

    #[tokio::test]
    async fn redirects_are_not_followed() {
        let routes = Router::new()
            .route("/", get(|| async { Redirect::temporary("/elsewhere") }))
            .route("/elsewhere", get(|| async { "secret" }));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let server = async { axum::serve(listener, routes).await.unwrap() };
        let request =
            async { client().unwrap().get(format!("http://{address}/")).send().await.unwrap() };
        let answer = tokio::select! {
            () = server => unreachable!("the server ends with the test"),
            answer = request => answer,
        };
        assert_eq!(answer.status(), 307);
    }

    #[tokio::test(start_paused = true)]
    async fn an_answer_that_never_comes_is_given_up() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let since = tokio::time::Instant::now();
        let error = client().unwrap().get(format!("http://{address}/")).send().await.unwrap_err();
        assert!(error.is_timeout(), "{error}");
        assert!(since.elapsed() <= TOTAL_TIMEOUT + Duration::from_secs(1));
    }
}
