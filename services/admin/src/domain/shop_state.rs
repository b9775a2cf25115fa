//! What staff switch for the whole shop.

/// Longest notice, in characters: it has to leave room for the usual words in a message.
const NOTICE_CHARS_MAX: usize = 500;

/// How the shop stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShopState {
    /// Closed for everybody but staff.
    pub maintenance: bool,
    /// What people read then besides the usual words.
    pub notice: String,
}

/// A text that cannot be shown to people.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("must have at most {NOTICE_CHARS_MAX} characters")]
pub struct InvalidNotice;

impl ShopState {
    /// Open: then there is nothing to say.
    pub fn open() -> Self {
        Self { maintenance: false, notice: String::new() }
    }

    /// Closed, with a notice or without one.
    ///
    /// # Errors
    /// The notice is too long or holds what cannot be stored.
    pub fn closed(notice: &str) -> Result<Self, InvalidNotice> {
        let notice = notice.trim();
        if notice.chars().count() > NOTICE_CHARS_MAX || notice.contains('\0') {
            return Err(InvalidNotice);
        }
        Ok(Self { maintenance: true, notice: notice.to_owned() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_notice_is_short_and_may_be_left_out() {
        assert_eq!(ShopState::closed(" Back at 9 ").unwrap().notice, "Back at 9");
        assert_eq!(ShopState::closed("").unwrap().notice, "");
        assert!(ShopState::closed(&"я".repeat(500)).is_ok());
        assert_eq!(ShopState::closed(&"я".repeat(501)), Err(InvalidNotice));
        assert_eq!(ShopState::closed("a\0b"), Err(InvalidNotice));
    }
}
