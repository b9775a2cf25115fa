//! A picture: what Telegram calls a photo that staff sent to the bot. The bytes stay with Telegram.

const LENGTH_MAX: usize = 200;

/// Telegram's id of a photo.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture(String);

/// The text is no id of Telegram's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("must be 1 to {LENGTH_MAX} plain characters")]
pub struct InvalidPicture;

impl Picture {
    /// The picture with this id.
    ///
    /// # Errors
    /// It is empty, too long, or has characters that Telegram does not use.
    pub fn parse(text: &str) -> Result<Self, InvalidPicture> {
        let fits = (1..=LENGTH_MAX).contains(&text.len());
        let plain = text.bytes().all(|byte| byte.is_ascii_graphic());
        if fits && plain { Ok(Self(text.to_owned())) } else { Err(InvalidPicture) }
    }

    /// An id that was stored.
    pub fn stored(text: String) -> Self {
        Self(text)
    }

    /// The id.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_is_an_id_of_telegrams_and_nothing_else() {
        assert_eq!(Picture::parse("AgACAgIAAx-_7").unwrap().as_str(), "AgACAgIAAx-_7");
        for text in ["", "a b", "a\n", "я", &"x".repeat(201)] {
            assert_eq!(Picture::parse(text), Err(InvalidPicture), "{text:?}");
        }
    }
}
