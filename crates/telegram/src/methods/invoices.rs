//! Invoices, the answer before the charge, refunds, and the ledger of Stars.

use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::client::Client;
use crate::failure::ApiError;
use crate::html::shorten;
use crate::keyboard::InlineKeyboard;

/// The currency code of Telegram Stars, which have no smaller unit.
pub const STARS: &str = "XTR";

const TITLE_UNITS_MAX: usize = 32;
const DESCRIPTION_UNITS_MAX: usize = 255;

/// What is asked for, and for how much.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Invoice {
    pub title: String,
    pub description: String,
    /// 1 to 128 bytes, returned with the payment and never shown. It does not bind the payer:
    /// anyone may pay a forwarded invoice.
    pub payload: String,
    /// Empty for Stars.
    pub provider_token: String,
    pub currency: String,
    /// Exactly one for Stars.
    pub prices: Vec<Price>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Price {
    pub label: String,
    /// Smallest units of the currency.
    pub amount: i64,
}

impl Invoice {
    /// An invoice in Stars. Title and description are cut to what Telegram takes, 32 and 255 units.
    pub fn stars(title: &str, stars: i64, payload: impl Into<String>) -> Self {
        let title = shorten(title, TITLE_UNITS_MAX).into_owned();
        Self {
            description: title.clone(),
            payload: payload.into(),
            provider_token: String::new(),
            currency: STARS.to_owned(),
            prices: vec![Price { label: title.clone(), amount: stars }],
            title,
        }
    }

    #[must_use]
    pub fn description(mut self, description: &str) -> Self {
        self.description = shorten(description, DESCRIPTION_UNITS_MAX).into_owned();
        self
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SendInvoice {
    pub chat_id: i64,
    #[serde(flatten)]
    pub invoice: Invoice,
    /// When not empty, forwarded copies lead to the bot; when empty, anyone can pay them.
    pub start_parameter: String,
    /// Begins with [`InlineKeyboard::paying`]; absent, there is one pay button.
    #[serde(rename = "reply_markup", skip_serializing_if = "Option::is_none")]
    pub keyboard: Option<InlineKeyboard>,
}

impl SendInvoice {
    /// For one buyer: forwarded copies cannot be paid.
    pub fn new(chat_id: i64, invoice: Invoice) -> Self {
        Self { chat_id, invoice, start_parameter: "invoice".to_owned(), keyboard: None }
    }

    #[must_use]
    pub fn keyboard(mut self, keyboard: InlineKeyboard) -> Self {
        self.keyboard = (!keyboard.is_empty()).then_some(keyboard);
        self
    }
}

/// A link that may be paid by anyone who has it, more than once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CreateInvoiceLink {
    #[serde(flatten)]
    pub invoice: Invoice,
    /// Seconds between renewals, Stars only; Telegram takes no other than thirty days.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subscription_period: Option<u32>,
}

impl CreateInvoiceLink {
    pub fn new(invoice: Invoice) -> Self {
        Self { invoice, subscription_period: None }
    }
}

/// Allows or stops the charge; Telegram waits ten seconds for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AnswerPreCheckoutQuery {
    pre_checkout_query_id: String,
    ok: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    error_message: Option<String>,
}

impl AnswerPreCheckoutQuery {
    pub fn accept(pre_checkout_query_id: impl Into<String>) -> Self {
        let pre_checkout_query_id = pre_checkout_query_id.into();
        Self { pre_checkout_query_id, ok: true, error_message: None }
    }

    /// The message is shown to the user.
    pub fn refuse(pre_checkout_query_id: impl Into<String>, error_message: &str) -> Self {
        let pre_checkout_query_id = pre_checkout_query_id.into();
        Self { pre_checkout_query_id, ok: false, error_message: Some(error_message.to_owned()) }
    }

    pub fn is_accepted(&self) -> bool {
        self.ok
    }
}

/// Returns the whole of a payment in Stars. Safe to repeat: the second time it is
/// [`crate::Trouble::AlreadyRefunded`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RefundStarPayment {
    pub user_id: i64,
    pub telegram_payment_charge_id: String,
}

/// A page of the ledger, oldest first, so that the count of those seen is the next offset.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct GetStarTransactions {
    pub offset: u32,
    /// 1 to 100.
    pub limit: u8,
}

/// One line of the ledger. A refund has the id of its payment, so only id and direction are unique.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct StarTransaction {
    /// The charge id of a payment.
    pub id: String,
    /// Whole Stars.
    pub amount: i64,
    /// Billionths of a Star on top.
    #[serde(default)]
    pub nanostar_amount: i64,
    /// Unix seconds.
    pub date: i64,
    /// Present when Stars came in.
    pub source: Option<StarPartner>,
    /// Present when Stars went out.
    pub receiver: Option<StarPartner>,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(from = "WirePartner")]
pub struct StarPartner {
    /// `user`, `fragment`, `telegram_ads` and others.
    pub kind: String,
    /// Of a user: `invoice_payment` and others.
    pub transaction_type: Option<String>,
    pub user_id: Option<i64>,
    pub invoice_payload: Option<String>,
}

#[derive(Deserialize)]
struct WirePartner {
    #[serde(rename = "type")]
    kind: String,
    transaction_type: Option<String>,
    user: Option<WireUser>,
    invoice_payload: Option<String>,
}

#[derive(Deserialize)]
struct WireUser {
    id: i64,
}

impl From<WirePartner> for StarPartner {
    fn from(wire: WirePartner) -> Self {
        Self {
            kind: wire.kind,
            transaction_type: wire.transaction_type,
            user_id: wire.user.map(|user| user.id),
            invoice_payload: wire.invoice_payload,
        }
    }
}

#[derive(Deserialize)]
struct StarTransactions {
    transactions: Vec<StarTransaction>,
}

#[derive(Deserialize)]
struct StarBalance {
    amount: i64,
}

impl Client {
    pub async fn send_invoice(
        &self,
        invoice: &SendInvoice,
    ) -> Result<super::messages::Sent, ApiError> {
        self.call("sendInvoice", invoice).await
    }

    /// Returns the link.
    pub async fn create_invoice_link(&self, link: &CreateInvoiceLink) -> Result<String, ApiError> {
        self.call("createInvoiceLink", link).await
    }

    pub async fn answer_pre_checkout_query(
        &self,
        answer: &AnswerPreCheckoutQuery,
    ) -> Result<(), ApiError> {
        self.order("answerPreCheckoutQuery", answer).await
    }

    pub async fn refund_star_payment(&self, refund: &RefundStarPayment) -> Result<(), ApiError> {
        self.order("refundStarPayment", refund).await
    }

    pub async fn get_star_transactions(
        &self,
        page: &GetStarTransactions,
    ) -> Result<Vec<StarTransaction>, ApiError> {
        let answer: StarTransactions = self.call("getStarTransactions", page).await?;
        Ok(answer.transactions)
    }

    /// The whole Stars the bot has.
    pub async fn get_my_star_balance(&self) -> Result<i64, ApiError> {
        let balance: StarBalance = self.call("getMyStarBalance", &json!({})).await?;
        Ok(balance.amount)
    }
}
