//! The price of a top-up in stars: exact, rounded up once, and fixed on the invoice.

use kernel::currency::Currency;
use kernel::money::Money;
use rust_decimal::Decimal;

/// Telegram bounds amounts by this.
const STARS_MAX: i128 = 999_999_999_999;

/// Stars for one unit of the shop's currency; more than zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StarsRate(Decimal);

impl StarsRate {
    /// None where `per_unit` is not a price.
    pub fn new(per_unit: Decimal) -> Option<Self> {
        (per_unit > Decimal::ZERO).then_some(Self(per_unit.normalize()))
    }

    /// Whole stars for `amount`, rounded up so that the shop never gives more than it takes; none
    /// where that is not a sum that can be paid.
    pub fn price(self, amount: Money) -> Option<Money> {
        // Both are integers over powers of ten: the quotient is exact, where a product of decimals
        // may be rounded.
        let scale = 10_i128.checked_pow(amount.currency.exponent() + self.0.scale())?;
        let product = i128::from(amount.minor).checked_mul(self.0.mantissa())?;
        let stars = product.checked_add(scale - 1)?.div_euclid(scale);
        if !(1..=STARS_MAX).contains(&stars) {
            return None;
        }
        Some(Money::new(i64::try_from(stars).ok()?, Currency::XTR))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn stars(minor: i64, code: &str, per_unit: &str) -> Option<i64> {
        let rate = StarsRate::new(per_unit.parse().unwrap()).unwrap();
        rate.price(Money::new(minor, code.parse().unwrap())).map(|price| price.minor)
    }

    #[test]
    fn a_part_of_a_star_is_a_star() {
        for (minor, code, per_unit, expected) in [
            (10_000, "RUB", "0.91", Some(91)),
            (10_001, "RUB", "0.91", Some(92)),
            (2_000, "RUB", "0.91", Some(19)),
            (1, "RUB", "0.0001", Some(1)),
            (100, "JPY", "0.5", Some(50)),
            (1_500, "KWD", "2", Some(3)),
            (30, "USD", "0.1", Some(1)),
            (300, "USD", "0.1", Some(1)),
            (-100, "USD", "1", None),
            (0, "USD", "1", None),
            (i64::MAX, "RUB", "99999999999999999999999999", None),
        ] {
            assert_eq!(stars(minor, code, per_unit), expected, "{minor} {code} at {per_unit}");
        }
    }

    #[test]
    fn a_rate_of_nothing_is_no_rate() {
        assert_eq!(StarsRate::new(Decimal::ZERO), None);
        assert_eq!(StarsRate::new(Decimal::NEGATIVE_ONE), None);
    }

    proptest! {
        #[test]
        fn b8_the_price_is_the_least_number_of_stars_that_covers_the_amount(
            minor in 1_i64..=100_000_000, mantissa in 1_i64..=10_000, scale in 0_u32..=4,
        ) {
            let rate = StarsRate::new(Decimal::new(mantissa, scale)).unwrap();
            let amount = Money::new(minor, "RUB".parse().unwrap());
            if let Some(price) = rate.price(amount) {
                let exact = Decimal::new(minor, 2) * Decimal::new(mantissa, scale);
                prop_assert!(Decimal::from(price.minor) >= exact);
                prop_assert!(Decimal::from(price.minor - 1) < exact);
            }
        }
    }
}
