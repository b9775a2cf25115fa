//! The person's invoices and the ways to pay them.

use contract::convert;
use contract::failure::Failure;
use contract::payments as wire;
use contract::payments::invoice::Pay as WirePay;
use contract::payments::invoice_service_client::InvoiceServiceClient;
use jiff::Timestamp;
use kernel::ids::InvoiceId;
use kernel::money::Money;
use kernel::page::{Page, PageRequest};
use serde::{Deserialize, Serialize};

use crate::peers::{Peers, absent, page};

/// What can be paid with, and how much.
#[derive(Debug, Clone)]
pub struct Methods {
    /// In the order to show them.
    pub methods: Vec<MethodSlug>,
    /// The least top-up.
    pub min: Money,
    /// The most.
    pub max: Money,
}

/// A payment provider's slug, short enough for a button.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String")]
pub struct MethodSlug(String);

impl MethodSlug {
    /// What a button has room for beside an id and an amount.
    pub const BYTES_MAX: usize = 16;

    /// The slug.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for MethodSlug {
    type Error = &'static str;

    fn try_from(slug: String) -> Result<Self, Self::Error> {
        let of_slugs =
            |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
        if (1..=Self::BYTES_MAX).contains(&slug.len()) && slug.bytes().all(of_slugs) {
            Ok(Self(slug))
        } else {
            Err("a payment method is called by 1 to 16 of a-z, 0-9 and _")
        }
    }
}

/// A request to pay.
#[derive(Debug, Clone)]
pub struct Invoice {
    /// Its id.
    pub id: InvoiceId,
    /// How it is paid.
    pub method: MethodSlug,
    /// How far it is.
    pub state: InvoiceState,
    /// What will be credited.
    pub amount: Money,
    /// When it ends.
    pub expires_at: Timestamp,
    /// Where to pay it.
    pub pay: Pay,
}

/// How far an invoice is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InvoiceState {
    /// The provider has not confirmed it yet.
    New,
    /// It waits for the money.
    Pending,
    /// The money is in the wallet.
    Paid,
    /// Too late.
    Expired,
    /// Something did not match; staff look at it.
    Review,
}

/// Where to pay.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Pay {
    /// Not known yet.
    Nowhere,
    /// A page to open.
    Link(String),
    /// An invoice message in the chat.
    Chat {
        /// Comes back with the payment.
        payload: String,
        /// In stars or another currency.
        price: Money,
        /// Empty for Stars.
        provider_token: String,
    },
}

impl TryFrom<wire::Invoice> for Invoice {
    type Error = Failure;

    fn try_from(invoice: wire::Invoice) -> Result<Self, Failure> {
        let state = match invoice.state() {
            wire::InvoiceState::New | wire::InvoiceState::Unspecified => InvoiceState::New,
            wire::InvoiceState::Pending => InvoiceState::Pending,
            wire::InvoiceState::Paid => InvoiceState::Paid,
            wire::InvoiceState::Expired => InvoiceState::Expired,
            wire::InvoiceState::Review => InvoiceState::Review,
        };
        let pay = match invoice.pay {
            None => Pay::Nowhere,
            Some(WirePay::PayUrl(url)) => Pay::Link(url),
            Some(WirePay::ChatInvoice(chat)) => Pay::Chat {
                payload: chat.payload,
                price: convert::money("price", chat.price)?,
                provider_token: chat.provider_token,
            },
        };
        let method = MethodSlug::try_from(invoice.method);
        Ok(Self {
            id: convert::id("invoice_id", &invoice.invoice_id)?,
            method: method.map_err(|error| convert::invalid("method", error))?,
            state,
            amount: convert::money("amount", invoice.amount)?,
            expires_at: convert::instant(invoice.expires_at),
            pay,
        })
    }
}

impl Peers {
    /// The ways to pay that are switched on.
    pub async fn list_methods(&self) -> Result<Methods, Failure> {
        let request = self.read(wire::ListMethodsRequest {});
        let answer = self.invoices().list_methods(request).await?.into_inner();
        // A method whose name no button can carry cannot be offered here.
        let methods = answer.methods.into_iter().filter_map(|method| method.slug.try_into().ok());
        Ok(Methods {
            methods: methods.collect(),
            min: convert::money("min", answer.min)?,
            max: convert::money("max", answer.max)?,
        })
    }

    /// Opens an invoice; the same id is the same invoice.
    pub async fn open_invoice(
        &self,
        id: InvoiceId,
        method: &MethodSlug,
        amount: Money,
    ) -> Result<Invoice, Failure> {
        let request = self.work(wire::OpenInvoiceRequest {
            invoice_id: id.to_string(),
            method: method.as_str().to_owned(),
            amount: Some(amount.into()),
        });
        let answer = self.invoices().open_invoice(request).await?.into_inner();
        answer.invoice.ok_or_else(|| absent("invoice"))?.try_into()
    }

    /// One invoice.
    pub async fn get_invoice(&self, id: InvoiceId) -> Result<Invoice, Failure> {
        let request = self.read(wire::GetInvoiceRequest { invoice_id: id.to_string() });
        let answer = self.invoices().get_invoice(request).await?.into_inner();
        answer.invoice.ok_or_else(|| absent("invoice"))?.try_into()
    }

    /// Has the provider asked now.
    pub async fn check_invoice(&self, id: InvoiceId) -> Result<Invoice, Failure> {
        let request = self.work(wire::CheckInvoiceRequest { invoice_id: id.to_string() });
        let answer = self.invoices().check_invoice(request).await?.into_inner();
        answer.invoice.ok_or_else(|| absent("invoice"))?.try_into()
    }

    /// Invoices, newest first.
    pub async fn list_invoices(&self, at: PageRequest) -> Result<Page<Invoice>, Failure> {
        let request = self.read(wire::ListInvoicesRequest { page: Some(page(at)) });
        let answer = self.invoices().list_invoices(request).await?.into_inner();
        let rows = answer.invoices.into_iter().map(Invoice::try_from).collect::<Result<_, _>>()?;
        Ok(Page { rows, total: answer.total })
    }

    fn invoices(&self) -> InvoiceServiceClient<contract::wire::Wire> {
        InvoiceServiceClient::new(self.wires.payments.clone())
    }
}
