//! The sealed stock: unreadable in a dump, readable after a rotation, tied to its place.

use inventory::Inventory;

use crate::it::shop::{Buy, SEAL_KEY, Shop, settings, values};

const NEW_KEY: &str = "two:AgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgI=";

/// The same shop with other settings, as after a restart.
async fn restarted(shop: &Shop, seal_keys: &[&str]) -> Result<Inventory, String> {
    let database = shop.ground.database.clone();
    let ground = testkit::ground(&settings(seal_keys), database, shop.ground.wires.clone());
    Inventory::open(&ground).await.map_err(|error| error.to_string())
}

#[tokio::test]
async fn sc01_bug80_a_dump_of_the_tables_shows_no_value() {
    let shop = Shop::open().await;
    let item = shop.item_with("canary", 3).await;
    shop.wallets.top_up(1, 10_000);
    shop.buy(&Buy::one(1, item)).await.unwrap();
    let files = shop.files_item("canary files").await;
    shop.add_files(files, &[("a.txt", b"canary-file")]).await.unwrap();
    let tables = ["units", "unit_files", "stock_batches", "orders", "order_lines", "outbox"];
    for table in tables.into_iter().chain(["data_keys"]) {
        // As text, and as the hexadecimal that a bytea column prints.
        let seen = format!(
            "{table} t where t::text like '%canary-%'
                 or t::text like '%' || encode('canary-', 'hex') || '%'"
        );
        assert_eq!(shop.count(&seen).await, 0, "{table}");
    }
    shop.check_books().await;
}

#[tokio::test]
async fn sc03_after_a_rotation_old_values_stay_readable_and_known() {
    let shop = Shop::open().await;
    let item = shop.item_with("vpn", 2).await;
    shop.wallets.top_up(1, 10_000);
    let buy = Buy::one(1, item);
    shop.buy(&buy).await.unwrap();

    restarted(&shop, &[NEW_KEY, SEAL_KEY]).await.unwrap();
    let shop = shop.with(restarted(&shop, &[NEW_KEY]).await.unwrap());
    assert_eq!(values(&shop.order(1, buy.order).await.unwrap()), ["vpn-1"]);
    assert_eq!(values(&shop.buy(&Buy::one(1, item)).await.unwrap()), ["vpn-2"]);
    let again = shop.add_stock(item, &["vpn-1", "vpn-3"]).await.unwrap();
    assert_eq!((again.added, again.known), (1, 1));
    let old = restarted(&shop, &[SEAL_KEY]).await.err().unwrap();
    assert!(old.contains("`two`"), "{old}");
    shop.check_books().await;
}

#[tokio::test]
async fn sc04_without_its_key_or_with_a_wrong_one_the_stock_does_not_open() {
    let shop = Shop::open().await;
    let missing = restarted(&shop, &[NEW_KEY]).await.err().unwrap();
    assert!(missing.contains("security.seal_keys"), "{missing}");
    let wrong = NEW_KEY.replace("two:", "one:");
    let wrong = restarted(&shop, &[&wrong]).await.err().unwrap();
    assert!(wrong.contains("cannot be opened"), "{wrong}");
}

#[tokio::test]
async fn replicas_that_start_together_agree_on_the_keys() {
    let shop = Shop::open().await;
    sqlx::query("delete from data_keys").execute(&shop.pool).await.unwrap();
    let starts = (0..8).map(|_| restarted(&shop, &[SEAL_KEY]));
    let replicas = futures_util::future::join_all(starts).await;
    assert!(replicas.iter().all(Result::is_ok));
    assert_eq!(shop.count("data_keys").await, 2);

    let mut replicas = replicas.into_iter().map(Result::unwrap);
    let one = shop.with(replicas.next().unwrap());
    let item = one.item_with("vpn", 1).await;
    one.wallets.top_up(1, 10_000);
    let other = one.with(replicas.next().unwrap());
    assert_eq!(values(&other.buy(&Buy::one(1, item)).await.unwrap()), ["vpn-1"]);
    other.check_books().await;
}

#[tokio::test]
async fn sc02_a_value_moved_to_another_row_does_not_open() {
    let shop = Shop::open().await;
    let item = shop.item_with("vpn", 2).await;
    shop.wallets.top_up(1, 10_000);
    let copy = "update units set sealed = (select sealed from units order by id desc limit 1)";
    sqlx::query(copy).execute(&shop.pool).await.unwrap();
    let buy = Buy::one(1, item);
    let failure = shop.buy(&buy).await.unwrap_err();
    assert_eq!((failure.code(), failure.message()), ("inventory.unit_damaged", ""));
}
