//! Invoices, as messages and as links; refunds and the ledger of Stars.

use std::sync::Arc;

use kernel::ids;
use serde::Deserialize;
use serde_json::json;

use super::outgoing::Outgoing;
use crate::parameters::Parameters;
use crate::telegram::failure::{Answer, Failure};
use crate::telegram::keyboard::{InlineKeyboard, Under};
use crate::telegram::ledger::Refund;
use crate::telegram::message::{InvoiceCard, InvoiceTerms};
use crate::telegram::world::World;

const AMOUNT_MAX: i64 = 999_999_999_999;
/// Thirty days; no other period is accepted.
const SUBSCRIPTION_S: i64 = 2_592_000;
const SUBSCRIPTION_STARS_MAX: i64 = 10_000;

pub(super) fn send_invoice(world: &Arc<World>, parameters: &Parameters) -> Result<Answer, Failure> {
    let mut outgoing = Outgoing::begin(world, parameters, Under::Invoice)?;
    let terms = read_terms(parameters)?;
    if outgoing.message.reply_markup.is_none() {
        outgoing.message.reply_markup = Some(InlineKeyboard::pay(pay_label(&terms.card)));
    }
    outgoing.message.invoice = Some(terms.card.clone());
    outgoing.message.terms = Some(Arc::new(terms));
    outgoing.send(world)
}

fn pay_label(card: &InvoiceCard) -> String {
    if card.currency == "XTR" {
        format!("Pay ⭐️{}", card.total_amount)
    } else {
        format!("Pay {} {}", card.total_amount, card.currency)
    }
}

pub(super) fn create_invoice_link(
    world: &Arc<World>,
    parameters: &Parameters,
) -> Result<Answer, Failure> {
    let mut terms = read_terms(parameters)?;
    if let Some(period) = parameters.integer("subscription_period") {
        let price = terms.card.total_amount;
        let stars = terms.card.currency == "XTR";
        if period != SUBSCRIPTION_S || !stars || price > SUBSCRIPTION_STARS_MAX {
            return Err(Failure::bad_request("SUBSCRIPTION_PERIOD_INVALID"));
        }
        terms.subscription_period_s = Some(period);
    }
    let slug = ids::fresh(&world.clock).simple().to_string();
    let link = format!("https://t.me/${slug}");
    world.invoice_links.add(slug, terms);
    Ok(Answer::of(&link))
}

#[derive(Deserialize)]
struct Price {
    label: String,
    amount: i64,
}

fn read_terms(parameters: &Parameters) -> Result<InvoiceTerms, Failure> {
    let text = |field: &str| parameters.text(field).unwrap_or_default().into_owned();
    let (title, description, payload) = (text("title"), text("description"), text("payload"));
    if !(1..=32).contains(&title.chars().count()) {
        return Err(Failure::bad_request("INVOICE_TITLE_INVALID"));
    }
    if !(1..=255).contains(&description.chars().count()) {
        return Err(Failure::bad_request("INVOICE_DESCRIPTION_INVALID"));
    }
    if !(1..=128).contains(&payload.len()) {
        return Err(Failure::bad_request("INVOICE_PAYLOAD_INVALID"));
    }
    let currency = text("currency");
    check_provider(&currency, &text("provider_token"))?;
    let prices = read_prices(parameters)?;
    if currency == "XTR" && prices.len() != 1 {
        return Err(Failure::bad_request("STARS_INVOICE_INVALID"));
    }
    let total_amount = prices.iter().map(|price| price.amount).sum();
    if !(1..=AMOUNT_MAX).contains(&total_amount) {
        return Err(Failure::bad_request("CURRENCY_TOTAL_AMOUNT_INVALID"));
    }
    let start_parameter = text("start_parameter");
    let card = InvoiceCard { title, description, start_parameter, currency, total_amount };
    Ok(InvoiceTerms { card, payload, subscription_period_s: None })
}

fn check_provider(currency: &str, token: &str) -> Result<(), Failure> {
    let code = currency.len() == 3 && currency.bytes().all(|byte| byte.is_ascii_uppercase());
    if !code {
        return Err(Failure::bad_request("CURRENCY_INVALID"));
    }
    let stars = currency == "XTR";
    let fiat_token = token.contains(":TEST:") || token.contains(":LIVE:");
    if stars != token.is_empty() || (!stars && !fiat_token) {
        return Err(Failure::bad_request("PAYMENT_PROVIDER_INVALID"));
    }
    Ok(())
}

fn read_prices(parameters: &Parameters) -> Result<Vec<Price>, Failure> {
    let malformed = || Failure::bad_request("can't parse labeled price: expected an Array");
    let value = parameters.json("prices").map_err(|_| malformed())?;
    let prices = match value {
        Some(value) => Vec::<Price>::deserialize(value.as_ref()).map_err(|_| malformed())?,
        None => Vec::new(),
    };
    if prices.is_empty() {
        return Err(Failure::bad_request("there must be at least one price"));
    }
    let sound = |price: &Price| !price.label.is_empty() && price.amount.abs() <= AMOUNT_MAX;
    if !prices.iter().all(sound) {
        return Err(malformed());
    }
    Ok(prices)
}

pub(super) fn refund_star_payment(
    world: &Arc<World>,
    parameters: &Parameters,
) -> Result<Answer, Failure> {
    let person = parameters
        .integer("user_id")
        .filter(|id| world.chats.person(*id).is_some())
        .ok_or_else(|| Failure::bad_request("USER_ID_INVALID"))?;
    let charge = parameters.text("telegram_payment_charge_id").unwrap_or_default();
    if charge.is_empty() {
        return Err(Failure::bad_request("CHARGE_ID_EMPTY"));
    }
    let refund = Refund { person, charge: &charge, date: world.now_s() };
    let refund = world.ledger.refund(refund)?;
    world.announce_refund(&refund);
    Ok(Answer::yes())
}

pub(super) fn get_star_transactions(
    world: &Arc<World>,
    parameters: &Parameters,
) -> Result<Answer, Failure> {
    let offset = parameters.integer("offset").unwrap_or(0);
    let offset =
        usize::try_from(offset).map_err(|_| Failure::bad_request("offset must be non-negative"))?;
    let limit = parameters.integer("limit").unwrap_or(100).clamp(1, 100);
    let limit = usize::try_from(limit).expect("clamped to a small number");
    let transactions = world.ledger.transactions(offset..offset.saturating_add(limit));
    Ok(Answer::of(&json!({ "transactions": transactions })))
}

#[expect(clippy::unnecessary_wraps, reason = "one signature for all methods")]
pub(super) fn get_my_star_balance(world: &Arc<World>, _: &Parameters) -> Result<Answer, Failure> {
    Ok(Answer::of(&json!({ "amount": world.ledger.balance(), "nanostar_amount": 0 })))
}
