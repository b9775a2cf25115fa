//! Every view in both languages, with data as awkward as it comes.

use std::fmt::Write;

use contract::failure::{Failure, Kind};
use contract::{common, inventory, payments};
use kernel::ids::{CategoryId, InvoiceId, ItemId, OrderId, PersonId};
use kernel::locale::Locale;
use kernel::money::Money;

use super::stage::{Stage, keep, picture};
use crate::dialogue::Draft;
use crate::failure_text;
use crate::fakes::{NOW, Wallet, delivered, now, roubles};
use crate::outbound::Notice;
use crate::peers::invoices::MethodSlug;
use crate::screens::*;

const ANNA: i64 = 42;

pub fn long_name() -> String {
    "Ключ <b>&".chars().chain("я".repeat(200).chars()).take(100).collect()
}

fn order_id(words: &str) -> OrderId {
    OrderId::derived(words)
}

fn stock_shop(stage: &Stage) -> (CategoryId, ItemId) {
    let category = stage.fakes.category("VPN & <прокси>");
    let item = stage.fakes.item(category, &long_name(), 123_450, Some(3));
    (category, item)
}

#[tokio::test]
async fn ux_02_ux_10_the_menu_shows_what_the_shop_has() {
    let stage = Stage::new();
    stage.anna_sees("home", Home).await;
    stage.owner_presses("home_of_the_owner", Home, None).await;
    stage.anna_presses("mark", Mark { page: 2, pages: 5 }).await;
}

#[tokio::test]
async fn shop_20_lists_stay_readable_when_empty_long_and_beyond_their_end() {
    let stage = Stage::new();
    stage.anna_sees("shop_empty", Shop { page: 0 }).await;
    let (category, _) = stock_shop(&stage);
    let shown = Category { category, page: 0, shop_page: 3 };
    stage.fakes.item(category, "Gone", 100, Some(0));
    stage.fakes.item(category, "Endless", 0, None);
    stage.anna_sees("category_awkward", shown.clone()).await;
    for number in 0..22 {
        stage.fakes.category(&format!("Категория {number:02}"));
        stage.fakes.item(category, &format!("Item {number:02}"), 9_900, Some(1));
    }
    stage.anna_sees("shop_many", Shop { page: 1 }).await;
    stage.anna_sees("category_many", Category { page: 2, ..shown.clone() }).await;
    // The list has become shorter than the page that an old button names.
    stage.anna_sees("category_beyond_the_end", Category { page: 99, ..shown }).await;
    let empty = stage.fakes.category("Empty");
    let empty = Category { category: empty, page: 0, shop_page: 0 };
    stage.anna_sees("category_empty", empty).await;
}

#[tokio::test]
async fn shop_02_shop_05_an_items_card_says_what_is_left() {
    let stage = Stage::new();
    let (category, awkward) = stock_shop(&stage);
    stage.fakes.state().items[0].description = "<i>&".repeat(500);
    let last = stage.fakes.item(category, "Last one", 1, Some(1));
    let gone = stage.fakes.item(category, "Gone", 100, Some(0));
    let plenty = stage.fakes.item(category, "Plenty", 100, Some(1_000));
    let endless = stage.fakes.item(category, "Endless", 100, None);
    let not_yet = stage.fakes.item(category, "Not yet", 100, None);
    stage.fakes.state().items.last_mut().unwrap().in_stock = 0;
    for (name, item) in [
        ("item_awkward", awkward),
        ("item_last", last),
        ("item_gone", gone),
        ("item_plenty", plenty),
        ("item_endless", endless),
        ("item_without_its_value", not_yet),
    ] {
        stage.anna_sees(name, Item { item, page: 1, shop_page: 2 }).await;
    }
}

#[tokio::test]
async fn a_purchase_says_how_it_ended() {
    let stage = Stage::new();
    let (_, item) = stock_shop(&stage);
    let confirm = Confirm { item, page: 1, shop_page: 2, quantity: 1 };
    stage.anna_sees("confirm_without_money", confirm.clone()).await;
    stage.fakes.state().wallets.insert(ANNA, Wallet { available: 999_999, ..Wallet::default() });
    stage.anna_sees("confirm", confirm).await;
    let order = || OrderId::fresh(&stage.bot.clock);
    let buy = || Buy { order: order(), item, price_minor: 123_450, quantity: 1 };
    stage.anna_presses("receipt", buy()).await;
    stage.anna_presses("price_changed", Buy { price_minor: 100, ..buy() }).await;
    stage.anna_presses("buy_out_of_date", Buy { order: order_id("forged"), ..buy() }).await;
    stage.fakes.state().items[0].in_stock = 0;
    stage.anna_presses("sold_out", buy()).await;
    stage.fakes.state().items[0].in_stock = 9;
    stage.fakes.state().wallets.insert(ANNA, Wallet { available: 3_450, ..Wallet::default() });
    stage.anna_presses("no_money", buy()).await;
    stage.fakes.fail("place_order", Kind::Unavailable, "inventory.order_unfinished");
    stage.anna_presses("order_finishing", buy()).await;
}

#[tokio::test]
async fn goods_are_shown_whole_whatever_they_are() {
    let stage = Stage::new();
    stage.anna_sees("purchases_none", Purchases { page: 0 }).await;
    let awkward = delivered(order_id("a"), &long_name(), 123_450, "<b>&amp; key</b>\"'\u{202e}");
    let long = delivered(order_id("l"), "Long", 100, &"<5,000 & ж>".repeat(455));
    let mut many = delivered(order_id("m"), "Many", 100, "one");
    many.lines[0].quantity = 3;
    for value in ["two", "three"] {
        many.lines[0].units.push(inventory::UnitValue { value: value.into(), file: None });
    }
    let mut open = delivered(order_id("o"), "Open", 100, "");
    open.state = inventory::OrderState::Charged.into();
    open.lines[0].units.clear();
    let mut undone = delivered(order_id("u"), "Undone", 100, "");
    undone.state = inventory::OrderState::Released.into();
    for order in [awkward, long, many, open, undone] {
        stage.fakes.state().orders.push((ANNA, order));
    }
    for (name, words) in [
        ("purchase_awkward", "a"),
        ("purchase_longer_than_a_message", "l"),
        ("purchase_of_several", "m"),
        ("purchase_still_open", "o"),
        ("purchase_undone", "u"),
    ] {
        stage.anna_sees(name, Purchase { order: order_id(words), page: 1 }).await;
    }
    for number in 0..20 {
        let order = delivered(order_id(&number.to_string()), &format!("No {number}"), 1, "x");
        stage.fakes.state().orders.push((ANNA, order));
    }
    stage.anna_sees("purchases_many", Purchases { page: 1 }).await;
}

#[tokio::test]
async fn ux_03_bug_66_the_profile_adds_up_what_a_person_has() {
    let stage = Stage::new();
    stage.anna_sees("profile_new", Profile).await;
    stage.anna_sees("history_none", Operations { page: 0 }).await;
    let wallet = Wallet {
        available: 123_456_789,
        held: 5_000,
        topped_up: 200_000_000,
        spent: 76_543_211,
        earned: 1_050,
        invited: 3,
        inviter: 0,
    };
    stage.fakes.state().wallets.insert(ANNA, wallet);
    for number in 0..5 {
        let order = delivered(order_id(&number.to_string()), "x", 1, "x");
        stage.fakes.state().orders.push((ANNA, order));
    }
    stage.anna_sees("profile", Profile).await;
    stage.anna_sees("referral", Referral).await;
    let kinds = [
        (payments::OperationKind::TopUp, 10_000, "cryptopay"),
        (payments::OperationKind::Purchase, -9_950, "B-<7&"),
        (payments::OperationKind::Referral, 1, ""),
        (payments::OperationKind::Adjustment, -100, "because"),
        (payments::OperationKind::Refund, 100, ""),
        (payments::OperationKind::Promo, 500, "GIFT-5"),
        (payments::OperationKind::Reward, 200, "channel"),
        (payments::OperationKind::Opening, -350, ""),
        (payments::OperationKind::Unspecified, 0, ""),
    ];
    for (kind, minor, reference) in kinds {
        stage.fakes.state().operations.push(payments::Operation {
            transfer_id: String::new(),
            kind: kind.into(),
            amount: Some(roubles(minor)),
            happened_at: Some(now()),
            reference: reference.into(),
        });
    }
    stage.anna_sees("history", Operations { page: 0 }).await;
}

#[tokio::test]
async fn an_amount_is_asked_for_until_it_fits() {
    let stage = Stage::new();
    stage.anna_sees("top_up", TopUp).await;
    stage.anna_writes("top_up_not_a_number", TopUp, "сто").await;
    stage.anna_writes("top_up_too_precise", TopUp, "100.001").await;
    stage.anna_writes("top_up_thousands", TopUp, "1,500").await;
    stage.anna_writes("top_up_too_little", TopUp, "19,99").await;
    stage.anna_writes("top_up_too_large", TopUp, &"9".repeat(40)).await;
    stage.anna_writes("top_up_accepted", TopUp, "1 000 ₽").await;
    stage.anna_sees("methods_for_less_than_the_least", Methods { amount_minor: 1 }).await;
    stage.anna_sees("methods_for_nonsense", Methods { amount_minor: i64::MAX }).await;
    let open = |slug: &str| Invoice::Open {
        invoice: InvoiceId::derived(slug),
        method: MethodSlug::try_from(slug.to_owned()).unwrap(),
        amount_minor: 10_000,
    };
    stage.anna_presses("invoice_by_link", open("cryptopay")).await;
    stage.anna_presses("invoice_in_the_chat", open("stars")).await;
    stage.anna_sees("invoices", Invoices).await;
    stage.fakes.state().methods.clear();
    stage.anna_presses("top_up_without_methods", TopUp).await;
    stage.anna_presses("methods_none", Methods { amount_minor: 10_000 }).await;
}

#[tokio::test]
async fn an_invoice_says_how_far_it_is() {
    let stage = Stage::new();
    stage.anna_sees("invoices_none", Invoices).await;
    for (name, state) in [
        ("invoice_new", payments::InvoiceState::New),
        ("invoice_waiting", payments::InvoiceState::Pending),
        ("invoice_paid", payments::InvoiceState::Paid),
        ("invoice_expired", payments::InvoiceState::Expired),
        ("invoice_under_review", payments::InvoiceState::Review),
    ] {
        let id = InvoiceId::derived(name);
        let mut expires_at = now();
        expires_at.seconds += 61;
        stage.fakes.state().invoices.push((
            ANNA,
            payments::Invoice {
                invoice_id: id.to_string(),
                method: "cryptopay".into(),
                state: state.into(),
                amount: Some(common::Money { minor: 10_000, currency: "RUB".into() }),
                expires_at: Some(expires_at),
                pay: None,
            },
        ));
        stage.anna_presses(name, Invoice::Check { invoice: id }).await;
    }
}

#[tokio::test]
async fn shop_26_ux_07_the_owners_words_are_shown_as_written() {
    let stage = Stage::new();
    stage.anna_sees("rules", Rules).await;
    stage.anna_sees("support", Support).await;
    stage.anna_sees("language", Language { chosen: None }).await;
}

#[tokio::test]
async fn staff_see_their_desk_and_nobody_else_does() {
    let stage = Stage::new();
    stage.anna_presses("staff_screens_are_the_menu_for_others", Console).await;
    stage.owner_presses("console", Console, None).await;
    stage.owner_presses("staff_categories_none", StaffCategories { page: 0 }, None).await;
    let (category, item) = stock_shop(&stage);
    let endless = stage.fakes.item(category, "Endless", 100, None);
    let not_yet = stage.fakes.item(category, "Not yet", 100, None);
    stage.fakes.state().items.last_mut().unwrap().in_stock = 0;
    let empty = stage.fakes.category("Empty");
    stage.owner_presses("staff_categories", StaffCategories { page: 0 }, None).await;
    stage.owner_presses("staff_items", StaffItems { category, page: 0 }, None).await;
    stage.owner_presses("staff_items_none", StaffItems { category: empty, page: 0 }, None).await;
    stage.owner_presses("staff_item", StaffItem { item, page: 0 }, None).await;
    stage.owner_presses("set_price", SetPrice { item }, None).await;
    stage.owner_writes("set_price_wrong", SetPrice { item }, None, "free").await;
    stage.owner_writes("set_price_thousands", SetPrice { item }, None, "1.000").await;
    stage.owner_writes("set_price_too_high", SetPrice { item }, None, "10000000000,01").await;
    stage.owner_writes("set_price_free", SetPrice { item }, None, "0").await;
    stage.owner_writes("set_price_done", SetPrice { item }, None, "99,90").await;
    stage.owner_presses("add_stock", AddStock { item }, None).await;
    stage.owner_presses("add_stock_endless", AddStock { item: endless }, None).await;
    stage.owner_writes("add_stock_first_value", AddStock { item: not_yet }, None, "one").await;
    stage.owner_writes("add_stock_other_value", AddStock { item: endless }, None, "two").await;
    stage.fakes.fail("add_stock", Kind::Conflict, "inventory.value_known");
    stage.owner_writes("add_stock_value_known", AddStock { item: endless }, None, "two").await;
    stage.fakes.state().failures.clear();
    stage.owner_writes("add_stock_empty", AddStock { item }, None, " \n ").await;
    let cut = "x".repeat(4_096);
    stage.owner_writes("add_stock_cut_message", AddStock { item }, None, &cut).await;
    stage.owner_presses("add_category", AddCategory, None).await;
    stage.owner_writes("add_category_wrong", AddCategory, None, "a\nb").await;
    stage.owner_writes("add_category_done", AddCategory, None, "  New   <one> ").await;
    stage.owner_writes("add_category_taken", AddCategory, None, "Empty").await;
}

#[tokio::test]
async fn a_new_item_is_asked_for_step_by_step() {
    let stage = Stage::new();
    let draft = |price| {
        let (name, description) = ("Ключ <1>".into(), "&".into());
        Some(Draft::new(&NewItemAnswers { name, description, price }))
    };
    let price = Some(Money::new(9_900, "RUB".parse().unwrap()));
    stage.owner_presses("add_item_name", AddItem::Name, None).await;
    stage.owner_writes("add_item_name_wrong", AddItem::Name, draft(None), &"я".repeat(101)).await;
    stage.owner_writes("add_item_description", AddItem::Name, draft(None), "Ключ").await;
    let description = AddItem::Description;
    stage.owner_writes("add_item_description_wrong", description.clone(), draft(None), " ").await;
    stage.owner_writes("add_item_price", description, draft(None), "For <all>").await;
    stage.owner_writes("add_item_price_wrong", AddItem::Price, draft(None), "-1").await;
    stage.owner_writes("add_item_price_thousands", AddItem::Price, draft(None), "1,500").await;
    stage.owner_writes("add_item_price_too_high", AddItem::Price, draft(None), "99999999999").await;
    stage.owner_writes("add_item_without_categories", AddItem::Price, draft(None), "99").await;
    let category = stage.fakes.category("VPN");
    stage.owner_writes("add_item_category", AddItem::Price, draft(None), "99").await;
    stage.owner_presses("add_item_kind", AddItem::Kind { category }, draft(price)).await;
    let free = Some(Money::new(0, "RUB".parse().unwrap()));
    stage.owner_presses("add_item_kind_free", AddItem::Kind { category }, draft(free)).await;
    let item = ItemId::derived("new");
    let create = AddItem::Create { item, category, unlimited: false };
    stage.owner_presses("add_item_forgotten", create.clone(), None).await;
    stage.owner_presses("add_item_done", create.clone(), draft(price)).await;
    // The same press once more, when the answers are forgotten, is the same item.
    stage.owner_presses("add_item_done_before", create, None).await;
    assert_eq!(stage.fakes.state().items.len(), 1);
}

#[tokio::test]
async fn a_notice_reads_the_same_after_the_queue() {
    let stage = Stage::new();
    let order = order_id("a");
    let bought = delivered(order, &long_name(), 123_450, "<key>");
    stage.fakes.state().orders.push((ANNA, bought));
    let amount = Money::new(-5_000, "RUB".parse().unwrap());
    let gained = Money::new(231, "RUB".parse().unwrap());
    let paid = Notice::Paid {
        invoice: InvoiceId::derived("i"),
        transfer: "t".into(),
        amount: gained,
        happened_at: NOW.parse().unwrap(),
    };
    for (name, notice) in [
        ("notice_goods", Notice::Goods { order }),
        ("notice_released", Notice::Released { order }),
        ("notice_paid", paid),
        ("notice_referral", Notice::Referral { transfer: "t".into(), amount: gained }),
        ("notice_added", Notice::Adjusted { transfer: "t".into(), amount: gained }),
        ("notice_taken", Notice::Adjusted { transfer: "t".into(), amount }),
        ("notice_suspense", Notice::Suspense { case: "c-1".into(), person: Some(PersonId(99)) }),
    ] {
        let row = notice.row(PersonId(ANNA));
        assert_eq!(Notice::read(&row.kind, row.refs).unwrap(), notice);
        let mut seen = String::new();
        for locale in Locale::ALL {
            let view = notice.view(&stage.anna(locale)).await.unwrap();
            seen.push_str(&picture(locale, &view));
        }
        keep(name, &seen);
    }
}

/// Codes that can reach a buyer or staff, from the sources of the services.
const CODES: [(Kind, &str); 60] = [
    (Kind::Missing, "bot.person_missing"),
    (Kind::Denied, "bot.not_above"),
    (Kind::Conflict, "inventory.out_of_stock"),
    (Kind::Conflict, "inventory.price_changed"),
    (Kind::Conflict, "inventory.name_taken"),
    (Kind::Missing, "inventory.item_missing"),
    (Kind::Missing, "inventory.category_missing"),
    (Kind::Conflict, "inventory.category_too_deep"),
    (Kind::Conflict, "inventory.category_cycle"),
    (Kind::Conflict, "inventory.category_not_empty"),
    (Kind::Conflict, "inventory.category_archived"),
    (Kind::Conflict, "inventory.order_not_delivered"),
    (Kind::Missing, "inventory.unit_missing"),
    (Kind::Missing, "inventory.order_missing"),
    (Kind::Invalid, "inventory.one_value_wanted"),
    (Kind::Conflict, "inventory.quantity_not_allowed"),
    (Kind::Conflict, "inventory.person_limit"),
    (Kind::Conflict, "inventory.unit_not_free"),
    (Kind::Conflict, "inventory.item_has_stock"),
    (Kind::Invalid, "inventory.files_wanted"),
    (Kind::Invalid, "inventory.values_wanted"),
    (Kind::Missing, "inventory.file_missing"),
    (Kind::Missing, "inventory.promo_missing"),
    (Kind::Conflict, "inventory.promo_inactive"),
    (Kind::Conflict, "inventory.promo_expired"),
    (Kind::Conflict, "inventory.promo_exhausted"),
    (Kind::Conflict, "inventory.promo_used"),
    (Kind::Conflict, "inventory.promo_wrong_item"),
    (Kind::Conflict, "inventory.promo_wrong_category"),
    (Kind::Conflict, "inventory.promo_not_discount"),
    (Kind::Conflict, "inventory.promo_not_balance"),
    (Kind::Exhausted, "inventory.promo_too_many"),
    (Kind::Conflict, "inventory.promo_taken"),
    (Kind::Conflict, "inventory.promo_binding_gone"),
    (Kind::Conflict, "inventory.reviews_off"),
    (Kind::Denied, "inventory.not_purchased"),
    (Kind::Missing, "inventory.review_missing"),
    (Kind::Conflict, "inventory.review_changed"),
    (Kind::Conflict, "inventory.cart_full"),
    (Kind::Conflict, "inventory.cart_empty"),
    (Kind::Conflict, "inventory.value_known"),
    (Kind::Conflict, "payments.insufficient_funds"),
    (Kind::Missing, "payments.no_such_invoice"),
    (Kind::Missing, "payments.no_such_method"),
    (Kind::Invalid, "payments.amount_out_of_bounds"),
    (Kind::Unavailable, "payments.provider_unavailable"),
    (Kind::Exhausted, "payments.too_many_open_invoices"),
    (Kind::Missing, "admin.role_missing"),
    (Kind::Conflict, "admin.role_name_taken"),
    (Kind::Conflict, "admin.built_in_role"),
    (Kind::Conflict, "admin.role_in_use"),
    (Kind::Denied, "admin.right_lacking"),
    (Kind::Denied, "admin.all_rights"),
    (Kind::Denied, "admin.own_role"),
    (Kind::Denied, "admin.owner_role"),
    (Kind::Denied, "admin.outranked"),
    (Kind::Unavailable, "common.unavailable"),
    (Kind::Exhausted, "common.exhausted"),
    (Kind::Denied, "common.denied"),
    (Kind::Invalid, "common.invalid_field"),
];

#[tokio::test]
async fn every_failure_has_words_that_fit_an_alert() {
    let stage = Stage::new();
    let mut told = String::new();
    for (kind, code) in CODES {
        for locale in Locale::ALL {
            let text = failure_text::text(&stage.anna(locale), &Failure::new(kind, code));
            assert!(telegram::html::utf16_len(&text) <= 200, "{text}");
            writeln!(told, "{code} {}: {text}", locale.tag()).unwrap();
        }
    }
    keep("failures", &told);
    let cx = stage.anna(Locale::En);
    let secret = Failure::new(Kind::Internal, "payments.store").because("relation missing");
    let text = failure_text::text(&cx, &secret);
    assert!(text.contains("tell support") && !text.contains("relation"), "{text}");
}
