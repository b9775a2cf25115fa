//! Ways to pay: each a translator between our invoices and one outside service. They store nothing
//! and retry nothing.
//!
//! To add one: a file beside the others with its settings, wire types and translation, and a line
//! in [`KNOWN`].

mod breaker;
pub mod cryptopay;
mod desk;
pub mod stars;

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use chassis::config::{Settings, SettingsError};
use http::HeaderMap;
use kernel::currency::Currency;
use kernel::ids::InvoiceId;
use kernel::money::Money;

pub use desk::Desk;

use crate::domain::invoice::Invoice;
use crate::domain::payment::Outcome;

/// Makes a provider from its settings; none where it is not configured or switched off.
type Build = fn(&Settings, Currency) -> Result<Option<Arc<dyn PaymentProvider>>, SettingsError>;

/// Every provider by its slug, in the order in which methods are shown.
const KNOWN: &[(&str, Build)] = &[(cryptopay::SLUG, cryptopay::build), (stars::SLUG, stars::build)];

/// What the rest of the service needs to know about a way to pay.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Method {
    /// Lower case, for ever the same: it is in rows, paths and metrics.
    pub slug: &'static str,
    /// Where a person pays.
    pub place: Place,
    /// How often an open invoice is asked about; none where the provider cannot be asked.
    pub poll_every: Option<Duration>,
}

/// Where a person pays.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// On a page of the provider.
    Page,
    /// In the chat, with Telegram's own payment form.
    Chat {
        /// From BotFather; empty for Stars.
        provider_token: String,
    },
}

/// A provider has the invoice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Opened {
    /// It can be paid on a page.
    Page {
        /// The provider's id of the invoice.
        reference: String,
        /// The page.
        url: String,
    },
    /// It can be paid in the chat; nothing was asked of anybody.
    Chat,
}

/// What a provider says about one invoice of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// The provider's id of the invoice.
    pub reference: String,
    /// The page where it can be paid.
    pub url: String,
    /// Our invoice that its payload names.
    pub invoice_id: Option<InvoiceId>,
    /// How it stands.
    pub outcome: Outcome,
}

/// A provider gave no usable answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ProviderError {
    /// It understood and said no: our request or our token is wrong, and repeating it changes
    /// nothing.
    #[error("refused with status {status}: {name}")]
    Refused {
        /// The HTTP status.
        status: u16,
        /// The provider's name of the error.
        name: String,
    },
    /// We ask too often.
    #[error("asked too often")]
    Busy,
    /// It failed, or what answered is not it.
    #[error("failed: {0}")]
    Faulty(String),
    /// No answer; it may have done what was asked.
    #[error("no answer: {0}")]
    Silent(String),
    /// Not asked at all: it has failed too often lately.
    #[error("not asked, for it fails at present")]
    Resting,
}

impl ProviderError {
    /// Whether the provider is to blame. Bad requests are ours, however many of them there are.
    pub fn is_fault(&self) -> bool {
        matches!(self, Self::Faulty(_) | Self::Silent(_))
    }

    /// For metrics.
    pub const fn label(&self) -> &'static str {
        match self {
            Self::Refused { .. } => "refused",
            Self::Busy => "busy",
            Self::Faulty(_) => "faulty",
            Self::Silent(_) => "silent",
            Self::Resting => "resting",
        }
    }
}

/// The amount cannot be paid this way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this amount cannot be paid this way")]
pub struct Unquotable;

/// A callback does not carry the provider's signature.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the signature is not the provider's")]
pub struct BadSignature;

/// A signed callback cannot be read; the text says why, for people.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the callback cannot be read: {0}")]
pub struct Unreadable(pub String);

/// A translator for one outside payment service. It holds no state of invoices and calls nobody but
/// its service; the deadline, the circuit breaker and the metrics around it are [`Desk`]'s.
#[async_trait]
pub trait PaymentProvider: Send + Sync {
    /// What it is.
    fn about(&self) -> Method;

    /// What it would collect for `amount`; fixed on the invoice before it is asked.
    ///
    /// # Errors
    /// The amount cannot be paid this way.
    fn quote(&self, amount: Money) -> Result<Money, Unquotable>;

    /// Tells it of an invoice that is written down already, with our id as the payload.
    ///
    /// # Errors
    /// No usable answer. It may have the invoice all the same; then it is found by its payload.
    async fn open(&self, invoice: &Invoice) -> Result<Opened, ProviderError>;

    /// Asks about up to [`CHECKED_MAX`] of its invoices by its own ids. What it does not know is
    /// not in the answer.
    ///
    /// # Errors
    /// No usable answer.
    async fn check(&self, _references: &[String]) -> Result<Vec<Report>, ProviderError> {
        Ok(Vec::new())
    }

    /// Its latest invoices, to find those whose opening was never answered.
    ///
    /// # Errors
    /// No usable answer.
    async fn list_recent(&self) -> Result<Vec<Report>, ProviderError> {
        Ok(Vec::new())
    }

    /// Whether a callback's raw bytes are signed by it. Nothing else looks at them before.
    ///
    /// # Errors
    /// They are not.
    fn verify_callback(&self, _headers: &HeaderMap, _body: &[u8]) -> Result<(), BadSignature> {
        Err(BadSignature)
    }

    /// What a callback says.
    ///
    /// # Errors
    /// It cannot be read; it is kept and looked at by people.
    fn read_callback(&self, _body: &[u8]) -> Result<Vec<Report>, Unreadable> {
        Err(Unreadable("there are no callbacks of this provider".into()))
    }
}

/// Invoices in one call of [`PaymentProvider::check`].
pub const CHECKED_MAX: i64 = 100;

/// The ways to pay that are switched on.
#[derive(Clone, Default)]
pub struct Providers(Vec<Arc<Desk>>);

impl Providers {
    /// All that the settings configure.
    ///
    /// # Errors
    /// A setting that cannot be used.
    pub fn from_settings(settings: &Settings, currency: Currency) -> Result<Self, SettingsError> {
        let mut providers = Vec::new();
        for (slug, build) in KNOWN {
            match build(settings, currency)? {
                Some(provider) => providers.push(provider),
                None => tracing::info!(method = slug, "method is not configured"),
            }
        }
        Ok(Self::new(providers))
    }

    /// These and no others.
    pub fn new(providers: Vec<Arc<dyn PaymentProvider>>) -> Self {
        Self(providers.into_iter().map(|provider| Arc::new(Desk::new(provider))).collect())
    }

    /// In the order in which they are shown.
    pub fn iter(&self) -> impl Iterator<Item = &Arc<Desk>> {
        self.0.iter()
    }

    /// The one with this slug.
    pub fn find(&self, slug: &str) -> Option<&Arc<Desk>> {
        self.0.iter().find(|desk| desk.about().slug == slug)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn slugs_are_lower_case_words_and_each_its_own() {
        let slugs: HashSet<&str> = KNOWN.iter().map(|(slug, _)| *slug).collect();
        assert_eq!(slugs.len(), KNOWN.len());
        for slug in slugs {
            assert!(slug.bytes().all(|byte| byte.is_ascii_lowercase()), "{slug}");
        }
    }
}
