//! The books: what is wrong with them is found.

use payments::domain::hold::Intent;
use payments::domain::ledger::Books;
use payments::operations::books::check_books;
use payments::operations::hold::hold_funds;

use super::shop::{ANNA, Shop, rub};

#[tokio::test]
async fn b20_a_drift_of_one_kopeck_is_seen() {
    let shop = Shop::open().await;
    shop.fund(ANNA, 1_000).await;
    shop.books_are_zero().await;
    shop.execute("update wallets set balance_minor = balance_minor + 1").await;
    let books = check_books(&shop.payments).await.unwrap();
    let expected = Books { sum_minor: 1, drifted_wallets: 1, ..Books::default() };
    assert_eq!(books, expected);
}

#[tokio::test]
async fn held_money_without_a_hold_and_a_hold_past_its_time_are_seen() {
    let shop = Shop::open().await;
    shop.fund(ANNA, 1_000).await;
    let intent = Intent {
        id: kernel::ids::HoldId::derived("h"),
        person: ANNA,
        amount: rub(100),
        lasts_seconds: 60,
        reference: String::new(),
    };
    hold_funds(&shop.payments, intent).await.unwrap();
    shop.books_are_zero().await;
    shop.execute("update holds set expires_at = now() - interval '1 hour'").await;
    shop.execute("update wallets set held_minor = held_minor + 1").await;
    let books = check_books(&shop.payments).await.unwrap();
    let expected = Books { overdue_holds: 1, drifted_holds: 1, ..Books::default() };
    assert_eq!(books, expected);
}
