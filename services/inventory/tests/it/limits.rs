//! How many may be bought: in one order, and by one person whatever comes at the same time.

use contract::failure::{Failure, Kind};
use contract::inventory::difference::What;
use contract::inventory::stock_admin_service_client::StockAdminServiceClient;
use contract::inventory::{
    GetStockRulesRequest, OrderLimits, PersonLimit, SetStockRulesRequest, StockRules,
};
use futures_util::future::{join_all, join3};
use kernel::ids::ItemId;

use crate::it::selling::{Discounted, Ended, percent};
use crate::it::shop::{Buy, PRICE, STAFF, Shop};

impl Shop {
    pub async fn rules(&self, item: ItemId) -> StockRules {
        let mut client = StockAdminServiceClient::new(self.wire());
        let request = self.staff(GetStockRulesRequest { item_id: item.to_string() });
        client.get_stock_rules(request).await.unwrap().into_inner().rules.unwrap()
    }

    pub async fn set_rules(&self, rules: StockRules) -> Result<StockRules, Failure> {
        let mut client = StockAdminServiceClient::new(self.wire());
        let request = self.staff(SetStockRulesRequest { rules: Some(rules) });
        Ok(client.set_stock_rules(request).await?.into_inner().rules.unwrap())
    }

    pub async fn limit(&self, item: ItemId, [least, most, person]: [u32; 3]) {
        let limits =
            OrderLimits { min_per_order: least, max_per_order: most, max_per_person: person };
        let rules = StockRules { limits: Some(limits), ..self.rules(item).await };
        self.set_rules(rules).await.unwrap();
    }
}

fn data<'a>(failure: &'a Failure, keys: [&str; 2]) -> [Option<&'a str>; 2] {
    keys.map(|key| failure.data(key))
}

#[tokio::test]
async fn peer_06_an_order_of_too_few_or_too_many_is_refused_and_writes_nothing() {
    let shop = Shop::open().await;
    let item = shop.item_with("vpn", 20).await;
    shop.limit(item, [2, 5, 0]).await;
    shop.wallets.top_up(1, 1_000_000);
    for quantity in [1, 6, 100] {
        let failure = shop.buy(&Buy { quantity, ..Buy::one(1, item) }).await.unwrap_err();
        assert_eq!(failure.code(), "inventory.quantity_not_allowed");
        assert_eq!(failure.kind(), Kind::Conflict);
        assert_eq!(data(&failure, ["min", "max"]), [Some("2"), Some("5")]);
    }
    assert_eq!(shop.count("orders").await, 0);
    for quantity in [2, 5] {
        let order = shop.buy(&Buy { quantity, ..Buy::one(1, item) }).await.unwrap();
        assert_eq!(order.lines[0].units.len(), quantity as usize);
    }
    let listed = shop.item(item).await.unwrap().limits.unwrap();
    assert_eq!((listed.min_per_order, listed.max_per_order, listed.max_per_person), (2, 5, 0));
    shop.check_books().await;
}

#[tokio::test]
async fn peer_06_twenty_orders_of_one_person_at_once_never_exceed_their_limit() {
    let shop = Shop::open().await;
    let item = shop.item_with("vpn", 60).await;
    shop.limit(item, [1, 100, 5]).await;
    for buyer in [1, 2] {
        shop.wallets.top_up(buyer, 1_000_000);
    }
    let orders: Vec<_> = (0..40).map(|nth| Buy::one(1 + nth % 2, item)).collect();
    let outcomes = join_all(orders.iter().map(|order| shop.buy(order))).await;
    let refused: Vec<_> = outcomes.iter().filter_map(|it| it.as_ref().err()).collect();
    assert_eq!((outcomes.len() - refused.len(), refused.len()), (10, 30));
    for failure in refused {
        assert_eq!(failure.code(), "inventory.person_limit");
        assert_eq!(data(failure, ["max", "left"]), [Some("5"), Some("0")]);
    }
    for buyer in ["1", "2"] {
        let theirs = format!("orders where state = 'delivered' and buyer_id = {buyer}");
        assert_eq!(shop.count(&theirs).await, 5);
    }
    shop.check_books().await;
}

#[tokio::test]
async fn peer_06_what_was_bought_before_counts_and_what_is_left_is_told() {
    let shop = Shop::open().await;
    let item = shop.item_with("vpn", 20).await;
    shop.wallets.top_up(1, 1_000_000);
    shop.buy(&Buy { quantity: 3, ..Buy::one(1, item) }).await.unwrap();
    shop.limit(item, [1, 10, 5]).await;
    let failure = shop.buy(&Buy { quantity: 3, ..Buy::one(1, item) }).await.unwrap_err();
    assert_eq!(data(&failure, ["max", "left"]), [Some("5"), Some("2")]);
    let last = Buy { quantity: 2, ..Buy::one(1, item) };
    shop.buy(&last).await.unwrap();
    // The same order again is the same order, not one too many.
    assert_eq!(shop.buy(&last).await.unwrap().lines[0].quantity, 2);
    assert_eq!(shop.count("orders").await, 2);
    shop.check_books().await;
}

#[tokio::test]
async fn peer_06_an_order_that_could_not_be_paid_takes_nothing_of_the_allowance() {
    let shop = Shop::open().await;
    let item = shop.item_with("vpn", 3).await;
    shop.limit(item, [1, 10, 1]).await;
    let failure = shop.buy(&Buy::one(1, item)).await.unwrap_err();
    assert_eq!(failure.code(), "payments.insufficient_funds");
    shop.wallets.top_up(1, 1_000_000);
    shop.buy(&Buy::one(1, item)).await.unwrap();
    let failure = shop.buy(&Buy::one(1, item)).await.unwrap_err();
    assert_eq!(failure.code(), "inventory.person_limit");
    shop.check_books().await;
}

#[tokio::test]
async fn peer_06_sec_20_rules_that_cannot_hold_are_refused_and_others_are_kept_with_who_set_them() {
    let shop = Shop::open().await;
    let item = shop.create_item("vpn", false).await.unwrap();
    let rules = shop.rules(item).await;
    for limits in [[0, 1, 0], [3, 2, 0], [1, 101, 0], [5, 10, 4]] {
        let [min_per_order, max_per_order, max_per_person] = limits;
        let limits = OrderLimits { min_per_order, max_per_order, max_per_person };
        let broken = StockRules { limits: Some(limits), ..rules.clone() };
        assert_eq!(shop.set_rules(broken).await.unwrap_err().kind(), Kind::Invalid);
    }
    let nothing = StockRules { item_id: ItemId::derived("no").to_string(), ..rules.clone() };
    let failure = shop.set_rules(nothing).await.unwrap_err();
    assert_eq!(failure.code(), "inventory.item_missing");
    shop.limit(item, [1, 7, 0]).await;
    shop.limit(item, [1, 7, 0]).await;
    let audited = shop.audited().await;
    let [entry] = audited.as_slice() else { panic!("{audited:?}") };
    assert_eq!((entry.staff_id, &*entry.action), (STAFF, "inventory.stock_rules.update"));
    assert_eq!(entry.subject, item.to_string());
    let changed = &entry.changes[0];
    assert_eq!((&*changed.field, &*changed.before, &*changed.after), ("max_per_order", "100", "7"));
    let mut client = StockAdminServiceClient::new(shop.wire());
    let request = shop.as_person(1, GetStockRulesRequest { item_id: item.to_string() });
    let denied = Failure::from(client.get_stock_rules(request).await.unwrap_err());
    assert_eq!(denied.kind(), Kind::Denied);
}

#[tokio::test]
async fn peer_06_cart_03_a_cart_keeps_to_the_limits_of_every_line() {
    let shop = Shop::open().await;
    let (few, once) = (shop.item_with("few", 20).await, shop.item_with("once", 20).await);
    shop.limit(few, [2, 5, 0]).await;
    shop.limit(once, [1, 10, 3]).await;
    shop.wallets.top_up(1, 1_000_000);
    shop.buy(&Buy { quantity: 2, ..Buy::one(1, once) }).await.unwrap();
    shop.add(1, few).await.unwrap();
    let cart = shop.cart(1).await;
    assert_eq!(cart.lines[0].quantity, 2, "as few as one order may hold");

    shop.set_line(1, few, 6, None).await.unwrap();
    shop.set_line(1, once, 2, None).await.unwrap();
    let checkout = shop.at_checkout(1).await;
    let mut differences = shop.check_out(&checkout).await.unwrap().differences();
    differences.sort_by_key(|(item, _)| *item != few.to_string());
    let allowed = OrderLimits { min_per_order: 2, max_per_order: 5, max_per_person: 0 };
    let expected = [
        (few.to_string(), What::Limits(allowed)),
        (once.to_string(), What::PersonLimit(PersonLimit { max: 3, left: 1 })),
    ];
    assert_eq!(differences, expected);
    assert_eq!((shop.count("orders").await, shop.cart(1).await.lines.len()), (1, 2));

    shop.set_line(1, few, 5, None).await.unwrap();
    shop.set_line(1, once, 1, None).await.unwrap();
    let checkout = shop.at_checkout(1).await;
    let order = shop.check_out(&checkout).await.unwrap().order();
    assert_eq!(order.lines.len(), 2);
    assert_eq!(shop.check_out(&checkout).await.unwrap(), Ended::Bought(order), "not one too many");
    shop.check_books().await;
}

#[tokio::test]
async fn peer_06_cart_03_twenty_checkouts_at_once_never_exceed_a_limit_with_cards_and_codes_beside_them()
 {
    let shop = Shop::open().await;
    let item = shop.item_with("vpn", 60).await;
    shop.limit(item, [1, 100, 5]).await;
    shop.wallets.top_up(1, 1_000_000);
    shop.set_line(1, item, 3, None).await.unwrap();
    let (mut checkouts, mut coded) = (Vec::new(), Vec::new());
    for _ in 0..20 {
        checkouts.push(shop.at_checkout(1).await);
    }
    for nth in 0..11 {
        let promo = shop.promo(percent(&format!("HALF-{nth}"), 5_000)).await;
        coded.push(Discounted::new(1, item, &promo, PRICE / 2));
    }
    let late = coded.pop().unwrap();
    let cards: Vec<_> = (0..10).map(|_| Buy::one(1, item)).collect();
    let (carts, coded, cards) = join3(
        join_all(checkouts.iter().map(|checkout| shop.check_out(checkout))),
        join_all(coded.iter().map(|buy| shop.buy_discounted(buy))),
        join_all(cards.iter().map(|card| shop.buy(card))),
    )
    .await;
    let mut bought = 0;
    for end in carts {
        match end {
            Ok(Ended::Bought(order)) => bought += order.lines[0].quantity,
            Ok(Ended::Changed(differences)) => {
                let what = differences[0].what.as_ref().unwrap();
                assert!(matches!(what, What::PersonLimit(limit) if limit.max == 5), "{what:?}");
            }
            Err(failure) => assert_eq!(failure.code(), "inventory.cart_empty"),
        }
    }
    for single in coded.into_iter().chain(cards) {
        match single {
            Ok(order) => bought += order.lines[0].quantity,
            Err(failure) => assert_eq!(failure.code(), "inventory.person_limit"),
        }
    }
    assert_eq!(bought, 5, "no more than the limit, and what the cart leaves goes by ones");
    assert_eq!(shop.count("units where state = 'sold'").await, 5);
    let late = shop.buy_discounted(&late).await.unwrap_err();
    assert_eq!(late.code(), "inventory.person_limit");
    assert_eq!(data(&late, ["max", "left"]), [Some("5"), Some("0")]);
    shop.check_books().await;
}
