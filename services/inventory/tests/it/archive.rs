//! Out of the shop and back: nothing is deleted, nothing goes along unseen.

use contract::failure::{Failure, Kind};
use contract::inventory::{
    ArchiveCategoryRequest, ArchiveItemRequest, ArchivedKind, Contents, ListArchivedRequest,
    ListCategoriesRequest, RestoreCategoryRequest, RestoreItemRequest, SearchItemsRequest,
};
use kernel::ids::{CategoryId, ItemId};

use crate::it::shop::{Buy, STAFF, Shop, values};

async fn archive(shop: &Shop, id: CategoryId, categories: u32, items: u32) -> Result<(), Failure> {
    let seen = Some(Contents { categories, items });
    let request = ArchiveCategoryRequest { category_id: id.to_string(), seen };
    shop.admin().archive_category(shop.staff(request)).await?;
    Ok(())
}

async fn restore(shop: &Shop, id: CategoryId) -> Result<(), Failure> {
    let request = RestoreCategoryRequest { category_id: id.to_string() };
    shop.admin().restore_category(shop.staff(request)).await?;
    Ok(())
}

async fn archive_item(shop: &Shop, id: ItemId) -> Result<(), Failure> {
    let request = ArchiveItemRequest { item_id: id.to_string() };
    shop.admin().archive_item(shop.staff(request)).await?;
    Ok(())
}

async fn restore_item(shop: &Shop, id: ItemId) -> Result<(), Failure> {
    let request = RestoreItemRequest { item_id: id.to_string() };
    shop.admin().restore_item(shop.staff(request)).await?;
    Ok(())
}

async fn archived(shop: &Shop, kind: ArchivedKind) -> Vec<String> {
    let request = ListArchivedRequest { kind: kind.into(), page: None };
    let listed = shop.admin().list_archived(shop.staff(request)).await.unwrap().into_inner();
    assert_eq!(listed.total, listed.archived.len() as u64);
    listed.archived.into_iter().map(|one| one.name).collect()
}

#[tokio::test]
async fn shop_16_an_archived_item_is_sold_no_more_keeps_all_it_had_and_comes_back() {
    let shop = Shop::open().await;
    let item = shop.item_with("vpn", 3).await;
    shop.wallets.top_up(1, 100_000);
    let order = shop.buy(&Buy::one(1, item)).await.unwrap();
    for _ in 0..2 {
        archive_item(&shop, item).await.unwrap();
    }
    assert_eq!(shop.item(item).await.unwrap_err().code(), "inventory.item_missing");
    let refused = shop.buy(&Buy::one(1, item)).await.unwrap_err();
    assert_eq!(refused.code(), "inventory.item_missing");
    let bought = shop.order(1, order.order_id.parse().unwrap()).await.unwrap();
    assert_eq!(values(&bought), ["vpn-1"]);
    let request = shop.as_person(1, SearchItemsRequest { text: "vpn".into(), page: None });
    assert_eq!(shop.catalog().search_items(request).await.unwrap().into_inner().total, 0);
    assert_eq!(archived(&shop, ArchivedKind::Item).await, ["vpn"]);

    for _ in 0..2 {
        restore_item(&shop, item).await.unwrap();
    }
    assert_eq!(shop.item(item).await.unwrap().in_stock, 2);
    assert_eq!(values(&shop.buy(&Buy::one(1, item)).await.unwrap()), ["vpn-2"]);
    assert!(archived(&shop, ArchivedKind::Item).await.is_empty());
    let audited = shop.audited().await;
    let told: Vec<_> = audited.iter().map(|one| (one.staff_id, &*one.action)).collect();
    assert_eq!(told, [(STAFF, "inventory.item.archive"), (STAFF, "inventory.item.restore")]);
    shop.check_books().await;
}

#[tokio::test]
async fn bug_53_a_new_item_with_the_name_of_an_archived_one_is_another_item() {
    let shop = Shop::open().await;
    let item = shop.item_with("vpn", 1).await;
    archive_item(&shop, item).await.unwrap();
    let heir = shop.create_item("VPN", false).await.unwrap();
    let taken = restore_item(&shop, item).await.unwrap_err();
    assert_eq!((taken.code(), taken.data("name")), ("inventory.name_taken", Some("vpn")));
    assert_eq!(shop.item(heir).await.unwrap().in_stock, 0);
    let known = shop.add_stock(heir, &["vpn-1"]).await.unwrap();
    assert_eq!((known.added, known.known), (0, 1));
    archive_item(&shop, heir).await.unwrap();
    restore_item(&shop, item).await.unwrap();
    let missing = archive_item(&shop, ItemId::derived("gone")).await.unwrap_err();
    assert_eq!(missing.kind(), Kind::Missing);
}

#[tokio::test]
async fn bug_10_categories_and_items_cannot_be_deleted_so_that_nothing_bound_to_them_widens() {
    let shop = Shop::open().await;
    shop.item_with("vpn", 1).await;
    for statement in ["delete from items", "delete from categories", "truncate items cascade"] {
        let refused = sqlx::query(statement).execute(&shop.pool).await.unwrap_err().to_string();
        assert!(refused.contains("never deleted"), "{refused}");
    }
}

#[tokio::test]
async fn shop_18_a_category_goes_with_what_it_lists_only_when_that_was_seen() {
    let shop = Shop::open().await;
    let below = CategoryId::derived("below");
    shop.create_category_in(shop.category, below, "Below").await.unwrap();
    let one = shop.item_with("one", 1).await;
    let gone = shop.item_with("gone", 1).await;
    archive_item(&shop, gone).await.unwrap();
    for (categories, items) in [(0, 0), (1, 0), (0, 1), (1, 2)] {
        let refused = archive(&shop, shop.category, categories, items).await.unwrap_err();
        assert_eq!(refused.code(), "inventory.category_not_empty");
        assert_eq!((refused.data("categories"), refused.data("items")), (Some("1"), Some("1")));
    }
    assert!(shop.item(one).await.is_ok(), "nothing has changed");

    for _ in 0..2 {
        archive(&shop, shop.category, 1, 1).await.unwrap();
    }
    assert_eq!(shop.item(one).await.unwrap_err().code(), "inventory.item_missing");
    let top = shop.as_person(1, ListCategoriesRequest::default());
    assert_eq!(shop.catalog().list_categories(top).await.unwrap().into_inner().total, 0);
    // What went along is not listed by itself and does not come back by itself.
    assert_eq!(archived(&shop, ArchivedKind::Category).await, ["Keys"]);
    assert_eq!(archived(&shop, ArchivedKind::Item).await, ["gone"]);
    for refused in [
        restore(&shop, below).await,
        restore_item(&shop, one).await,
        restore_item(&shop, gone).await,
    ] {
        assert_eq!(refused.unwrap_err().code(), "inventory.category_archived");
    }
    let lost = shop.create_item("new", false).await.unwrap_err();
    assert_eq!(lost.code(), "inventory.category_missing");

    for _ in 0..2 {
        restore(&shop, shop.category).await.unwrap();
    }
    assert_eq!(shop.item(one).await.unwrap().in_stock, 1);
    assert!(shop.item(gone).await.is_err(), "it was archived by itself");
    let audited = shop.audited().await;
    let last = &audited[audited.len() - 2..];
    assert_eq!(last[0].action, "inventory.category.archive");
    let changes: Vec<_> = last[0].changes.iter().map(|c| (&*c.field, &*c.after)).collect();
    assert_eq!(changes, [("archived_categories", "1"), ("archived_items", "1")]);
    assert_eq!(last[1].action, "inventory.category.restore");
    shop.check_books().await;
}

#[tokio::test]
async fn shop_18_a_category_comes_back_only_where_there_is_room_and_names_are_free() {
    let shop = Shop::open().await;
    let item = shop.item_with("vpn", 1).await;
    archive(&shop, shop.category, 0, 1).await.unwrap();
    let heir = CategoryId::derived("heir");
    shop.create_category(heir, "keys").await.unwrap();
    let taken = restore(&shop, shop.category).await.unwrap_err();
    assert_eq!(taken.code(), "inventory.name_taken");
    archive(&shop, heir, 0, 0).await.unwrap();

    let other = CategoryId::derived("other");
    shop.create_category(other, "Other").await.unwrap();
    let request = contract::inventory::CreateItemRequest {
        item_id: ItemId::derived("namesake").to_string(),
        category_id: other.to_string(),
        name: "VPN".into(),
        price: Some(crate::it::shop::rub(1)),
        ..Default::default()
    };
    shop.admin().create_item(shop.staff(request)).await.unwrap();
    let taken = restore(&shop, shop.category).await.unwrap_err();
    assert_eq!((taken.code(), taken.data("name")), ("inventory.name_taken", Some("vpn")));
    archive_item(&shop, ItemId::derived("namesake")).await.unwrap();
    restore(&shop, shop.category).await.unwrap();
    assert!(shop.item(item).await.is_ok());
    let missing = restore(&shop, CategoryId::derived("gone")).await.unwrap_err();
    assert_eq!(missing.code(), "inventory.category_missing");
}

#[tokio::test]
async fn shop_18_no_item_is_left_in_a_category_that_goes_at_the_same_time() {
    let shop = Shop::open().await;
    for round in 0..10 {
        let name = format!("item {round}");
        let (gone, _) =
            tokio::join!(archive(&shop, shop.category, 0, 0), shop.create_item(&name, false),);
        let stranded = "items i join categories c on c.id = i.category_id
                        where i.archived_at is null and c.archived_at is not null";
        assert_eq!(shop.count(stranded).await, 0);
        if gone.is_ok() {
            restore(&shop, shop.category).await.unwrap();
        } else {
            let id: uuid::Uuid =
                sqlx::query_scalar("select id from items where archived_at is null")
                    .fetch_one(&shop.pool)
                    .await
                    .unwrap();
            archive_item(&shop, ItemId(id)).await.unwrap();
        }
    }
}
