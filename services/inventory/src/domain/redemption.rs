//! A balance code on its way into a wallet, as a machine that a crash cannot confuse.
//!
//! The use of the code is written first, in one transaction with the redemption; nobody else can take it from then on.
//! Then payments is asked for the money under the redemption's own transfer id, which moves it once however often it is
//! asked, and then the redemption is marked as done. Payments never refuses a grant, so that there is only forward.

use durable::saga::{Machine, Outcome};
use kernel::ids::{PersonId, PromoId, TransferId};
use kernel::money::Money;
use uuid::Uuid;

use crate::domain::promo::Code;

/// A balance code that somebody redeems.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Redemption {
    /// Made by the caller.
    pub id: Uuid,
    /// Under this id payments moves the money.
    pub transfer_id: TransferId,
    /// The code's id.
    pub promo_id: PromoId,
    /// The code.
    pub code: Code,
    /// Who gets the money.
    pub person: PersonId,
    /// How much.
    pub amount: Money,
    /// How far it has come.
    pub progress: Progress,
}

/// Something that is done outside the machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Have payments move the money.
    Grant,
    /// Write down that it did.
    Finish,
}

/// How far a redemption has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress {
    /// The use is written.
    Pending,
    /// The money is there.
    Granted,
    /// The end.
    Done,
}

/// Nothing of it can be refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Never {}

impl Machine for Progress {
    type Step = Step;
    type Refusal = Never;

    fn next(&self) -> Option<Step> {
        match self {
            Self::Pending => Some(Step::Grant),
            Self::Granted => Some(Step::Finish),
            Self::Done => None,
        }
    }

    fn after(self, step: Step, outcome: Outcome<Never>) -> Self {
        match (self, step, outcome) {
            (Self::Pending, Step::Grant, Outcome::Done) => Self::Granted,
            (Self::Granted, Step::Finish, Outcome::Done) => Self::Done,
            (state, _, _) => state,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn promo_07_only_an_answer_moves_a_redemption_on() {
        let pending = Progress::Pending;
        assert_eq!(pending.after(Step::Grant, Outcome::Unknown), Progress::Pending);
        assert_eq!(pending.after(Step::Finish, Outcome::Done), Progress::Pending);
        let granted = pending.after(Step::Grant, Outcome::Done);
        assert_eq!(granted.next(), Some(Step::Finish));
        assert_eq!(granted.after(Step::Finish, Outcome::Done).next(), None);
    }
}
