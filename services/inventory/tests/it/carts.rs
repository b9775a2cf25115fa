//! Carts: one per person, ten lines at most, priced at the moment of looking.

use contract::failure::Kind;
use contract::inventory::Cart;
use futures_util::future::join_all;
use kernel::clock::Clock;
use kernel::ids::ItemId;

use crate::it::selling::{fixed, percent};
use crate::it::shop::{PRICE, Shop, rub};

const ANNA: i64 = 101;
const BORIS: i64 = 102;

fn shown(cart: &Cart) -> Vec<(&str, u32)> {
    cart.lines.iter().map(|line| (line.item_name.as_str(), line.quantity)).collect()
}

#[tokio::test]
async fn cart_01_everybody_has_a_cart_of_their_own_and_the_same_item_raises_its_quantity() {
    let shop = Shop::open().await;
    let vpn = shop.item_with("vpn", 3).await;
    let guide = shop.create_item("guide", true).await.unwrap();
    assert_eq!(shop.cart(ANNA).await.lines, []);

    shop.add(ANNA, vpn).await.unwrap();
    shop.add(ANNA, guide).await.unwrap();
    let cart = shop.add(ANNA, vpn).await.unwrap();
    assert_eq!(shown(&cart), [("vpn", 2), ("guide", 1)]);
    assert_eq!(cart.total, Some(rub(3 * PRICE)));
    assert_eq!((cart.lines[0].in_stock, cart.lines[1].unlimited), (3, true));
    assert_eq!(shop.cart(BORIS).await.lines, []);
    assert_eq!(shop.count("units where state <> 'free'").await, 0, "nothing is reserved");
}

#[tokio::test]
async fn cart_01_a_repeated_add_adds_once() {
    let shop = Shop::open().await;
    let vpn = shop.item_with("vpn", 1).await;
    let add = kernel::ids::fresh(&Clock::System);
    join_all((0..10).map(|_| shop.add_as(ANNA, vpn, add))).await;
    assert_eq!(shown(&shop.cart(ANNA).await), [("vpn", 1)]);
    shop.add(ANNA, vpn).await.unwrap();
    assert_eq!(shown(&shop.cart(ANNA).await), [("vpn", 2)]);
}

#[tokio::test]
async fn cart_06_lines_are_changed_removed_and_cleared() {
    let shop = Shop::open().await;
    let (vpn, proxy) = (shop.item_with("vpn", 1).await, shop.item_with("proxy", 1).await);
    shop.add(ANNA, vpn).await.unwrap();
    shop.set_line(ANNA, proxy, 7, None).await.unwrap();
    let cart = shop.set_line(ANNA, vpn, 100, None).await.unwrap();
    assert_eq!(shown(&cart), [("vpn", 100), ("proxy", 7)]);
    let cart = shop.add(ANNA, vpn).await.unwrap();
    assert_eq!(shown(&cart)[0], ("vpn", 100), "a line has no more than that");
    let failure = shop.set_line(ANNA, vpn, 101, None).await.unwrap_err();
    assert_eq!((failure.kind(), failure.data("field")), (Kind::Invalid, Some("quantity")));

    let remove = contract::inventory::RemoveLineRequest { item_id: vpn.to_string() };
    for _ in 0..2 {
        let request = shop.as_person(ANNA, remove.clone());
        let cart = shop.carts().remove_line(request).await.unwrap().into_inner().cart.unwrap();
        assert_eq!(shown(&cart), [("proxy", 7)]);
    }
    let clear = contract::inventory::ClearCartRequest {};
    let cart = shop.carts().clear_cart(shop.as_person(ANNA, clear)).await.unwrap();
    assert_eq!(cart.into_inner().cart.unwrap().lines, []);
}

#[tokio::test]
async fn cart_05_bug_75_the_eleventh_line_is_refused_also_when_all_come_at_once() {
    let shop = Shop::open().await;
    let mut items = Vec::new();
    for nth in 0..14 {
        items.push(shop.create_item(&format!("item {nth}"), false).await.unwrap());
    }
    let answers = join_all(items.iter().map(|item| shop.add(ANNA, *item))).await;
    assert_eq!(answers.iter().filter(|answer| answer.is_ok()).count(), 10);
    for failure in answers.iter().filter_map(|answer| answer.as_ref().err()) {
        assert_eq!((failure.kind(), failure.code()), (Kind::Conflict, "inventory.cart_full"));
    }
    let cart = shop.cart(ANNA).await;
    assert_eq!(cart.lines.len(), 10);
    let present: ItemId = cart.lines[0].item_id.parse().unwrap();
    shop.add(ANNA, present).await.unwrap();
    let eleventh = "insert into cart_lines (person_id, place, item_id, quantity)
                    select 101, 11, id, 1 from items limit 1";
    assert!(sqlx::query(eleventh).execute(&shop.pool).await.is_err(), "nor by hand");
}

#[tokio::test]
async fn an_item_that_is_gone_cannot_be_added_and_counts_for_nothing() {
    let shop = Shop::open().await;
    let vpn = shop.item_with("vpn", 1).await;
    let proxy = shop.item_with("proxy", 1).await;
    shop.add(ANNA, vpn).await.unwrap();
    shop.add(ANNA, proxy).await.unwrap();
    sqlx::query("update items set archived_at = now() where name = 'vpn'")
        .execute(&shop.pool)
        .await
        .unwrap();
    let cart = shop.cart(ANNA).await;
    assert_eq!((cart.lines[0].gone, cart.lines[1].gone), (true, false));
    assert_eq!(cart.total, Some(rub(PRICE)));
    for item in [vpn, ItemId::derived("nothing")] {
        let failure = shop.add(BORIS, item).await.unwrap_err();
        assert_eq!(failure.code(), "inventory.item_missing");
    }
}

#[tokio::test]
async fn cart_02_bug_12_a_code_is_on_the_line_that_it_was_put_on() {
    let shop = Shop::open().await;
    let (vpn, proxy) = (shop.item_with("vpn", 5).await, shop.item_with("proxy", 5).await);
    let half = shop.promo(percent("HALF", 5_000)).await.promo_id;
    let less = shop.promo(fixed("LESS", 300)).await.promo_id;
    shop.set_line(ANNA, vpn, 2, Some(&half)).await.unwrap();
    let cart = shop.set_line(ANNA, proxy, 0, Some(&less)).await.unwrap();
    let codes: Vec<_> = cart.lines.iter().map(|line| line.promo_code.as_str()).collect();
    assert_eq!(codes, ["HALF", "LESS"]);
    assert_eq!((cart.discount, cart.total), (Some(rub(1_300)), Some(rub(1_700))));

    // It moves, for it can be used once.
    let cart = shop.set_line(ANNA, proxy, 0, Some(&half)).await.unwrap();
    let codes: Vec<_> = cart.lines.iter().map(|line| line.promo_code.as_str()).collect();
    assert_eq!((codes, cart.total), (vec!["", "HALF"], Some(rub(2_500))));
    let cart = shop.set_line(ANNA, proxy, 3, None).await.unwrap();
    assert_eq!(cart.lines[1].discount, Some(rub(1_500)), "it stays on a line that changes");
    let cart = shop.set_line(ANNA, proxy, 0, Some("")).await.unwrap();
    assert_eq!((cart.lines[1].promo_code.as_str(), cart.total), ("", Some(rub(5_000))));

    shop.set_line(ANNA, vpn, 0, Some(&half)).await.unwrap();
    sqlx::query("update promos set active = false").execute(&shop.pool).await.unwrap();
    let cart = shop.cart(ANNA).await;
    assert_eq!(cart.lines[0].promo_problem, "inventory.promo_inactive");
    assert_eq!(cart.total, Some(rub(5_000)), "what does not count takes nothing off");
    let failure = shop.set_line(ANNA, vpn, 0, Some(&less)).await.unwrap_err();
    assert_eq!(failure.code(), "inventory.promo_inactive");
}
