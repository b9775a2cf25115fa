//! A purchase that the balance does not cover finishes by itself when the money comes: once, at the price that was
//! agreed to, or not at all.

use contract::admin::{self, MaintenanceChanged, ShopState};
use contract::failure::Kind;
use contract::inventory::OrderState;
use contract::payments::{InvoicePaid, event::What};
use kernel::ids::{ItemId, OrderId};

use super::fakes::{delivered, roubles};
use super::shop::{ANNA, OWNER, TestShop};

const OPEN: &str = "select count(*) from bot.intents where state in ('waiting', 'claimed')";
const WAITING: &str = "select count(*) from bot.intents where state = 'waiting'";
const CLAIMED: &str = "select count(*) from bot.intents where state = 'claimed'";
const BOUGHT: &str = "select count(*) from bot.intents where state = 'bought'";
const STOPPED: &str = "select count(*) from bot.intents where state = 'stopped'";

/// Anna has 50 roubles and wants a licence for 99.
async fn short_of_money() -> TestShop {
    furnished(TestShop::open().await).await
}

async fn furnished(shop: TestShop) -> TestShop {
    let category = shop.fakes.category("Keys");
    shop.fakes.item(category, "Licence", 9_900, Some(5));
    shop.fakes.item(category, "Guide", 5_000, None);
    shop.fund(ANNA, 5_000);
    shop.says(ANNA, "/shop");
    shop.presses(ANNA, "Keys").await;
    shop
}

async fn agrees(shop: &TestShop) {
    shop.presses(ANNA, "Licence").await;
    shop.presses(ANNA, "Buy").await;
    shop.sees(ANNA, &["Missing: 49", "finishes by itself"]).await;
    shop.presses(ANNA, "Top up 49").await;
    shop.sees(ANNA, &["Top up 49", "Licence is bought for 99"]).await;
    shop.counts(WAITING, 1).await;
}

/// Money arrives; told once more under the same name it is the same money.
fn pays(shop: &TestShop, transfer: &str, minor: i64) {
    shop.fakes.state().wallets.entry(ANNA.0).or_default().available += minor;
    tells(shop, transfer, minor);
}

fn tells(shop: &TestShop, transfer: &str, minor: i64) {
    shop.tell_payments(What::InvoicePaid(InvoicePaid {
        invoice_id: ItemId::derived("invoice").to_string(),
        person_id: ANNA.0,
        amount: Some(roubles(minor)),
        method: "stars".into(),
        transfer_id: transfer.into(),
    }));
}

fn orders(shop: &TestShop) -> usize {
    shop.fakes.state().orders.len()
}

fn balance(shop: &TestShop) -> i64 {
    shop.fakes.state().wallets[&ANNA.0].available
}

#[tokio::test]
async fn peer_17_the_purchase_finishes_by_itself_when_the_money_comes() {
    let shop = short_of_money().await;
    agrees(&shop).await;
    shop.presses(ANNA, "Crypto").await;
    let invoice = shop.sees(ANNA, &["30 more minutes", "Licence is bought for 99"]).await;
    assert!(invoice.button("Do not buy").is_some());
    pays(&shop, "t1", 4_900);
    shop.sees(ANNA, &["Here is your order", "Licence", "value of Licence"]).await;
    shop.counts(BOUGHT, 1).await;
    assert_eq!((orders(&shop), balance(&shop)), (1, 0));
    shop.close().await;
}

#[tokio::test]
async fn peer_17_money_that_is_told_of_again_buys_nothing_more() {
    let shop = short_of_money().await;
    agrees(&shop).await;
    let offer = shop.sees(ANNA, &["Licence is bought for 99"]).await;
    for _ in 0..3 {
        tells(&shop, "t1", 4_900);
    }
    pays(&shop, "t1", 4_900);
    shop.counts(BOUGHT, 1).await;
    // More of it, and the same offer pressed once more, are not another purchase.
    pays(&shop, "t2", 50_000);
    shop.sees(ANNA, &["500\u{a0}₽ added"]).await;
    let cancel = offer.callback("Do not buy").unwrap().to_owned();
    shop.forges(ANNA, &cancel).await;
    shop.sees(ANNA, &["Your purchase", "value of Licence"]).await;
    shop.counts(OPEN, 0).await;
    assert_eq!((orders(&shop), balance(&shop)), (1, 50_000));
    shop.close().await;
}

#[tokio::test]
async fn peer_17_two_payments_that_suffice_together_buy_once() {
    let shop = short_of_money().await;
    agrees(&shop).await;
    pays(&shop, "t1", 2_000);
    shop.sees(ANNA, &["20\u{a0}₽ added"]).await;
    shop.counts("select count(*) from bot.intents where state = 'waiting' and credits = 1", 1)
        .await;
    assert_eq!(orders(&shop), 0);
    pays(&shop, "t2", 2_900);
    pays(&shop, "t3", 9_900);
    shop.counts(BOUGHT, 1).await;
    shop.sees(ANNA, &["value of Licence"]).await;
    shop.counts(OPEN, 0).await;
    assert_eq!((orders(&shop), balance(&shop)), (1, 9_900));
    shop.close().await;
}

#[tokio::test]
async fn peer_17_another_price_is_asked_about_and_not_charged() {
    let shop = short_of_money().await;
    agrees(&shop).await;
    shop.fakes.state().items[0].price.as_mut().unwrap().minor = 11_900;
    pays(&shop, "t1", 10_000);
    shop.sees(ANNA, &["Licence was not bought", "was 99", "now it is 119", "Nothing has been"])
        .await;
    shop.counts(STOPPED, 1).await;
    assert_eq!((orders(&shop), balance(&shop)), (0, 15_000));
    shop.presses(ANNA, "Yes, pay 119").await;
    shop.sees(ANNA, &["thank you", "value of Licence"]).await;
    assert_eq!((orders(&shop), balance(&shop)), (1, 3_100));
    shop.close().await;
}

#[tokio::test]
async fn peer_17_sold_out_meanwhile_leaves_the_money_on_the_balance() {
    let shop = short_of_money().await;
    agrees(&shop).await;
    shop.fakes.state().items[0].in_stock = 0;
    pays(&shop, "t1", 4_900);
    shop.sees(ANNA, &["Licence was not bought", "all of it is on your balance"]).await;
    shop.counts(STOPPED, 1).await;
    assert_eq!((orders(&shop), balance(&shop)), (0, 9_900));
    // New stock and more money do not wake what has ended.
    shop.fakes.state().items[0].in_stock = 5;
    pays(&shop, "t2", 10_000);
    shop.sees(ANNA, &["100\u{a0}₽ added"]).await;
    assert_eq!(orders(&shop), 0);
    shop.close().await;
}

#[tokio::test]
async fn peer_17_money_that_comes_too_late_buys_nothing() {
    let shop = short_of_money().await;
    agrees(&shop).await;
    shop.run("update bot.intents set expires_at = now() - interval '1 second'").await;
    pays(&shop, "t1", 4_900);
    shop.sees(ANNA, &["Licence was not bought", "after the time", "on your balance"]).await;
    shop.counts("select count(*) from bot.intents where state = 'expired'", 1).await;
    assert_eq!((orders(&shop), balance(&shop)), (0, 9_900));
    shop.presses(ANNA, "Yes, pay 99").await;
    shop.sees(ANNA, &["value of Licence"]).await;
    shop.close().await;
}

#[tokio::test]
async fn peer_17_a_restart_between_the_claim_and_the_order_buys_once() {
    let mut shop = short_of_money().await;
    agrees(&shop).await;
    shop.fakes.fail("get_wallet", Kind::Unavailable, "common.unavailable");
    pays(&shop, "t1", 4_900);
    shop.counts(CLAIMED, 1).await;
    shop.dies_and_comes_back().await;
    assert_eq!(orders(&shop), 0);
    shop.mend("get_wallet");
    shop.run("update bot.intents set due_at = now()").await;
    shop.sees(ANNA, &["value of Licence"]).await;
    shop.counts(BOUGHT, 1).await;
    assert_eq!((orders(&shop), balance(&shop)), (1, 0));
    shop.close().await;
}

#[tokio::test]
async fn peer_17_a_restart_between_the_order_and_its_end_buys_once() {
    let mut shop = short_of_money().await;
    agrees(&shop).await;
    shop.fakes.fail("place_order", Kind::Unavailable, "inventory.order_unfinished");
    pays(&shop, "t1", 4_900);
    shop.counts("select count(*) from bot.intents where placed_at is not null", 1).await;
    shop.dies_and_comes_back().await;
    // The order went through after all, only its answer was lost; the wallet is as empty as it was before.
    let order: uuid::Uuid =
        sqlx::query_scalar("select order_id from bot.intents").fetch_one(&shop.pool).await.unwrap();
    let bought = delivered(OrderId(order), "Licence", 9_900, "value of Licence");
    assert_eq!(bought.state(), OrderState::Delivered);
    shop.fakes.state().orders.push((ANNA.0, bought));
    shop.fund(ANNA, 0);
    shop.mend("place_order");
    shop.run("update bot.intents set due_at = now()").await;
    shop.sees(ANNA, &["value of Licence"]).await;
    shop.counts(BOUGHT, 1).await;
    assert_eq!((orders(&shop), balance(&shop)), (1, 0));
    shop.close().await;
}

#[tokio::test]
async fn peer_17_a_whole_cart_goes_on_by_itself_and_a_changed_one_is_asked_about() {
    let shop = short_of_money().await;
    for item in ["Licence", "Guide"] {
        shop.fakes.put_in_cart(ANNA.0, ItemId::derived(item), 1, None);
    }
    shop.says(ANNA, "/cart");
    shop.presses(ANNA, "Check out").await;
    shop.presses(ANNA, "Top up 99").await;
    shop.sees(ANNA, &["everything in your cart is bought for 149"]).await;
    shop.fakes.state().items[1].price.as_mut().unwrap().minor = 5_100;
    pays(&shop, "t1", 9_900);
    shop.sees(ANNA, &["your cart was not bought", "was 50", "now it is 51"]).await;
    assert_eq!((orders(&shop), balance(&shop)), (0, 14_900));
    shop.presses(ANNA, "Check out · 150").await;
    shop.sees(ANNA, &["Missing: 1", "least top-up is 20"]).await;
    shop.presses(ANNA, "Top up 20").await;
    pays(&shop, "t2", 2_000);
    shop.sees(ANNA, &["Here is your order", "Licence 1", "Guide 1"]).await;
    assert_eq!((orders(&shop), balance(&shop)), (1, 1_900));
    shop.close().await;
}

#[tokio::test]
async fn peer_17_an_item_with_a_code_goes_on_by_itself() {
    let shop = short_of_money().await;
    shop.fakes.promo("TENTH", 1_000);
    shop.presses(ANNA, "Licence").await;
    shop.presses(ANNA, "Promo code").await;
    shop.says(ANNA, "TENTH");
    shop.presses(ANNA, "Buy").await;
    shop.presses(ANNA, "Top up 39").await;
    pays(&shop, "t1", 3_910);
    shop.sees(ANNA, &["value of Licence", "TENTH"]).await;
    assert_eq!((orders(&shop), balance(&shop)), (1, 0));
    shop.close().await;
}

#[tokio::test]
async fn peer_17_the_buyer_takes_it_back_or_agrees_to_something_else() {
    let shop = short_of_money().await;
    agrees(&shop).await;
    let answer = shop.presses(ANNA, "Do not buy").await;
    assert!(answer.text.unwrap().contains("Nothing is bought by itself"));
    shop.counts("select count(*) from bot.intents where state = 'cancelled'", 1).await;
    pays(&shop, "t1", 2_000);
    shop.sees(ANNA, &["20\u{a0}₽ added"]).await;
    shop.says(ANNA, "/shop");
    shop.presses(ANNA, "Keys").await;
    shop.presses(ANNA, "Licence").await;
    shop.presses(ANNA, "Buy").await;
    shop.presses(ANNA, "Top up 29").await;
    shop.counts(WAITING, 1).await;
    shop.fakes.put_in_cart(ANNA.0, ItemId::derived("Guide"), 2, None);
    shop.says(ANNA, "/cart");
    shop.presses(ANNA, "Check out").await;
    shop.presses(ANNA, "Top up 30").await;
    shop.sees(ANNA, &["everything in your cart"]).await;
    shop.counts("select count(*) from bot.intents where state = 'replaced'", 1).await;
    shop.counts(WAITING, 1).await;
    pays(&shop, "t2", 3_000);
    shop.sees(ANNA, &["Here is your order", "Guide"]).await;
    assert_eq!((orders(&shop), balance(&shop)), (1, 0));
    shop.close().await;
}

#[tokio::test]
async fn peer_17_staff_who_add_money_finish_the_purchase_and_staff_who_take_some_do_not() {
    let shop = short_of_money().await;
    agrees(&shop).await;
    shop.adjust("a1", ANNA, -1_000);
    shop.sees(ANNA, &["10\u{a0}₽"]).await;
    shop.counts("select count(*) from bot.intents where credits = 0", 1).await;
    shop.fund(ANNA, 9_900);
    shop.adjust("a2", ANNA, 4_900);
    shop.sees(ANNA, &["value of Licence"]).await;
    assert_eq!((orders(&shop), balance(&shop)), (1, 0));
    shop.close().await;
}

#[tokio::test]
async fn peer_17_bug_01_whoever_is_blocked_meanwhile_keeps_the_money_and_buys_nothing() {
    let shop = short_of_money().await;
    agrees(&shop).await;
    let block = contract::bot::BlockPersonRequest { person_id: ANNA.0, reason: "abuse".into() };
    let request = shop.request_of(OWNER, 1_023, block);
    shop.people().block_person(request).await.unwrap();
    pays(&shop, "t1", 4_900);
    shop.counts(STOPPED, 1).await;
    assert_eq!((orders(&shop), balance(&shop)), (0, 9_900));
    shop.close().await;
}

#[tokio::test]
async fn peer_17_a_limit_that_was_reached_meanwhile_leaves_the_money_on_the_balance() {
    let shop = short_of_money().await;
    agrees(&shop).await;
    // A limit may be gone later; this purchase is not asked for again.
    shop.fakes.fail("place_order", Kind::Exhausted, "common.exhausted");
    pays(&shop, "t1", 4_900);
    shop.sees(ANNA, &["Licence was not bought", "all of it is on your balance"]).await;
    shop.counts(STOPPED, 1).await;
    assert_eq!((orders(&shop), balance(&shop)), (0, 9_900));
    shop.close().await;
}

#[tokio::test]
async fn peer_17_a_closed_shop_takes_the_money_and_sells_when_it_opens() {
    let shop = short_of_money().await;
    agrees(&shop).await;
    set_closed(&shop, true).await;
    pays(&shop, "t1", 4_900);
    shop.counts("select count(*) from bot.intents where state = 'claimed' and attempts > 0", 1)
        .await;
    assert_eq!((orders(&shop), balance(&shop)), (0, 9_900));
    set_closed(&shop, false).await;
    shop.run("update bot.intents set due_at = now()").await;
    shop.sees(ANNA, &["value of Licence"]).await;
    assert_eq!((orders(&shop), balance(&shop)), (1, 0));
    shop.close().await;
}

async fn set_closed(shop: &TestShop, maintenance: bool) {
    shop.fakes.state().admin.state = ShopState { maintenance, notice: String::new() };
    shop.tell_admin(admin::event::What::MaintenanceChanged(MaintenanceChanged {})).await;
}

#[tokio::test]
async fn peer_17_money_that_was_there_all_along_needs_no_waiting() {
    let shop = short_of_money().await;
    shop.presses(ANNA, "Licence").await;
    shop.presses(ANNA, "Buy").await;
    shop.sees(ANNA, &["Missing: 49"]).await;
    shop.fund(ANNA, 9_900);
    shop.presses(ANNA, "Top up 49").await;
    shop.offers(ANNA, "Yes, pay 99").await;
    shop.counts(OPEN, 0).await;
    assert_eq!(orders(&shop), 0);
    shop.close().await;
}

#[tokio::test]
async fn peer_17_where_purchases_do_not_wait_the_balance_is_topped_up_and_nothing_more() {
    let shop = TestShop::open_with("[bot]\nbuy_on_seconds = 0\n", Vec::new()).await;
    let shop = furnished(shop).await;
    shop.presses(ANNA, "Licence").await;
    shop.presses(ANNA, "Buy").await;
    shop.sees(ANNA, &["Missing: 49", "Top up, and come back"]).await;
    shop.presses(ANNA, "Top up 49").await;
    shop.presses(ANNA, "Crypto").await;
    shop.sees(ANNA, &["30 more minutes"]).await;
    pays(&shop, "t1", 4_900);
    shop.sees(ANNA, &["49\u{a0}₽ added"]).await;
    shop.counts("select count(*) from bot.intents", 0).await;
    assert_eq!((orders(&shop), balance(&shop)), (0, 9_900));
    shop.close().await;
}
