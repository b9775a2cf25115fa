//! The bot's own methods about broadcasts, for screens that are tried without a database.

use std::sync::{Arc, Mutex};

use contract::bot::broadcast_admin_service_server::BroadcastAdminService;
use contract::bot::*;
use contract::failure::{Failure, Kind};
use tonic::{Request, Response, Status};

type Answer<T> = Result<Response<T>, Status>;

/// All broadcasts; each would go to 20,000 people. Clones are the same.
#[derive(Clone, Default)]
pub struct Studio(Arc<Mutex<Vec<Broadcast>>>);

impl Studio {
    pub fn knows(&self, broadcast: Broadcast) {
        self.0.lock().unwrap().push(broadcast);
    }

    fn find(&self, id: &str) -> Result<Broadcast, Status> {
        let all = self.0.lock().unwrap();
        let found = all.iter().find(|broadcast| broadcast.broadcast_id == id).cloned();
        found.ok_or_else(|| Failure::new(Kind::Missing, "bot.broadcast_missing").into())
    }
}

#[tonic::async_trait]
impl BroadcastAdminService for Studio {
    async fn draft_broadcast(
        &self,
        request: Request<DraftBroadcastRequest>,
    ) -> Answer<DraftBroadcastResponse> {
        let DraftBroadcastRequest { broadcast_id, content, audience } = request.into_inner();
        let state = BroadcastState::Draft.into();
        let draft = Broadcast { broadcast_id, content, audience, state, ..Broadcast::default() };
        Ok(Response::new(DraftBroadcastResponse { broadcast: Some(draft) }))
    }

    async fn get_broadcast(
        &self,
        request: Request<GetBroadcastRequest>,
    ) -> Answer<GetBroadcastResponse> {
        let broadcast = Some(self.find(&request.into_inner().broadcast_id)?);
        Ok(Response::new(GetBroadcastResponse { broadcast }))
    }

    async fn list_broadcasts(
        &self,
        _: Request<ListBroadcastsRequest>,
    ) -> Answer<ListBroadcastsResponse> {
        let broadcasts = self.0.lock().unwrap().clone();
        let total = broadcasts.len() as u64;
        Ok(Response::new(ListBroadcastsResponse { broadcasts, total }))
    }

    async fn count_audience(
        &self,
        request: Request<CountAudienceRequest>,
    ) -> Answer<CountAudienceResponse> {
        let found = self.find(&request.into_inner().broadcast_id);
        let audience = found.ok().and_then(|found| found.audience?.who);
        let is_at_least = matches!(audience, Some(audience::Who::Buyers(_)));
        Ok(Response::new(CountAudienceResponse { people: 20_000, is_at_least }))
    }

    async fn preview_broadcast(
        &self,
        _: Request<PreviewBroadcastRequest>,
    ) -> Answer<PreviewBroadcastResponse> {
        Ok(Response::new(PreviewBroadcastResponse {}))
    }

    async fn start_broadcast(
        &self,
        request: Request<StartBroadcastRequest>,
    ) -> Answer<StartBroadcastResponse> {
        let StartBroadcastRequest { broadcast_id, starts_at } = request.into_inner();
        let mut started = self.find(&broadcast_id)?;
        let state = match starts_at {
            Some(_) => BroadcastState::Scheduled,
            None => BroadcastState::Spreading,
        };
        (started.state, started.starts_at) = (state.into(), starts_at);
        Ok(Response::new(StartBroadcastResponse { broadcast: Some(started) }))
    }

    async fn cancel_broadcast(
        &self,
        request: Request<CancelBroadcastRequest>,
    ) -> Answer<CancelBroadcastResponse> {
        let mut cancelled = self.find(&request.into_inner().broadcast_id)?;
        cancelled.state = BroadcastState::Cancelled.into();
        Ok(Response::new(CancelBroadcastResponse { broadcast: Some(cancelled) }))
    }
}
