//! A role: a name for what some people may do.

use kernel::ids::RoleId;

use crate::domain::bits::Bits;

/// A role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Role {
    /// Made by whoever asked for it.
    pub id: RoleId,
    /// What people call it.
    pub name: String,
    /// What it allows.
    pub bits: Bits,
    /// Which built-in role it is; none for one that staff made.
    pub built_in: Option<BuiltIn>,
}

/// Roles that every shop has. The code knows them by this mark, which nothing changes, never by a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BuiltIn {
    /// Of everybody who was given no other.
    Default,
    /// For staff who look after the shop.
    Admin,
    /// Of the person who is named in the settings.
    Owner,
}

impl BuiltIn {
    /// As it is stored.
    pub fn tag(self) -> &'static str {
        match self {
            Self::Default => "default",
            Self::Admin => "admin",
            Self::Owner => "owner",
        }
    }

    /// The one with this tag.
    pub fn from_tag(tag: &str) -> Option<Self> {
        [Self::Default, Self::Admin, Self::Owner].into_iter().find(|role| role.tag() == tag)
    }
}

/// A name of 1 to 64 characters on one line, without spaces around it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoleName(String);

/// A text that cannot be a role's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("must have 1 to {} characters on one line", RoleName::CHARS_MAX)]
pub struct InvalidName;

impl RoleName {
    /// Longest name, in characters.
    pub const CHARS_MAX: usize = 64;

    /// The name in a text.
    ///
    /// # Errors
    /// Empty, too long, or with a character without a shape.
    pub fn parse(text: &str) -> Result<Self, InvalidName> {
        let text = text.trim();
        let is_name = (1..=Self::CHARS_MAX).contains(&text.chars().count())
            && !text.chars().any(char::is_control);
        if is_name { Ok(Self(text.to_owned())) } else { Err(InvalidName) }
    }

    /// As it is shown.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Two names are the same when their keys are.
    pub fn key(&self) -> String {
        self.0.to_lowercase()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_has_1_to_64_characters_on_one_line() {
        assert_eq!(RoleName::parse("  Кладовщик ").unwrap().as_str(), "Кладовщик");
        assert!(RoleName::parse(&"я".repeat(64)).is_ok());
        for text in ["", " \t", &*"я".repeat(65), "a\nb", "a\0b"] {
            assert_eq!(RoleName::parse(text), Err(InvalidName), "{text:?}");
        }
    }

    #[test]
    fn names_that_differ_only_in_case_are_the_same() {
        let key = |text| RoleName::parse(text).unwrap().key();
        assert_eq!(key("Склад"), key("СКЛАД"));
    }
}
