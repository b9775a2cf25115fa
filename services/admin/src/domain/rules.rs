//! Who may make, change, delete and give roles. The one idea: nobody reaches what is not below them.

use contract::failure::{Failure, Kind};
use kernel::ids::PersonId;

use crate::domain::bits::Bits;
use crate::domain::role::{BuiltIn, Role};

/// Who acts, with the rights that they have at this moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Staff {
    /// Who.
    pub person: PersonId,
    /// What they may do.
    pub bits: Bits,
}

/// A person to whom a role is to be given.
#[derive(Debug, Clone)]
pub struct Target {
    /// Who.
    pub person: PersonId,
    /// The role that they have now.
    pub role: Role,
}

/// Why something may not be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// The role holds a right that the actor lacks.
    RightLacking,
    /// All ten rights are the owner's alone.
    AllRights,
    /// Built-in roles stay as they are.
    BuiltIn,
    /// So many people have the role.
    InUse(u64),
    /// Nobody gives a role to themselves.
    Oneself,
    /// The owner's role comes from the settings, and from nowhere else.
    OwnersRole,
    /// The person, or somebody who has the role, is not below the actor.
    Outranked,
}

impl Staff {
    /// May make a role with these rights.
    ///
    /// # Errors
    /// See [`Refusal`].
    pub fn may_create(&self, bits: Bits) -> Result<(), Refusal> {
        if !self.bits.covers(bits) {
            return Err(Refusal::RightLacking);
        }
        if bits == Bits::ALL { Err(Refusal::AllRights) } else { Ok(()) }
    }

    /// May give a role, which so many people have, these rights or another name. Whoever changes a role acts on all who
    /// have it: on nobody who is not below, and so never on themselves.
    ///
    /// # Errors
    /// See [`Refusal`].
    pub fn may_change(&self, role: &Role, members: u64, to: Bits) -> Result<(), Refusal> {
        if role.built_in.is_some() {
            return Err(Refusal::BuiltIn);
        }
        if !self.bits.covers(role.bits) {
            return Err(Refusal::RightLacking);
        }
        if members > 0 && !self.bits.outranks(role.bits) {
            return Err(Refusal::Outranked);
        }
        self.may_create(to)
    }

    /// May take a role, which so many people have, out of use.
    ///
    /// # Errors
    /// See [`Refusal`].
    pub fn may_delete(&self, role: &Role, members: u64) -> Result<(), Refusal> {
        if role.built_in.is_some() {
            return Err(Refusal::BuiltIn);
        }
        if !self.bits.covers(role.bits) {
            return Err(Refusal::RightLacking);
        }
        if members > 0 { Err(Refusal::InUse(members)) } else { Ok(()) }
    }

    /// May give a person a role in place of their own.
    ///
    /// # Errors
    /// See [`Refusal`].
    pub fn may_assign(&self, target: &Target, role: &Role) -> Result<(), Refusal> {
        let owners = Some(BuiltIn::Owner);
        if target.role.built_in == owners || role.built_in == owners {
            return Err(Refusal::OwnersRole);
        }
        if target.person == self.person {
            return Err(Refusal::Oneself);
        }
        if !self.bits.outranks(target.role.bits) {
            return Err(Refusal::Outranked);
        }
        if self.bits.covers(role.bits) { Ok(()) } else { Err(Refusal::RightLacking) }
    }
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        let (kind, code, why) = match refusal {
            Refusal::RightLacking => {
                (Kind::Denied, "admin.right_lacking", "the role has a right that you lack")
            }
            Refusal::AllRights => {
                (Kind::Denied, "admin.all_rights", "all rights together are the owner's alone")
            }
            Refusal::BuiltIn => {
                (Kind::Conflict, "admin.built_in_role", "built-in roles stay as they are")
            }
            Refusal::InUse(members) => {
                return Self::new(Kind::Conflict, "admin.role_in_use")
                    .because("somebody has this role; give them another one first")
                    .with("members", members);
            }
            Refusal::Oneself => {
                (Kind::Denied, "admin.own_role", "nobody gives a role to themselves")
            }
            Refusal::OwnersRole => {
                (Kind::Denied, "admin.owner_role", "who the owner is, shop.owner_id says")
            }
            Refusal::Outranked => {
                (Kind::Denied, "admin.outranked", "you may act only on those with fewer rights")
            }
        };
        Self::new(kind, code).because(why)
    }
}

#[cfg(test)]
mod tests {
    use kernel::ids::RoleId;
    use proptest::prelude::*;

    use super::*;

    const ME: PersonId = PersonId(1);
    const THEM: PersonId = PersonId(2);

    fn bits() -> impl Strategy<Value = Bits> {
        (0..=1_023_u32).prop_map(|number| Bits::parse(number).unwrap())
    }

    fn role(bits: Bits, built_in: Option<BuiltIn>) -> Role {
        Role { id: RoleId::derived("r"), name: "R".into(), bits, built_in }
    }

    fn built_in() -> impl Strategy<Value = Option<BuiltIn>> {
        prop_oneof![
            3 => Just(None),
            1 => Just(Some(BuiltIn::Default)),
            1 => Just(Some(BuiltIn::Admin)),
        ]
    }

    fn has_other(mine: Bits, theirs: Bits) -> bool {
        (0..10).any(|shift| theirs.number() >> shift & 1 > mine.number() >> shift & 1)
    }

    proptest! {
        #[test]
        fn rbac_05_no_role_with_a_right_that_one_lacks_is_made_changed_deleted_or_given(
            mine in bits(), had in bits(), asked in bits(), members in 0..3_u64,
        ) {
            let me = Staff { person: ME, bits: mine };
            let nobody = role(Bits::EVERYBODY, Some(BuiltIn::Default));
            let target = Target { person: THEM, role: nobody };
            if has_other(mine, asked) {
                prop_assert_eq!(me.may_create(asked), Err(Refusal::RightLacking));
                prop_assert!(me.may_change(&role(had, None), members, asked).is_err());
                prop_assert!(me.may_delete(&role(asked, None), members).is_err());
                prop_assert!(me.may_assign(&target, &role(asked, None)).is_err());
                prop_assert!(me.may_change(&role(asked, None), members, had).is_err());
            } else {
                prop_assert_eq!(me.may_create(asked).is_ok(), asked != Bits::ALL);
            }
        }

        #[test]
        fn bug_37_nobody_acts_on_a_person_who_is_not_below_them_or_on_themselves(
            mine in bits(), theirs in bits(), given in bits(), kind in built_in(),
        ) {
            let me = Staff { person: ME, bits: mine };
            let them = Target { person: THEM, role: role(theirs, kind) };
            let myself = Target { person: ME, role: role(mine, None) };
            let new = role(given, None);
            if me.may_assign(&them, &new).is_ok() {
                prop_assert!(!has_other(mine, theirs) && mine != theirs && !has_other(mine, given));
            }
            prop_assert_eq!(me.may_assign(&myself, &new), Err(Refusal::Oneself));
        }

        #[test]
        fn rbac_06_built_in_roles_stay_and_used_ones_are_not_deleted(
            given in bits(), kind in built_in(), members in 0..3_u64,
        ) {
            let owner = Staff { person: ME, bits: Bits::ALL };
            let role = role(given, kind);
            if kind.is_some() {
                prop_assert_eq!(owner.may_delete(&role, members), Err(Refusal::BuiltIn));
                prop_assert_eq!(owner.may_change(&role, members, given), Err(Refusal::BuiltIn));
            } else if members > 0 {
                prop_assert_eq!(owner.may_delete(&role, members), Err(Refusal::InUse(members)));
            } else {
                prop_assert_eq!(owner.may_delete(&role, members), Ok(()));
            }
        }

        #[test]
        fn rbac_07_the_owners_role_is_nobodys_to_give_or_to_take(mine in bits(), given in bits()) {
            let me = Staff { person: ME, bits: mine };
            let owners = role(Bits::ALL, Some(BuiltIn::Owner));
            let owner = Target { person: THEM, role: owners.clone() };
            prop_assert_eq!(me.may_assign(&owner, &role(given, None)), Err(Refusal::OwnersRole));
            let other = Target { person: THEM, role: role(Bits::EVERYBODY, None) };
            prop_assert_eq!(me.may_assign(&other, &owners), Err(Refusal::OwnersRole));
        }

        #[test]
        fn the_owner_is_above_everybody_else(theirs in bits(), given in bits()) {
            let owner = Staff { person: ME, bits: Bits::ALL };
            prop_assume!(theirs != Bits::ALL && given != Bits::ALL);
            let them = Target { person: THEM, role: role(theirs, None) };
            prop_assert_eq!(owner.may_assign(&them, &role(given, None)), Ok(()));
            prop_assert_eq!(owner.may_change(&role(theirs, None), 2, given), Ok(()));
        }
    }

    #[test]
    fn a_role_that_is_as_high_as_ones_own_is_not_changed_while_somebody_has_it() {
        let me = Staff { person: ME, bits: Bits::parse(32 | 16).unwrap() };
        let own = role(me.bits, None);
        assert_eq!(me.may_change(&own, 1, Bits::EVERYBODY), Err(Refusal::Outranked));
        assert_eq!(me.may_change(&own, 0, Bits::EVERYBODY), Ok(()));
    }
}
