//! Stars: told by Telegram's updates, credited by the stored invoice, with the inviter's share in
//! one transaction.

use contract::failure::Kind;
use contract::payments::event::What;
use durable::jobs::Round;
use futures_util::future::join_all;
use kernel::clock::Clock;
use kernel::ids::{InvoiceId, PersonId, TransferId};
use payments::domain::invoice::{Invoice, State};
use payments::domain::rate::StarsRate;
use payments::operations::Payments;
use payments::operations::payment::settle;
use payments::operations::star_ledger::reconcile_stars;
use payments::operations::wallet::open_wallet;
use payments::providers::{Providers, stars};
use serde_json::{Value, json};

use super::shop::{ANNA, BORIS, Shop, message, paid, rub};

#[tokio::test]
async fn pc35_one_payment_told_fifty_times_at_once_is_one_credit() {
    let shop = Shop::open().await;
    let invoice = shop.invoice("stars").await;
    let update = paid(&invoice, "stx1", &[]);
    let taken = join_all((0..50).map(|_| shop.update(&update))).await;
    assert!(taken.iter().all(Result::is_ok), "{taken:?}");
    assert_eq!(shop.available(ANNA).await, 10_000);
    assert_eq!(shop.count("select count(*) from transfers").await, 1);
    assert_eq!(shop.find_invoice(invoice.id).await.state, State::Paid);
    shop.books_are_zero().await;
}

#[tokio::test]
async fn pc21_an_invoice_paid_twice_is_two_payments() {
    let shop = Shop::open().await;
    let invoice = shop.invoice("stars").await;
    shop.update(&paid(&invoice, "stx1", &[])).await.unwrap();
    shop.update(&paid(&invoice, "stx2", &[])).await.unwrap();
    assert_eq!(shop.available(ANNA).await, 20_000);
    shop.books_are_zero().await;
}

#[tokio::test]
async fn pc36_a_payment_for_no_invoice_of_ours_goes_to_suspense_in_stars() {
    let shop = Shop::open().await;
    let invoice = shop.invoice("stars").await;
    for (charge, payload) in [("stx1", "forged"), ("stx2", "0190163d-8694-739b-aea5-966c26f8ad91")]
    {
        let changes = [("invoice_payload", json!(payload))];
        shop.update(&paid(&invoice, charge, &changes)).await.unwrap();
        shop.update(&paid(&invoice, charge, &changes)).await.unwrap();
    }
    assert_eq!(shop.cases().await, ["unknown_invoice"; 2]);
    let stars = "select sum(amount_minor)::bigint from transfers
        where currency = 'XTR' and from_account = 'received:stars' and to_account = 'suspense'";
    assert_eq!(shop.count(stars).await, 182);
    assert_eq!(shop.available(ANNA).await, 0);
    shop.books_are_zero().await;
}

#[tokio::test]
async fn pc37_another_amount_currency_or_payer_goes_to_suspense() {
    let shop = Shop::open().await;
    let invoice = shop.invoice("stars").await;
    for (charge, changes) in [
        ("stx1", [("total_amount", json!(90))]),
        ("stx2", [("currency", json!("RUB"))]),
        ("stx3", [("currency", json!("???"))]),
    ] {
        shop.update(&paid(&invoice, charge, &changes)).await.unwrap();
    }
    let mut by_boris = paid(&invoice, "stx4", &[]);
    by_boris["message"]["from"]["id"] = json!(BORIS.0);
    shop.update(&by_boris).await.unwrap();
    assert_eq!(
        shop.cases().await,
        ["other_amount", "other_currency", "unreadable_amount", "other_payer"]
    );
    assert_eq!((shop.available(ANNA).await, shop.available(BORIS).await), (0, 0));
    shop.books_are_zero().await;
}

#[tokio::test]
async fn b8_bug_21_the_stored_amount_is_credited_to_the_kopeck_whatever_the_rate_is_then() {
    let shop = Shop::open().await;
    let asked = payments::operations::invoice::OpenInvoice {
        id: InvoiceId::derived("odd"),
        person: ANNA,
        method: "stars".into(),
        amount: rub(12_345),
    };
    let invoice = payments::operations::invoice::open_invoice(&shop.payments, asked).await.unwrap();
    assert_eq!(invoice.price.minor, 113);
    let dearer = StarsRate::new("2".parse().unwrap()).unwrap();
    let changed = Payments {
        pool: shop.pool.clone(),
        bell: shop.payments.bell.clone(),
        terms: shop.payments.terms,
        providers: Providers::new(vec![stars::at(dearer)]),
        telegram: None,
        locale: shop.payments.locale,
    };
    let update = paid(&invoice, "stx1", &[]).to_string().into_bytes();
    payments::operations::inbox::take_update(&changed, update).await.unwrap();
    assert_eq!(shop.available(ANNA).await, 12_345);
    shop.books_are_zero().await;
}

#[tokio::test]
async fn ref_07_the_inviters_share_comes_with_the_credit_once_and_rounded_down() {
    let shop = Shop::open_with("referral_percent = 33").await;
    open_wallet(&shop.payments, BORIS, None).await.unwrap();
    open_wallet(&shop.payments, ANNA, Some(BORIS)).await.unwrap();
    let invoice = shop.invoice("stars").await;
    let update = paid(&invoice, "stx1", &[]);
    join_all((0..10).map(|_| shop.update(&update))).await;
    assert_eq!((shop.available(ANNA).await, shop.available(BORIS).await), (10_000, 3_300));
    let boris = shop.wallet(BORIS).await;
    assert_eq!((boris.earned_minor, boris.topped_up_minor, boris.invited), (3_300, 0, 1));
    let told = shop.events().await;
    let [What::InvoicePaid(_), What::ReferralEarned(earned)] = &told[..] else {
        panic!("{told:?}")
    };
    assert_eq!(earned.inviter_id, BORIS.0);
    let transactions = "select count(distinct tx) from outbox";
    assert_eq!(shop.count(transactions).await, 1);
    shop.books_are_zero().await;
}

#[tokio::test]
async fn ref_02_without_a_percentage_or_an_inviter_nobody_earns() {
    let shop = Shop::open().await;
    open_wallet(&shop.payments, BORIS, None).await.unwrap();
    open_wallet(&shop.payments, ANNA, Some(BORIS)).await.unwrap();
    shop.update(&paid(&shop.invoice("stars").await, "stx1", &[])).await.unwrap();
    assert_eq!(shop.available(BORIS).await, 0);
    let shop = Shop::open_with("referral_percent = 99").await;
    shop.update(&paid(&shop.invoice("stars").await, "stx1", &[])).await.unwrap();
    assert_eq!(shop.events().await.len(), 1);
    shop.books_are_zero().await;
}

#[tokio::test]
async fn bug_08_a_payer_without_a_wallet_gets_one() {
    let shop = Shop::open().await;
    let invoice = shop.invoice("stars").await;
    assert_eq!(shop.count("select count(*) from wallets").await, 0);
    shop.update(&paid(&invoice, "stx1", &[])).await.unwrap();
    assert_eq!(shop.wallet(ANNA).await.topped_up_minor, 10_000);
    shop.books_are_zero().await;
}

#[tokio::test]
async fn bug_07_a_violation_of_anything_but_the_receipt_is_an_error_and_undoes_everything() {
    let shop = Shop::open().await;
    let invoice = shop.invoice("stars").await;
    let payment = payments::domain::payment::Payment {
        provider: "stars".into(),
        external_id: "stx1".into(),
        invoice_id: Some(invoice.id),
        payer: Some(ANNA),
        price: Some(invoice.price),
        details: json!({}),
    };
    sqlx::query(
        "insert into transfers (id, user_id, currency, amount_minor, kind, from_account,
            to_account, reference)
         values ($1, 0, 'XTR', 1, 'suspense', 'received:stars', 'suspense', '')",
    )
    .bind(payment.transfer_id().0)
    .execute(&shop.pool)
    .await
    .unwrap();
    let failure = settle(&shop.payments, &payment).await.unwrap_err();
    assert_eq!(failure.kind(), Kind::Internal);
    assert_eq!(shop.count("select count(*) from receipts").await, 0);
    assert_eq!(shop.find_invoice(invoice.id).await.state, State::Pending);
    assert_eq!(shop.available(ANNA).await, 0);
    assert_ne!(payment.transfer_id(), TransferId::derived("stx1"));
}

#[tokio::test]
async fn pc43_a_refund_told_twice_is_one_case_beside_the_credit() {
    let shop = Shop::open().await;
    let invoice = shop.invoice("stars").await;
    shop.update(&paid(&invoice, "stx1", &[])).await.unwrap();
    let refund = json!({
        "currency": "XTR", "total_amount": 91, "invoice_payload": invoice.id.to_string(),
        "telegram_payment_charge_id": "stx1",
    });
    let update = message(ANNA, "refunded_payment", &refund);
    for _ in 0..3 {
        shop.update(&update).await.unwrap();
    }
    assert_eq!(shop.cases().await, ["refunded"]);
    assert_eq!(shop.available(ANNA).await, 10_000);
    assert_eq!(shop.count("select count(*) from inbox where handled_at is not null").await, 2);
    shop.books_are_zero().await;
}

#[tokio::test]
async fn pc38_words_about_a_payment_are_only_words() {
    let shop = Shop::open().await;
    let invoice = shop.invoice("stars").await;
    let words = paid(&invoice, "stx1", &[])["message"]["successful_payment"].to_string();
    shop.update(&message(ANNA, "text", &json!(words))).await.unwrap();
    assert_eq!(shop.count("select count(*) from inbox").await, 0);
    let failure = shop.update(&json!(["no update"])).await.unwrap_err();
    assert_eq!(failure.code(), "payments.unreadable_update");
    assert_eq!(shop.available(PersonId(42)).await, 0);
}

/// A line of Telegram's ledger about an invoice.
fn line(invoice: &Invoice, charge_id: &str, side: &str) -> Value {
    json!({
        "id": charge_id, "amount": invoice.price.minor, "date": Clock::System.now().as_second(),
        side: {
            "type": "user", "transaction_type": "invoice_payment",
            "user": {"id": invoice.person.0, "is_bot": false, "first_name": "A"},
            "invoice_payload": invoice.id.to_string(),
        },
    })
}

#[tokio::test]
async fn pc39_a_payment_whose_update_was_lost_is_found_in_telegrams_ledger() {
    let shop = Shop::open().await;
    let (told, lost) = (shop.invoice("stars").await, shop.invoice("stars").await);
    shop.update(&paid(&told, "stx1", &[])).await.unwrap();
    shop.telegram.write_line(line(&told, "stx1", "source"));
    shop.telegram.write_line(line(&lost, "stx2", "source"));
    shop.telegram.write_line(line(&told, "stx1", "receiver"));
    for _ in 0..3 {
        assert_eq!(reconcile_stars(&shop.payments).await, Ok(Round::Done));
    }
    assert_eq!(shop.available(ANNA).await, 20_000);
    assert_eq!(shop.cases().await, ["refunded"]);
    shop.update(&paid(&lost, "stx2", &[])).await.unwrap();
    assert_eq!(shop.available(ANNA).await, 20_000);
    shop.books_are_zero().await;
}

#[tokio::test]
async fn what_the_ledger_tells_of_other_times_and_other_things_is_passed_over() {
    let shop = Shop::open().await;
    let invoice = shop.invoice("stars").await;
    let mut old = line(&invoice, "stx1", "source");
    old["date"] = json!(1_600_000_000);
    let mut gift = line(&invoice, "stx2", "source");
    gift["source"]["transaction_type"] = json!("gift_purchase");
    let withdrawal = json!({"id": "w", "amount": 1_000, "date": 1_900_000_000,
        "receiver": {"type": "fragment"}});
    for n in 0..130 {
        let line = [&old, &gift, &withdrawal][n % 3].clone();
        shop.telegram.write_line(line);
    }
    assert_eq!(reconcile_stars(&shop.payments).await, Ok(Round::More));
    assert_eq!(reconcile_stars(&shop.payments).await, Ok(Round::Done));
    assert_eq!(shop.count("select seen_lines from star_ledger").await, 130);
    assert_eq!(shop.count("select count(*) from receipts").await, 0);
}
