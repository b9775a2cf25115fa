//! Who bought what, asked of inventory by the bot itself.

use contract::failure::Failure;
use contract::inventory as wire;
use contract::inventory::buyer_service_client::BuyerServiceClient;
use contract::inventory::select_buyers_request::Condition;
use kernel::ids::ItemId;
use kernel::money::Money;

use crate::peers::Peers;

/// What somebody must have bought.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purchases {
    /// Anything.
    Any,
    /// For more than this in all.
    Over(Money),
    /// This item.
    Of(ItemId),
}

impl Peers {
    /// Those of these people, 5,000 at most, who bought that; in ascending order.
    pub async fn select_buyers(
        &self,
        person_ids: Vec<i64>,
        wanted: Purchases,
    ) -> Result<Vec<i64>, Failure> {
        let condition = match wanted {
            Purchases::Any => None,
            Purchases::Over(amount) => Some(Condition::SpentOver(amount.into())),
            Purchases::Of(item) => Some(Condition::ItemId(item.to_string())),
        };
        let request = self.work(wire::SelectBuyersRequest { person_ids, condition });
        let mut buyers = BuyerServiceClient::new(self.wires.inventory.clone());
        Ok(buyers.select_buyers(request).await?.into_inner().person_ids)
    }
}
