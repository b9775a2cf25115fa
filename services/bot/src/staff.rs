//! Who may do more than buy, and whom they may act on. In this part of the product that is the owner named in the
//! settings, who may do all.

use contract::actor::Actor;
use contract::common::Permission;
use contract::failure::{Failure, Kind};
use kernel::ids::PersonId;

/// Somebody acts on a person who is not below them.
pub const NOT_ABOVE: &str = "bot.not_above";
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

/// The permission bits of a person, whoever asks and whether they have ever written.
///
/// The one place where the bot learns of anybody's rights.
pub async fn rights_of(person: PersonId, owner: Option<PersonId>) -> Result<u32, Failure> {
    std::future::ready(Ok(Staff::of(person, owner).bits)).await
}

/// Who does something about another person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Acting {
    /// Who.
    pub id: PersonId,
    /// With which permission bits.
    pub bits: u32,
}

impl Acting {
    /// Who makes a call.
    ///
    /// # Errors
    /// `common.not_a_person` when a service acts for itself.
    pub fn of(actor: &Actor) -> Result<Self, Failure> {
        match actor {
            Actor::Person { id, bits } => Ok(Self { id: *id, bits: *bits }),
            Actor::Service(_) => Err(actor.person().expect_err("a service is not a person")),
        }
    }

    /// Whether somebody with these rights is below: theirs are a strict subset.
    fn is_above(self, rights: u32) -> bool {
        rights & !self.bits == 0 && rights != self.bits
    }

    /// Whether this one may act on that person: never on themselves, on an equal, or on the owner.
    ///
    /// # Errors
    /// Their rights cannot be asked now.
    pub async fn may_act_on(
        self,
        person: PersonId,
        owner: Option<PersonId>,
    ) -> Result<bool, Failure> {
        Ok(person != self.id && self.is_above(rights_of(person, owner).await?))
    }

    /// The same as a condition.
    ///
    /// # Errors
    /// `bot.not_above`, or their rights cannot be asked now.
    pub async fn must_be_above(
        self,
        person: PersonId,
        owner: Option<PersonId>,
    ) -> Result<(), Failure> {
        if self.may_act_on(person, owner).await? {
            return Ok(());
        }
        Err(Failure::new(Kind::Denied, NOT_ABOVE)
            .because("nobody acts on themselves or on a person who may as much or more"))
    }
}

fn bit(permission: Permission) -> u32 {
    u32::try_from(i32::from(permission)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bug_37_only_rights_that_are_a_strict_subset_are_below() {
        let staff = Acting { id: PersonId(2), bits: 0b1001 };
        for (rights, is_above) in
            [(0, true), (0b1000, true), (0b0001, true), (0b1001, false), (0b0010, false)]
        {
            assert_eq!(staff.is_above(rights), is_above, "{rights:b}");
        }
        assert!(!Acting { bits: ALL, ..staff }.is_above(ALL));
    }

    #[tokio::test]
    async fn bug_37_nobody_acts_on_themselves_or_on_the_owner() {
        let owner = Some(PersonId(1));
        let staff = |id, bits| Acting { id: PersonId(id), bits };
        let may = async |by: Acting, on| by.may_act_on(PersonId(on), owner).await.unwrap();
        assert!(may(staff(1, ALL), 2).await);
        assert!(may(staff(2, 9), 3).await);
        assert!(!may(staff(1, ALL), 1).await);
        assert!(!may(staff(2, 9), 2).await);
        assert!(!may(staff(2, ALL), 1).await);
        let refused = staff(2, 1).must_be_above(PersonId(3), owner).await.unwrap_err();
        assert_eq!(refused.code(), NOT_ABOVE);
        assert!(Acting::of(&Actor::Service("x".into())).is_err());
    }

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
