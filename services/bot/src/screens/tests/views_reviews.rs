//! Reviews in both languages: none, a few, and as many and as long as can be.

use contract::inventory::ReviewState;
use kernel::ids::{ItemId, OrderId, ReviewId};

use super::stage::Stage;
use crate::dialogue::Draft;
use crate::fakes::{delivered, roubles};
use crate::screens::*;

const ANNA: i64 = 42;
const CATALOG: u32 = 17;

fn long_name() -> String {
    "VPN <b>&".chars().chain("я".repeat(200).chars()).take(100).collect()
}

fn long_text() -> String {
    "<&\">".chars().chain("ы".repeat(600).chars()).take(500).collect()
}

fn id_of(person: i64, item: ItemId) -> ReviewId {
    ReviewId::derived(&format!("{person}:{item}"))
}

/// An item that Anna has bought.
fn bought(stage: &Stage, name: &str) -> ItemId {
    let category = stage.fakes.category("Keys");
    let item = stage.fakes.item(category, name, 19_900, Some(5));
    let order = delivered(OrderId::derived(name), name, 19_900, "<key>");
    stage.fakes.state().orders.push((ANNA, order));
    item
}

fn all(item: ItemId, number: u16) -> Reviews {
    Reviews { item, number, page: 2, shop_page: 1 }
}

#[tokio::test]
async fn rev_03_bug_45_reviews_are_readable_when_there_are_none_and_when_there_are_many() {
    let stage = Stage::new();
    let item = bought(&stage, &long_name());
    stage.anna_sees("reviews_none", all(item, 0)).await;
    stage.anna_sees("item_without_reviews", Item { item, page: 0, shop_page: 0 }).await;
    for person in 100..107 {
        let stars = u32::try_from(person % 5 + 1).unwrap();
        stage.fakes.review(person, item, stars, &long_text(), ReviewState::Approved);
    }
    stage.fakes.review(200, item, 5, "", ReviewState::Approved);
    stage.fakes.review(201, item, 1, "nobody sees this", ReviewState::Pending);
    stage.anna_sees("reviews_many", all(item, 0)).await;
    stage.anna_sees("reviews_last_page", all(item, 1)).await;
    stage.staff_sees("reviews_for_staff", CATALOG, all(item, 1)).await;
    stage.anna_sees("item_with_reviews", Item { item, page: 0, shop_page: 0 }).await;
    stage.fakes.state().items[0].in_stock = 0;
    stage.anna_sees("item_gone_with_reviews", Item { item, page: 0, shop_page: 0 }).await;
}

#[tokio::test]
async fn rev_01_rev_02_a_review_is_stars_words_and_a_second_thought() {
    let stage = Stage::new();
    let item = bought(&stage, &long_name());
    let order = OrderId::derived(&long_name());
    stage.anna_sees("purchase_with_a_review_key", Purchase { order, page: 0 }).await;
    stage.anna_sees("review_first", WriteReview::Ask { item }).await;
    stage.anna_sees("review_words", WriteReview::Stars { item, stars: 4 }).await;
    let stars = WriteReview::Stars { item, stars: 4 };
    stage.anna_writes("review_too_long", stars.clone(), &"я".repeat(501)).await;
    assert!(stage.fakes.state().reviews.is_empty());
    stage.anna_writes("review_written", stars, &long_text()).await;
    assert_eq!(stage.fakes.state().reviews.len(), 1, "written in two languages, it is one");
    assert_eq!(stage.fakes.state().reviews[0].author, "Анна");
    stage.anna_presses("review_without_words", WriteReview::Send { item, stars: 5 }).await;
    for (name, state) in [
        ("review_again_waits", ReviewState::Pending),
        ("review_again_shown", ReviewState::Approved),
        ("review_again_rejected", ReviewState::Rejected),
        ("review_again_removed", ReviewState::Removed),
    ] {
        let reason = if name.ends_with('d') { "rude <words>" } else { "" };
        {
            let own = &mut stage.fakes.state().reviews[0];
            (own.state, own.reason) = (state, reason.to_owned());
        }
        stage.anna_sees(name, WriteReview::Ask { item }).await;
    }
    stage.anna_sees("review_ask_take_back", WriteReview::AskTakeBack { item }).await;
    stage.anna_presses("review_taken_back", WriteReview::TakeBack { item }).await;
    assert!(stage.fakes.state().reviews.is_empty());
}

#[tokio::test]
async fn rev_01_who_has_not_bought_an_item_is_told_so() {
    let stage = Stage::new();
    let category = stage.fakes.category("Keys");
    let item = stage.fakes.item(category, "Licence", 9_900, Some(1));
    stage.anna_sees("review_not_bought", WriteReview::Ask { item }).await;
}

#[tokio::test]
async fn rev_04_a_shop_without_reviews_shows_nothing_of_them() {
    let mut stage = Stage::new();
    let item = bought(&stage, "Licence");
    stage.fakes.review(100, item, 5, "Fine", ReviewState::Approved);
    let mut shop = (*stage.bot.shop).clone();
    shop.reviews = false;
    stage.bot.shop = std::sync::Arc::new(shop);
    stage.anna_sees("item_with_reviews_off", Item { item, page: 0, shop_page: 0 }).await;
    stage.anna_sees("reviews_off", all(item, 0)).await;
    stage.anna_sees("write_review_off", WriteReview::Ask { item }).await;
    let order = OrderId::derived("Licence");
    stage.anna_sees("purchase_with_reviews_off", Purchase { order, page: 0 }).await;
}

#[tokio::test]
async fn rev_05_staff_look_at_what_waits_and_decide_with_a_reason() {
    let stage = Stage::new();
    let item = bought(&stage, &long_name());
    stage.staff_sees("staff_reviews_none", CATALOG, StaffReviews::List { page: 0 }).await;
    for person in 100..112 {
        stage.fakes.review(person, item, 2, &long_text(), ReviewState::Pending);
    }
    stage.bot.people.introduce(kernel::ids::PersonId(100), &long_name());
    let review = id_of(100, item);
    stage.staff_sees("staff_reviews_many", CATALOG, StaffReviews::List { page: 1 }).await;
    stage.staff_sees("staff_review", CATALOG, StaffReviews::Show { review }).await;
    let ask = |refusal| StaffReviews::AskWhy { review, version: 1, refusal };
    stage.staff_sees("staff_review_why_reject", CATALOG, ask(Refusal::Reject)).await;
    stage.owner_writes("staff_review_bad_reason", ask(Refusal::Reject), None, "no").await;
    stage.owner_writes("staff_review_ask", ask(Refusal::Remove), None, "rude <words>").await;
    let refuse = |refusal| StaffReviews::Refuse { review, version: 1, refusal };
    stage.owner_presses("staff_review_forgotten", refuse(Refusal::Remove), None).await;
    let draft = || Some(Draft::new(&RefusalAnswers { reason: "rude <words>".into() }));
    stage.owner_presses("staff_review_rejected", refuse(Refusal::Reject), draft()).await;
    stage.staff_sees("staff_review_is_rejected", CATALOG, StaffReviews::Show { review }).await;
    let stale = StaffReviews::Approve { review, version: 7 };
    stage.staff_sees("staff_review_changed", CATALOG, stale).await;
    let approve = StaffReviews::Approve { review, version: 1 };
    stage.staff_sees("staff_review_approved", CATALOG, approve).await;
    stage.staff_sees("staff_review_is_shown", CATALOG, StaffReviews::Show { review }).await;
    // Without the right to keep the catalogue there is only the menu.
    stage.staff_sees("staff_review_hidden", 1 | 512, StaffReviews::Show { review }).await;
    assert_eq!(stage.fakes.state().items[0].price, Some(roubles(19_900)));
}
