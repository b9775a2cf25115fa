//! What one person may do in the shop, as the bits of their role, and whom they may act on.

use contract::actor::{Actor, outranks};
use contract::common::Permission;
use contract::failure::{Failure, Kind};
use kernel::ids::PersonId;

use crate::bot::Bot;

/// Somebody acts on a person who is not below them.
pub const NOT_ABOVE: &str = "bot.not_above";

/// The permissions of one person; services check them, the bot only hides what is not allowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Staff {
    bits: u32,
}

impl Staff {
    /// Whoever was given no role: may buy.
    pub const BUYER: Self = Self { bits: 1 };
    /// The owner of the settings: may do all.
    pub const OWNER: Self = Self { bits: 1_023 };

    /// With the bits of a role.
    pub fn new(bits: u32) -> Self {
        Self { bits: bits & Self::OWNER.bits | Self::BUYER.bits }
    }

    /// Holds a permission.
    pub fn may(self, permission: Permission) -> bool {
        self.bits & bit(permission) != 0
    }

    /// Holds all of these bits.
    pub fn covers(self, bits: u32) -> bool {
        bits & !self.bits == 0
    }

    /// May act on somebody with these bits.
    pub fn outranks(self, bits: u32) -> bool {
        outranks(self.bits, bits)
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

    /// Whether this one may act on that person: never on themselves, on an equal, or on the owner.
    ///
    /// # Errors
    /// Their rights cannot be asked now.
    pub async fn may_act_on(self, person: PersonId, bot: &Bot) -> Result<bool, Failure> {
        let theirs = bot.rights.ask(person, || bot.own_peers()).await?;
        Ok(person != self.id && outranks(self.bits, theirs.bits))
    }

    /// The same as a condition.
    ///
    /// # Errors
    /// `bot.not_above`, or their rights cannot be asked now.
    pub async fn must_be_above(self, person: PersonId, bot: &Bot) -> Result<(), Failure> {
        if self.may_act_on(person, bot).await? {
            return Ok(());
        }
        Err(Failure::new(Kind::Denied, NOT_ABOVE)
            .because("nobody acts on themselves or on a person who may as much or more"))
    }
}

/// A permission's bit.
pub fn bit(permission: Permission) -> u32 {
    u32::try_from(i32::from(permission)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_owner_may_do_all_a_buyer_may_buy_and_staff_what_their_role_says() {
        assert!(Staff::OWNER.may(Permission::Catalog) && Staff::OWNER.is_staff());
        assert!(Staff::BUYER.may(Permission::Use) && !Staff::BUYER.is_staff());
        let stock = Staff::new(16);
        assert!(stock.may(Permission::Catalog) && stock.may(Permission::Use) && stock.is_staff());
        assert!(!stock.may(Permission::Admins) && stock.covers(17) && !stock.covers(32));
        assert_eq!(Staff::new(u32::MAX), Staff::OWNER);
        let actor = stock.actor(PersonId(1));
        assert_eq!(actor, Actor::Person { id: PersonId(1), bits: 17 });
        assert_eq!(Acting::of(&actor).unwrap(), Acting { id: PersonId(1), bits: 17 });
        assert!(Acting::of(&Actor::Service("x".into())).is_err());
    }

    #[test]
    fn ux_08_bug_36_rights_are_compared_bit_by_bit_never_as_numbers() {
        assert!(!Staff::new(512).covers(16) && !Staff::new(16).may(Permission::Stats));
        assert!(!Staff::new(512).outranks(17) && Staff::new(512).outranks(1));
    }
}
