//! Who bought what, in memory.

use contract::inventory::buyer_service_server::BuyerService;
use contract::inventory::select_buyers_request::Condition;
use contract::inventory::*;

use super::*;

#[tonic::async_trait]
impl BuyerService for Fakes {
    async fn select_buyers(
        &self,
        request: Request<SelectBuyersRequest>,
    ) -> Result<tonic::Response<SelectBuyersResponse>, Status> {
        self.enter("select_buyers", &request)?;
        let SelectBuyersRequest { mut person_ids, condition } = request.into_inner();
        let state = self.state();
        let orders_of = |person: i64| {
            state.orders.iter().filter(move |(buyer, _)| *buyer == person).map(|(_, order)| order)
        };
        let minor = |money: &Option<common::Money>| money.as_ref().map_or(0, |money| money.minor);
        person_ids.retain(|person| match &condition {
            None => orders_of(*person).next().is_some(),
            Some(Condition::SpentOver(least)) => {
                orders_of(*person).map(|order| minor(&order.total)).sum::<i64>() > least.minor
            }
            Some(Condition::ItemId(item)) => {
                orders_of(*person).any(|order| order.lines.iter().any(|l| l.item_id == *item))
            }
        });
        person_ids.sort_unstable();
        Ok(SelectBuyersResponse { person_ids }.into())
    }
}
