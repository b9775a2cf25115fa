//! Waiting for an item that is sold out.

use contract::failure::Failure;
use contract::inventory as wire;
use contract::inventory::waiting_service_client::WaitingServiceClient;
use kernel::ids::{ItemId, PersonId};

use crate::peers::Peers;

impl Peers {
    /// The person is told when the item is back.
    pub async fn watch_item(&self, item: ItemId) -> Result<(), Failure> {
        let request = self.work(wire::WatchItemRequest { item_id: item.to_string() });
        self.waiting().watch_item(request).await?;
        Ok(())
    }

    /// The person no longer waits.
    pub async fn unwatch_item(&self, item: ItemId) -> Result<(), Failure> {
        let request = self.work(wire::UnwatchItemRequest { item_id: item.to_string() });
        self.waiting().unwatch_item(request).await?;
        Ok(())
    }

    /// The first people who wait; as the bot itself.
    pub async fn list_waiters(&self, item: ItemId, limit: u32) -> Result<Vec<PersonId>, Failure> {
        let item_id = item.to_string();
        let request = self.read(wire::ListWaitersRequest { item_id, after_person_id: 0, limit });
        let answer = self.waiting().list_waiters(request).await?.into_inner();
        Ok(answer.person_ids.into_iter().map(PersonId).collect())
    }

    /// Forgets people who were told; as the bot itself.
    pub async fn drop_waiters(&self, item: ItemId, people: Vec<i64>) -> Result<(), Failure> {
        let item_id = item.to_string();
        let request = self.work(wire::DropWaitersRequest { item_id, person_ids: people });
        self.waiting().drop_waiters(request).await?;
        Ok(())
    }

    fn waiting(&self) -> WaitingServiceClient<contract::wire::Wire> {
        WaitingServiceClient::new(self.wires.inventory.clone())
    }
}
