//! Money through Crypto Pay: told by webhook, asked by polling, each enough alone, both together never twice.

use emulators::cryptopay::{CallScope, Delivery, WebhookScope, sign};
use emulators::faults::{CallFault, DeliveryFault};
use emulators::telegram::Message;
use journeys::PATIENCE;
use journeys::buyer::{Buyer, invoice_id};
use journeys::door::SIGNATURE_HEADER;
use journeys::shop::{CRYPTO_PAY_TOKEN, OWNER, Shop};
use serde_json::{Map, Value, json};

const QUICK_POLL: (&str, &str) = ("BODEGA__PAYMENTS__CRYPTOPAY__POLL_SECONDS", "1");
const NO_POLL: (&str, &str) = ("BODEGA__PAYMENTS__CRYPTOPAY__POLL_SECONDS", "3600");
const HOOK: &str = "/hooks/payments/cryptopay";

/// Somebody with an open invoice for 500 roubles: the person and Crypto Pay's id of the invoice.
async fn anna_with_an_invoice(shop: &Shop) -> (Buyer<'_>, i64) {
    let anna = shop.person(1, "Anna", "en");
    anna.starts().await;
    let message = anna.opens_crypto_invoice(500).await;
    let invoice = invoice_id(&shop.cryptopay, &message);
    (anna, invoice)
}

fn pay(shop: &Shop, invoice: i64) {
    shop.cryptopay.pay(invoice, Some("USDT")).expect("it can be paid");
}

/// Credited once, told once.
async fn assert_one_credit(shop: &Shop, person: Buyer<'_>) {
    shop.settles().await;
    let mut facts = shop.facts().await;
    assert_eq!(facts.top_ups(person.id).await, 1);
    assert_eq!(facts.balance(person.id).await, 50_000);
    assert_eq!(person.count_credits(500), 1);
}

/// What Crypto Pay would say of a paid invoice.
fn paid_webhook(invoice: i64, amount: &str, payload: &str) -> String {
    let at = "2026-01-02T03:04:05.000Z";
    json!({
        "update_id": 9, "update_type": "invoice_paid", "request_date": at,
        "payload": {
            "invoice_id": invoice, "hash": "IVx", "currency_type": "fiat", "fiat": "RUB",
            "amount": amount, "status": "paid", "paid_asset": "USDT", "paid_amount": "5",
            "paid_at": at, "payload": payload,
        },
    })
    .to_string()
}

fn fields(fields: Value) -> Map<String, Value> {
    fields.as_object().cloned().unwrap_or_default()
}

#[tokio::test]
async fn pc04_pc22_the_same_webhook_fifty_times_with_the_poller_running_is_one_credit() {
    let shop = Shop::open_with(&[QUICK_POLL]).await;
    let (anna, invoice) = anna_with_an_invoice(&shop).await;
    pay(&shop, invoice);
    let deliveries = shop.cryptopay.redeliver(invoice, 50).await;
    let statuses: Vec<u16> = deliveries.iter().map(|delivery| delivery.status).collect();
    assert_eq!(statuses, [200; 50]);
    anna.sees_credit(0, 500).await;
    // Days later, too.
    assert!(shop.cryptopay.redeliver(invoice, 1).await[0].is_accepted());
    assert_one_credit(&shop, anna).await;
    shop.close().await;
}

#[tokio::test]
async fn a_lost_webhook_is_made_good_by_polling() {
    let shop = Shop::open_with(&[QUICK_POLL]).await;
    let (anna, invoice) = anna_with_an_invoice(&shop).await;
    shop.cryptopay.break_webhooks(WebhookScope::default(), DeliveryFault::Lose, None);
    pay(&shop, invoice);
    anna.sees_credit(0, 500).await;
    assert_one_credit(&shop, anna).await;
    shop.close().await;
}

#[tokio::test]
async fn pc28_where_polling_is_broken_the_webhook_alone_credits() {
    let shop = Shop::open_with(&[QUICK_POLL]).await;
    let (anna, invoice) = anna_with_an_invoice(&shop).await;
    let scope = CallScope::method("getInvoices");
    shop.cryptopay.break_calls(scope, CallFault::internal_error(), None);
    pay(&shop, invoice);
    anna.sees_credit(0, 500).await;
    assert_one_credit(&shop, anna).await;
    shop.close().await;
}

#[tokio::test]
async fn pc24_a_webhook_whose_answer_was_lost_comes_again_and_credits_once() {
    let shop = Shop::open_with(&[NO_POLL]).await;
    let (anna, invoice) = anna_with_an_invoice(&shop).await;
    shop.cryptopay.break_webhooks(WebhookScope::default(), DeliveryFault::LoseAnswer, Some(3));
    pay(&shop, invoice);
    anna.sees_credit(0, 500).await;
    shop.cryptopay.wait_until_drained(PATIENCE).await.expect("the webhooks are delivered");
    assert_one_credit(&shop, anna).await;
    shop.close().await;
}

#[tokio::test]
async fn bug_52_a_press_on_check_payment_credits_before_any_webhook() {
    let shop = Shop::open_with(&[NO_POLL]).await;
    let (anna, invoice) = anna_with_an_invoice(&shop).await;
    let waiting = anna.presses(anna.words.check_payment).await;
    assert!(waiting.show_alert && waiting.text.is_some_and(|text| text.contains("No payment yet")));
    shop.cryptopay.break_webhooks(WebhookScope::default(), DeliveryFault::Lose, None);
    pay(&shop, invoice);
    anna.presses(anna.words.check_payment).await;
    anna.sees_credit(0, 500).await;
    assert_one_credit(&shop, anna).await;
    shop.close().await;
}

#[tokio::test]
async fn pc01_pc03_a_callback_with_a_bad_signature_is_401_and_leaves_no_trace() {
    let shop = Shop::open_with(&[NO_POLL]).await;
    let (anna, invoice) = anna_with_an_invoice(&shop).await;
    let body = paid_webhook(invoice, "500", "");
    let other = sign(CRYPTO_PAY_TOKEN, paid_webhook(invoice, "501", "").as_bytes());
    let another_app = sign("778:another-app", body.as_bytes());
    let good = sign(CRYPTO_PAY_TOKEN, body.as_bytes());
    let short = &good[..63];
    for signature in [&other, &another_app, "", "not hex at all", short] {
        let answer = shop.posts(HOOK, &[(SIGNATURE_HEADER, signature)], &body).await;
        assert_eq!((answer.status, answer.body.as_str()), (401, ""), "{signature:?}");
    }
    assert_eq!(shop.posts(HOOK, &[], &body).await.status, 401);
    assert_eq!(shop.posts("/hooks/payments/nobody", &[], &body).await.status, 404);

    let mut facts = shop.facts().await;
    let traces = "select (select count(*) from payments.inbox) \
        + (select count(*) from payments.receipts) \
        + (select count(*) from payments.suspense_cases) \
        + (select count(*) from payments.transfers)";
    assert_eq!(facts.count(traces).await, 0);
    assert_eq!(facts.balance(anna.id).await, 0);
    shop.close().await;
}

#[tokio::test]
async fn a_webhook_that_was_signed_wrongly_at_first_is_taken_when_it_comes_right() {
    let shop = Shop::open_with(&[NO_POLL]).await;
    let (anna, invoice) = anna_with_an_invoice(&shop).await;
    shop.cryptopay.break_webhooks(WebhookScope::default(), DeliveryFault::BadSignature, Some(2));
    pay(&shop, invoice);
    anna.sees_credit(0, 500).await;
    assert_one_credit(&shop, anna).await;
    shop.close().await;
}

#[tokio::test]
async fn bug_05_pc16_another_amount_or_currency_goes_to_suspense_and_to_no_wallet() {
    for told in [json!({ "amount": "5" }), json!({ "fiat": "USD" }), json!({ "amount": "NaN" })] {
        let shop = Shop::open_with(&[NO_POLL]).await;
        shop.owner().starts().await;
        let (anna, invoice) = anna_with_an_invoice(&shop).await;
        shop.cryptopay.amend(invoice, fields(told.clone())).expect("the invoice is there");
        pay(&shop, invoice);
        shop.owner().sees("A payment needs a look").await;
        let mut facts = shop.facts().await;
        assert_eq!(facts.count("select count(*) from payments.suspense_cases").await, 1, "{told}");
        assert_eq!(facts.balance(anna.id).await, 0, "{told}");
        assert_eq!(anna.count_credits(500), 0, "{told}");
        // Told again, by either way, it is the same case.
        assert!(shop.cryptopay.redeliver(invoice, 5).await.iter().all(Delivery::is_accepted));
        anna.goes(anna.words.check_payment, "We are looking at this payment").await;
        assert_eq!(facts.count("select count(*) from payments.suspense_cases").await, 1, "{told}");
        shop.settles().await;
        assert_eq!(shop.owner().count("A payment needs a look"), 1, "{told}");
        shop.close().await;
    }
}

#[tokio::test]
async fn pc08_a_payment_of_no_invoice_of_ours_touches_no_wallet() {
    let shop = Shop::open_with(&[NO_POLL]).await;
    let (anna, _) = anna_with_an_invoice(&shop).await;
    let body = paid_webhook(1, "500", "no-id-of-ours");
    let delivery = shop.cryptopay.inject(body).await.expect("a webhook is set");
    assert!(delivery.is_accepted(), "{delivery:?}");
    shop.settles().await;
    let mut facts = shop.facts().await;
    assert_eq!(facts.balance(anna.id).await, 0);
    assert_eq!(facts.balance(OWNER).await, 0);
    let credits = "select count(*) from payments.transfers where to_account = 'wallet'";
    assert_eq!(facts.count(credits).await, 0);
    shop.close().await;
}

#[tokio::test]
async fn pc19_a_payment_after_the_invoice_expired_here_is_credited_and_marked_late() {
    let shop = Shop::open_with(&[NO_POLL]).await;
    let (anna, invoice) = anna_with_an_invoice(&shop).await;
    let mut facts = shop.facts().await;
    facts.change("update payments.invoices set expires_at = now() - interval '1 hour'").await;
    facts.until("select count(*) from payments.invoices where state = 'expired'", |n| n == 1).await;
    pay(&shop, invoice);
    anna.sees_credit(0, 500).await;
    let late = "select count(*) from payments.invoices where state = 'paid' and paid_late";
    assert_eq!(facts.count(late).await, 1);
    assert_one_credit(&shop, anna).await;
    shop.close().await;
}

#[tokio::test]
async fn bug_01_money_of_a_person_who_blocked_the_bot_arrives() {
    let shop = Shop::open_with(&[NO_POLL]).await;
    let (anna, invoice) = anna_with_an_invoice(&shop).await;
    shop.telegram.block(anna.id).expect("she can");
    let mut facts = shop.facts().await;
    let unreachable = "select count(*) from bot.people where unreachable_at is not null";
    facts.until(unreachable, |people| people == 1).await;
    pay(&shop, invoice);
    facts.until("select count(*) from payments.transfers", |transfers| transfers == 1).await;
    shop.settles().await;
    assert_eq!(facts.balance(anna.id).await, 50_000);
    assert_eq!(anna.count_credits(500), 0, "nothing reaches her now");

    shop.telegram.unblock(anna.id).expect("she can");
    let profile = anna.profile().await;
    assert!(profile.words().contains("Balance: 500"), "{}", profile.words());
    facts.until(unreachable, |people| people == 0).await;
    shop.close().await;
}

#[tokio::test]
async fn pc11_an_invoice_whose_opening_was_not_answered_is_opened_again_and_paid_once() {
    let shop = Shop::open_with(&[QUICK_POLL]).await;
    let anna = shop.person(1, "Anna", "en");
    anna.starts().await;
    anna.goes(anna.words.top_up, anna.words.how_much).await;
    anna.tells("500", anna.words.methods).await;
    let scope = CallScope::method("createInvoice");
    shop.cryptopay.break_calls(scope, CallFault::TimeOutAfterEffect, Some(1));
    anna.presses(anna.words.crypto).await;
    // Whatever was said at first, a button that is there leads to an invoice that can be paid.
    let has_a_link = |message: &Message| message.buttons().any(|button| button.url.is_some());
    for _ in 0..20 {
        shop.drains().await;
        let newest = shop.telegram.last_message(anna.id.0).expect("a message");
        if has_a_link(&newest) {
            break;
        }
        let again = [anna.words.crypto, anna.words.check_payment];
        let label = again.into_iter().find(|label| newest.callback(label).is_some());
        anna.presses_on(&newest, label.expect("a way on")).await;
    }
    let open = anna.awaits("an invoice that can be paid", has_a_link).await;
    pay(&shop, invoice_id(&shop.cryptopay, &open));
    anna.sees_credit(0, 500).await;
    assert_one_credit(&shop, anna).await;
    shop.close().await;
}
