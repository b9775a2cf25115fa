//! Callbacks of Crypto Pay: signed or nothing, once or never, matched or put aside.

use contract::failure::Kind;
use contract::payments::event::What;
use durable::jobs::Round;
use futures_util::future::{join, join_all};
use http::HeaderMap;
use payments::domain::invoice::State;
use payments::operations::inbox::{take_callback, work_inbox};
use payments::operations::invoice::poll_invoices;
use payments::providers::Providers;
use serde_json::{Value, json};

use super::shop::{ANNA, Shop, callback, paid, signed};

const UNHANDLED: &str = "select count(*) from inbox where handled_at is null";
const PARKED: &str = "select count(*) from inbox where parked_at is not null";
const EVERY_LETTER_IS_DUE: &str = "update inbox set not_before = now()";

async fn put_by_hand(shop: &Shop, source: &str, body: &[u8]) {
    sqlx::query(
        "insert into inbox (source, external_id, body, not_before) values ($1, 'x', $2, now())",
    )
    .bind(source)
    .bind(body)
    .execute(&shop.pool)
    .await
    .unwrap();
}

#[tokio::test]
async fn pc01_a_bad_signature_is_refused_and_leaves_nothing() {
    let shop = Shop::open().await;
    shop.invoice("cryptopay").await;
    let body = callback(&shop.cryptopay.pay(0), 1);
    let mut others = HeaderMap::new();
    others.insert("crypto-pay-api-signature", "00".repeat(32).parse().unwrap());
    let other_body = signed(b"something else");
    for headers in [HeaderMap::new(), others, other_body] {
        let taken = take_callback(&shop.payments, "cryptopay", &headers, body.clone()).await;
        let failure = taken.unwrap_err();
        assert_eq!(
            (failure.kind(), failure.code()),
            (Kind::Unauthenticated, "payments.bad_signature")
        );
    }
    assert_eq!(shop.count("select count(*) from inbox").await, 0);
    assert_eq!(shop.available(ANNA).await, 0);
}

#[tokio::test]
async fn stars_and_unknown_providers_take_no_callbacks() {
    let shop = Shop::open().await;
    let body = b"{}".to_vec();
    let taken = take_callback(&shop.payments, "stars", &signed(&body), body.clone()).await;
    assert_eq!(taken.unwrap_err().code(), "payments.bad_signature");
    let taken = take_callback(&shop.payments, "paypal", &signed(&body), body).await;
    assert_eq!(taken.unwrap_err().code(), "payments.no_such_method");
}

#[tokio::test]
async fn pc04_pc22_fifty_callbacks_at_once_with_the_poller_running_are_one_credit() {
    let shop = Shop::open().await;
    let invoice = shop.invoice("cryptopay").await;
    let theirs = shop.cryptopay.pay(0);
    shop.execute("update invoices set next_check_at = now()").await;
    let desk = shop.payments.providers.find("cryptopay").unwrap();
    // Half are exact replays, half are told anew: other bytes, the same payment.
    let callbacks = join_all((0..50).map(|n| shop.call_back(&theirs, n / 2)));
    let polls = join_all((0..3).map(|_| poll_invoices(&shop.payments, desk)));
    let (taken, polled) = join(callbacks, polls).await;
    assert!(taken.iter().all(Result::is_ok), "{taken:?}");
    assert!(polled.iter().all(Result::is_ok), "{polled:?}");
    assert_eq!(shop.available(ANNA).await, 10_000);
    assert_eq!(shop.count("select count(*) from transfers").await, 1);
    assert_eq!(shop.count(UNHANDLED).await, 0);
    let told = shop.events().await;
    let [What::InvoicePaid(paid)] = &told[..] else { panic!("{told:?}") };
    assert_eq!((paid.invoice_id.as_str(), paid.person_id), (&*invoice.id.to_string(), 42));
    shop.books_are_zero().await;
}

#[tokio::test]
async fn pc05_a_replay_days_later_changes_nothing() {
    let shop = Shop::open().await;
    shop.invoice("cryptopay").await;
    let theirs = shop.cryptopay.pay(0);
    shop.call_back(&theirs, 1).await.unwrap();
    shop.execute("update inbox set received_at = now() - interval '60 hours'").await;
    shop.call_back(&theirs, 1).await.unwrap();
    shop.call_back(&theirs, 2).await.unwrap();
    assert_eq!(shop.available(ANNA).await, 10_000);
    shop.books_are_zero().await;
}

#[tokio::test]
async fn pc09_a_callback_may_come_before_the_answer_to_our_opening() {
    let shop = Shop::open().await;
    let invoice = shop.invoice("cryptopay").await;
    shop.execute("update invoices set state = 'new', provider_ref = null, pay_url = null").await;
    shop.call_back(&shop.cryptopay.pay(0), 1).await.unwrap();
    assert_eq!(shop.find_invoice(invoice.id).await.state, State::Paid);
    assert_eq!(shop.available(ANNA).await, 10_000);
    shop.books_are_zero().await;
}

#[tokio::test]
async fn bug_05_whatever_does_not_match_goes_to_suspense_and_never_to_a_wallet() {
    for (changes, reason) in [
        (&[("amount", json!("99.99"))][..], "other_amount"),
        (&[("amount", json!("100.01"))], "other_amount"),
        (&[("fiat", json!("USD"))], "other_currency"),
        (&[("amount", json!("1e3"))], "unreadable_amount"),
        (&[("currency_type", json!("crypto")), ("asset", json!("USDT"))], "unreadable_amount"),
    ] {
        let shop = Shop::open().await;
        let invoice = shop.invoice("cryptopay").await;
        shop.cryptopay.pay(0);
        let theirs = shop.cryptopay.change(0, changes);
        for n in 0..3 {
            shop.call_back(&theirs, n).await.unwrap();
        }
        assert_eq!(shop.cases().await, [reason]);
        assert_eq!(shop.available(ANNA).await, 0);
        assert_eq!(shop.find_invoice(invoice.id).await.state, State::Review, "{reason}");
        let told = shop.events().await;
        let [What::SuspenseOpened(opened)] = &told[..] else { panic!("{told:?}") };
        assert_eq!(opened.person_id, 42);
        shop.books_are_zero().await;
    }
}

#[tokio::test]
async fn pc08_a_payment_for_no_invoice_of_ours_goes_to_suspense() {
    let shop = Shop::open().await;
    shop.invoice("cryptopay").await;
    shop.cryptopay.pay(0);
    for (at, payload) in [json!("ord_01HZX"), json!(null), json!(uuid::Uuid::nil().to_string())]
        .into_iter()
        .enumerate()
    {
        let changes = [("payload", payload), ("invoice_id", json!(5_000 + at))];
        let theirs = shop.cryptopay.change(0, &changes);
        shop.call_back(&theirs, 1).await.unwrap();
    }
    assert_eq!(shop.cases().await, ["unknown_invoice"; 3]);
    assert_eq!(shop.available(ANNA).await, 0);
    let in_suspense = "select sum(amount_minor)::bigint from transfers where kind = 'suspense'";
    assert_eq!(shop.count(in_suspense).await, 30_000);
    shop.books_are_zero().await;
}

#[tokio::test]
async fn a_matching_payment_is_credited_although_the_invoice_is_under_review() {
    let shop = Shop::open().await;
    let invoice = shop.invoice("cryptopay").await;
    let good = shop.cryptopay.pay(0);
    let changes = [("amount", json!("1.00")), ("invoice_id", json!(7))];
    let bad = shop.cryptopay.change(0, &changes);
    shop.call_back(&bad, 1).await.unwrap();
    shop.call_back(&good, 2).await.unwrap();
    assert_eq!(shop.find_invoice(invoice.id).await.state, State::Paid);
    assert_eq!(shop.available(ANNA).await, 10_000);
    shop.books_are_zero().await;
}

#[tokio::test]
async fn pc24_what_was_stored_and_not_handled_is_handled_by_the_job() {
    let shop = Shop::open().await;
    shop.invoice("cryptopay").await;
    // As a stop of the process between storing and handling leaves it.
    put_by_hand(&shop, "cryptopay", &callback(&shop.cryptopay.pay(0), 1)).await;
    let rounds = join_all((0..4).map(|_| work_inbox(&shop.payments))).await;
    assert!(rounds.iter().all(|round| *round == Ok(Round::Done)), "{rounds:?}");
    assert_eq!(shop.available(ANNA).await, 10_000);
    assert_eq!(shop.count(UNHANDLED).await, 0);
    shop.books_are_zero().await;
}

#[tokio::test]
async fn a_signed_callback_that_cannot_be_read_is_kept_for_people() {
    let shop = Shop::open().await;
    let body = b"{\"update_type\":\"invoice_paid\"}\0".to_vec();
    take_callback(&shop.payments, "cryptopay", &signed(&body), body.clone()).await.unwrap();
    assert_eq!(shop.count(PARKED).await, 1);
    shop.execute(EVERY_LETTER_IS_DUE).await;
    assert_eq!(work_inbox(&shop.payments).await, Ok(Round::Done));
    let kept: Vec<u8> =
        sqlx::query_scalar("select body from inbox").fetch_one(&shop.pool).await.unwrap();
    assert_eq!(kept, body);
}

#[tokio::test]
async fn a_letter_of_a_method_that_is_switched_off_waits_for_it_and_holds_up_no_other() {
    let shop = Shop::open().await;
    shop.invoice("cryptopay").await;
    let payment = shop.cryptopay.pay(0);
    put_by_hand(&shop, "cryptopay", &callback(&payment, 1)).await;
    put_by_hand(&shop, "telegram-payment", b"no update").await;
    let switched_off = shop.payments_with(Providers::default(), None);
    for _ in 0..12 {
        shop.execute(EVERY_LETTER_IS_DUE).await;
        assert_eq!(work_inbox(&switched_off).await, Ok(Round::Done));
    }
    let waits = "select count(*) from inbox where parked_at is null and attempts = 12
        and last_error = 'payments.no_such_method'
        and not_before between now() + interval '1 hour' and now() + interval '2 hours'";
    assert_eq!((shop.count(waits).await, shop.count(PARKED).await), (1, 1));
    shop.execute(EVERY_LETTER_IS_DUE).await;
    work_inbox(&shop.payments).await.unwrap();
    assert_eq!(shop.available(ANNA).await, 10_000);
    shop.books_are_zero().await;
}

#[tokio::test]
async fn a_database_in_trouble_parks_no_letter_however_long_it_lasts() {
    // Trouble that passes by itself, and trouble that somebody has to mend.
    for sqlstate in ["40001", "XX000"] {
        let shop = Shop::open().await;
        shop.invoice("cryptopay").await;
        let theirs = shop.cryptopay.pay(0);
        shop.break_receipt(&shop.cryptopay.id(0).to_string(), sqlstate).await;
        shop.call_back(&theirs, 1).await.unwrap();
        for _ in 0..12 {
            shop.execute(EVERY_LETTER_IS_DUE).await;
            work_inbox(&shop.payments).await.unwrap();
        }
        assert_eq!((shop.count(PARKED).await, shop.count(UNHANDLED).await), (0, 1), "{sqlstate}");
        shop.mend_receipts().await;
        shop.execute(EVERY_LETTER_IS_DUE).await;
        work_inbox(&shop.payments).await.unwrap();
        assert_eq!((shop.available(ANNA).await, shop.count(UNHANDLED).await), (10_000, 0));
        shop.books_are_zero().await;
    }
}

#[tokio::test]
async fn parked_letters_are_handled_after_the_statement_of_the_readme() {
    let readme = include_str!("../../README.md");
    let statement = readme.split("```sql\n").nth(1).unwrap().split("```").next().unwrap();
    let shop = Shop::open().await;
    shop.invoice("cryptopay").await;
    put_by_hand(&shop, "cryptopay", &callback(&shop.cryptopay.pay(0), 1)).await;
    // Of a release that could not read it.
    let in_stars = paid(&shop.invoice("stars").await, "stx1", &[]).to_string().into_bytes();
    put_by_hand(&shop, "telegram-unreadable", &in_stars).await;
    shop.execute("update inbox set parked_at = now(), attempts = 5").await;
    work_inbox(&shop.payments).await.unwrap();
    assert_eq!(shop.available(ANNA).await, 0);
    shop.execute(statement).await;
    work_inbox(&shop.payments).await.unwrap();
    assert_eq!(shop.available(ANNA).await, 20_000);
    assert_eq!((shop.count(PARKED).await, shop.count(UNHANDLED).await), (0, 0));
    shop.books_are_zero().await;
}

#[tokio::test]
async fn a_signed_callback_of_another_kind_is_taken_and_says_nothing() {
    let shop = Shop::open().await;
    let body = br#"{"update_type":"check_activated","payload":{"check_id":"seven"}}"#.to_vec();
    take_callback(&shop.payments, "cryptopay", &signed(&body), body).await.unwrap();
    assert_eq!((shop.count(PARKED).await, shop.count(UNHANDLED).await), (0, 0));
}

#[tokio::test]
async fn a_payment_told_again_with_another_amount_or_invoice_is_a_case_and_moves_nothing() {
    for change in [("amount", json!("999.00")), ("payload", json!(uuid::Uuid::nil().to_string()))] {
        let shop = Shop::open().await;
        let invoice = shop.invoice("cryptopay").await;
        let theirs = shop.cryptopay.pay(0);
        shop.call_back(&theirs, 1).await.unwrap();
        let otherwise = shop.cryptopay.change(0, &[change]);
        for n in 2..5 {
            shop.call_back(&otherwise, n).await.unwrap();
        }
        shop.call_back(&theirs, 5).await.unwrap();
        assert_eq!(shop.cases().await, ["contradicted"]);
        assert_eq!(shop.available(ANNA).await, 10_000);
        assert_eq!(shop.count("select count(*) from transfers").await, 1);
        assert_eq!(shop.find_invoice(invoice.id).await.state, State::Paid);
        shop.books_are_zero().await;
    }
}

#[tokio::test]
async fn pc15_what_was_really_paid_is_kept_for_reconciliation() {
    let shop = Shop::open().await;
    shop.invoice("cryptopay").await;
    shop.cryptopay.pay(0);
    let rate = [("paid_fiat_rate", json!("251.3")), ("fee_amount", json!("0.01"))];
    shop.call_back(&shop.cryptopay.change(0, &rate), 1).await.unwrap();
    let details: Value =
        sqlx::query_scalar("select details from receipts").fetch_one(&shop.pool).await.unwrap();
    assert_eq!(
        (&details["paid_asset"], &details["paid_fiat_rate"]),
        (&json!("TON"), &json!("251.3"))
    );
}

#[tokio::test]
async fn pc04_a_callback_as_crypto_pay_sends_it_credits_once_however_often_it_comes() {
    let shop = Shop::open().await;
    shop.cryptopay.call_back_to(&shop.payments, &shop.ground.lifecycle).await;
    shop.invoice("cryptopay").await;
    shop.cryptopay.pay(0);
    shop.cryptopay.settled().await;
    assert_eq!(shop.available(ANNA).await, 10_000);
    let desk = shop.payments.providers.find("cryptopay").unwrap();
    let again = shop.cryptopay.call_back_again(0, 50);
    let (statuses, polled) = join(again, poll_invoices(&shop.payments, desk)).await;
    assert_eq!((statuses, polled), (vec![200; 50], Ok(Round::Done)));
    assert_eq!(shop.available(ANNA).await, 10_000);
    shop.books_are_zero().await;
}

#[tokio::test]
async fn pc03_callbacks_signed_by_somebody_else_leave_nothing_and_the_true_one_credits() {
    let shop = Shop::open().await;
    shop.cryptopay.call_back_to(&shop.payments, &shop.ground.lifecycle).await;
    shop.cryptopay.forge_callbacks(2);
    shop.invoice("cryptopay").await;
    shop.cryptopay.pay(0);
    shop.cryptopay.settled().await;
    assert_eq!(shop.count("select count(*) from inbox").await, 1);
    assert_eq!(shop.available(ANNA).await, 10_000);
    shop.books_are_zero().await;
}
