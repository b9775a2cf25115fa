//! An invoice in the shape the API shows it.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// Where an invoice stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    Active,
    Paid,
    Expired,
}

/// An invoice; all amounts and rates are decimal strings.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Invoice {
    pub invoice_id: i64,
    pub hash: String,
    /// `crypto` or `fiat`.
    pub currency_type: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub asset: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fiat: Option<String>,
    pub amount: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub accepted_assets: Option<Vec<String>>,
    #[serde(flatten)]
    pub payment: Option<Payment>,
    pub pay_url: String,
    pub bot_invoice_url: String,
    pub mini_app_invoice_url: String,
    pub web_app_invoice_url: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    pub status: Status,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub swap_to: Option<String>,
    #[serde(serialize_with = "iso")]
    pub created_at: Timestamp,
    pub allow_comments: bool,
    pub allow_anonymous: bool,
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "iso_option")]
    pub expiration_date: Option<Timestamp>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hidden_message: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub payload: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub paid_btn_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub paid_btn_url: Option<String>,
    /// Fields that are told otherwise than they are, on demand.
    #[serde(skip)]
    pub(crate) amendments: Map<String, Value>,
}

/// What is known once an invoice is paid.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Payment {
    pub paid_asset: String,
    pub paid_amount: String,
    /// Of the paid asset in the fiat currency of the invoice, if it has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub paid_fiat_rate: Option<String>,
    pub paid_usd_rate: String,
    pub fee_asset: String,
    pub fee_amount: String,
    pub fee_in_usd: String,
    #[serde(serialize_with = "iso")]
    pub paid_at: Timestamp,
    pub paid_anonymously: bool,
}

impl Invoice {
    /// The invoice at an instant: an active one ends when its time is over.
    pub(crate) fn at(mut self, now: Timestamp) -> Self {
        if self.status == Status::Active && self.expiration_date.is_some_and(|end| now >= end) {
            self.status = Status::Expired;
        }
        self
    }

    /// What the API and webhooks tell of it.
    pub(crate) fn told(&self) -> Value {
        let mut told = serde_json::to_value(self).expect("an invoice is plain JSON");
        if let Value::Object(fields) = &mut told {
            for (name, value) in &self.amendments {
                fields.insert(name.clone(), value.clone());
            }
        }
        told
    }
}

/// `2026-01-02T03:04:05.000Z`.
pub(crate) fn show_time(at: Timestamp) -> String {
    format!("{at:.3}")
}

fn iso<S: serde::Serializer>(at: &Timestamp, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&show_time(*at))
}

#[expect(clippy::ref_option, reason = "the signature that serde calls")]
fn iso_option<S: serde::Serializer>(
    at: &Option<Timestamp>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    match at {
        Some(at) => iso(at, serializer),
        None => serializer.serialize_none(),
    }
}
