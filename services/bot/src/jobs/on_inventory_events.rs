//! Hears of orders, codes and stock: queues the goods of each delivered order, in case its chat did not show them, and the
//! news of money that came late; tells the owner what runs low, and notes what came in for those who wait and for the
//! news channel.

use std::time::Duration;

use chassis::lifecycle::Lifecycle;
use contract::common::{FeedEntry, ReadFeedRequest};
use contract::convert;
use contract::failure::Failure;
use contract::inventory::Event;
use contract::inventory::event::What;
use contract::inventory::inventory_feed_service_client::InventoryFeedServiceClient;
use durable::follow::{self, Effect};
use kernel::ids::{ItemId, PersonId};
use prost::Message as _;
use sqlx::PgConnection;

use super::feed_request;
use crate::bot::Bot;
use crate::intents::late;
use crate::operations::intents::{self, Credit};
use crate::operations::{queue, restocks};
use crate::outbound::{Message, Notice};

/// Follows inventory's feed.
pub fn spawn(lifecycle: &Lifecycle, bot: &Bot) {
    let source = bot.clone();
    let read = move |request: ReadFeedRequest| {
        let request = feed_request(&source, request);
        let mut client = InventoryFeedServiceClient::new(source.wires.inventory.clone());
        async move { Ok(client.read_feed(request).await?.into_inner()) }
    };
    let effect = Queue { owner: bot.owner };
    follow::spawn(lifecycle, bot.pool.clone(), "on_inventory_events", read, effect);
}

struct Queue {
    owner: Option<PersonId>,
}

/// What comes of an entry.
enum Told {
    Person(Message),
    Credited(PersonId, Message),
    Restocked { item: ItemId, units: u32 },
    Nobody,
}

impl Effect for Queue {
    async fn apply(&self, conn: &mut PgConnection, entries: &[FeedEntry]) -> Result<(), Failure> {
        let mut rows = Vec::with_capacity(entries.len());
        let mut credits = Vec::new();
        for entry in entries {
            let traceparent = entry.traceparent.clone();
            match self.told(entry)? {
                Told::Person(row) => rows.push(Message { traceparent, ..row }),
                Told::Credited(person, row) => {
                    credits.push(Credit { person, traceparent: traceparent.clone() });
                    rows.push(Message { traceparent, ..row });
                }
                Told::Restocked { item, units } => restocks::note(conn, item, units).await?,
                Told::Nobody => {}
            }
        }
        for (order, person) in intents::claim(conn, &credits).await? {
            rows.push(late(order, person));
        }
        queue::enqueue(conn, &rows).await
    }
}

impl Queue {
    fn told(&self, entry: &FeedEntry) -> Result<Told, Failure> {
        let event = Event::decode(entry.event.as_slice())
            .map_err(|error| convert::invalid("event", error))?;
        Ok(match event.what {
            Some(What::OrderDelivered(event)) => {
                let order = convert::id("order_id", &event.order_id)?;
                let row = Notice::Goods { order }.row(PersonId(event.buyer_id));
                let delay = if event.by_recovery { Duration::ZERO } else { row.delay };
                Told::Person(Message { delay, ..row })
            }
            Some(What::OrderReleased(event)) => {
                let order = convert::id("order_id", &event.order_id)?;
                Told::Person(Notice::Released { order }.row(PersonId(event.buyer_id)))
            }
            Some(What::CodeRedeemed(event)) => {
                let amount = convert::money("amount", event.amount)?;
                let notice = Notice::Adjusted { transfer: event.transfer_id, amount };
                let person = PersonId(event.person_id);
                Told::Credited(person, notice.row(person))
            }
            Some(What::StockAdded(event)) => {
                let item = convert::id("item_id", &event.item_id)?;
                Told::Restocked { item, units: event.units }
            }
            Some(What::LowStock(event)) => {
                let item = convert::id("item_id", &event.item_id)?;
                let (left, low_at) = (event.left, event.low_at);
                let notice = Notice::LowStock { item, left, low_at, entry: entry.id.clone() };
                self.owner.map_or(Told::Nobody, |owner| Told::Person(notice.row(owner)))
            }
            // What is newer than this version is not for it.
            Some(What::Audited(_)) | None => Told::Nobody,
        })
    }
}
