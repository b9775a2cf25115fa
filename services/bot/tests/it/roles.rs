//! Staff by role: what they see, what is taken from them in the middle of a conversation, and a shop that is closed.

use contract::admin::event::What;
use contract::admin::{MaintenanceChanged, RightsChanged, ShopState};
use contract::bot::BlockPersonRequest;
use contract::failure::{Failure, Kind};
use contract::payments;
use emulators::telegram::PersonId;

use super::fakes::roubles;
use super::shop::{ANNA, BORIS, OWNER, TestShop};

const CATALOG: u32 = 16 | 1;
const ADMINS: u32 = 32 | 1;
const USERS: u32 = 8 | 1;

/// As another member of staff does it elsewhere.
async fn appoint(shop: &TestShop, person: PersonId, bits: u32) {
    shop.fakes.appoint(person.0, bits);
    shop.tell_admin(What::RightsChanged(RightsChanged { person_id: person.0 })).await;
}

async fn close_shop(shop: &TestShop, maintenance: bool, notice: &str) {
    shop.fakes.state().admin.state = ShopState { maintenance, notice: notice.into() };
    shop.tell_admin(What::MaintenanceChanged(MaintenanceChanged {})).await;
}

fn calls(shop: &TestShop, method: &'static str) -> usize {
    shop.fakes.state().calls.get(method).copied().unwrap_or_default()
}

#[tokio::test]
async fn bug_35_whoever_loses_a_right_in_a_conversation_cannot_finish_it() {
    let shop = TestShop::open().await;
    appoint(&shop, ANNA, CATALOG).await;
    shop.says(ANNA, "/admin");
    shop.presses(ANNA, "Category").await;
    shop.sees(ANNA, &["name of the new category"]).await;
    appoint(&shop, ANNA, 1).await;
    shop.says(ANNA, "VPN keys");
    shop.sees(ANNA, &["Hi, Anna"]).await;
    shop.presses(ANNA, "Cancel").await;
    assert_eq!(calls(&shop, "create_category") + calls(&shop, "create_item"), 0);
    // And whoever gets one needs no second start.
    appoint(&shop, ANNA, CATALOG).await;
    shop.says(ANNA, "/admin");
    shop.presses(ANNA, "Category").await;
    shop.says(ANNA, "VPN keys");
    shop.sees(ANNA, &["Category VPN keys is there"]).await;
    shop.close().await;
}

#[tokio::test]
async fn bug_37_nobody_blocks_staff_who_are_not_below_them_and_nobody_at_all_without_admin() {
    let shop = TestShop::open().await;
    shop.says(ANNA, "/start");
    shop.sees(ANNA, &["Hi, Anna"]).await;
    let code = async |bits: u32| {
        let message = BlockPersonRequest { person_id: ANNA.0, reason: "spam".into() };
        let answer = shop.people().block_person(shop.request_of(BORIS, bits, message)).await;
        answer.map_err(|status| Failure::from(status).code().to_owned()).map(|_| ())
    };
    appoint(&shop, ANNA, USERS).await;
    assert_eq!(code(USERS).await, Err("bot.not_above".into()));
    // Whoever cannot be looked up is not taken for a buyer.
    shop.fakes.fail("get_rights", Kind::Unavailable, "common.unavailable");
    assert_eq!(code(USERS | CATALOG).await, Err("common.unavailable".into()));
    shop.mend("get_rights");
    assert_eq!(code(USERS | CATALOG).await, Ok(()));
    shop.close().await;
}

#[tokio::test]
async fn adm_01_ux_08_the_desk_has_only_the_doors_that_ones_role_opens() {
    let shop = TestShop::open().await;
    appoint(&shop, ANNA, ADMINS).await;
    shop.says(ANNA, "/admin");
    let desk = shop.sees(ANNA, &["For staff"]).await;
    assert!(desk.button("Roles").is_some());
    for closed in ["Categories and items", "Log", "Maintenance"] {
        assert!(desk.button(closed).is_none(), "{closed}");
    }
    shop.says(BORIS, "/admin");
    let menu = shop.sees(BORIS, &["Борис"]).await;
    assert!(menu.button("Для сотрудников").is_none());
    shop.close().await;
}

#[tokio::test]
async fn cache_01_a_buyers_press_asks_admin_for_nothing() {
    let shop = TestShop::open().await;
    shop.says(BORIS, "/start");
    shop.presses(BORIS, "Магазин").await;
    shop.presses(BORIS, "Меню").await;
    assert_eq!(calls(&shop, "get_rights"), 0);
    shop.close().await;
}

#[tokio::test]
async fn adm_09_adm_23_rbac_04_a_role_is_made_and_given_in_the_chat() {
    let shop = TestShop::open().await;
    shop.says(BORIS, "/start");
    shop.sees(BORIS, &["Борис"]).await;
    shop.says(OWNER, "/admin");
    shop.presses(OWNER, "Roles").await;
    shop.presses(OWNER, "➕ Role").await;
    shop.says(OWNER, "Stock <&>");
    shop.sees(OWNER, &["Tick what the role allows"]).await;
    shop.presses(OWNER, "▫️ categories, items and stock").await;
    shop.offers(OWNER, "✅ categories, items and stock").await;
    shop.presses(OWNER, "▫️ statistics").await;
    shop.presses(OWNER, "✅ statistics").await;
    shop.offers(OWNER, "▫️ statistics").await;
    shop.presses(OWNER, "Create the role").await;
    shop.sees(OWNER, &["Role Stock <&> is there", "categories, items and stock"]).await;
    let made = shop.fakes.state().admin.roles.last().unwrap().clone();
    assert_eq!((&*made.name, made.bits), ("Stock <&>", CATALOG));

    shop.presses(OWNER, "Who has it").await;
    shop.presses(OWNER, "Give it to somebody").await;
    shop.says(OWNER, "not a number");
    shop.sees(OWNER, &["not a Telegram ID"]).await;
    shop.says(OWNER, &BORIS.0.to_string());
    shop.sees(OWNER, &["Борис", "Give Stock <&> instead?"]).await;
    shop.presses(OWNER, "Give it").await;
    shop.sees(OWNER, &["now has the role Stock <&>"]).await;
    shop.says(BORIS, "/admin");
    shop.sees(BORIS, &["Для сотрудников"]).await;
    shop.close().await;
}

#[tokio::test]
async fn adm_06_bug_01_while_the_shop_is_closed_buyers_see_why_staff_go_on_and_money_arrives() {
    let shop = TestShop::open().await;
    shop.says(ANNA, "/start");
    shop.sees(ANNA, &["Hi, Anna"]).await;
    close_shop(&shop, true, "Back at 9 <&>").await;
    let answer = shop.presses(ANNA, "Shop").await;
    let alert = answer.text.unwrap_or_default();
    assert!(alert.contains("closed") && alert.contains("Back at 9 <&>"), "{alert}");
    shop.says(ANNA, "/shop");
    shop.sees(ANNA, &["We are closed", "Back at 9 <&>"]).await;
    // What was paid is told: payment updates go to payments, and its news pass no sign.
    let paid = payments::InvoicePaid {
        invoice_id: kernel::ids::InvoiceId::derived("i").to_string(),
        person_id: ANNA.0,
        amount: Some(roubles(50_000)),
        method: "stars".into(),
        transfer_id: "t".into(),
    };
    shop.tell_payments(payments::event::What::InvoicePaid(paid));
    shop.sees(ANNA, &["500"]).await;

    appoint(&shop, BORIS, CATALOG).await;
    shop.says(BORIS, "/admin");
    shop.sees(BORIS, &["Для сотрудников"]).await;
    shop.says(OWNER, "/admin");
    shop.presses(OWNER, "Maintenance").await;
    shop.presses(OWNER, "Open the shop").await;
    shop.sees(OWNER, &["open for everybody"]).await;
    shop.says(ANNA, "/start");
    shop.sees(ANNA, &["Hi, Anna"]).await;
    shop.close().await;
}
