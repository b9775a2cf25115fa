//! Buttons on old messages: they show how things are now, and move no money.

use kernel::clock::Clock;

use super::shop::{ANNA, TestShop};

/// Presses a button on a message of this age, as Telegram would tell of it.
async fn press(shop: &TestShop, code: &str, dates: &str) {
    let message = shop.telegram.last_message(ANNA.0).unwrap();
    let update = format!(
        r#"{{"update_id":1,"callback_query":{{"id":"1","data":"{code}",
        "from":{{"id":{ANNA},"is_bot":false,"first_name":"Anna","username":"anna",
        "language_code":"en"}},"message":{{"message_id":{},{dates},"text":"x",
        "chat":{{"id":{ANNA},"type":"private"}}}}}}}}"#,
        message.message_id
    );
    shop.take(update).await.unwrap();
}

#[tokio::test]
async fn sec_10_ux_11_an_old_button_does_not_buy_and_the_fresh_one_does() {
    let shop = TestShop::open().await;
    let category = shop.fakes.category("Keys");
    shop.fakes.item(category, "Licence", 9_900, Some(5));
    shop.fund(ANNA, 100_000);
    shop.says(ANNA, "/shop");
    for label in ["Keys", "Licence", "Buy for 99"] {
        shop.presses(ANNA, label).await;
    }
    let question = shop.sees(ANNA, &["Shall we buy it?"]).await;
    let old = question.callback("Yes, pay").unwrap().to_owned();
    let now = Clock::System.now().as_second();
    let orders = || shop.fakes.state().orders.len();
    // Whatever Telegram does not say, or calls too old to read, is old.
    for dates in [format!(r#""date":{}"#, now - 3_700), r#""date":0"#.to_owned()] {
        press(&shop, &old, &dates).await;
        assert_eq!(orders(), 0, "{dates}");
    }
    let fresh = shop.sees(ANNA, &["Shall we buy it?"]).await;
    assert_ne!(fresh.callback("Yes, pay"), Some(old.as_str()), "asked anew, for a new order");
    shop.presses(ANNA, "Yes, pay").await;
    shop.sees(ANNA, &["thank you"]).await;
    assert_eq!(orders(), 1);
    shop.close().await;
}

#[tokio::test]
async fn sec_10_an_old_message_that_was_edited_lately_is_not_old() {
    let shop = TestShop::open().await;
    let category = shop.fakes.category("Keys");
    shop.fakes.item(category, "Licence", 9_900, Some(5));
    shop.fund(ANNA, 100_000);
    shop.says(ANNA, "/shop");
    for label in ["Keys", "Licence", "Buy for 99"] {
        shop.presses(ANNA, label).await;
    }
    let question = shop.sees(ANNA, &["Shall we buy it?"]).await;
    let code = question.callback("Yes, pay").unwrap().to_owned();
    let now = Clock::System.now().as_second();
    let dates = format!(r#""date":{},"edit_date":{}"#, now - 90_000, now - 3_000);
    press(&shop, &code, &dates).await;
    shop.sees(ANNA, &["thank you"]).await;
    shop.close().await;
}

#[tokio::test]
async fn sec_10_an_old_invoice_button_asks_how_to_pay_and_old_menus_still_work() {
    let shop = TestShop::open().await;
    shop.says(ANNA, "/topup");
    shop.sees(ANNA, &["Top up"]).await;
    shop.says(ANNA, "100");
    let methods = shop.sees(ANNA, &["How would you like to pay?"]).await;
    let code = methods.callback("Stars").unwrap().to_owned();
    let old = format!(r#""date":{}"#, Clock::System.now().as_second() - 3_700);
    press(&shop, &code, &old).await;
    assert!(shop.fakes.state().invoices.is_empty());
    shop.sees(ANNA, &["How would you like to pay?"]).await;
    press(&shop, "p", &old).await;
    shop.sees(ANNA, &["Balance:"]).await;
    shop.close().await;
}
