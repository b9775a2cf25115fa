//! Money in Telegram Stars: asked before it is paid, credited by the stored invoice, once.

use emulators::faults::DeliveryFault;
use emulators::telegram::{DeliveryScope, Message, PaymentOutcome, UpdateKind};
use journeys::buyer::Buyer;
use journeys::shop::Shop;
use serde_json::json;

/// Somebody with an open invoice for 500 roubles.
async fn anna_with_an_invoice(shop: &Shop) -> (Buyer<'_>, Message) {
    let anna = shop.person(1, "Anna", "en");
    anna.starts().await;
    let invoice = anna.opens_stars_invoice(500).await;
    (anna, invoice)
}

async fn assert_one_credit(shop: &Shop, person: Buyer<'_>) {
    shop.settles().await;
    let mut facts = shop.facts().await;
    assert_eq!(facts.top_ups(person.id).await, 1);
    assert_eq!(facts.balance(person.id).await, 50_000);
    assert_eq!(person.count_credits(500), 1);
}

fn refusal(outcome: PaymentOutcome) -> String {
    match outcome {
        PaymentOutcome::Refused { error_message } => error_message,
        other => panic!("not refused: {other:?}"),
    }
}

#[tokio::test]
async fn pc35_a_payment_in_stars_told_fifty_times_is_one_credit() {
    let shop = Shop::open().await;
    let (anna, invoice) = anna_with_an_invoice(&shop).await;
    assert_eq!(invoice.invoice.as_ref().unwrap().currency, "XTR");
    let PaymentOutcome::Paid { update_id, .. } = anna.pays_stars().await else {
        panic!("not paid")
    };
    let deliveries = shop.telegram.redeliver(update_id, 50).await;
    let statuses: Vec<u16> = deliveries.iter().map(|delivery| delivery.status).collect();
    assert_eq!(statuses, [200; 50]);
    anna.sees_credit(0, 500).await;
    assert!(shop.telegram.redeliver(update_id, 1).await[0].is_accepted());
    assert_one_credit(&shop, anna).await;
    shop.close().await;
}

#[tokio::test]
async fn pc33_a_question_before_payment_asked_again_has_the_same_answer_and_costs_nothing() {
    let shop = Shop::open().await;
    let (anna, invoice) = anna_with_an_invoice(&shop).await;
    let scope = DeliveryScope::kind(UpdateKind::PreCheckoutQuery);
    shop.telegram.break_deliveries(scope, DeliveryFault::Duplicate { times: 10 }, Some(1));
    let payment = shop.telegram.begin_payment(anna.id, invoice.message_id).unwrap();
    assert!(matches!(payment.outcome().await, PaymentOutcome::Paid { .. }));
    anna.sees_credit(0, 500).await;
    assert_one_credit(&shop, anna).await;
    shop.close().await;
}

#[tokio::test]
async fn pc31_a_forwarded_invoice_cannot_be_paid_by_somebody_else() {
    let shop = Shop::open().await;
    let (anna, invoice) = anna_with_an_invoice(&shop).await;
    let boris = shop.person(2, "Boris", "en");
    boris.starts().await;

    let terms = invoice.terms.as_ref().unwrap();
    let question = json!({
        "update_id": 1,
        "pre_checkout_query": {
            "id": "4711", "currency": "XTR", "total_amount": terms.card.total_amount,
            "invoice_payload": terms.payload,
            "from": {
                "id": boris.id.0, "is_bot": false, "first_name": "Boris", "language_code": "en",
            },
        },
    });
    let delivery = shop.telegram.inject(question.to_string()).await.unwrap();
    assert!(delivery.is_accepted(), "{delivery:?}");
    let calls = shop.telegram.calls(None);
    let answer = calls.iter().rfind(|call| call.method == "answerPreCheckoutQuery").unwrap();
    assert_eq!(answer.parameters["pre_checkout_query_id"], "4711");
    assert_eq!(answer.parameters["ok"], false);
    assert_eq!(answer.parameters["error_message"], "This invoice belongs to another person.");

    // Its owner still can.
    anna.pays_stars().await;
    anna.sees_credit(0, 500).await;
    assert_eq!(shop.facts().await.balance(boris.id).await, 0);
    shop.close().await;
}

#[tokio::test]
async fn pc36_a_payment_by_somebody_else_goes_to_suspense_and_to_no_wallet() {
    let shop = Shop::open().await;
    shop.owner().starts().await;
    let (anna, invoice) = anna_with_an_invoice(&shop).await;
    let boris = shop.person(2, "Boris", "en");
    boris.starts().await;
    let terms = invoice.terms.as_ref().unwrap();
    for (at, payload) in [terms.payload.as_str(), "not an invoice", ""].into_iter().enumerate() {
        let payment = json!({
            "update_id": 100 + at,
            "message": {
                "message_id": 500 + at, "date": 1_790_000_000,
                "chat": { "id": boris.id.0, "type": "private", "first_name": "Boris" },
                "from": { "id": boris.id.0, "is_bot": false, "first_name": "Boris" },
                "successful_payment": {
                    "currency": "XTR", "total_amount": terms.card.total_amount,
                    "invoice_payload": payload, "provider_payment_charge_id": format!("p{at}"),
                    "telegram_payment_charge_id": format!("stx-forwarded-{at}"),
                },
            },
        });
        let delivery = shop.telegram.inject(payment.to_string()).await.unwrap();
        assert!(delivery.is_accepted(), "{delivery:?}");
    }
    shop.settles().await;
    assert_eq!(shop.owner().count("A payment needs a look"), 3);
    let mut facts = shop.facts().await;
    assert_eq!(facts.count("select count(*) from payments.suspense_cases").await, 3);
    assert_eq!(facts.balance(anna.id).await + facts.balance(boris.id).await, 0);
    shop.close().await;
}

#[tokio::test]
async fn pc31_an_invoice_cannot_be_paid_after_its_time() {
    let shop = Shop::open().await;
    let (anna, _) = anna_with_an_invoice(&shop).await;
    let mut facts = shop.facts().await;
    facts.change("update payments.invoices set expires_at = now() - interval '1 second'").await;
    assert_eq!(
        refusal(anna.pays_stars().await),
        "This invoice has expired. Please open a new one."
    );
    assert_eq!(shop.telegram.star_balance(), 0);
    assert_eq!(facts.balance(anna.id).await, 0);
    shop.close().await;
}

#[tokio::test]
async fn a_paid_invoice_cannot_be_paid_again_and_its_payer_reads_so_in_russian() {
    let shop = Shop::open().await;
    let boris = shop.person(2, "Борис", "ru");
    boris.starts().await;
    boris.tops_up_by_stars(500).await;
    assert_eq!(refusal(boris.pays_stars().await), "Этот счёт уже оплачен.");
    assert_eq!(shop.facts().await.top_ups(boris.id).await, 1);
    shop.close().await;
}

#[tokio::test]
async fn pc22_stars_that_were_paid_after_the_invoice_expired_are_credited() {
    let shop = Shop::open().await;
    let (anna, invoice) = anna_with_an_invoice(&shop).await;
    let mut facts = shop.facts().await;
    facts.change("update payments.invoices set expires_at = now() - interval '1 hour'").await;
    facts.until("select count(*) from payments.invoices where state = 'expired'", |n| n == 1).await;
    shop.telegram.settle(anna.id, invoice.message_id).unwrap();
    anna.sees_credit(0, 500).await;
    assert_one_credit(&shop, anna).await;
    shop.close().await;
}

#[tokio::test]
async fn bug_01_wh28_money_of_a_person_beyond_every_limit_arrives() {
    let limits = [("RATE_LIMIT_GLOBAL", "12/60"), ("RATE_LIMIT_BAN_SECONDS", "600")];
    let shop = Shop::open_with(&limits).await;
    let (anna, _) = anna_with_an_invoice(&shop).await;
    for _ in 0..20 {
        anna.says("/start");
    }
    anna.sees("Too many requests").await;
    shop.drains().await;
    assert_eq!(anna.count("Too many requests"), 1, "told once, not for every message");

    let outcome = anna.pays_stars().await;
    assert!(matches!(outcome, PaymentOutcome::Paid { .. }), "{outcome:?}");
    anna.sees_credit(0, 500).await;
    assert_one_credit(&shop, anna).await;
    shop.close().await;
}

#[tokio::test]
async fn pc24_a_payment_whose_acknowledgement_was_lost_comes_again_and_is_credited_once() {
    let shop = Shop::open().await;
    let (anna, invoice) = anna_with_an_invoice(&shop).await;
    let scope = DeliveryScope::kind(UpdateKind::SuccessfulPayment);
    shop.telegram.break_deliveries(scope, DeliveryFault::LoseAnswer, Some(2));
    let payment = shop.telegram.begin_payment(anna.id, invoice.message_id).unwrap();
    assert!(matches!(payment.outcome().await, PaymentOutcome::Paid { .. }));
    anna.sees_credit(0, 500).await;
    assert_one_credit(&shop, anna).await;
    shop.close().await;
}
