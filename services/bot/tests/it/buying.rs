//! From the menu to the goods, and what happens when something breaks on the way.

use contract::failure::Kind;
use contract::inventory::OrderDelivered;
use contract::inventory::event::What;
use kernel::clock::Clock;
use kernel::ids::OrderId;

use super::fakes::delivered;
use super::shop::{ANNA, BORIS, TestShop};

async fn with_a_key() -> TestShop {
    let shop = TestShop::open().await;
    let category = shop.fakes.category("Keys");
    shop.fakes.item(category, "Licence", 9_900, Some(5));
    shop.fund(ANNA, 100_000);
    shop
}

enum Driver {
    Buyer,
    Recovery,
}

fn told(order: OrderId, driver: Driver) -> OrderDelivered {
    OrderDelivered {
        order_id: order.to_string(),
        buyer_id: ANNA.0,
        by_recovery: matches!(driver, Driver::Recovery),
    }
}

async fn goes_to_the_question(shop: &TestShop) {
    shop.says(ANNA, "/start");
    shop.presses(ANNA, "Shop").await;
    shop.presses(ANNA, "Keys").await;
    shop.presses(ANNA, "Licence").await;
    shop.presses(ANNA, "Buy for 99").await;
    shop.sees(ANNA, &["Shall we buy it?"]).await;
}

#[tokio::test]
async fn ux_04_a_buyer_goes_from_the_menu_to_the_goods_in_one_message() {
    let shop = with_a_key().await;
    goes_to_the_question(&shop).await;
    shop.presses(ANNA, "Yes, pay").await;
    let receipt = shop.sees(ANNA, &["thank you", "value of Licence", "99\u{a0}₽"]).await;
    assert_eq!(shop.calls(ANNA, "sendMessage"), 1, "one message, edited all the way");
    assert_eq!(shop.calls(ANNA, "answerCallbackQuery"), 5, "every press was answered");
    assert_eq!(shop.fakes.state().wallets[&ANNA.0].available, 90_100);
    // The queue learns that there is nothing left to say.
    shop.counts("select count(*) from bot.outbound where state = 'sent'", 1).await;
    shop.run("update bot.outbound set due_at = now()").await;
    shop.presses(ANNA, "View again").await;
    shop.sees(ANNA, &["Your purchase", "value of Licence"]).await;
    shop.presses(ANNA, "Back to the shop").await;
    shop.sees(ANNA, &["What are you looking for?"]).await;
    assert_eq!(shop.telegram.last_message(ANNA.0).unwrap().message_id, receipt.message_id);
    shop.close().await;
}

#[tokio::test]
async fn bug_16_the_same_button_pressed_again_is_the_same_order() {
    let shop = with_a_key().await;
    goes_to_the_question(&shop).await;
    let question = shop.sees(ANNA, &["Shall we buy it?"]).await;
    let pay = question.callback("Yes, pay").unwrap().to_owned();
    let presses: Vec<_> =
        (0..5).map(|_| shop.telegram.press(ANNA, question.message_id, &pay).unwrap()).collect();
    for press in presses {
        press.answer(std::time::Duration::from_secs(20)).await.unwrap();
    }
    shop.sees(ANNA, &["thank you"]).await;
    assert_eq!(shop.fakes.state().orders.len(), 1);
    assert_eq!(shop.fakes.state().wallets[&ANNA.0].available, 90_100);
    shop.close().await;
}

#[tokio::test]
async fn bug_18_a_price_that_moved_is_asked_about_and_not_charged() {
    let shop = with_a_key().await;
    goes_to_the_question(&shop).await;
    shop.fakes.state().items[0].price.as_mut().unwrap().minor = 19_900;
    shop.presses(ANNA, "Yes, pay").await;
    shop.sees(ANNA, &["has just changed", "99\u{a0}₽", "199\u{a0}₽"]).await;
    assert_eq!(shop.fakes.state().wallets[&ANNA.0].available, 100_000);
    shop.presses(ANNA, "Yes, pay 199").await;
    shop.sees(ANNA, &["thank you"]).await;
    assert_eq!(shop.fakes.state().wallets[&ANNA.0].available, 80_100);
    shop.close().await;
}

#[tokio::test]
async fn bug_60_goods_longer_than_a_message_come_as_a_file() {
    let shop = with_a_key().await;
    let id = OrderId::fresh(&Clock::System);
    let value = "<key & more>\n".repeat(500);
    let order = delivered(id, "Licence", 9_900, &value);
    shop.fakes.state().orders.push((ANNA.0, order));
    shop.says(ANNA, "/purchases");
    shop.presses(ANNA, "Licence").await;
    let file = shop.sees(ANNA, &["Your goods are in the file", "order-B-"]).await;
    let content = shop.telegram.file(file.file_id().unwrap()).unwrap();
    assert_eq!(content.bytes, value.as_bytes());
    shop.presses(ANNA, "My purchases").await;
    shop.sees(ANNA, &["1 purchase"]).await;
    assert!(shop.telegram.message(ANNA.0, file.message_id).is_some(), "the file stays");
    shop.close().await;
}

#[tokio::test]
async fn tg06_goods_that_the_chat_did_not_show_come_by_themselves() {
    let shop = with_a_key().await;
    shop.says(ANNA, "/start");
    shop.sees(ANNA, &["Hi, Anna"]).await;
    let id = OrderId::fresh(&Clock::System);
    let order = delivered(id, "Licence", 9_900, "the-key");
    shop.fakes.state().orders.push((ANNA.0, order));
    shop.fakes.tell_inventory(What::OrderDelivered(told(id, Driver::Buyer)));
    shop.counts("select count(*) from bot.outbound where state = 'pending'", 1).await;
    shop.run("update bot.outbound set due_at = now()").await;
    shop.sees(ANNA, &["thank you for waiting", "the-key"]).await;
    shop.counts("select count(*) from bot.outbound where state = 'sent'", 1).await;
    let secrets = "select count(*) from bot.outbound o where o::text like '%the-key%'";
    shop.counts(secrets, 0).await;
    shop.close().await;
}

#[tokio::test]
async fn ps09_goods_of_an_order_that_recovery_finished_come_at_once() {
    let shop = with_a_key().await;
    shop.says(ANNA, "/start");
    shop.sees(ANNA, &["Hi, Anna"]).await;
    let id = OrderId::fresh(&Clock::System);
    shop.fakes.state().orders.push((ANNA.0, delivered(id, "Licence", 9_900, "the-key")));
    shop.fakes.tell_inventory(What::OrderDelivered(told(id, Driver::Recovery)));
    shop.sees(ANNA, &["thank you for waiting", "the-key"]).await;
    let waited = "select count(*) from bot.outbound \
        where due_at > created_at + interval '1 second' and attempts = 0";
    shop.counts(waited, 0).await;
    shop.close().await;
}

#[tokio::test]
async fn an_unlimited_item_without_a_value_cannot_be_pressed_to_buy() {
    let shop = with_a_key().await;
    let category = shop.fakes.category("Texts");
    shop.fakes.item(category, "Guide", 5_000, None);
    shop.says(ANNA, "/start");
    for key in ["Shop", "Texts", "Guide"] {
        shop.presses(ANNA, key).await;
    }
    let old = shop.sees(ANNA, &["Always in stock"]).await;
    let buy = old.callback("Buy for 50").unwrap().to_owned();
    shop.fakes.state().items[1].in_stock = 0;
    shop.forges(ANNA, &buy).await;
    let card = shop.sees(ANNA, &["Not on sale yet"]).await;
    assert!(card.callback("Buy for 50").is_none());
    shop.presses(ANNA, "Back").await;
    shop.sees(ANNA, &["Texts"]).await.callback("Guide · coming soon").unwrap();
    shop.close().await;
}

#[tokio::test]
async fn an_unclear_outcome_says_so_and_ends_in_the_goods() {
    let shop = with_a_key().await;
    goes_to_the_question(&shop).await;
    shop.fakes.fail("place_order", Kind::Unavailable, "inventory.order_unfinished");
    shop.presses(ANNA, "Yes, pay").await;
    shop.sees(ANNA, &["being finished"]).await;
    // Nothing came of it as far as anybody knows.
    let answer = shop.presses(ANNA, "Check the order").await;
    assert!(answer.show_alert && answer.text.unwrap().contains("no such order"));
    shop.mend("place_order");
    assert!(shop.refusals().is_empty(), "an update that was answered does not come again");
    shop.close().await;
}

#[tokio::test]
async fn while_inventory_is_away_a_press_is_answered_and_a_command_offers_to_try_again() {
    let shop = with_a_key().await;
    shop.says(ANNA, "/start");
    shop.sees(ANNA, &["Hi, Anna"]).await;
    shop.fakes.fail("list_categories", Kind::Unavailable, "common.unavailable");
    let answer = shop.presses(ANNA, "Shop").await;
    assert!(answer.show_alert && answer.text.unwrap().contains("not reachable"));
    shop.says(ANNA, "/shop");
    shop.sees(ANNA, &["not reachable"]).await;
    shop.mend("list_categories");
    shop.presses(ANNA, "Try again").await;
    shop.sees(ANNA, &["What are you looking for?"]).await;
    shop.close().await;
}

#[tokio::test]
async fn bug_03_somebody_elses_order_does_not_exist() {
    let shop = with_a_key().await;
    let id = OrderId::fresh(&Clock::System);
    shop.fakes.state().orders.push((ANNA.0, delivered(id, "Licence", 9_900, "the-key")));
    shop.says(ANNA, "/purchases");
    let list = shop.sees(ANNA, &["1 purchase"]).await;
    let code = list.callback("Licence").unwrap().to_owned();
    shop.says(BORIS, "/start");
    shop.sees(BORIS, &["Привет, Борис"]).await;
    let answer = shop.forges(BORIS, &code).await;
    assert!(answer.text.unwrap().contains("Такого заказа у вас нет"));
    shop.close().await;
}
