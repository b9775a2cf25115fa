//! Crypto Pay's words and what they mean to us. Unknown words mean "pending"; amounts are decimal
//! text, never floats.

use kernel::currency::Currency;
use kernel::money::Money;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};

use super::super::{ProviderError, Report, Unreadable};
use super::SLUG;
use crate::domain::payment::{Outcome, Payment};

/// How much of an error's name is kept.
const NAME_CHARS_MAX: usize = 64;

/// What every answer is wrapped in.
#[derive(Deserialize)]
struct Envelope<T> {
    ok: bool,
    result: Option<T>,
    error: Option<Refused>,
}

#[derive(Deserialize)]
struct Refused {
    #[serde(default)]
    code: u16,
    #[serde(default)]
    name: String,
}

/// The result in an answer. A bad request is told apart from a fault of theirs: only the latter
/// counts against them.
pub(super) fn read_answer<T: DeserializeOwned>(
    status: u16,
    body: &[u8],
) -> Result<T, ProviderError> {
    if status == 429 {
        return Err(ProviderError::Busy);
    }
    if status >= 500 {
        return Err(ProviderError::Faulty(format!("status {status}")));
    }
    match serde_json::from_slice::<Envelope<T>>(body) {
        Ok(Envelope { ok: true, result: Some(result), .. }) if status < 300 => Ok(result),
        Ok(Envelope { ok: false, error: Some(error), .. }) => Err(error.explain(status)),
        _ if (400..500).contains(&status) => {
            Err(ProviderError::Refused { status, name: "no name".into() })
        }
        Ok(_) => Err(ProviderError::Faulty(format!("status {status} without a result"))),
        Err(error) => Err(ProviderError::Faulty(format!("not an answer: {error}"))),
    }
}

impl Refused {
    fn explain(self, status: u16) -> ProviderError {
        // `ok: false` has been seen under status 200 as well.
        let status = if status < 400 { self.code } else { status };
        let name = self.name.chars().take(NAME_CHARS_MAX).collect();
        match status {
            429 => ProviderError::Busy,
            500.. => ProviderError::Faulty(name),
            _ => ProviderError::Refused { status, name },
        }
    }
}

#[derive(Deserialize)]
pub(super) struct ProviderInvoices {
    items: Vec<Value>,
}

impl ProviderInvoices {
    /// What they say. One that cannot be read hides no other.
    pub(super) fn reports(self) -> Vec<Report> {
        let read = |item| match serde_json::from_value::<ProviderInvoice>(item) {
            Ok(invoice) => Some(invoice.report()),
            Err(error) => {
                tracing::error!(provider = SLUG, %error, "an invoice of theirs cannot be read");
                metrics::counter!(
                    "bodega_payments_unreadable_invoices_total", "provider" => SLUG
                )
                .increment(1);
                None
            }
        };
        self.items.into_iter().filter_map(read).collect()
    }
}

/// An invoice of theirs. What we compare is typed; what we only keep stays as it came.
#[derive(Deserialize)]
pub(super) struct ProviderInvoice {
    invoice_id: u64,
    #[serde(default)]
    status: String,
    #[serde(default)]
    currency_type: String,
    fiat: Option<String>,
    asset: Option<String>,
    #[serde(default)]
    amount: Value,
    payload: Option<String>,
    #[serde(default)]
    bot_invoice_url: String,
    #[serde(flatten)]
    rest: Map<String, Value>,
}

/// What is kept for reconciliation, as it came.
const KEPT: [&str; 8] = [
    "paid_asset",
    "paid_amount",
    "paid_fiat_rate",
    "paid_usd_rate",
    "fee_asset",
    "fee_amount",
    "paid_at",
    "paid_anonymously",
];

impl ProviderInvoice {
    /// What it says about our invoice.
    pub(super) fn report(self) -> Report {
        let reference = self.invoice_id.to_string();
        let invoice_id = self.payload.as_deref().and_then(|payload| payload.parse().ok());
        let outcome = match self.status.as_str() {
            "paid" => Outcome::Paid(Payment {
                provider: SLUG.to_owned(),
                external_id: reference.clone(),
                invoice_id,
                payer: None,
                price: self.price(),
                details: self.details(),
            }),
            "expired" => Outcome::Expired,
            _ => Outcome::Pending,
        };
        Report { reference, url: self.bot_invoice_url, invoice_id, outcome }
    }

    /// What it was made out for. Of a coin we know no minor units: such an amount is not readable,
    /// only kept.
    fn price(&self) -> Option<Money> {
        if self.currency_type != "fiat" {
            return None;
        }
        let currency: Currency = self.fiat.as_deref()?.parse().ok()?;
        let amount = self.amount.as_str()?;
        // Our reader takes all that people type; what a provider sends is digits and one point.
        let plain = amount.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
        Money::parse(amount, currency).ok().filter(|_| plain)
    }

    fn details(&self) -> Value {
        let kept = KEPT
            .iter()
            .filter_map(|key| self.rest.get(*key).map(|value| ((*key).to_owned(), value.clone())));
        let mut details: Map<String, Value> = kept.collect();
        details.insert("amount".into(), self.amount.clone());
        details.insert("currency".into(), json!(self.fiat.as_ref().or(self.asset.as_ref())));
        Value::Object(details)
    }
}

#[derive(Deserialize)]
struct Callback {
    update_type: String,
    // What it is depends on the type.
    #[serde(default)]
    payload: Value,
}

/// What a callback says; words we do not know say nothing.
pub(super) fn read_callback(body: &[u8]) -> Result<Vec<Report>, Unreadable> {
    let callback: Callback =
        serde_json::from_slice(body).map_err(|error| Unreadable(error.to_string()))?;
    if callback.update_type != "invoice_paid" {
        return Ok(Vec::new());
    }
    let invoice: ProviderInvoice = serde_json::from_value(callback.payload)
        .map_err(|error| Unreadable(format!("no invoice in it: {error}")))?;
    Ok(vec![invoice.report()])
}
