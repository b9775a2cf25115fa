//! Orders of anybody in memory, for staff.

use contract::failure::{Failure, Kind};
use contract::inventory::order_admin_service_server::OrderAdminService;
use contract::inventory::*;

use super::*;

type Answer<T> = Result<tonic::Response<T>, Status>;

fn told(buyer_id: i64, order: &Order) -> StaffOrder {
    StaffOrder { order: Some(order.clone()), buyer_id, revealed_at: order.delivered_at }
}

fn without_goods(buyer_id: i64, order: &Order) -> StaffOrder {
    let mut order = order.clone();
    order.lines.iter_mut().for_each(|line| line.units.clear());
    told(buyer_id, &order)
}

#[tonic::async_trait]
impl OrderAdminService for Fakes {
    async fn find_order(&self, request: Request<FindOrderRequest>) -> Answer<FindOrderResponse> {
        self.enter("find_order", &request)?;
        let number = request.into_inner().number;
        let state = self.state();
        let found = state.orders.iter().find(|(_, order)| order.number == number.trim());
        let (buyer, order) = found.ok_or_else(|| missing("inventory.order_missing"))?;
        Ok(FindOrderResponse { order: Some(without_goods(*buyer, order)) }.into())
    }

    async fn reveal_order(
        &self,
        request: Request<RevealOrderRequest>,
    ) -> Answer<RevealOrderResponse> {
        self.enter("reveal_order", &request)?;
        let RevealOrderRequest { order_id, reason } = request.into_inner();
        if reason.trim().len() < 3 {
            return Err(contract::convert::invalid("reason", "too short").into());
        }
        let mut state = self.state();
        state.reasons.push(reason);
        let found = state.orders.iter().find(|(_, order)| order.order_id == order_id);
        let (buyer, order) = found.ok_or_else(|| missing("inventory.order_missing"))?;
        Ok(RevealOrderResponse { order: Some(told(*buyer, order)) }.into())
    }

    async fn list_orders_of(
        &self,
        request: Request<ListOrdersOfRequest>,
    ) -> Answer<ListOrdersOfResponse> {
        self.enter("list_orders_of", &request)?;
        let ListOrdersOfRequest { person_id, page } = request.into_inner();
        let state = self.state();
        let own = state.orders.iter().filter(|(buyer, _)| *buyer == person_id);
        let own: Vec<_> = own.map(|(buyer, order)| without_goods(*buyer, order)).collect();
        let total = own.len() as u64;
        Ok(ListOrdersOfResponse { orders: page_of(&own, page), total }.into())
    }

    async fn find_unit_by_value(
        &self,
        request: Request<FindUnitByValueRequest>,
    ) -> Answer<FindUnitByValueResponse> {
        self.enter("find_unit_by_value", &request)?;
        let value = request.into_inner().unit.unwrap_or_default().value;
        let state = self.state();
        let holds = |line: &&OrderLine| line.units.iter().any(|unit| unit.value == value);
        let found = state.orders.iter().find_map(|(_, order)| {
            let line = order.lines.iter().find(holds)?;
            Some(FindUnitByValueResponse {
                item_id: line.item_id.clone(),
                item_name: line.item_name.clone(),
                state: UnitState::Sold.into(),
                order_number: order.number.clone(),
            })
        });
        let unknown = || Failure::new(Kind::Missing, "inventory.unit_missing").into();
        found.map(tonic::Response::new).ok_or_else(unknown)
    }
}
