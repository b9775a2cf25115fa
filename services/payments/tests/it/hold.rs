//! Holds: money set aside ends once, one way, whoever is faster.

use contract::failure::Failure;
use durable::jobs::Round;
use futures_util::future::{join, join_all};
use kernel::clock::Clock;
use kernel::ids::HoldId;
use payments::domain::hold::{Hold, Intent, State};
use payments::operations::hold::{expire_holds, hold_funds, post_hold, void_hold};
use payments::operations::wallet::Charged;

use super::shop::{ANNA, BORIS, Shop, a_charge, rub};

fn intent(minor: i64) -> Intent {
    Intent {
        id: HoldId::fresh(&Clock::System),
        person: ANNA,
        amount: rub(minor),
        lasts_seconds: 600,
        reference: "N-7".into(),
    }
}

async fn hold(shop: &Shop, minor: i64) -> Hold {
    hold_funds(&shop.payments, intent(minor)).await.unwrap()
}

fn code<T: std::fmt::Debug>(result: Result<T, Failure>) -> String {
    result.unwrap_err().code().to_owned()
}

#[tokio::test]
async fn new_02_held_money_cannot_be_spent_and_posting_a_part_frees_the_rest() {
    let shop = Shop::open().await;
    shop.fund(ANNA, 1_000).await;
    let held = hold(&shop, 600).await;
    assert_eq!(held.state, State::Pending);
    let totals = shop.wallet(ANNA).await;
    assert_eq!((totals.available_minor, totals.held_minor), (400, 600));
    let refused = shop.charge(&a_charge(ANNA, 401)).await;
    assert_eq!(refused, Ok(Charged::Refused { available: rub(400) }));
    let posted = post_hold(&shop.payments, held.id, Some(250)).await.unwrap();
    assert_eq!((posted.state, posted.posted_minor), (State::Posted, 250));
    let totals = shop.wallet(ANNA).await;
    assert_eq!((totals.available_minor, totals.held_minor, totals.spent_minor), (750, 0, 250));
    shop.books_are_zero().await;
}

#[tokio::test]
async fn a_repeated_hold_is_the_same_hold_whatever_became_of_it() {
    let shop = Shop::open().await;
    shop.fund(ANNA, 1_000).await;
    let first = intent(600);
    for _ in 0..3 {
        let held = hold_funds(&shop.payments, first.clone()).await.unwrap();
        assert_eq!(held.state, State::Pending);
    }
    assert_eq!(shop.wallet(ANNA).await.held_minor, 600);
    post_hold(&shop.payments, first.id, None).await.unwrap();
    let again = hold_funds(&shop.payments, first.clone()).await.unwrap();
    assert_eq!(again.state, State::Posted);
    for other in
        [Intent { amount: rub(601), ..first.clone() }, Intent { person: BORIS, ..first.clone() }]
    {
        assert_eq!(code(hold_funds(&shop.payments, other).await), "payments.hold_conflict");
    }
    shop.books_are_zero().await;
}

#[tokio::test]
async fn ps05_a_void_before_its_hold_wins() {
    let shop = Shop::open().await;
    shop.fund(ANNA, 1_000).await;
    let late = intent(600);
    let voided = void_hold(&shop.payments, late.id).await.unwrap();
    assert_eq!(voided.state, State::Voided);
    let held = hold_funds(&shop.payments, late.clone()).await.unwrap();
    assert_eq!(held.state, State::Voided);
    assert_eq!(void_hold(&shop.payments, late.id).await.unwrap().state, State::Voided);
    assert_eq!(shop.wallet(ANNA).await.held_minor, 0);
    assert_eq!(code(post_hold(&shop.payments, late.id, None).await), "payments.hold_voided");
    shop.books_are_zero().await;
}

#[tokio::test]
async fn a_hold_that_was_refused_stays_refused_when_the_money_comes() {
    let shop = Shop::open().await;
    shop.fund(ANNA, 100).await;
    let asked = intent(101);
    let refused = hold_funds(&shop.payments, asked.clone()).await.unwrap();
    assert_eq!(refused.state, State::Refused);
    shop.adjust(ANNA, 1_000).await;
    let again = hold_funds(&shop.payments, asked.clone()).await.unwrap();
    assert_eq!(again.state, State::Refused);
    assert_eq!(void_hold(&shop.payments, asked.id).await.unwrap().state, State::Refused);
    assert_eq!(code(post_hold(&shop.payments, asked.id, None).await), "payments.hold_refused");
    shop.books_are_zero().await;
}

#[tokio::test]
async fn ps20_what_contradicts_how_a_hold_ended_is_refused_and_changes_nothing() {
    let shop = Shop::open().await;
    shop.fund(ANNA, 1_000).await;
    let payments = &shop.payments;
    let held = hold(&shop, 600).await;
    for minor in [601, 0, -5] {
        assert_eq!(code(post_hold(payments, held.id, Some(minor)).await), "payments.hold_exceeded");
    }
    post_hold(payments, held.id, Some(500)).await.unwrap();
    assert_eq!(post_hold(payments, held.id, Some(500)).await.unwrap().posted_minor, 500);
    assert_eq!(code(post_hold(payments, held.id, Some(1)).await), "payments.hold_conflict");
    assert_eq!(code(void_hold(payments, held.id).await), "payments.hold_posted");
    let unknown = HoldId::fresh(&Clock::System);
    assert_eq!(code(post_hold(payments, unknown, None).await), "payments.no_such_hold");
    assert_eq!(shop.available(ANNA).await, 500);
    shop.books_are_zero().await;
}

#[tokio::test]
async fn ps19_expiry_and_post_at_once_have_one_winner_each() {
    let shop = Shop::open().await;
    shop.fund(ANNA, 4_000).await;
    let mut holds = Vec::new();
    for _ in 0..40 {
        holds.push(hold(&shop, 100).await);
    }
    shop.execute("update holds set expires_at = now()").await;
    let posting = join_all(holds.iter().map(|held| post_hold(&shop.payments, held.id, None)));
    let expiring = join_all((0..4).map(|_| expire_holds(&shop.payments)));
    let (posted, _) = join(posting, expiring).await;
    let mut won = 0;
    for result in posted {
        match result {
            Ok(held) => {
                assert_eq!(held.state, State::Posted);
                won += 1;
            }
            Err(failure) => assert_eq!(failure.code(), "payments.hold_expired"),
        }
    }
    let totals = shop.wallet(ANNA).await;
    assert_eq!((totals.available_minor, totals.held_minor), (4_000 - won * 100, 0));
    shop.books_are_zero().await;
}

#[tokio::test]
async fn ps19_post_and_void_at_once_have_one_winner() {
    let shop = Shop::open().await;
    shop.fund(ANNA, 2_000).await;
    for _ in 0..20 {
        let held = hold(&shop, 100).await;
        let (posted, voided) =
            join(post_hold(&shop.payments, held.id, None), void_hold(&shop.payments, held.id))
                .await;
        assert!(posted.is_ok() != voided.is_ok(), "{posted:?} {voided:?}");
    }
    shop.books_are_zero().await;
}

#[tokio::test]
async fn a_void_and_its_hold_at_once_leave_nothing_held() {
    let shop = Shop::open().await;
    shop.fund(ANNA, 1_000).await;
    for _ in 0..20 {
        let asked = intent(100);
        let id = asked.id;
        let (held, voided) =
            join(hold_funds(&shop.payments, asked), void_hold(&shop.payments, id)).await;
        assert_eq!(voided.unwrap().state, State::Voided);
        assert!(held.is_ok());
    }
    assert_eq!(shop.wallet(ANNA).await.held_minor, 0);
    shop.books_are_zero().await;
}

#[tokio::test]
async fn a_hold_expires_by_itself_and_only_when_its_time_is_over() {
    let shop = Shop::open().await;
    shop.fund(ANNA, 1_000).await;
    let (short, long) = (hold(&shop, 300).await, hold(&shop, 200).await);
    sqlx::query("update holds set expires_at = now() where id = $1")
        .bind(short.id.0)
        .execute(&shop.pool)
        .await
        .unwrap();
    assert_eq!(expire_holds(&shop.payments).await, Ok(Round::Done));
    assert_eq!(shop.wallet(ANNA).await.held_minor, 200);
    assert_eq!(code(post_hold(&shop.payments, short.id, None).await), "payments.hold_expired");
    assert_eq!(void_hold(&shop.payments, short.id).await.unwrap().state, State::Expired);
    assert_eq!(void_hold(&shop.payments, long.id).await.unwrap().state, State::Voided);
    shop.books_are_zero().await;
}
