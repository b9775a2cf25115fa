//! Telegram Stars: paid in the chat, told by updates, priced in whole stars that are fixed on the
//! invoice.

use std::sync::Arc;

use async_trait::async_trait;
use chassis::config::{Settings, SettingsError};
use kernel::currency::Currency;
use kernel::ids::PersonId;
use kernel::locale::Locale;
use kernel::money::Money;
use rust_decimal::Decimal;
use serde::Deserialize;
use serde_json::json;
use telegram::{Content, RefundedPayment, StarPartner, StarTransaction};

use super::{Method, Opened, PaymentProvider, Place, ProviderError, Unquotable, Unreadable};
use crate::domain::checkout::Checkout;
use crate::domain::invoice::Invoice;
use crate::domain::payment::Payment;
use crate::domain::rate::StarsRate;

/// Its name for ever.
pub const SLUG: &str = "stars";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Section {
    #[serde(with = "rust_decimal::serde::str")]
    stars_per_value: Decimal,
}

struct Stars {
    rate: StarsRate,
}

/// Stars at the rate of the settings; none at a rate of 0, or without a bot to be paid in.
///
/// # Errors
/// A rate that is no number.
pub fn build(
    settings: &Settings,
    _: Currency,
) -> Result<Option<Arc<dyn PaymentProvider>>, SettingsError> {
    let section: Section = settings.section("payments.stars")?;
    if !settings.has("telegram.token") {
        return Ok(None);
    }
    Ok(StarsRate::new(section.stars_per_value).map(at))
}

/// Stars at a rate.
pub fn at(rate: StarsRate) -> Arc<dyn PaymentProvider> {
    Arc::new(Stars { rate })
}

#[async_trait]
impl PaymentProvider for Stars {
    fn about(&self) -> Method {
        let place = Place::Chat { provider_token: String::new() };
        Method { slug: SLUG, place, poll_every: None }
    }

    fn quote(&self, amount: Money) -> Result<Money, Unquotable> {
        self.rate.price(amount).ok_or(Unquotable)
    }

    async fn open(&self, _: &Invoice) -> Result<Opened, ProviderError> {
        Ok(Opened::Chat)
    }
}

/// What an update of Telegram's says about money.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Update {
    /// May this person pay? Waits ten seconds for the answer.
    Checkout {
        /// What the answer refers to.
        query_id: String,
        /// What is about to be paid.
        checkout: Checkout,
        /// The payer's language, where it is one of ours.
        locale: Option<Locale>,
    },
    /// Paid.
    Paid(Payment),
    /// Given back, by us or by Telegram.
    Refunded(Payment),
    /// Nothing that concerns us.
    Other,
}

/// Reads an update. Only the structured fields of a message count: what its text claims is text.
///
/// # Errors
/// It is no update.
pub fn read_update(body: &[u8]) -> Result<Update, Unreadable> {
    let update = telegram::Update::parse(body).map_err(|error| Unreadable(error.to_string()))?;
    Ok(match update.content {
        Content::PreCheckoutQuery(query) => Update::Checkout {
            query_id: query.id.to_string(),
            checkout: Checkout {
                invoice_id: query.invoice_payload.parse().ok(),
                payer: PersonId(query.from.id),
                price: price(query.total_amount, &query.currency),
            },
            locale: query.from.language_code.as_deref().and_then(Locale::from_tag),
        },
        Content::Message(message) => {
            let payer = message.from.as_ref().map(|from| PersonId(from.id));
            match (message.successful_payment, message.refunded_payment) {
                (Some(paid), _) => Update::Paid(Payment {
                    provider: SLUG.to_owned(),
                    external_id: paid.telegram_payment_charge_id.to_string(),
                    invoice_id: paid.invoice_payload.parse().ok(),
                    payer,
                    price: price(paid.total_amount, &paid.currency),
                    details: json!({
                        "provider_payment_charge_id": paid.provider_payment_charge_id,
                        "payload": paid.invoice_payload,
                    }),
                }),
                (None, Some(refunded)) => Update::Refunded(refund(&refunded, payer)),
                (None, None) => Update::Other,
            }
        }
        _ => Update::Other,
    })
}

/// The service message of a refund may come from the bot itself: whom it concerns, its payment
/// knows.
fn refund(refunded: &RefundedPayment<'_>, payer: Option<PersonId>) -> Payment {
    Payment {
        provider: SLUG.to_owned(),
        external_id: refunded.telegram_payment_charge_id.to_string(),
        invoice_id: refunded.invoice_payload.parse().ok(),
        payer,
        price: price(refunded.total_amount, &refunded.currency),
        details: json!({"payload": refunded.invoice_payload}),
    }
}

/// What a line of Telegram's ledger says. Only payments of our invoices are of interest, not gifts
/// or withdrawals.
pub fn read_transaction(line: &StarTransaction) -> Update {
    let ours = |partner: &&StarPartner| {
        partner.kind == "user" && partner.transaction_type.as_deref() == Some("invoice_payment")
    };
    let payment = |partner: &StarPartner| Payment {
        provider: SLUG.to_owned(),
        external_id: line.id.clone(),
        invoice_id: partner.invoice_payload.as_deref().and_then(|payload| payload.parse().ok()),
        payer: partner.user_id.map(PersonId),
        price: Some(Money::new(line.amount, Currency::XTR)),
        details: json!({"payload": partner.invoice_payload}),
    };
    let source = line.source.as_ref().filter(ours);
    let receiver = line.receiver.as_ref().filter(ours);
    match (source, receiver) {
        (Some(partner), _) => Update::Paid(payment(partner)),
        (None, Some(partner)) => Update::Refunded(payment(partner)),
        (None, None) => Update::Other,
    }
}

/// A line in Telegram's words, to be kept and read again by [`read_line`].
pub fn write_line(line: &StarTransaction) -> Vec<u8> {
    let partner = |partner: &StarPartner| {
        json!({
            "type": partner.kind,
            "transaction_type": partner.transaction_type,
            "user": partner.user_id.map(|id| json!({"id": id})),
            "invoice_payload": partner.invoice_payload,
        })
    };
    json!({
        "id": line.id,
        "amount": line.amount,
        "nanostar_amount": line.nanostar_amount,
        "date": line.date,
        "source": line.source.as_ref().map(partner),
        "receiver": line.receiver.as_ref().map(partner),
    })
    .to_string()
    .into_bytes()
}

/// A line that was kept.
///
/// # Errors
/// It is no line.
pub fn read_line(body: &[u8]) -> Result<StarTransaction, Unreadable> {
    serde_json::from_slice(body).map_err(|error| Unreadable(error.to_string()))
}

fn price(total: i64, currency: &str) -> Option<Money> {
    Some(Money::new(total, currency.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use kernel::ids::InvoiceId;

    use super::*;

    /// The recorded updates of the API's description, with our payload.
    fn update(kind: &str) -> Vec<u8> {
        let payload = InvoiceId::derived("i").to_string();
        let ada = json!({"id": 279_058_397, "is_bot": false, "first_name": "Ada",
            "language_code": "en"});
        let message = |field: &str, value: serde_json::Value| {
            json!({"update_id": 100_000_011, "message": {"message_id": 77, "from": ada,
                "chat": {"id": 279_058_397, "type": "private", "first_name": "Ada"},
                "date": 1_767_323_100, field: value}})
        };
        let paid = json!({"currency": "XTR", "total_amount": 75, "invoice_payload": payload,
            "telegram_payment_charge_id": "stxAbCdEf0123456789",
            "provider_payment_charge_id": "279058397_7"});
        match kind {
            "checkout" => json!({"update_id": 100_000_010, "pre_checkout_query": {
                "id": "1198541842390011", "from": ada, "currency": "XTR", "total_amount": 75,
                "invoice_payload": payload}}),
            "paid" => message("successful_payment", paid),
            "refunded" => message("refunded_payment", paid),
            _ => message("text", json!(paid.to_string())),
        }
        .to_string()
        .into_bytes()
    }

    #[test]
    fn recorded_updates_read() {
        let price = Some(Money::new(75, Currency::XTR));
        let invoice_id = Some(InvoiceId::derived("i"));
        let payer = PersonId(279_058_397);
        let checkout = Checkout { invoice_id, payer, price };
        let query_id = "1198541842390011".to_owned();
        assert_eq!(
            read_update(&update("checkout")),
            Ok(Update::Checkout { query_id, checkout, locale: Some(Locale::En) })
        );
        let Ok(Update::Paid(payment)) = read_update(&update("paid")) else { panic!("not paid") };
        assert_eq!(payment.external_id, "stxAbCdEf0123456789");
        assert_eq!((payment.payer, payment.price), (Some(payer), price));
        assert_eq!(payment.invoice_id, invoice_id);
        assert!(matches!(read_update(&update("refunded")), Ok(Update::Refunded(_))));
    }

    #[test]
    fn pc38_a_text_that_looks_like_a_payment_is_a_text() {
        assert_eq!(read_update(&update("text")), Ok(Update::Other));
    }

    #[test]
    fn a_line_that_was_kept_reads_as_it_was() {
        let partner = StarPartner {
            kind: "user".into(),
            transaction_type: Some("invoice_payment".into()),
            user_id: Some(42),
            invoice_payload: Some("payload".into()),
        };
        let fragment = StarPartner {
            kind: "fragment".into(),
            transaction_type: None,
            user_id: None,
            invoice_payload: None,
        };
        let line = StarTransaction {
            id: "stx1".into(),
            amount: 91,
            nanostar_amount: 5,
            date: 1_767_323_100,
            source: Some(partner),
            receiver: None,
        };
        let out = StarTransaction { source: None, receiver: Some(fragment), ..line.clone() };
        for line in [line, out] {
            assert_eq!(read_line(&write_line(&line)), Ok(line));
        }
        assert!(read_line(b"{}").is_err());
    }

    #[test]
    fn what_is_no_update_is_unreadable() {
        for body in ["", "{}", "[1]", r#"{"update_id":1,"pre_checkout_query":5}"#] {
            assert!(read_update(body.as_bytes()).is_err(), "{body}");
        }
    }
}
