//! What staff did, as an entry that a service writes in the transaction of the change and tells in its feed.

use std::fmt::Display;

use kernel::ids::PersonId;

use crate::common::{AuditChange, AuditEntry};

impl AuditEntry {
    /// An action of a member of staff: `inventory.item.update` on the item with this id.
    pub fn new(staff: PersonId, action: &'static str, subject: impl Display) -> Self {
        Self {
            staff_id: staff.0,
            action: action.to_owned(),
            subject: subject.to_string(),
            ..Self::default()
        }
    }

    /// Whom it concerns.
    #[must_use]
    pub fn about(mut self, person: PersonId) -> Self {
        self.person_id = person.0;
        self
    }

    /// Why it was done.
    #[must_use]
    pub fn because(mut self, reason: impl Into<String>) -> Self {
        self.reason = reason.into();
        self
    }

    /// What is different now; what stayed the same is left out. Never give it the value of a secret.
    #[must_use]
    pub fn changed(
        mut self,
        field: &'static str,
        before: impl Display,
        after: impl Display,
    ) -> Self {
        let (before, after) = (before.to_string(), after.to_string());
        if before != after {
            self.changes.push(AuditChange { field: field.to_owned(), before, after });
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_tells_only_what_changed() {
        let entry = AuditEntry::new(PersonId(7), "inventory.item.update", "i-1")
            .changed("name", "VPN", "VPN")
            .changed("price_minor", 100, 200)
            .because("dearer at the supplier");
        let changes: Vec<_> =
            entry.changes.iter().map(|c| (&*c.field, &*c.before, &*c.after)).collect();
        assert_eq!(changes, [("price_minor", "100", "200")]);
        assert_eq!((entry.staff_id, entry.person_id), (7, 0));
        assert_eq!(entry.reason, "dearer at the supplier");
    }
}
