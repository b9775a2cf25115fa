//! A person's conversation with staff, and whose turn it is.

pub mod wire;

use jiff::Timestamp;
use kernel::ids::PersonId;

/// Characters of one message.
pub const TEXT_MAX: usize = 2_000;
/// Messages of a person that may wait for an answer.
pub const UNANSWERED_MAX: i64 = 20;
/// Messages that are shown.
pub const SHOWN: i64 = 10;

/// Whose turn it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Nobody has answered yet.
    Open,
    /// The person's.
    Answered,
    /// They wrote again.
    Waiting,
    /// Nobody's.
    Closed,
}

impl State {
    /// As in the table.
    pub fn name(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Answered => "answered",
            Self::Waiting => "waiting",
            Self::Closed => "closed",
        }
    }

    /// The state with this name.
    pub fn from_name(name: &str) -> Option<Self> {
        let all = [Self::Open, Self::Answered, Self::Waiting, Self::Closed];
        all.into_iter().find(|state| state.name() == name)
    }

    /// Staff have to do something.
    pub fn waits_for_staff(self) -> bool {
        matches!(self, Self::Open | Self::Waiting)
    }

    /// After somebody has written; none: nobody ever wrote before.
    pub fn after(before: Option<Self>, by: Author) -> Self {
        match (by, before) {
            (Author::Staff(_), _) => Self::Answered,
            (Author::Person, Some(Self::Answered | Self::Waiting)) => Self::Waiting,
            (Author::Person, None | Some(Self::Open | Self::Closed)) => Self::Open,
        }
    }
}

/// Who writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Author {
    /// Whose conversation it is.
    Person,
    /// One of staff.
    Staff(PersonId),
}

/// One message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// Who said it.
    pub author: Author,
    /// As it was typed.
    pub text: String,
    /// When.
    pub at: Timestamp,
}

/// A conversation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ticket {
    /// With whom.
    pub person: PersonId,
    /// Whose turn it is; none: nobody ever wrote.
    pub state: Option<State>,
    /// Since when.
    pub since: Timestamp,
    /// The newest ones, oldest first; none in lists.
    pub messages: Vec<Said>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn peer_10_whose_turn_it_is_follows_from_who_wrote_last() {
        let staff = Author::Staff(PersonId(7));
        let first = State::after(None, Author::Person);
        assert_eq!(first, State::Open);
        assert_eq!(State::after(Some(first), Author::Person), State::Open);
        let answered = State::after(Some(first), staff);
        assert_eq!(answered, State::Answered);
        assert_eq!(State::after(Some(answered), Author::Person), State::Waiting);
        assert_eq!(State::after(Some(State::Closed), Author::Person), State::Open);
        assert_eq!(State::after(Some(State::Closed), staff), State::Answered);
        assert!(State::Waiting.waits_for_staff() && !State::Answered.waits_for_staff());
    }
}
