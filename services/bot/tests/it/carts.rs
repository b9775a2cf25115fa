//! From cards into the cart and out of it with the goods, in a chat.

use kernel::ids::ItemId;

use super::shop::{ANNA, TestShop};

async fn with_two_items() -> TestShop {
    let shop = TestShop::open().await;
    let category = shop.fakes.category("Keys");
    shop.fakes.item(category, "Licence", 9_900, Some(5));
    shop.fakes.item(category, "Guide", 5_000, None);
    shop.fund(ANNA, 100_000);
    shop.says(ANNA, "/shop");
    shop.presses(ANNA, "Keys").await;
    shop
}

#[tokio::test]
async fn cart_01_cart_03_cart_04_cart_06_two_items_are_bought_together() {
    let shop = with_two_items().await;
    shop.presses(ANNA, "Licence").await;
    assert_eq!(shop.presses(ANNA, "Add to cart").await.text.unwrap(), "In your cart: 1");
    assert_eq!(shop.presses(ANNA, "Add to cart").await.text.unwrap(), "In your cart: 2");
    shop.presses(ANNA, "Back").await;
    shop.presses(ANNA, "Guide").await;
    shop.presses(ANNA, "Add to cart").await;
    shop.presses(ANNA, "Cart").await;
    shop.sees(ANNA, &["1. Licence", "2. Guide", "Total: 248"]).await;
    shop.presses(ANNA, "➖").await;
    shop.sees(ANNA, &["Total: 149"]).await;
    shop.presses(ANNA, "Check out").await;
    shop.sees(ANNA, &["Your order, 2 items", "Shall we buy it all?"]).await;
    shop.presses(ANNA, "Yes, pay 149").await;
    shop.sees(ANNA, &["thank you", "Licence 1", "Guide 1", "Pieces: 2"]).await;
    assert_eq!(shop.fakes.state().wallets[&ANNA.0].available, 85_100);
    shop.presses(ANNA, "🔑 Guide").await;
    shop.sees(ANNA, &["Your purchase", "Guide 1"]).await;
    shop.says(ANNA, "/cart");
    shop.sees(ANNA, &["Nothing here yet"]).await;
    shop.close().await;
}

#[tokio::test]
async fn bug_17_bug_18_what_changed_is_shown_and_asked_about_again() {
    let shop = with_two_items().await;
    shop.presses(ANNA, "Licence").await;
    shop.presses(ANNA, "Add to cart").await;
    shop.presses(ANNA, "Cart").await;
    shop.presses(ANNA, "Check out").await;
    let question = shop.sees(ANNA, &["Shall we buy it all?"]).await;
    let old = question.callback("Yes, pay").unwrap().to_owned();
    shop.fakes.state().items[0].price.as_mut().unwrap().minor = 19_900;
    shop.presses(ANNA, "Yes, pay 99").await;
    shop.sees(ANNA, &["the price was 99", "now it is 199", "Shall we buy it all?"]).await;
    assert_eq!(shop.fakes.state().wallets[&ANNA.0].available, 100_000);
    // The old question's button buys nothing that was not seen.
    let answer = shop.forges(ANNA, &old).await;
    assert!(answer.text.unwrap().contains("look at the cart once more"));
    shop.presses(ANNA, "Check out").await;
    shop.presses(ANNA, "Yes, pay 199").await;
    shop.sees(ANNA, &["thank you"]).await;
    assert_eq!(shop.fakes.state().wallets[&ANNA.0].available, 80_100);
    shop.close().await;
}

#[tokio::test]
async fn cart_03_the_same_button_pressed_five_times_is_one_order() {
    let shop = with_two_items().await;
    shop.fakes.put_in_cart(ANNA.0, ItemId::derived("Licence"), 1, None);
    shop.says(ANNA, "/cart");
    shop.presses(ANNA, "Check out").await;
    let question = shop.sees(ANNA, &["Shall we buy it all?"]).await;
    let pay = question.callback("Yes, pay").unwrap().to_owned();
    let presses: Vec<_> =
        (0..5).map(|_| shop.telegram.press(ANNA, question.message_id, &pay).unwrap()).collect();
    for press in presses {
        press.answer(std::time::Duration::from_secs(20)).await.unwrap();
    }
    shop.sees(ANNA, &["Licence 1"]).await;
    assert_eq!(shop.fakes.state().orders.len(), 1);
    assert_eq!(shop.fakes.state().wallets[&ANNA.0].available, 90_100);
    shop.close().await;
}
