//! The last question before a person pays in the chat: may they? Asked by Telegram, answered from
//! the stored invoice.

use kernel::ids::{InvoiceId, PersonId};
use kernel::locale::Locale;
use kernel::money::Money;

use super::invoice::{Invoice, State};

/// What Telegram is about to collect.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkout {
    /// The invoice that the payload names; none where it is not one of our ids.
    pub invoice_id: Option<InvoiceId>,
    /// Who is about to pay.
    pub payer: PersonId,
    /// How much; none where the currency is unknown to us.
    pub price: Option<Money>,
}

/// Why a payment must not be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// No such invoice, of another method, or of another price: nothing the payer can mend.
    NotPayable,
    /// A forwarded invoice, pressed by somebody else.
    OtherPerson,
    /// The credit is there already.
    AlreadyPaid,
    /// Its time is over.
    Expired,
    /// The method was switched off meanwhile.
    SwitchedOff,
    /// Staff have shut the payer out.
    Blocked,
    /// We cannot look it up in time.
    NotNow,
}

impl Refusal {
    /// Stable, for metrics and logs.
    pub const fn code(self) -> &'static str {
        match self {
            Self::NotPayable => "not_payable",
            Self::OtherPerson => "other_person",
            Self::AlreadyPaid => "already_paid",
            Self::Expired => "expired",
            Self::SwitchedOff => "switched_off",
            Self::Blocked => "blocked",
            Self::NotNow => "not_now",
        }
    }

    /// What Telegram shows the payer.
    pub const fn text(self, locale: Locale) -> &'static str {
        match (self, locale) {
            (Self::NotPayable, Locale::En) => "This invoice is not valid. Please open a new one.",
            (Self::NotPayable, Locale::Ru) => "Этот счёт недействителен. Создайте новый.",
            (Self::OtherPerson, Locale::En) => "This invoice belongs to another person.",
            (Self::OtherPerson, Locale::Ru) => "Этот счёт выставлен другому человеку.",
            (Self::AlreadyPaid, Locale::En) => "This invoice has already been paid.",
            (Self::AlreadyPaid, Locale::Ru) => "Этот счёт уже оплачен.",
            (Self::Expired, Locale::En) => "This invoice has expired. Please open a new one.",
            (Self::Expired, Locale::Ru) => "Срок счёта истёк. Создайте новый.",
            (Self::SwitchedOff, Locale::En) => "This way to pay is switched off at the moment.",
            (Self::SwitchedOff, Locale::Ru) => "Этот способ оплаты сейчас отключён.",
            (Self::Blocked, Locale::En) => "Your access to this shop is blocked.",
            (Self::Blocked, Locale::Ru) => "Ваш доступ к этому магазину закрыт.",
            (Self::NotNow, Locale::En) => "Payments are busy. Please try again in a minute.",
            (Self::NotNow, Locale::Ru) => "Платежи перегружены. Попробуйте через минуту.",
        }
    }
}

/// Whether the payment may be made.
///
/// # Errors
/// Why not.
pub fn admit(invoice: Option<&Invoice>, checkout: &Checkout) -> Result<(), Refusal> {
    let invoice = invoice.ok_or(Refusal::NotPayable)?;
    if invoice.person != checkout.payer {
        return Err(Refusal::OtherPerson);
    }
    if checkout.price != Some(invoice.price) {
        return Err(Refusal::NotPayable);
    }
    match invoice.state {
        State::Paid => Err(Refusal::AlreadyPaid),
        State::Expired => Err(Refusal::Expired),
        State::Review => Err(Refusal::NotPayable),
        State::New | State::Pending if invoice.is_overdue => Err(Refusal::Expired),
        State::New | State::Pending => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use kernel::currency::Currency;

    use super::*;

    fn invoice(state: State) -> Invoice {
        Invoice {
            id: InvoiceId::derived("i"),
            person: PersonId(42),
            method: "stars".into(),
            state,
            amount: Money::new(10_000, "RUB".parse().unwrap()),
            price: Money::new(91, Currency::XTR),
            reference: None,
            pay_url: None,
            created_at: Timestamp::UNIX_EPOCH,
            expires_at: Timestamp::UNIX_EPOCH,
            is_overdue: false,
        }
    }

    fn checkout() -> Checkout {
        Checkout {
            invoice_id: Some(InvoiceId::derived("i")),
            payer: PersonId(42),
            price: Some(Money::new(91, Currency::XTR)),
        }
    }

    #[test]
    fn pc31_every_reason_to_refuse_is_told_apart() {
        let other_price = Checkout { price: Some(Money::new(90, Currency::XTR)), ..checkout() };
        let other_person = Checkout { payer: PersonId(7), ..checkout() };
        let overdue = Invoice { is_overdue: true, ..invoice(State::Pending) };
        for (invoice, checkout, expected) in [
            (Some(invoice(State::Pending)), checkout(), Ok(())),
            (Some(invoice(State::New)), checkout(), Ok(())),
            (None, checkout(), Err(Refusal::NotPayable)),
            (Some(invoice(State::Pending)), other_price, Err(Refusal::NotPayable)),
            (Some(invoice(State::Pending)), other_person, Err(Refusal::OtherPerson)),
            (Some(invoice(State::Paid)), checkout(), Err(Refusal::AlreadyPaid)),
            (Some(invoice(State::Expired)), checkout(), Err(Refusal::Expired)),
            (Some(overdue), checkout(), Err(Refusal::Expired)),
            (Some(invoice(State::Review)), checkout(), Err(Refusal::NotPayable)),
        ] {
            assert_eq!(admit(invoice.as_ref(), &checkout), expected);
        }
    }
}
