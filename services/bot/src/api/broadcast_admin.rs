//! `BroadcastAdminService`: one message to many people, as staff write, look at, send and stop it.

use chassis::guard;
use contract::bot as wire;
use contract::bot::broadcast_admin_service_server::BroadcastAdminService;
use contract::convert;
use contract::failure::Failure;
use kernel::ids::BroadcastId;
use tonic::{Request, Response, Status};

use crate::bot::Bot;
use crate::broadcast::wire::{read_audience, read_content, told};
use crate::operations::broadcasts;

/// The methods of staff.
pub struct BroadcastAdmin(pub Bot);

type Answer<T> = Result<Response<T>, Status>;

#[tonic::async_trait]
impl BroadcastAdminService for BroadcastAdmin {
    async fn draft_broadcast(
        &self,
        request: Request<wire::DraftBroadcastRequest>,
    ) -> Answer<wire::DraftBroadcastResponse> {
        let by = guard::actor(&request)?.person()?;
        let asked = request.into_inner();
        let id = broadcast(&asked.broadcast_id)?;
        let content = read_content(asked.content)?;
        let audience = read_audience(asked.audience)?;
        let draft = broadcasts::draft(&self.0, by, id, &content, audience).await?;
        Ok(Response::new(wire::DraftBroadcastResponse { broadcast: Some(told(&draft)) }))
    }

    async fn get_broadcast(
        &self,
        request: Request<wire::GetBroadcastRequest>,
    ) -> Answer<wire::GetBroadcastResponse> {
        let id = broadcast(&request.into_inner().broadcast_id)?;
        let found = broadcasts::get(&self.0, id).await?;
        Ok(Response::new(wire::GetBroadcastResponse { broadcast: Some(told(&found)) }))
    }

    async fn list_broadcasts(
        &self,
        request: Request<wire::ListBroadcastsRequest>,
    ) -> Answer<wire::ListBroadcastsResponse> {
        let page = convert::page(request.into_inner().page);
        let found = broadcasts::list(&self.0, page).await?;
        Ok(Response::new(wire::ListBroadcastsResponse {
            broadcasts: found.rows.iter().map(told).collect(),
            total: found.total,
        }))
    }

    async fn count_audience(
        &self,
        request: Request<wire::CountAudienceRequest>,
    ) -> Answer<wire::CountAudienceResponse> {
        let id = broadcast(&request.into_inner().broadcast_id)?;
        let broadcasts::Count { people, is_at_least } = broadcasts::count(&self.0, id).await?;
        Ok(Response::new(wire::CountAudienceResponse { people, is_at_least }))
    }

    async fn preview_broadcast(
        &self,
        request: Request<wire::PreviewBroadcastRequest>,
    ) -> Answer<wire::PreviewBroadcastResponse> {
        let to = guard::actor(&request)?.person()?;
        let asked = request.into_inner();
        let id = broadcast(&asked.broadcast_id)?;
        let preview = convert::id("preview_id", &asked.preview_id)?;
        broadcasts::preview(&self.0, to, id, preview).await?;
        Ok(Response::new(wire::PreviewBroadcastResponse {}))
    }

    async fn start_broadcast(
        &self,
        request: Request<wire::StartBroadcastRequest>,
    ) -> Answer<wire::StartBroadcastResponse> {
        let by = guard::actor(&request)?.person()?;
        let asked = request.into_inner();
        let id = broadcast(&asked.broadcast_id)?;
        let at = asked.starts_at.map(|at| convert::instant(Some(at)));
        let started = broadcasts::start(&self.0, by, id, at).await?;
        Ok(Response::new(wire::StartBroadcastResponse { broadcast: Some(told(&started)) }))
    }

    async fn cancel_broadcast(
        &self,
        request: Request<wire::CancelBroadcastRequest>,
    ) -> Answer<wire::CancelBroadcastResponse> {
        let by = guard::actor(&request)?.person()?;
        let id = broadcast(&request.into_inner().broadcast_id)?;
        let cancelled = broadcasts::cancel(&self.0, by, id).await?;
        Ok(Response::new(wire::CancelBroadcastResponse { broadcast: Some(told(&cancelled)) }))
    }
}

fn broadcast(id: &str) -> Result<BroadcastId, Failure> {
    convert::id("broadcast_id", id)
}
