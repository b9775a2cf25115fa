//! Inventory in memory: a catalogue, orders that are delivered at once, stock that is counted.

use contract::failure::{Failure, Kind};
use contract::inventory::catalog_admin_service_server::CatalogAdminService;
use contract::inventory::catalog_service_server::CatalogService;
use contract::inventory::inventory_feed_service_server::InventoryFeedService;
use contract::inventory::order_service_server::OrderService;
use contract::inventory::*;
use kernel::ids::OrderId;

use super::*;

type Answer<T> = Result<tonic::Response<T>, Status>;

#[tonic::async_trait]
impl CatalogService for Fakes {
    async fn list_categories(
        &self,
        request: Request<ListCategoriesRequest>,
    ) -> Answer<ListCategoriesResponse> {
        self.enter("list_categories", &request)?;
        let state = self.state();
        let categories = page_of(&state.categories, request.into_inner().page);
        let total = state.categories.len() as u64;
        Ok(ListCategoriesResponse { categories, total }.into())
    }

    async fn list_items(&self, request: Request<ListItemsRequest>) -> Answer<ListItemsResponse> {
        self.enter("list_items", &request)?;
        let ListItemsRequest { category_id, page } = request.into_inner();
        let state = self.state();
        let category = state.categories.iter().find(|one| one.category_id == category_id);
        let category = category.cloned().ok_or_else(|| missing("inventory.category_missing"))?;
        let items: Vec<Item> =
            state.items.iter().filter(|item| item.category_id == category_id).cloned().collect();
        let total = items.len() as u64;
        let items = page_of(&items, page);
        Ok(ListItemsResponse { category: Some(category), items, total }.into())
    }

    async fn get_item(&self, request: Request<GetItemRequest>) -> Answer<GetItemResponse> {
        self.enter("get_item", &request)?;
        let id = request.into_inner().item_id;
        let state = self.state();
        let item = state.items.iter().find(|item| item.item_id == id).cloned();
        let item = item.ok_or_else(|| missing("inventory.item_missing"))?;
        Ok(GetItemResponse { item: Some(item) }.into())
    }
}

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
        let delivered = OrderDelivered { order_id: order.order_id.clone(), buyer_id: buyer };
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
    if !item.unlimited && item.in_stock < quantity {
        return Err(conflict("inventory.out_of_stock").into());
    }
    let total = price * i64::from(quantity);
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
impl CatalogAdminService for Fakes {
    async fn create_category(
        &self,
        request: Request<CreateCategoryRequest>,
    ) -> Answer<CreateCategoryResponse> {
        self.enter("create_category", &request)?;
        let CreateCategoryRequest { category_id, name } = request.into_inner();
        let mut state = self.state();
        if state.categories.iter().any(|one| one.name == name && one.category_id != category_id) {
            return Err(Failure::new(Kind::Conflict, "inventory.name_taken").into());
        }
        let category = Category { category_id, name };
        if !state.categories.contains(&category) {
            state.categories.push(category.clone());
        }
        Ok(CreateCategoryResponse { category: Some(category) }.into())
    }

    async fn create_item(&self, request: Request<CreateItemRequest>) -> Answer<CreateItemResponse> {
        self.enter("create_item", &request)?;
        let new = request.into_inner();
        let item = Item {
            item_id: new.item_id,
            category_id: new.category_id,
            name: new.name,
            description: new.description,
            price: new.price,
            unlimited: new.unlimited,
            in_stock: 0,
            ..Item::default()
        };
        let mut state = self.state();
        if !state.items.iter().any(|known| known.item_id == item.item_id) {
            state.items.push(item.clone());
        }
        Ok(CreateItemResponse { item: Some(item) }.into())
    }

    async fn set_price(&self, request: Request<SetPriceRequest>) -> Answer<SetPriceResponse> {
        self.enter("set_price", &request)?;
        let SetPriceRequest { item_id, price } = request.into_inner();
        let mut state = self.state();
        let item = state.items.iter_mut().find(|item| item.item_id == item_id);
        let item = item.ok_or_else(|| missing("inventory.item_missing"))?;
        item.price = price;
        Ok(SetPriceResponse { item: Some(item.clone()) }.into())
    }

    async fn add_stock(&self, request: Request<AddStockRequest>) -> Answer<AddStockResponse> {
        self.enter("add_stock", &request)?;
        let AddStockRequest { batch_id, item_id, units } = request.into_inner();
        let mut state = self.state();
        for file in units.iter().filter_map(|unit| unit.file.clone()) {
            state.stock.files.insert(file.name.clone(), file);
        }
        let values: Vec<String> = units.into_iter().map(|unit| unit.value).collect();
        let added = u32::try_from(values.len()).unwrap_or_default();
        if state.batches.insert(batch_id, values).is_none()
            && let Some(item) = state.items.iter_mut().find(|item| item.item_id == item_id)
            && !item.unlimited
        {
            item.in_stock += added;
        }
        Ok(AddStockResponse { added, known: 0, repeated_in_batch: 0, invalid: 0 }.into())
    }
}

#[tonic::async_trait]
impl InventoryFeedService for Fakes {
    async fn read_feed(&self, request: Request<ReadFeedRequest>) -> Answer<ReadFeedResponse> {
        self.enter("read_inventory", &request)?;
        Ok(self.feed(request.into_inner(), |state| &state.inventory_events).await.into())
    }
}
