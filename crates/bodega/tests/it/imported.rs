//! A shop that was taken over, as its people find it: through the services, which know nothing of where it came from.

use chassis::ground::{Ground, Wires};
use chassis::guard::guarded;
use contract::actor::Actor;
use contract::admin::staff_service_client::StaffServiceClient;
use contract::admin::{GetMemberRequest, Rights};
use contract::common::{Money, PageRequest};
use contract::failure::Failure;
use contract::inventory::cart_service_client::CartServiceClient;
use contract::inventory::catalog_admin_service_client::CatalogAdminServiceClient;
use contract::inventory::order_admin_service_client::OrderAdminServiceClient;
use contract::inventory::order_service_client::OrderServiceClient;
use contract::inventory::promo_service_client::PromoServiceClient;
use contract::inventory::{
    AddStockRequest, FindOrderRequest, GetCartRequest, GetOrderRequest, ListOrdersRequest, Order,
    PlaceOrderRequest, RedeemCodeRequest, UnitValue,
};
use contract::payments::wallet_service_client::WalletServiceClient;
use contract::payments::{GetWalletRequest, ListOperationsRequest, OperationKind};
use contract::switchboard::Switchboard;
use kernel::clock::Clock;
use kernel::ids::{ItemId, OrderId, PersonId, PressId, derived};
use tonic::Request;

use crate::it::stage::{OWNER, SEAL_KEY, Stage, one};

const ANNA: i64 = 2_001;
const BORIS: i64 = 2_002;
const KEY_ITEM: i64 = 1;

struct Shop {
    ground: Ground,
}

impl Shop {
    /// The services on what was taken over.
    async fn open(stage: &Stage) -> Self {
        let boards: [Switchboard; 4] = std::array::from_fn(|_| Switchboard::default());
        let [payments, inventory, bot, admin] = &boards;
        let wires = Wires {
            payments: payments.wire(),
            inventory: inventory.wire(),
            bot: bot.wire(),
            admin: admin.wire(),
        };
        let settings = format!(
            "[shop]\nowner_id = {OWNER}\n[security]\nseal_keys = [\"{SEAL_KEY}\"]\n\
             [database]\npool_size = 4\n"
        );
        let ground = testkit::ground(&settings, stage.new.clone(), wires);
        let guard = |routes| guarded(routes, ground.keys.clone(), ground.lifecycle.clone());
        payments.connect(guard(payments::start(&ground).await.unwrap()));
        inventory.connect(guard(inventory::start(&ground).await.unwrap()));
        admin.connect(guard(admin::start(&ground).await.unwrap()));
        Self { ground }
    }

    fn ask<M>(&self, person: i64, message: M) -> Request<M> {
        self.ask_with(person, 1, message)
    }

    fn ask_with<M>(&self, person: i64, bits: u32, message: M) -> Request<M> {
        let actor = Actor::Person { id: PersonId(person), bits };
        self.ground.keys.caller(&actor).request(message)
    }

    async fn balance(&self, person: i64) -> i64 {
        let mut wallets = WalletServiceClient::new(self.ground.wires.payments.clone());
        let wallet = wallets.get_wallet(self.ask(person, GetWalletRequest {})).await.unwrap();
        wallet.into_inner().available.unwrap().minor
    }

    async fn orders(&self, person: i64) -> Vec<Order> {
        let page = Some(PageRequest { number: 0, size: 50 });
        let mut orders = OrderServiceClient::new(self.ground.wires.inventory.clone());
        let list = orders.list_orders(self.ask(person, ListOrdersRequest { page })).await.unwrap();
        list.into_inner().orders
    }

    /// An order with its values.
    async fn order(&self, person: i64, order_id: String) -> Result<Order, Failure> {
        let mut orders = OrderServiceClient::new(self.ground.wires.inventory.clone());
        let order = orders.get_order(self.ask(person, GetOrderRequest { order_id })).await?;
        Ok(order.into_inner().order.unwrap())
    }

    async fn buys(&self, person: i64, item: i64, price: i64) -> Result<Order, Failure> {
        let request = PlaceOrderRequest {
            order_id: OrderId::fresh(&Clock::System).to_string(),
            item_id: item_id(item).to_string(),
            quantity: 1,
            unit_price_seen: Some(roubles(price)),
            ..PlaceOrderRequest::default()
        };
        let mut orders = OrderServiceClient::new(self.ground.wires.inventory.clone());
        let placed = orders.place_order(self.ask(person, request)).await?;
        Ok(placed.into_inner().order.unwrap())
    }

    async fn rights(&self, person: i64) -> Rights {
        let mut staff = StaffServiceClient::new(self.ground.wires.admin.clone());
        let request = GetMemberRequest { person_id: person };
        let member = staff.get_member(self.ask_with(OWNER, 1_023, request)).await.unwrap();
        member.into_inner().rights.unwrap()
    }
}

fn roubles(minor: i64) -> Money {
    Money { minor, currency: "RUB".to_owned() }
}

/// As the command makes them.
fn item_id(key: i64) -> ItemId {
    ItemId(derived("telegram-shop", &format!("goods {key}")))
}

fn value(order: &Order) -> &str {
    &order.lines[0].units[0].value
}

#[tokio::test]
async fn a_buyer_finds_balance_history_purchases_with_their_values_and_cart() {
    let stage = Stage::set().await;
    stage.imports().await;
    let shop = Shop::open(&stage).await;
    assert_eq!(shop.balance(ANNA).await, 15_050);
    assert_eq!(shop.balance(2_006).await, 0, "nobody owes");
    assert_eq!(shop.balance(2_009).await, 999_999_999_999);

    let mut wallets = WalletServiceClient::new(shop.ground.wires.payments.clone());
    let page = Some(PageRequest { number: 0, size: 50 });
    let history = shop.ask(ANNA, ListOperationsRequest { page });
    let history = wallets.list_operations(history).await.unwrap().into_inner().operations;
    let lines: Vec<(OperationKind, i64, &str)> = history
        .iter()
        .map(|line| (line.kind(), line.amount.as_ref().unwrap().minor, &*line.reference))
        .collect();
    let expected = [
        (OperationKind::Opening, -14_961, ""),
        (OperationKind::Purchase, -4_000, "12345678907"),
        (OperationKind::Purchase, -5_000, "12345678903"),
        (OperationKind::Purchase, -9_990, "4611686018427387904"),
        (OperationKind::Referral, 1_000, "2007"),
        (OperationKind::TopUp, 1, ""),
        (OperationKind::Adjustment, -2_000, ""),
        (OperationKind::TopUp, 50_000, ""),
    ];
    assert_eq!(lines, expected);

    let orders = shop.orders(ANNA).await;
    let numbers: Vec<&str> = orders.iter().map(|order| &*order.number).collect();
    assert_eq!(numbers, ["0000000042", "12345678907", "12345678903", "4611686018427387904"]);
    let mut values = Vec::new();
    for order in orders {
        let order = shop.order(ANNA, order.order_id).await.unwrap();
        values.push((order.lines[0].item_name.clone(), value(&order).to_owned()));
    }
    let expected = [
        ("Line\nbreak", "FREE-0"),
        ("VPN", "an older shared value"),
        ("VPN", "https://vpn.example/shared"),
        ("Ключ <&\">", "KEY-SOLD-1"),
    ];
    assert_eq!(values, expected.map(|(name, value)| (name.to_owned(), value.to_owned())));

    let mut carts = CartServiceClient::new(shop.ground.wires.inventory.clone());
    let cart = carts.get_cart(shop.ask(ANNA, GetCartRequest {})).await.unwrap().into_inner();
    let lines = cart.cart.unwrap().lines;
    let lines: Vec<_> =
        lines.iter().map(|line| (&*line.item_name, line.quantity, &*line.promo_code)).collect();
    assert_eq!(lines, [("VPN", 2, "BOTH"), ("Ключ <&\">", 1, "")]);
}

#[tokio::test]
async fn a_value_that_was_sold_twice_is_seen_by_both_buyers_and_by_nobody_else() {
    let stage = Stage::set().await;
    stage.imports().await;
    let shop = Shop::open(&stage).await;
    let of_boris = shop.orders(BORIS).await.into_iter().find(|order| order.number == "1234567890");
    let of_boris = shop.order(BORIS, of_boris.unwrap().order_id).await.unwrap();
    let of_other = shop.orders(2_007).await.into_iter().find(|order| order.number == "12345678906");
    let of_other = shop.order(2_007, of_other.unwrap().order_id).await.unwrap();
    assert_eq!((value(&of_boris), value(&of_other)), ("KEY-SOLD-2", "KEY-SOLD-2"));
    assert_eq!(of_other.lines[0].item_name, "Gone item");
    assert!(shop.order(ANNA, of_boris.order_id).await.is_err());

    let mut desk = OrderAdminServiceClient::new(shop.ground.wires.inventory.clone());
    let request = FindOrderRequest { number: "12345678905".to_owned() };
    let found = desk.find_order(shop.ask_with(OWNER, 1_023, request)).await.unwrap().into_inner();
    assert_eq!(
        found.order.unwrap().order.unwrap().lines[0].item_name,
        "Gone item",
        "the buyer is gone, it stays"
    );
}

#[tokio::test]
async fn ps31_bug_53_an_unsold_unit_is_sold_once_and_a_sold_value_is_never_listed_again() {
    let stage = Stage::set().await;
    stage.imports().await;
    let shop = Shop::open(&stage).await;
    let first = shop.buys(BORIS, KEY_ITEM, 9_990).await.unwrap();
    let second = shop.buys(BORIS, KEY_ITEM, 9_990).await.unwrap();
    assert_eq!((value(&first), value(&second)), ("KEY-FREE-1", "KEY-FREE-2"));
    let refused = shop.buys(BORIS, KEY_ITEM, 9_990).await.unwrap_err();
    assert_eq!(refused.code(), "inventory.out_of_stock");
    assert_eq!(shop.balance(BORIS).await, 75_020 - 2 * 9_990);

    let known =
        ["KEY-SOLD-1", "KEY-SOLD-3", "GONE-1", "NEGATIVE", "BROKEN-1", "KEY-FREE-1", "padded"];
    let mut catalog = CatalogAdminServiceClient::new(shop.ground.wires.inventory.clone());
    let request = AddStockRequest {
        batch_id: PressId::fresh(&Clock::System).to_string(),
        item_id: item_id(KEY_ITEM).to_string(),
        units: known
            .iter()
            .map(|value| UnitValue { value: (*value).to_owned(), file: None })
            .collect(),
    };
    let added = catalog.add_stock(shop.ask_with(OWNER, 1_023, request)).await.unwrap().into_inner();
    assert_eq!((added.added, added.known), (0, u32::try_from(known.len()).unwrap()));
}

#[tokio::test]
async fn promo_03_a_code_that_was_used_there_is_not_used_again_here() {
    let stage = Stage::set().await;
    stage.imports().await;
    let shop = Shop::open(&stage).await;
    let mut promos = PromoServiceClient::new(shop.ground.wires.inventory.clone());
    let mut redeem = async |person| {
        let request = RedeemCodeRequest {
            code: "gift".to_owned(),
            redemption_id: PressId::fresh(&Clock::System).to_string(),
        };
        promos.redeem_code(shop.ask(person, request)).await.map_err(Failure::from)
    };
    for person in [ANNA, BORIS] {
        let refused = redeem(person).await.unwrap_err();
        assert!(["inventory.promo_used", "inventory.promo_exhausted"].contains(&refused.code()));
    }
}

#[tokio::test]
async fn rbac_07_owner_and_roles_act_as_before_and_blocked_people_stay_out() {
    let stage = Stage::set().await;
    stage.imports().await;
    let shop = Shop::open(&stage).await;
    for (person, bits, role) in [
        (OWNER, 1_023, "OWNER"),
        (ANNA, 1, "USER"),
        (BORIS, 927, "ADMIN"),
        (2_003, 17, "Склад <&\">"),
        (2_004, 927, "ADMIN"),
        (2_008, 1_023 - 64, "BOSS"),
        (2_010, 129, "admin (2)"),
    ] {
        let rights = shop.rights(person).await;
        assert_eq!((rights.bits, &*rights.role_name), (bits, role), "{person}");
    }
    let blocked: String = one(
        &stage.new,
        "select string_agg(person_id::text, ',') from bot.people where blocked_at is not null",
    )
    .await;
    assert_eq!(blocked, "2005");
}

#[tokio::test]
async fn the_books_add_up_after_an_import() {
    let stage = Stage::set().await;
    stage.imports().await;
    let wrong: i64 = one(
        &stage.new,
        "select (select count(*) from payments.wallets w where w.balance_minor <> coalesce((
                select sum(case t.to_account when 'wallet' then t.amount_minor
                    else -t.amount_minor end)
                from payments.transfers t where t.user_id = w.user_id), 0))
            + (select count(*) from inventory.orders o where o.total_minor > 0 and not exists (
                select from payments.transfers t where t.id = o.id and t.kind = 'purchase'
                    and t.amount_minor = o.total_minor and t.user_id = o.buyer_id))
            + (select count(*) from payments.transfers t where t.kind = 'purchase'
                and not exists (select from inventory.orders o where o.id = t.id))
            + (select count(*) from inventory.order_lines l where l.shared_unit_id is null
                and 1 <> (select count(*) from inventory.units u
                    where u.order_id = l.order_id and u.item_id = l.item_id and u.state = 'sold'))
            + (select count(*) from inventory.promos p where p.uses <> (
                select count(*) from inventory.promo_uses u where u.promo_id = p.id))
            + (select count(*) from payments.outbox) + (select count(*) from inventory.outbox)
            + (select count(*) from bot.outbox)",
    )
    .await;
    assert_eq!(wrong, 0, "and nobody is told of what is long past");
}
