//! The log of what staff did, and of what is worth a look.

use contract::admin as wire;
use contract::admin::AuditLevel;
use contract::admin::audit_service_client::AuditServiceClient;
use contract::common::AuditChange;
use contract::convert;
use contract::failure::Failure;
use jiff::Timestamp;
use kernel::ids::PersonId;

use crate::peers::{Peers, absent};

/// What was done, or found.
#[derive(Debug, Clone, PartialEq)]
pub struct Record {
    /// Its place in the log.
    pub id: i64,
    /// When.
    pub at: Timestamp,
    /// Whether it is worth a look.
    pub is_problem: bool,
    /// Who did it; nobody where the shop itself did.
    pub staff: Option<PersonId>,
    /// Stable code.
    pub action: String,
    /// What it was done to.
    pub subject: String,
    /// Whom it concerns.
    pub person: Option<PersonId>,
    /// What is different now.
    pub changes: Vec<AuditChange>,
    /// Why.
    pub reason: String,
}

/// A page of the log.
#[derive(Debug, Clone)]
pub struct Records {
    /// Newest first.
    pub rows: Vec<Record>,
    /// Whether there are older ones.
    pub more: bool,
}

/// Which records are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Worth {
    /// All.
    Everything,
    /// What is worth a look.
    Problems,
}

impl TryFrom<wire::AuditRecord> for Record {
    type Error = Failure;

    fn try_from(record: wire::AuditRecord) -> Result<Self, Failure> {
        let is_problem = record.level() > AuditLevel::Info;
        let entry = record.entry.ok_or_else(|| absent("entry"))?;
        Ok(Self {
            id: record.entry_id,
            at: convert::instant(record.happened_at),
            is_problem,
            staff: PersonId::new(entry.staff_id).ok(),
            action: entry.action,
            subject: entry.subject,
            person: PersonId::new(entry.person_id).ok(),
            changes: entry.changes,
            reason: entry.reason,
        })
    }
}

impl Peers {
    /// Records from after the one `before` on; 0 begins with the newest.
    pub async fn list_audit(
        &self,
        worth: Worth,
        before: i64,
        limit: u32,
    ) -> Result<Records, Failure> {
        let level_min = match worth {
            Worth::Everything => AuditLevel::Unspecified,
            Worth::Problems => AuditLevel::Warning,
        };
        let request = self.read(wire::ListAuditRequest {
            level_min: level_min.into(),
            before_entry_id: before,
            limit,
            ..wire::ListAuditRequest::default()
        });
        let mut client = AuditServiceClient::new(self.wires.admin.clone());
        let answer = client.list_audit(request).await?.into_inner();
        let rows = answer.records.into_iter().map(Record::try_from).collect::<Result<_, _>>()?;
        Ok(Records { rows, more: answer.more })
    }
}
