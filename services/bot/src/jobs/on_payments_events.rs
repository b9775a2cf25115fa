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
        for entry in entries {
            let row = self.row(entry)?;
            rows.extend(row.map(|row| Message { traceparent: entry.traceparent.clone(), ..row }));
        }
        queue::enqueue(conn, &rows).await
    }

    fn applied(&self) {
        self.queued.notify_one();
    }
}

impl Queue {
    fn row(&self, entry: &FeedEntry) -> Result<Option<Message>, Failure> {
        let event = Event::decode(entry.event.as_slice())
            .map_err(|error| convert::invalid("event", error))?;
        Ok(match event.what {
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
