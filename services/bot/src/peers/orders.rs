//! Orders of the person.

use contract::convert;
use contract::failure::{Failure, Kind};
use contract::inventory as wire;
use contract::inventory::goods_service_client::GoodsServiceClient;
use contract::inventory::order_service_client::OrderServiceClient;
use jiff::Timestamp;
use kernel::ids::{ItemId, OrderId};
use kernel::money::Money;
use kernel::page::{Page, PageRequest};

use crate::peers::carts::Seen;
use crate::peers::{GOODS_BYTES_MAX, Peers, absent, page};

/// What was bought.
#[derive(Debug, Clone)]
pub struct Order {
    /// Its id.
    pub id: OrderId,
    /// What people call it.
    pub number: String,
    /// How far it is.
    pub state: OrderState,
    /// What it consists of.
    pub lines: Vec<Line>,
    /// What it cost.
    pub total: Money,
    /// When it was placed.
    pub placed_at: Timestamp,
    /// Stable code of why it was undone; empty otherwise.
    pub release_reason: String,
}

/// How far an order is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OrderState {
    /// Somewhere on its way; it ends by itself.
    Open,
    /// The goods are the buyer's.
    Delivered,
    /// Undone; nothing was charged.
    Released,
}

impl Order {
    /// The order is on its way; asked again later, it has ended.
    pub fn still_open() -> Failure {
        Failure::new(Kind::Unavailable, "bot.order_open")
    }
}

/// One item of an order.
#[derive(Debug, Clone)]
pub struct Line {
    /// Which.
    pub item: ItemId,
    /// As it was when it was bought.
    pub name: String,
    /// What one cost.
    pub unit_price: Money,
    /// How many.
    pub quantity: u32,
    /// What a code took off the whole line.
    pub discount: Money,
    /// That code; empty for none.
    pub promo_code: String,
    /// The goods; only where they were asked for.
    units: Vec<wire::UnitValue>,
}

/// A file that was bought.
#[derive(Debug, Clone)]
pub struct File {
    /// For [`Peers::get_file`].
    pub id: String,
    /// With its extension.
    pub name: String,
}

impl Line {
    /// The goods that are texts.
    pub fn values(&self) -> impl Iterator<Item = &str> {
        let values = self.units.iter().filter(|unit| unit.file.is_none());
        values.map(|unit| unit.value.as_str())
    }

    /// The goods that are files.
    pub fn files(&self) -> impl Iterator<Item = File> {
        let files = self.units.iter().filter_map(|unit| unit.file.as_ref());
        files.map(|file| File { id: file.file_id.clone(), name: file.name.clone() })
    }
}

impl Order {
    /// The goods of all lines that are texts.
    pub fn values(&self) -> impl Iterator<Item = &str> {
        self.lines.iter().flat_map(Line::values)
    }

    /// The goods of all lines that are files.
    pub fn files(&self) -> impl Iterator<Item = File> {
        self.lines.iter().flat_map(Line::files)
    }

    /// What stands for it in a list: its first item.
    pub fn title(&self) -> &str {
        self.lines.first().map_or(&self.number, |line| &line.name)
    }
}

impl TryFrom<wire::Order> for Order {
    type Error = Failure;

    fn try_from(order: wire::Order) -> Result<Self, Failure> {
        let state = match order.state() {
            wire::OrderState::Delivered => OrderState::Delivered,
            wire::OrderState::Released => OrderState::Released,
            wire::OrderState::Reserved
            | wire::OrderState::Charged
            | wire::OrderState::Unspecified => OrderState::Open,
        };
        Ok(Self {
            id: convert::id("order_id", &order.order_id)?,
            number: order.number,
            state,
            lines: order.lines.into_iter().map(Line::try_from).collect::<Result<_, _>>()?,
            total: convert::money("total", order.total)?,
            placed_at: convert::instant(order.placed_at),
            release_reason: order.release_reason,
        })
    }
}

impl TryFrom<wire::OrderLine> for Line {
    type Error = Failure;

    fn try_from(line: wire::OrderLine) -> Result<Self, Failure> {
        let unit_price = convert::money("unit_price", line.unit_price)?;
        // An older release takes nothing off and says nothing of it.
        let discount = match line.discount {
            Some(discount) => convert::money("discount", Some(discount))?,
            None => Money::zero(unit_price.currency),
        };
        Ok(Self {
            item: convert::id("item_id", &line.item_id)?,
            name: line.item_name,
            unit_price,
            quantity: line.quantity,
            discount,
            promo_code: line.promo_code,
            units: line.units,
        })
    }
}

impl Peers {
    /// Buys at the price of one that was seen; the same id is the same order.
    pub async fn place_order(
        &self,
        id: OrderId,
        item: ItemId,
        quantity: u8,
        seen: Money,
    ) -> Result<Order, Failure> {
        let request = self.work(wire::PlaceOrderRequest {
            order_id: id.to_string(),
            item_id: item.to_string(),
            quantity: quantity.into(),
            unit_price_seen: Some(seen.into()),
            ..wire::PlaceOrderRequest::default()
        });
        let answer = self.orders().place_order(request).await?.into_inner();
        answer.order.ok_or_else(|| absent("order"))?.try_into()
    }

    /// Buys a line as it was seen, with its code; the same id is the same order.
    pub async fn place_discounted(&self, id: OrderId, seen: &Seen) -> Result<Order, Failure> {
        let request = self.work(wire::PlaceOrderRequest {
            order_id: id.to_string(),
            item_id: seen.item.to_string(),
            quantity: seen.quantity,
            unit_price_seen: Some(seen.unit_price.into()),
            promo_id: seen.promo.map(|promo| promo.to_string()).unwrap_or_default(),
            discount_seen: Some(seen.discount.into()),
        });
        let answer = self.orders().place_order(request).await?.into_inner();
        answer.order.ok_or_else(|| absent("order"))?.try_into()
    }

    /// One order with its goods.
    pub async fn get_order(&self, id: OrderId) -> Result<Order, Failure> {
        let request = self.read(wire::GetOrderRequest { order_id: id.to_string() });
        let answer = self.orders().get_order(request).await?.into_inner();
        answer.order.ok_or_else(|| absent("order"))?.try_into()
    }

    /// Delivered orders, newest first, without goods.
    pub async fn list_orders(&self, at: PageRequest) -> Result<Page<Order>, Failure> {
        let request = self.read(wire::ListOrdersRequest { page: Some(page(at)) });
        let answer = self.orders().list_orders(request).await?.into_inner();
        let rows = answer.orders.into_iter().map(Order::try_from).collect::<Result<_, _>>()?;
        Ok(Page { rows, total: answer.total })
    }

    /// The content of a file that was bought.
    pub async fn get_file(&self, order: OrderId, file: &str) -> Result<Vec<u8>, Failure> {
        let (order_id, file_id) = (order.to_string(), file.to_owned());
        let request = self.read(wire::GetFileRequest { order_id, file_id });
        let mut goods = GoodsServiceClient::new(self.wires.inventory.clone());
        let answer = goods.get_file(request).await?.into_inner();
        Ok(answer.file.ok_or_else(|| absent("file"))?.content)
    }

    fn orders(&self) -> OrderServiceClient<contract::wire::Wire> {
        OrderServiceClient::new(self.wires.inventory.clone())
            .max_decoding_message_size(GOODS_BYTES_MAX)
    }
}
