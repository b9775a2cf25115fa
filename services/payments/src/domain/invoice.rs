//! Invoices: requests to pay, from the written intent to the credit.
//!
//! | state   | opened  | paid | time over | mismatch |
//! |---------|---------|------|-----------|----------|
//! | new     | pending | paid | expired   | review   |
//! | pending |         | paid | expired   | review   |
//! | expired |         | paid, late |     | review   |
//! | review  |         | paid |           |          |
//! | paid    |         |      |           |          |
//!
//! Money that matches is credited in every state, also a second time: a provider that collected
//! twice owes twice.

use std::time::Duration;

use jiff::Timestamp;
use kernel::ids::{InvoiceId, PersonId};
use kernel::money::Money;

/// Where an invoice stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Written down; the provider has not confirmed it yet.
    New,
    /// The provider waits for the money.
    Pending,
    /// Credited.
    Paid,
    /// Nobody waits any more; money that comes late is credited all the same.
    Expired,
    /// Something did not match; staff look at it.
    Review,
}

impl State {
    /// Every state.
    pub const ALL: [Self; 5] = [Self::New, Self::Pending, Self::Paid, Self::Expired, Self::Review];

    /// As it is stored.
    pub const fn name(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Pending => "pending",
            Self::Paid => "paid",
            Self::Expired => "expired",
            Self::Review => "review",
        }
    }

    /// The state with this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.name() == name)
    }

    /// Whether somebody may still be about to pay.
    pub const fn is_open(self) -> bool {
        matches!(self, Self::New | Self::Pending)
    }
}

/// What happens to an invoice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Event {
    /// The provider has it.
    Opened,
    /// A payment that matches came in.
    Paid,
    /// Its time is over.
    TimeOver,
    /// A payment for it came in that does not match.
    Mismatched,
}

/// The state that an event leads to; none where it changes nothing.
pub fn after(state: State, event: Event) -> Option<State> {
    match (state, event) {
        (State::New, Event::Opened) => Some(State::Pending),
        (State::New | State::Pending, Event::TimeOver) => Some(State::Expired),
        (State::New | State::Pending | State::Expired, Event::Mismatched) => Some(State::Review),
        (State::New | State::Pending | State::Expired | State::Review, Event::Paid) => {
            Some(State::Paid)
        }
        _ => None,
    }
}

/// What is to be paid, and how.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Intent {
    /// Made by the caller.
    pub id: InvoiceId,
    /// Who is to be credited.
    pub person: PersonId,
    /// The provider's slug.
    pub method: String,
    /// What is credited.
    pub amount: Money,
    /// What the provider collects.
    pub price: Money,
    /// How long it can be paid.
    pub lasts_seconds: i32,
    /// When the provider is first asked about it; none where it cannot be asked.
    pub check_seconds: Option<i32>,
    /// Open invoices that a person may have at once.
    pub open_max: i64,
}

/// An invoice as it is stored. Owner, method, amount and price never change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invoice {
    /// Made by the caller; the provider gives it back as the payload.
    pub id: InvoiceId,
    /// Who is credited, whoever pays.
    pub person: PersonId,
    /// The provider's slug.
    pub method: String,
    /// Where it stands.
    pub state: State,
    /// What is credited.
    pub amount: Money,
    /// What the provider collects for it.
    pub price: Money,
    /// The provider's id of it.
    pub reference: Option<String>,
    /// Where it can be paid, for methods with a page.
    pub pay_url: Option<String>,
    /// When it was written down.
    pub created_at: Timestamp,
    /// Until when it can be paid.
    pub expires_at: Timestamp,
    /// Whether that time is over, by the database's clock.
    pub is_overdue: bool,
}

impl Invoice {
    /// How long it was meant to be payable when it was written down.
    pub fn lifetime(&self) -> Duration {
        let seconds = self.expires_at.as_second() - self.created_at.as_second();
        Duration::from_secs(u64::try_from(seconds).unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const EVENTS: [Event; 4] = [Event::Opened, Event::Paid, Event::TimeOver, Event::Mismatched];

    #[test]
    fn money_that_matches_is_credited_in_every_state() {
        for state in State::ALL {
            let next = after(state, Event::Paid);
            assert_eq!(next.unwrap_or(state), State::Paid, "{state:?}");
        }
    }

    #[test]
    fn only_open_invoices_expire() {
        for state in State::ALL {
            let expires = after(state, Event::TimeOver) == Some(State::Expired);
            assert_eq!(expires, state.is_open(), "{state:?}");
        }
    }

    #[test]
    fn states_read_back_from_their_names() {
        for state in State::ALL {
            assert_eq!(State::named(state.name()), Some(state));
        }
    }

    proptest! {
        #[test]
        fn once_paid_nothing_unpays_it(
            events in prop::collection::vec(prop::sample::select(EVENTS.to_vec()), 0..20),
        ) {
            let last = events.iter().fold(State::New, |state, event| {
                after(state, *event).unwrap_or(state)
            });
            prop_assert_eq!(last == State::Paid, events.contains(&Event::Paid));
        }
    }
}
