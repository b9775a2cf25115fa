//! Permission bits: compared one by one, never as numbers.

use std::fmt;

use contract::actor::outranks;
use contract::common::Permission;

/// The rights of a person or a role; USE is always among them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bits(u32);

/// A number holds bits that are no rights.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("holds bits that no permission has")]
pub struct UnknownBits;

impl Bits {
    /// What everybody may do: use the shop.
    pub const EVERYBODY: Self = Self(1);
    /// All ten.
    pub const ALL: Self = Self(1_023);

    /// The rights in a number; USE comes by itself.
    ///
    /// # Errors
    /// A bit that is none of the ten.
    pub fn parse(number: u32) -> Result<Self, UnknownBits> {
        if number & !Self::ALL.0 == 0 {
            Ok(Self(number | Self::EVERYBODY.0))
        } else {
            Err(UnknownBits)
        }
    }

    /// As a number.
    pub fn number(self) -> u32 {
        self.0
    }

    /// Whether all of the other's rights are among these.
    pub fn covers(self, other: Self) -> bool {
        other.0 & !self.0 == 0
    }

    /// Whether who has these may act on a person who has the other.
    pub fn outranks(self, other: Self) -> bool {
        outranks(self.0, other.0)
    }

    /// What is in both.
    #[must_use]
    pub fn common_with(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// Holds a right.
    pub fn may(self, permission: Permission) -> bool {
        u32::try_from(i32::from(permission)).is_ok_and(|bit| self.0 & bit != 0)
    }
}

/// The rights by name, as the log shows them; USE only where it is all.
impl fmt::Display for Bits {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let all = (0..10).filter_map(|shift| Permission::try_from(1 << shift).ok());
        let held = all.filter(|right| self.may(*right) && *right != Permission::Use);
        let names: Vec<_> = held.map(|right| right.as_str_name()).collect();
        if names.is_empty() {
            return f.write_str("USE");
        }
        f.write_str(&names.join(" ").replace("PERMISSION_", ""))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rbac_02_there_are_ten_rights_and_no_others() {
        let rights = (0..10).map(|shift| Permission::try_from(1 << shift).unwrap());
        assert!(
            rights.clone().all(|right| right != Permission::Unspecified && Bits::ALL.may(right))
        );
        assert_eq!(rights.map(i32::from).sum::<i32>(), 1_023);
        assert_eq!(Bits::parse(1_024), Err(UnknownBits));
        assert_eq!(Bits::parse(u32::MAX), Err(UnknownBits));
    }

    #[test]
    fn rbac_09_money_and_people_are_two_rights() {
        let people = Bits::parse(8).unwrap();
        assert!(people.may(Permission::Users) && !people.may(Permission::Balance));
    }

    #[test]
    fn everybody_may_use_the_shop() {
        assert_eq!(Bits::parse(0).unwrap(), Bits::EVERYBODY);
        assert_eq!(Bits::parse(16).unwrap().number(), 17);
        assert_eq!(Bits::EVERYBODY.to_string(), "USE");
        assert_eq!(Bits::parse(8 | 512).unwrap().to_string(), "USERS PROMOS");
    }
}
