//! Proposals: adjustments that one member of staff asks for and another decides.

use jiff::Timestamp;
use kernel::ids::{PersonId, TransferId};
use kernel::money::Money;
use kernel::once::Once;

/// A proposed adjustment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// The id that its transfer will have.
    pub id: TransferId,
    /// Whose wallet.
    pub person: PersonId,
    /// Signed: negative takes.
    pub amount: Money,
    /// Why.
    pub reason: String,
    /// Who asked for it.
    pub proposed_by: PersonId,
    /// When.
    pub proposed_at: Timestamp,
    /// Until when it can be approved.
    pub expires_at: Timestamp,
    /// How far it is.
    pub state: State,
}

/// How far a proposal is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Somebody else has to decide.
    Pending,
    /// Done.
    Approved,
    /// Declined, or taken back.
    Rejected,
    /// Nobody decided in time.
    Expired,
}

impl State {
    /// Every state.
    pub const ALL: [Self; 4] = [Self::Pending, Self::Approved, Self::Rejected, Self::Expired];

    /// As it is stored; what has expired is stored as pending, with its time.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Approved => "approved",
            Self::Rejected => "rejected",
            Self::Expired => "expired",
        }
    }

    /// The state with this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.name() == name)
    }
}

/// What a second person may say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decision {
    /// Do it.
    Approve,
    /// Leave it. Whoever proposed may say so too.
    Reject,
}

/// Why a decision does not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Obstacle {
    /// Nobody approves what they proposed.
    Own,
    /// It was decided the other way.
    Decided,
    /// Nobody decided in time.
    Expired,
}

/// What a decision makes of a proposal.
///
/// # Errors
/// Why it does not count.
pub fn decide(
    proposal: &Proposal,
    by: PersonId,
    decision: Decision,
) -> Result<Once<State>, Obstacle> {
    match (proposal.state, decision) {
        (State::Pending, Decision::Approve) if by == proposal.proposed_by => Err(Obstacle::Own),
        (State::Pending, Decision::Approve) => Ok(Once::Fresh(State::Approved)),
        (State::Pending, Decision::Reject) => Ok(Once::Fresh(State::Rejected)),
        (State::Approved, Decision::Approve) | (State::Rejected, Decision::Reject) => {
            Ok(Once::Repeat(proposal.state))
        }
        (State::Approved, Decision::Reject) | (State::Rejected, Decision::Approve) => {
            Err(Obstacle::Decided)
        }
        (State::Expired, _) => Err(Obstacle::Expired),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OLGA: PersonId = PersonId(1);
    const PETR: PersonId = PersonId(2);

    fn proposal(state: State) -> Proposal {
        Proposal {
            id: TransferId::derived("p"),
            person: PersonId(42),
            amount: Money::new(-500, "RUB".parse().unwrap()),
            reason: "a mistake".into(),
            proposed_by: OLGA,
            proposed_at: Timestamp::UNIX_EPOCH,
            expires_at: Timestamp::UNIX_EPOCH,
            state,
        }
    }

    #[test]
    fn new_09_only_somebody_else_approves_and_whoever_proposed_may_take_it_back() {
        let waiting = proposal(State::Pending);
        assert_eq!(decide(&waiting, OLGA, Decision::Approve), Err(Obstacle::Own));
        let (approved, rejected) = (Once::Fresh(State::Approved), Once::Fresh(State::Rejected));
        assert_eq!(decide(&waiting, PETR, Decision::Approve), Ok(approved));
        for who in [OLGA, PETR] {
            assert_eq!(decide(&waiting, who, Decision::Reject), Ok(rejected));
        }
    }

    #[test]
    fn new_09_a_decision_stays_whatever_comes_after_it() {
        for (state, decision, outcome) in [
            (State::Approved, Decision::Approve, Ok(Once::Repeat(State::Approved))),
            (State::Rejected, Decision::Reject, Ok(Once::Repeat(State::Rejected))),
            (State::Approved, Decision::Reject, Err(Obstacle::Decided)),
            (State::Rejected, Decision::Approve, Err(Obstacle::Decided)),
            (State::Expired, Decision::Approve, Err(Obstacle::Expired)),
            (State::Expired, Decision::Reject, Err(Obstacle::Expired)),
        ] {
            assert_eq!(decide(&proposal(state), PETR, decision), outcome, "{state:?}");
        }
    }

    #[test]
    fn states_read_back_from_their_names() {
        for state in State::ALL {
            assert_eq!(State::named(state.name()), Some(state));
        }
    }
}
