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
    /// Closed with a notice, or open, and then there is nothing to say.
    ///
    /// # Errors
    /// The notice is too long or holds what cannot be stored.
    pub fn new(maintenance: bool, notice: &str) -> Result<Self, InvalidNotice> {
        let notice = notice.trim();
        if notice.chars().count() > NOTICE_CHARS_MAX || notice.contains('\0') {
            return Err(InvalidNotice);
        }
        let notice = if maintenance { notice.to_owned() } else { String::new() };
        Ok(Self { maintenance, notice })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_notice_is_short_and_forgotten_when_the_shop_opens() {
        assert_eq!(ShopState::new(true, " Back at 9 ").unwrap().notice, "Back at 9");
        assert_eq!(ShopState::new(false, "Back at 9").unwrap().notice, "");
        assert!(ShopState::new(true, &"я".repeat(500)).is_ok());
        assert_eq!(ShopState::new(true, &"я".repeat(501)), Err(InvalidNotice));
        assert_eq!(ShopState::new(true, "a\0b"), Err(InvalidNotice));
    }
}
