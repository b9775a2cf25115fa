//! Purchases that wait for money, in both languages: one item, a cart, the shortest and the longest.

use contract::failure::{Failure, Kind};
use kernel::ids::{ItemId, OrderId};
use kernel::locale::Locale;
use kernel::money::Money;

use super::stage::{Stage, keep, picture};
use crate::fakes::{NOW, Wallet};
use crate::intents::Intent;
use crate::operations::intents::State;
use crate::outbound::{Stop, stopped};
use crate::peers::carts::{Changed, Seen};
use crate::screen::{Cx, View};
use crate::screens::agreed::{Agreed, Source};
use crate::screens::no_money::Gap;
use crate::screens::*;

const ANNA: i64 = 42;

fn long_name() -> String {
    "<b>&".chars().chain("я".repeat(200).chars()).take(100).collect()
}

fn rub(minor: i64) -> Money {
    Money::new(minor, "RUB".parse().unwrap())
}

fn agreed(source: Source, minor: i64) -> Agreed {
    let line = Seen {
        item: ItemId::derived("vpn"),
        name: long_name(),
        quantity: 1,
        unit_price: rub(minor),
        promo: None,
        discount: rub(0),
    };
    let order = OrderId::derived("waits");
    Agreed { order, source, lines: vec![line], total: rub(minor) }
}

fn waits(agreed: Agreed) -> Intent {
    Intent { agreed, state: State::Waiting, expires_at: NOW.parse().unwrap() }
}

async fn seen(stage: &Stage, name: &str, view: impl AsyncFn(&Cx) -> View) {
    let mut all = String::new();
    for locale in Locale::ALL {
        all.push_str(&picture(locale, &view(&stage.anna(locale)).await));
    }
    keep(name, &all);
}

#[tokio::test]
async fn peer_17_what_happens_when_the_money_comes_is_said_before() {
    let stage = Stage::new();
    for (name, source, total, available) in [
        ("buy_on_item", Source::Card, 99_999, 5_000),
        ("buy_on_little", Source::Card, 9_900, 9_000),
        ("buy_on_cart", Source::Cart, 999_999_999, 0),
    ] {
        let gap = Gap { total: rub(total), available: rub(available) };
        seen(&stage, name, async |cx| {
            let offer = cx.peers.list_methods().await.unwrap();
            buy_on::waiting(cx, &waits(agreed(source, total)), gap, offer)
        })
        .await;
    }
}

#[tokio::test]
async fn peer_17_a_purchase_that_did_not_come_about_says_why_and_where_the_money_is() {
    let stage = Stage::new();
    let item = ItemId::derived("vpn");
    let differences = vec![
        (item, Changed::Price(rub(19_900))),
        (item, Changed::Left(0)),
        (ItemId::derived("other"), Changed::Line),
    ];
    let sold_out = Stop::refused(&Failure::new(Kind::Conflict, "inventory.out_of_stock"));
    for (name, source, why) in [
        ("buy_on_late", Source::Card, Stop::Late),
        ("buy_on_price", Source::Card, Stop::Price { now: rub(19_900) }),
        ("buy_on_changed", Source::Cart, Stop::Changed { differences }),
        ("buy_on_sold_out", Source::Card, sold_out),
    ] {
        seen(&stage, name, async |cx| View::new(stopped::told(cx, &agreed(source, 9_900), &why)))
            .await;
    }
}

#[tokio::test]
async fn peer_17_what_is_missing_is_offered_within_what_can_be_topped_up() {
    let stage = Stage::new();
    let category = stage.fakes.category("Keys");
    let item = stage.fakes.item(category, &long_name(), 9_900, Some(9));
    stage.fakes.state().wallets.insert(ANNA, Wallet { available: 9_000, ..Wallet::default() });
    stage
        .anna_sees(
            "no_money_less_than_the_least",
            Confirm { item, page: 0, shop_page: 0, quantity: 1 },
        )
        .await;
    stage.fakes.state().items[0].price.as_mut().unwrap().minor = 99_999_900;
    stage
        .anna_sees(
            "no_money_more_than_the_most",
            Confirm { item, page: 0, shop_page: 0, quantity: 1 },
        )
        .await;
    stage.fakes.state().methods.clear();
    stage
        .anna_sees("no_money_without_methods", Confirm { item, page: 0, shop_page: 0, quantity: 1 })
        .await;
    let order = OrderId::fresh(&stage.bot.clock);
    let go_on = BuyOn::Item { order, item, price_minor: 99_999_900, quantity: 1 };
    stage.anna_presses("buy_on_without_methods", go_on).await;
    // An offer at a price that no longer holds agrees to nothing.
    let stale = BuyOn::Item { order, item, price_minor: 1, quantity: 1 };
    stage.anna_presses("buy_on_stale", stale).await;
}
