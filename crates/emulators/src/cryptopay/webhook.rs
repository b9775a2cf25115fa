//! Telling the app of paid invoices: signed, retried, and switched off after too many failures.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::body::Bytes;
use axum::http::{HeaderName, HeaderValue};
use serde_json::json;
use tokio::sync::watch;

use super::desk::Desk;
use super::invoice::show_time;
use super::signature::sign;
use crate::faults::DeliveryFault;
use crate::lock::lock;
use crate::patience::TimedOut;
use crate::post::{Delivery, Letter, parse_target};

const SIGNATURE_HEADER: HeaderName = HeaderName::from_static("crypto-pay-api-signature");
/// Then the webhook is switched off.
const ATTEMPTS_MAX: u32 = 17;
const PATIENCE: Duration = Duration::from_secs(30);
const RETRY_S_FIRST: u64 = 5;
const RETRY_S_MAX: u64 = 12 * 60 * 60;

pub(crate) struct Webhook {
    state: Mutex<State>,
    /// How many deliveries are under way.
    under_way: watch::Sender<usize>,
}

struct State {
    url: Option<String>,
    is_disabled: bool,
    sent: u64,
}

impl Webhook {
    pub(crate) fn new(url: Option<String>) -> Self {
        let (under_way, _) = watch::channel(0);
        Self { state: Mutex::new(State { url, is_disabled: false, sent: 0 }), under_way }
    }

    pub(crate) fn set(&self, url: Option<String>) {
        let mut state = lock(&self.state);
        state.url = url;
        state.is_disabled = false;
    }

    pub(crate) fn url(&self) -> Option<String> {
        let state = lock(&self.state);
        state.url.clone().filter(|_| !state.is_disabled)
    }

    pub(crate) fn is_disabled(&self) -> bool {
        lock(&self.state).is_disabled
    }

    fn disable(&self) {
        lock(&self.state).is_disabled = true;
    }

    /// The update ids of the service are documented as not unique; here they come in pairs.
    fn next_update_id(&self) -> u64 {
        let mut state = lock(&self.state);
        state.sent += 1;
        state.sent.div_ceil(2)
    }

    pub(crate) async fn wait_until_drained(&self, deadline: Duration) -> Result<(), TimedOut> {
        let mut under_way = self.under_way.subscribe();
        let drained = under_way.wait_for(|count| *count == 0);
        if tokio::time::timeout(deadline, drained).await.is_ok() {
            return Ok(());
        }
        let seen = format!("{} undelivered webhooks", *self.under_way.borrow());
        Err(TimedOut { within: deadline, seen })
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Signed {
    Correctly,
    Wrongly,
}

impl Desk {
    /// Begins to tell the app of a paid invoice, if it wants to be told.
    pub(crate) fn announce(self: &Arc<Self>, invoice_id: i64) {
        if self.webhook.url().is_none() {
            return;
        }
        self.webhook.under_way.send_modify(|count| *count += 1);
        let desk = self.clone();
        self.tasks.spawn(async move {
            desk.deliver(invoice_id).await;
            desk.webhook.under_way.send_modify(|count| *count -= 1);
        });
    }

    async fn deliver(self: &Arc<Self>, invoice_id: i64) {
        for attempt in 0..ATTEMPTS_MAX {
            let drawn = self.webhook_faults.draw(|scope| scope.matches(invoice_id));
            let mut signed = Signed::Correctly;
            let mut answer_lost = false;
            for fault in drawn {
                match fault {
                    DeliveryFault::Delay { delay_ms: wait }
                    | DeliveryFault::Reorder { within_ms: wait } => {
                        tokio::time::sleep(Duration::from_millis(wait)).await;
                    }
                    DeliveryFault::Lose => return,
                    DeliveryFault::Duplicate { times } => self.duplicate(invoice_id, times),
                    DeliveryFault::LoseAnswer => answer_lost = true,
                    DeliveryFault::BadSignature => signed = Signed::Wrongly,
                }
            }
            let delivery = self.tell(invoice_id, signed).await;
            if delivery.is_none_or(|delivery| delivery.is_accepted()) && !answer_lost {
                return;
            }
            let delay = RETRY_S_FIRST.saturating_mul(1 << attempt).min(RETRY_S_MAX);
            tokio::time::sleep(Duration::from_secs(delay).mul_f64(self.pace)).await;
        }
        tracing::debug!(invoice_id, "the webhook is switched off after too many failures");
        self.webhook.disable();
    }

    fn duplicate(self: &Arc<Self>, invoice_id: i64, times: u32) {
        for _ in 0..times {
            self.webhook.under_way.send_modify(|count| *count += 1);
            let desk = self.clone();
            self.tasks.spawn(async move {
                desk.tell(invoice_id, Signed::Correctly).await;
                desk.webhook.under_way.send_modify(|count| *count -= 1);
            });
        }
    }

    /// Sends one webhook about an invoice as it stands now.
    async fn tell(&self, invoice_id: i64, signed: Signed) -> Option<Delivery> {
        let invoice = self.invoice(invoice_id)?;
        let body = json!({
            "update_id": self.webhook.next_update_id(),
            "update_type": "invoice_paid",
            "request_date": show_time(self.now()),
            "payload": invoice.told(),
        });
        self.send(Bytes::from(body.to_string()), signed).await
    }

    async fn send(&self, body: Bytes, signed: Signed) -> Option<Delivery> {
        let to = parse_target(&self.webhook.url()?)?;
        let token = match signed {
            Signed::Correctly => self.token.as_str(),
            Signed::Wrongly => "another token",
        };
        let value = HeaderValue::from_str(&sign(token, &body)).expect("hex is a header value");
        let header = Some((SIGNATURE_HEADER, value));
        let letter = Letter { to, header, body, patience: PATIENCE };
        Some(Delivery::from(self.postman.post(letter).await))
    }

    /// Tells of an invoice that many times at once, whatever its state.
    pub(crate) async fn redeliver(self: &Arc<Self>, invoice_id: i64, times: u32) -> Vec<Delivery> {
        let mut copies = tokio::task::JoinSet::new();
        for _ in 0..times {
            let desk = self.clone();
            copies.spawn(async move { desk.tell(invoice_id, Signed::Correctly).await });
        }
        copies.join_all().await.into_iter().flatten().collect()
    }

    pub(crate) async fn inject(&self, body: Bytes) -> Option<Delivery> {
        self.send(body, Signed::Correctly).await
    }
}
