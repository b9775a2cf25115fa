//! Money: a whole number of minor units and a currency; parsing and printing without floats.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::currency::Currency;

/// Highest price of one item, in minor units: a hundred of them still fit every sum.
pub const PRICE_MINOR_MAX: i64 = 1_000_000_000_000;

/// An amount in minor units (kopecks, cents, whole stars) of one currency.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Money {
    /// Minor units; negative for what leaves.
    pub minor: i64,
    /// What the units are of.
    pub currency: Currency,
}

/// Why a text or a sum is not an amount.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MoneyError {
    /// Not digits with at most one separator.
    #[error("not an amount; write digits, for example 100 or 99.50")]
    NotANumber,
    /// More decimals than the currency has.
    #[error("{0} has {1} decimals")]
    TooPrecise(Currency, u32),
    /// Does not fit 64 bits.
    #[error("the amount is too large")]
    TooLarge,
    /// Two currencies in one sum.
    #[error("{0} and {1} cannot be added")]
    Mixed(Currency, Currency),
}

impl Money {
    /// `minor` units of `currency`.
    pub const fn new(minor: i64, currency: Currency) -> Self {
        Self { minor, currency }
    }

    /// Nothing, in `currency`.
    pub const fn zero(currency: Currency) -> Self {
        Self::new(0, currency)
    }

    /// Reads what a person or a provider wrote: ASCII digits, one `.` or `,`, no sign, no exponent, no spaces inside.
    ///
    /// # Errors
    /// Anything else, more decimals than the currency has (trailing zeros do not count), or more than 64 bits.
    pub fn parse(text: &str, currency: Currency) -> Result<Self, MoneyError> {
        let text = text.trim_matches(|c: char| c == ' ' || c == '\n' || c == '\t');
        let (whole, fraction) = match text.find(['.', ',']) {
            Some(at) => (&text[..at], &text[at + 1..]),
            None => (text, ""),
        };
        let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
        let dangling = text.contains(['.', ',']) && fraction.is_empty();
        if whole.is_empty() || dangling || !digits(whole) || !digits(fraction) {
            return Err(MoneyError::NotANumber);
        }
        let exponent = currency.exponent();
        let fraction = fraction.trim_end_matches('0');
        if fraction.len() > exponent as usize {
            return Err(MoneyError::TooPrecise(currency, exponent));
        }
        let padded = format!("{whole}{fraction:0<width$}", width = exponent as usize);
        let significant = padded.trim_start_matches('0');
        let minor = if significant.is_empty() {
            0
        } else {
            significant.parse::<i64>().map_err(|_| MoneyError::TooLarge)?
        };
        Ok(Self { minor, currency })
    }

    /// The decimal text without the code: `99.50`, `-3`, `0.125`.
    pub fn decimal(&self) -> String {
        let exponent = self.currency.exponent() as usize;
        let sign = if self.minor < 0 { "-" } else { "" };
        let digits = format!("{:0>width$}", self.minor.unsigned_abs(), width = exponent + 1);
        let (whole, fraction) = digits.split_at(digits.len() - exponent);
        if exponent == 0 { format!("{sign}{whole}") } else { format!("{sign}{whole}.{fraction}") }
    }

    /// The sum.
    ///
    /// # Errors
    /// Different currencies, or more than 64 bits.
    pub fn plus(self, other: Self) -> Result<Self, MoneyError> {
        if self.currency != other.currency {
            return Err(MoneyError::Mixed(self.currency, other.currency));
        }
        let minor = self.minor.checked_add(other.minor).ok_or(MoneyError::TooLarge)?;
        Ok(Self { minor, currency: self.currency })
    }

    /// This amount `count` times.
    ///
    /// # Errors
    /// More than 64 bits.
    pub fn times(self, count: u32) -> Result<Self, MoneyError> {
        let minor = self.minor.checked_mul(i64::from(count)).ok_or(MoneyError::TooLarge)?;
        Ok(Self { minor, currency: self.currency })
    }

    /// `percent` hundredths of this amount, rounded towards zero to a minor unit; more than 100 counts as 100.
    #[must_use]
    pub fn percent(self, percent: u8) -> Self {
        let product = i128::from(self.minor) * i128::from(percent.min(100)) / 100;
        let minor = i64::try_from(product).expect("no more than the amount itself");
        Self { minor, currency: self.currency }
    }
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.decimal(), self.currency)
    }
}

impl fmt::Debug for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn rub() -> Currency {
        "RUB".parse().unwrap()
    }

    #[test]
    fn people_write_amounts_in_many_ways() {
        for (text, minor) in [
            ("100", 10_000),
            ("99.5", 9_950),
            ("0,01", 1),
            (" 7 ", 700),
            ("007", 700),
            ("1.500", 150),
        ] {
            assert_eq!(Money::parse(text, rub()), Ok(Money::new(minor, rub())), "{text:?}");
        }
    }

    #[test]
    fn pc17_what_is_not_an_amount_is_refused() {
        for text in [
            "",
            "-5",
            "+5",
            "1e3",
            "NaN",
            "inf",
            "0x10",
            "1.001",
            ".",
            "1.",
            ".5",
            "1.2.3",
            "²",
            "١٢",
            "1 000",
            "99999999999999999999",
            &"9".repeat(40),
        ] {
            assert!(Money::parse(text, rub()).is_err(), "{text:?}");
        }
    }

    #[test]
    fn a_percentage_never_rounds_up() {
        assert_eq!(Money::new(231, rub()).percent(10).minor, 23);
        assert_eq!(Money::new(9, rub()).percent(10).minor, 0);
        assert_eq!(Money::new(i64::MAX, rub()).percent(99).minor, 9_131_138_316_486_228_048);
    }

    proptest! {
        #[test]
        fn what_is_printed_reads_back(
            minor in 0..=i64::MAX,
            code in prop::sample::select(vec!["RUB", "JPY", "KWD"]),
        ) {
            let money = Money::new(minor, code.parse().unwrap());
            prop_assert_eq!(Money::parse(&money.decimal(), money.currency), Ok(money));
        }

        #[test]
        fn parsing_never_panics(text in ".*") {
            if let Ok(money) = Money::parse(&text, rub()) {
                prop_assert!(money.minor >= 0);
            }
        }
    }
}
