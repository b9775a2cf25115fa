//! Checkouts: every question of Telegram's gets an answer, and only what can be credited is let
//! through.

use std::time::{Duration, Instant};

use contract::failure::Kind;
use futures_util::future::join_all;
use payments::domain::invoice::Invoice;
use serde_json::{Value, json};

use super::fakes::bot::Trouble;
use super::shop::{ANNA, BORIS, Shop, paid};

fn question(invoice: &Invoice, changes: &[(&str, Value)]) -> Value {
    let mut query = json!({
        "id": "119", "currency": "XTR", "total_amount": invoice.price.minor,
        "from": {"id": ANNA.0, "is_bot": false, "first_name": "A", "language_code": "en"},
        "invoice_payload": invoice.id.to_string(),
    });
    for (key, value) in changes {
        query[*key] = value.clone();
    }
    json!({"update_id": 10, "pre_checkout_query": query})
}

/// The words of the refusal; none where the payment may be made.
async fn answer(shop: &Shop, question: &Value) -> Option<String> {
    let before = shop.telegram.answers().len();
    shop.update(question).await.unwrap();
    let answers = shop.telegram.answers();
    assert_eq!(answers.len(), before + 1);
    let last = answers.last().unwrap();
    assert_eq!(last["pre_checkout_query_id"], "119");
    let words = last["error_message"].as_str().map(str::to_owned);
    assert_eq!(last["ok"], words.is_none());
    words
}

#[tokio::test]
async fn pc33_what_can_be_credited_is_let_through_however_often_it_is_asked() {
    let shop = Shop::open().await;
    let invoice = shop.invoice("stars").await;
    let question = question(&invoice, &[]);
    join_all((0..5).map(|_| shop.update(&question))).await;
    let answers = shop.telegram.answers();
    assert_eq!(answers, vec![json!({"pre_checkout_query_id": "119", "ok": true}); 5]);
    assert_eq!(shop.count("select count(*) from transfers").await, 0);
}

#[tokio::test]
async fn pc31_bug_77_every_reason_to_refuse_is_told() {
    let shop = Shop::open().await;
    let (stars, other) = (shop.invoice("stars").await, shop.invoice("cryptopay").await);
    let boris = json!({"id": BORIS.0, "is_bot": false, "first_name": "B", "language_code": "en"});
    let unknown = uuid::Uuid::nil().to_string();
    for (question, start) in [
        (question(&stars, &[("invoice_payload", json!("forged"))]), "This invoice is not valid"),
        (question(&stars, &[("invoice_payload", json!(unknown))]), "This invoice is not valid"),
        (question(&stars, &[("total_amount", json!(1))]), "This invoice is not valid"),
        (question(&stars, &[("currency", json!("RUB"))]), "This invoice is not valid"),
        (question(&stars, &[("currency", json!("..."))]), "This invoice is not valid"),
        (question(&stars, &[("from", boris)]), "This invoice belongs to another"),
        (question(&other, &[]), "This invoice is not valid"),
    ] {
        let words = answer(&shop, &question).await.unwrap();
        assert!(words.starts_with(start), "{words}");
    }
    shop.update(&paid(&stars, "stx1", &[])).await.unwrap();
    let words = answer(&shop, &question(&stars, &[])).await.unwrap();
    assert!(words.starts_with("This invoice has already been paid"), "{words}");
}

#[tokio::test]
async fn an_invoice_whose_time_is_over_is_refused_before_the_job_closes_it() {
    let shop = Shop::open().await;
    let invoice = shop.invoice("stars").await;
    assert_eq!(answer(&shop, &question(&invoice, &[])).await, None);
    shop.execute("update invoices set expires_at = now()").await;
    let words = answer(&shop, &question(&invoice, &[])).await.unwrap();
    assert!(words.starts_with("This invoice has expired"), "{words}");
    let mut russian = question(&invoice, &[]);
    russian["pre_checkout_query"]["from"]["language_code"] = json!("uk");
    assert_eq!(answer(&shop, &russian).await.unwrap(), "Срок счёта истёк. Создайте новый.");
}

#[tokio::test]
async fn pc32_a_slow_database_is_answered_for_within_eight_seconds() {
    let shop = Shop::open().await;
    let invoice = shop.invoice("stars").await;
    let mut blocker = shop.pool.begin().await.unwrap();
    sqlx::query("lock table invoices in access exclusive mode")
        .execute(&mut *blocker)
        .await
        .unwrap();
    let since = Instant::now();
    let words = answer(&shop, &question(&invoice, &[])).await.unwrap();
    assert!(words.starts_with("Payments are busy"), "{words}");
    assert!(since.elapsed() < Duration::from_secs(8), "{:?}", since.elapsed());
    blocker.rollback().await.unwrap();
    assert_eq!(answer(&shop, &question(&invoice, &[])).await, None);
}

#[tokio::test]
async fn an_answer_that_does_not_get_through_is_asked_for_again() {
    let shop = Shop::open().await;
    let invoice = shop.invoice("stars").await;
    shop.telegram.refuse(502, "Bad Gateway");
    let failure = shop.update(&question(&invoice, &[])).await.unwrap_err();
    assert_eq!((failure.kind(), shop.telegram.tries()), (Kind::Unavailable, 2));
    shop.telegram.refuse(400, "Bad Request: query is too old and response timeout expired");
    shop.update(&question(&invoice, &[])).await.unwrap();
}

#[tokio::test]
async fn sec_12_bug_01_a_blocked_payer_is_refused_and_money_that_arrives_anyway_is_credited() {
    let shop = Shop::open().await;
    let invoice = shop.invoice("stars").await;
    shop.bot.block(BORIS);
    assert_eq!(answer(&shop, &question(&invoice, &[])).await, None, "somebody else is blocked");
    shop.bot.block(ANNA);
    let words = answer(&shop, &question(&invoice, &[])).await.unwrap();
    assert_eq!(words, "Your access to this shop is blocked.");
    shop.update(&paid(&invoice, "stx1", &[])).await.unwrap();
    assert_eq!(shop.available(ANNA).await, 10_000);
    shop.books_are_zero().await;
}

#[tokio::test]
async fn num_09_while_the_bot_does_not_answer_nobody_counts_as_blocked() {
    let shop = Shop::open().await;
    let invoice = shop.invoice("stars").await;
    shop.bot.block(ANNA);
    for trouble in [Trouble::Unavailable, Trouble::Silent] {
        shop.bot.falls(trouble);
        let since = Instant::now();
        assert_eq!(answer(&shop, &question(&invoice, &[])).await, None, "{trouble:?}");
        assert!(since.elapsed() < Duration::from_secs(4), "{:?}", since.elapsed());
    }
}
