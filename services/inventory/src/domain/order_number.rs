//! Order numbers: what people call an order, short enough to read out, in order of time.

use jiff::Timestamp;

/// Crockford's base 32: no I, L, O or U, so that nothing is misread and nothing offends.
const DIGITS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// Characters of a number, five bits each: half of them time, half chance.
const LENGTH: u32 = 10;
/// Minutes are counted from 2026; 25 bits of them last until 2089.
const EPOCH_SECOND: i64 = 1_767_225_600;
const HALF: u64 = (1 << (LENGTH * 5 / 2)) - 1;

/// Digits of the longest number of an older shop: 63 random bits.
const OLD_DIGITS_MAX: usize = 20;

/// A short, unique code such as `02KNG7T9QZ`. Two of one minute collide once in 33 million; the database refuses the
/// second and another is tried.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct OrderNumber(String);

impl OrderNumber {
    /// The number of an order placed at `at`; `chance` is any random number.
    pub fn new(at: Timestamp, chance: u64) -> Self {
        let minutes = u64::try_from((at.as_second() - EPOCH_SECOND) / 60).unwrap_or_default();
        let bits = (minutes & HALF) << (LENGTH * 5 / 2) | chance & HALF;
        let digit = |place: u32| {
            let digit = usize::try_from(bits >> (place * 5) & 31).expect("five bits fit");
            char::from(DIGITS[digit])
        };
        Self((0..LENGTH).rev().map(digit).collect())
    }

    /// A number as people type it: case and spaces do not matter, nor whether they took a digit for a letter. A longer one
    /// of digits alone is of an order that was taken over from an older shop.
    pub fn typed(text: &str) -> Option<Self> {
        let signs = text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '-' | '#' | '№'));
        let digit = |c: char| match c.to_ascii_uppercase() {
            'O' => '0',
            'I' | 'L' => '1',
            other => other,
        };
        let number: String = signs.map(digit).collect();
        let is_number =
            number.len() == LENGTH as usize && number.bytes().all(|byte| DIGITS.contains(&byte));
        let is_old = (LENGTH as usize + 1..=OLD_DIGITS_MAX).contains(&number.len())
            && number.bytes().all(|byte| byte.is_ascii_digit());
        (is_number || is_old).then_some(Self(number))
    }

    /// A number that was made before.
    pub fn stored(text: String) -> Self {
        Self(text)
    }

    /// The code.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn numbers_look_like_this() {
        let at: Timestamp = "2026-03-01T12:00:00Z".parse().unwrap();
        assert_eq!(OrderNumber::new(at, 0).as_str(), "02KNG00000");
        assert_eq!(OrderNumber::new(at, u64::MAX).as_str(), "02KNGZZZZZ");
    }

    #[test]
    fn shop_10_numbers_are_read_as_people_type_them() {
        let typed = |text| OrderNumber::typed(text).map(|number| number.0);
        assert_eq!(typed(" #o2kng 7t9qz "), Some("02KNG7T9QZ".into()));
        assert_eq!(typed("lI-00000000"), Some("1100000000".into()));
        assert_eq!(typed("4611686018427387904"), Some("4611686018427387904".into()));
        let long = "1".repeat(21);
        for text in ["", "02KNG7T9Q", "02KNG7T9QZZ", "02KNG7T9QU", "номер12345", long.as_str()]
        {
            assert_eq!(typed(text), None, "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn numbers_are_ten_plain_characters(second in 0_i64..10_000_000_000, chance: u64) {
            let number = OrderNumber::new(Timestamp::from_second(second).unwrap(), chance);
            prop_assert_eq!(number.as_str().len(), 10);
            prop_assert!(number.as_str().bytes().all(|byte| DIGITS.contains(&byte)));
        }

        #[test]
        fn a_later_minute_has_a_higher_number(minute in 0_i64..33_000_000, one: u64, other: u64) {
            let at = |minute: i64| Timestamp::from_second(EPOCH_SECOND + minute * 60).unwrap();
            prop_assert!(
                OrderNumber::new(at(minute), one) < OrderNumber::new(at(minute + 1), other)
            );
        }
    }
}
