//! A shop with a thousand categories and a hundred thousand items costs its buyers what a small one does.

use std::time::{Duration, Instant};

use contract::inventory::{
    GetItemRequest, ListCategoriesRequest, ListItemsRequest, SearchItemsRequest,
};
use kernel::ids::{CategoryId, ItemId};
use sqlx::{AssertSqlSafe, ConnectOptions};
use uuid::Uuid;

use crate::it::shop::{PRICE, Shop};

const ROUNDS: usize = 25;
const SCREENS: [&str; 5] = ["shop", "category", "item", "cart", "search"];
/// The aim is 1.5, which `make bench` shows; on a busy machine a test can only tell an index from a walk through all.
const RATIO_MAX: f64 = 3.0;
const NOISE: Duration = Duration::from_millis(3);

struct Size {
    categories: u32,
    items_each: u32,
    units_each: u32,
}

/// Fills the shop with what is called so: by statements, for nobody puts up a hundred thousand items by hand.
async fn fill(shop: &Shop, name: &str, size: &Size) {
    let Size { categories, items_each, units_each } = size;
    let statements = [
        "set search_path = inventory".to_owned(),
        // What is checked row by row otherwise holds by its making.
        "set session_replication_role = replica".to_owned(),
        format!(
            "insert into categories (id, name, name_key)
             select gen_random_uuid(), word, word
             from (select '{name} ' || to_char(n, 'FM0000') as word
                   from generate_series(1, {categories}) n) named"
        ),
        format!(
            "insert into items (id, category_id, name, name_key, description, words, price_minor,
                 currency, unlimited)
             select gen_random_uuid(), c.id, c.name || ' thing ' || n, c.name || ' thing ' || n,
                 'One key', array_to_tsvector(array['{name}', 'thing', n::text]), {PRICE}, 'RUB',
                 false
             from categories c, generate_series(1, {items_each}) n where c.name like '{name} %'"
        ),
        format!(
            "insert into units (item_id, sealed, key_id, fingerprint, batch_id)
             select i.id, one.sealed, one.key_id, sha256((i.id || '-' || n)::bytea), one.batch_id
             from (select * from units limit 1) one, items i, generate_series(1, {units_each}) n
             where i.name like '{name} %'"
        ),
        "vacuum (analyze) categories, items, units".to_owned(),
    ];
    let mut admin = shop.ground.database.admin().connect().await.unwrap();
    for statement in statements {
        sqlx::query(AssertSqlSafe(statement)).execute(&mut admin).await.unwrap();
    }
}

/// Items of different categories.
async fn places(shop: &Shop, name: &str) -> Vec<(CategoryId, ItemId)> {
    let rows: Vec<(Uuid, Uuid)> = sqlx::query_as(
        "select distinct on (category_id) category_id, id from items
         where name like $1 || ' %' order by category_id, id limit $2",
    )
    .bind(name)
    .bind(i64::try_from(ROUNDS).unwrap())
    .fetch_all(&shop.pool)
    .await
    .unwrap();
    rows.into_iter().map(|(category, item)| (CategoryId(category), ItemId(item))).collect()
}

/// Medians of each screen, none of which is remembered.
async fn looks(shop: &Shop, name: &str, bystander: ItemId) -> [Duration; 5] {
    let places = places(shop, name).await;
    let mut logs: [Vec<Duration>; 5] = Default::default();
    for (nth, (category, item)) in (1_i64..).zip(places) {
        // A change makes the shop forget all that it remembers.
        shop.set_price(bystander, PRICE + nth).await.unwrap();
        shop.add(nth, item).await.unwrap();
        let mut catalog = shop.catalog();
        let (category_id, item_id) = (category.to_string(), item.to_string());
        let mut lap = Instant::now();
        let mut log = |screen: usize| {
            logs[screen].push(lap.elapsed());
            lap = Instant::now();
        };
        let request = shop.as_person(1, ListCategoriesRequest::default());
        catalog.list_categories(request).await.unwrap();
        log(0);
        let request = ListItemsRequest { category_id, page: None, order: 0 };
        let listed = catalog.list_items(shop.as_person(1, request)).await.unwrap().into_inner();
        log(1);
        catalog.get_item(shop.as_person(1, GetItemRequest { item_id })).await.unwrap();
        log(2);
        shop.cart(nth).await;
        log(3);
        let text = listed.items[0].name.clone();
        let request = SearchItemsRequest { text, page: None };
        catalog.search_items(shop.as_person(1, request)).await.unwrap();
        log(4);
    }
    logs.map(|mut log| {
        log.sort_unstable();
        log[log.len() / 2]
    })
}

#[tokio::test]
async fn shop_21_peer_33_a_screen_of_a_large_catalogue_costs_what_one_of_a_small_catalogue_does() {
    let shop = Shop::open().await;
    let bystander = shop.item_with("bystander", 1).await;
    fill(&shop, "small", &Size { categories: 30, items_each: 12, units_each: 5 }).await;
    // Once for what is done for the first time only.
    looks(&shop, "small", bystander).await;
    let small = looks(&shop, "small", bystander).await;
    fill(&shop, "large", &Size { categories: 1_000, items_each: 100, units_each: 5 }).await;
    looks(&shop, "large", bystander).await;
    let large = looks(&shop, "large", bystander).await;
    for ((screen, small), large) in SCREENS.into_iter().zip(small).zip(large) {
        let ratio = large.as_secs_f64() / small.as_secs_f64();
        eprintln!("{screen}: {large:?} to {small:?}, {ratio:.2} x");
        assert!(large <= small.mul_f64(RATIO_MAX) + NOISE, "{screen}: {large:?} to {small:?}");
    }
}
