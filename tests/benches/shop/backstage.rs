//! Payments and inventory in this process, over the shop's own database: fills the shelves and purses before a
//! measurement, and is what the order RPC is measured against.

use std::time::Duration;

use chassis::database::Database;
use chassis::ground::Wires;
use chassis::guard;
use chassis::lifecycle::Lifecycle;
use contract::actor::{Actor, ActorKeys, Caller};
use contract::inventory::catalog_admin_service_client::CatalogAdminServiceClient;
use contract::inventory::order_service_client::OrderServiceClient;
use contract::inventory::{
    AddStockRequest, CreateCategoryRequest, CreateItemRequest, OrderState, PlaceOrderRequest,
    UnitValue,
};
use contract::payments::wallet_service_client::WalletServiceClient;
use contract::payments::{GrantKind, GrantWalletRequest, OpenWalletRequest};
use contract::switchboard::Switchboard;
use contract::wire::Wire;
use journeys::shop::OWNER;
use kernel::clock::Clock;
use kernel::ids::{CategoryId, ItemId, OrderId, TransferId, derived};
use kernel::money::Money;

use crate::chats::{PEOPLE, id};
use crate::load::Scenario;
use crate::stage::SEAL_KEYS;

/// Where people browse and buy.
pub const CATEGORY: &str = "Games";
/// What they buy there.
pub const ITEM: &str = "Star Courier";
/// Where they crowd.
pub const CROWDED: &str = "Rare finds";
/// Units of what they crowd for.
pub const CROWDED_UNITS: u32 = 100;

const CURRENCY: &str = "RUB";
const PRICE_MINOR: i64 = 2_990;
const BALANCE_MINOR: i64 = 100_000_000;
/// Beside what is bought, so that pages have the length they have in shops.
const OTHER_CATEGORIES: [&str; 4] = ["Software", "Guides", "Music", "Gift cards"];
const OTHER_ITEMS: u32 = 6;
const BATCH: u32 = 5_000;
const PATIENT: Duration = Duration::from_secs(50);

/// The services, running.
pub struct Backstage {
    lifecycle: Lifecycle,
    keys: ActorKeys,
    payments: Wire,
    inventory: Wire,
}

impl Backstage {
    /// Starts them over a database, which is made ready where it is not.
    pub async fn open(database: &Database, bot_api: &str) -> Self {
        let migrations =
            [("payments", &payments::MIGRATIONS), ("inventory", &inventory::MIGRATIONS)];
        for (service, own) in migrations {
            database.prepare(service).await.expect("the schema can be made");
            let all = [&durable::MIGRATIONS, own];
            database.migrate(service, &all).await.expect("the migrations run");
        }
        let boards = [Switchboard::default(), Switchboard::default(), Switchboard::default()];
        let wires = Wires {
            payments: boards[0].wire(),
            inventory: boards[1].wire(),
            bot: boards[2].wire(),
            admin: Switchboard::default().wire(),
        };
        let settings = format!(
            "[telegram]\ntoken = \"1:unused\"\napi_url = \"{bot_api}\"\n\
             [security]\nseal_keys = [\"{SEAL_KEYS}\"]\n"
        );
        let ground = testkit::ground(&settings, database.clone(), wires);
        let started = [
            payments::start(&ground).await.expect("payments starts"),
            inventory::start(&ground).await.expect("inventory starts"),
        ];
        for (board, routes) in boards.iter().zip(started) {
            let (keys, lifecycle) = (ground.keys.clone(), ground.lifecycle.clone());
            board.connect(guard::guarded(routes, keys, lifecycle));
        }
        Self {
            payments: ground.wires.payments.clone(),
            inventory: ground.wires.inventory.clone(),
            keys: ground.keys,
            lifecycle: ground.lifecycle,
        }
    }

    /// Fills shelves and purses: `units` of what is bought, and something to crowd for, `crowds` times.
    pub async fn furnish(&self, units: u32, crowds: u32) {
        for category in OTHER_CATEGORIES.into_iter().chain([CATEGORY, CROWDED]) {
            self.category(category).await;
        }
        for number in 0..OTHER_ITEMS {
            let name = format!("Game {number}");
            self.item(CATEGORY, &name).await;
            self.stock(&name, 3).await;
        }
        self.item(CATEGORY, ITEM).await;
        self.stock(ITEM, units).await;
        for number in 0..crowds {
            self.item(CROWDED, &crowded(number)).await;
            self.stock(&crowded(number), CROWDED_UNITS).await;
        }
        for person in 0..PEOPLE {
            self.give(person).await;
        }
    }

    /// Purchases at this service, without any chat.
    pub fn orders(&self) -> Orders {
        Orders { client: OrderServiceClient::new(self.inventory.clone()), keys: self.keys.clone() }
    }

    /// Ends the services.
    pub async fn close(self) {
        self.lifecycle.stop(PATIENT).await;
    }

    async fn category(&self, name: &str) {
        let request = CreateCategoryRequest {
            category_id: CategoryId::derived(name).to_string(),
            name: name.to_owned(),
            parent_id: String::new(),
        };
        let request = self.owner().request(request);
        self.catalog().create_category(request).await.expect("a category can be added");
    }

    async fn item(&self, category: &str, name: &str) {
        let request = CreateItemRequest {
            item_id: ItemId::derived(name).to_string(),
            category_id: CategoryId::derived(category).to_string(),
            name: name.to_owned(),
            description: "Licence key for the full game. Works worldwide, never expires.".into(),
            price: Some(minor(PRICE_MINOR)),
            unlimited: false,
        };
        let request = self.owner().request(request);
        self.catalog().create_item(request).await.expect("an item can be added");
    }

    async fn stock(&self, item: &str, units: u32) {
        for first in (0..units).step_by(BATCH as usize) {
            let last = units.min(first + BATCH);
            let values = (first..last).map(|number| UnitValue {
                value: derived("bench", &format!("{item} {number}")).simple().to_string(),
                file: None,
            });
            let mut request = self.owner().request(AddStockRequest {
                batch_id: derived("bench batch", &format!("{item} {first}")).to_string(),
                item_id: ItemId::derived(item).to_string(),
                units: values.collect(),
            });
            request.set_timeout(PATIENT);
            self.catalog().add_stock(request).await.expect("stock can be added");
        }
    }

    /// Opens a purse and fills it.
    async fn give(&self, person: u32) {
        let service = self.keys.caller(&Actor::Service("bot".to_owned()));
        let request = service.request(OpenWalletRequest { person_id: id(person).0, inviter_id: 0 });
        let mut wallets = WalletServiceClient::new(self.payments.clone());
        wallets.open_wallet(request).await.expect("a purse can be opened");
        let request = service.request(GrantWalletRequest {
            transfer_id: TransferId::fresh(&Clock::System).to_string(),
            person_id: id(person).0,
            amount: Some(minor(BALANCE_MINOR)),
            kind: GrantKind::Reward.into(),
            reference: "for the bench".to_owned(),
        });
        wallets.grant_wallet(request).await.expect("a purse can be filled");
    }

    fn catalog(&self) -> CatalogAdminServiceClient<Wire> {
        CatalogAdminServiceClient::new(self.inventory.clone())
    }

    fn owner(&self) -> Caller {
        self.keys.caller(&Actor::Person { id: OWNER, bits: u32::MAX })
    }
}

/// What people crowd for the n-th time.
pub fn crowded(number: u32) -> String {
    format!("Rare find {number}")
}

/// Places orders by the RPC that the bot calls.
pub struct Orders {
    client: OrderServiceClient<Wire>,
    keys: ActorKeys,
}

impl Orders {
    /// At another process, which trusts `keys`.
    pub fn at(url: &str, keys: ActorKeys) -> Self {
        let wire = Wire::remote(url).expect("an address");
        Self { client: OrderServiceClient::new(wire), keys }
    }
}

impl Scenario for Orders {
    async fn turn(&self, person: u32, _: u32) -> Vec<Duration> {
        let started = std::time::Instant::now();
        let caller = self.keys.caller(&Actor::Person { id: id(person), bits: 1 });
        let request = caller.request(PlaceOrderRequest {
            order_id: OrderId::fresh(&Clock::System).to_string(),
            item_id: ItemId::derived(ITEM).to_string(),
            quantity: 1,
            unit_price_seen: Some(minor(PRICE_MINOR)),
            ..PlaceOrderRequest::default()
        });
        let answer = self.client.clone().place_order(request).await.expect("the order is placed");
        let order = answer.into_inner().order.expect("an order");
        assert_eq!(order.state(), OrderState::Delivered, "an order that nothing disturbs");
        vec![started.elapsed()]
    }
}

fn minor(minor: i64) -> contract::common::Money {
    Money::new(minor, CURRENCY.parse().expect("a currency")).into()
}
