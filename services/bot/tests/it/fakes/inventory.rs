//! Orders in memory, delivered at once; the feed of inventory.

use contract::failure::{Failure, Kind};
use contract::inventory::inventory_feed_service_server::InventoryFeedService;
use contract::inventory::order_service_server::OrderService;
use contract::inventory::*;
use kernel::ids::OrderId;

use super::selling::discounted;
use super::*;

type Answer<T> = Result<tonic::Response<T>, Status>;

#[tonic::async_trait]
impl OrderService for Fakes {
    async fn place_order(&self, request: Request<PlaceOrderRequest>) -> Answer<PlaceOrderResponse> {
        let buyer = self.enter("place_order", &request)?;
        let wish = request.into_inner();
        let order = {
            let mut state = self.state();
            let known = state.orders.iter().find(|(_, order)| order.order_id == wish.order_id);
            if let Some((_, order)) = known {
                return Ok(PlaceOrderResponse { order: Some(order.clone()) }.into());
            }
            let order = place(&mut state, buyer, &wish)?;
            state.orders.push((buyer, order.clone()));
            order
        };
        let order_id = order.order_id.clone();
        let delivered = OrderDelivered { order_id, buyer_id: buyer, ..OrderDelivered::default() };
        self.tell_inventory(event::What::OrderDelivered(delivered));
        Ok(PlaceOrderResponse { order: Some(order) }.into())
    }

    async fn get_order(&self, request: Request<GetOrderRequest>) -> Answer<GetOrderResponse> {
        let buyer = self.enter("get_order", &request)?;
        let id = request.into_inner().order_id;
        let state = self.state();
        let mut own = state.orders.iter().filter(|(whose, _)| *whose == buyer);
        let order = own.find(|(_, order)| order.order_id == id).map(|(_, order)| order.clone());
        let order = order.ok_or_else(|| missing("inventory.order_missing"))?;
        Ok(GetOrderResponse { order: Some(order) }.into())
    }

    async fn list_orders(&self, request: Request<ListOrdersRequest>) -> Answer<ListOrdersResponse> {
        let buyer = self.enter("list_orders", &request)?;
        let state = self.state();
        let own: Vec<Order> = state
            .orders
            .iter()
            .filter(|(whose, order)| *whose == buyer && order.state() == OrderState::Delivered)
            .map(|(_, order)| order.clone())
            .collect();
        let orders = page_of(&own, request.into_inner().page);
        Ok(ListOrdersResponse { orders, total: own.len() as u64 }.into())
    }
}

fn place(state: &mut State, buyer: i64, wish: &PlaceOrderRequest) -> Result<Order, Status> {
    let id: OrderId = contract::convert::id("order_id", &wish.order_id)?;
    if id.0.get_version_num() != 7 {
        return Err(contract::convert::invalid("order_id", "not a fresh id").into());
    }
    let at = state.items.iter().position(|item| item.item_id == wish.item_id);
    let at = at.ok_or_else(|| missing("inventory.item_missing"))?;
    let item = state.items[at].clone();
    let price = item.price.as_ref().map_or(0, |price| price.minor);
    let seen = wish.unit_price_seen.as_ref().map_or(0, |seen| seen.minor);
    let conflict = |code: &str| Failure::new(Kind::Conflict, code);
    if price != seen {
        return Err(conflict("inventory.price_changed").with("price_minor", price).into());
    }
    let quantity = wish.quantity;
    let wanted = if item.unlimited { 1 } else { quantity };
    if item.in_stock < wanted {
        return Err(conflict("inventory.out_of_stock").into());
    }
    let (discount, promo_code) = match wish.promo_id.as_str() {
        "" => (0, String::new()),
        _ => discounted(state, wish)?,
    };
    let total = price * i64::from(quantity) - discount;
    let wallet = state.wallets.entry(buyer).or_default();
    if wallet.available < total {
        return Err(conflict("payments.insufficient_funds")
            .with("available_minor", wallet.available)
            .with("missing_minor", total - wallet.available)
            .into());
    }
    wallet.available -= total;
    wallet.spent += total;
    if !item.unlimited {
        state.items[at].in_stock -= quantity;
    }
    let mut order = delivered(id, &item.name, price, &format!("value of {}", item.name));
    order.total = Some(roubles(total));
    order.lines[0].discount = Some(roubles(discount));
    order.lines[0].promo_code = promo_code;
    order.lines[0].quantity = quantity;
    let more = (1..quantity).map(|nth| format!("value {nth} of {}", item.name));
    order.lines[0].units.extend(more.map(|value| UnitValue { value, file: None }));
    if item.sells_files {
        sell_files(&state.stock, &mut order);
    }
    Ok(order)
}

/// Instead of values the files that staff sent, by their names, without their contents.
fn sell_files(stock: &StockRoom, order: &mut Order) {
    let mut names: Vec<_> = stock.files.keys().cloned().collect();
    names.sort();
    for (unit, name) in order.lines[0].units.iter_mut().zip(names) {
        let size = u32::try_from(stock.files[&name].content.len()).unwrap_or_default();
        let file = UnitFile { file_id: name.clone(), name, size, content: Vec::new() };
        *unit = UnitValue { value: String::new(), file: Some(file) };
    }
}

#[tonic::async_trait]
impl InventoryFeedService for Fakes {
    async fn read_feed(&self, request: Request<ReadFeedRequest>) -> Answer<ReadFeedResponse> {
        self.enter("read_inventory", &request)?;
        Ok(self.feed(request.into_inner(), |state| &state.inventory_events).await.into())
    }
}
