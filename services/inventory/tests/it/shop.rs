//! A shop under test: the real service and database, a scripted wallet, and people who call it through the guard.

use std::panic;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use chassis::ground::{Ground, Wires};
use chassis::guard::guarded;
use chassis::lifecycle::CallLost;
use contract::actor::Actor;
use contract::common::{AuditEntry, Money, ReadFeedRequest};
use contract::failure::Failure;
use contract::inventory::catalog_admin_service_client::CatalogAdminServiceClient;
use contract::inventory::catalog_service_client::CatalogServiceClient;
use contract::inventory::event::What;
use contract::inventory::inventory_feed_service_client::InventoryFeedServiceClient;
use contract::inventory::order_admin_service_client::OrderAdminServiceClient;
use contract::inventory::order_service_client::OrderServiceClient;
use contract::inventory::sales_service_client::SalesServiceClient;
use contract::inventory::{
    AddStockRequest, AddStockResponse, CreateCategoryRequest, CreateItemRequest, Event,
    GetItemRequest, GetOrderRequest, Item, ListOrdersRequest, ListOrdersResponse, Order,
    PlaceOrderRequest, UnitValue, UpdateItemRequest,
};
use contract::switchboard::Switchboard;
use contract::wire::Wire;
use inventory::{Faults, Inventory, Moment};
use kernel::clock::Clock;
use kernel::ids::{CategoryId, ItemId, OrderId, PersonId};
use prost::Message;
use sqlx::PgPool;
use testkit::TestDatabase;
use tonic::Request;
use tonic::service::Routes;

use crate::it::wallet::Wallets;

pub const PRICE: i64 = 1_000;
/// A seal key, as the settings write it.
pub const SEAL_KEY: &str = "one:AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=";
/// Staff who may change the catalogue, and buy.
pub const STAFF: i64 = 9_000_000;

/// A moment at which the service is to stop, once.
type Stop = Arc<Mutex<Option<Moment>>>;

pub struct Shop {
    pub pool: PgPool,
    pub ground: Ground,
    pub inventory: Inventory,
    pub wallets: Wallets,
    pub category: CategoryId,
    wire: Wire,
    stop: Stop,
}

/// What a buyer sends.
#[derive(Debug, Clone)]
pub struct Buy {
    pub buyer: i64,
    pub order: OrderId,
    pub item: ItemId,
    pub quantity: u32,
    pub price: i64,
    pub timeout: Duration,
}

impl Buy {
    pub fn one(buyer: i64, item: ItemId) -> Self {
        let order = OrderId::fresh(&Clock::System);
        let timeout = Duration::from_secs(10);
        Self { buyer, order, item, quantity: 1, price: PRICE, timeout }
    }

    /// So little time that no step is tried twice.
    pub fn in_a_hurry(self) -> Self {
        Self { timeout: Duration::from_millis(500), ..self }
    }
}

pub fn rub(minor: i64) -> Money {
    Money { minor, currency: "RUB".into() }
}

impl Shop {
    /// An empty shop with one category. Unfinished orders are due at once; nothing recovers them by itself.
    pub async fn open() -> Self {
        Self::open_with("").await
    }

    /// The same with settings of its own.
    pub async fn open_with(extra: &str) -> Self {
        let migrations = [&durable::MIGRATIONS, &inventory::MIGRATIONS];
        let TestDatabase { pool, database } = testkit::database("inventory", &migrations).await;
        let wallets = Wallets::default();
        let payments = wallets.wire();
        let wires = Wires { payments, inventory: nobody(), bot: nobody(), admin: nobody() };
        let settings = settings(&[SEAL_KEY]) + extra;
        let ground = testkit::ground(&settings, database, wires);
        let stop = Stop::default();
        let inventory = Inventory::open_with(&ground, stopping_at(&stop)).await.unwrap();
        let wire = wire_to(inventory::routes(&inventory), &ground);
        let category = CategoryId::derived("keys");
        let shop = Self { pool, ground, inventory, wallets, category, wire, stop };
        shop.create_category(category, "Keys").await.unwrap();
        shop
    }

    /// The same shop, served by another process.
    pub fn with(&self, inventory: Inventory) -> Self {
        let routes = inventory::routes(&inventory);
        Self { inventory, ..self.served_by(routes) }
    }

    /// The same shop, called through other routes.
    pub fn served_by(&self, routes: Routes) -> Self {
        Self {
            pool: self.pool.clone(),
            wire: wire_to(routes, &self.ground),
            ground: self.ground.clone(),
            inventory: self.inventory.clone(),
            wallets: self.wallets.clone(),
            category: self.category,
            stop: Stop::default(),
        }
    }

    /// The next time a purchase comes to this moment, whatever drives it stops as if the process had died.
    pub fn stop_at(&self, moment: Moment) {
        *self.stop.lock().unwrap() = Some(moment);
    }

    pub fn never_stop(&self) {
        *self.stop.lock().unwrap() = None;
    }

    pub async fn create_category(&self, id: CategoryId, name: &str) -> Result<(), Failure> {
        self.create_category_in("", id, name).await
    }

    pub async fn create_category_in(
        &self,
        parent_id: impl ToString,
        id: CategoryId,
        name: &str,
    ) -> Result<(), Failure> {
        let (category_id, parent_id) = (id.to_string(), parent_id.to_string());
        let request = CreateCategoryRequest { category_id, name: name.into(), parent_id };
        self.admin().create_category(self.staff(request)).await?;
        Ok(())
    }

    /// An item at [`PRICE`] in the shop's category.
    pub async fn create_item(&self, name: &str, unlimited: bool) -> Result<ItemId, Failure> {
        let id = ItemId::fresh(&Clock::System);
        let request = CreateItemRequest {
            item_id: id.to_string(),
            category_id: self.category.to_string(),
            name: name.into(),
            description: "One key".into(),
            price: Some(rub(PRICE)),
            unlimited,
        };
        self.admin().create_item(self.staff(request)).await?;
        Ok(id)
    }

    /// An item with `count` values `<name>-1`, `<name>-2` ...
    pub async fn item_with(&self, name: &str, count: usize) -> ItemId {
        let item = self.create_item(name, false).await.unwrap();
        let values: Vec<_> = (1..=count).map(|nth| format!("{name}-{nth}")).collect();
        for chunk in values.chunks(10_000) {
            self.add_stock(item, chunk).await.unwrap();
        }
        item
    }

    pub async fn add_stock<S: AsRef<str>>(
        &self,
        item: ItemId,
        values: &[S],
    ) -> Result<AddStockResponse, Failure> {
        let batch = kernel::ids::fresh(&Clock::System).to_string();
        self.add_batch(&batch, item, values).await
    }

    pub async fn add_batch<S: AsRef<str>>(
        &self,
        batch: &str,
        item: ItemId,
        values: &[S],
    ) -> Result<AddStockResponse, Failure> {
        let unit = |value: &S| UnitValue { value: value.as_ref().into(), file: None };
        let request = AddStockRequest {
            batch_id: batch.into(),
            item_id: item.to_string(),
            units: values.iter().map(unit).collect(),
        };
        Ok(self.admin().add_stock(self.staff(request)).await?.into_inner())
    }

    pub async fn set_price(&self, item: ItemId, minor: i64) -> Result<Item, Failure> {
        let price = Some(rub(minor));
        self.update_item(item, UpdateItemRequest { price, ..UpdateItemRequest::default() }).await
    }

    /// Changes what the request names; its id is filled in.
    pub async fn update_item(
        &self,
        item: ItemId,
        change: UpdateItemRequest,
    ) -> Result<Item, Failure> {
        let request = UpdateItemRequest { item_id: item.to_string(), ..change };
        Ok(self.admin().update_item(self.staff(request)).await?.into_inner().item.unwrap())
    }

    pub async fn item(&self, item: ItemId) -> Result<Item, Failure> {
        let request = GetItemRequest { item_id: item.to_string() };
        let mut catalog = CatalogServiceClient::new(self.wire.clone());
        Ok(catalog.get_item(self.as_person(STAFF, request)).await?.into_inner().item.unwrap())
    }

    pub async fn buy(&self, buy: &Buy) -> Result<Order, Failure> {
        let mut request = self.as_person(
            buy.buyer,
            PlaceOrderRequest {
                order_id: buy.order.to_string(),
                item_id: buy.item.to_string(),
                quantity: buy.quantity,
                unit_price_seen: Some(rub(buy.price)),
                ..PlaceOrderRequest::default()
            },
        );
        request.set_timeout(buy.timeout);
        let mut orders = OrderServiceClient::new(self.wire.clone());
        Ok(orders.place_order(request).await?.into_inner().order.unwrap())
    }

    pub async fn order(&self, buyer: i64, order: OrderId) -> Result<Order, Failure> {
        let request = GetOrderRequest { order_id: order.to_string() };
        let mut orders = OrderServiceClient::new(self.wire.clone());
        Ok(orders.get_order(self.as_person(buyer, request)).await?.into_inner().order.unwrap())
    }

    pub async fn orders(&self, buyer: i64) -> ListOrdersResponse {
        let mut orders = OrderServiceClient::new(self.wire.clone());
        let request = self.as_person(buyer, ListOrdersRequest::default());
        orders.list_orders(request).await.unwrap().into_inner()
    }

    /// One round of recovery; an error where it was stopped.
    pub async fn recover(&self) -> Result<usize, CallLost> {
        let inventory = self.inventory.clone();
        let round = async move { inventory.recover_orders().await.unwrap() };
        self.ground.lifecycle.call("recovery", round).await
    }

    /// Rounds of recovery until nothing is unfinished.
    pub async fn recover_all(&self) {
        for _ in 0..100 {
            self.make_due().await;
            if self.recover().await.unwrap() == 0 {
                return;
            }
        }
        panic!("orders stay unfinished");
    }

    /// As if time had passed: leases end, and what was put off is due.
    pub async fn make_due(&self) {
        sqlx::query(
            "update orders set due_at = now() - interval '1 second'
             where state in ('reserved', 'charged')",
        )
        .execute(&self.pool)
        .await
        .unwrap();
    }

    pub async fn count(&self, table_and_condition: &str) -> i64 {
        let query = format!("select count(*) from {table_and_condition}");
        sqlx::query_scalar(sqlx::AssertSqlSafe(query)).fetch_one(&self.pool).await.unwrap()
    }

    /// Everything that others were told, in order.
    pub async fn events(&self) -> Vec<What> {
        let written = usize::try_from(self.count("outbox").await).unwrap();
        self.events_until(|events| events.len() >= written).await
    }

    /// The first events, as soon as they are enough. A feed holds back what an open transaction of anybody on the
    /// server could still come before, so that a reader has to be ready to wait.
    pub async fn events_until(&self, enough: impl Fn(&[What]) -> bool) -> Vec<What> {
        let caller = self.ground.caller_for_service("bot");
        let mut feed = InventoryFeedServiceClient::new(self.wire.clone());
        let (mut cursor, mut events) = (String::new(), Vec::new());
        while !enough(&events) {
            let request = ReadFeedRequest { cursor: cursor.clone(), limit: 500, wait_ms: 9_000 };
            let page = feed.read_feed(caller.request(request)).await.unwrap().into_inner();
            let last = page.entries.last().expect("what is written is told");
            cursor = last.cursor.clone();
            let decoded = |entry: &[u8]| Event::decode(entry).unwrap().what.unwrap();
            events.extend(page.entries.iter().map(|entry| decoded(&entry.event)));
        }
        events
    }

    /// The way to the service, for clients of a test's own.
    pub fn wire(&self) -> Wire {
        self.wire.clone()
    }

    pub fn as_service<T>(&self, message: T) -> Request<T> {
        self.ground.caller_for_service("bot").request(message)
    }

    pub fn admin(&self) -> CatalogAdminServiceClient<Wire> {
        CatalogAdminServiceClient::new(self.wire.clone())
    }

    pub fn catalog(&self) -> CatalogServiceClient<Wire> {
        CatalogServiceClient::new(self.wire.clone())
    }

    pub fn order_admin(&self) -> OrderAdminServiceClient<Wire> {
        OrderAdminServiceClient::new(self.wire.clone())
    }

    pub fn sales(&self) -> SalesServiceClient<Wire> {
        SalesServiceClient::new(self.wire.clone())
    }

    /// What staff did so far, but for what they created and put into stock.
    pub async fn audited(&self) -> Vec<AuditEntry> {
        let is_new = |entry: &AuditEntry| {
            entry.action.ends_with(".create") || entry.action == "inventory.stock.add"
        };
        let audited = |event| match event {
            What::Audited(entry) if !is_new(&entry) => Some(entry),
            _ => None,
        };
        self.events().await.into_iter().filter_map(audited).collect()
    }

    /// A call with these permissions.
    pub fn with_bits<T>(&self, bits: u32, message: T) -> Request<T> {
        let actor = Actor::Person { id: PersonId(STAFF), bits };
        self.ground.keys.caller(&actor).request(message)
    }

    pub fn staff<T>(&self, message: T) -> Request<T> {
        let staff = Actor::Person { id: PersonId(STAFF), bits: 1 | 16 };
        self.ground.keys.caller(&staff).request(message)
    }

    pub fn as_person<T>(&self, id: i64, message: T) -> Request<T> {
        self.ground.keys.caller(&Actor::Person { id: PersonId(id), bits: 1 }).request(message)
    }

    /// What must be true once everything has come to rest, whatever happened before.
    pub async fn check_books(&self) {
        for (what, broken) in [
            ("unfinished orders", "orders where state in ('reserved', 'charged')"),
            ("reserved units", "units where state = 'reserved'"),
            (
                "units that were stocked and are not there",
                // The value of an unlimited item can be set back, which adds no unit.
                "(select 1 where (select count(*) from units join items i on i.id = item_id
                                  where not unlimited)
                                <> (select coalesce(sum(added), 0) from stock_batches
                                    join items i on i.id = item_id where not unlimited)) lost",
            ),
            (
                "delivered lines without exactly their units",
                "order_lines l join orders o on o.id = l.order_id
                 where o.state = 'delivered' and case when l.shared_unit_id is null
                     then l.quantity else 0 end <> (
                         select count(*) from units u
                         where u.order_id = o.id and u.item_id = l.item_id and u.state = 'sold')",
            ),
            (
                "sold units whose order is not delivered",
                "units u left join orders o on o.id = u.order_id
                 where u.state = 'sold' and o.state is distinct from 'delivered'",
            ),
            (
                "orders whose total is not that of their lines",
                "orders o where total_minor <> (
                     select sum(unit_price_minor * quantity - discount_minor) from order_lines
                     where order_id = o.id)",
            ),
            (
                "codes whose uses are not counted",
                "promos p where uses <> (select count(*) from promo_uses where promo_id = p.id)",
            ),
            (
                "lines with a code whose use is not written, or written for a released order",
                "order_lines l join orders o on o.id = l.order_id
                 where l.promo_id is not null and (o.state = 'delivered') <> exists (
                     select from promo_uses u where u.promo_id = l.promo_id
                         and u.person_id = o.buyer_id and u.order_id = o.id)",
            ),
        ] {
            assert_eq!(self.count(broken).await, 0, "{what}");
        }
        self.check_money().await;
        self.check_events().await;
    }

    /// Charged exactly once is what was delivered, and nothing else.
    async fn check_money(&self) {
        let delivered: Vec<(String, i64, i64)> = sqlx::query_as(
            "select id::text, buyer_id, total_minor from orders
             where state = 'delivered' and total_minor > 0 order by 1",
        )
        .fetch_all(&self.pool)
        .await
        .unwrap();
        let charged = self.wallets.charged().into_iter();
        let mut charged: Vec<_> = charged.map(|(order, t)| (order, t.person, t.minor)).collect();
        charged.sort();
        assert_eq!(charged, delivered, "charged is what is delivered");
    }

    async fn check_events(&self) {
        let events = self.events().await;
        let mut told: Vec<_> = events
            .iter()
            .filter_map(|event| match event {
                What::OrderDelivered(told) => Some(told.order_id.clone()),
                _ => None,
            })
            .collect();
        told.sort();
        let delivered: Vec<String> =
            sqlx::query_scalar("select id::text from orders where state = 'delivered' order by 1")
                .fetch_all(&self.pool)
                .await
                .unwrap();
        assert_eq!(told, delivered, "each delivery is told once");
    }
}

pub fn settings(seal_keys: &[&str]) -> String {
    format!(
        "[inventory]\nreserve_seconds = 0\n[database]\npool_size = 20\n\
         [security]\nseal_keys = {seal_keys:?}\n"
    )
}

/// The values of an order's only line.
pub fn values(order: &Order) -> Vec<String> {
    order.lines[0].units.iter().map(|unit| unit.value.clone()).collect()
}

fn wire_to(routes: Routes, ground: &Ground) -> Wire {
    let board = Switchboard::default();
    board.connect(guarded(routes, ground.keys.clone(), ground.lifecycle.clone()));
    board.wire()
}

fn nobody() -> Wire {
    Switchboard::default().wire()
}

fn stopping_at(stop: &Stop) -> Faults {
    let stop = Arc::clone(stop);
    Faults::rehearse(move |moment| {
        let stops = stop.lock().unwrap().take_if(|armed| *armed == moment).is_some();
        if stops {
            // A panic without its report: it is meant.
            panic::resume_unwind(Box::new(format!("stopped at {moment:?}")));
        }
    })
}
