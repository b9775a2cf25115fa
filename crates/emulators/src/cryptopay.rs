//! Crypto Pay: invoices with a pay page, signed webhooks, transfers, rates and balances.
//!
//! The API is at `<base_url>/api/<method>`, as `https://pay.crypt.bot/api/<method>` is. Invoices
//! lead to a page of the emulator, where a person picks a currency and pays.

mod amount;
mod api;
mod books;
mod control;
mod currency;
mod desk;
mod invoice;
mod methods;
mod options;
mod page;
mod refusal;
mod signature;
mod terms;
mod transfer;
mod webhook;

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use rust_decimal::Decimal;
use serde_json::{Map, Value};

pub use self::books::PayFailure;
pub use self::currency::Pair;
pub use self::desk::{CallScope, WebhookScope};
pub use self::invoice::{Invoice, Status};
pub use self::options::{Bind, Options};
pub use self::signature::sign;
pub use self::transfer::Transfer;
pub use crate::patience::TimedOut;
pub use crate::post::Delivery;

use self::desk::Desk;
use crate::faults::{Armed, CallFault, DeliveryFault};
use crate::server;

/// A running emulator; dropping it ends its tasks.
pub struct CryptoPay {
    desk: Arc<Desk>,
}

impl CryptoPay {
    /// Starts an emulator that listens at once.
    ///
    /// # Errors
    /// The address cannot be bound.
    pub async fn start(options: Options) -> io::Result<Self> {
        let mut options = options;
        let listener = std::mem::take(&mut options.bind).open().await?;
        let address = listener.local_addr()?;
        let desk = Arc::new(Desk::new(options, address));
        let router = Router::new()
            .merge(api::router())
            .merge(page::router())
            .nest("/control", control::router())
            .with_state(desk.clone());
        server::serve(listener, router, &desk.tasks);
        Ok(Self { desk })
    }

    /// Stands for `https://pay.crypt.bot`: the methods are at `<base_url>/api/<method>`.
    pub fn base_url(&self) -> String {
        self.desk.base_url.clone()
    }

    pub fn address(&self) -> SocketAddr {
        self.desk.address
    }

    /// The token the app must use.
    pub fn token(&self) -> &str {
        &self.desk.token
    }

    /// Sets or removes the address that is told of paid invoices; also switches it on again after
    /// too many failures.
    pub fn set_webhook(&self, url: Option<&str>) {
        self.desk.set_webhook(url.map(ToOwned::to_owned));
    }

    /// Whether the webhook was switched off after too many failures.
    pub fn is_webhook_disabled(&self) -> bool {
        self.desk.is_webhook_disabled()
    }

    /// Pays an invoice; an asset must be chosen if it is priced in fiat.
    pub fn pay(&self, invoice_id: i64, asset: Option<&str>) -> Result<Invoice, PayFailure> {
        self.desk.pay(invoice_id, asset)
    }

    /// Ends an active invoice before its time.
    pub fn expire(&self, invoice_id: i64) -> Result<Invoice, PayFailure> {
        self.desk.expire(invoice_id)
    }

    /// An invoice as it stands now.
    pub fn invoice(&self, invoice_id: i64) -> Option<Invoice> {
        self.desk.invoice(invoice_id)
    }

    /// All invoices, oldest first.
    pub fn invoices(&self) -> Vec<Invoice> {
        self.desk.invoices()
    }

    /// All transfers, oldest first.
    pub fn transfers(&self) -> Vec<Transfer> {
        self.desk.transfers()
    }

    /// Replaces fields of an invoice in everything that is told of it from now on, API and webhooks
    /// alike: a service that contradicts itself.
    pub fn amend(&self, invoice_id: i64, fields: Map<String, Value>) -> Result<(), PayFailure> {
        self.desk.amend(invoice_id, fields)
    }

    /// Tells the webhook of an invoice again, that many times at once, whatever its state.
    pub async fn redeliver(&self, invoice_id: i64, times: u32) -> Vec<Delivery> {
        self.desk.redeliver(invoice_id, times).await
    }

    /// Sends any body to the webhook with a correct signature; `None` if no webhook is set.
    pub async fn inject(&self, body: impl Into<axum::body::Bytes>) -> Option<Delivery> {
        self.desk.inject(body.into()).await
    }

    /// Sets what one unit of a crypto asset costs in a fiat currency.
    pub fn set_rate(&self, pair: Pair<'_>, rate: Decimal) {
        self.desk.rates.set(pair, rate);
    }

    /// Sets what the app owns of an asset.
    pub fn set_balance(&self, asset: &str, available: Decimal) {
        self.desk.set_balance(asset, available);
    }

    /// Waits until no webhook is undelivered.
    ///
    /// # Errors
    /// Some still are after `deadline`.
    pub async fn wait_until_drained(&self, deadline: Duration) -> Result<(), TimedOut> {
        self.desk.wait_until_drained(deadline).await
    }

    /// How often each method was called, or all of them.
    pub fn call_count(&self, method: Option<&str>) -> usize {
        self.desk.call_count(method)
    }

    /// Breaks the next `times` calls in scope, or all until mended; gives the fault's id.
    pub fn break_calls(&self, scope: CallScope, fault: CallFault, times: Option<u32>) -> u64 {
        self.desk.call_faults.arm(scope, fault, times)
    }

    /// Breaks the next `times` webhooks in scope, or all until mended; gives the fault's id.
    pub fn break_webhooks(
        &self,
        scope: WebhookScope,
        fault: DeliveryFault,
        times: Option<u32>,
    ) -> u64 {
        self.desk.webhook_faults.arm(scope, fault, times)
    }

    /// Switches every fault off.
    pub fn mend_all(&self) {
        self.desk.call_faults.clear();
        self.desk.webhook_faults.clear();
    }

    /// The faults of calls that are switched on.
    pub fn call_faults(&self) -> Vec<Armed<CallScope, CallFault>> {
        self.desk.call_faults.list()
    }

    /// Ends all connections and deliveries, and waits until they are gone.
    pub async fn stop(&self) {
        self.desk.tasks.stop().await;
    }
}

impl Drop for CryptoPay {
    fn drop(&mut self) {
        self.desk.tasks.cancel();
    }
}
