//! Inviting: what a share came from is written with it, adds up to the last kopeck, and is only its inviter's to read.

use contract::payments::event::What;
use kernel::clock::Clock;
use kernel::ids::{InvoiceId, PersonId, TransferId};
use kernel::page::PageRequest;
use payments::domain::referral::{Earning, Referral, ReferralStats};
use payments::operations::invoice::{OpenInvoice, open_invoice};
use payments::operations::referral::{get_earning, get_stats, list_earnings, list_referrals};
use payments::operations::wallet::open_wallet;

use super::shop::{ANNA, BORIS, Shop, paid, rub};

const CARL: PersonId = PersonId(44);
const FIRST: PageRequest = PageRequest { number: 0, size: 10 };

/// Carl has invited Anna and Boris.
async fn shop_with(percent: u8) -> Shop {
    let shop = Shop::open_with(&format!("referral_percent = {percent}")).await;
    open_wallet(&shop.payments, CARL, None).await.unwrap();
    for person in [BORIS, ANNA] {
        open_wallet(&shop.payments, person, Some(CARL)).await.unwrap();
    }
    shop
}

async fn top_up(shop: &Shop, person: PersonId, minor: i64, charge_id: &str) {
    let asked = OpenInvoice {
        id: InvoiceId::fresh(&Clock::System),
        person,
        method: "stars".into(),
        amount: rub(minor),
    };
    let invoice = open_invoice(&shop.payments, asked).await.unwrap();
    shop.update(&paid(&invoice, charge_id, &[])).await.unwrap();
}

async fn earnings(shop: &Shop, inviter: PersonId, invited: Option<PersonId>) -> Vec<Earning> {
    let found = list_earnings(&shop.payments, inviter, invited, FIRST).await.unwrap();
    assert_eq!(found.total, found.rows.len() as u64);
    found.rows
}

#[tokio::test]
async fn ref_03_ref_04_ref_02_what_inviting_brought_adds_up_to_the_last_kopeck() {
    let shop = shop_with(10).await;
    top_up(&shop, ANNA, 2_319, "stx1").await;
    top_up(&shop, ANNA, 10_000, "stx2").await;
    let stats = get_stats(&shop.payments, CARL).await.unwrap();
    let expected = ReferralStats {
        invited: 2,
        active: 1,
        earned_minor: 1_231,
        topped_up_minor: 12_319,
        credits: 2,
    };
    assert_eq!(stats, expected);
    let found = list_referrals(&shop.payments, CARL, FIRST).await.unwrap();
    let brought = |one: &Referral| (one.person, one.earned_minor, one.topped_up_minor);
    let brought: Vec<_> = found.rows.iter().map(brought).collect();
    assert_eq!((found.total, brought), (2, vec![(ANNA, 1_231, 12_319), (BORIS, 0, 0)]));
    let all = earnings(&shop, CARL, None).await;
    let shares: Vec<_> = all.iter().map(|one| (one.earned_minor, one.topped_up_minor)).collect();
    assert_eq!(shares, [(1_000, 10_000), (231, 2_319)]);
    assert_eq!(earnings(&shop, CARL, Some(ANNA)).await, all);
    assert_eq!(earnings(&shop, CARL, Some(BORIS)).await, []);
    assert_eq!(shop.wallet(CARL).await.earned_minor, stats.earned_minor);
    let second = PageRequest { number: 1, size: 1 };
    let page = list_earnings(&shop.payments, CARL, None, second).await.unwrap();
    assert_eq!((page.total, page.rows), (2, vec![all[1]]));
    let page = list_referrals(&shop.payments, CARL, second).await.unwrap();
    assert_eq!((page.total, page.rows[0].person), (2, BORIS));
    assert_eq!(get_stats(&shop.payments, ANNA).await.unwrap(), ReferralStats::default());
    shop.books_are_zero().await;
}

#[tokio::test]
async fn bug_04_ref_04_another_persons_earning_is_not_found_by_its_id() {
    let shop = shop_with(10).await;
    top_up(&shop, ANNA, 2_319, "stx1").await;
    let own = earnings(&shop, CARL, None).await[0];
    assert_eq!(get_earning(&shop.payments, CARL, own.id).await, Ok(own));
    for (person, id) in
        [(ANNA, own.id), (BORIS, own.id), (CARL, TransferId::derived("payment stars stx1"))]
    {
        let failure = get_earning(&shop.payments, person, id).await.unwrap_err();
        assert_eq!(failure.code(), "payments.no_such_earning");
        assert_eq!(earnings(&shop, ANNA, Some(ANNA)).await, []);
    }
}

#[tokio::test]
async fn ref_03_ref_02_whoever_tops_up_is_active_even_where_the_share_is_nothing() {
    let shop = shop_with(0).await;
    top_up(&shop, ANNA, 2_319, "stx1").await;
    let stats = get_stats(&shop.payments, CARL).await.unwrap();
    assert_eq!((stats.active, stats.topped_up_minor), (1, 2_319));
    assert_eq!((stats.credits, stats.earned_minor), (0, 0));
    assert_eq!(earnings(&shop, CARL, None).await, []);
    assert_eq!(shop.available(CARL).await, 0);
}

#[tokio::test]
async fn ref_05_the_database_refuses_whoever_earns_by_themselves() {
    let shop = shop_with(10).await;
    for statement in [
        "insert into referral_top_ups (top_up_id, inviter_id, invited_id, topped_up_minor,
            earned_minor) values (gen_random_uuid(), 42, 42, 100, 0)",
        "update wallets set inviter_id = user_id",
    ] {
        let refused = sqlx::query(statement).execute(&shop.pool).await.unwrap_err();
        assert!(refused.to_string().contains("check constraint"), "{refused}");
    }
    assert_eq!(shop.count("select count(*) from wallets where inviter_id = user_id").await, 0);
}

#[tokio::test]
async fn ref_07_ref_06_top_up_share_and_its_notice_are_there_together_or_not_at_all() {
    let shop = shop_with(10).await;
    shop.execute(
        "create function fail_on_purpose() returns trigger language plpgsql as $$
         begin raise exception 'on purpose' using errcode = '40001'; end $$",
    )
    .await;
    shop.execute(
        "create trigger fails before insert on referral_top_ups for each row
         execute function fail_on_purpose()",
    )
    .await;
    top_up(&shop, ANNA, 10_000, "stx1").await;
    assert_eq!((shop.available(ANNA).await, shop.available(CARL).await), (0, 0));
    assert_eq!(shop.events().await, []);
    shop.execute("drop trigger fails on referral_top_ups").await;
    shop.execute("update inbox set not_before = now()").await;
    payments::operations::inbox::work_inbox(&shop.payments).await.unwrap();
    assert_eq!((shop.available(ANNA).await, shop.available(CARL).await), (10_000, 1_000));
    let told = shop.events().await;
    let [What::InvoicePaid(_), What::ReferralEarned(earned)] = &told[..] else {
        panic!("{told:?}");
    };
    assert_eq!(earned.inviter_id, CARL.0);
    assert_eq!(earned.transfer_id, earnings(&shop, CARL, None).await[0].id.to_string());
    shop.books_are_zero().await;
}
