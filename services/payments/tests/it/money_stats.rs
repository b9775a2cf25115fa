//! Statistics of money: by ledger account, of the shop's own day.

use jiff::SignedDuration;
use kernel::clock::Clock;
use payments::domain::money_stats::TopUps;
use payments::operations::money_stats::get_money_stats;
use payments::operations::wallet::open_wallet;

use super::shop::{ANNA, BORIS, Shop, a_charge, paid, rub};

fn stars(minor: i64, count: u64) -> Vec<TopUps> {
    vec![TopUps { method: "stars".into(), amount: rub(minor), count }]
}

async fn top_up(shop: &Shop, charge_id: &str) {
    let invoice = shop.invoice("stars").await;
    shop.update(&paid(&invoice, charge_id, &[])).await.unwrap();
}

#[tokio::test]
async fn bug_70_adm_02_top_ups_are_what_people_paid_in_and_nothing_else() {
    let shop = Shop::open_with("referral_percent = 10").await;
    shop.fund(BORIS, 700).await;
    open_wallet(&shop.payments, ANNA, Some(BORIS)).await.unwrap();
    top_up(&shop, "stx1").await;
    shop.adjust(ANNA, 500).await;
    shop.adjust(ANNA, -200).await;
    shop.charge(&a_charge(ANNA, 4_000)).await.unwrap();
    let stats = get_money_stats(&shop.payments).await.unwrap();
    assert_eq!(stats.today, stars(10_000, 1));
    assert_eq!(stats.totals.top_ups, stars(10_000, 1));
    assert_eq!(stats.totals.referral_cost_minor, 1_000);
    let people = shop.available(ANNA).await + shop.available(BORIS).await;
    assert_eq!((stats.totals.purses.balance_minor, people), (8_000, 8_000));
    let accounts: Vec<_> =
        stats.totals.accounts.iter().map(|one| (&*one.account, one.balance.minor)).collect();
    let expected = [
        ("adjustment", -1_000),
        ("received:stars", -10_000),
        ("referral_cost", -1_000),
        ("revenue", 4_000),
    ];
    assert_eq!(accounts, expected);
    shop.books_are_zero().await;
}

#[tokio::test]
async fn adm_02_today_is_of_this_moment_and_totals_are_counted_once_a_minute() {
    let shop = Shop::open().await;
    top_up(&shop, "stx1").await;
    let first = get_money_stats(&shop.payments).await.unwrap();
    top_up(&shop, "stx2").await;
    let second = get_money_stats(&shop.payments).await.unwrap();
    assert_eq!((first.today, second.today), (stars(10_000, 1), stars(20_000, 2)));
    assert_eq!(second.totals, first.totals);
    let tomorrow = Clock::fixed(Clock::System.now() + SignedDuration::from_hours(48));
    let stats = get_money_stats(&shop.payments_at(tomorrow)).await.unwrap();
    assert_eq!((stats.today, &stats.totals.top_ups), (Vec::new(), &stars(20_000, 2)));
}
