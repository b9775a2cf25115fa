//! Adjustments by staff: once, with a reason, never below zero, never for a stranger.

use contract::payments::event::What;
use kernel::clock::Clock;
use kernel::ids::{PersonId, TransferId};
use payments::operations::adjustment::{Adjusted, adjust_balance};
use payments::postings::Adjustment;

use super::shop::{ANNA, BORIS, Shop, a_charge, rub};

fn adjustment(minor: i64) -> Adjustment {
    Adjustment {
        id: TransferId::fresh(&Clock::System),
        person: ANNA,
        amount: rub(minor),
        reason: "a gift".into(),
        staff: PersonId(1),
    }
}

fn done(minor: i64) -> Adjusted {
    Adjusted::Done { available: rub(minor) }
}

async fn refusal(shop: &Shop, asked: Adjustment) -> String {
    adjust_balance(&shop.payments, asked).await.unwrap_err().code().to_owned()
}

#[tokio::test]
async fn bug_15_pay_15_a_repeated_adjustment_counts_once_in_both_directions() {
    let shop = Shop::open().await;
    shop.fund(ANNA, 0).await;
    let (up, down) = (adjustment(500), adjustment(-500));
    for _ in 0..3 {
        assert_eq!(adjust_balance(&shop.payments, up.clone()).await, Ok(done(500)));
    }
    for _ in 0..3 {
        assert_eq!(adjust_balance(&shop.payments, down.clone()).await, Ok(done(0)));
    }
    let told = shop.events().await;
    let [What::BalanceAdjusted(_), What::Audited(_), What::BalanceAdjusted(_), What::Audited(_)] =
        &told[..]
    else {
        panic!("{told:?}");
    };
    shop.books_are_zero().await;
}

#[tokio::test]
async fn bug_55_pay_15_taking_never_goes_below_zero_and_may_be_asked_again() {
    let shop = Shop::open().await;
    shop.fund(ANNA, 100).await;
    let asked = adjustment(-101);
    assert_eq!(refusal(&shop, asked.clone()).await, "payments.insufficient_funds");
    assert_eq!(shop.available(ANNA).await, 100);
    shop.adjust(ANNA, 1).await;
    assert_eq!(adjust_balance(&shop.payments, asked).await, Ok(done(0)));
    shop.books_are_zero().await;
}

#[tokio::test]
async fn the_id_of_another_movement_is_a_conflict() {
    let shop = Shop::open().await;
    shop.fund(ANNA, 1_000).await;
    shop.fund(BORIS, 0).await;
    let charge = a_charge(ANNA, 100);
    shop.charge(&charge).await.unwrap();
    let asked = adjustment(50);
    adjust_balance(&shop.payments, asked.clone()).await.unwrap();
    for other in [
        Adjustment { amount: rub(51), ..asked.clone() },
        Adjustment { amount: rub(-50), ..asked.clone() },
        Adjustment { person: BORIS, ..asked },
        Adjustment { id: charge.id, ..adjustment(-100) },
        Adjustment { id: charge.id, ..adjustment(100) },
    ] {
        assert_eq!(refusal(&shop, other).await, "payments.transfer_conflict");
    }
    assert_eq!(shop.available(ANNA).await, 950);
    shop.books_are_zero().await;
}

#[tokio::test]
async fn a_stranger_gets_no_wallet_and_no_reason_is_no_adjustment() {
    let shop = Shop::open().await;
    assert_eq!(refusal(&shop, adjustment(5)).await, "payments.no_such_wallet");
    shop.fund(ANNA, 0).await;
    for reason in ["", "  x  ", &"y".repeat(201)] {
        let asked = Adjustment { reason: reason.into(), ..adjustment(5) };
        assert_eq!(refusal(&shop, asked).await, "common.invalid_field");
    }
    assert_eq!(refusal(&shop, adjustment(0)).await, "common.invalid_field");
    assert_eq!(shop.count("select count(*) from transfers").await, 0);
}
