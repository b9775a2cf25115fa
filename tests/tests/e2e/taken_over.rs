//! A shop that was taken over from an older one, as its people find it in their chats.

use journeys::buyer::{Ware, goods};
use journeys::shop::Shop;
use sqlx::{ConnectOptions, Connection, PgConnection};

const SCHEMA: &str = include_str!("../../../crates/bodega/tests/telegram_shop/schema.sql");
const ROWS: &str = include_str!("../../../crates/bodega/tests/telegram_shop/rows.sql");

/// The shop after an evening of switching.
async fn switched() -> Shop {
    let older = testkit::empty_database().await;
    let mut sql = PgConnection::connect_with(older.admin()).await.expect("the database answers");
    for text in [SCHEMA, ROWS] {
        sqlx::raw_sql(text).execute(&mut sql).await.expect("the older shop is there");
    }
    let shop = Shop::closed(&[]).await;
    let url = older.admin().to_url_lossy();
    let import = ["import", "telegram-shop", "--database-url", url.as_str()];
    assert!(shop.runs(&import).await.success());
    shop.start(&[]).await;
    shop
}

#[tokio::test]
async fn a_buyer_goes_on_where_they_were_and_the_books_add_up() {
    let shop = switched().await;
    let anna = shop.person(2_001, "Anna", "en");
    let profile = anna.profile().await;
    assert!(profile.words().contains("150.50"), "{}", profile.words());
    let history = anna.goes(anna.words.history, "brought over from the earlier shop").await;
    for line in ["purchase 4611686018427387904", "−99.90", "for an invited friend", "+500"] {
        assert!(history.words().contains(line), "{line:?} is not in {:?}", history.words());
    }

    anna.starts().await;
    anna.goes(anna.words.profile, anna.words.balance).await;
    anna.goes(anna.words.purchases, "4").await;
    let receipt = anna.goes("Ключ <&\">", "4611686018427387904").await;
    assert_eq!(goods(&receipt), ["KEY-SOLD-1"]);
    let cart = anna.tells("/cart", "VPN").await;
    assert!(cart.words().contains("Ключ <&\">"), "{}", cart.words());

    let ware = Ware::new("vpn (2)", 20).listed_in("<&\">");
    assert_eq!(goods(&anna.buys(&ware).await), ["padded"]);
    anna.tops_up_by_stars(100).await;
    shop.settles().await;
    assert_eq!(shop.facts().await.balance(anna.id).await, 15_050 - 2_000 + 10_000);
    shop.close().await;
}

#[tokio::test]
async fn rbac_07_staff_have_the_rights_that_they_had_and_there_is_one_owner() {
    let shop = switched().await;
    let boris = shop.person(2_002, "Boris", "en");
    assert!(boris.starts().await.callback("For staff").is_some(), "ADMIN");
    let keeper = shop.person(2_003, "Clara", "en");
    assert!(keeper.starts().await.callback("For staff").is_some(), "a role of the shop's own");
    let buyer = shop.person(2_007, "Vera", "en");
    assert!(buyer.starts().await.callback("For staff").is_none());
    let mut facts = shop.facts().await;
    let owners = "select count(*) from admin.members m join admin.roles r on r.id = m.role_id \
        where r.built_in = 'owner'";
    assert_eq!(facts.count(owners).await, 1);
    shop.close().await;
}
