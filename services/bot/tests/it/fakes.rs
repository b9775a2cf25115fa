//! Payments and inventory as the bot sees them: in memory, over the real contract, with what a test wants to go wrong.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use chassis::guard;
use chassis::lifecycle::Lifecycle;
use contract::actor::ActorKeys;
use contract::common::{self, FeedEntry, ReadFeedRequest, ReadFeedResponse};
use contract::failure::{Failure, Kind};
use contract::inventory::buyer_service_server::BuyerServiceServer;
use contract::inventory::cart_service_server::CartServiceServer;
use contract::inventory::catalog_admin_service_server::CatalogAdminServiceServer;
use contract::inventory::catalog_service_server::CatalogServiceServer;
use contract::inventory::goods_service_server::GoodsServiceServer;
use contract::inventory::inventory_feed_service_server::InventoryFeedServiceServer;
use contract::inventory::order_admin_service_server::OrderAdminServiceServer;
use contract::inventory::order_service_server::OrderServiceServer;
use contract::inventory::promo_admin_service_server::PromoAdminServiceServer;
use contract::inventory::promo_service_server::PromoServiceServer;
use contract::inventory::review_admin_service_server::ReviewAdminServiceServer;
use contract::inventory::review_service_server::ReviewServiceServer;
use contract::inventory::sales_service_server::SalesServiceServer;
use contract::inventory::stock_admin_service_server::StockAdminServiceServer;
use contract::inventory::waiting_service_server::WaitingServiceServer;
use contract::payments::invoice_service_server::InvoiceServiceServer;
use contract::payments::payments_admin_service_server::PaymentsAdminServiceServer;
use contract::payments::payments_feed_service_server::PaymentsFeedServiceServer;
use contract::payments::referral_service_server::ReferralServiceServer;
use contract::payments::wallet_service_server::WalletServiceServer;
use contract::switchboard::Switchboard;
use contract::wire::Wire;
use contract::{inventory, payments};
use jiff::Timestamp;
use kernel::clock::Clock;
use kernel::ids::{CategoryId, ItemId, OrderId};
use tokio::sync::Notify;
use tonic::service::Routes;
use tonic::{Request, Status};

#[path = "fakes/admin.rs"]
pub mod admin_side;
#[path = "fakes/buyers.rs"]
mod buyers_side;
#[path = "fakes/catalogue.rs"]
mod catalogue_side;
#[path = "fakes/inventory.rs"]
mod inventory_side;
#[path = "fakes/order_admin.rs"]
mod order_admin_side;
#[path = "fakes/payments_admin.rs"]
mod payments_admin_side;
#[path = "fakes/payments.rs"]
mod payments_side;
#[path = "fakes/referrals.rs"]
mod referrals_side;
#[path = "fakes/reviews.rs"]
mod reviews_side;
#[path = "fakes/sales.rs"]
pub mod sales_side;
#[path = "fakes/selling.rs"]
mod selling;
#[path = "fakes/stock.rs"]
mod stock_side;

pub use stock_side::StockRoom;

/// The moment at which orders are placed in these tests.
pub const NOW: &str = "2026-01-02T03:04:05Z";

/// Both services. Clones are the same.
#[derive(Clone, Default)]
pub struct Fakes {
    state: Arc<Mutex<State>>,
    /// Wakes followers.
    pub bell: Arc<Notify>,
    lifecycle: Arc<Mutex<Option<Lifecycle>>>,
}

/// What is in them.
#[derive(Default)]
pub struct State {
    pub categories: Vec<inventory::Category>,
    pub items: Vec<inventory::Item>,
    pub archived_categories: Vec<inventory::Category>,
    pub archived_items: Vec<inventory::Item>,
    /// Reasons that were given for a look at what was sold.
    pub reasons: Vec<String>,
    pub orders: Vec<(i64, inventory::Order)>,
    pub promos: Vec<inventory::Promo>,
    pub carts: HashMap<i64, Vec<selling::InCart>>,
    pub reviews: Vec<reviews_side::Review>,
    pub batches: HashMap<String, Vec<String>>,
    pub stock: StockRoom,
    pub wallets: HashMap<i64, Wallet>,
    pub invoices: Vec<(i64, payments::Invoice)>,
    pub operations: Vec<payments::Operation>,
    pub methods: Vec<String>,
    /// By inviter.
    pub referrals: HashMap<i64, Referrals>,
    /// Gifts of the shop's.
    pub grants: Vec<payments::GrantWalletRequest>,
    /// Ids of adjustments that were made.
    pub adjustments: HashSet<String>,
    pub proposals: Vec<payments::Proposal>,
    pub money_stats: payments::GetMoneyStatsResponse,
    /// Nothing was sold where it says nothing.
    pub sales: inventory::GetSalesStatsResponse,
    /// Roles, who has them, and the rest of what is admin's.
    pub admin: admin_side::Admin,
    /// Stands still in tests that look at minutes.
    pub clock: Clock,
    /// Calls of a method fail with this until it is taken away.
    pub failures: HashMap<&'static str, Failure>,
    /// Calls so far.
    pub calls: HashMap<&'static str, usize>,
    /// What followers of inventory are told.
    pub inventory_events: Vec<FeedEntry>,
    /// What followers of payments are told.
    pub payments_events: Vec<FeedEntry>,
}

/// What somebody's inviting has brought.
#[derive(Debug, Clone, Default)]
pub struct Referrals {
    pub people: Vec<payments::Referral>,
    pub earnings: Vec<payments::Earning>,
}

/// A person's money.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Wallet {
    pub available: i64,
    pub held: i64,
    pub topped_up: i64,
    pub spent: i64,
    pub earned: i64,
    pub invited: u32,
    pub inviter: i64,
}

impl Fakes {
    /// With the two ways to pay switched on and nothing for sale.
    pub fn new() -> Self {
        let fakes = Self::default();
        fakes.state().methods = vec!["cryptopay".into(), "stars".into()];
        fakes
    }

    /// What is in them, to look at and to change.
    pub fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    /// Wires to payments and inventory, behind the real guard.
    pub fn wires(&self, keys: &ActorKeys, lifecycle: &Lifecycle) -> (Wire, Wire) {
        *self.lifecycle.lock().expect("nobody panics while holding it") = Some(lifecycle.clone());
        let payments = Routes::new(WalletServiceServer::new(self.clone()))
            .add_service(InvoiceServiceServer::new(self.clone()))
            .add_service(ReferralServiceServer::new(self.clone()))
            .add_service(PaymentsAdminServiceServer::new(self.clone()))
            .add_service(PaymentsFeedServiceServer::new(self.clone()));
        let inventory = Routes::new(CatalogServiceServer::new(self.clone()))
            .add_service(CatalogAdminServiceServer::new(self.clone()))
            .add_service(StockAdminServiceServer::new(self.clone()))
            .add_service(GoodsServiceServer::new(self.clone()))
            .add_service(WaitingServiceServer::new(self.clone()))
            .add_service(OrderServiceServer::new(self.clone()))
            .add_service(CartServiceServer::new(self.clone()))
            .add_service(PromoServiceServer::new(self.clone()))
            .add_service(PromoAdminServiceServer::new(self.clone()))
            .add_service(ReviewServiceServer::new(self.clone()))
            .add_service(ReviewAdminServiceServer::new(self.clone()))
            .add_service(OrderAdminServiceServer::new(self.clone()))
            .add_service(BuyerServiceServer::new(self.clone()))
            .add_service(SalesServiceServer::new(self.clone()))
            .add_service(InventoryFeedServiceServer::new(self.clone()));
        let connect = |routes| {
            let switchboard = Switchboard::default();
            switchboard.connect(guard::guarded(routes, keys.clone(), lifecycle.clone()));
            switchboard.wire()
        };
        (connect(payments), connect(inventory))
    }

    /// Adds a category at the top.
    pub fn category(&self, name: &str) -> CategoryId {
        self.category_in(None, name)
    }

    /// Adds a category in another one.
    pub fn category_in(&self, parent: Option<CategoryId>, name: &str) -> CategoryId {
        let id = CategoryId::derived(name);
        self.state().categories.push(inventory::Category {
            category_id: id.to_string(),
            name: name.to_owned(),
            parent_id: parent.map(|parent| parent.to_string()).unwrap_or_default(),
            ..inventory::Category::default()
        });
        id
    }

    /// Adds an item with so much stock; none is unlimited.
    pub fn item(&self, category: CategoryId, name: &str, minor: i64, stock: Option<u32>) -> ItemId {
        let id = ItemId::derived(name);
        self.state().items.push(inventory::Item {
            item_id: id.to_string(),
            category_id: category.to_string(),
            name: name.to_owned(),
            description: format!("All about {name}"),
            price: Some(roubles(minor)),
            unlimited: stock.is_none(),
            in_stock: stock.unwrap_or(1),
            ..inventory::Item::default()
        });
        id
    }

    /// Makes every call of a method fail.
    pub fn fail(&self, method: &'static str, kind: Kind, code: &str) {
        self.state().failures.insert(method, Failure::new(kind, code));
    }

    /// Tells followers of inventory.
    pub fn tell_inventory(&self, what: inventory::event::What) {
        let event = inventory::Event { what: Some(what) };
        push(&mut self.state().inventory_events, &event);
        self.bell.notify_waiters();
    }

    /// Counts a call and fails it where that is wanted.
    fn enter<T>(&self, method: &'static str, request: &Request<T>) -> Result<i64, Status> {
        let mut state = self.state();
        *state.calls.entry(method).or_default() += 1;
        if let Some(failure) = state.failures.get(method) {
            return Err(failure.clone().into());
        }
        Ok(guard::actor(request)?.person().map(|person| person.0).unwrap_or_default())
    }

    async fn stopping(&self) {
        let lifecycle = self.lifecycle.lock().expect("nobody panics while holding it").clone();
        if let Some(lifecycle) = lifecycle {
            lifecycle.stopping().await;
        }
    }

    async fn feed(
        &self,
        request: ReadFeedRequest,
        pick: impl Fn(&State) -> &Vec<FeedEntry>,
    ) -> ReadFeedResponse {
        let after: usize = request.cursor.parse().unwrap_or_default();
        let wait = Duration::from_millis(request.wait_ms.into());
        let until = tokio::time::Instant::now() + wait;
        loop {
            let mut rung = std::pin::pin!(self.bell.notified());
            rung.as_mut().enable();
            let entries: Vec<_> = pick(&self.state()).iter().skip(after).cloned().collect();
            let rang = tokio::select! {
                rang = tokio::time::timeout_at(until, rung), if entries.is_empty() => rang.is_ok(),
                () = self.stopping(), if entries.is_empty() => false,
                else => false,
            };
            if !rang {
                return ReadFeedResponse { entries };
            }
        }
    }
}

/// Adds an event to a feed.
pub fn push(entries: &mut Vec<FeedEntry>, event: &impl prost::Message) {
    let number = (entries.len() + 1).to_string();
    entries.push(FeedEntry {
        cursor: number.clone(),
        id: number,
        happened_at: Some(contract::convert::timestamp(Clock::System.now())),
        event: event.encode_to_vec(),
        traceparent: String::new(),
    });
}

/// An amount in roubles.
pub fn roubles(minor: i64) -> common::Money {
    common::Money { minor, currency: "RUB".into() }
}

/// [`NOW`] on the wire.
pub fn now() -> prost_types::Timestamp {
    contract::convert::timestamp(NOW.parse::<Timestamp>().expect("a constant"))
}

/// A delivered order of one item.
pub fn delivered(id: OrderId, item: &str, minor: i64, value: &str) -> inventory::Order {
    inventory::Order {
        order_id: id.to_string(),
        number: format!("B-{}", &id.0.simple().to_string()[..8].to_uppercase()),
        state: inventory::OrderState::Delivered.into(),
        lines: vec![inventory::OrderLine {
            item_id: ItemId::derived(item).to_string(),
            item_name: item.to_owned(),
            unit_price: Some(roubles(minor)),
            quantity: 1,
            units: vec![inventory::UnitValue { value: value.to_owned(), file: None }],
            discount: Some(roubles(0)),
            promo_code: String::new(),
        }],
        total: Some(roubles(minor)),
        placed_at: Some(now()),
        delivered_at: Some(now()),
        release_reason: String::new(),
    }
}

/// One page of rows.
fn page_of<T: Clone>(rows: &[T], page: Option<common::PageRequest>) -> Vec<T> {
    let page = contract::convert::page(page);
    let skip = usize::try_from(page.offset()).unwrap_or_default();
    rows.iter().skip(skip).take(page.size as usize).cloned().collect()
}

fn missing(code: &str) -> Status {
    Failure::new(Kind::Missing, code).into()
}
