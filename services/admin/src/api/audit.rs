//! The log of what staff did, as an RPC.

use contract::admin::audit_service_server::AuditService;
use contract::admin::{AuditLevel, AuditRecord, ListAuditRequest, ListAuditResponse};
use contract::convert;
use kernel::page::PageRequest;
use tonic::{Request, Response, Status};

use crate::domain::audit::{Filter, Level, Record};
use crate::operations::{Admin, Listed};

pub struct Api(pub Admin);

#[tonic::async_trait]
impl AuditService for Api {
    async fn list_audit(
        &self,
        request: Request<ListAuditRequest>,
    ) -> Result<Response<ListAuditResponse>, Status> {
        let request = request.into_inner();
        let level_min = match request.level_min() {
            AuditLevel::Unspecified => None,
            AuditLevel::Info => Some(Level::Info),
            AuditLevel::Warning => Some(Level::Warning),
            AuditLevel::Error => Some(Level::Error),
        };
        let named = |id: i64| (id != 0).then_some(id);
        let filter = Filter {
            staff_id: named(request.staff_id),
            person_id: named(request.person_id),
            action_prefix: request.action_prefix,
            level_min,
        };
        let limit = PageRequest::clamped(0, request.limit).size;
        let Listed { records, more } =
            self.0.list_audit(&filter, request.before_entry_id, limit).await?;
        let records = records.into_iter().map(encode).collect();
        Ok(Response::new(ListAuditResponse { records, more }))
    }
}

fn encode((id, record): (i64, Record)) -> AuditRecord {
    let level = match record.level {
        Level::Info => AuditLevel::Info,
        Level::Warning => AuditLevel::Warning,
        Level::Error => AuditLevel::Error,
    };
    AuditRecord {
        entry_id: id,
        happened_at: Some(convert::timestamp(record.happened_at)),
        service: record.service,
        level: level.into(),
        entry: Some(record.entry),
    }
}
