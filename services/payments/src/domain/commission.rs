//! What an inviter earns from a top-up.

use kernel::money::Money;

/// The owner may give away at most this share.
pub const PERCENT_MAX: u8 = 99;

/// The share of `top_up` that its inviter earns, rounded down to a minor unit; none where that is
/// nothing.
pub fn commission(top_up: Money, percent: u8) -> Option<Money> {
    let earned = top_up.percent(percent.min(PERCENT_MAX));
    (earned.minor > 0).then_some(earned)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn rub(minor: i64) -> Money {
        Money::new(minor, "RUB".parse().unwrap())
    }

    #[test]
    fn a_commission_is_rounded_down_and_never_nothing() {
        assert_eq!(commission(rub(2_319), 10), Some(rub(231)));
        assert_eq!(commission(rub(9), 10), None);
        assert_eq!(commission(rub(10_000), 0), None);
    }

    proptest! {
        #[test]
        fn a_commission_is_less_than_its_top_up(minor in 1..=i64::MAX, percent in any::<u8>()) {
            if let Some(earned) = commission(rub(minor), percent) {
                prop_assert!(earned.minor > 0 && earned.minor < minor);
            }
        }
    }
}
