//! Categories within categories: four levels deep, without cycles, whatever happens at once.

use contract::common::PageRequest;
use contract::failure::{Failure, Kind};
use contract::inventory::{
    Category, ListCategoriesRequest, ListItemsRequest, ListItemsResponse, UpdateCategoryRequest,
};
use kernel::ids::CategoryId;

use crate::it::shop::{STAFF, Shop};

fn id(name: &str) -> CategoryId {
    CategoryId::derived(name)
}

async fn update(
    shop: &Shop,
    name: &str,
    change: UpdateCategoryRequest,
) -> Result<Category, Failure> {
    let request = UpdateCategoryRequest { category_id: id(name).to_string(), ..change };
    Ok(shop.admin().update_category(shop.staff(request)).await?.into_inner().category.unwrap())
}

async fn move_to(shop: &Shop, name: &str, parent: &str) -> Result<Category, Failure> {
    let parent = if parent.is_empty() { String::new() } else { id(parent).to_string() };
    update(shop, name, UpdateCategoryRequest { parent_id: Some(parent), ..Default::default() })
        .await
}

async fn names_in(shop: &Shop, parent: &str) -> Vec<(String, bool)> {
    let parent_id = if parent.is_empty() { String::new() } else { id(parent).to_string() };
    let request = shop.as_person(1, ListCategoriesRequest { page: None, parent_id });
    let listed = shop.catalog().list_categories(request).await.unwrap().into_inner();
    listed.categories.into_iter().map(|one| (one.name, one.has_categories)).collect()
}

async fn shelf(shop: &Shop, name: &str, number: u32) -> ListItemsResponse {
    let page = Some(PageRequest { number, size: 10 });
    let request = ListItemsRequest { category_id: id(name).to_string(), page, order: 0 };
    let request = shop.as_person(1, request);
    shop.catalog().list_items(request).await.unwrap().into_inner()
}

/// `1` at the top, `2` in it, and so on to `4`.
async fn tower(shop: &Shop) {
    shop.create_category(id("1"), "1").await.unwrap();
    for (parent, name) in [("1", "2"), ("2", "3"), ("3", "4")] {
        shop.create_category_in(id(parent), id(name), name).await.unwrap();
    }
}

#[tokio::test]
async fn peer_33_categories_lie_in_each_other_four_levels_deep() {
    let shop = Shop::open().await;
    tower(&shop).await;
    let deeper = shop.create_category_in(id("4"), id("5"), "5").await.unwrap_err();
    assert_eq!((deeper.kind(), deeper.code()), (Kind::Conflict, "inventory.category_too_deep"));
    let lost = shop.create_category_in(id("gone"), id("5"), "5").await.unwrap_err();
    assert_eq!(lost.code(), "inventory.category_missing");
    assert_eq!(names_in(&shop, "").await, [("1".into(), true), ("Keys".into(), false)]);
    assert_eq!(names_in(&shop, "3").await, [("4".into(), false)]);

    // The same name in another place is another category; in the same place it is taken.
    shop.create_category_in(id("1"), id("other keys"), "Keys").await.unwrap();
    let taken = shop.create_category_in(id("1"), id("more keys"), "KEYS").await.unwrap_err();
    assert_eq!(taken.code(), "inventory.name_taken");
}

#[tokio::test]
async fn peer_33_shop_01_a_category_lists_its_categories_before_its_items_and_says_its_place() {
    let shop = Shop::open().await;
    tower(&shop).await;
    for number in 0..12 {
        let name = format!("sub {number:02}");
        shop.create_category_in(shop.category, id(&name), &name).await.unwrap();
        shop.create_item(&format!("item {number:02}"), false).await.unwrap();
    }
    let page = async |number| {
        let request = ListItemsRequest {
            category_id: shop.category.to_string(),
            page: Some(PageRequest { number, size: 10 }),
            order: 0,
        };
        let request = shop.as_person(1, request);
        let shelf = shop.catalog().list_items(request).await.unwrap().into_inner();
        assert_eq!((shelf.total, shelf.place), (24, 1), "`1` is listed before it");
        let first = |names: Vec<String>| names.first().cloned().unwrap_or_default();
        (
            (shelf.categories.len(), first(shelf.categories.into_iter().map(|c| c.name).collect())),
            (shelf.items.len(), first(shelf.items.into_iter().map(|i| i.name).collect())),
        )
    };
    assert_eq!(page(0).await, ((10, "sub 00".into()), (0, String::new())));
    assert_eq!(page(1).await, ((2, "sub 10".into()), (8, "item 00".into())));
    assert_eq!(page(2).await, ((0, String::new()), (4, "item 08".into())));
    let (parent, found) = (id("3").to_string(), shelf(&shop, "4", 0).await.category.unwrap());
    assert_eq!(found.parent_id, parent);
}

#[tokio::test]
async fn shop_18_adm_13_peer_33_a_category_is_renamed_moved_and_pictured_and_audited() {
    let shop = Shop::open().await;
    tower(&shop).await;
    let change = UpdateCategoryRequest {
        name: Some("Two".into()),
        parent_id: Some(String::new()),
        picture: Some("AgAC-1".into()),
        ..Default::default()
    };
    let changed = update(&shop, "2", change.clone()).await.unwrap();
    assert_eq!((&*changed.name, &*changed.parent_id, &*changed.picture), ("Two", "", "AgAC-1"));
    // The same again is nothing new.
    update(&shop, "2", change).await.unwrap();
    assert_eq!(names_in(&shop, "1").await, []);
    let tree = [("1".into(), false), ("Keys".into(), false), ("Two".into(), true)];
    assert_eq!(names_in(&shop, "").await, tree);
    let picture = Some(String::new());
    update(&shop, "2", UpdateCategoryRequest { picture, ..Default::default() }).await.unwrap();

    let audited = shop.audited().await;
    let changes = |at: usize| -> Vec<_> {
        let changes = audited[at].changes.iter();
        changes.map(|one| (&*one.field, &*one.before, &*one.after)).collect()
    };
    let (before, subject) = (id("1").to_string(), id("2").to_string());
    assert_eq!(audited.len(), 2);
    assert_eq!(audited[0].action, "inventory.category.update");
    assert_eq!((audited[0].staff_id, &audited[0].subject), (STAFF, &subject));
    let first = [("name", "2", "Two"), ("parent_id", &*before, ""), ("picture", "", "AgAC-1")];
    assert_eq!(changes(0), first);
    assert_eq!(changes(1), [("picture", "AgAC-1", "")]);
}

#[tokio::test]
async fn shop_18_what_a_category_cannot_become_changes_nothing() {
    let shop = Shop::open().await;
    tower(&shop).await;
    let named =
        |name: &str| UpdateCategoryRequest { name: Some(name.into()), ..Default::default() };
    for (refused, code) in [
        (move_to(&shop, "2", "4").await, "inventory.category_cycle"),
        (move_to(&shop, "2", "2").await, "inventory.category_cycle"),
        (move_to(&shop, "1", "gone").await, "inventory.category_missing"),
        (update(&shop, "gone", named("x")).await, "inventory.category_missing"),
        (update(&shop, "1", named("KEYS")).await, "inventory.name_taken"),
        (update(&shop, "1", named("a\nb")).await, "common.invalid_field"),
    ] {
        assert_eq!(refused.unwrap_err().code(), code);
    }
    shop.create_category(id("tall"), "tall").await.unwrap();
    shop.create_category_in(id("tall"), id("taller"), "taller").await.unwrap();
    let deep = move_to(&shop, "tall", "3").await.unwrap_err();
    assert_eq!(deep.code(), "inventory.category_too_deep");
    assert_eq!(names_in(&shop, "3").await, [("4".into(), false)]);
    assert!(shop.audited().await.is_empty());
}

#[tokio::test]
async fn peer_33_moves_at_once_never_close_a_circle() {
    let shop = Shop::open().await;
    for round in 0..10 {
        let (a, b) = (format!("a{round}"), format!("b{round}"));
        shop.create_category(id(&a), &a).await.unwrap();
        shop.create_category(id(&b), &b).await.unwrap();
        let (one, other) = tokio::join!(move_to(&shop, &a, &b), move_to(&shop, &b, &a));
        assert_ne!(one.is_ok(), other.is_ok(), "exactly one of them moves");
        let refused = one.err().or(other.err()).unwrap();
        assert_eq!(refused.code(), "inventory.category_cycle");
    }
}
