//! Payments as providers tell of them, and the one rule that decides where the money goes.

use kernel::ids::{InvoiceId, PersonId, TransferId};
use kernel::money::Money;

use super::invoice::Invoice;

/// A payment that a provider says was made. Nothing in it is believed but that it happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Payment {
    /// The provider's slug.
    pub provider: String,
    /// The provider's id of the payment: the same however often it is told.
    pub external_id: String,
    /// The invoice that its payload names; none where the payload is not one of our ids.
    pub invoice_id: Option<InvoiceId>,
    /// Who paid, where the provider knows.
    pub payer: Option<PersonId>,
    /// What the provider was asked to collect, as it says; none where that cannot be read.
    pub price: Option<Money>,
    /// What else it said, for reconciliation.
    pub details: serde_json::Value,
}

impl Payment {
    /// The id of the transfer that books it: a payment is booked once, wherever it goes.
    pub fn transfer_id(&self) -> TransferId {
        TransferId::derived(&format!("payment {} {}", self.provider, self.external_id))
    }
}

/// What decides where a payment goes, as it was told first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Told {
    /// The invoice that it named.
    pub invoice_id: Option<InvoiceId>,
    /// The price that it named.
    pub price: Option<Money>,
}

impl Told {
    /// Whether a later word about the same payment names another invoice or price. A word that
    /// names none contradicts nothing.
    pub fn is_contradicted_by(&self, payment: &Payment) -> bool {
        let other_invoice = payment.invoice_id.is_some() && payment.invoice_id != self.invoice_id;
        let other_price = payment.price.is_some() && payment.price != self.price;
        other_invoice || other_price
    }
}

/// What a provider says about an invoice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// Not paid yet, or a word we do not know: only an explicit end ends a payment.
    Pending,
    /// It cannot be paid any more.
    Expired,
    /// Paid.
    Paid(Payment),
}

/// Where a payment goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// To the invoice's owner: the stored amount, whatever the provider says.
    Credit,
    /// To nobody until people have looked at it.
    Suspense(Mismatch),
}

/// What did not match.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mismatch {
    /// The payload names no invoice of ours.
    UnknownInvoice,
    /// The invoice was to be paid in another way.
    OtherMethod,
    /// Somebody else paid.
    OtherPayer,
    /// The amount is not an amount, or of no currency that we know.
    UnreadableAmount,
    /// Another currency than asked for.
    OtherCurrency,
    /// More or less than asked for.
    OtherAmount,
    /// The provider gave the money back.
    Refunded,
    /// Booked before, and now told with another invoice or amount.
    Contradicted,
}

impl Mismatch {
    /// Every mismatch.
    pub const ALL: [Self; 8] = [
        Self::UnknownInvoice,
        Self::OtherMethod,
        Self::OtherPayer,
        Self::UnreadableAmount,
        Self::OtherCurrency,
        Self::OtherAmount,
        Self::Refunded,
        Self::Contradicted,
    ];

    /// The stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::UnknownInvoice => "unknown_invoice",
            Self::OtherMethod => "other_method",
            Self::OtherPayer => "other_payer",
            Self::UnreadableAmount => "unreadable_amount",
            Self::OtherCurrency => "other_currency",
            Self::OtherAmount => "other_amount",
            Self::Refunded => "refunded",
            Self::Contradicted => "contradicted",
        }
    }
}

/// Compares what a provider says with what was stored before it was asked. Only a complete match is
/// credited.
pub fn judge(invoice: Option<&Invoice>, payment: &Payment) -> Verdict {
    let mismatch = match (invoice, payment.price) {
        (None, _) => Mismatch::UnknownInvoice,
        (Some(invoice), _) if invoice.method != payment.provider => Mismatch::OtherMethod,
        (Some(invoice), _) if payment.payer.is_some_and(|payer| payer != invoice.person) => {
            Mismatch::OtherPayer
        }
        (Some(_), None) => Mismatch::UnreadableAmount,
        (Some(invoice), Some(price)) if price.currency != invoice.price.currency => {
            Mismatch::OtherCurrency
        }
        (Some(invoice), Some(price)) if price.minor != invoice.price.minor => Mismatch::OtherAmount,
        (Some(_), Some(_)) => return Verdict::Credit,
    };
    Verdict::Suspense(mismatch)
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use kernel::currency::Currency;
    use proptest::prelude::*;

    use super::*;
    use crate::domain::invoice::State;

    fn invoice() -> Invoice {
        Invoice {
            id: InvoiceId::derived("i"),
            person: PersonId(42),
            method: "stars".into(),
            state: State::Pending,
            amount: Money::new(10_000, "RUB".parse().unwrap()),
            price: Money::new(91, Currency::XTR),
            reference: None,
            pay_url: None,
            created_at: Timestamp::UNIX_EPOCH,
            expires_at: Timestamp::UNIX_EPOCH,
            is_overdue: false,
        }
    }

    fn payment() -> Payment {
        Payment {
            provider: "stars".into(),
            external_id: "stx1".into(),
            invoice_id: Some(InvoiceId::derived("i")),
            payer: Some(PersonId(42)),
            price: Some(Money::new(91, Currency::XTR)),
            details: serde_json::Value::Null,
        }
    }

    #[test]
    fn a_complete_match_is_credited_whatever_the_state() {
        for state in State::ALL {
            let invoice = Invoice { state, ..invoice() };
            assert_eq!(judge(Some(&invoice), &payment()), Verdict::Credit, "{state:?}");
        }
        let anonymous = Payment { payer: None, ..payment() };
        assert_eq!(judge(Some(&invoice()), &anonymous), Verdict::Credit);
    }

    #[test]
    fn bug_05_any_difference_goes_to_suspense() {
        let rub = "RUB".parse().unwrap();
        for (payment, mismatch) in [
            (Payment { provider: "cryptopay".into(), ..payment() }, Mismatch::OtherMethod),
            (Payment { payer: Some(PersonId(43)), ..payment() }, Mismatch::OtherPayer),
            (Payment { price: None, ..payment() }, Mismatch::UnreadableAmount),
            (Payment { price: Some(Money::new(91, rub)), ..payment() }, Mismatch::OtherCurrency),
            (
                Payment { price: Some(Money::new(90, Currency::XTR)), ..payment() },
                Mismatch::OtherAmount,
            ),
            (
                Payment { price: Some(Money::new(92, Currency::XTR)), ..payment() },
                Mismatch::OtherAmount,
            ),
        ] {
            assert_eq!(judge(Some(&invoice()), &payment), Verdict::Suspense(mismatch));
        }
        assert_eq!(judge(None, &payment()), Verdict::Suspense(Mismatch::UnknownInvoice));
    }

    #[test]
    fn a_payment_is_booked_under_one_id_for_ever() {
        let told_again = Payment { details: serde_json::json!({"fee": "1"}), ..payment() };
        assert_eq!(payment().transfer_id(), told_again.transfer_id());
        let other = Payment { external_id: "stx2".into(), ..payment() };
        assert_ne!(payment().transfer_id(), other.transfer_id());
    }

    #[test]
    fn another_invoice_or_price_contradicts_and_silence_does_not() {
        let told = Told { invoice_id: payment().invoice_id, price: payment().price };
        for silent in [
            payment(),
            Payment { invoice_id: None, ..payment() },
            Payment { price: None, ..payment() },
        ] {
            assert!(!told.is_contradicted_by(&silent), "{silent:?}");
        }
        let other_invoice = Some(InvoiceId::derived("other"));
        let other_price = Some(Money::new(90, Currency::XTR));
        for other in [
            Payment { invoice_id: other_invoice, ..payment() },
            Payment { price: other_price, ..payment() },
        ] {
            assert!(told.is_contradicted_by(&other), "{other:?}");
        }
    }

    proptest! {
        #[test]
        fn only_the_exact_price_of_the_owner_is_credited(
            minor in 85_i64..97, payer in 40_i64..45, stars in any::<bool>(),
        ) {
            let currency = if stars { Currency::XTR } else { "USD".parse().unwrap() };
            let payment = Payment {
                payer: Some(PersonId(payer)),
                price: Some(Money::new(minor, currency)),
                ..payment()
            };
            let exact = minor == 91 && payer == 42 && stars;
            prop_assert_eq!(judge(Some(&invoice()), &payment) == Verdict::Credit, exact);
        }
    }
}
