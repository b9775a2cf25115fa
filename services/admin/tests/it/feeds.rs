//! The feeds of payments, inventory and the bot, as a test writes them.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use contract::bot::bot_feed_service_server::{BotFeedService, BotFeedServiceServer};
use contract::common::{FeedEntry, ReadFeedRequest, ReadFeedResponse};
use contract::convert;
use contract::inventory::inventory_feed_service_server::{
    InventoryFeedService, InventoryFeedServiceServer,
};
use contract::payments::payments_feed_service_server::{
    PaymentsFeedService, PaymentsFeedServiceServer,
};
use contract::{bot, inventory, payments};
use kernel::clock::Clock;
use prost::Message;
use tokio::sync::Notify;
use tonic::service::Routes;
use tonic::{Request, Response, Status};

/// One service's feed. Clones are the same.
#[derive(Clone, Default)]
pub struct Feed {
    entries: Arc<Mutex<Vec<FeedEntry>>>,
    bell: Arc<Notify>,
}

impl Feed {
    pub fn tell_payments(&self, what: payments::event::What) {
        self.push(&payments::Event { what: Some(what) });
    }

    pub fn tell_inventory(&self, what: inventory::event::What) {
        self.push(&inventory::Event { what: Some(what) });
    }

    pub fn tell_bot(&self, what: bot::event::What) {
        self.push(&bot::Event { what: Some(what) });
    }

    /// Routes that serve it under every name.
    pub fn routes(&self) -> Routes {
        Routes::new(PaymentsFeedServiceServer::new(self.clone()))
            .add_service(BotFeedServiceServer::new(self.clone()))
            .add_service(InventoryFeedServiceServer::new(self.clone()))
    }

    fn push(&self, event: &impl Message) {
        let mut entries = self.entries.lock().unwrap();
        let number = (entries.len() + 1).to_string();
        entries.push(FeedEntry {
            cursor: number.clone(),
            id: number,
            happened_at: Some(convert::timestamp(Clock::System.now())),
            event: event.encode_to_vec(),
            traceparent: String::new(),
        });
        self.bell.notify_waiters();
    }

    async fn read(&self, request: ReadFeedRequest) -> ReadFeedResponse {
        let after: usize = request.cursor.parse().unwrap_or_default();
        let mut rung = std::pin::pin!(self.bell.notified());
        rung.as_mut().enable();
        let found = || self.entries.lock().unwrap().iter().skip(after).cloned().collect::<Vec<_>>();
        if found().is_empty() {
            // Short, so that nobody who stops waits for it.
            let wait = Duration::from_millis(request.wait_ms.min(200).into());
            let _ = tokio::time::timeout(wait, rung).await;
        }
        ReadFeedResponse { entries: found() }
    }
}

#[tonic::async_trait]
impl PaymentsFeedService for Feed {
    async fn read_feed(
        &self,
        request: Request<ReadFeedRequest>,
    ) -> Result<Response<ReadFeedResponse>, Status> {
        Ok(Response::new(self.read(request.into_inner()).await))
    }
}

#[tonic::async_trait]
impl BotFeedService for Feed {
    async fn read_feed(
        &self,
        request: Request<ReadFeedRequest>,
    ) -> Result<Response<ReadFeedResponse>, Status> {
        Ok(Response::new(self.read(request.into_inner()).await))
    }
}

#[tonic::async_trait]
impl InventoryFeedService for Feed {
    async fn read_feed(
        &self,
        request: Request<ReadFeedRequest>,
    ) -> Result<Response<ReadFeedResponse>, Status> {
        Ok(Response::new(self.read(request.into_inner()).await))
    }
}
