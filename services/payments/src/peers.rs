//! What payments asks of others, as functions of its own.

use std::future::{Ready, ready};

use contract::failure::{Failure, Kind};
use kernel::ids::PersonId;

/// Those whom payments asks.
#[derive(Debug, Clone)]
pub struct Peers {
    owner: Option<PersonId>,
}

impl Peers {
    /// In a shop with this owner.
    pub fn new(owner: Option<PersonId>) -> Self {
        Self { owner }
    }

    /// Whether a member of staff may move money of this person's: never their own, and nobody else the owner's.
    ///
    /// # Errors
    /// `payments.person_out_of_reach` where they may not.
    pub fn may_act_on(&self, staff: PersonId, person: PersonId) -> Ready<Result<(), Failure>> {
        let is_out_of_reach = staff == person || self.owner == Some(person);
        ready(if is_out_of_reach { Err(out_of_reach()) } else { Ok(()) })
    }
}

fn out_of_reach() -> Failure {
    Failure::new(Kind::Denied, "payments.person_out_of_reach")
        .because("nobody adjusts their own balance or the owner's")
}
