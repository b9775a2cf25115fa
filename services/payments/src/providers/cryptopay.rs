//! Crypto Pay: an invoice in the shop's currency, paid in coins on a page, told by a signed
//! callback and by asking.

mod wire;

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use chassis::config::{Settings, SettingsError};
use hmac::{Hmac, KeyInit, Mac};
use http::HeaderMap;
use kernel::currency::Currency;
use kernel::money::Money;
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::json;
use sha2::{Digest, Sha256};

use self::wire::{ProviderInvoice, ProviderInvoices};
use super::{
    BadSignature, Method, Opened, PaymentProvider, Place, ProviderError, Report, Unquotable,
    Unreadable,
};
use crate::domain::invoice::Invoice;

/// Its name for ever.
pub const SLUG: &str = "cryptopay";

const SIGNATURE: &str = "crypto-pay-api-signature";
const TOKEN: &str = "Crypto-Pay-API-Token";
/// The most that one answer of `getInvoices` holds.
const RECENT_MAX: u32 = 1_000;
const EXPIRES_IN_MAX: u64 = 2_678_400;
/// What invoices can be made out in. Source: the API's description of `createInvoice`.
const FIATS: &str =
    "USD EUR RUB BYN UAH GBP CNY KZT UZS GEL TRY AMD THB INR BRL IDR AZN AED PLN ILS KGS TJS";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Section {
    token: Option<SecretString>,
    api_url: String,
    assets: Vec<String>,
    poll_seconds: u32,
    previous_token: Option<SecretString>,
    bot_url: Option<String>,
}

/// The app at Crypto Pay that collects for the shop.
pub struct App {
    /// From @CryptoBot; also the key of its signatures.
    pub token: SecretString,
    /// The one before it, whose signatures still count while it is being replaced.
    pub previous_token: Option<SecretString>,
    /// Base address, without `/api`.
    pub api_url: String,
    /// Coins that a buyer may pay with.
    pub assets: Vec<String>,
    /// How often an open invoice is asked about.
    pub poll_every: Duration,
    /// Where the button on a paid invoice leads.
    pub bot_url: Option<String>,
}

struct CryptoPay {
    app: App,
    http: reqwest::Client,
}

/// Crypto Pay as the settings describe it; none without a token.
///
/// # Errors
/// The shop's currency is not one that it makes invoices out in, or there is no coin to pay with.
pub fn build(
    settings: &Settings,
    currency: Currency,
) -> Result<Option<Arc<dyn PaymentProvider>>, SettingsError> {
    let section: Section = settings.section("payments.cryptopay")?;
    let Some(token) = section.token else { return Ok(None) };
    if !FIATS.split(' ').any(|fiat| fiat == currency.code()) {
        return Err(format!(
            "payments.cryptopay.token: Crypto Pay makes out no invoices in {currency}; \
             remove the token or change shop.currency to one of {FIATS}"
        )
        .into());
    }
    if section.assets.is_empty() {
        return Err("payments.cryptopay.assets: name at least one coin".to_owned().into());
    }
    let app = App {
        token,
        previous_token: section.previous_token,
        api_url: section.api_url,
        assets: section.assets,
        poll_every: Duration::from_secs(u64::from(section.poll_seconds.max(1))),
        bot_url: section.bot_url,
    };
    open(app).map(Some).map_err(|error| {
        SettingsError::from(format!("payments.cryptopay: no HTTP client: {error}"))
    })
}

/// Crypto Pay for an app.
///
/// # Errors
/// No HTTP client can be made.
pub fn open(app: App) -> reqwest::Result<Arc<dyn PaymentProvider>> {
    Ok(Arc::new(CryptoPay { app, http: chassis::http::client()? }))
}

impl CryptoPay {
    async fn call<T: DeserializeOwned>(
        &self,
        method: &str,
        parameters: &serde_json::Value,
    ) -> Result<T, ProviderError> {
        let url = format!("{}/api/{method}", self.app.api_url.trim_end_matches('/'));
        let answer = self
            .http
            .post(url)
            .header(TOKEN, self.app.token.expose_secret())
            .json(parameters)
            .send()
            .await
            .map_err(silent)?;
        let status = answer.status().as_u16();
        let body = answer.bytes().await.map_err(silent)?;
        wire::read_answer(status, &body)
    }

    async fn invoices(&self, filter: &serde_json::Value) -> Result<Vec<Report>, ProviderError> {
        let found: ProviderInvoices = self.call("getInvoices", filter).await?;
        Ok(found.reports())
    }

    fn request(&self, invoice: &Invoice) -> serde_json::Value {
        let mut request = json!({
            "currency_type": "fiat",
            "fiat": invoice.price.currency.code(),
            "amount": invoice.price.decimal(),
            // Text with commas: sent as an array it is answered with 500.
            "accepted_assets": self.app.assets.join(","),
            "payload": invoice.id.to_string(),
            "expires_in": invoice.lifetime().as_secs().clamp(1, EXPIRES_IN_MAX),
            "allow_comments": false,
            "allow_anonymous": true,
        });
        if let Some(url) = &self.app.bot_url {
            request["paid_btn_name"] = json!("openBot");
            request["paid_btn_url"] = json!(url);
        }
        request
    }
}

/// Compares in constant time.
fn is_signed(token: &SecretString, body: &[u8], signature: &[u8]) -> bool {
    let key = Sha256::digest(token.expose_secret());
    Hmac::<Sha256>::new_from_slice(&key)
        .is_ok_and(|mac| mac.chain_update(body).verify_slice(signature).is_ok())
}

fn silent(error: reqwest::Error) -> ProviderError {
    ProviderError::Silent(error.without_url().to_string())
}

#[async_trait]
impl PaymentProvider for CryptoPay {
    fn about(&self) -> Method {
        Method { slug: SLUG, place: Place::Page, poll_every: Some(self.app.poll_every) }
    }

    fn quote(&self, amount: Money) -> Result<Money, Unquotable> {
        Ok(amount)
    }

    async fn open(&self, invoice: &Invoice) -> Result<Opened, ProviderError> {
        let made: ProviderInvoice = self.call("createInvoice", &self.request(invoice)).await?;
        let report = made.report();
        Ok(Opened::Page { reference: report.reference, url: report.url })
    }

    async fn check(&self, references: &[String]) -> Result<Vec<Report>, ProviderError> {
        let count = references.len();
        self.invoices(&json!({"invoice_ids": references.join(","), "count": count.max(1)})).await
    }

    async fn list_recent(&self) -> Result<Vec<Report>, ProviderError> {
        self.invoices(&json!({"offset": 0, "count": RECENT_MAX})).await
    }

    fn verify_callback(&self, headers: &HeaderMap, body: &[u8]) -> Result<(), BadSignature> {
        let signature = headers.get(SIGNATURE).ok_or(BadSignature)?;
        let signature = hex::decode(signature.as_bytes()).map_err(|_| BadSignature)?;
        let tokens = [Some(&self.app.token), self.app.previous_token.as_ref()];
        let is_ours = tokens.into_iter().flatten().any(|token| is_signed(token, body, &signature));
        if is_ours { Ok(()) } else { Err(BadSignature) }
    }

    fn read_callback(&self, body: &[u8]) -> Result<Vec<Report>, Unreadable> {
        wire::read_callback(body)
    }
}

#[cfg(test)]
mod tests;
