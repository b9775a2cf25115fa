//! What inventory tells others, as an RPC.

use contract::common::{ReadFeedRequest, ReadFeedResponse};
use contract::inventory::inventory_feed_service_server::InventoryFeedService;
use tonic::{Request, Response, Status};

use crate::operations::Inventory;

pub struct Api(pub Inventory);

#[tonic::async_trait]
impl InventoryFeedService for Api {
    async fn read_feed(
        &self,
        request: Request<ReadFeedRequest>,
    ) -> Result<Response<ReadFeedResponse>, Status> {
        Ok(Response::new(self.0.read_feed(request.into_inner()).await?))
    }
}
