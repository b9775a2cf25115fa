//! What admin tells others, as an RPC.

use contract::admin::admin_feed_service_server::AdminFeedService;
use contract::common::{ReadFeedRequest, ReadFeedResponse};
use tonic::{Request, Response, Status};

use crate::operations::Admin;

pub struct Api(pub Admin);

#[tonic::async_trait]
impl AdminFeedService for Api {
    async fn read_feed(
        &self,
        request: Request<ReadFeedRequest>,
    ) -> Result<Response<ReadFeedResponse>, Status> {
        Ok(Response::new(self.0.read_feed(request.into_inner()).await?))
    }
}
