//! From a purchase to a review that others read.

use contract::inventory::ReviewState;

use super::shop::{ANNA, BORIS, OWNER, TestShop};

#[tokio::test]
async fn rev_01_rev_03_rev_05_a_buyer_reviews_staff_approve_and_others_read() {
    let shop = TestShop::open().await;
    let category = shop.fakes.category("Keys");
    let item = shop.fakes.item(category, "Licence", 9_900, Some(5));
    shop.fakes.review(5, item, 5, "Splendid", ReviewState::Approved);
    shop.fund(ANNA, 9_900);
    shop.says(ANNA, "/shop");
    shop.presses(ANNA, "Keys").await;
    shop.presses(ANNA, "Licence").await;
    shop.presses(ANNA, "Buy").await;
    shop.presses(ANNA, "Yes, pay").await;
    shop.sees(ANNA, &["thank you", "value of Licence"]).await;
    shop.presses(ANNA, "Leave a review").await;
    shop.presses(ANNA, "★★★★☆").await;
    shop.sees(ANNA, &["★★★★☆", "few words"]).await;
    shop.says(ANNA, "Works at once");
    shop.sees(ANNA, &["Thank you", "Works at once", "once we have looked"]).await;

    shop.says(OWNER, "/admin");
    shop.presses(OWNER, "⭐ Reviews").await;
    shop.presses(OWNER, "★★★★☆ Licence").await;
    shop.sees(OWNER, &["Licence", "Works at once", "It waits for you"]).await;
    shop.presses(OWNER, "Show it").await;
    shop.sees(OWNER, &["Buyers see it now"]).await;

    shop.says(BORIS, "/shop");
    shop.presses(BORIS, "Keys").await;
    shop.presses(BORIS, "Licence").await;
    shop.sees(BORIS, &["⭐ 4,5 · 2 отзыва"]).await;
    shop.presses(BORIS, "Отзывы (2)").await;
    let read = shop.sees(BORIS, &["★★★★☆ · Anna", "Works at once", "★★★★★ · покупатель"]).await;
    assert!(!read.words().contains(&ANNA.0.to_string()) && !read.words().contains("@anna"));
    shop.presses(BORIS, "Мой отзыв").await;
    shop.sees(BORIS, &["только те, кто это купил"]).await;
    shop.close().await;
}
