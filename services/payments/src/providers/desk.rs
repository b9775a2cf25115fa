//! What stands before every provider: a deadline, a circuit breaker and metrics, the same for all.

use std::future::Future;
use std::sync::Arc;
use std::time::{Duration, Instant};

use http::HeaderMap;
use kernel::money::Money;

use super::breaker::{Breaker, Ended};
use super::{
    BadSignature, Method, Opened, PaymentProvider, ProviderError, Report, Unquotable, Unreadable,
};
use crate::domain::invoice::Invoice;

/// A call that has not answered by then has failed.
const DEADLINE: Duration = Duration::from_secs(10);

/// A provider and what it takes to call it safely.
pub struct Desk {
    provider: Arc<dyn PaymentProvider>,
    method: Method,
    breaker: Breaker,
}

impl Desk {
    /// A desk for one provider; one per process, for the breaker counts all calls.
    pub fn new(provider: Arc<dyn PaymentProvider>) -> Self {
        let method = provider.about();
        Self { provider, method, breaker: Breaker::default() }
    }

    /// What the provider is.
    pub fn about(&self) -> &Method {
        &self.method
    }

    /// See [`PaymentProvider::quote`].
    ///
    /// # Errors
    /// The amount cannot be paid this way.
    pub fn quote(&self, amount: Money) -> Result<Money, Unquotable> {
        self.provider.quote(amount)
    }

    /// See [`PaymentProvider::open`].
    ///
    /// # Errors
    /// No usable answer.
    pub async fn open(&self, invoice: &Invoice) -> Result<Opened, ProviderError> {
        self.call("open", self.provider.open(invoice)).await
    }

    /// See [`PaymentProvider::check`].
    ///
    /// # Errors
    /// No usable answer.
    pub async fn check(&self, references: &[String]) -> Result<Vec<Report>, ProviderError> {
        self.call("check", self.provider.check(references)).await
    }

    /// See [`PaymentProvider::list_recent`].
    ///
    /// # Errors
    /// No usable answer.
    pub async fn list_recent(&self) -> Result<Vec<Report>, ProviderError> {
        self.call("list_recent", self.provider.list_recent()).await
    }

    /// See [`PaymentProvider::verify_callback`].
    ///
    /// # Errors
    /// The bytes are not signed by the provider.
    pub fn verify_callback(&self, headers: &HeaderMap, body: &[u8]) -> Result<(), BadSignature> {
        self.provider.verify_callback(headers, body).inspect_err(|_| {
            metrics::counter!(
                "bodega_payments_refused_signatures_total", "provider" => self.method.slug
            )
            .increment(1);
        })
    }

    /// See [`PaymentProvider::read_callback`].
    ///
    /// # Errors
    /// It cannot be read.
    pub fn read_callback(&self, body: &[u8]) -> Result<Vec<Report>, Unreadable> {
        self.provider.read_callback(body)
    }

    async fn call<T>(
        &self,
        name: &'static str,
        call: impl Future<Output = Result<T, ProviderError>>,
    ) -> Result<T, ProviderError> {
        let provider = self.method.slug;
        let started = Instant::now();
        if !self.breaker.admits(started) {
            return Err(ProviderError::Resting);
        }
        let answer = match tokio::time::timeout(DEADLINE, call).await {
            Ok(answer) => answer,
            Err(_) => Err(ProviderError::Silent("deadline".into())),
        };
        let ended = match &answer {
            Err(error) if error.is_fault() => Ended::Faulty,
            _ => Ended::Answered,
        };
        self.breaker.note(ended, Instant::now());
        metrics::histogram!(
            "bodega_payments_provider_call_seconds", "provider" => provider, "call" => name
        )
        .record(started.elapsed().as_secs_f64());
        if let Err(error) = &answer {
            tracing::warn!(provider, call = name, %error, "provider call failed");
            metrics::counter!(
                "bodega_payments_provider_errors_total",
                "provider" => provider, "kind" => error.label()
            )
            .increment(1);
        }
        answer
    }
}
