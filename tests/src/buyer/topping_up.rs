//! Topping up, as people do it: an amount, a way to pay, the payment.

use emulators::cryptopay::CryptoPay;
use emulators::telegram::{Message, PaymentOutcome};

use super::Buyer;
use crate::words::roubles;

impl Buyer<'_> {
    /// Opens an invoice of Crypto Pay for whole roubles; returns the message with the way to its page.
    pub async fn opens_crypto_invoice(&self, amount: i64) -> Message {
        self.chooses_amount(amount).await;
        self.goes(self.words.crypto, self.words.open_invoice).await
    }

    /// Opens an invoice in Stars for whole roubles; returns the invoice itself.
    pub async fn opens_stars_invoice(&self, amount: i64) -> Message {
        let methods = self.chooses_amount(amount).await;
        self.insists_on(&methods, self.words.stars).await;
        self.awaits("an invoice in stars", |message| {
            message.message_id > methods.message_id && message.invoice.is_some()
        })
        .await
    }

    /// Tops up through Crypto Pay and reads that the money is there.
    pub async fn tops_up_by_crypto(&self, cryptopay: &CryptoPay, amount: i64) {
        let invoice = self.opens_crypto_invoice(amount).await;
        cryptopay.pay(invoice_id(cryptopay, &invoice), Some("USDT")).expect("it can be paid");
        self.sees_credit(invoice.message_id, amount).await;
    }

    /// Tops up in Stars and reads that the money is there.
    pub async fn tops_up_by_stars(&self, amount: i64) -> PaymentOutcome {
        let invoice = self.opens_stars_invoice(amount).await;
        let outcome = self.pays_stars().await;
        self.sees_credit(invoice.message_id, amount).await;
        outcome
    }

    /// Waits until the chat says that an amount was credited, in a message after this one.
    pub async fn sees_credit(&self, message_id: i64, amount: i64) -> Message {
        let (added, amount) = (self.words.added, roubles(amount));
        self.awaits(&format!("{amount} {added}"), |message| {
            let words = message.words();
            message.message_id >= message_id && words.contains(added) && words.contains(&amount)
        })
        .await
    }

    /// How often the chat says that an amount was credited.
    pub fn count_credits(&self, amount: i64) -> usize {
        let (added, amount) = (self.words.added, roubles(amount));
        let messages = self.telegram.messages(self.id.0);
        let said = |message: &&Message| {
            let words = message.words();
            words.contains(added) && words.contains(&amount)
        };
        messages.iter().filter(said).count()
    }

    async fn chooses_amount(&self, amount: i64) -> Message {
        self.starts().await;
        self.goes(self.words.top_up, self.words.how_much).await;
        self.tells(&amount.to_string(), self.words.methods).await
    }
}

/// The invoice of Crypto Pay that a message leads to.
pub fn invoice_id(cryptopay: &CryptoPay, message: &Message) -> i64 {
    let urls: Vec<_> = message.buttons().filter_map(|button| button.url.as_deref()).collect();
    let invoices = cryptopay.invoices();
    let led_to = |url: &String| urls.contains(&url.as_str());
    let invoice = invoices
        .iter()
        .find(|invoice| led_to(&invoice.bot_invoice_url) || led_to(&invoice.mini_app_invoice_url));
    invoice.unwrap_or_else(|| panic!("no invoice behind {urls:?}")).invoice_id
}
