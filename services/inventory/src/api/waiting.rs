//! Waiting for a sold-out item, as RPCs: for buyers, and for whoever tells them.

use chassis::guard;
use contract::convert::{self, invalid};
use contract::inventory::waiting_service_server::WaitingService;
use contract::inventory::{
    DropWaitersRequest, DropWaitersResponse, ListWaitersRequest, ListWaitersResponse,
    UnwatchItemRequest, UnwatchItemResponse, WatchItemRequest, WatchItemResponse,
};
use tonic::{Request, Response, Status};

use crate::operations::Inventory;

/// People in one answer and in one request.
const PEOPLE_MAX: u32 = 1_000;
const PEOPLE: u32 = 100;

pub struct Api(pub Inventory);

#[tonic::async_trait]
impl WaitingService for Api {
    async fn watch_item(
        &self,
        request: Request<WatchItemRequest>,
    ) -> Result<Response<WatchItemResponse>, Status> {
        let person = guard::actor(&request)?.person()?;
        let item = convert::id("item_id", &request.into_inner().item_id)?;
        self.0.watch_item(item, person).await?;
        Ok(Response::new(WatchItemResponse {}))
    }

    async fn unwatch_item(
        &self,
        request: Request<UnwatchItemRequest>,
    ) -> Result<Response<UnwatchItemResponse>, Status> {
        let person = guard::actor(&request)?.person()?;
        let item = convert::id("item_id", &request.into_inner().item_id)?;
        self.0.drop_waiters(item, &[person.0]).await?;
        Ok(Response::new(UnwatchItemResponse {}))
    }

    async fn list_waiters(
        &self,
        request: Request<ListWaitersRequest>,
    ) -> Result<Response<ListWaitersResponse>, Status> {
        let request = request.into_inner();
        let item = convert::id("item_id", &request.item_id)?;
        let limit = if request.limit == 0 { PEOPLE } else { request.limit.min(PEOPLE_MAX) };
        let person_ids = self.0.list_waiters(item, request.after_person_id, limit.into()).await?;
        Ok(Response::new(ListWaitersResponse { person_ids }))
    }

    async fn drop_waiters(
        &self,
        request: Request<DropWaitersRequest>,
    ) -> Result<Response<DropWaitersResponse>, Status> {
        let request = request.into_inner();
        let item = convert::id("item_id", &request.item_id)?;
        if request.person_ids.len() > PEOPLE_MAX as usize {
            return Err(invalid("person_ids", format_args!("at most {PEOPLE_MAX}")).into());
        }
        self.0.drop_waiters(item, &request.person_ids).await?;
        Ok(Response::new(DropWaitersResponse {}))
    }
}
