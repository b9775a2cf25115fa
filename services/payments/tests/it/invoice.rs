//! Invoices: an intent first, the provider's answer second, and every lost answer found again.

use contract::failure::{Failure, Kind};
use contract::payments::event::What;
use futures_util::future::join_all;
use kernel::clock::Clock;
use kernel::ids::InvoiceId;
use kernel::money::Money;
use payments::domain::invoice::{Invoice, State};
use payments::operations::invoice::{
    OpenInvoice, Pay, check_invoice, expire_invoices, get_invoice, how_to_pay, open_invoice,
    poll_invoices,
};
use serde_json::json;

use super::shop::{ANNA, BORIS, Shop, rub};

const EVERYTHING_IS_DUE: &str =
    "update invoices set next_check_at = now() where next_check_at is not null";

fn asked(id: InvoiceId) -> OpenInvoice {
    OpenInvoice { id, person: ANNA, method: "cryptopay".into(), amount: rub(10_000) }
}

async fn open(shop: &Shop, id: InvoiceId) -> Result<Invoice, Failure> {
    open_invoice(&shop.payments, asked(id)).await
}

async fn poll(shop: &Shop) {
    shop.execute(EVERYTHING_IS_DUE).await;
    let desk = shop.payments.providers.find("cryptopay").unwrap();
    poll_invoices(&shop.payments, desk).await.unwrap();
}

#[tokio::test]
async fn pay_02_an_invoice_of_crypto_pay_has_a_page_and_our_id_as_payload() {
    let shop = Shop::open().await;
    let invoice = shop.invoice("cryptopay").await;
    assert_eq!(
        (invoice.state, invoice.amount, invoice.price),
        (State::Pending, rub(10_000), rub(10_000))
    );
    let theirs = &shop.cryptopay.invoices()[0];
    let page = Pay::Page(theirs["bot_invoice_url"].as_str().unwrap().into());
    assert_eq!(how_to_pay(&shop.payments, &invoice), Some(page));
    assert_eq!(theirs["payload"], invoice.id.to_string());
    assert_eq!((&theirs["fiat"], &theirs["amount"]), (&json!("RUB"), &json!("100")));
    assert_eq!(theirs["accepted_assets"], json!(["TON", "USDT", "BTC", "ETH"]));
    assert!(theirs["expiration_date"].is_string());
}

#[tokio::test]
async fn pay_03_an_invoice_in_stars_is_fixed_in_whole_stars_and_paid_in_the_chat() {
    let shop = Shop::open().await;
    let invoice = shop.invoice("stars").await;
    assert_eq!((invoice.state, invoice.price.to_string().as_str()), (State::Pending, "91 XTR"));
    let chat = Pay::Chat { provider_token: String::new() };
    assert_eq!(how_to_pay(&shop.payments, &invoice), Some(chat));
}

#[tokio::test]
async fn the_same_id_is_the_same_invoice_and_asks_the_provider_once() {
    let shop = Shop::open().await;
    let id = InvoiceId::fresh(&Clock::System);
    let first = open(&shop, id).await.unwrap();
    assert_eq!(open(&shop, id).await.unwrap(), first);
    assert_eq!(shop.cryptopay.invoices().len(), 1);
}

#[tokio::test]
async fn the_id_of_something_else_is_a_conflict_and_of_somebody_else_is_not_there() {
    let shop = Shop::open().await;
    let id = InvoiceId::fresh(&Clock::System);
    open(&shop, id).await.unwrap();
    for (other, code) in [
        (OpenInvoice { amount: rub(10_001), ..asked(id) }, "payments.invoice_conflict"),
        (OpenInvoice { method: "stars".into(), ..asked(id) }, "payments.invoice_conflict"),
        (OpenInvoice { person: BORIS, ..asked(id) }, "payments.no_such_invoice"),
    ] {
        assert_eq!(open_invoice(&shop.payments, other).await.unwrap_err().code(), code);
    }
    let failure = get_invoice(&shop.payments, BORIS, id).await.unwrap_err();
    assert_eq!(failure.kind(), Kind::Missing);
}

#[tokio::test]
async fn pay_05_what_is_not_offered_is_refused_before_anything_is_written() {
    let shop = Shop::open().await;
    let id = InvoiceId::fresh(&Clock::System);
    let dollars = Money::new(10_000, "USD".parse().unwrap());
    for (other, code) in [
        (OpenInvoice { amount: rub(1_999), ..asked(id) }, "payments.amount_out_of_bounds"),
        (OpenInvoice { amount: rub(1_000_001), ..asked(id) }, "payments.amount_out_of_bounds"),
        (OpenInvoice { amount: rub(-5_000), ..asked(id) }, "payments.invalid_amount"),
        (OpenInvoice { amount: dollars, ..asked(id) }, "payments.wrong_currency"),
        (OpenInvoice { method: "paypal".into(), ..asked(id) }, "payments.no_such_method"),
    ] {
        assert_eq!(open_invoice(&shop.payments, other).await.unwrap_err().code(), code);
    }
    assert_eq!(shop.count("select count(*) from invoices").await, 0);
}

#[tokio::test]
async fn a_person_has_fifteen_open_invoices_at_most_and_others_have_theirs() {
    let shop = Shop::open().await;
    for _ in 0..15 {
        shop.open_invoice(ANNA, "stars").await.unwrap();
    }
    let failure = shop.open_invoice(ANNA, "stars").await.unwrap_err();
    assert_eq!(failure.code(), "payments.too_many_open_invoices");
    shop.open_invoice(BORIS, "stars").await.unwrap();
    shop.execute("update invoices set expires_at = now() where user_id = 42").await;
    shop.open_invoice(ANNA, "stars").await.unwrap();
}

#[tokio::test]
async fn pc11_an_opening_that_was_never_answered_is_found_by_our_payload() {
    let shop = Shop::open().await;
    let id = InvoiceId::fresh(&Clock::System);
    shop.cryptopay.lose_answers();
    let failure = open(&shop, id).await.unwrap_err();
    assert_eq!(
        (failure.kind(), failure.code()),
        (Kind::Unavailable, "payments.provider_unavailable")
    );
    assert_eq!(shop.find_invoice(id).await.state, State::New);
    shop.cryptopay.mend();
    poll(&shop).await;
    let found = shop.find_invoice(id).await;
    assert_eq!(
        (found.state, found.reference),
        (State::Pending, Some(shop.cryptopay.id(0).to_string()))
    );
    shop.cryptopay.pay(0);
    poll(&shop).await;
    assert_eq!(shop.available(ANNA).await, 10_000);
    shop.books_are_zero().await;
}

#[tokio::test]
async fn pc10_two_invoices_of_theirs_for_one_of_ours_are_two_payments() {
    let shop = Shop::open().await;
    let id = InvoiceId::fresh(&Clock::System);
    shop.cryptopay.lose_answers();
    open(&shop, id).await.unwrap_err();
    shop.cryptopay.mend();
    let invoice = open(&shop, id).await.unwrap();
    assert_eq!(invoice.reference, Some(shop.cryptopay.id(1).to_string()));
    for at in [0, 1] {
        let theirs = shop.cryptopay.pay(at);
        shop.call_back(&theirs, 1).await.unwrap();
    }
    poll(&shop).await;
    assert_eq!(shop.available(ANNA).await, 20_000);
    shop.books_are_zero().await;
}

#[tokio::test]
async fn pay_10_the_check_button_credits_and_shows_where_the_invoice_stands() {
    let shop = Shop::open().await;
    let invoice = shop.invoice("cryptopay").await;
    let checked = check_invoice(&shop.payments, ANNA, invoice.id).await.unwrap();
    assert_eq!(checked.state, State::Pending);
    let failure = check_invoice(&shop.payments, BORIS, invoice.id).await.unwrap_err();
    assert_eq!(failure.code(), "payments.no_such_invoice");
    shop.cryptopay.pay(0);
    for _ in 0..2 {
        let checked = check_invoice(&shop.payments, ANNA, invoice.id).await.unwrap();
        assert_eq!(checked.state, State::Paid);
    }
    assert_eq!(shop.available(ANNA).await, 10_000);
    shop.books_are_zero().await;
}

#[tokio::test]
async fn pay_11_the_poller_credits_what_the_callback_lost_and_then_asks_no_more() {
    let shop = Shop::open().await;
    let (one, two) = (shop.invoice("cryptopay").await, shop.invoice("cryptopay").await);
    poll(&shop).await;
    assert_eq!(shop.available(ANNA).await, 0);
    shop.cryptopay.pay(0);
    shop.cryptopay.change(1, &[("status", json!("expired"))]);
    let polls = join_all((0..4).map(|_| poll(&shop)));
    polls.await;
    assert_eq!(shop.available(ANNA).await, 10_000);
    assert_eq!(shop.find_invoice(one.id).await.state, State::Paid);
    assert_eq!(shop.find_invoice(two.id).await.state, State::Expired);
    let calls = shop.cryptopay.calls();
    poll(&shop).await;
    assert_eq!(shop.cryptopay.calls(), calls);
    shop.books_are_zero().await;
}

#[tokio::test]
async fn a_report_that_cannot_be_taken_stops_no_other_and_comes_again() {
    let shop = Shop::open().await;
    for at in 0..3 {
        shop.invoice("cryptopay").await;
        shop.cryptopay.pay(at);
    }
    // In the middle: whichever way they are told, one comes after it.
    shop.break_receipt(&shop.cryptopay.id(1).to_string(), "XX000").await;
    shop.execute(EVERYTHING_IS_DUE).await;
    let desk = shop.payments.providers.find("cryptopay").unwrap();
    let failure = poll_invoices(&shop.payments, desk).await.unwrap_err();
    assert_eq!(failure.kind(), Kind::Internal);
    assert_eq!(shop.available(ANNA).await, 20_000);
    shop.mend_receipts().await;
    poll(&shop).await;
    assert_eq!(shop.available(ANNA).await, 30_000);
    shop.books_are_zero().await;
}

#[tokio::test]
async fn bug_51_bug_20_an_old_invoice_is_asked_about_until_it_was_answered() {
    let shop = Shop::open().await;
    let (paid, unpaid) = (shop.invoice("cryptopay").await, shop.invoice("cryptopay").await);
    shop.execute(
        "update invoices set state = 'expired', created_at = now() - interval '8 days',
            expires_at = now() - interval '7 days'",
    )
    .await;
    shop.cryptopay.pay(0);
    shop.cryptopay.refuse(503);
    shop.execute(EVERYTHING_IS_DUE).await;
    let desk = shop.payments.providers.find("cryptopay").unwrap();
    poll_invoices(&shop.payments, desk).await.unwrap_err();
    let due = "select count(*) from invoices where next_check_at is not null";
    assert_eq!(shop.count(due).await, 2);
    shop.cryptopay.mend();
    poll(&shop).await;
    assert_eq!(shop.count(due).await, 0);
    assert_eq!(shop.find_invoice(paid.id).await.state, State::Paid);
    assert_eq!(shop.find_invoice(unpaid.id).await.state, State::Expired);
    assert_eq!(shop.available(ANNA).await, 10_000);
    shop.books_are_zero().await;
}

#[tokio::test]
async fn pc19_a_payment_after_expiry_is_found_and_credited() {
    let shop = Shop::open().await;
    let invoice = shop.invoice("cryptopay").await;
    shop.execute("update invoices set expires_at = now() - interval '2 minutes'").await;
    expire_invoices(&shop.payments).await.unwrap();
    expire_invoices(&shop.payments).await.unwrap();
    assert_eq!(shop.find_invoice(invoice.id).await.state, State::Expired);
    shop.cryptopay.pay(0);
    poll(&shop).await;
    assert_eq!(shop.find_invoice(invoice.id).await.state, State::Paid);
    assert_eq!(shop.available(ANNA).await, 10_000);
    assert_eq!(shop.count("select count(*) from invoices where paid_late").await, 1);
    let told = shop.events().await;
    assert!(matches!(told[..], [What::InvoiceExpired(_), What::InvoicePaid(_)]), "{told:?}");
    shop.books_are_zero().await;
}

#[tokio::test]
async fn what_no_provider_confirmed_expires_without_a_word() {
    let shop = Shop::open().await;
    shop.cryptopay.refuse(500);
    shop.open_invoice(ANNA, "cryptopay").await.unwrap_err();
    shop.execute("update invoices set expires_at = now() - interval '2 minutes'").await;
    expire_invoices(&shop.payments).await.unwrap();
    assert_eq!(shop.count("select count(*) from invoices where state = 'expired'").await, 1);
    assert_eq!(shop.events().await, []);
}

#[tokio::test]
async fn an_invoice_within_its_time_does_not_expire() {
    let shop = Shop::open().await;
    let invoice = shop.invoice("cryptopay").await;
    shop.execute("update invoices set expires_at = now() - interval '30 seconds'").await;
    expire_invoices(&shop.payments).await.unwrap();
    let found = shop.find_invoice(invoice.id).await;
    assert_eq!((found.state, how_to_pay(&shop.payments, &found)), (State::Pending, None));
}

#[tokio::test]
async fn pay_12_five_faults_of_theirs_rest_the_provider_for_everybody() {
    let shop = Shop::open().await;
    shop.cryptopay.refuse(503);
    for _ in 0..7 {
        let failure = shop.open_invoice(ANNA, "cryptopay").await.unwrap_err();
        assert_eq!(failure.code(), "payments.provider_unavailable");
    }
    assert_eq!(shop.cryptopay.calls(), 5);
}

#[tokio::test]
async fn bug_50_bad_requests_of_ours_close_the_provider_for_nobody() {
    let shop = Shop::open().await;
    shop.cryptopay.refuse(400);
    for _ in 0..7 {
        let failure = shop.open_invoice(ANNA, "cryptopay").await.unwrap_err();
        assert_eq!(failure.code(), "payments.provider_refused");
        assert!(!failure.message().contains("ON_PURPOSE"));
    }
    shop.cryptopay.mend();
    assert_eq!(shop.invoice("cryptopay").await.state, State::Pending);
}
