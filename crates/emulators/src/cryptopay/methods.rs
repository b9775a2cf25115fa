//! The Crypto Pay methods that are emulated.

use std::sync::Arc;

use serde_json::{Value, json};

use super::amount;
use super::books::PayFailure;
use super::currency::{self, ASSETS, Pair, find_asset, is_fiat};
use super::desk::Desk;
use super::refusal::Refusal;
use super::terms::Terms;
use super::transfer::TransferOrder;
use crate::lock::lock;
use crate::parameters::Parameters;

type Run = fn(&Arc<Desk>, &Parameters) -> Result<Value, Refusal>;

static METHODS: [(&str, Run); 9] = [
    ("getMe", get_me),
    ("createInvoice", create_invoice),
    ("getInvoices", get_invoices),
    ("deleteInvoice", delete_invoice),
    ("getExchangeRates", get_exchange_rates),
    ("getCurrencies", get_currencies),
    ("getBalance", get_balance),
    ("transfer", transfer),
    ("getTransfers", get_transfers),
];

pub(crate) fn find(name: &str) -> Option<Run> {
    METHODS.iter().find(|(known, _)| *known == name).map(|(_, run)| *run)
}

#[expect(clippy::unnecessary_wraps, reason = "one signature for all methods")]
fn get_me(desk: &Arc<Desk>, _: &Parameters) -> Result<Value, Refusal> {
    let app_id: u64 = desk.token.split(':').next().and_then(|id| id.parse().ok()).unwrap_or(0);
    let mut me = json!({
        "app_id": app_id,
        "name": desk.app_name,
        "payment_processing_bot_username": "CryptoBot",
    });
    if let Some(url) = desk.webhook.url() {
        me["webhook_endpoint"] = json!(url);
    }
    Ok(me)
}

fn create_invoice(desk: &Arc<Desk>, parameters: &Parameters) -> Result<Value, Refusal> {
    Ok(desk.open_invoice(Terms::parse(parameters)?).told())
}

fn delete_invoice(desk: &Arc<Desk>, parameters: &Parameters) -> Result<Value, Refusal> {
    let id = parameters
        .integer("invoice_id")
        .ok_or_else(|| Refusal::bad_request("INVOICE_ID_INVALID"))?;
    lock(&desk.books).delete(id, desk.now()).map_err(|failure| match failure {
        PayFailure::NotActive(_) => Refusal::bad_request("INVOICE_NOT_ACTIVE"),
        _ => Refusal::bad_request("INVOICE_NOT_FOUND"),
    })?;
    Ok(json!(true))
}

/// The part of a list that was asked for.
struct Page {
    offset: usize,
    count: usize,
}

impl Page {
    fn parse(parameters: &Parameters) -> Result<Self, Refusal> {
        let number = |name: &str, default: i64| {
            if parameters.fields.contains_key(name) {
                parameters.integer(name)
            } else {
                Some(default)
            }
        };
        let offset = number("offset", 0)
            .and_then(|offset| usize::try_from(offset).ok())
            .ok_or_else(|| Refusal::bad_request("OFFSET_INVALID"))?;
        let count = number("count", 100)
            .filter(|count| (1..=1_000).contains(count))
            .and_then(|count| usize::try_from(count).ok())
            .ok_or_else(|| Refusal::bad_request("COUNT_INVALID"))?;
        Ok(Self { offset, count })
    }
}

/// A list of ids with commas.
fn ids(parameters: &Parameters, name: &str) -> Result<Option<Vec<i64>>, Refusal> {
    let Some(list) = parameters.text(name).filter(|list| !list.is_empty()) else {
        return Ok(None);
    };
    let ids: Option<_> = list.split(',').map(|id| id.trim().parse().ok()).collect();
    let invalid = || Refusal::bad_request(&format!("{}_INVALID", name.to_ascii_uppercase()));
    ids.map(Some).ok_or_else(invalid)
}

fn get_invoices(desk: &Arc<Desk>, parameters: &Parameters) -> Result<Value, Refusal> {
    let text = |name: &str| parameters.text(name).filter(|text| !text.is_empty());
    let (asset, fiat, status) = (text("asset"), text("fiat"), text("status"));
    if asset.as_ref().is_some_and(|code| find_asset(code).is_none()) {
        return Err(Refusal::bad_request("UNSUPPORTED_ASSET"));
    }
    if fiat.as_ref().is_some_and(|code| !is_fiat(code)) {
        return Err(Refusal::bad_request("UNSUPPORTED_FIAT"));
    }
    if status.as_ref().is_some_and(|status| !["active", "paid"].contains(&status.as_ref())) {
        return Err(Refusal::bad_request("STATUS_INVALID"));
    }
    let ids = ids(parameters, "invoice_ids")?;
    let page = Page::parse(parameters)?;
    let now = desk.now();
    let books = lock(&desk.books);
    let found: Box<dyn Iterator<Item = _>> = match &ids {
        Some(ids) => Box::new(ids.iter().filter_map(|id| books.find(*id, now))),
        None => Box::new(books.newest_first(now)),
    };
    let items: Vec<_> = found
        .filter(|invoice| asset.is_none() || invoice.asset.as_deref() == asset.as_deref())
        .filter(|invoice| fiat.is_none() || invoice.fiat.as_deref() == fiat.as_deref())
        .map(|invoice| invoice.told())
        .filter(|told| status.as_ref().is_none_or(|status| told["status"] == status.as_ref()))
        .skip(page.offset)
        .take(page.count)
        .collect();
    Ok(json!({ "items": items }))
}

#[expect(clippy::unnecessary_wraps, reason = "one signature for all methods")]
fn get_exchange_rates(desk: &Arc<Desk>, _: &Parameters) -> Result<Value, Refusal> {
    Ok(Value::Array(desk.rates.list()))
}

#[expect(clippy::unnecessary_wraps, reason = "one signature for all methods")]
fn get_currencies(_: &Arc<Desk>, _: &Parameters) -> Result<Value, Refusal> {
    Ok(Value::Array(currency::list()))
}

#[expect(clippy::unnecessary_wraps, reason = "one signature for all methods")]
fn get_balance(desk: &Arc<Desk>, _: &Parameters) -> Result<Value, Refusal> {
    let books = lock(&desk.books);
    let rows: Vec<_> = ASSETS
        .iter()
        .map(|asset| {
            let available = amount::show(books.balance(asset.code));
            json!({ "currency_code": asset.code, "available": available, "onhold": "0" })
        })
        .collect();
    Ok(Value::Array(rows))
}

fn transfer(desk: &Arc<Desk>, parameters: &Parameters) -> Result<Value, Refusal> {
    if !desk.transfers_allowed {
        return Err(Refusal::new(403, "METHOD_DISABLED"));
    }
    let order = TransferOrder::parse(parameters)?;
    if desk.strangers.contains(&order.user_id) {
        return Err(Refusal::bad_request("USER_NOT_FOUND"));
    }
    let worth =
        desk.rates.find(Pair { asset: order.asset, fiat: "USD" }).map(|rate| rate * order.amount);
    let (least, most) = (rust_decimal::Decimal::ONE, rust_decimal::Decimal::from(25_000));
    if worth.is_some_and(|usd| usd < least || usd > most) {
        return Err(Refusal::bad_request("AMOUNT_INVALID"));
    }
    let done = lock(&desk.books).transfer(order, desk.now())?;
    Ok(json!(done))
}

fn get_transfers(desk: &Arc<Desk>, parameters: &Parameters) -> Result<Value, Refusal> {
    let text = |name: &str| parameters.text(name).filter(|text| !text.is_empty());
    let (asset, spend_id) = (text("asset"), text("spend_id"));
    let ids = ids(parameters, "transfer_ids")?;
    let page = Page::parse(parameters)?;
    let books = lock(&desk.books);
    let items: Vec<_> = books
        .transfers()
        .iter()
        .rev()
        .filter(|transfer| asset.as_ref().is_none_or(|asset| *asset == transfer.asset))
        .filter(|transfer| spend_id.as_ref().is_none_or(|id| *id == transfer.spend_id))
        .filter(|transfer| ids.as_ref().is_none_or(|ids| ids.contains(&transfer.transfer_id)))
        .skip(page.offset)
        .take(page.count)
        .collect();
    Ok(json!({ "items": items }))
}
