//! The connection to a Bot API server: one pool, one token, every answer classified.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use reqwest::{RequestBuilder, Response, StatusCode, Url, header};
use secrecy::{ExposeSecret, SecretString};
use serde::de::{DeserializeOwned, IgnoredAny};
use serde::{Deserialize, Serialize};
use tracing::Instrument;

use crate::failure::ApiError;
use crate::trouble::{Parameters, Trouble};

/// More than a hundred of the largest updates; a server that says more is not Telegram's.
const ANSWER_BYTES_MAX: usize = 32 * 1024 * 1024;
/// Below the minute or so after which Telegram's front end closes idle connections.
const IDLE_MAX: Duration = Duration::from_secs(45);
const IDLE_CONNECTIONS_MAX: usize = 16;

/// A bot's connection to a Bot API server. Clones share one pool of connections.
#[derive(Clone)]
pub struct Client {
    inner: Arc<Inner>,
}

struct Inner {
    http: reqwest::Client,
    options: ClientOptions,
    base: Url,
    bot_id: i64,
    token: SecretString,
}

#[derive(Debug, Clone, Copy)]
pub struct ClientOptions {
    pub connect_timeout: Duration,
    /// From the first byte sent to the last received; a long poll adds its own wait to it.
    pub request_timeout: Duration,
    /// The same, for a call that carries a file.
    pub upload_timeout: Duration,
}

impl Default for ClientOptions {
    fn default() -> Self {
        Self {
            connect_timeout: Duration::from_secs(5),
            request_timeout: Duration::from_secs(15),
            upload_timeout: Duration::from_mins(1),
        }
    }
}

/// Why a client cannot be made; never shows the token.
#[derive(Debug, thiserror::Error)]
pub enum InvalidClient {
    #[error("the base URL must be http or https, with a host and without a query")]
    BaseUrl,
    #[error("the token must look like 123456:letters, as BotFather gives it")]
    Token,
    #[error("the HTTP client cannot start")]
    Http(#[source] reqwest::Error),
}

impl Client {
    /// For `https://api.telegram.org`, a local Bot API server or an emulator. Connects on first
    /// use.
    pub fn new(base_url: &str, token: SecretString) -> Result<Self, InvalidClient> {
        Self::with_options(base_url, token, ClientOptions::default())
    }

    pub fn with_options(
        base_url: &str,
        token: SecretString,
        options: ClientOptions,
    ) -> Result<Self, InvalidClient> {
        let base = parse_base(base_url)?;
        let bot_id = bot_id(token.expose_secret()).ok_or(InvalidClient::Token)?;
        let http = connect(&base, options).map_err(InvalidClient::Http)?;
        Ok(Self { inner: Arc::new(Inner { http, options, base, bot_id, token }) })
    }

    /// The bot's user id, which is the first half of its token.
    pub fn bot_id(&self) -> i64 {
        self.inner.bot_id
    }

    pub(crate) fn options(&self) -> ClientOptions {
        self.inner.options
    }

    /// Calls a method with JSON parameters.
    pub(crate) async fn call<A: DeserializeOwned>(
        &self,
        method: &'static str,
        parameters: &impl Serialize,
    ) -> Result<A, ApiError> {
        self.perform(method, self.post(method).json(parameters)).await
    }

    /// Calls a method that answers `true` and nothing else.
    pub(crate) async fn order(
        &self,
        method: &'static str,
        parameters: &impl Serialize,
    ) -> Result<(), ApiError> {
        self.call::<bool>(method, parameters).await.map(|_| ())
    }

    pub(crate) fn post(&self, method: &str) -> RequestBuilder {
        let token = self.inner.token.expose_secret();
        self.inner.http.post(format!("{}bot{token}/{method}", self.inner.base))
    }

    pub(crate) fn get_file_at(&self, file_path: &str) -> RequestBuilder {
        let token = self.inner.token.expose_secret();
        self.inner.http.get(format!("{}file/bot{token}/{file_path}", self.inner.base))
    }

    pub(crate) async fn perform<A: DeserializeOwned>(
        &self,
        method: &'static str,
        request: RequestBuilder,
    ) -> Result<A, ApiError> {
        let span = tracing::info_span!("bot api", method);
        let outcome = self.exchange(method, request).instrument(span).await;
        if let Err(error) = &outcome {
            tracing::debug!(method, error = %error, "telegram call failed");
        }
        outcome
    }

    /// Reads a whole file, unless it is refused or exceeds `bytes_max`.
    pub(crate) async fn fetch(
        &self,
        method: &'static str,
        request: RequestBuilder,
        bytes_max: usize,
    ) -> Result<Bytes, ApiError> {
        let response = send(method, request).await?;
        let status = response.status();
        if status.is_success() {
            let too_long = || ApiError::new(method, Trouble::TooLong, "the file is too long");
            return read(method, response, bytes_max).await?.ok_or_else(too_long);
        }
        if status == StatusCode::NOT_FOUND {
            // Of a method this would mean a wrong token; of a file, that it has expired.
            let trouble = Trouble::BadRequest("the file is not found".to_owned());
            return Err(ApiError::new(method, trouble, "the file is not found"));
        }
        Err(self.answer::<IgnoredAny>(method, response).await.err().unwrap_or_else(|| {
            ApiError::new(method, Trouble::Server, &format!("status {status} and no refusal"))
        }))
    }

    async fn exchange<A: DeserializeOwned>(
        &self,
        method: &'static str,
        request: RequestBuilder,
    ) -> Result<A, ApiError> {
        let response = send(method, request).await?;
        self.answer(method, response).await
    }

    async fn answer<A: DeserializeOwned>(
        &self,
        method: &'static str,
        response: Response,
    ) -> Result<A, ApiError> {
        let (status, retry_after) = (response.status(), retry_after(&response));
        let body = read(method, response, ANSWER_BYTES_MAX).await?.unwrap_or_default();
        match serde_json::from_slice::<Envelope<A>>(&body) {
            Ok(Envelope { ok: true, result: Some(result), .. }) => Ok(result),
            Ok(envelope) if !envelope.ok => Err(self.refusal(method, envelope, status)),
            // A proxy's page, or an answer this crate does not understand.
            Ok(_) | Err(_) => {
                let trouble = Trouble::of_status(status.as_u16(), retry_after);
                let detail = format!("status {status} without an answer of telegram's");
                Err(ApiError::new(method, trouble, &detail))
            }
        }
    }

    fn refusal<A>(&self, method: &'static str, said: Envelope<A>, status: StatusCode) -> ApiError {
        let code = said.error_code.unwrap_or(status.as_u16());
        // Nobody should echo the token, but what is said here reaches logs.
        let description =
            said.description.unwrap_or_default().replace(self.inner.token.expose_secret(), "***");
        let parameters = said.parameters.unwrap_or_default();
        let trouble = Trouble::of_refusal(code, &description, parameters);
        ApiError::new(method, trouble, &description)
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("base", &self.inner.base.as_str())
            .field("bot_id", &self.inner.bot_id)
            .finish_non_exhaustive()
    }
}

/// What every answer is wrapped in.
#[derive(Deserialize)]
struct Envelope<A> {
    ok: bool,
    result: Option<A>,
    error_code: Option<u16>,
    description: Option<String>,
    parameters: Option<Parameters>,
}

async fn send(method: &'static str, request: RequestBuilder) -> Result<Response, ApiError> {
    request.send().await.map_err(|error| ApiError::transport(method, error))
}

/// The whole body; `None` when it exceeds `bytes_max`.
async fn read(
    method: &'static str,
    mut response: Response,
    bytes_max: usize,
) -> Result<Option<Bytes>, ApiError> {
    let mut body = Vec::new();
    loop {
        match response.chunk().await {
            Ok(Some(chunk)) if body.len() + chunk.len() > bytes_max => return Ok(None),
            Ok(Some(chunk)) => body.extend_from_slice(&chunk),
            Ok(None) => return Ok(Some(body.into())),
            Err(error) => return Err(ApiError::transport(method, error)),
        }
    }
}

fn retry_after(response: &Response) -> Option<u64> {
    response.headers().get(header::RETRY_AFTER)?.to_str().ok()?.parse().ok()
}

fn parse_base(base_url: &str) -> Result<Url, InvalidClient> {
    let mut base = Url::parse(base_url).map_err(|_| InvalidClient::BaseUrl)?;
    let is_plain = base.query().is_none() && base.fragment().is_none();
    if !matches!(base.scheme(), "http" | "https") || !base.has_host() || !is_plain {
        return Err(InvalidClient::BaseUrl);
    }
    let path = format!("{}/", base.path().trim_end_matches('/'));
    base.set_path(&path);
    Ok(base)
}

/// Also keeps characters out of the token that would change the meaning of the address.
fn bot_id(token: &str) -> Option<i64> {
    let (id, secret) = token.split_once(':')?;
    let is_secret = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
    let is_valid = id.bytes().all(|byte| byte.is_ascii_digit())
        && !secret.is_empty()
        && secret.bytes().all(is_secret);
    is_valid.then(|| id.parse().ok()).flatten()
}

fn connect(base: &Url, options: ClientOptions) -> Result<reqwest::Client, reqwest::Error> {
    // reqwest needs a process-wide TLS provider; one that is already there serves as well.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let mut builder = reqwest::Client::builder()
        .connect_timeout(options.connect_timeout)
        .timeout(options.request_timeout)
        .pool_idle_timeout(IDLE_MAX)
        .pool_max_idle_per_host(IDLE_CONNECTIONS_MAX)
        .tcp_nodelay(true)
        // Telegram never redirects, and whoever else does is not to receive the token.
        .redirect(reqwest::redirect::Policy::none())
        .http1_only();
    if base.scheme() == "http" {
        // A server of our own, near by: no certificates to load and no proxy on the way.
        builder = builder.no_proxy().tls_certs_only([]);
    }
    builder.build()
}

#[cfg(test)]
mod tests;
