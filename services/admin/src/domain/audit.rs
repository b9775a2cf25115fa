//! What is written down: who did what, and what is worth a look.

use contract::common::AuditEntry;
use jiff::Timestamp;

/// How much it matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Somebody did something.
    Info = 1,
    /// Worth a look.
    Warning = 2,
    /// Must be seen to.
    Error = 3,
}

impl Level {
    /// As it is stored.
    pub fn number(self) -> i16 {
        self as i16
    }

    /// The level with this number.
    pub fn from_number(number: i16) -> Option<Self> {
        [Self::Info, Self::Warning, Self::Error].into_iter().find(|level| level.number() == number)
    }
}

/// What is to be written down.
#[derive(Debug, Clone, PartialEq)]
pub struct Record {
    /// Who told it.
    pub service: String,
    /// Its id there; the same one again is the same record.
    pub entry_id: String,
    /// When it was done.
    pub happened_at: Timestamp,
    /// How much it matters.
    pub level: Level,
    /// Who did what.
    pub entry: AuditEntry,
}

/// What is asked for.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Only by this member of staff.
    pub staff_id: Option<i64>,
    /// Only about this person.
    pub person_id: Option<i64>,
    /// Only actions that begin so.
    pub action_prefix: String,
    /// Only this level and worse.
    pub level_min: Option<Level>,
}

/// Something worth a look that nobody did: the shop itself tells it.
pub fn problem(action: &'static str, subject: &str, person_id: i64) -> AuditEntry {
    AuditEntry {
        action: action.to_owned(),
        subject: subject.to_owned(),
        person_id,
        ..AuditEntry::default()
    }
}
