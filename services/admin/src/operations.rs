//! What admin does, one file per noun: the only places that open transactions and ring the bell.

mod audit;
pub mod import;
mod member;
mod owner;
mod role;
mod shop_state;

use std::sync::Arc;

use chassis::ground::{Ground, StartError};
use contract::admin::{Event, event};
use contract::common::{ReadFeedRequest, ReadFeedResponse};
use contract::failure::Failure;
use durable::feed::{self, Bell};
use kernel::clock::Clock;
use kernel::ids::PersonId;
use sqlx::{PgConnection, PgPool};

use crate::SERVICE;
use crate::config::Config;
use crate::peers::Peers;

pub use audit::{Listed, keep_bot_events, keep_inventory_events, keep_payments_events};
pub use role::{Change, NewRole};

/// The service, composed. Cheap to clone.
#[derive(Clone)]
pub struct Admin(Arc<Parts>);

struct Parts {
    pool: PgPool,
    clock: Clock,
    bell: Bell,
    peers: Peers,
    owner: Option<PersonId>,
}

impl Admin {
    /// Composes the service on its ground; runs nothing by itself.
    ///
    /// # Errors
    /// A setting is unusable.
    pub fn open(ground: &Ground) -> Result<Self, StartError> {
        let Config { owner, pool_size } = Config::read(&ground.settings)?;
        Ok(Self(Arc::new(Parts {
            pool: ground.database.pool(SERVICE, pool_size),
            clock: ground.clock.clone(),
            bell: Bell::new(&ground.lifecycle),
            peers: Peers::new(ground.wires.clone(), ground.keys.clone()),
            owner,
        })))
    }

    /// Events after a cursor.
    pub(crate) async fn read_feed(
        &self,
        request: ReadFeedRequest,
    ) -> Result<ReadFeedResponse, Failure> {
        feed::read(&self.0.pool, &self.0.bell, request).await
    }

    /// For what works on the tables by itself.
    pub(crate) fn pool(&self) -> &PgPool {
        &self.0.pool
    }

    /// What the others tell.
    pub(crate) fn peers(&self) -> &Peers {
        &self.0.peers
    }
}

/// Tells others, once the transaction commits.
async fn tell(conn: &mut PgConnection, what: event::What) -> sqlx::Result<()> {
    durable::outbox::write(conn, &Event { what: Some(what) }).await
}
