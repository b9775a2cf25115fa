//! Who may do more than buy. In this part of the product that is the owner named in the settings, who may do all.

use contract::actor::Actor;
use contract::common::Permission;
use kernel::ids::PersonId;

/// Every permission.
const ALL: u32 = 1_023;

/// The permissions of one person; services check them, the bot only hides what is not allowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Staff {
    bits: u32,
}

impl Staff {
    /// What a person may do in a shop with this owner.
    pub fn of(person: PersonId, owner: Option<PersonId>) -> Self {
        let bits = if owner == Some(person) { ALL } else { bit(Permission::Use) };
        Self { bits }
    }

    /// Holds a permission.
    pub fn may(self, permission: Permission) -> bool {
        self.bits & bit(permission) != 0
    }

    /// May do anything besides buying.
    pub fn is_staff(self) -> bool {
        self.bits & !bit(Permission::Use) != 0
    }

    /// The person as who acts in a call.
    pub fn actor(self, person: PersonId) -> Actor {
        Actor::Person { id: person, bits: self.bits }
    }
}

fn bit(permission: Permission) -> u32 {
    u32::try_from(i32::from(permission)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_owner_may_do_all_and_everybody_else_may_buy() {
        let (owner, anna) = (PersonId(1), PersonId(2));
        assert!(Staff::of(owner, Some(owner)).may(Permission::Catalog));
        assert!(!Staff::of(anna, Some(owner)).may(Permission::Catalog));
        assert!(!Staff::of(anna, None).may(Permission::Catalog));
        let actor = Staff::of(owner, Some(owner)).actor(owner);
        assert_eq!(actor, Actor::Person { id: owner, bits: 1_023 });
    }
}
