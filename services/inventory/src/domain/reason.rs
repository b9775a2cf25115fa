//! A reason: why staff look at what was sold.

const CHARS: std::ops::RangeInclusive<usize> = 3..=200;

/// A reason of 3 to 200 characters on one line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason(String);

/// The text is no reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("must have 3 to 200 characters on one line")]
pub struct InvalidReason;

impl Reason {
    /// The reason in a text.
    ///
    /// # Errors
    /// It is too short, too long, or has control characters.
    pub fn parse(text: &str) -> Result<Self, InvalidReason> {
        let text = text.trim();
        let fits = CHARS.contains(&text.chars().count()) && !text.chars().any(char::is_control);
        if fits { Ok(Self(text.to_owned())) } else { Err(InvalidReason) }
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_has_3_to_200_characters() {
        assert_eq!(Reason::parse(" lost message ").unwrap().as_str(), "lost message");
        for text in ["", "ab", "  a  ", "a\nb c", &"x".repeat(201)] {
            assert_eq!(Reason::parse(text), Err(InvalidReason), "{text:?}");
        }
    }
}
