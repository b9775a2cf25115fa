//! Who bought what, as an RPC for other services.

use contract::convert;
use contract::inventory::buyer_service_server::BuyerService;
use contract::inventory::select_buyers_request::Condition as Wanted;
use contract::inventory::{SelectBuyersRequest, SelectBuyersResponse};
use tonic::{Request, Response, Status};

use crate::domain::buyers::Condition;
use crate::operations::Inventory;

pub struct Api(pub Inventory);

#[tonic::async_trait]
impl BuyerService for Api {
    async fn select_buyers(
        &self,
        request: Request<SelectBuyersRequest>,
    ) -> Result<Response<SelectBuyersResponse>, Status> {
        let SelectBuyersRequest { person_ids, condition } = request.into_inner();
        let condition = match condition {
            None => Condition::Any,
            Some(Wanted::SpentOver(amount)) => {
                Condition::SpentOver(convert::money("spent_over", Some(amount))?)
            }
            Some(Wanted::ItemId(item)) => Condition::Bought(convert::id("item_id", &item)?),
        };
        let person_ids = self.0.select_buyers(&person_ids, condition).await?;
        Ok(Response::new(SelectBuyersResponse { person_ids }))
    }
}
