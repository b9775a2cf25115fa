//! The catalogue as buyers walk through it, and as staff change it.

use kernel::ids::{CategoryId, ItemId, OrderId};
use uuid::Uuid;

use super::stage::Stage;
use crate::dialogue::Draft;
use crate::fakes::delivered;
use crate::peers::catalog::ItemOrder;
use crate::peers::catalog_admin::ArchivedKind;
use crate::screen::Input;
use crate::screens::category::Spot;
use crate::screens::staff::edit_category::CategoryField;
use crate::screens::staff::edit_item::ItemField;
use crate::screens::staff::move_to::Moved;
use crate::screens::*;

const ANNA: i64 = 42;

/// A hundred characters that break what is not escaped.
fn awkward() -> String {
    format!("<&\">{}", "Ж".repeat(96))
}

/// `VPN` with an awkward category in it and eleven items, the first of them awkward.
fn shop(stage: &Stage) -> (CategoryId, CategoryId, ItemId) {
    let top = stage.fakes.category("VPN");
    let below = stage.fakes.category_in(Some(top), &awkward());
    let first = stage.fakes.item(top, &awkward(), 100, Some(3));
    for number in 0..10 {
        let item = format!("Item {number}");
        stage.fakes.item(top, &item, 1_000 - number, Some(u32::from(number > 0)));
    }
    (top, below, first)
}

#[tokio::test]
async fn peer_33_buyers_walk_through_categories_and_sort_what_is_in_them() {
    let stage = Stage::new();
    let (top, below, _) = shop(&stage);
    stage.fakes.state().categories[0].picture = "AgAC-vpn".into();
    let category = |category, page| Category { category, page, shop_page: 3 };
    stage.anna_sees("category_with_categories", category(top, 0)).await;
    let cheapest = Spot { order: ItemOrder::Cheapest, page: 1 };
    stage.anna_sees("category_cheapest_second_page", category(top, cheapest.packed())).await;
    let newest = Spot { order: ItemOrder::Newest, page: 0 };
    stage.anna_sees("category_newest", category(top, newest.packed())).await;
    stage.anna_sees("category_below_empty", category(below, 0)).await;
}

#[tokio::test]
async fn peer_33_bug_61_a_word_finds_items_only_where_one_was_asked_for() {
    let stage = Stage::new();
    let (_, _, first) = shop(&stage);
    stage.anna_sees("search_forgotten", Search::Found { page: 0 }).await;
    stage.anna_writes("search_found", Search::Found { page: 0 }, "  item ").await;
    stage.anna_writes("search_nothing", Search::Found { page: 5 }, "<b>&\u{202e}").await;
    stage.anna_writes("search_long", Search::Found { page: 0 }, &"ж".repeat(4_000)).await;
    stage.anna_sees("search_card", Search::Card { item: first, page: 7 }).await;
    // A text that the menu gets is no search.
    stage.anna_writes("search_not_in_the_menu", Home, "item").await;
    assert_eq!(stage.fakes.state().calls["search_items"], 6, "three words in two languages");
}

#[tokio::test]
async fn peer_33_a_card_shows_its_picture() {
    let stage = Stage::new();
    let (_, _, item) = shop(&stage);
    stage.fakes.state().items[0].picture = "AgAC-item".into();
    stage.anna_sees("item_with_picture", Item { item, page: 1, shop_page: 0 }).await;
}

#[tokio::test]
async fn shop_16_staff_change_everything_about_an_item() {
    let stage = Stage::new();
    let (top, _, item) = shop(&stage);
    let at = |field| EditItem { item, field };
    stage.fakes.state().items[0].description = "<i>&".repeat(500);
    stage
        .owner_presses(
            "staff_category_with_categories",
            StaffItems { category: top, page: 0 },
            None,
        )
        .await;
    stage.owner_presses("edit_item", at(ItemField::Menu), None).await;
    stage.owner_presses("edit_item_name", at(ItemField::Name), None).await;
    stage.owner_writes("edit_item_name_wrong", at(ItemField::Name), None, "a\nb").await;
    stage.owner_writes("edit_item_name_taken", at(ItemField::Name), None, "Item 1").await;
    stage.owner_writes("edit_item_name_done", at(ItemField::Name), None, "New <name>").await;
    stage.owner_presses("edit_item_description", at(ItemField::Description), None).await;
    let long = "x".repeat(2_001);
    stage
        .owner_writes("edit_item_description_wrong", at(ItemField::Description), None, &long)
        .await;
    stage.owner_writes("edit_item_description_done", at(ItemField::Description), None, "&").await;
    stage.owner_presses("edit_item_picture", at(ItemField::Picture), None).await;
    stage.owner_writes("edit_item_picture_wrong", at(ItemField::Picture), None, "a.png").await;
    let photo = Input::Photo { file_id: "AgAC-new", caption: "", marks: &[] };
    stage.owner_gives("edit_item_picture_done", at(ItemField::Picture), photo).await;
    stage.owner_presses("edit_item_picture_again", at(ItemField::Picture), None).await;
    stage.owner_presses("edit_item_without_picture", at(ItemField::NoPicture), None).await;
    stage.owner_presses("edit_item_kind", at(ItemField::Kind), None).await;
    stage
        .owner_presses("edit_item_now_unlimited", at(ItemField::Sold { unlimited: true }), None)
        .await;
    stage.owner_presses("edit_item_kind_back", at(ItemField::Kind), None).await;
    stage
        .owner_presses("edit_item_now_limited", at(ItemField::Sold { unlimited: false }), None)
        .await;
}

#[tokio::test]
async fn shop_18_staff_change_everything_about_a_category() {
    let stage = Stage::new();
    let (top, below, _) = shop(&stage);
    let at = |field| EditCategory { category: below, field };
    stage.owner_presses("edit_category", at(CategoryField::Menu), None).await;
    stage.owner_presses("edit_category_name", at(CategoryField::Name), None).await;
    stage.owner_writes("edit_category_name_wrong", at(CategoryField::Name), None, "").await;
    stage.owner_writes("edit_category_name_done", at(CategoryField::Name), None, "<b>").await;
    stage.owner_presses("edit_category_picture", at(CategoryField::Picture), None).await;
    let photo = Input::Photo { file_id: "AgAC-new", caption: "", marks: &[] };
    stage.owner_gives("edit_category_picture_done", at(CategoryField::Picture), photo).await;
    stage.owner_presses("edit_category_without_picture", at(CategoryField::NoPicture), None).await;
    stage.owner_presses("edit_category_below", at(CategoryField::Below), None).await;
    stage.owner_writes("edit_category_below_done", at(CategoryField::Below), None, "<new>").await;
    let new = stage.fakes.state().categories.last().cloned().unwrap();
    assert_eq!((new.name, new.parent_id), ("<new>".to_owned(), below.to_string()));
    stage
        .owner_presses(
            "staff_category_back_to_its_place",
            StaffItems { category: below, page: 0 },
            None,
        )
        .await;
    let moved = |what, inside, here| MoveTo { what, inside, page: 0, here };
    let (item, category) = (Moved::Item(ItemId::derived("Item 1")), Moved::Category(top));
    stage.owner_presses("move_item", MoveTo::of(item), None).await;
    stage.owner_presses("move_item_into", moved(item, Some(top), false), None).await;
    stage.owner_presses("move_item_here", moved(item, Some(below), true), None).await;
    stage.owner_presses("move_category", MoveTo::of(category), None).await;
    stage
        .owner_presses("move_category_here", moved(Moved::Category(below), None, true), None)
        .await;
    let state = stage.fakes.state();
    assert_eq!(state.items[2].category_id, below.to_string());
    assert!(state.categories[1].parent_id.is_empty());
}

#[tokio::test]
async fn shop_18_a_category_that_is_not_empty_goes_only_after_its_contents_were_named() {
    let stage = Stage::new();
    let (top, below, item) = shop(&stage);
    stage
        .owner_presses("archived_none", Archived::List { kind: ArchivedKind::Item, page: 0 }, None)
        .await;
    stage.owner_presses("archive_item", Archive::Item { item }, None).await;
    stage.owner_presses("archive_item_done", Archive::ItemNow { item }, None).await;
    stage.owner_presses("archive_category", Archive::Category { category: top }, None).await;
    let now = |categories, items| Archive::CategoryNow { category: top, categories, items };
    stage.owner_presses("archive_category_not_empty", now(0, 0), None).await;
    assert!(stage.fakes.state().archived_categories.is_empty());
    let now = Archive::CategoryNow { category: below, categories: 0, items: 0 };
    let cx = stage.owner(kernel::locale::Locale::En);
    Screen::from(now).react(&cx, Input::Press).await.unwrap();
    let list = |kind| Archived::List { kind, page: 0 };
    stage.owner_presses("archived_items", list(ArchivedKind::Item), None).await;
    stage.owner_presses("archived_categories", list(ArchivedKind::Category), None).await;
    let id: Uuid = below.0;
    let restore = Archived::Restore { kind: ArchivedKind::Category, id, page: 0 };
    Screen::from(restore).react(&cx, Input::Press).await.unwrap();
    assert!(stage.fakes.state().archived_categories.is_empty());
}

#[tokio::test]
async fn shop_10_shop_24_staff_find_an_order_and_open_it_for_a_reason() {
    let stage = Stage::new();
    let order = OrderId::derived("order");
    let bought = delivered(order, &awkward(), 123_450, "<key> & \u{202e}");
    let number = bought.number.clone();
    stage.fakes.state().orders.push((ANNA, bought));
    let mut open = delivered(OrderId::derived("open"), "Open", 1, "x");
    open.state = contract::inventory::OrderState::Released.into();
    open.delivered_at = None;
    let released = open.number.clone();
    stage.fakes.state().orders.push((ANNA, open));
    stage.owner_presses("find_order", FindOrder::Number, None).await;
    stage.owner_writes("find_order_missing", FindOrder::Number, None, "<b>").await;
    stage.owner_writes("find_order_found", FindOrder::Number, None, &number).await;
    stage.owner_writes("find_order_released", FindOrder::Number, None, &released).await;
    let reason = FindOrder::Reason { order };
    stage.owner_presses("find_order_reason", reason.clone(), None).await;
    stage.owner_writes("find_order_reason_wrong", reason.clone(), None, "a").await;
    assert!(stage.fakes.state().reasons.is_empty());
    stage.owner_writes("find_order_opened", reason, None, "lost it").await;
    stage.owner_presses("find_value", FindOrder::Value, None).await;
    stage.owner_writes("find_value_missing", FindOrder::Value, None, "canary").await;
    stage.owner_writes("find_value_sold", FindOrder::Value, None, "<key> & \u{202e}").await;
}

#[tokio::test]
async fn peer_33_shop_14_a_new_item_finds_its_way_into_a_category_within_another() {
    let stage = Stage::new();
    let (top, _, _) = shop(&stage);
    let answers = NewItemAnswers { name: "a".into(), description: "b".into(), price: None };
    let draft = || Some(Draft::new(&answers));
    let at = |inside| AddItem::Category { inside, page: 0 };
    stage.owner_presses("add_item_category_top", at(None), draft()).await;
    stage.owner_presses("add_item_category_within", at(Some(top)), draft()).await;
}
