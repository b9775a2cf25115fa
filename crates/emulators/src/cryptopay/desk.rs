//! Everything one emulator of Crypto Pay knows.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use jiff::Timestamp;
use kernel::clock::Clock;
use kernel::ids;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::books::{Books, PayFailure, Place, Till};
use super::currency::Rates;
use super::invoice::Invoice;
use super::options::Options;
use super::terms::Terms;
use super::transfer::Transfer;
use super::webhook::Webhook;
use crate::faults::{CallFault, DeliveryFault, Switches};
use crate::lock::lock;
use crate::patience::TimedOut;
use crate::post::Postman;
use crate::tasks::Tasks;

/// Which calls a fault applies to; an absent field means any.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct CallScope {
    /// A method's name, in any case.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub method: Option<String>,
}

impl CallScope {
    pub fn method(name: &str) -> Self {
        Self { method: Some(name.to_owned()) }
    }

    pub(crate) fn matches(&self, method: &str) -> bool {
        self.method.as_ref().is_none_or(|name| name.eq_ignore_ascii_case(method))
    }
}

/// Which webhooks a fault applies to; an absent field means any.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct WebhookScope {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub invoice_id: Option<i64>,
}

impl WebhookScope {
    pub fn invoice(invoice_id: i64) -> Self {
        Self { invoice_id: Some(invoice_id) }
    }

    pub(crate) fn matches(&self, invoice_id: i64) -> bool {
        self.invoice_id.is_none_or(|id| id == invoice_id)
    }
}

pub(crate) struct Desk {
    pub(crate) token: String,
    pub(crate) app_name: String,
    pub(crate) address: SocketAddr,
    pub(crate) base_url: String,
    pub(crate) clock: Clock,
    pub(crate) pace: f64,
    fee_percent: Decimal,
    pub(crate) transfers_allowed: bool,
    pub(crate) strangers: Vec<i64>,
    pub(crate) rates: Rates,
    pub(crate) books: Mutex<Books>,
    pub(crate) webhook: Webhook,
    pub(crate) postman: Postman,
    calls: Mutex<HashMap<String, usize>>,
    pub(crate) call_faults: Switches<CallScope, CallFault>,
    pub(crate) webhook_faults: Switches<WebhookScope, DeliveryFault>,
    pub(crate) tasks: Tasks,
}

impl Desk {
    pub(crate) fn new(options: Options, address: SocketAddr) -> Self {
        let now = options.clock.now();
        Self {
            token: options.token,
            app_name: options.app_name,
            address,
            base_url: format!("http://{address}"),
            clock: options.clock,
            pace: options.pace,
            fee_percent: options.fee_percent,
            transfers_allowed: options.transfers_allowed,
            strangers: options.strangers,
            rates: Rates::default(),
            books: Mutex::new(Books::new(now)),
            webhook: Webhook::new(options.webhook_url),
            postman: Postman::new(),
            calls: Mutex::default(),
            call_faults: Switches::default(),
            webhook_faults: Switches::default(),
            tasks: Tasks::default(),
        }
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.clock.now()
    }

    pub(crate) fn till(&self) -> Till<'_> {
        Till { rates: &self.rates, fee_percent: self.fee_percent, now: self.now() }
    }

    pub(crate) fn open_invoice(&self, terms: Terms) -> Invoice {
        let fresh = ids::fresh(&self.clock).simple().to_string();
        let hash = format!("IV{}", &fresh[20..]);
        let url = format!("{}/pay/{hash}", self.base_url);
        lock(&self.books).add(terms, Place { hash, url }, self.now())
    }

    pub(crate) fn pay(
        self: &Arc<Self>,
        invoice_id: i64,
        asset: Option<&str>,
    ) -> Result<Invoice, PayFailure> {
        let invoice = lock(&self.books).pay(invoice_id, asset, self.till())?;
        self.announce(invoice_id);
        Ok(invoice)
    }

    pub(crate) fn expire(&self, invoice_id: i64) -> Result<Invoice, PayFailure> {
        lock(&self.books).expire(invoice_id, self.now())
    }

    pub(crate) fn invoice(&self, invoice_id: i64) -> Option<Invoice> {
        lock(&self.books).find(invoice_id, self.now())
    }

    pub(crate) fn invoices(&self) -> Vec<Invoice> {
        let mut invoices: Vec<_> = lock(&self.books).newest_first(self.now()).collect();
        invoices.reverse();
        invoices
    }

    pub(crate) fn transfers(&self) -> Vec<Transfer> {
        lock(&self.books).transfers().to_vec()
    }

    pub(crate) fn amend(
        &self,
        invoice_id: i64,
        fields: Map<String, Value>,
    ) -> Result<(), PayFailure> {
        lock(&self.books).amend(invoice_id, fields)
    }

    pub(crate) fn set_balance(&self, asset: &str, available: Decimal) {
        lock(&self.books).set_balance(asset, available);
    }

    pub(crate) fn set_webhook(&self, url: Option<String>) {
        self.webhook.set(url);
    }

    pub(crate) fn is_webhook_disabled(&self) -> bool {
        self.webhook.is_disabled()
    }

    pub(crate) async fn wait_until_drained(&self, deadline: Duration) -> Result<(), TimedOut> {
        self.webhook.wait_until_drained(deadline).await
    }

    pub(crate) fn count_call(&self, method: &str) {
        *lock(&self.calls).entry(method.to_ascii_lowercase()).or_default() += 1;
    }

    pub(crate) fn call_count(&self, method: Option<&str>) -> usize {
        let calls = lock(&self.calls);
        match method {
            Some(name) => calls.get(&name.to_ascii_lowercase()).copied().unwrap_or(0),
            None => calls.values().sum(),
        }
    }
}
