//! Typed ids: a person is Telegram's number, everything else is a UUID of its own kind.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::clock::Clock;

/// The text is not an id of the kind asked for.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a valid {0} id")]
pub struct InvalidId(pub &'static str);

/// A person, by Telegram's user id (up to 52 significant bits).
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PersonId(pub i64);

impl PersonId {
    /// Accepts what Telegram can issue: 1 to 2^52.
    ///
    /// # Errors
    /// Anything outside that range.
    pub fn new(id: i64) -> Result<Self, InvalidId> {
        if (1..=1 << 52).contains(&id) { Ok(Self(id)) } else { Err(InvalidId("person")) }
    }
}

impl fmt::Display for PersonId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

impl fmt::Debug for PersonId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "person_{}", self.0)
    }
}

/// A fresh UUID in order of time, by the given clock.
pub fn fresh(clock: &Clock) -> Uuid {
    let now = clock.now();
    let seconds = u64::try_from(now.as_second()).expect("clocks here start after 1970");
    let nanos = now.subsec_nanosecond().unsigned_abs();
    Uuid::new_v7(uuid::Timestamp::from_unix(uuid::NoContext, seconds, nanos))
}

/// The id that the same words always give: makes a repeated cause repeat its effect's id.
pub fn derived(space: &str, words: &str) -> Uuid {
    let space = Uuid::new_v5(&Uuid::NAMESPACE_OID, space.as_bytes());
    Uuid::new_v5(&space, words.as_bytes())
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident, $prefix:literal;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl $name {
            /// A new id, in order of time.
            pub fn fresh(clock: &Clock) -> Self {
                Self(fresh(clock))
            }

            /// The id that the same words always give.
            pub fn derived(words: &str) -> Self {
                Self(derived($prefix, words))
            }
        }

        impl FromStr for $name {
            type Err = InvalidId;

            fn from_str(text: &str) -> Result<Self, InvalidId> {
                let bare = text.strip_prefix(concat!($prefix, "_")).unwrap_or(text);
                Uuid::try_parse(bare).map(Self).map_err(|_| InvalidId($prefix))
            }
        }

        /// The bare UUID: what goes on the wire and into the database.
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(&self.0, f)
            }
        }

        /// With its prefix: what a log line shows.
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!($prefix, "_{}"), self.0.simple())
            }
        }
    )*};
}

ids! {
    /// A category of the catalogue.
    CategoryId, "cat";
    /// What a category lists.
    ItemId, "itm";
    /// What a buyer bought; made by the caller, so that a repeated request is the same order.
    OrderId, "ord";
    /// A request to pay; made by the caller.
    InvoiceId, "inv";
    /// A movement of money between two accounts; made by the caller.
    TransferId, "trf";
    /// Money set aside; made by the caller.
    HoldId, "hld";
    /// A promo code; whoever knows it has been told the code.
    PromoId, "prm";
    /// What a person says about an item; always the same for both.
    ReviewId, "rev";
    /// One press of a button that adds something; made when the button is shown.
    PressId, "prs";
    /// What some people may do; made by the caller.
    RoleId, "rol";
    /// A message of a conversation with staff; made by the caller.
    MessageId, "msg";
    /// One message to many people; made by the caller.
    BroadcastId, "brd";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_read_with_and_without_their_prefix() {
        let id = OrderId::derived("a");
        assert_eq!(id.to_string().parse::<OrderId>(), Ok(id));
        assert_eq!(format!("{id:?}").parse::<OrderId>(), Ok(id));
        assert!(format!("{id:?}").parse::<InvoiceId>().is_err());
    }

    #[test]
    fn fresh_ids_are_in_order_of_time() {
        let clock = Clock::fixed(jiff::Timestamp::from_second(1_800_000_000).unwrap());
        let first = OrderId::fresh(&clock);
        clock.advance(2);
        assert!(first < OrderId::fresh(&clock));
    }

    #[test]
    fn derived_ids_differ_by_kind_and_words() {
        assert_eq!(OrderId::derived("x"), OrderId::derived("x"));
        assert_ne!(OrderId::derived("x").0, InvoiceId::derived("x").0);
        assert_ne!(OrderId::derived("x"), OrderId::derived("y"));
    }

    #[test]
    fn a_person_is_what_telegram_can_issue() {
        assert!(PersonId::new(1 << 52).is_ok());
        for id in [0, -1, (1 << 52) + 1, i64::MAX] {
            assert!(PersonId::new(id).is_err());
        }
    }
}
