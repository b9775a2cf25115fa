//! Grants: once, to anybody, from an account of the shop's that the books know.

use contract::failure::Kind;
use futures_util::future::join_all;
use kernel::clock::Clock;
use kernel::ids::{PersonId, TransferId};
use kernel::page::PageRequest;
use payments::domain::ledger;
use payments::operations::grant::{grant_wallet, take_back_grant};
use payments::operations::wallet::list_operations;
use payments::postings::{Grant, GrantKind};

use super::shop::{ANNA, BORIS, Shop, a_charge, rub};

fn a_grant(person: PersonId, minor: i64) -> Grant {
    Grant {
        id: TransferId::fresh(&Clock::System),
        person,
        amount: rub(minor),
        kind: GrantKind::Promo,
        reference: "GIFT-100".into(),
    }
}

#[tokio::test]
async fn promo_07_a_grant_asked_for_twenty_times_at_once_is_one() {
    let shop = Shop::open().await;
    // Anna has no wallet yet: the grant opens it.
    let grant = a_grant(ANNA, 10_000);
    let answers = join_all((0..20).map(|_| grant_wallet(&shop.payments, grant.clone()))).await;
    assert!(answers.iter().all(|answer| *answer == Ok(rub(10_000))), "{answers:?}");
    assert_eq!(shop.available(ANNA).await, 10_000);
    let page = PageRequest::clamped(0, 10);
    let listed = list_operations(&shop.payments, ANNA, page).await.unwrap();
    let seen: Vec<_> =
        listed.rows.iter().map(|row| (row.kind, row.amount, row.reference.as_str())).collect();
    assert_eq!(seen, [(ledger::Kind::Promo, rub(10_000), "GIFT-100")]);
    assert_eq!(shop.wallet(ANNA).await.topped_up_minor, 0, "a gift is not a top-up");
    shop.books_are_zero().await;
}

#[tokio::test]
async fn pay_24_a_reward_is_a_kind_of_its_own() {
    let shop = Shop::open().await;
    let reward = Grant { kind: GrantKind::Reward, ..a_grant(ANNA, 500) };
    grant_wallet(&shop.payments, reward.clone()).await.unwrap();
    let from: String = sqlx::query_scalar("select from_account from transfers")
        .fetch_one(&shop.pool)
        .await
        .unwrap();
    assert_eq!(from, "reward_cost");
    let other = Grant { kind: GrantKind::Promo, ..reward };
    let failure = grant_wallet(&shop.payments, other).await.unwrap_err();
    assert_eq!(failure.code(), "payments.transfer_conflict");
    shop.books_are_zero().await;
}

#[tokio::test]
async fn pay_24_what_is_left_of_a_reward_is_taken_back_once_and_never_more() {
    let shop = Shop::open().await;
    let reward = Grant { kind: GrantKind::Reward, ..a_grant(ANNA, 500) };
    grant_wallet(&shop.payments, reward.clone()).await.unwrap();
    shop.charge(&a_charge(ANNA, 200)).await.unwrap();
    let id = TransferId::fresh(&Clock::System);
    let take = || take_back_grant(&shop.payments, id, reward.id);
    let answers = join_all((0..10).map(|_| take())).await;
    assert!(answers.iter().all(|answer| *answer == Ok(rub(300))), "{answers:?}");
    assert_eq!(shop.available(ANNA).await, 0);
    // Of a full wallet no more goes than was given.
    shop.fund(BORIS, 10_000).await;
    let other = Grant { person: BORIS, ..a_grant(BORIS, 500) };
    grant_wallet(&shop.payments, other.clone()).await.unwrap();
    let fresh = TransferId::fresh(&Clock::System);
    assert_eq!(take_back_grant(&shop.payments, fresh, other.id).await, Ok(rub(500)));
    assert_eq!(shop.available(BORIS).await, 10_000);
    for (id, grant, code) in [
        (fresh, reward.id, "payments.transfer_conflict"),
        (other.id, other.id, "payments.transfer_conflict"),
        (TransferId::fresh(&Clock::System), id, "payments.no_such_grant"),
        (TransferId::derived("x"), other.id, "payments.transfer_id"),
    ] {
        let failure = take_back_grant(&shop.payments, id, grant).await.unwrap_err();
        assert_eq!(failure.code(), code);
    }
    shop.books_are_zero().await;
}

#[tokio::test]
async fn a_grant_under_a_used_id_or_of_nothing_moves_nothing() {
    let shop = Shop::open().await;
    shop.fund(ANNA, 1_000).await;
    let (grant, charge) = (a_grant(ANNA, 100), a_charge(ANNA, 100));
    shop.charge(&charge).await.unwrap();
    grant_wallet(&shop.payments, grant.clone()).await.unwrap();
    for other in [
        Grant { amount: rub(101), ..grant.clone() },
        Grant { person: BORIS, ..grant.clone() },
        Grant { id: charge.id, ..grant.clone() },
    ] {
        let failure = grant_wallet(&shop.payments, other).await.unwrap_err();
        assert_eq!(failure.code(), "payments.transfer_conflict");
    }
    for minor in [0, -1, i64::MIN] {
        let failure = grant_wallet(&shop.payments, a_grant(ANNA, minor)).await.unwrap_err();
        assert_eq!((failure.kind(), failure.code()), (Kind::Invalid, "payments.invalid_amount"));
    }
    let derived = Grant { id: TransferId::derived("payment stars stx1"), ..grant };
    let failure = grant_wallet(&shop.payments, derived).await.unwrap_err();
    assert_eq!(failure.code(), "payments.transfer_id");
    assert_eq!(shop.available(ANNA).await, 1_000);
    shop.books_are_zero().await;
}
