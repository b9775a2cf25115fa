//! Wallets and charges: once, never below zero, whoever comes at the same time.

use contract::failure::Kind;
use futures_util::future::{join, join_all};
use kernel::clock::Clock;
use kernel::ids::{HoldId, PersonId, TransferId};
use kernel::money::Money;
use kernel::page::PageRequest;
use payments::domain::ledger;
use payments::operations::adjustment::adjust_balance;
use payments::operations::wallet::{Charged, list_operations, open_wallet};
use payments::postings::{Adjustment, Charge, hold_transfer_id};
use uuid::Uuid;

use super::shop::{ANNA, BORIS, Shop, a_charge, paid, rub};

fn charged(minor: i64) -> Charged {
    Charged::Charged { available: rub(minor) }
}

fn refused(minor: i64) -> Charged {
    Charged::Refused { available: rub(minor) }
}

#[tokio::test]
async fn ps04_a_repeated_charge_gives_the_first_answer_and_takes_nothing_more() {
    let shop = Shop::open().await;
    shop.fund(ANNA, 1_000).await;
    let charge = a_charge(ANNA, 300);
    assert_eq!(shop.charge(&charge).await, Ok(charged(700)));
    assert_eq!(shop.charge(&charge).await, Ok(charged(700)));
    // The label is not what a charge is.
    let relabelled = Charge { reference: "other".into(), ..charge };
    assert_eq!(shop.charge(&relabelled).await, Ok(charged(700)));
    assert_eq!(shop.wallet(ANNA).await.spent_minor, 300);
    shop.books_are_zero().await;
}

#[tokio::test]
async fn a_refused_charge_stays_refused_when_the_money_comes() {
    let shop = Shop::open().await;
    shop.fund(ANNA, 100).await;
    let charge = a_charge(ANNA, 101);
    assert_eq!(shop.charge(&charge).await, Ok(refused(100)));
    shop.adjust(ANNA, 1_000).await;
    assert_eq!(shop.charge(&charge).await, Ok(refused(1_100)));
    assert_eq!(shop.available(ANNA).await, 1_100);
    assert_eq!(shop.charge(&a_charge(ANNA, 101)).await, Ok(charged(999)));
    shop.books_are_zero().await;
}

#[tokio::test]
async fn the_same_id_for_something_else_is_a_conflict() {
    let shop = Shop::open().await;
    shop.fund(ANNA, 1_000).await;
    shop.fund(BORIS, 1_000).await;
    let (taken, missing) = (a_charge(ANNA, 300), a_charge(ANNA, 5_000));
    shop.charge(&taken).await.unwrap();
    shop.charge(&missing).await.unwrap();
    for first in [taken, missing] {
        for other in [
            Charge { amount: rub(first.amount.minor + 1), ..first.clone() },
            Charge { person: BORIS, ..first.clone() },
        ] {
            let failure = shop.charge(&other).await.unwrap_err();
            assert_eq!(failure.code(), "payments.transfer_conflict");
        }
    }
    assert_eq!((shop.available(ANNA).await, shop.available(BORIS).await), (700, 1_000));
    shop.books_are_zero().await;
}

#[tokio::test]
async fn the_id_of_a_payment_yet_to_come_can_be_neither_charged_nor_adjusted() {
    let shop = Shop::open().await;
    shop.fund(ANNA, 1_000).await;
    let invoice = shop.invoice("stars").await;
    let payment = TransferId::derived("payment stars stx1");
    let hold = hold_transfer_id(HoldId::fresh(&Clock::System));
    let referral = TransferId::derived(&format!("referral {payment}"));
    let by_chance = TransferId("0f0e0d0c-0b0a-4908-8706-050403020100".parse().unwrap());
    for id in [payment, hold, referral, by_chance] {
        for minor in [0, 300, 5_000] {
            let failure = shop.charge(&Charge { id, ..a_charge(ANNA, minor) }).await.unwrap_err();
            assert_eq!((failure.kind(), failure.code()), (Kind::Invalid, "payments.transfer_id"));
        }
        let asked = Adjustment {
            id,
            person: ANNA,
            amount: rub(500),
            reason: "a gift".into(),
            staff: PersonId(1),
        };
        let failure = adjust_balance(&shop.payments, asked).await.unwrap_err();
        assert_eq!((failure.kind(), failure.code()), (Kind::Invalid, "payments.transfer_id"));
    }
    assert_eq!(shop.count("select count(*) from transfers where kind <> 'adjustment'").await, 0);
    shop.update(&paid(&invoice, "stx1", &[])).await.unwrap();
    assert_eq!(shop.available(ANNA).await, 11_000);
    let booked: Vec<Uuid> = sqlx::query_scalar("select id from transfers where kind = 'top_up'")
        .fetch_all(&shop.pool)
        .await
        .unwrap();
    assert_eq!(booked, [payment.0]);
    shop.books_are_zero().await;
}

#[tokio::test]
async fn a_charge_of_nothing_leaves_no_trace() {
    let shop = Shop::open().await;
    shop.fund(ANNA, 0).await;
    let charge = a_charge(ANNA, 0);
    assert_eq!(shop.charge(&charge).await, Ok(charged(0)));
    assert_eq!(shop.charge(&charge).await, Ok(charged(0)));
    assert_eq!(shop.count("select count(*) from transfers").await, 0);
}

#[tokio::test]
async fn without_a_wallet_there_is_nothing_to_charge() {
    let shop = Shop::open().await;
    assert_eq!(shop.charge(&a_charge(ANNA, 1)).await, Ok(refused(0)));
    assert_eq!(shop.wallet(ANNA).await, ledger::Totals::default());
    shop.books_are_zero().await;
}

#[tokio::test]
async fn amounts_below_zero_and_foreign_ones_are_refused() {
    let shop = Shop::open().await;
    shop.fund(ANNA, 1_000).await;
    let dollars = Money::new(1, "USD".parse().unwrap());
    for amount in [rub(-1), dollars] {
        let failure = shop.charge(&Charge { amount, ..a_charge(ANNA, 1) }).await.unwrap_err();
        assert_eq!(failure.kind(), Kind::Invalid);
    }
    assert_eq!(shop.available(ANNA).await, 1_000);
}

#[tokio::test]
async fn ps16_money_for_37_of_100_parallel_charges_pays_exactly_37() {
    let shop = Shop::open().await;
    shop.fund(ANNA, 37 * 100 + 99).await;
    let charges: Vec<Charge> = (0..100).map(|_| a_charge(ANNA, 100)).collect();
    let outcomes = join_all(charges.iter().map(|charge| shop.charge(charge))).await;
    let paid =
        outcomes.iter().filter(|outcome| matches!(outcome, Ok(Charged::Charged { .. }))).count();
    let short = outcomes.iter().filter(|outcome| **outcome == Ok(refused(99))).count();
    assert_eq!((paid, paid + short), (37, 100));
    assert_eq!(shop.available(ANNA).await, 99);
    shop.books_are_zero().await;
}

#[tokio::test]
async fn one_charge_sent_fifty_times_at_once_is_taken_once() {
    let shop = Shop::open().await;
    shop.fund(ANNA, 1_000).await;
    let charge = a_charge(ANNA, 900);
    let outcomes = join_all((0..50).map(|_| shop.charge(&charge))).await;
    assert!(outcomes.iter().all(|outcome| *outcome == Ok(charged(100))), "{outcomes:?}");
    shop.books_are_zero().await;
}

#[tokio::test]
async fn ps18_top_ups_and_purchases_at_once_neither_lose_nor_make_money() {
    let shop = Shop::open().await;
    shop.fund(ANNA, 500).await;
    let charges: Vec<Charge> = (0..40).map(|_| a_charge(ANNA, 100)).collect();
    let buying = join_all(charges.iter().map(|charge| shop.charge(charge)));
    let topping_up = join_all((0..20).map(|_| shop.adjust(ANNA, 100)));
    let (outcomes, _) = join(buying, topping_up).await;
    let paid =
        outcomes.iter().filter(|outcome| matches!(outcome, Ok(Charged::Charged { .. }))).count();
    assert!(outcomes.iter().all(Result::is_ok), "{outcomes:?}");
    let spent = 100 * i64::try_from(paid).unwrap();
    assert_eq!(shop.available(ANNA).await, 500 + 2_000 - spent);
    shop.books_are_zero().await;
}

#[tokio::test]
async fn ref_05_an_inviter_is_kept_from_the_first_call_only() {
    let shop = Shop::open().await;
    let payments = &shop.payments;
    let (carl, nobody) = (PersonId(44), PersonId(999));
    open_wallet(payments, BORIS, Some(BORIS)).await.unwrap();
    open_wallet(payments, ANNA, Some(BORIS)).await.unwrap();
    open_wallet(payments, carl, Some(nobody)).await.unwrap();
    for person in [ANNA, BORIS] {
        open_wallet(payments, carl, Some(person)).await.unwrap();
        open_wallet(payments, person, Some(carl)).await.unwrap();
    }
    assert_eq!(shop.wallet(BORIS).await.invited, 1);
    assert_eq!((shop.wallet(ANNA).await.invited, shop.wallet(carl).await.invited), (0, 0));
}

#[tokio::test]
async fn shop_12_bug_54_pay_21_the_history_shows_every_movement_newest_first_and_no_refusal() {
    let shop = Shop::open().await;
    shop.fund(ANNA, 1_000).await;
    shop.fund(BORIS, 1_000).await;
    shop.charge(&a_charge(ANNA, 300)).await.unwrap();
    shop.charge(&a_charge(ANNA, 5_000)).await.unwrap();
    let page = PageRequest::clamped(0, 10);
    let found = list_operations(&shop.payments, ANNA, page).await.unwrap();
    let seen: Vec<_> = found.rows.iter().map(|row| (row.kind, row.amount.minor)).collect();
    assert_eq!(seen, [(ledger::Kind::Purchase, -300), (ledger::Kind::Adjustment, 1_000)]);
    assert_eq!((found.total, found.rows[0].reference.as_str()), (2, "A-1001"));
    let second = PageRequest::clamped(1, 1);
    let found = list_operations(&shop.payments, ANNA, second).await.unwrap();
    assert_eq!((found.rows.len(), found.rows[0].kind), (1, ledger::Kind::Adjustment));
}

#[tokio::test]
async fn bug_54_transfers_are_immutable() {
    let shop = Shop::open().await;
    shop.fund(ANNA, 1_000).await;
    for statement in [
        "update transfers set amount_minor = 1",
        "update transfers set amount_minor = 1 where false",
        "delete from transfers",
        "truncate transfers",
    ] {
        let refused = sqlx::query(statement).execute(&shop.pool).await.unwrap_err();
        assert!(refused.to_string().contains("transfers are immutable"), "{refused}");
    }
    shop.books_are_zero().await;
}
