//! Orders as RPCs for buyers.

use std::time::Duration;

use chassis::guard;
use contract::convert::{self, invalid, timestamp};
use contract::failure::Failure;
use contract::inventory::order_service_server::OrderService;
use contract::inventory::{
    GetOrderRequest, GetOrderResponse, ListOrdersRequest, ListOrdersResponse, OrderLine,
    OrderState, PlaceOrderRequest, PlaceOrderResponse, UnitFile, UnitValue,
};
use contract::wire;
use kernel::ids::{OrderId, PersonId};
use secrecy::ExposeSecret;
use tokio::time::Instant;
use tonic::{Request, Response, Status};

use crate::domain::file::Opened;
use crate::domain::order::{Line, Quantity, Receipt, Wish};
use crate::domain::purchase::{Purchase, Refusal};
use crate::operations::Inventory;

/// Kept back from the caller's deadline, so that the answer arrives before it.
const RESERVE_FOR_ANSWER: Duration = Duration::from_millis(500);

pub struct Api(pub Inventory);

#[tonic::async_trait]
impl OrderService for Api {
    async fn place_order(
        &self,
        request: Request<PlaceOrderRequest>,
    ) -> Result<Response<PlaceOrderResponse>, Status> {
        let buyer = guard::actor(&request)?.person()?;
        let until = last_try(&request);
        let wish = decode_wish(&request.into_inner(), buyer)?;
        let receipt = self.0.place_order(&wish, until).await?;
        Ok(Response::new(PlaceOrderResponse { order: Some(encode(&receipt)) }))
    }

    async fn get_order(
        &self,
        request: Request<GetOrderRequest>,
    ) -> Result<Response<GetOrderResponse>, Status> {
        let buyer = guard::actor(&request)?.person()?;
        let id = convert::id("order_id", &request.into_inner().order_id)?;
        let receipt = self.0.get_order(buyer, id).await?;
        Ok(Response::new(GetOrderResponse { order: Some(encode(&receipt)) }))
    }

    async fn list_orders(
        &self,
        request: Request<ListOrdersRequest>,
    ) -> Result<Response<ListOrdersResponse>, Status> {
        let buyer = guard::actor(&request)?.person()?;
        let page = convert::page(request.into_inner().page);
        let page = self.0.list_orders(buyer, page).await?;
        let orders = page.rows.iter().map(encode).collect();
        Ok(Response::new(ListOrdersResponse { orders, total: page.total }))
    }
}

/// When it is too late to try a step again.
fn last_try<T>(request: &Request<T>) -> Instant {
    let deadline = wire::deadline_of(request.metadata().as_ref()).unwrap_or(wire::DEADLINE);
    Instant::now() + deadline.min(wire::DEADLINE).saturating_sub(RESERVE_FOR_ANSWER)
}

/// The id becomes the id of the charge. It must be a fresh one, version 7: ids that services derive from words are
/// version 5, so that no id in a request can be one that the ledger will need for something else.
fn fresh_order_id(text: &str) -> Result<OrderId, Failure> {
    let id: OrderId = convert::id("order_id", text)?;
    if id.0.get_version_num() == 7 { Ok(id) } else { Err(invalid("order_id", "not a fresh id")) }
}

fn decode_wish(request: &PlaceOrderRequest, buyer: PersonId) -> Result<Wish, Failure> {
    Ok(Wish {
        order_id: fresh_order_id(&request.order_id)?,
        buyer,
        item_id: convert::id("item_id", &request.item_id)?,
        quantity: Quantity::new(request.quantity).map_err(|why| invalid("quantity", why))?,
        price_seen: convert::money("unit_price_seen", request.unit_price_seen.clone())?,
    })
}

fn encode(receipt: &Receipt) -> contract::inventory::Order {
    let order = &receipt.order;
    let state = match order.state {
        Purchase::New | Purchase::Reserved | Purchase::Declined(_) => OrderState::Reserved,
        Purchase::Charged => OrderState::Charged,
        Purchase::Delivered => OrderState::Delivered,
        Purchase::Released(_) | Purchase::Rejected(_) => OrderState::Released,
    };
    contract::inventory::Order {
        order_id: order.id.to_string(),
        number: order.number.as_str().to_owned(),
        state: state.into(),
        lines: receipt.lines.iter().map(encode_line).collect(),
        total: Some(order.total.into()),
        placed_at: Some(timestamp(order.placed_at)),
        delivered_at: order.delivered_at.map(timestamp),
        release_reason: order.state.refusal().map(Refusal::code).unwrap_or_default().to_owned(),
    }
}

fn encode_line(line: &Line) -> OrderLine {
    OrderLine {
        item_id: line.item_id.to_string(),
        item_name: line.item_name.clone(),
        unit_price: Some(line.unit_price.into()),
        quantity: line.quantity,
        units: line.values.iter().map(encode_opened).collect(),
    }
}

/// What lies in a unit; a file without its content.
pub fn encode_opened(opened: &Opened) -> UnitValue {
    match opened {
        Opened::Value(value) => UnitValue { value: value.expose_secret().into(), file: None },
        Opened::File { id, label } => UnitValue {
            value: String::new(),
            file: Some(UnitFile {
                name: label.name.clone(),
                content: Vec::new(),
                file_id: id.clone(),
                size: label.size,
            }),
        },
    }
}
