//! Orders as RPCs for buyers.

use std::time::Duration;

use chassis::guard;
use contract::convert::{self, invalid, timestamp};
use contract::failure::Failure;
use contract::inventory::order_service_server::OrderService;
use contract::inventory::{
    GetOrderRequest, GetOrderResponse, ListOrdersRequest, ListOrdersResponse, OrderLine,
    OrderState, PlaceOrderRequest, PlaceOrderResponse, SeenLine, UnitFile, UnitValue,
};
use contract::wire;
use kernel::ids::{OrderId, PersonId};
use kernel::money::Money;
use secrecy::ExposeSecret;
use tokio::time::Instant;
use tonic::{Request, Response, Status};

use crate::domain::basket::{Basket, Seen, Source};
use crate::domain::file::Opened;
use crate::domain::order::{Line, Quantity, Receipt, Wish};
use crate::domain::purchase::{Purchase, Refusal};
use crate::operations::{Bought, Inventory, first_failure};

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
        let request = request.into_inner();
        let receipt = if request.promo_id.is_empty() {
            self.0.place_order(&decode_wish(&request, buyer)?, until).await?
        } else {
            let basket = decode_basket(request, buyer)?;
            match self.0.buy_basket(&basket, until).await? {
                Bought::Whole(receipt) => receipt,
                Bought::Changed(differences) => {
                    return Err(first_failure(&differences, &basket).into());
                }
            }
        };
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
pub(super) fn last_try<T>(request: &Request<T>) -> Instant {
    let deadline = wire::deadline_of(request.metadata().as_ref()).unwrap_or(wire::DEADLINE);
    Instant::now() + deadline.min(wire::DEADLINE).saturating_sub(RESERVE_FOR_ANSWER)
}

/// The id becomes the id of the charge. It must be a fresh one, version 7: ids that services derive from words are
/// version 5, so that no id in a request can be one that the ledger will need for something else.
pub(super) fn fresh_order_id(text: &str) -> Result<OrderId, Failure> {
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

/// One item with a code, from its card.
fn decode_basket(request: PlaceOrderRequest, buyer: PersonId) -> Result<Basket, Failure> {
    let order_id = fresh_order_id(&request.order_id)?;
    let line = decode_seen(SeenLine {
        item_id: request.item_id,
        quantity: request.quantity,
        unit_price: request.unit_price_seen,
        promo_id: request.promo_id,
        discount: request.discount_seen,
    })?;
    Basket::new(order_id, buyer, Source::Card, vec![line])
        .map_err(|why| invalid("discount_seen", why))
}

/// A line as it was seen.
pub(super) fn decode_seen(line: SeenLine) -> Result<Seen, Failure> {
    let unit_price = convert::money("unit_price", line.unit_price)?;
    let promo_id = match line.promo_id.as_str() {
        "" => None,
        id => Some(convert::id("promo_id", id)?),
    };
    let discount = match line.discount {
        Some(discount) => convert::money("discount", Some(discount))?,
        None => Money::zero(unit_price.currency),
    };
    Ok(Seen {
        item_id: convert::id("item_id", &line.item_id)?,
        quantity: Quantity::new(line.quantity).map_err(|why| invalid("quantity", why))?,
        unit_price,
        promo_id,
        discount,
    })
}

pub fn encode(receipt: &Receipt) -> contract::inventory::Order {
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
        discount: Some(line.discount.into()),
        promo_code: line.promo_code.clone().unwrap_or_default(),
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
