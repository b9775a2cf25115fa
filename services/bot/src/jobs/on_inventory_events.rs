//! Hears of orders and codes: queues the goods of each delivered order, in case its chat did not show them, and the news
//! of money that came late.

use std::time::Duration;

use chassis::lifecycle::Lifecycle;
use contract::common::{FeedEntry, ReadFeedRequest};
use contract::convert;
use contract::failure::Failure;
use contract::inventory::Event;
use contract::inventory::event::What;
use contract::inventory::inventory_feed_service_client::InventoryFeedServiceClient;
use durable::follow::{self, Effect};
use kernel::ids::PersonId;
use prost::Message as _;
use sqlx::PgConnection;

use super::feed_request;
use crate::bot::Bot;
use crate::intents::late;
use crate::operations::intents::{self, Credit};
use crate::operations::queue;
use crate::outbound::{Message, Notice};

/// Follows inventory's feed.
pub fn spawn(lifecycle: &Lifecycle, bot: &Bot) {
    let source = bot.clone();
    let read = move |request: ReadFeedRequest| {
        let request = feed_request(&source, request);
        let mut client = InventoryFeedServiceClient::new(source.wires.inventory.clone());
        async move { Ok(client.read_feed(request).await?.into_inner()) }
    };
    follow::spawn(lifecycle, bot.pool.clone(), "on_inventory_events", read, Queue);
}

struct Queue;

impl Effect for Queue {
    async fn apply(&self, conn: &mut PgConnection, entries: &[FeedEntry]) -> Result<(), Failure> {
        let mut rows = Vec::with_capacity(entries.len());
        let mut credits = Vec::new();
        for entry in entries {
            let (row, credited) = row(entry)?;
            let traceparent = entry.traceparent.clone();
            if let Some(person) = credited {
                credits.push(Credit { person, traceparent: traceparent.clone() });
            }
            rows.extend(row.map(|row| Message { traceparent, ..row }));
        }
        for (order, person) in intents::claim(conn, &credits).await? {
            rows.push(late(order, person));
        }
        queue::enqueue(conn, &rows).await
    }
}

/// What to say about an entry, and whose balance grew by it.
fn row(entry: &FeedEntry) -> Result<(Option<Message>, Option<PersonId>), Failure> {
    let event =
        Event::decode(entry.event.as_slice()).map_err(|error| convert::invalid("event", error))?;
    Ok(match event.what {
        Some(What::OrderDelivered(event)) => {
            let order = convert::id("order_id", &event.order_id)?;
            let row = Notice::Goods { order }.row(PersonId(event.buyer_id));
            let delay = if event.by_recovery { Duration::ZERO } else { row.delay };
            (Some(Message { delay, ..row }), None)
        }
        Some(What::OrderReleased(event)) => {
            let order = convert::id("order_id", &event.order_id)?;
            (Some(Notice::Released { order }.row(PersonId(event.buyer_id))), None)
        }
        Some(What::CodeRedeemed(event)) => {
            let (person, amount) =
                (PersonId(event.person_id), convert::money("amount", event.amount)?);
            let notice = Notice::Adjusted { transfer: event.transfer_id, amount };
            (Some(notice.row(person)), Some(person))
        }
        // Nobody in a chat waits for stock yet; what is newer than this version is not for it.
        Some(What::StockAdded(_) | What::Audited(_)) | None => (None, None),
    })
}
