//! Names of categories and items: what may be one, and when two are the same.

/// Longest name, in characters.
pub const CHARS_MAX: usize = 100;

/// A name of 1 to 100 characters without control characters or spaces around it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name(String);

/// Why a text is not a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidName {
    /// Nothing, or only spaces.
    #[error("must not be empty")]
    Empty,
    /// Too long.
    #[error("must have at most {CHARS_MAX} characters")]
    TooLong,
    /// A line break or another character without a shape.
    #[error("must not contain line breaks or control characters")]
    Control,
}

impl Name {
    /// The name in a text.
    ///
    /// # Errors
    /// See [`InvalidName`].
    pub fn parse(text: &str) -> Result<Self, InvalidName> {
        let text = text.trim();
        if text.is_empty() {
            return Err(InvalidName::Empty);
        }
        if text.chars().count() > CHARS_MAX {
            return Err(InvalidName::TooLong);
        }
        if text.chars().any(char::is_control) {
            return Err(InvalidName::Control);
        }
        Ok(Self(text.to_owned()))
    }

    /// As it is shown.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Two names are the same when their keys are.
    pub fn key(&self) -> String {
        key_of(&self.0)
    }
}

/// The key of a name that was stored.
pub fn key_of(name: &str) -> String {
    name.to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shop25_a_name_has_1_to_100_characters_and_no_control_characters() {
        assert_eq!(Name::parse("  VPN 30 дней ").unwrap().as_str(), "VPN 30 дней");
        assert!(Name::parse(&"я".repeat(100)).is_ok());
        for (text, why) in [
            ("", InvalidName::Empty),
            (" \u{a0}\t", InvalidName::Empty),
            (&*"я".repeat(101), InvalidName::TooLong),
            ("a\nb", InvalidName::Control),
            ("a\0b", InvalidName::Control),
            ("a\u{7f}b", InvalidName::Control),
            ("a\u{85}b", InvalidName::Control),
        ] {
            assert_eq!(Name::parse(text), Err(why), "{text:?}");
        }
    }

    #[test]
    fn names_that_differ_only_in_case_are_the_same() {
        let key = |text| Name::parse(text).unwrap().key();
        assert_eq!(key("Ключи VPN"), key("КЛЮЧИ vpn"));
        assert_ne!(key("a"), key("b"));
    }
}
