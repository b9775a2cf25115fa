//! Money in: amounts, methods, invoices, and the message when it has come.

use contract::payments::{InvoicePaid, InvoiceState, event::What};

use super::fakes::roubles;
use super::shop::{ANNA, TestShop};

/// Credits one payment of the last invoice.
fn pay_the_invoice(shop: &TestShop, transfer: &str) {
    let paid = {
        let mut state = shop.fakes.state();
        let (whose, invoice) = state.invoices.last_mut().unwrap();
        invoice.state = InvoiceState::Paid.into();
        let (person_id, invoice_id) = (*whose, invoice.invoice_id.clone());
        state.wallets.entry(person_id).or_default().available += 50_000;
        let (amount, method) = (Some(roubles(50_000)), "cryptopay".into());
        let transfer_id = transfer.to_owned();
        InvoicePaid { invoice_id, person_id, amount, method, transfer_id }
    };
    shop.tell_payments(What::InvoicePaid(paid));
}

#[tokio::test]
async fn pay_29_from_the_profile_to_the_money() {
    let shop = TestShop::open().await;
    shop.says(ANNA, "/profile");
    shop.presses(ANNA, "Top up").await;
    shop.presses(ANNA, "500").await;
    shop.presses(ANNA, "Crypto").await;
    let invoice = shop.sees(ANNA, &["Top up 500", "30 more minutes"]).await;
    let url = invoice.button("Pay 500").unwrap().url.clone().unwrap();
    assert!(url.starts_with("https://pay.example/"));
    let answer = shop.presses(ANNA, "Check payment").await;
    assert!(answer.show_alert && answer.text.unwrap().contains("No payment yet"));
    pay_the_invoice(&shop, "t1");
    shop.sees(ANNA, &["500\u{a0}₽ added", "Your balance: 500"]).await;
    shop.counts("select count(*) from bot.outbound where state = 'sent'", 1).await;
    // An invoice that is paid once more is told of once more.
    pay_the_invoice(&shop, "t2");
    shop.sees(ANNA, &["500\u{a0}₽ added", "Your balance: 1,000"]).await;
    shop.counts("select count(*) from bot.outbound where state = 'sent'", 2).await;
    shop.close().await;
}

async fn checks_a_paid_invoice(shop: &TestShop, transfer: &str) {
    shop.says(ANNA, "/topup");
    shop.presses(ANNA, "500").await;
    shop.presses(ANNA, "Crypto").await;
    shop.sees(ANNA, &["30 more minutes"]).await;
    pay_the_invoice(shop, transfer);
    shop.presses(ANNA, "Check payment").await;
    shop.sees(ANNA, &["500\u{a0}₽ added"]).await;
}

#[tokio::test]
async fn money_seen_by_the_check_button_is_not_announced_again() {
    let shop = TestShop::open().await;
    checks_a_paid_invoice(&shop, "t1").await;
    // The invoice that was shown, and the message that need not be.
    shop.counts("select count(*) from bot.outbound where state = 'sent'", 2).await;
    assert_eq!(shop.calls(ANNA, "sendMessage"), 1);
    pay_the_invoice(&shop, "t2");
    shop.sees(ANNA, &["500\u{a0}₽ added", "Your balance: 1,000"]).await;
    shop.counts("select count(*) from bot.outbound where state = 'sent'", 3).await;
    assert_eq!(shop.calls(ANNA, "sendMessage"), 2, "a payment after that is news");
    shop.close().await;
}

#[tokio::test]
async fn money_without_the_name_of_its_movement_is_told_of_by_its_invoice() {
    let shop = TestShop::open().await;
    checks_a_paid_invoice(&shop, "").await;
    shop.counts("select count(*) from bot.outbound where state = 'sent'", 1).await;
    shop.counts("select count(*) from bot.outbound", 1).await;
    assert_eq!(shop.calls(ANNA, "sendMessage"), 1);
    shop.close().await;
}

#[tokio::test]
async fn stars_are_paid_in_an_invoice_message_of_the_chat() {
    let shop = TestShop::open().await;
    shop.says(ANNA, "/topup");
    shop.sees(ANNA, &["How much?"]).await;
    shop.says(ANNA, "1 000 ₽");
    shop.presses(ANNA, "Stars").await;
    let invoice = shop.sees(ANNA, &["Balance top-up"]).await;
    let card = invoice.invoice.clone().unwrap();
    assert_eq!((card.currency.as_str(), card.total_amount), ("XTR", 91));
    let stored = shop.fakes.state().invoices[0].1.invoice_id.clone();
    let sent = shop.telegram.calls(Some(ANNA.0));
    let sent = sent.iter().find(|call| call.method == "sendInvoice").unwrap();
    assert_eq!(sent.parameters["payload"], stored.as_str());
    // The menu cannot be edited into the invoice message: it comes as a new one.
    shop.presses(ANNA, "Back").await;
    shop.sees(ANNA, &["Balance:"]).await;
    assert!(shop.telegram.message(ANNA.0, invoice.message_id).is_some());
    shop.close().await;
}

#[tokio::test]
async fn bug_61_a_text_is_taken_only_by_the_screen_that_asked_for_it() {
    let shop = TestShop::open().await;
    shop.says(ANNA, "/topup");
    shop.sees(ANNA, &["How much?"]).await;
    shop.says(ANNA, "nonsense");
    shop.sees(ANNA, &["does not look like an amount"]).await;
    shop.presses(ANNA, "Menu").await;
    shop.sees(ANNA, &["Hi, Anna"]).await;
    shop.telegram.forget_calls();
    shop.says(ANNA, "500");
    shop.telegram.wait_until_drained(std::time::Duration::from_secs(20)).await.unwrap();
    let menu = shop.sees(ANNA, &["Hi, Anna"]).await;
    assert!(menu.button("Shop").is_some());
    assert!(shop.fakes.state().invoices.is_empty());
    shop.close().await;
}
