//! Balance codes: the money comes once, whatever is lost on the way.

use contract::failure::Kind;
use contract::inventory::CreatePromoRequest;
use contract::inventory::event::What;
use futures_util::future::join_all;
use kernel::clock::Clock;
use uuid::Uuid;

use crate::it::selling::{balance, percent};
use crate::it::shop::{Shop, rub};
use crate::it::wallet::Fault;

const ANNA: i64 = 101;

fn fresh() -> Uuid {
    kernel::ids::fresh(&Clock::System)
}

#[tokio::test]
async fn promo_07_a_balance_code_adds_its_worth_once_per_person() {
    let shop = Shop::open().await;
    let promo = shop.promo(balance("GIFT-100", 10_000)).await;
    let id = fresh();
    let answers = join_all((0..20).map(|_| shop.redeem(ANNA, id, "gift-100"))).await;
    for answer in answers {
        let answer = answer.unwrap();
        assert_eq!((answer.code.as_str(), answer.amount), ("GIFT-100", Some(rub(10_000))));
    }
    assert_eq!(shop.wallets.granted(), [(ANNA, 10_000, "GIFT-100".to_owned())]);
    let again = shop.redeem(ANNA, fresh(), "GIFT-100").await.unwrap_err();
    assert_eq!((again.kind(), again.code()), (Kind::Conflict, "inventory.promo_used"));
    shop.promo(balance("OTHER", 1)).await;
    let reused = shop.redeem(ANNA, id, "OTHER").await.unwrap_err();
    assert_eq!(reused.code(), "inventory.redemption_conflict");
    let stolen = shop.redeem(102, id, "GIFT-100").await.unwrap_err();
    assert_eq!(stolen.code(), "inventory.redemption_conflict");
    let statistics = shop.get_promo(&promo).await.unwrap();
    assert_eq!((statistics.completed, statistics.given), (1, Some(rub(10_000))));
    assert_eq!(statistics.earned, Some(rub(0)));
    shop.check_books().await;
}

#[tokio::test]
async fn promo_07_promo_03_of_twenty_people_at_once_one_gets_the_last_gift() {
    let shop = Shop::open().await;
    shop.promo(CreatePromoRequest { max_uses: 1, ..balance("LAST", 500) }).await;
    let answers = join_all((1..=20).map(|person| shop.redeem(person, fresh(), "LAST"))).await;
    assert_eq!(answers.iter().filter(|answer| answer.is_ok()).count(), 1);
    for refusal in answers.iter().filter_map(|answer| answer.as_ref().err()) {
        assert_eq!(refusal.code(), "inventory.promo_exhausted");
    }
    assert_eq!(shop.wallets.granted().len(), 1);
    shop.check_books().await;
}

#[tokio::test]
async fn promo_07_a_code_of_a_discount_cannot_be_redeemed() {
    let shop = Shop::open().await;
    shop.promo(percent("SALE", 500)).await;
    let failure = shop.redeem(ANNA, fresh(), "SALE").await.unwrap_err();
    assert_eq!(failure.code(), "inventory.promo_not_balance");
    let failure = shop.redeem(ANNA, fresh(), "no such code").await.unwrap_err();
    assert_eq!(failure.code(), "inventory.promo_missing");
    assert_eq!((shop.wallets.calls(), shop.count("redemptions").await), (0, 0));
}

#[tokio::test]
async fn promo_07_a_lost_answer_is_asked_again_within_the_same_call() {
    let shop = Shop::open().await;
    shop.promo(balance("GIFT", 500)).await;
    shop.wallets.script([Fault::LostAfter, Fault::LostBefore]);
    shop.redeem(ANNA, fresh(), "GIFT").await.unwrap();
    assert_eq!((shop.wallets.balance(ANNA), shop.wallets.calls()), (500, 3));
    shop.check_books().await;
}

#[tokio::test]
async fn promo_07_what_an_outage_leaves_recovery_finishes_and_tells() {
    let shop = Shop::open().await;
    shop.promo(balance("GIFT", 500)).await;
    let id = fresh();
    // Every answer is lost although the first request arrives; then payments is away.
    shop.wallets.script([Fault::LostAfter]);
    shop.wallets.go_down();
    let failure = shop.redeem(ANNA, id, "GIFT").await.unwrap_err();
    assert_eq!(
        (failure.kind(), failure.code()),
        (Kind::Unavailable, "inventory.redemption_unfinished")
    );
    assert_eq!(shop.inventory.recover_redemptions().await, Ok(1));
    assert_eq!(shop.inventory.recover_redemptions().await, Ok(0), "put off, not asked in a circle");
    shop.wallets.come_up();
    sqlx::query("update redemptions set due_at = now()").execute(&shop.pool).await.unwrap();
    assert_eq!(shop.inventory.recover_redemptions().await, Ok(1));
    assert_eq!(shop.wallets.balance(ANNA), 500);
    assert_eq!(shop.redeem(ANNA, id, "GIFT").await.unwrap().amount, Some(rub(500)));
    assert_eq!(shop.wallets.granted().len(), 1);
    let told = shop.events().await.into_iter().filter_map(|event| match event {
        What::CodeRedeemed(told) => Some((told.person_id, told.amount)),
        _ => None,
    });
    let told: Vec<_> = told.collect();
    assert_eq!(told, [(ANNA, Some(rub(500)))]);
    shop.check_books().await;
}
