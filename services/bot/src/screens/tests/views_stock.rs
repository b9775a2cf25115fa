//! Stock in both languages: how many, what is sold out, and what staff do with it.

use contract::inventory::{Unit, UnitFile, UnitState, UnitValue};
use kernel::ids::{CategoryId, ItemId, OrderId, PersonId};
use kernel::locale::Locale;

use super::stage::{Stage, keep, picture};
use super::views::long_name;
use crate::fakes::{Wallet, delivered, now};
use crate::outbound::{ChannelHint, Notice};
use crate::screens::staff::stock_rules::Rule;
use crate::screens::staff::units::Shelf;
use crate::screens::*;

const ANNA: i64 = 42;

fn rich(stage: &Stage) -> (CategoryId, ItemId) {
    let category = stage.fakes.category("VPN & <прокси>");
    let item = stage.fakes.item(category, &long_name(), 10_000, Some(50));
    let wallet = Wallet { available: 99_999_999, ..Wallet::default() };
    stage.fakes.state().wallets.insert(ANNA, wallet);
    (category, item)
}

fn unit_in(stage: &Stage, item: ItemId, number: i64, state: UnitState, value: &str) {
    let unit = Unit {
        unit_id: number,
        item_id: item.to_string(),
        state: state.into(),
        added_at: Some(now()),
        order_id: String::new(),
    };
    let value = UnitValue { value: value.to_owned(), file: None };
    stage.fakes.state().stock.units.push((unit, value));
}

#[tokio::test]
async fn peer_06_the_question_offers_what_one_may_buy_and_shows_the_total() {
    let stage = Stage::new();
    let (category, item) = rich(&stage);
    let confirm = |quantity| Confirm { item, page: 1, shop_page: 2, quantity };
    stage.anna_sees("quantity_one_of_many", confirm(1)).await;
    stage.anna_sees("quantity_three", confirm(3)).await;
    stage.anna_writes("quantity_typed", confirm(1), " 7 ").await;
    stage.anna_writes("quantity_typed_wrong", confirm(2), "1000").await;
    stage.fakes.rule(item, [2, 5, 5], false);
    stage.anna_sees("quantity_within_limits", confirm(0)).await;
    stage.anna_sees("quantity_of_a_forged_button", confirm(255)).await;
    let last = stage.fakes.item(category, "Last", 10_000, Some(1));
    let confirm = Confirm { item: last, page: 0, shop_page: 0, quantity: 9 };
    stage.anna_sees("quantity_without_a_choice", confirm).await;
    let order = OrderId::fresh(&stage.bot.clock);
    let buy = Buy { order, item, price_minor: 10_000, quantity: 3 };
    stage.anna_presses("quantity_bought", buy.clone()).await;
    let order = OrderId::fresh(&stage.bot.clock);
    stage.anna_presses("quantity_price_changed", Buy { order, price_minor: 1, ..buy }).await;
}

#[tokio::test]
async fn peer_09_a_sold_out_card_has_a_bell() {
    let stage = Stage::new();
    let (category, item) = rich(&stage);
    stage.fakes.rule(item, [10, 20, 0], false);
    stage.fakes.state().items[0].in_stock = 9;
    stage
        .anna_sees(
            "bell_when_fewer_are_left_than_one_may_buy",
            Item { item, page: 0, shop_page: 0 },
        )
        .await;
    let gone = stage.fakes.item(category, "Gone", 100, Some(0));
    let watch = |on| Watch { item: gone, page: 1, shop_page: 2, on };
    stage.anna_presses("bell_pressed", watch(true)).await;
    assert_eq!(stage.fakes.state().stock.waiters, [(gone.to_string(), ANNA)]);
    stage.anna_presses("bell_pressed_again", watch(false)).await;
    assert!(stage.fakes.state().stock.waiters.is_empty());
}

#[tokio::test]
async fn peer_05_a_receipt_of_files_names_them_and_they_come_ahead() {
    let stage = Stage::new();
    let id = OrderId::derived("files");
    let mut order = delivered(id, &long_name(), 100, "");
    let file = |name: &str| UnitFile {
        name: name.to_owned(),
        file_id: name.to_owned(),
        ..UnitFile::default()
    };
    let unit = |name| UnitValue { value: String::new(), file: Some(file(name)) };
    order.lines[0].units = vec![unit("a <b>.ovpn"), unit("b.zip")];
    stage.fakes.state().orders.push((ANNA, order));
    for name in ["a <b>.ovpn", "b.zip"] {
        let content = UnitFile { content: vec![0, 1, 2], ..file(name) };
        stage.fakes.state().stock.files.insert(name.to_owned(), content);
    }
    let purchase = Purchase { order: id, page: 0 };
    stage.anna_sees("receipt_of_files", purchase.clone()).await;
    let view = Screen::from(purchase).view(&stage.anna(Locale::En)).await.unwrap();
    let ahead: Vec<_> = view.attachments.iter().map(|it| (&*it.name, it.content.len())).collect();
    assert_eq!(ahead, [("a <b>.ovpn", 3), ("b.zip", 3)]);
}

#[tokio::test]
async fn shop_17_staff_look_through_units_and_take_one_back() {
    let stage = Stage::new();
    let (category, item) = rich(&stage);
    let none = StaffUnits { item, shelf: Shelf::Withdrawn, after: 0 };
    stage.owner_presses("units_none", none, None).await;
    for number in 1..=25 {
        unit_in(&stage, item, number, UnitState::Free, &format!("secret <{number}>"));
    }
    stage.owner_presses("units", StaffUnits::of(item), None).await;
    let second = StaffUnits { item, shelf: Shelf::Sale, after: 10 };
    stage.owner_presses("units_second_page", second, None).await;
    let unit = i64::MAX;
    unit_in(&stage, item, unit, UnitState::Sold, "<sold> & gone");
    stage.owner_presses("unit", StaffUnit::Show { item, unit: 7 }, None).await;
    let reveal = |unit| StaffUnit::Reveal { item, unit };
    stage.owner_presses("unit_reveal", reveal(7), None).await;
    stage.owner_writes("unit_reveal_without_reason", reveal(7), None, "x").await;
    stage.owner_writes("unit_revealed", reveal(unit), None, "the buyer lost it").await;
    unit_in(&stage, item, 98, UnitState::Free, &"long ".repeat(1_000));
    stage.owner_writes("unit_revealed_as_a_file", reveal(98), None, "a check").await;
    stage.owner_writes("unit_reveal_nothing", reveal(1_000), None, "a check").await;
    stage.owner_presses("unit_withdraw", StaffUnit::Withdraw { item, unit: 7 }, None).await;
    stage.owner_presses("unit_withdrawn", StaffUnit::Withdrawn { item, unit: 7 }, None).await;
    stage
        .owner_presses(
            "units_withdrawn",
            StaffUnits { shelf: Shelf::Withdrawn, item, after: 0 },
            None,
        )
        .await;
    let endless = stage.fakes.item(category, "Endless", 100, None);
    unit_in(&stage, endless, 77, UnitState::Shared, "shared");
    stage.owner_presses("units_of_an_unlimited_item", StaffUnits::of(endless), None).await;
}

#[tokio::test]
async fn peer_18_an_export_asks_why_and_comes_as_a_file() {
    let stage = Stage::new();
    let (_, item) = rich(&stage);
    let export = ExportUnits { item };
    stage.owner_presses("export", export.clone(), None).await;
    stage.owner_writes("export_without_reason", export.clone(), None, "no").await;
    stage.owner_writes("export_none", export.clone(), None, "moving shops").await;
    for number in 0..1_500 {
        unit_in(&stage, item, number + 1, UnitState::Free, &format!("key-{number}"));
    }
    stage.owner_writes("export_done", export.clone(), None, "moving shops").await;
    unit_in(&stage, item, 9_999, UnitState::Free, "two\nlines");
    stage.owner_writes("export_of_lines", export.clone(), None, "moving shops").await;
    stage.fakes.rule(item, [1, 10, 0], true);
    stage.owner_presses("export_of_files", export, None).await;
}

#[tokio::test]
async fn peer_06_staff_set_the_rules_of_an_items_stock() {
    let stage = Stage::new();
    let (_, item) = rich(&stage);
    stage.owner_presses("rules_usual", ItemRules::Show { item }, None).await;
    for (name, rule, answer) in [
        ("rules_least", Rule::Least, "2"),
        ("rules_most", Rule::Most, "20"),
        ("rules_person", Rule::PerPerson, "30"),
        ("rules_low", Rule::LowAt, "5"),
    ] {
        let ask = ItemRules::Ask { item, rule };
        stage.owner_presses(&format!("{name}_ask"), ask.clone(), None).await;
        stage.owner_writes(&format!("{name}_done"), ask, None, answer).await;
    }
    let ask = ItemRules::Ask { item, rule: Rule::Most };
    stage.owner_writes("rules_bad_number", ask.clone(), None, "many").await;
    stage.owner_writes("rules_refused", ask, None, "1").await;
    stage.owner_presses("rules_files", ItemRules::SellFiles { item, files: true }, None).await;
    stage.owner_presses("add_stock_files", AddStock { item }, None).await;
    stage.owner_writes("add_stock_files_text", AddStock { item }, None, "a value").await;
    stage.anna_presses("rules_for_others", ItemRules::Show { item }).await;
}

#[tokio::test]
async fn peer_09_peer_16_ops_32_notices_about_stock_read_the_same_after_the_queue() {
    let stage = Stage::new();
    let (category, item) = rich(&stage);
    let gone = stage.fakes.item(category, "Gone", 100, Some(0));
    let channel = |hint| Notice::ChannelTrouble { channel: "-1001234".into(), hint };
    for (name, notice) in [
        ("notice_low", Notice::LowStock { item, left: 2, low_at: 5, entry: "7".into() }),
        ("notice_back", Notice::Back { item, restock: 7 }),
        ("notice_back_and_gone", Notice::Back { item: gone, restock: 7 }),
        ("notice_channel_forbidden", channel(ChannelHint::Forbidden)),
        ("notice_channel_not_found", channel(ChannelHint::NotFound)),
        ("notice_channel_refused", channel(ChannelHint::Refused)),
    ] {
        let row = notice.row(PersonId(ANNA));
        assert_eq!(Notice::read(&row.kind, row.refs).unwrap(), notice);
        let mut seen = String::new();
        for locale in Locale::ALL {
            seen.push_str(&picture(locale, &notice.view(&stage.anna(locale)).await.unwrap()));
        }
        keep(name, &seen);
    }
}
