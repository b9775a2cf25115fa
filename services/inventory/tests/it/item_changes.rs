//! Changing an item: all of it in one step, with nothing lost.

use contract::failure::Kind;
use contract::inventory::UpdateItemRequest;
use kernel::ids::{CategoryId, ItemId};

use crate::it::shop::{Buy, PRICE, STAFF, Shop, rub, values};

fn to_unlimited(unlimited: bool) -> UpdateItemRequest {
    UpdateItemRequest { unlimited: Some(unlimited), ..Default::default() }
}

#[tokio::test]
async fn shop_16_adm_13_bug_02_an_item_is_changed_in_one_step_and_told_as_it_is_stored() {
    let shop = Shop::open().await;
    let item = shop.item_with("vpn", 3).await;
    shop.create_category(CategoryId::derived("b"), "Books").await.unwrap();
    let change = UpdateItemRequest {
        name: Some("  VPN <plus>  ".into()),
        description: Some("For <all> & more".into()),
        price: Some(rub(5)),
        category_id: Some(CategoryId::derived("b").to_string()),
        picture: Some("AgAC-7".into()),
        ..Default::default()
    };
    let told = shop.update_item(item, change.clone()).await.unwrap();
    assert_eq!(told, shop.item(item).await.unwrap(), "what is told is what is seen");
    assert_eq!((&*told.name, &*told.description), ("VPN <plus>", "For <all> & more"));
    assert_eq!((told.price, &*told.picture, told.in_stock), (Some(rub(5)), "AgAC-7", 3));
    assert_eq!(told.category_id, CategoryId::derived("b").to_string());

    // Repeated, as a press can be, it changes and tells nothing more.
    shop.update_item(item, change).await.unwrap();
    let audited = shop.audited().await;
    assert_eq!(audited.len(), 1);
    assert_eq!((audited[0].staff_id, &*audited[0].action), (STAFF, "inventory.item.update"));
    let changes = audited[0].changes.iter();
    let category = (shop.category.to_string(), CategoryId::derived("b").to_string());
    let changes: Vec<_> = changes.map(|one| (&*one.field, &*one.before, &*one.after)).collect();
    assert_eq!(
        changes,
        [
            ("name", "vpn", "VPN <plus>"),
            ("description", "One key", "For <all> & more"),
            ("price_minor", "1000", "5"),
            ("category_id", &*category.0, &*category.1),
            ("picture", "", "AgAC-7"),
        ]
    );
}

#[tokio::test]
async fn shop_16_bug_02_a_change_that_is_refused_in_part_changes_nothing_at_all() {
    let shop = Shop::open().await;
    let item = shop.item_with("vpn", 1).await;
    shop.create_item("taken", false).await.unwrap();
    let before = shop.item(item).await.unwrap();
    let price = Some(rub(1));
    let base = UpdateItemRequest { price, unlimited: Some(true), ..Default::default() };
    let gone = CategoryId::derived("gone").to_string();
    for (change, code) in [
        (UpdateItemRequest { name: Some("TAKEN".into()), ..base.clone() }, "inventory.name_taken"),
        (
            UpdateItemRequest { category_id: Some(gone), ..base.clone() },
            "inventory.category_missing",
        ),
        (UpdateItemRequest { name: Some("a\u{7}".into()), ..base.clone() }, "common.invalid_field"),
        (UpdateItemRequest { price: Some(rub(-1)), ..base.clone() }, "common.invalid_field"),
        (
            UpdateItemRequest { description: Some("x".repeat(2_001)), ..base.clone() },
            "common.invalid_field",
        ),
        (UpdateItemRequest { picture: Some("a b".into()), ..base.clone() }, "common.invalid_field"),
    ] {
        assert_eq!(shop.update_item(item, change).await.unwrap_err().code(), code);
    }
    let missing = shop.update_item(ItemId::derived("gone"), base).await.unwrap_err();
    assert_eq!((missing.kind(), missing.code()), (Kind::Missing, "inventory.item_missing"));
    assert_eq!(shop.item(item).await.unwrap(), before);
    assert!(shop.audited().await.is_empty());
}

#[tokio::test]
async fn shop_16_bug_02_a_switch_to_unlimited_and_back_loses_no_unit() {
    let shop = Shop::open().await;
    let item = shop.item_with("vpn", 2).await;
    shop.wallets.top_up(1, 100_000);
    shop.wallets.top_up(2, 100_000);

    let switched = shop.update_item(item, to_unlimited(true)).await.unwrap();
    assert_eq!((switched.unlimited, switched.in_stock), (true, 0), "it has no value yet");
    let empty = shop.buy(&Buy::one(1, item)).await.unwrap_err();
    assert_eq!(empty.code(), "inventory.out_of_stock");
    shop.add_stock(item, &["for everybody"]).await.unwrap();
    assert_eq!(values(&shop.buy(&Buy::one(1, item)).await.unwrap()), ["for everybody"]);
    assert_eq!(shop.count("units where state = 'free'").await, 2, "kept aside");

    let back = shop.update_item(item, to_unlimited(false)).await.unwrap();
    assert_eq!((back.unlimited, back.in_stock), (false, 2));
    assert_eq!(values(&shop.buy(&Buy::one(2, item)).await.unwrap()), ["vpn-1"]);
    let again = shop.update_item(item, to_unlimited(true)).await.unwrap();
    assert_eq!((again.unlimited, again.in_stock), (true, 1), "its value is still known");
    assert_eq!(values(&shop.buy(&Buy::one(2, item)).await.unwrap()), ["for everybody"]);
    shop.check_books().await;
}

#[tokio::test]
async fn bug_53_an_item_with_another_name_keeps_its_orders_and_they_keep_the_old_name() {
    let shop = Shop::open().await;
    let item = shop.item_with("vpn", 2).await;
    shop.wallets.top_up(1, 10_000);
    let order = shop.buy(&Buy::one(1, item)).await.unwrap();
    let name = Some("VPN plus".into());
    shop.update_item(item, UpdateItemRequest { name, ..Default::default() }).await.unwrap();
    let id = order.order_id.parse().unwrap();
    let line = shop.order(1, id).await.unwrap().lines.remove(0);
    assert_eq!((&*line.item_name, line.item_id), ("vpn", item.to_string()));
    // Whoever takes the old name over is another item: nothing of the first becomes its own.
    let heir = shop.create_item("vpn", false).await.unwrap();
    assert_eq!(shop.item(heir).await.unwrap().in_stock, 0);
    assert_eq!(values(&shop.buy(&Buy::one(1, item)).await.unwrap()), ["vpn-2"]);
    shop.check_books().await;
}

#[tokio::test]
async fn shop_16_changes_at_once_are_all_kept() {
    let shop = Shop::open().await;
    let item = shop.item_with("vpn", 1).await;
    let change = |change: UpdateItemRequest| shop.update_item(item, change);
    let (name, description) = (Some("New".into()), Some("Text".into()));
    let (one, two, three) = tokio::join!(
        change(UpdateItemRequest { name, ..Default::default() }),
        change(UpdateItemRequest { description, ..Default::default() }),
        change(UpdateItemRequest { price: Some(rub(7)), ..Default::default() }),
    );
    for changed in [one, two, three] {
        changed.unwrap();
    }
    let now = shop.item(item).await.unwrap();
    assert_eq!((&*now.name, &*now.description, now.price), ("New", "Text", Some(rub(7))));
    assert_eq!(shop.audited().await.len(), 3);
}

#[tokio::test]
async fn a_buyer_who_saw_the_old_price_is_not_charged_the_new_one() {
    let shop = Shop::open().await;
    let item = shop.item_with("vpn", 1).await;
    shop.wallets.top_up(1, 10_000);
    shop.set_price(item, PRICE + 1).await.unwrap();
    let refused = shop.buy(&Buy::one(1, item)).await.unwrap_err();
    assert_eq!(refused.code(), "inventory.price_changed");
    shop.check_books().await;
}
