//! `BotFeedService`: what happened here, for others to follow.

use contract::bot::bot_feed_service_server::BotFeedService;
use contract::common::{ReadFeedRequest, ReadFeedResponse};
use durable::feed;
use tonic::{Request, Response, Status};

use crate::bot::Bot;

/// The feed.
pub struct BotFeed(pub Bot);

#[tonic::async_trait]
impl BotFeedService for BotFeed {
    async fn read_feed(
        &self,
        request: Request<ReadFeedRequest>,
    ) -> Result<Response<ReadFeedResponse>, Status> {
        let found = feed::read(&self.0.pool, &self.0.bell, request.into_inner()).await?;
        Ok(Response::new(found))
    }
}
