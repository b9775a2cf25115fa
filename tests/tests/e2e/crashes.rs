//! A process that dies right after a step of a purchase: once everything is back, the order ends, once.

use std::time::Duration;

use emulators::telegram::{Deadlines, Message, Options};
use journeys::buyer::Buyer;
use journeys::shop::Shop;

use crate::values;

/// Recovery takes an order up sooner than in a real shop.
const SOON: (&str, &str) = ("BODEGA__INVENTORY__RESERVE_SECONDS", "1");
/// Telegram gives a press up sooner, so that nobody has to wait for that.
const PRESS_LIFETIME: Duration = Duration::from_secs(2);

/// What becomes of the press while the shop is down.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fate {
    /// Telegram keeps it and delivers it again.
    Redelivered,
    /// It is too old by then: only the shop itself can bring the goods.
    Expired,
}

async fn a_crash_after(step: &str, fate: Fate) {
    let deadlines = match fate {
        Fate::Redelivered => Deadlines::default(),
        Fate::Expired => Deadlines { query: PRESS_LIFETIME, ..Deadlines::default() },
    };
    let shop = Shop::closed_at(Options { deadlines, ..Options::default() }, &[SOON]).await;
    shop.start(&[]).await;
    let ware = shop.sells("Licence", 100, &values("KEY", 2)).await;
    let anna = shop.person_with(150).await;
    let question = anna.is_about_to_buy(&ware).await;
    shop.settles().await;
    shop.stop().await;

    shop.start(&[("BODEGA__DEMO__FAULTS", "true"), ("BODEGA__INVENTORY__CRASH_AFTER", step)]).await;
    anna.touches(&question, anna.words.pay);
    shop.crashed("inventory").await;
    if fate == Fate::Expired {
        shop.drains().await;
    }
    shop.start(&[]).await;

    assert_bought_once(&shop, anna, &question).await;
    if fate == Fate::Expired {
        assert_eq!(anna.count(anna.words.brought), 1, "the shop itself brought them");
    }
    // The shop is as good as new.
    let boris = shop.person(2, "Boris", "en");
    boris.starts().await;
    boris.tops_up_by_stars(100).await;
    boris.buys(&ware).await;
    shop.close().await;
}

async fn assert_bought_once(shop: &Shop, anna: Buyer<'_>, question: &Message) {
    anna.sees_after(question.message_id - 1, "KEY-0001").await;
    shop.settles().await;
    assert_eq!(anna.all_goods(), ["KEY-0001"], "shown once");
    let mut facts = shop.facts().await;
    assert_eq!(facts.delivered(anna.id).await, 1);
    assert_eq!(facts.balance(anna.id).await, 5_000);
    assert_eq!(facts.count("select count(*) from inventory.orders").await, 1);
}

#[tokio::test]
async fn ps02_a_crash_after_reserving_ends_in_the_goods() {
    a_crash_after("reserve", Fate::Redelivered).await;
}

#[tokio::test]
async fn ps04_a_crash_after_charging_ends_in_the_goods() {
    a_crash_after("charge", Fate::Redelivered).await;
}

#[tokio::test]
async fn ps09_a_crash_after_delivering_ends_in_the_goods() {
    a_crash_after("deliver", Fate::Redelivered).await;
}

#[tokio::test]
async fn ps02_a_crash_after_reserving_ends_in_the_goods_when_the_press_has_expired() {
    a_crash_after("reserve", Fate::Expired).await;
}

#[tokio::test]
async fn ps04_a_crash_after_charging_ends_in_the_goods_when_the_press_has_expired() {
    a_crash_after("charge", Fate::Expired).await;
}

#[tokio::test]
async fn ps09_a_crash_after_delivering_ends_in_the_goods_when_the_press_has_expired() {
    a_crash_after("deliver", Fate::Expired).await;
}

#[tokio::test]
async fn ps06_a_crash_after_a_refused_charge_undoes_the_order() {
    let shop = Shop::open_with(&[SOON]).await;
    let ware = shop.sells("Licence", 100, &values("KEY", 1)).await;
    let anna = shop.person_with(100).await;
    let question = anna.is_about_to_buy(&ware).await;
    shop.settles().await;
    shop.stop().await;
    // Her money is gone before she presses.
    let mut facts = shop.facts().await;
    facts
        .change(
            "with taken as (
                insert into payments.transfers (id, user_id, amount_minor, kind, currency,
                    from_account, to_account, reference)
                select gen_random_uuid(), user_id, balance_minor, 'adjustment', 'RUB', 'wallet',
                    'adjustment', 'taken'
                from payments.wallets where balance_minor > 0 returning user_id
            )
            update payments.wallets set balance_minor = 0 from taken
            where wallets.user_id = taken.user_id",
        )
        .await;

    shop.start(&[("BODEGA__DEMO__FAULTS", "true"), ("BODEGA__INVENTORY__CRASH_AFTER", "charge")])
        .await;
    anna.touches(&question, anna.words.pay);
    shop.crashed("inventory").await;
    shop.start(&[]).await;
    facts.until("select count(*) from inventory.orders where state = 'released'", |n| n == 1).await;
    shop.settles().await;
    let free = "select count(*) from inventory.units where state = 'free'";
    assert_eq!(facts.count(free).await, 1);
    assert_eq!(anna.all_goods(), [""; 0]);
    shop.close().await;
}

#[tokio::test]
async fn faults_cannot_be_rehearsed_in_a_shop_that_does_not_allow_them() {
    let shop = Shop::closed(&[("BODEGA__INVENTORY__CRASH_AFTER", "charge")]).await;
    assert!(!shop.runs(&["run"]).await.success());
}
