//! The payload of a `/start` link: who invited, or nothing that matters.

use kernel::ids::PersonId;

/// Digits of the largest id that Telegram can issue (2^52).
const DIGITS_MAX: usize = 16;

/// The inviter in a payload: `ref_<id>`, or the bare id as older links have it. Anything else is a plain start.
pub fn inviter(payload: &str) -> Option<PersonId> {
    let digits = payload.strip_prefix("ref_").unwrap_or(payload);
    // ASCII only: `²` is a digit to some, and a crash to others.
    let is_id =
        (1..=DIGITS_MAX).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
    if !is_id {
        return None;
    }
    PersonId::new(digits.parse().ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tg19_an_inviter_is_read_from_both_kinds_of_links() {
        for payload in ["ref_77", "77", "077", "ref_4503599627370496"] {
            assert!(inviter(payload).is_some(), "{payload:?}");
        }
    }

    #[test]
    fn bug_06_a_payload_that_is_junk_is_a_plain_start() {
        for payload in [
            "",
            "abc",
            "ref_",
            "ref_abc",
            "ref_-1",
            "-1",
            "0",
            "+7",
            "7 ",
            "ref_7x",
            "ref_ref_7",
            "4503599627370497",
            "99999999999999999999",
            "item_0198c0de-0000-7000-8000-000000000000",
            &"9".repeat(64),
        ] {
            assert_eq!(inviter(payload), None, "{payload:?}");
        }
    }

    #[test]
    fn bug_72_digits_of_other_scripts_are_not_digits_here() {
        for payload in ["²", "ref_²", "١٢", "７７"] {
            assert_eq!(inviter(payload), None, "{payload:?}");
        }
    }
}
