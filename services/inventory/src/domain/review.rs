//! Reviews: stars and words of somebody who bought an item, and what staff decide about them.

use jiff::Timestamp;
use kernel::ids::{ItemId, PersonId, ReviewId};

use crate::domain::reason::Reason;

const STARS: std::ops::RangeInclusive<u32> = 1..=5;
const WORDS_CHARS_MAX: usize = 500;
const AUTHOR_CHARS_MAX: usize = 32;

/// One to five.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stars(u8);

/// The number is not one to five.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("must be 1 to 5")]
pub struct InvalidStars;

impl Stars {
    /// So many.
    ///
    /// # Errors
    /// Fewer than one or more than five.
    pub fn new(stars: u32) -> Result<Self, InvalidStars> {
        match u8::try_from(stars) {
            Ok(few) if STARS.contains(&stars) => Ok(Self(few)),
            _ => Err(InvalidStars),
        }
    }

    /// How many.
    pub fn get(self) -> u8 {
        self.0
    }
}

/// At most 500 characters without empty lines; may be none.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Words(String);

/// Why a text cannot be shown as a review.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidWords {
    /// Too long.
    #[error("must have at most {WORDS_CHARS_MAX} characters")]
    TooLong,
    /// A character without a shape.
    #[error("must not contain control characters other than line breaks")]
    Control,
}

impl Words {
    /// The words in a text.
    ///
    /// # Errors
    /// See [`InvalidWords`].
    pub fn parse(text: &str) -> Result<Self, InvalidWords> {
        let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
        let text = lines.collect::<Vec<_>>().join("\n");
        if text.chars().count() > WORDS_CHARS_MAX {
            return Err(InvalidWords::TooLong);
        }
        if text.chars().any(|c| c.is_control() && c != '\n') {
            return Err(InvalidWords::Control);
        }
        Ok(Self(text))
    }

    /// The words in a text that an older shop took, cut and plain where they have to be.
    pub fn fitting(text: &str) -> Self {
        let plain = text.chars().map(|c| if c.is_control() && c != '\n' { ' ' } else { c });
        let short: String = plain.take(WORDS_CHARS_MAX).collect();
        Self::parse(&short).unwrap_or_default()
    }

    /// What was stored.
    pub fn stored(text: String) -> Self {
        Self(text)
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// What others may call an author: a first name, or nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Author(String);

impl Author {
    /// The first word of a name. A username or a number leads to the person, so that nothing of it is kept.
    pub fn of(name: &str) -> Self {
        let first = name.split_whitespace().next().unwrap_or_default();
        let tells_who = first.contains('@') || first.chars().all(char::is_numeric);
        if tells_who || first.chars().any(char::is_control) {
            return Self::default();
        }
        Self(first.chars().take(AUTHOR_CHARS_MAX).collect())
    }

    /// What was stored.
    pub fn stored(name: String) -> Self {
        Self(name)
    }

    /// The name; may be empty.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// What somebody writes about an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// Who.
    pub person: PersonId,
    /// About what.
    pub item: ItemId,
    /// What others may call them.
    pub author: Author,
    /// How good it is.
    pub stars: Stars,
    /// Why.
    pub words: Words,
}

impl Draft {
    /// The id of every review of this person about this item.
    pub fn id(&self) -> ReviewId {
        ReviewId::derived(&format!("{}:{}", self.person, self.item))
    }

    /// Whether a review says this already, and nobody has refused it.
    pub fn is_said_by(&self, review: &Review) -> bool {
        review.stars == self.stars
            && review.words == self.words
            && matches!(review.state, State::Pending | State::Approved)
    }
}

/// How far a review is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// It waits for staff.
    Pending,
    /// Others see it, and its stars count.
    Approved,
    /// Its author alone sees it, and why.
    Rejected,
    /// Staff took it away, and its words are gone.
    Removed,
}

impl State {
    const ALL: [Self; 4] = [Self::Pending, Self::Approved, Self::Rejected, Self::Removed];

    /// As in the table.
    pub fn name(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Approved => "approved",
            Self::Rejected => "rejected",
            Self::Removed => "removed",
        }
    }

    /// The state of this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.name() == name)
    }
}

/// A review as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Review {
    /// Its id.
    pub id: ReviewId,
    /// Who wrote it.
    pub person: PersonId,
    /// About what.
    pub item: ItemId,
    /// Its name now.
    pub item_name: String,
    /// What others may call the author.
    pub author: Author,
    /// How good it is.
    pub stars: Stars,
    /// Why.
    pub words: Words,
    /// How far it is.
    pub state: State,
    /// Why staff did not approve it; empty otherwise.
    pub reason: String,
    /// One more each time it is written anew.
    pub version: u32,
    /// When it was.
    pub written_at: Timestamp,
}

/// What staff decide.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Decision {
    /// Others may see it.
    Approve,
    /// They may not.
    Reject(Reason),
    /// It goes for good.
    Remove(Reason),
}

/// The words are not those that were decided about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Undecidable {
    /// They are gone.
    Gone,
    /// There are others now.
    Changed,
}

impl Decision {
    /// The state that it leads to.
    pub fn leads_to(&self) -> State {
        match self {
            Self::Approve => State::Approved,
            Self::Reject(_) => State::Rejected,
            Self::Remove(_) => State::Removed,
        }
    }

    /// What staff said about it.
    pub fn reason(&self) -> &str {
        match self {
            Self::Approve => "",
            Self::Reject(reason) | Self::Remove(reason) => reason.as_str(),
        }
    }

    /// The review after this decision about that version of it; none where it was decided so before.
    ///
    /// # Errors
    /// See [`Undecidable`].
    pub fn about(&self, review: &Review, version: u32) -> Result<Option<Review>, Undecidable> {
        if review.version != version {
            return Err(Undecidable::Changed);
        }
        let state = self.leads_to();
        if review.state == state {
            return Ok(None);
        }
        if review.state == State::Removed {
            return Err(Undecidable::Gone);
        }
        let reason = self.reason().to_owned();
        let decided = Review { state, reason, ..review.clone() };
        Ok(Some(if state == State::Removed {
            Review { author: Author::default(), words: Words::default(), ..decided }
        } else {
            decided
        }))
    }
}

/// The approved reviews of an item together.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Rating {
    /// How many.
    pub reviews: i64,
    /// The sum of their stars.
    pub stars: i64,
}

impl Rating {
    /// What a review counts for.
    pub fn of(review: &Review) -> Self {
        match review.state {
            State::Approved => Self { reviews: 1, stars: review.stars.get().into() },
            _ => Self::default(),
        }
    }

    /// By how much it is more than another.
    #[must_use]
    pub fn minus(self, other: Self) -> Self {
        Self { reviews: self.reviews - other.reviews, stars: self.stars - other.stars }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn review(state: State) -> Review {
        let draft = Draft {
            person: PersonId(7),
            item: ItemId::derived("vpn"),
            author: Author::of("Anna"),
            stars: Stars::new(4).unwrap(),
            words: Words::parse("Fine").unwrap(),
        };
        Review {
            id: draft.id(),
            person: draft.person,
            item: draft.item,
            item_name: "VPN".into(),
            author: draft.author,
            stars: draft.stars,
            words: draft.words,
            state,
            reason: String::new(),
            version: 2,
            written_at: Timestamp::UNIX_EPOCH,
        }
    }

    fn reason() -> Reason {
        Reason::parse("rude words").unwrap()
    }

    #[test]
    fn rev_01_stars_are_one_to_five_and_words_at_most_500_characters() {
        for stars in [0, 6, 256, u32::MAX] {
            assert_eq!(Stars::new(stars), Err(InvalidStars));
        }
        assert_eq!(Stars::new(5).unwrap().get(), 5);
        assert_eq!(Words::parse(" a \r\n\n\n b\n").unwrap().as_str(), "a\nb");
        assert_eq!(Words::parse("").unwrap(), Words::default());
        assert!(Words::parse(&"я".repeat(500)).is_ok());
        assert_eq!(Words::parse(&"я".repeat(501)), Err(InvalidWords::TooLong));
        assert_eq!(Words::parse("a\0b"), Err(InvalidWords::Control));
    }

    #[test]
    fn rev_03_an_author_is_a_first_name_and_nothing_that_leads_to_them() {
        let told = |name: &str| Author::of(name).as_str().to_owned();
        assert_eq!(told("Анна Мария Петрова"), "Анна");
        assert_eq!(told(&"я".repeat(100)).chars().count(), AUTHOR_CHARS_MAX);
        for name in ["@anna", "123456", "", "  ", "anna@example.org"] {
            assert_eq!(told(name), "", "{name:?}");
        }
    }

    #[test]
    fn rev_05_a_decision_is_about_the_words_that_were_seen() {
        let pending = review(State::Pending);
        assert_eq!(Decision::Approve.about(&pending, 1), Err(Undecidable::Changed));
        let approved = Decision::Approve.about(&pending, 2).unwrap().unwrap();
        assert_eq!(Decision::Approve.about(&approved, 2), Ok(None));
        let rejected = Decision::Reject(reason()).about(&approved, 2).unwrap().unwrap();
        assert_eq!((rejected.state, &*rejected.reason), (State::Rejected, "rude words"));
        assert_eq!(rejected.words.as_str(), "Fine", "its author still sees it");
        let removed = Decision::Remove(reason()).about(&rejected, 2).unwrap().unwrap();
        assert_eq!((removed.words.as_str(), removed.author.as_str()), ("", ""));
        assert_eq!(Decision::Approve.about(&removed, 2), Err(Undecidable::Gone));
    }

    #[test]
    fn rev_03_only_what_is_approved_counts() {
        let counts = |state| Rating::of(&review(state));
        assert_eq!(counts(State::Approved), Rating { reviews: 1, stars: 4 });
        for state in [State::Pending, State::Rejected, State::Removed] {
            assert_eq!(counts(state), Rating::default());
        }
        let change = counts(State::Removed).minus(counts(State::Approved));
        assert_eq!(change, Rating { reviews: -1, stars: -4 });
    }
}
