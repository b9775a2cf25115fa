//! The app's invoices, transfers and balances, and the rules between them.

use std::collections::{BTreeMap, HashMap};

use jiff::{SignedDuration, Timestamp};
use rust_decimal::{Decimal, RoundingStrategy};

use super::amount;
use super::currency::{Pair, Rates, find_asset};
use super::invoice::{Invoice, Payment, Status};
use super::refusal::Refusal;
use super::terms::{Price, Terms};
use super::transfer::{Transfer, TransferOrder};

/// Why an invoice cannot be paid or changed from outside.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PayFailure {
    #[error("there is no invoice {0}")]
    NoSuchInvoice(i64),
    #[error("the invoice is {0:?}, not active")]
    NotActive(Status),
    #[error("this invoice cannot be paid in {0}")]
    NotAccepted(String),
    #[error("choose an asset: the invoice is priced in fiat")]
    AssetNeeded,
}

/// Where an invoice is shown and paid.
pub(crate) struct Place {
    pub(crate) hash: String,
    pub(crate) url: String,
}

#[derive(Default)]
pub(crate) struct Books {
    invoices: BTreeMap<i64, Invoice>,
    by_hash: HashMap<String, i64>,
    transfers: Vec<Transfer>,
    by_spend_id: HashMap<String, usize>,
    balances: BTreeMap<String, Decimal>,
    last_invoice_id: i64,
}

impl Books {
    pub(crate) fn new(now: Timestamp) -> Self {
        // Ids must not repeat after a restart, or old ones would be taken for new.
        Self { last_invoice_id: now.as_second() - 1_760_000_000, ..Self::default() }
    }

    pub(crate) fn add(&mut self, terms: Terms, place: Place, now: Timestamp) -> Invoice {
        self.last_invoice_id += 1;
        let (currency_type, asset, fiat, accepted_assets) = match terms.price {
            Price::Crypto { asset } => ("crypto", Some(asset.to_owned()), None, None),
            Price::Fiat { fiat, accepted } => ("fiat", None, Some(fiat), Some(accepted)),
        };
        let (paid_btn_name, paid_btn_url) = terms.paid_btn.unzip();
        let invoice = Invoice {
            invoice_id: self.last_invoice_id,
            hash: place.hash,
            currency_type,
            asset,
            fiat,
            amount: amount::show(terms.amount),
            accepted_assets,
            payment: None,
            pay_url: place.url.clone(),
            bot_invoice_url: place.url.clone(),
            mini_app_invoice_url: place.url.clone(),
            web_app_invoice_url: place.url,
            description: terms.description,
            status: Status::Active,
            swap_to: terms.swap_to,
            created_at: now,
            allow_comments: terms.allow_comments,
            allow_anonymous: terms.allow_anonymous,
            expiration_date: terms.expires_in_s.map(|s| now + SignedDuration::from_secs(s)),
            hidden_message: terms.hidden_message,
            payload: terms.payload,
            paid_btn_name,
            paid_btn_url,
            amendments: serde_json::Map::new(),
        };
        self.by_hash.insert(invoice.hash.clone(), invoice.invoice_id);
        self.invoices.insert(invoice.invoice_id, invoice.clone());
        invoice
    }

    pub(crate) fn find(&self, invoice_id: i64, now: Timestamp) -> Option<Invoice> {
        self.invoices.get(&invoice_id).map(|invoice| invoice.clone().at(now))
    }

    pub(crate) fn find_by_hash(&self, hash: &str, now: Timestamp) -> Option<Invoice> {
        self.find(*self.by_hash.get(hash)?, now)
    }

    /// All invoices, newest first.
    pub(crate) fn newest_first(&self, now: Timestamp) -> impl Iterator<Item = Invoice> {
        self.invoices.values().rev().map(move |invoice| invoice.clone().at(now))
    }

    fn active(&mut self, invoice_id: i64, now: Timestamp) -> Result<&mut Invoice, PayFailure> {
        let invoice =
            self.invoices.get_mut(&invoice_id).ok_or(PayFailure::NoSuchInvoice(invoice_id))?;
        *invoice = invoice.clone().at(now);
        match invoice.status {
            Status::Active => Ok(invoice),
            other => Err(PayFailure::NotActive(other)),
        }
    }

    pub(crate) fn expire(
        &mut self,
        invoice_id: i64,
        now: Timestamp,
    ) -> Result<Invoice, PayFailure> {
        let invoice = self.active(invoice_id, now)?;
        invoice.status = Status::Expired;
        invoice.expiration_date = Some(now);
        Ok(invoice.clone())
    }

    /// Removes an active invoice.
    pub(crate) fn delete(&mut self, invoice_id: i64, now: Timestamp) -> Result<(), PayFailure> {
        let hash = self.active(invoice_id, now)?.hash.clone();
        self.by_hash.remove(&hash);
        self.invoices.remove(&invoice_id);
        Ok(())
    }

    pub(crate) fn amend(
        &mut self,
        invoice_id: i64,
        fields: serde_json::Map<String, serde_json::Value>,
    ) -> Result<(), PayFailure> {
        let invoice =
            self.invoices.get_mut(&invoice_id).ok_or(PayFailure::NoSuchInvoice(invoice_id))?;
        invoice.amendments.extend(fields);
        Ok(())
    }

    /// Pays an active invoice in full and books the proceeds.
    pub(crate) fn pay(
        &mut self,
        invoice_id: i64,
        asset: Option<&str>,
        till: Till<'_>,
    ) -> Result<Invoice, PayFailure> {
        let invoice = self.active(invoice_id, till.now)?;
        let asset = invoice.payable_in(asset)?;
        let (paid, fiat_rate) = till.due(invoice, &asset)?;
        let fee = (paid * till.fee_percent / Decimal::ONE_HUNDRED)
            .round_dp_with_strategy(decimals(&asset), RoundingStrategy::ToZero);
        let usd_rate = till.rates.find(Pair { asset: &asset, fiat: "USD" }).unwrap_or(Decimal::ONE);
        invoice.status = Status::Paid;
        invoice.payment = Some(Payment {
            paid_amount: amount::show(paid),
            paid_fiat_rate: fiat_rate.map(amount::show),
            paid_usd_rate: amount::show(usd_rate),
            fee_asset: asset.clone(),
            fee_amount: amount::show(fee),
            fee_in_usd: amount::show((fee * usd_rate).round_dp(8)),
            paid_at: till.now,
            paid_anonymously: invoice.allow_anonymous,
            paid_asset: asset.clone(),
        });
        let invoice = invoice.clone();
        *self.balances.entry(asset).or_default() += paid - fee;
        Ok(invoice)
    }

    pub(crate) fn balance(&self, asset: &str) -> Decimal {
        self.balances.get(asset).copied().unwrap_or_default()
    }

    pub(crate) fn set_balance(&mut self, asset: &str, available: Decimal) {
        self.balances.insert(asset.to_owned(), available);
    }

    /// Pays out, once per spend id.
    pub(crate) fn transfer(
        &mut self,
        order: TransferOrder,
        now: Timestamp,
    ) -> Result<Transfer, Refusal> {
        if self.by_spend_id.contains_key(&order.spend_id) {
            return Err(Refusal::bad_request("SPEND_ID_ALREADY_USED"));
        }
        let available = self.balance(order.asset);
        if available < order.amount {
            return Err(Refusal::bad_request("INSUFFICIENT_FUNDS"));
        }
        self.balances.insert(order.asset.to_owned(), available - order.amount);
        self.by_spend_id.insert(order.spend_id.clone(), self.transfers.len());
        let number = i64::try_from(self.transfers.len()).expect("fewer transfers than that") + 1;
        let transfer = order.complete(number, now);
        self.transfers.push(transfer.clone());
        Ok(transfer)
    }

    pub(crate) fn transfers(&self) -> &[Transfer] {
        &self.transfers
    }
}

/// What paying depends on beside the invoice.
pub(crate) struct Till<'a> {
    pub(crate) rates: &'a Rates,
    pub(crate) fee_percent: Decimal,
    pub(crate) now: Timestamp,
}

impl Till<'_> {
    /// What is due in an asset, and at which rate if the invoice is priced in fiat.
    pub(crate) fn due(
        &self,
        invoice: &Invoice,
        asset: &str,
    ) -> Result<(Decimal, Option<Decimal>), PayFailure> {
        let price = amount::parse(&invoice.amount).expect("checked when the invoice was made");
        let Some(fiat) = &invoice.fiat else { return Ok((price, None)) };
        let rate = self
            .rates
            .find(Pair { asset, fiat })
            .ok_or_else(|| PayFailure::NotAccepted(asset.to_owned()))?;
        let due =
            (price / rate).round_dp_with_strategy(decimals(asset), RoundingStrategy::AwayFromZero);
        Ok((due, Some(rate)))
    }
}

impl Invoice {
    /// The asset it is paid in, given the one that was chosen, if any.
    fn payable_in(&self, chosen: Option<&str>) -> Result<String, PayFailure> {
        let asset = chosen.or(self.asset.as_deref()).ok_or(PayFailure::AssetNeeded)?;
        let accepted = match (&self.asset, &self.accepted_assets) {
            (Some(own), _) => own == asset,
            (None, Some(accepted)) => accepted.iter().any(|code| code == asset),
            (None, None) => true,
        };
        accepted.then(|| asset.to_owned()).ok_or_else(|| PayFailure::NotAccepted(asset.to_owned()))
    }
}

fn decimals(asset: &str) -> u32 {
    find_asset(asset).map_or(8, |asset| asset.decimals)
}
