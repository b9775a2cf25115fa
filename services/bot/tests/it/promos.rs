//! Promo codes in a chat: made by staff, applied by a buyer, redeemed for money.

use super::shop::{ANNA, OWNER, TestShop};

#[tokio::test]
async fn promo_05_promo_06_staff_make_a_code_and_a_buyer_pays_less_with_it() {
    let shop = TestShop::open().await;
    let category = shop.fakes.category("Keys");
    shop.fakes.item(category, "Licence", 10_000, Some(5));
    shop.fakes.item(category, "Other", 10_000, Some(5));
    shop.fund(ANNA, 100_000);
    shop.says(OWNER, "/admin");
    shop.presses(OWNER, "Promo codes").await;
    shop.presses(OWNER, "Promo code").await;
    shop.says(OWNER, "summer");
    shop.presses(OWNER, "Percent off").await;
    shop.says(OWNER, "12.5%");
    shop.presses(OWNER, "No limit").await;
    shop.says(OWNER, "2126-12-31");
    shop.presses(OWNER, "A category or an item").await;
    shop.presses(OWNER, "Keys").await;
    shop.presses(OWNER, "Licence").await;
    shop.sees(OWNER, &["SUMMER", "−12.5%", "For: Licence"]).await;
    shop.presses(OWNER, "Make it").await;
    shop.sees(OWNER, &["The code is there"]).await;

    shop.says(ANNA, "/shop");
    shop.presses(ANNA, "Keys").await;
    shop.presses(ANNA, "Licence").await;
    shop.presses(ANNA, "Promo code").await;
    shop.says(ANNA, "summer");
    shop.sees(ANNA, &["Price: 100\u{a0}₽ 87.50\u{a0}₽", "SUMMER"]).await;
    shop.presses(ANNA, "Buy for 87.50").await;
    shop.presses(ANNA, "Yes, pay 87.50").await;
    shop.sees(ANNA, &["thank you", "SUMMER: −12.50", "Total: 87.50", "value of Licence"]).await;
    assert_eq!(shop.fakes.state().wallets[&ANNA.0].available, 91_250);
    shop.close().await;
}

#[tokio::test]
async fn bug_61_a_text_is_a_code_only_where_a_code_was_asked_for() {
    let shop = TestShop::open().await;
    let category = shop.fakes.category("Keys");
    shop.fakes.item(category, "Licence", 10_000, Some(5));
    shop.fakes.promo("SUMMER", 1_000);
    shop.says(ANNA, "/shop");
    shop.presses(ANNA, "Keys").await;
    shop.presses(ANNA, "Licence").await;
    shop.presses(ANNA, "Promo code").await;
    shop.presses(ANNA, "Cancel").await;
    shop.says(ANNA, "SUMMER");
    shop.sees(ANNA, &["Hi, Anna"]).await;
    assert!(!shop.fakes.state().calls.contains_key("check_promo"));
    shop.close().await;
}

#[tokio::test]
async fn promo_07_a_balance_code_is_redeemed_from_the_profile() {
    let shop = TestShop::open().await;
    shop.fakes.promo("GIFT", 0);
    {
        let mut state = shop.fakes.state();
        state.promos[0].kind = contract::inventory::PromoKind::Balance.into();
        state.promos[0].amount = Some(super::fakes::roubles(50_000));
    }
    shop.says(ANNA, "/profile");
    shop.presses(ANNA, "Redeem a code").await;
    shop.says(ANNA, "gift");
    shop.sees(ANNA, &["GIFT", "500\u{a0}₽", "added to your balance"]).await;
    assert_eq!(shop.fakes.state().wallets[&ANNA.0].available, 50_000);
    shop.close().await;
}

#[tokio::test]
async fn promo_07_money_of_a_code_that_came_late_is_told() {
    let shop = TestShop::open().await;
    shop.says(ANNA, "/start");
    shop.sees(ANNA, &["Hi, Anna"]).await;
    let told = contract::inventory::CodeRedeemed {
        transfer_id: "t-1".into(),
        person_id: ANNA.0,
        amount: Some(super::fakes::roubles(50_000)),
    };
    shop.fakes.tell_inventory(contract::inventory::event::What::CodeRedeemed(told));
    shop.sees(ANNA, &["added 500\u{a0}₽"]).await;
    shop.close().await;
}
