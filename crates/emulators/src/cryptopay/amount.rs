//! Amounts are decimal strings, strictly: digits, perhaps a point and more digits.

use std::str::FromStr;

use rust_decimal::Decimal;

/// Reads a positive amount with at most 18 digits on either side of the point.
pub(crate) fn parse(text: &str) -> Option<Decimal> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let digits = |part: &str| {
        (1..=18).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit())
    };
    if !digits(whole) || !digits(fraction) {
        return None;
    }
    Decimal::from_str(text).ok().filter(|amount| *amount > Decimal::ZERO)
}

/// Writes an amount without needless zeros.
pub(crate) fn show(amount: Decimal) -> String {
    amount.normalize().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_positive_decimals_are_amounts() {
        for (text, shown) in [("12.50", "12.5"), ("0.000001", "0.000001"), ("7", "7")] {
            assert_eq!(parse(text).map(show).as_deref(), Some(shown));
        }
        for text in
            ["", "0", "0.0", "-5", "+5", "1e3", "NaN", "1,00", " 1", ".5", "5.", "0x10", "١"]
        {
            assert_eq!(parse(text), None, "{text:?}");
        }
        assert_eq!(parse(&"9".repeat(40)), None);
    }
}
