//! Carts and promo codes in both languages, with nothing in them and with too much.

use contract::inventory::PromoState;
use kernel::ids::{CategoryId, ItemId, OrderId, PromoId};
use kernel::money::Money;

use super::stage::Stage;
use crate::dialogue::Draft;
use crate::fakes::{Wallet, delivered};
use crate::peers::carts::Seen;
use crate::peers::promo_admin::{Binding, Worth};
use crate::screens::agreed::{Agreed, Source};
use crate::screens::*;

const ANNA: i64 = 42;

fn long_name(number: usize) -> String {
    format!("{number:02} <b>&").chars().chain("я".repeat(200).chars()).take(100).collect()
}

fn rub(minor: i64) -> Money {
    Money::new(minor, "RUB".parse().unwrap())
}

fn fund(stage: &Stage, available: i64) {
    stage.fakes.state().wallets.insert(ANNA, Wallet { available, ..Wallet::default() });
}

/// Ten lines of the longest names, each with a code of the longest.
fn overfill(stage: &Stage) -> (CategoryId, Vec<ItemId>) {
    let category = stage.fakes.category("VPN & <прокси>");
    let items = (0..10).map(|number| {
        let item = stage.fakes.item(category, &long_name(number), 99_999_950, Some(200));
        let promo = stage.fakes.promo(&format!("{number:0>50}"), 3_333);
        stage.fakes.put_in_cart(ANNA, item, 100, Some(promo));
        item
    });
    (category, items.collect())
}

#[tokio::test]
async fn cart_06_bug_65_a_cart_is_readable_when_empty_and_when_full() {
    let stage = Stage::new();
    stage.anna_sees("cart_empty", Cart::Show).await;
    stage.anna_presses("checkout_of_nothing", Checkout).await;
    let (_, items) = overfill(&stage);
    stage.anna_sees("cart_full", Cart::Show).await;
    stage.anna_sees("cart_ask_clear", Cart::AskClear).await;
    stage.anna_sees("profile_with_a_cart", Profile).await;
    fund(&stage, 1_000_000_000_000);
    stage.anna_sees("checkout_full", Checkout).await;
    stage.anna_presses("cart_removed", Cart::Remove { item: items[9] }).await;
    stage.anna_presses("cart_without_a_code", Cart::DropPromo { item: items[8] }).await;
    for item in &items[1..8] {
        stage.fakes.state().carts.get_mut(&ANNA).unwrap().retain(|l| l.item_id != item.to_string());
    }
    stage.anna_presses("cart_set", Cart::Set { item: items[0], quantity: 1 }).await;
    stage.anna_presses("cart_cleared", Cart::Clear).await;
    let calls = stage.fakes.state().calls["get_cart"];
    stage.anna_sees("cart_empty", Cart::Show).await;
    assert_eq!(
        stage.fakes.state().calls["get_cart"],
        calls + 2,
        "one call per look, in two languages"
    );
}

#[tokio::test]
async fn bug_17_bug_75_what_cannot_be_bought_is_said_before_checkout() {
    let stage = Stage::new();
    let category = stage.fakes.category("Keys");
    let short = stage.fakes.item(category, "Short <&>", 100, Some(2));
    let sold_out = stage.fakes.item(category, "Sold out", 100, Some(0));
    let dead = stage.fakes.promo("DEAD", 1_000);
    let fine = stage.fakes.item(category, "Fine", 100, None);
    stage.fakes.put_in_cart(ANNA, short, 3, None);
    stage.fakes.put_in_cart(ANNA, sold_out, 1, None);
    stage.fakes.put_in_cart(ANNA, fine, 2, Some(dead));
    stage.fakes.put_in_cart(ANNA, ItemId::derived("nothing"), 1, None);
    stage.fakes.state().promos[0].state = PromoState::Expired.into();
    fund(&stage, 100_000);
    stage.anna_presses("checkout_not_whole", Checkout).await;
}

#[tokio::test]
async fn cart_03_cart_04_a_cart_is_agreed_to_and_bought() {
    let stage = Stage::new();
    let category = stage.fakes.category("Keys");
    let vpn = stage.fakes.item(category, "VPN <&>", 19_900, Some(9));
    let guide = stage.fakes.item(category, &long_name(1), 5_000, None);
    let half = stage.fakes.promo("HALF", 5_000);
    stage.fakes.put_in_cart(ANNA, vpn, 2, Some(half));
    stage.fakes.put_in_cart(ANNA, guide, 1, None);
    stage.anna_sees("checkout_without_money", Checkout).await;
    fund(&stage, 1_000_000);
    stage.anna_sees("checkout", Checkout).await;

    let order = OrderId::fresh(&stage.bot.clock);
    let line = |item, name: &str, quantity, minor, promo, off| Seen {
        item,
        name: name.to_owned(),
        quantity,
        unit_price: rub(minor),
        promo,
        discount: rub(off),
    };
    let agreed = |order| Agreed {
        order,
        source: Source::Cart,
        lines: vec![
            line(vpn, "VPN <&>", 2, 19_900, Some(half), 19_900),
            line(guide, &long_name(1), 1, 4_999, None, 0),
        ],
        total: rub(24_899),
    };
    let changed = Draft::new(&agreed(order));
    stage.anna_presses_after("pay_changed", Pay { order }, changed).await;
    assert_eq!(stage.fakes.state().orders.len(), 0);
    let mut right = agreed(order);
    right.lines[1].unit_price = rub(5_000);
    right.total = rub(24_900);
    stage.anna_presses_after("pay_bought", Pay { order }, Draft::new(&right)).await;
    assert_eq!(stage.fakes.state().orders.len(), 1, "both languages pressed for one order");

    let bought = order;
    stage.anna_presses("pay_forgotten", Pay { order: OrderId::fresh(&stage.bot.clock) }).await;
    stage.bot.dialogues.keep(kernel::ids::PersonId(ANNA), None).await;
    stage.anna_presses("pay_pressed_again", Pay { order: bought }).await;
    stage.anna_sees("purchase_line", PurchaseLine { order: bought, line: 1, page: 2 }).await;
    stage.anna_sees("purchase_line_beyond", PurchaseLine { order: bought, line: 9, page: 0 }).await;
}

#[tokio::test]
async fn cart_04_goods_longer_than_a_message_are_behind_the_buttons_of_their_lines() {
    let stage = Stage::new();
    let order = OrderId::derived("long");
    let mut long = delivered(order, &long_name(0), 100, &"<5,000 & ж>".repeat(455));
    let mut other = long.lines[0].clone();
    other.item_name = "Short".into();
    other.units[0].value = "key".into();
    long.lines.push(other);
    stage.fakes.state().orders.push((ANNA, long));
    stage.anna_sees("purchase_of_long_lines", Purchase { order, page: 1 }).await;
    stage.anna_sees("purchase_line_as_a_file", PurchaseLine { order, line: 0, page: 1 }).await;
}

#[tokio::test]
async fn promo_06_bug_61_bug_12_a_code_is_asked_for_and_stays_with_its_item() {
    let stage = Stage::new();
    let category = stage.fakes.category("Keys");
    let item = stage.fakes.item(category, &long_name(3), 19_950, Some(3));
    let other = stage.fakes.item(category, "Other", 100, Some(3));
    let promo = stage.fakes.promo("TEN", 1_000);
    stage.fakes.state().promos[0].item_id = item.to_string();
    let ask = |item| Discount::Ask { item, page: 1, shop_page: 2 };
    stage.anna_sees("promo_ask", ask(item)).await;
    stage.anna_writes("promo_wrong", ask(item), "nope").await;
    stage.anna_writes("promo_of_another_item", ask(other), "TEN").await;
    stage.anna_writes("promo_card", ask(item), " ten ").await;
    stage.anna_sees("promo_leads_nowhere_else", Item { item: other, page: 1, shop_page: 2 }).await;
    let confirm = Discount::Confirm { item, promo };
    stage.anna_sees("promo_confirm_without_money", confirm.clone()).await;
    fund(&stage, 1_000_000);
    stage.anna_sees("promo_confirm", confirm.clone()).await;
    stage.anna_presses("promo_to_cart", Discount::ToCart { item, promo }).await;

    let order = OrderId::fresh(&stage.bot.clock);
    let seen = Seen {
        item,
        name: long_name(3),
        quantity: 1,
        unit_price: rub(19_950),
        promo: Some(promo),
        discount: rub(1_995),
    };
    let agreed = Agreed { order, source: Source::Card, lines: vec![seen], total: rub(17_955) };
    stage.anna_presses_after("promo_bought", Pay { order }, Draft::new(&agreed)).await;
    let order = OrderId::fresh(&stage.bot.clock);
    let late = Draft::new(&Agreed { order, ..agreed });
    stage.fakes.state().promos[0].state = PromoState::Exhausted.into();
    stage.anna_presses_after("promo_died_meanwhile", Pay { order }, late).await;
    stage.anna_sees("promo_card_dead", Discount::Card { item, promo, page: 1, shop_page: 2 }).await;
}

#[tokio::test]
async fn promo_07_a_balance_code_is_redeemed_from_the_profile() {
    let stage = Stage::new();
    stage.fakes.promo("SALE", 500);
    stage.anna_sees("redeem", Redeem).await;
    stage.anna_writes("redeem_wrong", Redeem, "<nope>").await;
    stage.anna_writes("redeem_discount", Redeem, "sale").await;
    {
        let mut state = stage.fakes.state();
        state.promos[0].kind = contract::inventory::PromoKind::Balance.into();
        state.promos[0].amount = Some(crate::fakes::roubles(50_000));
    }
    stage.anna_writes("redeem_done", Redeem, "sale").await;
    let away = contract::failure::Kind::Unavailable;
    stage.fakes.fail("redeem_code", away, "inventory.redemption_unfinished");
    stage.anna_writes("redeem_later", Redeem, "sale").await;
}

#[tokio::test]
async fn promo_05_promo_08_staff_see_codes_and_others_see_the_menu() {
    let stage = Stage::new();
    let list = StaffPromos::List { page: 0 };
    stage.anna_presses("promos_are_the_menu_for_others", list.clone()).await;
    stage.owner_presses("promos_none", list.clone(), None).await;
    let promo = stage.fakes.promo("TEN", 1_050);
    for (number, state) in
        [PromoState::Inactive, PromoState::Expired, PromoState::Exhausted].into_iter().enumerate()
    {
        stage.fakes.promo(&format!("{number:0>50}"), 1);
        let mut fakes = stage.fakes.state();
        let last = fakes.promos.last_mut().unwrap();
        (last.state, last.max_uses, last.uses) = (state.into(), 100, 7);
    }
    stage.owner_presses("promos", list, None).await;
    {
        let mut state = stage.fakes.state();
        state.promos[0].bound_name = long_name(1);
        state.promos[0].uses = 3;
        state.promos[0].expires_at = Some(crate::fakes::now());
    }
    let page = 2;
    stage.owner_presses("promo_staff_card", StaffPromos::Card { promo, page }, None).await;
    stage.owner_presses("promo_staff_off", StaffPromos::Off { promo, page }, None).await;
    stage.owner_presses("promo_staff_on", StaffPromos::On { promo, page }, None).await;
    let ask = StaffPromos::AskArchive { promo, page };
    stage.owner_presses("promo_staff_ask_archive", ask, None).await;
    let archive = StaffPromos::Archive { promo, page: 0 };
    stage.owner_presses("promo_staff_archived", archive, None).await;
    stage.owner_presses("promo_staff_card_archived", StaffPromos::Card { promo, page }, None).await;
}

#[tokio::test]
async fn promo_05_bug_11_a_new_code_is_asked_for_step_by_step() {
    let stage = Stage::new();
    let draft = |worth| {
        Some(Draft::new(&NewPromoAnswers {
            code: "SALE".into(),
            worth,
            ..NewPromoAnswers::default()
        }))
    };
    let percent = Some(Worth::Percent(1_250));
    let kind = |kind| AddPromo::Worth { kind };
    stage.owner_presses("add_promo_code", AddPromo::Code, None).await;
    stage.owner_writes("add_promo_code_wrong", AddPromo::Code, draft(None), "a b").await;
    stage.owner_writes("add_promo_kind", AddPromo::Code, draft(None), "sale").await;
    stage.owner_presses("add_promo_percent", kind(PromoKind::Percent), draft(None)).await;
    stage.owner_writes("add_promo_nan", kind(PromoKind::Percent), draft(None), "NaN").await;
    stage.owner_presses("add_promo_amount", kind(PromoKind::Fixed), draft(None)).await;
    stage.owner_writes("add_promo_nothing", kind(PromoKind::Balance), draft(None), "0").await;
    stage.owner_writes("add_promo_uses", kind(PromoKind::Percent), draft(None), "12,5 %").await;
    stage.owner_writes("add_promo_uses_wrong", AddPromo::Uses, draft(percent), "-1").await;
    stage.owner_writes("add_promo_day", AddPromo::Uses, draft(percent), "100").await;
    stage.owner_writes("add_promo_day_wrong", AddPromo::LastDay, draft(percent), "31.12").await;
    stage.owner_writes("add_promo_bind", AddPromo::LastDay, draft(percent), "2126-12-31").await;
    let balance = draft(Some(Worth::Balance(rub(50_000))));
    stage.owner_presses("add_promo_day_of_balance", AddPromo::LastDay, balance.clone()).await;
    stage.owner_presses("add_promo_check_balance", AddPromo::ToAnything, balance).await;
    let category = stage.fakes.category("VPN <&>");
    let item = stage.fakes.item(category, &long_name(1), 100, Some(1));
    let categories = AddPromo::Categories { page: 0 };
    stage.owner_presses("add_promo_categories", categories, draft(percent)).await;
    let items = AddPromo::Items { category, page: 0 };
    stage.owner_presses("add_promo_items", items, draft(percent)).await;
    let to_category = AddPromo::ToCategory { category };
    stage.owner_presses("add_promo_check_category", to_category, draft(percent)).await;
    stage.owner_presses("add_promo_check_item", AddPromo::ToItem { item }, draft(percent)).await;
    let whole = Draft::new(&NewPromoAnswers {
        code: "SALE".into(),
        worth: percent,
        max_uses: 100,
        last_day: "2126-12-31".into(),
        binding: Binding::Item(item),
        bound_name: long_name(1),
    });
    let create = AddPromo::Create { promo: PromoId::derived("new") };
    stage.owner_presses("add_promo_forgotten", create.clone(), None).await;
    stage.owner_presses("add_promo_done", create.clone(), Some(whole.clone())).await;
    stage.owner_presses("add_promo_done_before", create, None).await;
    assert_eq!(stage.fakes.state().promos.len(), 1);
    let taken = AddPromo::Create { promo: PromoId::derived("other") };
    stage.owner_presses("add_promo_taken", taken, Some(whole)).await;
}
