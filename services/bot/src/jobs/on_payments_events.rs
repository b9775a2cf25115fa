//! Hears of money: tells the person whose balance moved, and the owner of payments that matched nothing.

use std::sync::Arc;
use std::time::Duration;

use chassis::lifecycle::Lifecycle;
use contract::common::{FeedEntry, ReadFeedRequest};
use contract::convert;
use contract::failure::Failure;
use contract::payments::Event;
use contract::payments::event::What;
use contract::payments::payments_feed_service_client::PaymentsFeedServiceClient;
use durable::follow::{self, Effect};
use kernel::ids::PersonId;
use prost::Message as _;
use sqlx::PgConnection;
use tokio::sync::Notify;

use super::feed_request;
use crate::bot::Bot;
use crate::intents::late;
use crate::operations::intents::{self, Credit};
use crate::operations::queue;
use crate::outbound::{Message, Notice};

/// Follows payments' feed.
pub fn spawn(lifecycle: &Lifecycle, bot: &Bot) {
    let source = bot.clone();
    let read = move |request: ReadFeedRequest| {
        let request = feed_request(&source, request);
        let mut client = PaymentsFeedServiceClient::new(source.wires.payments.clone());
        async move { Ok(client.read_feed(request).await?.into_inner()) }
    };
    let effect = Queue { owner: bot.owner, queued: Arc::clone(&bot.queued) };
    follow::spawn(lifecycle, bot.pool.clone(), "on_payments_events", read, effect);
}

/// Paid in the chat: nobody has to ask whether the money came.
const IN_THE_CHAT: &str = "stars";

struct Queue {
    owner: Option<PersonId>,
    queued: Arc<Notify>,
}

impl Effect for Queue {
    async fn apply(&self, conn: &mut PgConnection, entries: &[FeedEntry]) -> Result<(), Failure> {
        let mut rows = Vec::with_capacity(entries.len());
        let mut credits = Vec::new();
        for entry in entries {
            let what = read(entry)?;
            let traceparent = entry.traceparent.clone();
            if let Some(person) = what.as_ref().and_then(credited) {
                credits.push(Credit { person, traceparent: traceparent.clone() });
            }
            let row = self.row(entry, what)?;
            rows.extend(row.map(|row| Message { traceparent, ..row }));
        }
        for (order, person) in intents::claim(conn, &credits).await? {
            rows.push(late(order, person));
        }
        queue::enqueue(conn, &rows).await
    }

    fn applied(&self) {
        self.queued.notify_one();
    }
}

impl Queue {
    fn row(&self, entry: &FeedEntry, what: Option<What>) -> Result<Option<Message>, Failure> {
        Ok(match what {
            Some(What::InvoicePaid(event)) => {
                let invoice = convert::id("invoice_id", &event.invoice_id)?;
                let amount = convert::money("amount", event.amount)?;
                let happened_at = convert::instant(entry.happened_at);
                let transfer = event.transfer_id;
                let notice = Notice::Paid { invoice, transfer, amount, happened_at };
                let mut row = notice.row(PersonId(event.person_id));
                if event.method == IN_THE_CHAT {
                    row.delay = Duration::ZERO;
                }
                Some(row)
            }
            Some(What::ReferralEarned(event)) => {
                let amount = convert::money("amount", event.amount)?;
                let notice = Notice::Referral { transfer: event.transfer_id, amount };
                Some(notice.row(PersonId(event.inviter_id)))
            }
            Some(What::BalanceAdjusted(event)) => {
                let amount = convert::money("amount", event.amount)?;
                let notice = Notice::Adjusted { transfer: event.transfer_id, amount };
                Some(notice.row(PersonId(event.person_id)))
            }
            Some(What::SuspenseOpened(event)) => self.owner.map(|owner| {
                let person = PersonId::new(event.person_id).ok();
                Notice::Suspense { case: event.case_id, person }.row(owner)
            }),
            // Whoever lets an invoice expire knows it; what is newer than this version is not for it.
            Some(What::InvoiceExpired(_) | What::Audited(_)) | None => None,
        })
    }
}

fn read(entry: &FeedEntry) -> Result<Option<What>, Failure> {
    let event = Event::decode(entry.event.as_slice());
    event.map(|event| event.what).map_err(|error| convert::invalid("event", error))
}

/// Whose balance grew.
fn credited(what: &What) -> Option<PersonId> {
    match what {
        What::InvoicePaid(event) => Some(PersonId(event.person_id)),
        What::ReferralEarned(event) => Some(PersonId(event.inviter_id)),
        What::BalanceAdjusted(event) => {
            let is_more = event.amount.as_ref().is_some_and(|amount| amount.minor > 0);
            is_more.then_some(PersonId(event.person_id))
        }
        _ => None,
    }
}
