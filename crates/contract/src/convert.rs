//! Between the wire's types and ours: money, times, pages, ids. What does not parse is a failure with a field name.

use std::fmt::Display;
use std::str::FromStr;

use jiff::Timestamp;
use kernel::money::Money;
use kernel::page::PageRequest;

use crate::common;
use crate::failure::{Failure, Kind};

impl From<Money> for common::Money {
    fn from(money: Money) -> Self {
        Self { minor: money.minor, currency: money.currency.code().to_owned() }
    }
}

/// The amount in a required field.
///
/// # Errors
/// `common.invalid_field` when it is absent or its currency is unknown.
pub fn money(field: &str, money: Option<common::Money>) -> Result<Money, Failure> {
    let money = money.ok_or_else(|| invalid(field, "is required"))?;
    let currency = money.currency.parse().map_err(|error| invalid(field, error))?;
    Ok(Money::new(money.minor, currency))
}

/// The id in a required field.
///
/// # Errors
/// `common.invalid_field`.
pub fn id<T>(field: &str, text: &str) -> Result<T, Failure>
where
    T: FromStr,
    T::Err: Display,
{
    text.parse().map_err(|error| invalid(field, error))
}

/// The page asked for, clamped to what is served.
pub fn page(page: Option<common::PageRequest>) -> PageRequest {
    let page = page.unwrap_or_default();
    PageRequest::clamped(page.number, page.size)
}

/// Our time as the wire's.
pub fn timestamp(at: Timestamp) -> prost_types::Timestamp {
    prost_types::Timestamp { seconds: at.as_second(), nanos: at.subsec_nanosecond() }
}

/// The wire's time as ours; what is out of range is the epoch.
pub fn instant(at: Option<prost_types::Timestamp>) -> Timestamp {
    at.and_then(|at| Timestamp::new(at.seconds, at.nanos).ok()).unwrap_or_default()
}

/// A field that cannot be understood.
pub fn invalid(field: &str, why: impl Display) -> Failure {
    Failure::new(Kind::Invalid, "common.invalid_field")
        .because(format_args!("{field}: {why}"))
        .with("field", field)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_survive_the_wire() {
        for text in ["2026-01-02T03:04:05.678Z", "1969-12-31T23:59:59.5Z"] {
            let at: Timestamp = text.parse().unwrap();
            assert_eq!(instant(Some(timestamp(at))), at);
        }
    }

    #[test]
    fn sec_26_a_bad_field_is_named() {
        let failure = money("amount", None).unwrap_err();
        assert_eq!(failure.data("field"), Some("amount"));
        let euro = common::Money { minor: 1, currency: "euro".into() };
        assert_eq!(money("amount", Some(euro)).unwrap_err().kind(), Kind::Invalid);
    }
}
