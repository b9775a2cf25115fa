//! Promo codes: what they take off, whom they refuse, and how often they can be used at the same time.

use contract::common::AuditEntry;
use contract::failure::Kind;
use contract::inventory::check_promo_request::Promo as Asked;
use contract::inventory::event::What;
use contract::inventory::{CreatePromoRequest, ListPromosRequest, PromoState};
use futures_util::future::join_all;
use kernel::clock::Clock;
use kernel::ids::{CategoryId, ItemId, PromoId};

use crate::it::selling::{Discounted, PROMOTER, balance, fixed, percent};
use crate::it::shop::{Buy, PRICE, Shop, rub, values};

const ANNA: i64 = 101;

#[tokio::test]
async fn promo_06_a_preview_says_what_an_item_costs_with_a_code() {
    let shop = Shop::open().await;
    let item = shop.item_with("vpn", 1).await;
    let promo = shop.promo(percent("Summer-15", 1_550)).await;
    assert_eq!(promo.code, "SUMMER-15");

    let seen = shop.check(ANNA, " summer-15 ", item, 3).await.unwrap();
    assert_eq!((seen.promo_id.as_str(), seen.code.as_str()), (&*promo.promo_id, "SUMMER-15"));
    assert_eq!(seen.unit_price, Some(rub(PRICE)));
    assert_eq!((seen.discount, seen.total), (Some(rub(465)), Some(rub(2_535))));
    let again = shop.check_as(ANNA, Asked::PromoId(promo.promo_id), item, 1).await.unwrap();
    assert_eq!((again.discount, again.total), (Some(rub(155)), Some(rub(845))));

    shop.promo(fixed("HUGE", 5_000)).await;
    let free = shop.check(ANNA, "HUGE", item, 1).await.unwrap();
    assert_eq!((free.discount, free.total), (Some(rub(PRICE)), Some(rub(0))));
    let gone = shop.check(ANNA, "HUGE", ItemId::derived("gone"), 1).await.unwrap_err();
    assert_eq!(gone.code(), "inventory.item_missing");
}

#[tokio::test]
async fn promo_01_promo_06_an_order_costs_what_the_code_leaves_and_its_receipt_says_so() {
    let shop = Shop::open().await;
    let item = shop.item_with("vpn", 2).await;
    let promo = shop.promo(percent("TEN", 1_000)).await;
    shop.wallets.top_up(ANNA, 1_000);

    let buy = Discounted::new(ANNA, item, &promo, 100);
    let order = shop.buy_discounted(&buy).await.unwrap();
    assert_eq!(values(&order), ["vpn-1"]);
    assert_eq!((order.total.clone(), shop.wallets.balance(ANNA)), (Some(rub(900)), 100));
    let line = &order.lines[0];
    assert_eq!((line.discount.clone(), line.promo_code.as_str()), (Some(rub(100)), "TEN"));
    assert_eq!(shop.buy_discounted(&buy).await.unwrap(), order, "the same call is the same order");
    assert_eq!(shop.order(ANNA, buy.order).await.unwrap(), order);

    let statistics = shop.get_promo(&promo).await.unwrap();
    assert_eq!((statistics.completed, statistics.promo.unwrap().uses), (1, 1));
    assert_eq!((statistics.given, statistics.earned), (Some(rub(100)), Some(rub(900))));
    assert!(statistics.last_used_at.is_some());
    shop.check_books().await;
}

#[tokio::test]
async fn promo_01_what_a_code_makes_free_is_delivered_without_asking_payments() {
    let shop = Shop::open().await;
    let item = shop.item_with("vpn", 1).await;
    let promo = shop.promo(percent("FREE", 10_000)).await;
    let order = shop.buy_discounted(&Discounted::new(ANNA, item, &promo, PRICE)).await.unwrap();
    assert_eq!((order.total.clone(), values(&order)), (Some(rub(0)), vec!["vpn-1".to_owned()]));
    assert_eq!(shop.wallets.calls(), 0);
    shop.check_books().await;
}

#[tokio::test]
async fn bug_18_a_discount_or_a_price_that_moved_is_not_charged() {
    let shop = Shop::open().await;
    let item = shop.item_with("vpn", 1).await;
    let promo = shop.promo(percent("TEN", 1_000)).await;
    shop.wallets.top_up(ANNA, 10_000);
    let failure = shop.buy_discounted(&Discounted::new(ANNA, item, &promo, 150)).await.unwrap_err();
    assert_eq!(failure.code(), "inventory.price_changed");
    assert_eq!(
        (failure.data("price_minor"), failure.data("discount_minor")),
        (Some("1000"), Some("100"))
    );
    shop.set_price(item, 2_000).await.unwrap();
    let failure = shop.buy_discounted(&Discounted::new(ANNA, item, &promo, 100)).await.unwrap_err();
    assert_eq!(
        (failure.code(), failure.data("price_minor")),
        ("inventory.price_changed", Some("2000"))
    );
    assert_eq!((shop.wallets.calls(), shop.count("promo_uses").await), (0, 0));
    shop.check_books().await;
}

#[tokio::test]
async fn promo_02_promo_03_promo_04_every_refusal_has_a_code_of_its_own() {
    let shop = Shop::open().await;
    let item = shop.item_with("vpn", 9).await;
    let other = shop.item_with("proxy", 1).await;
    let away = CategoryId::fresh(&Clock::System);
    shop.create_category(away, "Away").await.unwrap();
    shop.wallets.top_up(ANNA, 10_000);
    let bound_to_item = CreatePromoRequest { item_id: other.to_string(), ..percent("OTHER", 500) };
    let bound_to_category =
        CreatePromoRequest { category_id: away.to_string(), ..percent("AWAY", 500) };
    let here =
        CreatePromoRequest { category_id: shop.category.to_string(), ..percent("HERE", 500) };
    let mut made = Vec::new();
    for request in [
        bound_to_item,
        bound_to_category,
        here,
        balance("GIFT", 500),
        percent("OFF", 500),
        percent("LATE", 500),
        CreatePromoRequest { max_uses: 1, ..percent("ONCE", 500) },
        percent("MINE", 500),
        percent("GONE", 500),
    ] {
        made.push(shop.promo(request).await);
    }
    shop.switch(&made[4], false).await.unwrap();
    sqlx::query("update promos set expires_at = now() where code = 'LATE'")
        .execute(&shop.pool)
        .await
        .unwrap();
    shop.buy_discounted(&Discounted::new(ANNA, item, &made[7], 50)).await.unwrap();
    shop.wallets.top_up(7, 10_000);
    shop.buy_discounted(&Discounted::new(7, item, &made[6], 50)).await.unwrap();
    shop.archive(&made[8]).await.unwrap();
    for (code, refusal) in [
        ("NOTHING", "inventory.promo_missing"),
        ("not a code", "inventory.promo_missing"),
        ("GONE", "inventory.promo_missing"),
        ("OFF", "inventory.promo_inactive"),
        ("GIFT", "inventory.promo_not_discount"),
        ("LATE", "inventory.promo_expired"),
        ("ONCE", "inventory.promo_exhausted"),
        ("MINE", "inventory.promo_used"),
        ("OTHER", "inventory.promo_wrong_item"),
        ("AWAY", "inventory.promo_wrong_category"),
    ] {
        let failure = shop.check(ANNA, code, item, 1).await.unwrap_err();
        let missing = refusal == "inventory.promo_missing";
        let kind = if missing { Kind::Missing } else { Kind::Conflict };
        assert_eq!((failure.kind(), failure.code()), (kind, refusal), "{code}");
    }
    shop.check(ANNA, "HERE", item, 1).await.unwrap();
    for promo in [&made[0], &made[1], &made[4], &made[5], &made[6], &made[7], &made[8]] {
        let buy = Discounted::new(ANNA, item, promo, 50);
        let bought = shop.buy_discounted(&buy).await.unwrap_err();
        assert!(bought.code().starts_with("inventory.promo_"), "{bought}");
    }
    shop.check_books().await;
}

#[tokio::test]
async fn promo_02_peer_33_a_code_of_a_category_holds_for_what_is_listed_anywhere_below_it() {
    let shop = Shop::open().await;
    let (all, away) = (CategoryId::fresh(&Clock::System), CategoryId::fresh(&Clock::System));
    shop.create_category(all, "All").await.unwrap();
    shop.create_category(away, "Away").await.unwrap();
    sqlx::query("update categories set parent_id = $1 where id = $2")
        .bind(all.0)
        .bind(shop.category.0)
        .execute(&shop.pool)
        .await
        .unwrap();
    let item = shop.item_with("vpn", 2).await;
    let bound = |category: CategoryId, code| CreatePromoRequest {
        category_id: category.to_string(),
        ..percent(code, 1_000)
    };
    let (here, elsewhere) =
        (shop.promo(bound(all, "ALL")).await, shop.promo(bound(away, "AWAY")).await);
    shop.wallets.top_up(ANNA, 2 * PRICE);
    shop.wallets.top_up(7, PRICE);

    let seen = shop.check(ANNA, "ALL", item, 1).await.unwrap();
    assert_eq!(seen.discount, Some(rub(100)));
    let refusal = shop.check(ANNA, "AWAY", item, 1).await.unwrap_err();
    assert_eq!(refusal.code(), "inventory.promo_wrong_category");
    let refusal = shop.buy_discounted(&Discounted::new(7, item, &elsewhere, 100)).await;
    assert_eq!(refusal.unwrap_err().code(), "inventory.promo_wrong_category");
    shop.buy_discounted(&Discounted::new(7, item, &here, 100)).await.unwrap();
    let cart = shop.set_line(ANNA, item, 1, Some(&here.promo_id)).await.unwrap();
    assert_eq!((cart.discount, cart.total), (Some(rub(100)), Some(rub(PRICE - 100))));
    let checkout = shop.at_checkout(ANNA).await;
    let order = shop.check_out(&checkout).await.unwrap().order();
    assert_eq!(order.total, Some(rub(PRICE - 100)));
    shop.check_books().await;
}

#[tokio::test]
async fn promo_03_of_twenty_people_at_once_one_gets_the_last_use() {
    let shop = Shop::open().await;
    let item = shop.item_with("vpn", 20).await;
    let promo = shop.promo(CreatePromoRequest { max_uses: 1, ..percent("LAST", 1_000) }).await;
    let buys: Vec<_> = (1..=20).map(|buyer| Discounted::new(buyer, item, &promo, 100)).collect();
    for buy in &buys {
        shop.wallets.top_up(buy.buyer, PRICE);
    }
    let answers = join_all(buys.iter().map(|buy| shop.buy_discounted(buy))).await;
    assert_eq!(answers.iter().filter(|answer| answer.is_ok()).count(), 1);
    for refusal in answers.iter().filter_map(|answer| answer.as_ref().err()) {
        assert_eq!(refusal.code(), "inventory.promo_exhausted");
    }
    assert_eq!(shop.count("units where state = 'free'").await, 19);
    shop.check_books().await;
}

#[tokio::test]
async fn promo_03_one_person_uses_a_code_once_however_many_orders_they_send_at_once() {
    let shop = Shop::open().await;
    let item = shop.item_with("vpn", 20).await;
    let promo = shop.promo(percent("EACH", 1_000)).await;
    shop.wallets.top_up(ANNA, 20 * PRICE);
    let buys: Vec<_> = (0..20).map(|_| Discounted::new(ANNA, item, &promo, 100)).collect();
    let answers = join_all(buys.iter().map(|buy| shop.buy_discounted(buy))).await;
    assert_eq!(answers.iter().filter(|answer| answer.is_ok()).count(), 1);
    for refusal in answers.iter().filter_map(|answer| answer.as_ref().err()) {
        assert_eq!(refusal.code(), "inventory.promo_used");
    }
    shop.check_books().await;
}

#[tokio::test]
async fn promo_03_a_refused_charge_gives_the_use_back() {
    let shop = Shop::open().await;
    let item = shop.item_with("vpn", 1).await;
    let promo = shop.promo(CreatePromoRequest { max_uses: 1, ..percent("ONE", 1_000) }).await;
    let poor = Discounted::new(ANNA, item, &promo, 100);
    let failure = shop.buy_discounted(&poor).await.unwrap_err();
    assert_eq!(failure.code(), "payments.insufficient_funds");
    assert_eq!(failure.data("missing_minor"), Some("900"));
    assert_eq!(shop.get_promo(&promo).await.unwrap().promo.unwrap().uses, 0);
    shop.wallets.top_up(ANNA, 900);
    shop.buy_discounted(&Discounted::new(ANNA, item, &promo, 100)).await.unwrap();
    shop.check_books().await;
}

#[tokio::test]
async fn bug_10_promo_02_a_code_dies_with_what_it_is_bound_to_and_never_holds_for_more() {
    let shop = Shop::open().await;
    let item = shop.item_with("vpn", 1).await;
    let other = shop.item_with("proxy", 1).await;
    let bound =
        shop.promo(CreatePromoRequest { item_id: item.to_string(), ..percent("VPN", 500) }).await;
    let category_id = shop.category.to_string();
    let listed = shop.promo(CreatePromoRequest { category_id, ..percent("KEYS", 500) }).await;
    assert_eq!((bound.bound_name.as_str(), listed.bound_name.as_str()), ("vpn", "Keys"));
    sqlx::query("update items set archived_at = now() where name = 'vpn'")
        .execute(&shop.pool)
        .await
        .unwrap();
    sqlx::query("update categories set archived_at = now(), archived_with = id")
        .execute(&shop.pool)
        .await
        .unwrap();
    for promo in [&bound, &listed] {
        let now = shop.get_promo(promo).await.unwrap().promo.unwrap();
        assert_eq!(now.state(), PromoState::Inactive);
        assert_eq!((&now.item_id, &now.category_id), (&promo.item_id, &promo.category_id));
        let failure = shop.check(ANNA, &promo.code, other, 1).await.unwrap_err();
        assert_eq!(failure.code(), "inventory.promo_inactive");
        let revived = shop.switch(promo, true).await.unwrap_err();
        assert_eq!(revived.code(), "inventory.promo_binding_gone");
    }
    let deleted = sqlx::query("delete from items where name = 'vpn'").execute(&shop.pool).await;
    assert!(deleted.is_err(), "the database keeps what a code is bound to");
}

#[tokio::test]
async fn bug_11_promo_05_a_code_outside_its_bounds_is_refused_by_service_and_database() {
    let shop = Shop::open().await;
    let euro = Some(contract::common::Money { minor: 5, currency: "EUR".into() });
    for (field, wrong) in [
        ("code", percent("with space", 100)),
        ("code", percent("", 100)),
        ("code", percent("СКИДКА", 100)),
        ("basis_points", percent("A", 0)),
        ("basis_points", percent("A", 10_001)),
        ("amount", fixed("A", 0)),
        ("amount", fixed("A", -5)),
        ("amount", balance("A", i64::MAX)),
        ("amount", CreatePromoRequest { amount: euro, ..fixed("A", 5) }),
        ("max_uses", CreatePromoRequest { max_uses: u32::MAX, ..percent("A", 5) }),
        ("last_day", CreatePromoRequest { last_day: "tomorrow".into(), ..percent("A", 5) }),
        ("last_day", CreatePromoRequest { last_day: "2020-01-01".into(), ..percent("A", 5) }),
        ("last_day", CreatePromoRequest { last_day: "2026-02-30".into(), ..percent("A", 5) }),
        ("kind", CreatePromoRequest { kind: 0, ..percent("A", 5) }),
        ("kind", CreatePromoRequest { category_id: shop.category.to_string(), ..balance("A", 5) }),
    ] {
        let failure = shop.try_promo(wrong).await.unwrap_err();
        assert_eq!((failure.kind(), failure.data("field")), (Kind::Invalid, Some(field)));
    }
    shop.promo(percent("A", 5)).await;
    for wrong in [
        "update promos set value = 10001",
        "update promos set value = 0",
        "update promos set max_uses = -1",
        "update promos set max_uses = 1, uses = 2",
        "update promos set code = 'a b'",
        "update promos set kind = 'gift'",
    ] {
        assert!(sqlx::query(wrong).execute(&shop.pool).await.is_err(), "{wrong}");
    }
}

#[tokio::test]
async fn promo_04_a_code_works_until_the_end_of_its_last_day_in_the_shops_time_zone() {
    let shop = Shop::open_with("[shop]\ntimezone = \"Asia/Vladivostok\"\n").await;
    let item = shop.item_with("vpn", 1).await;
    let day = CreatePromoRequest { last_day: "2199-12-31".into(), ..percent("NEW-YEAR", 500) };
    let promo = shop.promo(day.clone()).await;
    // Midnight after that day is at ten hours before midnight in UTC.
    let ends: i64 = "2199-12-31T14:00:00Z".parse::<jiff::Timestamp>().unwrap().as_second();
    assert_eq!(promo.expires_at.unwrap().seconds, ends);
    assert_eq!(shop.promo(day).await.code, "NEW-YEAR", "the same id again is the same code");
    shop.check(ANNA, "NEW-YEAR", item, 1).await.unwrap();
}

#[tokio::test]
async fn promo_05_promo_08_adm_10_bug_79_staff_make_switch_and_archive_codes_and_every_change_is_written_down()
 {
    let shop = Shop::open().await;
    let request = percent("SALE", 2_500);
    let promo = shop.promo(request.clone()).await;
    assert_eq!(shop.promo(request.clone()).await, promo);
    let changed = CreatePromoRequest { basis_points: 2_600, ..request.clone() };
    assert_eq!(shop.try_promo(changed).await.unwrap_err().code(), "inventory.promo_conflict");
    let taken = shop.try_promo(percent("sale", 1)).await.unwrap_err();
    assert_eq!((taken.kind(), taken.code()), (Kind::Conflict, "inventory.promo_taken"));
    let nowhere =
        CreatePromoRequest { item_id: ItemId::derived("x").to_string(), ..percent("X", 1) };
    assert_eq!(shop.try_promo(nowhere).await.unwrap_err().code(), "inventory.item_missing");

    assert_eq!(shop.switch(&promo, false).await.unwrap().state(), PromoState::Inactive);
    shop.switch(&promo, false).await.unwrap();
    assert_eq!(shop.switch(&promo, true).await.unwrap().state(), PromoState::Active);
    assert_eq!(shop.archive(&promo).await.unwrap().state(), PromoState::Archived);
    shop.archive(&promo).await.unwrap();
    assert_eq!(shop.switch(&promo, true).await.unwrap_err().code(), "inventory.promo_missing");
    let again = shop.try_promo(percent("SALE", 1)).await.unwrap_err();
    assert_eq!(again.code(), "inventory.promo_taken", "a printed code means one thing for ever");
    let listed = shop.promos().list_promos(shop.promoter(ListPromosRequest::default())).await;
    assert_eq!(listed.unwrap().into_inner().total, 0);

    let entries = shop.events().await.into_iter().filter_map(|event| match event {
        What::Audited(entry) => Some(entry),
        _ => None,
    });
    let of_codes = |entry: &AuditEntry| entry.action.starts_with("inventory.promo.");
    let entries: Vec<_> = entries.filter(of_codes).collect();
    let actions: Vec<_> = entries.iter().map(|entry| entry.action.as_str()).collect();
    let verbs = ["create", "update", "update", "archive"];
    assert_eq!(actions, verbs.map(|verb| format!("inventory.promo.{verb}")));
    assert!(entries.iter().all(|e| e.staff_id == PROMOTER && e.subject == promo.promo_id));
    let change = &entries[1].changes[0];
    assert_eq!((&*change.field, &*change.before, &*change.after), ("active", "true", "false"));

    let catalogue_staff = shop.staff(percent("SNEAKY", 1));
    let denied = shop.promos().create_promo(catalogue_staff).await.unwrap_err();
    assert_eq!(denied.code(), tonic::Code::PermissionDenied);
    let denied = shop.promos().create_promo(shop.as_person(ANNA, percent("SNEAKY", 1))).await;
    assert_eq!(denied.unwrap_err().code(), tonic::Code::PermissionDenied);
}

#[tokio::test]
async fn whoever_guesses_codes_is_told_nothing_for_a_while_and_nobody_else_notices() {
    let shop = Shop::open().await;
    let item = shop.item_with("vpn", 1).await;
    shop.promo(percent("RIGHT", 500)).await;
    for nth in 0..10 {
        let failure = shop.check(ANNA, &format!("WRONG-{nth}"), item, 1).await.unwrap_err();
        assert_eq!(failure.code(), "inventory.promo_missing");
    }
    for code in ["WRONG-10", "RIGHT"] {
        let failure = shop.check(ANNA, code, item, 1).await.unwrap_err();
        assert_eq!((failure.kind(), failure.code()), (Kind::Exhausted, "inventory.promo_too_many"));
    }
    let redeemed = shop.redeem(ANNA, uuid::Uuid::from_u128(1), "RIGHT").await.unwrap_err();
    assert_eq!(redeemed.code(), "inventory.promo_too_many");
    shop.check(102, "RIGHT", item, 1).await.unwrap();
    let unknown = Asked::PromoId(PromoId::derived("x").to_string());
    let failure = shop.check_as(ANNA, unknown, item, 1).await.unwrap_err();
    assert_eq!(failure.code(), "inventory.promo_missing", "ids cannot be guessed");
}

#[tokio::test]
async fn an_order_without_a_code_is_not_the_order_with_one() {
    let shop = Shop::open().await;
    let item = shop.item_with("vpn", 2).await;
    let promo = shop.promo(percent("TINY", 1)).await;
    shop.wallets.top_up(ANNA, 10_000);
    // So little that nothing is taken off: the code is used all the same.
    shop.set_price(item, 1_000).await.unwrap();
    let buy = Discounted::new(ANNA, item, &promo, 0);
    shop.buy_discounted(&buy).await.unwrap();
    let plain = Buy { order: buy.order, ..Buy::one(ANNA, item) };
    assert_eq!(shop.buy(&plain).await.unwrap_err().code(), "inventory.order_conflict");
    shop.check_books().await;
}
