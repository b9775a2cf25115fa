//! `PaymentsFeedService`: what happened here, for others to follow.

use std::sync::Arc;

use contract::common::{ReadFeedRequest, ReadFeedResponse};
use contract::payments::payments_feed_service_server::PaymentsFeedService;
use durable::feed;
use tonic::{Request, Response, Status};

use crate::operations::Payments;

/// The feed.
pub struct PaymentsFeedApi(pub Arc<Payments>);

#[tonic::async_trait]
impl PaymentsFeedService for PaymentsFeedApi {
    async fn read_feed(
        &self,
        request: Request<ReadFeedRequest>,
    ) -> Result<Response<ReadFeedResponse>, Status> {
        let found = feed::read(&self.0.pool, &self.0.bell, request.into_inner()).await?;
        Ok(Response::new(found))
    }
}
