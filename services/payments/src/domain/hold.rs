//! Holds: money set aside until it is posted, voided, or its time is over.
//!
//! | state    | hold (again)   | post               | void           | time over |
//! |----------|----------------|--------------------|----------------|-----------|
//! | (none)   | pending, or refused where money is missing | missing | voided: a tombstone | |
//! | pending  | same           | posted             | voided         | expired   |
//! | posted   | same           | same if same amount| `hold_posted`  | same      |
//! | voided   | same           | `hold_voided`      | same           | same      |
//! | expired  | same           | `hold_expired`     | same           | same      |
//! | refused  | same           | `hold_refused`     | same           | same      |
//!
//! Every state but pending is final: its row answers every repetition, in whatever order they
//! arrive.

use jiff::Timestamp;
use kernel::ids::{HoldId, PersonId};
use kernel::money::Money;
use kernel::once::Once;

/// Where a hold stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// The money is set aside.
    Pending,
    /// Paid to the shop, wholly or in part.
    Posted,
    /// Given free again, or never to be taken.
    Voided,
    /// Given free by time.
    Expired,
    /// There was not enough money.
    Refused,
}

impl State {
    /// Every state.
    pub const ALL: [Self; 5] =
        [Self::Pending, Self::Posted, Self::Voided, Self::Expired, Self::Refused];

    /// As it is stored.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Posted => "posted",
            Self::Voided => "voided",
            Self::Expired => "expired",
            Self::Refused => "refused",
        }
    }

    /// The state with this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.name() == name)
    }
}

/// What is asked of a hold that exists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Event {
    /// Pay the shop.
    Post,
    /// Give it free.
    Void,
    /// Its time is over.
    TimeOver,
}

/// Why a hold does not do what it is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The shop has the money already.
    #[error("the hold was posted")]
    Posted,
    /// The money is free again.
    #[error("the hold was voided")]
    Voided,
    /// Its time was over.
    #[error("the hold has expired")]
    Expired,
    /// There never was money in it.
    #[error("the hold was refused")]
    Refused,
    /// More than is held, or nothing at all.
    #[error("only what is held can be posted")]
    Exceeded,
    /// The same id for something else.
    #[error("the hold id was used for another hold")]
    Conflict,
}

/// The state after an event: fresh where it changes, a repeat where the event has nothing left to
/// do.
///
/// # Errors
/// The event contradicts how the hold ended.
pub fn after(state: State, event: Event) -> Result<Once<State>, Refusal> {
    match (state, event) {
        (State::Pending, Event::Post) => Ok(Once::Fresh(State::Posted)),
        (State::Pending, Event::Void) => Ok(Once::Fresh(State::Voided)),
        (State::Pending, Event::TimeOver) => Ok(Once::Fresh(State::Expired)),
        (State::Posted, Event::Post) => Ok(Once::Repeat(State::Posted)),
        (State::Posted, Event::Void) => Err(Refusal::Posted),
        (State::Voided, Event::Post) => Err(Refusal::Voided),
        (State::Expired, Event::Post) => Err(Refusal::Expired),
        (State::Refused, Event::Post) => Err(Refusal::Refused),
        (ended, Event::Void | Event::TimeOver) => Ok(Once::Repeat(ended)),
    }
}

/// What is to be set aside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Intent {
    /// Made by the caller.
    pub id: HoldId,
    /// Whose money.
    pub person: PersonId,
    /// How much.
    pub amount: Money,
    /// How long, if nothing ends it before.
    pub lasts_seconds: i32,
    /// What it is for.
    pub reference: String,
}

/// A hold as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hold {
    /// Made by the caller.
    pub id: HoldId,
    /// Whose money; none in the tombstone of a void that came first.
    pub person: Option<PersonId>,
    /// Where it stands.
    pub state: State,
    /// What is set aside.
    pub amount: Money,
    /// What the shop got of it.
    pub posted_minor: i64,
    /// When it ends by itself.
    pub expires_at: Timestamp,
    /// What it is for.
    pub reference: String,
}

impl Hold {
    /// What repeating the request that made this hold is answered.
    ///
    /// # Errors
    /// The request was for something else.
    pub fn repeated(self, person: PersonId, amount: Money) -> Result<Self, Refusal> {
        let same = self.person == Some(person) && self.amount == amount;
        if same || self.person.is_none() { Ok(self) } else { Err(Refusal::Conflict) }
    }

    /// What posting `minor` (none: all of it) is to book.
    ///
    /// # Errors
    /// It ended otherwise, was posted with another amount, or holds less.
    pub fn post(&self, minor: Option<i64>) -> Result<Once<i64>, Refusal> {
        match after(self.state, Event::Post)? {
            Once::Fresh(_) => {
                let minor = minor.unwrap_or(self.amount.minor);
                let held = (1..=self.amount.minor).contains(&minor);
                if held { Ok(Once::Fresh(minor)) } else { Err(Refusal::Exceeded) }
            }
            Once::Repeat(_) if minor.is_none_or(|minor| minor == self.posted_minor) => {
                Ok(Once::Repeat(self.posted_minor))
            }
            Once::Repeat(_) => Err(Refusal::Conflict),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const EVENTS: [Event; 3] = [Event::Post, Event::Void, Event::TimeOver];

    fn hold(state: State, amount: i64, posted_minor: i64) -> Hold {
        let rub = "RUB".parse().unwrap();
        Hold {
            id: HoldId::derived("h"),
            person: Some(PersonId(1)),
            state,
            amount: Money::new(amount, rub),
            posted_minor,
            expires_at: Timestamp::UNIX_EPOCH,
            reference: String::new(),
        }
    }

    #[test]
    fn only_a_pending_hold_changes() {
        for state in State::ALL {
            for event in EVENTS {
                let fresh = after(state, event).is_ok_and(|once| once.is_fresh());
                assert_eq!(fresh, state == State::Pending, "{state:?} {event:?}");
            }
        }
    }

    #[test]
    fn states_read_back_from_their_names() {
        for state in State::ALL {
            assert_eq!(State::named(state.name()), Some(state));
        }
    }

    #[test]
    fn ps20_a_hold_posts_what_it_holds_once() {
        let pending = hold(State::Pending, 100, 0);
        assert_eq!(pending.post(None), Ok(Once::Fresh(100)));
        assert_eq!(pending.post(Some(40)), Ok(Once::Fresh(40)));
        for minor in [0, -1, 101] {
            assert_eq!(pending.post(Some(minor)), Err(Refusal::Exceeded), "{minor}");
        }
        let posted = hold(State::Posted, 100, 40);
        assert_eq!(posted.post(None), Ok(Once::Repeat(40)));
        assert_eq!(posted.post(Some(40)), Ok(Once::Repeat(40)));
        assert_eq!(posted.post(Some(41)), Err(Refusal::Conflict));
    }

    #[test]
    fn a_tombstone_answers_any_hold_and_another_hold_is_a_conflict() {
        let tombstone = Hold { person: None, ..hold(State::Voided, 0, 0) };
        let rub = "RUB".parse().unwrap();
        let asked = Money::new(5, rub);
        assert_eq!(tombstone.repeated(PersonId(1), asked).unwrap().state, State::Voided);
        let other = hold(State::Pending, 100, 0);
        assert_eq!(other.clone().repeated(PersonId(1), asked), Err(Refusal::Conflict));
        assert_eq!(
            other.clone().repeated(PersonId(2), Money::new(100, rub)),
            Err(Refusal::Conflict)
        );
        assert_eq!(other.clone().repeated(PersonId(1), Money::new(100, rub)), Ok(other));
    }

    proptest! {
        #[test]
        fn whatever_comes_in_whatever_order_the_first_end_stays(
            events in prop::collection::vec(prop::sample::select(EVENTS.to_vec()), 1..20),
        ) {
            let mut state = State::Pending;
            let mut ends = 0;
            for event in events {
                if let Ok(Once::Fresh(next)) = after(state, event) {
                    state = next;
                    ends += 1;
                }
            }
            prop_assert_eq!(ends, 1);
        }
    }
}
