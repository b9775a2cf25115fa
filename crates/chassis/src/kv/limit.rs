//! A rate limit as it is written in the settings: `count/seconds`.

use std::str::FromStr;
use std::time::Duration;

use serde::Deserialize;

/// At most `count` within `per`; a count of 0 is no limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(try_from = "String")]
pub struct Limit {
    /// How many at once, and how many within `per` in the long run.
    pub count: u32,
    /// The window.
    pub per: Duration,
}

/// The text is not `count/seconds`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not count/seconds such as 30/60, nor 0 for no limit")]
pub struct InvalidLimit(pub String);

impl Limit {
    /// Everything is allowed.
    pub const NONE: Self = Self { count: 0, per: Duration::from_secs(1) };

    /// True when nothing is ever refused.
    pub fn is_none(self) -> bool {
        self.count == 0
    }

    /// The time in which one grows back.
    pub(super) fn interval(self) -> Duration {
        self.per / self.count.max(1)
    }
}

impl FromStr for Limit {
    type Err = InvalidLimit;

    fn from_str(text: &str) -> Result<Self, InvalidLimit> {
        if text.trim() == "0" {
            return Ok(Self::NONE);
        }
        let parts = text.split_once('/').and_then(|(count, seconds)| {
            Some((count.trim().parse::<u32>().ok()?, seconds.trim().parse::<u32>().ok()?))
        });
        match parts {
            Some((0, _)) => Ok(Self::NONE),
            Some((count, seconds)) if seconds > 0 => {
                Ok(Self { count, per: Duration::from_secs(seconds.into()) })
            }
            _ => Err(InvalidLimit(text.to_owned())),
        }
    }
}

impl TryFrom<String> for Limit {
    type Error = InvalidLimit;

    fn try_from(text: String) -> Result<Self, InvalidLimit> {
        text.parse()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_read_as_they_are_written() {
        let thirty = Limit { count: 30, per: Duration::from_mins(1) };
        assert_eq!("30/60".parse(), Ok(thirty));
        assert_eq!(" 30 / 60 ".parse(), Ok(thirty));
        assert!("0".parse::<Limit>().unwrap().is_none());
        assert!("0/60".parse::<Limit>().unwrap().is_none());
        for text in ["", "30", "30/0", "-1/60", "30/1.5", "a/b"] {
            assert!(text.parse::<Limit>().is_err(), "{text:?}");
        }
    }
}
