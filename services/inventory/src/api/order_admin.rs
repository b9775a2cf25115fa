//! Orders as RPCs for staff.

use chassis::guard;
use contract::convert::{self, invalid, timestamp};
use contract::inventory::order_admin_service_server::OrderAdminService;
use contract::inventory::{
    FindOrderRequest, FindOrderResponse, FindUnitByValueRequest, FindUnitByValueResponse,
    ListOrdersOfRequest, ListOrdersOfResponse, RevealOrderRequest, RevealOrderResponse, StaffOrder,
    UnitState,
};
use kernel::ids::PersonId;
use secrecy::SecretString;
use tonic::{Request, Response, Status};

use crate::api::order;
use crate::domain::order::Receipt;
use crate::domain::order_number::OrderNumber;
use crate::domain::reason::Reason;
use crate::domain::unit::{self, State};
use crate::operations::{Inventory, order_missing};

pub struct Api(pub Inventory);

#[tonic::async_trait]
impl OrderAdminService for Api {
    async fn find_order(
        &self,
        request: Request<FindOrderRequest>,
    ) -> Result<Response<FindOrderResponse>, Status> {
        // What is no number cannot be an order's either.
        let number = OrderNumber::typed(&request.into_inner().number);
        let number = number.ok_or_else(order_missing)?;
        let receipt = self.0.find_order(&number).await?;
        Ok(Response::new(FindOrderResponse { order: Some(encode(&receipt)) }))
    }

    async fn reveal_order(
        &self,
        request: Request<RevealOrderRequest>,
    ) -> Result<Response<RevealOrderResponse>, Status> {
        let staff = guard::actor(&request)?.person()?;
        let request = request.into_inner();
        let id = convert::id("order_id", &request.order_id)?;
        let reason = Reason::parse(&request.reason).map_err(|why| invalid("reason", why))?;
        let receipt = self.0.reveal_order(staff, id, &reason).await?;
        Ok(Response::new(RevealOrderResponse { order: Some(encode(&receipt)) }))
    }

    async fn list_orders_of(
        &self,
        request: Request<ListOrdersOfRequest>,
    ) -> Result<Response<ListOrdersOfResponse>, Status> {
        let request = request.into_inner();
        let person = PersonId::new(request.person_id).map_err(|why| invalid("person_id", why))?;
        let page = self.0.list_orders(person, convert::page(request.page)).await?;
        let orders = page.rows.iter().map(encode).collect();
        Ok(Response::new(ListOrdersOfResponse { orders, total: page.total }))
    }

    async fn find_unit_by_value(
        &self,
        request: Request<FindUnitByValueRequest>,
    ) -> Result<Response<FindUnitByValueResponse>, Status> {
        let staff = guard::actor(&request)?.person()?;
        let asked = request.into_inner().unit.ok_or_else(|| invalid("unit", "is required"))?;
        let value = SecretString::from(unit::bare(&asked.value));
        let found = self.0.find_unit(staff, &value).await?;
        let state = match found.state {
            State::Free => UnitState::Free,
            State::Reserved => UnitState::Reserved,
            State::Sold => UnitState::Sold,
            State::Shared => UnitState::Shared,
            State::Withdrawn => UnitState::Withdrawn,
        };
        let number = found.order_number.as_ref().map(OrderNumber::as_str);
        Ok(Response::new(FindUnitByValueResponse {
            item_id: found.item_id.to_string(),
            item_name: found.item_name,
            state: state.into(),
            order_number: number.unwrap_or_default().to_owned(),
        }))
    }
}

fn encode(receipt: &Receipt) -> StaffOrder {
    StaffOrder {
        order: Some(order::encode(receipt)),
        buyer_id: receipt.order.buyer.0,
        revealed_at: receipt.order.revealed_at.map(timestamp),
    }
}
