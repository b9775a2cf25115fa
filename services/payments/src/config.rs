//! Settings of the service: the terms that hold for all ways to pay. Each provider reads a section
//! of its own.

use chassis::config::{Settings, SettingsError};
use jiff::tz::TimeZone;
use kernel::currency::Currency;
use kernel::locale::Locale;
use kernel::money::Money;
use secrecy::SecretString;
use serde::Deserialize;

use crate::domain::commission::PERCENT_MAX;

/// The longest life of an invoice: what Crypto Pay allows.
const INVOICE_SECONDS_MAX: u32 = 2_678_400;

/// The terms on which the shop takes money.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Terms {
    /// The smallest top-up; its currency is the one of all wallets.
    pub min: Money,
    /// The largest top-up.
    pub max: Money,
    /// How long an invoice can be paid.
    pub invoice_seconds: i32,
    /// What an inviter earns of a top-up.
    pub referral_percent: u8,
    /// Open invoices that a person may have at once.
    pub open_invoices_max: i64,
}

impl Terms {
    /// The one currency of wallets.
    pub fn currency(&self) -> Currency {
        self.min.currency
    }
}

/// What bounds adjustments by staff, in minor units.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Adjustments {
    /// What one member of staff may move in a day; none where there is no limit.
    pub daily_limit_minor: Option<i64>,
    /// From here on somebody else has to agree; none where nobody has to.
    pub approval_from_minor: Option<i64>,
}

/// Who we are to the Bot API, and the language of people whose own is not spoken.
#[derive(Debug, Clone)]
pub struct Telegram {
    /// Without it nothing can be paid in the chat.
    pub token: Option<SecretString>,
    /// Base address.
    pub api_url: String,
    /// The fallback language.
    pub locale: Locale,
}

/// Keys of providers are theirs to read; unknown ones are refused where the settings are loaded.
#[derive(Deserialize)]
struct PaymentsSection {
    invoice_seconds: u32,
    min_amount: String,
    max_amount: String,
    referral_percent: u8,
    open_invoices_max: u32,
}

#[derive(Deserialize)]
struct ShopSection {
    currency: Currency,
    timezone: String,
}

#[derive(Deserialize)]
struct AdjustmentsSection {
    daily_limit: Option<String>,
    approval_from: Option<String>,
}

#[derive(Deserialize)]
struct TelegramSection {
    token: Option<SecretString>,
    api_url: String,
}

#[derive(Deserialize)]
struct BotSection {
    locale: Locale,
}

/// Reads and checks the terms.
///
/// # Errors
/// Every setting that cannot be used, with what to do about it.
pub fn terms(settings: &Settings) -> Result<Terms, SettingsError> {
    let shop: ShopSection = settings.section("shop")?;
    let section: PaymentsSection = settings.section("payments")?;
    section.validate(shop.currency).map_err(|problems| SettingsError { problems })
}

/// Reads what bounds adjustments.
///
/// # Errors
/// An amount that is none.
pub fn adjustments(settings: &Settings) -> Result<Adjustments, SettingsError> {
    let shop: ShopSection = settings.section("shop")?;
    let section: AdjustmentsSection = settings.section("payments.adjustments")?;
    let bound = |key: &str, text: Option<&str>| {
        let amount = Money::parse(text.unwrap_or("0"), shop.currency)
            .map_err(|error| SettingsError::from(format!("payments.adjustments.{key}: {error}")))?;
        Ok::<_, SettingsError>((amount.minor > 0).then_some(amount.minor))
    };
    Ok(Adjustments {
        daily_limit_minor: bound("daily_limit", section.daily_limit.as_deref())?,
        approval_from_minor: bound("approval_from", section.approval_from.as_deref())?,
    })
}

/// Reads where the shop is: when its days begin.
///
/// # Errors
/// A time zone that nobody knows.
pub fn zone(settings: &Settings) -> Result<TimeZone, SettingsError> {
    let section: ShopSection = settings.section("shop")?;
    TimeZone::get(&section.timezone)
        .map_err(|error| SettingsError::from(format!("shop.timezone: {error}")))
}

/// Reads how to reach people.
///
/// # Errors
/// A setting that cannot be used.
pub fn telegram(settings: &Settings) -> Result<Telegram, SettingsError> {
    let TelegramSection { token, api_url } = settings.section("telegram")?;
    let BotSection { locale } = settings.section("bot")?;
    Ok(Telegram { token, api_url, locale })
}

impl PaymentsSection {
    fn validate(&self, currency: Currency) -> Result<Terms, Vec<String>> {
        let mut problems = Vec::new();
        let mut amount = |key: &str, text: &str| {
            Money::parse(text, currency).unwrap_or_else(|error| {
                problems.push(format!("payments.{key}: {error}"));
                Money::zero(currency)
            })
        };
        let (min, max) =
            (amount("min_amount", &self.min_amount), amount("max_amount", &self.max_amount));
        if problems.is_empty() && !(1..=max.minor).contains(&min.minor) {
            problems.push("payments.min_amount: it must be above 0 and at most max_amount".into());
        }
        if self.referral_percent > PERCENT_MAX {
            problems.push(format!("payments.referral_percent: it must be 0 to {PERCENT_MAX}"));
        }
        if !(60..=INVOICE_SECONDS_MAX).contains(&self.invoice_seconds) {
            problems
                .push(format!("payments.invoice_seconds: it must be 60 to {INVOICE_SECONDS_MAX}"));
        }
        if self.open_invoices_max == 0 {
            problems.push("payments.open_invoices_max: it must be at least 1".into());
        }
        if !problems.is_empty() {
            return Err(problems);
        }
        Ok(Terms {
            min,
            max,
            invoice_seconds: i32::try_from(self.invoice_seconds).unwrap_or(i32::MAX),
            referral_percent: self.referral_percent,
            open_invoices_max: i64::from(self.open_invoices_max),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn section() -> PaymentsSection {
        PaymentsSection {
            invoice_seconds: 1_800,
            min_amount: "20".into(),
            max_amount: "10000".into(),
            referral_percent: 10,
            open_invoices_max: 15,
        }
    }

    fn problems(section: &PaymentsSection) -> Vec<String> {
        section.validate("RUB".parse().unwrap()).unwrap_err()
    }

    #[test]
    fn sound_terms_are_in_minor_units_of_the_shop() {
        let terms = section().validate("JPY".parse().unwrap()).unwrap();
        assert_eq!((terms.min.minor, terms.max.minor), (20, 10_000));
        let terms = section().validate("RUB".parse().unwrap()).unwrap();
        assert_eq!((terms.min.minor, terms.max.minor), (2_000, 1_000_000));
    }

    #[test]
    fn a_share_of_everything_is_refused() {
        let told = problems(&PaymentsSection { referral_percent: 100, ..section() });
        assert_eq!(told, ["payments.referral_percent: it must be 0 to 99"]);
    }

    #[test]
    fn every_problem_is_told_at_once() {
        let told = problems(&PaymentsSection {
            min_amount: "0.001".into(),
            max_amount: "much".into(),
            invoice_seconds: 5,
            open_invoices_max: 0,
            ..section()
        });
        assert_eq!(told.len(), 4, "{told:?}");
        let told = problems(&PaymentsSection { min_amount: "10001".into(), ..section() });
        assert_eq!(told.len(), 1, "{told:?}");
        let told = problems(&PaymentsSection { min_amount: "0".into(), ..section() });
        assert_eq!(told.len(), 1, "{told:?}");
    }
}
