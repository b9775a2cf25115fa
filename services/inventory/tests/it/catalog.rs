//! The catalogue: what staff create is what buyers see, at once.

use contract::failure::{Failure, Kind};
use contract::inventory::{
    CreateItemRequest, ItemOrder, ListCategoriesRequest, ListItemsRequest, UpdateItemRequest,
};
use kernel::clock::Clock;
use kernel::ids::{CategoryId, ItemId};

use crate::it::shop::{PRICE, Shop, rub};

fn draft(shop: &Shop, name: &str) -> CreateItemRequest {
    CreateItemRequest {
        item_id: ItemId::fresh(&Clock::System).to_string(),
        category_id: shop.category.to_string(),
        name: name.into(),
        description: String::new(),
        price: Some(rub(PRICE)),
        unlimited: false,
    }
}

async fn create(shop: &Shop, draft: CreateItemRequest) -> Result<(), Failure> {
    shop.admin().create_item(shop.staff(draft)).await?;
    Ok(())
}

async fn names(shop: &Shop) -> (Vec<String>, u64) {
    let category_id = shop.category.to_string();
    let request = ListItemsRequest { category_id, page: None, order: 0 };
    let request = shop.as_person(1, request);
    let listed = shop.catalog().list_items(request).await.unwrap().into_inner();
    (listed.items.into_iter().map(|item| item.name).collect(), listed.total)
}

#[tokio::test]
async fn shop_01_shop_14_shop_21_what_staff_create_is_listed_at_once_by_name() {
    let shop = Shop::open().await;
    assert_eq!(names(&shop).await, (vec![], 0));
    for name in ["proxy", "Beta", "ягода", "alpha"] {
        create(&shop, draft(&shop, name)).await.unwrap();
    }
    let listed = ["alpha", "Beta", "proxy", "ягода"].map(str::to_owned).to_vec();
    assert_eq!(names(&shop).await, (listed, 4));

    shop.create_category(CategoryId::derived("b"), "Books").await.unwrap();
    let request = shop.as_person(1, ListCategoriesRequest::default());
    let listed = shop.catalog().list_categories(request).await.unwrap().into_inner();
    let categories: Vec<_> = listed.categories.into_iter().map(|found| found.name).collect();
    assert_eq!((categories, listed.total), (vec!["Books".to_owned(), "Keys".to_owned()], 2));
}

#[tokio::test]
async fn creating_the_same_twice_changes_nothing_and_names_are_unique_whatever_their_case() {
    let shop = Shop::open().await;
    shop.create_category(shop.category, "Keys").await.unwrap();
    let other = CategoryId::derived("other");
    let taken = shop.create_category(other, " KEYS ").await.unwrap_err();
    assert_eq!((taken.kind(), taken.code()), (Kind::Conflict, "inventory.name_taken"));
    let reused = shop.create_category(shop.category, "Locks").await.unwrap_err();
    assert_eq!(reused.code(), "inventory.category_conflict");

    let first = draft(&shop, "Ключ");
    create(&shop, first.clone()).await.unwrap();
    create(&shop, first.clone()).await.unwrap();
    let taken = create(&shop, draft(&shop, "КЛЮЧ")).await.unwrap_err();
    assert_eq!(taken.code(), "inventory.name_taken");
    let reused = create(&shop, CreateItemRequest { name: "other".into(), ..first }).await;
    assert_eq!(reused.unwrap_err().code(), "inventory.item_conflict");

    sqlx::query("update items set archived_at = now()").execute(&shop.pool).await.unwrap();
    create(&shop, draft(&shop, "ключ")).await.unwrap();
}

#[tokio::test]
async fn bug_76_an_item_without_its_category_is_an_error() {
    let shop = Shop::open().await;
    let category_id = CategoryId::derived("gone").to_string();
    let failure = create(&shop, CreateItemRequest { category_id, ..draft(&shop, "vpn") }).await;
    let failure = failure.unwrap_err();
    assert_eq!((failure.kind(), failure.code()), (Kind::Missing, "inventory.category_missing"));
}

#[tokio::test]
async fn shop_02_shop_25_names_descriptions_and_prices_have_bounds() {
    let shop = Shop::open().await;
    let base = draft(&shop, "vpn");
    let euro = Some(contract::common::Money { minor: 1, currency: "EUR".into() });
    for (field, bad) in [
        ("name", CreateItemRequest { name: "a\u{7}b".into(), ..base.clone() }),
        ("name", CreateItemRequest { name: "x".repeat(101), ..base.clone() }),
        ("name", CreateItemRequest { name: "  ".into(), ..base.clone() }),
        ("description", CreateItemRequest { description: "x".repeat(2_001), ..base.clone() }),
        ("price", CreateItemRequest { price: Some(rub(-1)), ..base.clone() }),
        ("price", CreateItemRequest { price: Some(rub(i64::MAX)), ..base.clone() }),
        ("price", CreateItemRequest { price: euro, ..base.clone() }),
        ("price", CreateItemRequest { price: None, ..base.clone() }),
        ("item_id", CreateItemRequest { item_id: "1; drop table".into(), ..base.clone() }),
    ] {
        let failure = create(&shop, bad).await.unwrap_err();
        assert_eq!((failure.kind(), failure.data("field")), (Kind::Invalid, Some(field)));
    }
    assert_eq!(shop.count("items").await, 0);
}

#[tokio::test]
async fn cache_02_bug_63_a_new_price_is_seen_at_once() {
    let shop = Shop::open().await;
    let item = shop.item_with("vpn", 1).await;
    assert_eq!(shop.item(item).await.unwrap().price, Some(rub(PRICE)));
    assert_eq!(shop.set_price(item, 5).await.unwrap().price, Some(rub(5)));
    assert_eq!(shop.item(item).await.unwrap().price, Some(rub(5)));
    let gone = shop.set_price(ItemId::derived("gone"), 5).await.unwrap_err();
    assert_eq!(gone.code(), "inventory.item_missing");
    assert_eq!(shop.item(ItemId::derived("gone")).await.unwrap_err().kind(), Kind::Missing);
}

#[tokio::test]
async fn buyers_cannot_change_the_catalogue() {
    let shop = Shop::open().await;
    let item = shop.item_with("vpn", 1).await;
    let price = Some(rub(1));
    let item_id = item.to_string();
    let request = UpdateItemRequest { item_id, price, ..UpdateItemRequest::default() };
    let denied = shop.admin().update_item(shop.as_person(1, request)).await.unwrap_err();
    assert_eq!(denied.code(), tonic::Code::PermissionDenied);
}

#[tokio::test]
async fn shop_20_shop_21_peer_33_items_are_listed_in_the_order_asked_for_page_by_page() {
    let shop = Shop::open().await;
    for (name, price) in [("b", 300), ("a", 200), ("d", 100), ("c", 200)] {
        create(&shop, CreateItemRequest { price: Some(rub(price)), ..draft(&shop, name) })
            .await
            .unwrap();
    }
    for (order, expected) in [
        (ItemOrder::Unspecified, "abcd"),
        (ItemOrder::Cheapest, "dacb"),
        (ItemOrder::Dearest, "bcad"),
        (ItemOrder::Newest, "cdab"),
    ] {
        let mut seen = String::new();
        for number in 0..3 {
            let page = Some(contract::common::PageRequest { number, size: 2 });
            let category_id = shop.category.to_string();
            let request = ListItemsRequest { category_id, page, order: order.into() };
            let request = shop.as_person(1, request);
            let listed = shop.catalog().list_items(request).await.unwrap().into_inner();
            assert_eq!(listed.total, 4);
            seen.extend(listed.items.into_iter().map(|item| item.name));
        }
        assert_eq!(seen, expected, "{order:?}");
    }
}
