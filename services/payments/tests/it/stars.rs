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
use payments::operations::inbox::work_inbox;
use payments::operations::payment::settle;
use payments::operations::star_ledger::reconcile_stars;
use payments::operations::wallet::open_wallet;
use payments::providers::{Providers, stars};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::fakes::Telegram;
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
    let booked: Vec<Uuid> = sqlx::query_scalar("select id from transfers order by seq")
        .fetch_all(&shop.pool)
        .await
        .unwrap();
    let told = shop.events().await;
    let [What::InvoicePaid(first), What::InvoicePaid(second)] = &told[..] else {
        panic!("{told:?}")
    };
    assert_eq!(first.invoice_id, second.invoice_id);
    let told = [&first.transfer_id, &second.transfer_id].map(|id| id.parse::<Uuid>().unwrap());
    assert_eq!(told, booked[..]);
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
    let changed = shop.payments_with(Providers::new(vec![stars::at(dearer)]), None);
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
    // The message may be the bot's own; the case is about whose wallet it is.
    let update = message(PersonId(7), "refunded_payment", &refund);
    for _ in 0..3 {
        shop.update(&update).await.unwrap();
    }
    assert_eq!(shop.cases().await, ["refunded"]);
    let told = shop.events().await;
    let Some(What::SuspenseOpened(opened)) = told.last() else { panic!("{told:?}") };
    assert_eq!(opened.person_id, ANNA.0);
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
    assert_eq!(shop.available(PersonId(42)).await, 0);
}

#[tokio::test]
async fn an_update_about_money_that_cannot_be_read_is_kept_once_and_blocks_nobody() {
    let shop = Shop::open().await;
    let odd = json!({"update_id": 5, "pre_checkout_query": 5});
    for update in [&json!(["no update"]), &odd, &odd] {
        shop.update(update).await.unwrap();
    }
    let kept: Vec<(Vec<u8>, String)> = sqlx::query_as(
        "select body, last_error from inbox
         where source = 'telegram-unreadable' and parked_at is not null and handled_at is null
         order by received_at",
    )
    .fetch_all(&shop.pool)
    .await
    .unwrap();
    let bodies: Vec<Value> =
        kept.iter().map(|(body, _)| serde_json::from_slice(body).unwrap()).collect();
    assert_eq!(bodies, [json!(["no update"]), odd]);
    assert!(kept.iter().all(|(_, error)| error == "payments.unreadable_update"));
    let external_id: String =
        sqlx::query_scalar("select external_id from inbox order by received_at limit 1")
            .fetch_one(&shop.pool)
            .await
            .unwrap();
    assert_eq!(external_id, hex::encode(Sha256::digest(r#"["no update"]"#)));
    let invoice = shop.invoice("stars").await;
    shop.update(&paid(&invoice, "stx1", &[])).await.unwrap();
    assert_eq!(shop.available(ANNA).await, 10_000);
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

const SEEN_LINES: &str = "select sum(seen_lines)::bigint from star_ledger";

#[tokio::test]
async fn a_line_that_cannot_be_booked_waits_in_the_inbox_and_holds_up_no_other() {
    let shop = Shop::open().await;
    for charge_id in ["stx1", "stx2", "stx3"] {
        shop.telegram.write_line(line(&shop.invoice("stars").await, charge_id, "source"));
    }
    shop.break_receipt("stx2", "XX000").await;
    for _ in 0..2 {
        assert_eq!(reconcile_stars(&shop.payments).await, Ok(Round::Done));
    }
    assert_eq!((shop.count(SEEN_LINES).await, shop.available(ANNA).await), (3, 20_000));
    let waits = "select count(*) from inbox
        where source = 'star-ledger' and handled_at is null and parked_at is null";
    assert_eq!(shop.count(waits).await, 1);
    shop.mend_receipts().await;
    shop.execute("update inbox set not_before = now()").await;
    work_inbox(&shop.payments).await.unwrap();
    assert_eq!((shop.count(waits).await, shop.available(ANNA).await), (0, 30_000));
    shop.books_are_zero().await;
}

#[tokio::test]
async fn trouble_that_passes_stops_the_reading_of_the_ledger_and_loses_nothing() {
    let shop = Shop::open().await;
    shop.telegram.write_line(line(&shop.invoice("stars").await, "stx1", "source"));
    shop.break_receipt("stx1", "40001").await;
    let failure = reconcile_stars(&shop.payments).await.unwrap_err();
    assert_eq!(failure.kind(), Kind::Unavailable);
    assert_eq!(
        (shop.count(SEEN_LINES).await, shop.count("select count(*) from inbox").await),
        (0, 0)
    );
    shop.mend_receipts().await;
    assert_eq!(reconcile_stars(&shop.payments).await, Ok(Round::Done));
    assert_eq!(shop.available(ANNA).await, 10_000);
    shop.books_are_zero().await;
}

#[tokio::test]
async fn another_bots_ledger_is_read_from_its_own_beginning() {
    let shop = Shop::open().await;
    shop.telegram.write_line(line(&shop.invoice("stars").await, "stx1", "source"));
    assert_eq!(reconcile_stars(&shop.payments).await, Ok(Round::Done));
    let another = Telegram::default();
    another.write_line(line(&shop.invoice("stars").await, "stx2", "source"));
    let url = another.serve(&shop.ground.lifecycle).await;
    let client = telegram::Client::new(&url, "8:abc".into()).unwrap();
    let with_another = shop.payments_with(shop.payments.providers.clone(), Some(client));
    assert_eq!(reconcile_stars(&with_another).await, Ok(Round::Done));
    assert_eq!(shop.available(ANNA).await, 20_000);
    let places: Vec<(i64, i64)> =
        sqlx::query_as("select bot_id, seen_lines from star_ledger order by bot_id")
            .fetch_all(&shop.pool)
            .await
            .unwrap();
    assert_eq!(places, [(7, 1), (8, 1)]);
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
    assert_eq!(shop.count(SEEN_LINES).await, 130);
    assert_eq!(shop.count("select count(*) from receipts").await, 0);
}
