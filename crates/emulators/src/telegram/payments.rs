//! Paying an invoice: the pre-checkout query, its ten seconds, and the payment that follows.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use kernel::ids;
use serde::Serialize;
use serde_json::json;
use tokio::sync::watch;

use super::chat::Chat;
use super::events::Event;
use super::ledger::{Direction, StarEntry};
use super::message::{InvoiceTerms, Message, RefundedPayment, SuccessfulPayment, User};
use super::query::PreCheckoutAnswer;
use super::update::UpdateKind;
use super::world::{World, to_json};
use crate::lock::lock;

/// How a payment ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum PaymentOutcome {
    /// The stars are gone, and the bot is being told so.
    Paid { charge_id: String, update_id: i64 },
    /// The bot refused it; the payer sees why.
    Refused { error_message: String },
    /// The bot did not answer in time; nothing was paid.
    TimedOut,
}

/// A payment under way.
#[derive(Debug, Clone)]
pub struct Payment {
    /// The id of the pre-checkout query.
    pub query_id: String,
    /// The update that carries the query.
    pub update_id: i64,
    outcome: watch::Receiver<Option<PaymentOutcome>>,
}

impl Payment {
    /// Waits for the end, which comes in little more than ten seconds.
    pub async fn outcome(mut self) -> PaymentOutcome {
        match self.outcome.wait_for(Option::is_some).await {
            Ok(outcome) => outcome.clone().unwrap_or(PaymentOutcome::TimedOut),
            Err(_) => PaymentOutcome::TimedOut,
        }
    }
}

/// What is to be paid, and on which message its card stands.
#[derive(Clone)]
pub(crate) struct Bill {
    pub(crate) terms: Arc<InvoiceTerms>,
    /// None for a link.
    pub(crate) message_id: Option<i64>,
}

/// Invoices without a message, by the slug of their link.
#[derive(Default)]
pub(crate) struct InvoiceLinks {
    by_slug: Mutex<HashMap<String, Arc<InvoiceTerms>>>,
}

impl InvoiceLinks {
    pub(crate) fn add(&self, slug: String, terms: InvoiceTerms) {
        lock(&self.by_slug).insert(slug, Arc::new(terms));
    }

    /// All links, for keeping them.
    pub(crate) fn list(&self) -> Vec<(String, Arc<InvoiceTerms>)> {
        let by_slug = lock(&self.by_slug);
        by_slug.iter().map(|(slug, terms)| (slug.clone(), terms.clone())).collect()
    }

    /// The invoice of a link such as `https://t.me/$slug`, or of the bare slug.
    pub(crate) fn find(&self, link: &str) -> Option<Arc<InvoiceTerms>> {
        let slug = link.rsplit('$').next().unwrap_or(link);
        lock(&self.by_slug).get(slug).cloned()
    }
}

impl World {
    /// A person taps Pay: asks the bot, and settles when it agrees.
    pub(crate) fn begin_payment(
        self: &Arc<Self>,
        chat: &Arc<Chat>,
        payer: &Arc<User>,
        bill: Bill,
    ) -> Payment {
        let query_id = self.query_numbers.next();
        let answer = self.pre_checkouts.open(query_id, payer.id);
        let card = &bill.terms.card;
        let query = json!({
            "id": query_id.to_string(),
            "from": payer,
            "currency": card.currency,
            "total_amount": card.total_amount,
            "invoice_payload": bill.terms.payload,
        });
        let kind = UpdateKind::PreCheckoutQuery;
        let update_id = self.publish(kind, payer.id, &query.to_string());
        let (done, outcome) = watch::channel(None);
        let (world, chat) = (self.clone(), chat.clone());
        let id = query_id.to_string();
        self.tasks.spawn(async move {
            let ended = world.conclude(&chat, bill, answer).await;
            world.events.tell(|| Event::Payment {
                chat: chat.id(),
                query_id: id,
                outcome: ended.clone(),
            });
            done.send_replace(Some(ended));
        });
        Payment { query_id: query_id.to_string(), update_id, outcome }
    }

    async fn conclude(
        self: &Arc<Self>,
        chat: &Arc<Chat>,
        bill: Bill,
        mut answer: watch::Receiver<Option<PreCheckoutAnswer>>,
    ) -> PaymentOutcome {
        let patience = self.pre_checkouts.patience();
        let waited = tokio::time::timeout(patience, answer.wait_for(Option::is_some)).await;
        let Ok(Ok(answered)) = waited else { return PaymentOutcome::TimedOut };
        let answered = answered.clone();
        match answered {
            Some(PreCheckoutAnswer::Refused { error_message }) => {
                PaymentOutcome::Refused { error_message }
            }
            Some(PreCheckoutAnswer::Ok) => self.settle(chat, &bill),
            None => PaymentOutcome::TimedOut,
        }
    }

    /// Moves the money and says so, in the ledger, on the card and to the bot.
    pub(crate) fn settle(self: &Arc<Self>, chat: &Chat, bill: &Bill) -> PaymentOutcome {
        let InvoiceTerms { card, payload, subscription_period_s } = bill.terms.as_ref();
        let fresh = ids::fresh(&self.clock).simple();
        let stars = card.currency == "XTR";
        let charge_id = if stars { format!("stx{fresh}") } else { format!("_{fresh}") };
        let provider_charge_id =
            if stars { format!("{}_{}", chat.id(), fresh) } else { format!("ch_test_{fresh}") };
        let date = self.now_s();
        if stars && let Some(person) = chat.person.clone() {
            self.ledger.record(StarEntry {
                charge_id: charge_id.clone(),
                direction: Direction::Incoming,
                amount: card.total_amount,
                date,
                person,
                payload: payload.clone(),
            });
        }
        self.mark_paid(chat, bill.message_id, &charge_id);
        let recurring = subscription_period_s.map(|_| true);
        let payment = SuccessfulPayment {
            currency: card.currency.clone(),
            total_amount: card.total_amount,
            invoice_payload: payload.clone(),
            subscription_expiration_date: subscription_period_s.map(|period| date + period),
            is_recurring: recurring,
            is_first_recurring: recurring,
            telegram_payment_charge_id: charge_id.clone(),
            provider_payment_charge_id: provider_charge_id,
        };
        let message = Message { successful_payment: Some(payment), ..Message::default() };
        let (update_id, _) = self.hear(chat, UpdateKind::SuccessfulPayment, message);
        PaymentOutcome::Paid { charge_id, update_id }
    }

    fn mark_paid(&self, chat: &Chat, message_id: Option<i64>, charge_id: &str) {
        let Some(message_id) = message_id else { return };
        let mut state = chat.lock();
        let Some(message) = state.find(message_id) else { return };
        message.paid_by = Some(charge_id.to_owned());
        let message = message.clone();
        drop(state);
        self.show(chat, &message);
    }

    /// Says in the payer's chat that a charge was paid back.
    pub(crate) fn announce_refund(self: &Arc<Self>, refund: &StarEntry) {
        let Some(chat) = self.chats.find(refund.person.id) else { return };
        let refunded = RefundedPayment {
            currency: "XTR".to_owned(),
            total_amount: refund.amount,
            invoice_payload: refund.payload.clone(),
            telegram_payment_charge_id: refund.charge_id.clone(),
        };
        let message = Message { refunded_payment: Some(refunded), ..Message::default() };
        self.hear(&chat, UpdateKind::RefundedPayment, message);
    }

    /// A person presses a button; gives the query's and the update's id.
    pub(crate) fn ask_callback(
        self: &Arc<Self>,
        chat: &Chat,
        presser: &User,
        message_id: i64,
        data: &str,
    ) -> (u64, i64) {
        let query_id = self.query_numbers.next();
        self.callbacks.open(query_id, presser.id);
        let shown = chat.lock().find(message_id).cloned();
        let message = match shown {
            Some(message) => to_json(&message),
            // The message is gone: Telegram still tells where the button was.
            None => json!({ "chat": chat.head, "message_id": message_id, "date": 0 }).to_string(),
        };
        let (from, data) = (to_json(presser), to_json(&data));
        let instance = chat.id() - 3_141_592_653_589_793_238;
        let place = format!(r#""message":{message},"chat_instance":"{instance}""#);
        let payload = format!(r#"{{"id":"{query_id}","from":{from},{place},"data":{data}}}"#);
        let update_id = self.publish(UpdateKind::CallbackQuery, presser.id, &payload);
        (query_id, update_id)
    }
}
