//! What admin hears from other services: their feeds.

use std::time::Duration;

use chassis::ground::Wires;
use contract::actor::{Actor, ActorKeys};
use contract::bot::bot_feed_service_client::BotFeedServiceClient;
use contract::common::{ReadFeedRequest, ReadFeedResponse};
use contract::failure::Failure;
use contract::inventory::inventory_feed_service_client::InventoryFeedServiceClient;
use contract::payments::payments_feed_service_client::PaymentsFeedServiceClient;
use tonic::Request;

use crate::SERVICE;

/// A request to a feed waits up to ten seconds for news; the rest is for the way.
const FEED_DEADLINE: Duration = Duration::from_secs(15);

/// The others, as admin sees them. Cheap to clone.
#[derive(Clone)]
pub struct Peers {
    wires: Wires,
    keys: ActorKeys,
}

impl Peers {
    /// At the ends of these wires.
    pub fn new(wires: Wires, keys: ActorKeys) -> Self {
        Self { wires, keys }
    }

    /// What payments tells.
    ///
    /// # Errors
    /// The call's.
    pub async fn read_payments_feed(
        &self,
        request: ReadFeedRequest,
    ) -> Result<ReadFeedResponse, Failure> {
        let mut feed = PaymentsFeedServiceClient::new(self.wires.payments.clone());
        Ok(feed.read_feed(self.request(request)).await?.into_inner())
    }

    /// What inventory tells.
    ///
    /// # Errors
    /// The call's.
    pub async fn read_inventory_feed(
        &self,
        request: ReadFeedRequest,
    ) -> Result<ReadFeedResponse, Failure> {
        let mut feed = InventoryFeedServiceClient::new(self.wires.inventory.clone());
        Ok(feed.read_feed(self.request(request)).await?.into_inner())
    }

    /// What the bot tells.
    ///
    /// # Errors
    /// The call's.
    pub async fn read_bot_feed(
        &self,
        request: ReadFeedRequest,
    ) -> Result<ReadFeedResponse, Failure> {
        let mut feed = BotFeedServiceClient::new(self.wires.bot.clone());
        Ok(feed.read_feed(self.request(request)).await?.into_inner())
    }

    /// Tokens are short-lived, so each request has its own.
    fn request<T>(&self, message: T) -> Request<T> {
        let mut request = self.keys.caller(&Actor::Service(SERVICE.to_owned())).request(message);
        request.set_timeout(FEED_DEADLINE);
        request
    }
}
