//! Amounts of the older shop: decimals with two places, whatever the currency; here they are minor units.

use anyhow::Context;
use kernel::currency::Currency;
use kernel::money::Money;

/// Places of every amount there.
const PLACES: u32 = 2;

/// An amount in hundredths, as the older shop has it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Hundredths(pub i128);

impl Hundredths {
    /// Reads what PostgreSQL prints of a `numeric(12, 2)`, or of a sum of them; not its `NaN`.
    pub fn parse(text: &str) -> anyhow::Result<Self> {
        let (sign, digits) = text.strip_prefix('-').map_or((1, text), |rest| (-1, rest));
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let is_plain = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        let fits = !whole.is_empty() && is_plain(whole) && is_plain(fraction);
        let padded = format!("{whole}{fraction:0<2}");
        let number = (fits && fraction.len() <= PLACES as usize).then(|| padded.parse::<i128>());
        let number = number.and_then(Result::ok).context("it is no amount with two decimals")?;
        Ok(Self(sign * number))
    }

    /// The same here, and what is too small for the currency here: less than a minor unit.
    pub fn money(self, currency: Currency) -> (Money, Self) {
        let exponent = currency.exponent();
        let (minor, rest) = if exponent >= PLACES {
            (self.0 * 10_i128.pow(exponent - PLACES), 0)
        } else {
            let unit = 10_i128.pow(PLACES - exponent);
            (self.0 / unit, self.0 % unit)
        };
        // Ten digits before the point leave room for any currency.
        let minor = i64::try_from(minor).unwrap_or(i64::MAX);
        (Money::new(minor, currency), Self(rest))
    }

    /// What an amount here is there.
    pub fn of(minor: i128, currency: Currency) -> Self {
        let exponent = currency.exponent();
        if exponent >= PLACES {
            Self(minor / 10_i128.pow(exponent - PLACES))
        } else {
            Self(minor * 10_i128.pow(PLACES - exponent))
        }
    }
}

impl std::fmt::Display for Hundredths {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let digits = self.0.unsigned_abs();
        write!(f, "{sign}{}.{:02}", digits / 100, digits % 100)
    }
}

impl std::ops::Add for Hundredths {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}

impl std::ops::Sub for Hundredths {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        Self(self.0 - other.0)
    }
}

impl std::ops::AddAssign for Hundredths {
    fn add_assign(&mut self, other: Self) {
        self.0 += other.0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_postgresql_prints_is_read_exactly() {
        for (text, hundredths) in
            [("0", 0), ("12.5", 1_250), ("-0.01", -1), ("9999999999.99", 999_999_999_999)]
        {
            assert_eq!(Hundredths::parse(text).unwrap(), Hundredths(hundredths), "{text}");
        }
        for text in ["", "-", "NaN", "Infinity", "1.234", "1e3", "+1", ".5"] {
            assert!(Hundredths::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn amounts_are_minor_units_of_the_currency_and_what_is_too_small_is_told() {
        let money = |code: &str, text| {
            let (money, rest) = Hundredths::parse(text).unwrap().money(code.parse().unwrap());
            (money.minor, rest.0)
        };
        assert_eq!(money("RUB", "10.55"), (1_055, 0));
        assert_eq!(money("KWD", "10.55"), (10_550, 0));
        assert_eq!(money("JPY", "10.55"), (10, 55));
        assert_eq!(money("JPY", "-10.55"), (-10, -55));
        for code in ["RUB", "KWD", "JPY"] {
            let currency = code.parse().unwrap();
            let (here, rest) = Hundredths(1_055).money(currency);
            assert_eq!(Hundredths::of(here.minor.into(), currency) + rest, Hundredths(1_055));
        }
    }
}
