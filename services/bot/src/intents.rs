//! Purchases that wait for money: agreed to while the balance does not suffice, finished by themselves when it does.
//!
//! ```text
//!   waiting ──credit──► claimed ──► order asked for ──► bought, or stopped: nothing was charged
//!      ▲  │                │ too little
//!      └──┼────────────────┘
//!         └──► cancelled, replaced by a newer one, expired
//! ```
//!
//! The order's id is made when the offer is shown and rides in its button, so that a repeated press, a payment that is
//! told of twice and a crash in between are all the same order. Whoever claims does so in the transaction in which the
//! credit is heard of. Before the order is asked for this is written down: from then on its answer alone decides, for
//! the wallet may be short because that very order was paid from it.

mod finish;

use std::sync::Arc;
use std::time::Duration;

use contract::failure::{Failure, Kind};
use jiff::Timestamp;
use kernel::ids::{OrderId, PersonId};
use sqlx::PgPool;
use tokio::sync::Notify;

use crate::operations::intents::{self, Credit, New, Row, State};
use crate::outbound::{Notice, Stop};
use crate::screens::agreed::Agreed;

pub use finish::finish_due;

/// A purchase that waits, or waited.
#[derive(Debug, Clone)]
pub struct Intent {
    /// What is to be bought, and under which id.
    pub agreed: Agreed,
    /// How far it is.
    pub state: State,
    /// Until when it waits.
    pub expires_at: Timestamp,
}

impl TryFrom<Row> for Intent {
    type Error = Failure;

    fn try_from(row: Row) -> Result<Self, Failure> {
        let agreed = serde_json::from_value(row.wish)
            .map_err(|error| Failure::new(Kind::Internal, "bot.unreadable_wish").because(error))?;
        Ok(Self { agreed, state: row.state, expires_at: row.expires_at })
    }
}

/// What becomes of the wish to wait.
#[derive(Debug)]
pub enum Opened {
    /// It waits, or has ended since: repeating it changes nothing.
    This(Intent),
    /// Another one of the same person is being looked at right now.
    Busy,
}

/// All of them. Cheap to clone.
#[derive(Clone)]
pub struct Intents {
    pool: PgPool,
    lasts: Option<Duration>,
    queued: Arc<Notify>,
}

impl Intents {
    /// Over the bot's own table; none of them is made where `lasts` is none.
    pub fn new(pool: PgPool, lasts: Option<Duration>, queued: Arc<Notify>) -> Self {
        Self { pool, lasts, queued }
    }

    /// Whether purchases wait here at all.
    pub fn are_on(&self) -> bool {
        self.lasts.is_some()
    }

    /// Has this purchase wait, in place of another one of this person.
    ///
    /// # Errors
    /// The database cannot be asked now.
    pub async fn open(&self, person: PersonId, agreed: &Agreed) -> Result<Opened, Failure> {
        let new = New {
            order: agreed.order,
            person,
            wish: serde_json::to_value(agreed).expect("texts and numbers always serialise"),
            lasts: self.lasts.unwrap_or_default(),
        };
        match intents::open(&self.pool, &new).await? {
            Some(row) => Ok(Opened::This(row.try_into()?)),
            None => Ok(Opened::Busy),
        }
    }

    /// One of this person.
    ///
    /// # Errors
    /// The database cannot be asked now.
    pub async fn find(&self, person: PersonId, order: OrderId) -> Result<Option<Intent>, Failure> {
        let row = intents::find(&self.pool, person, order).await?;
        row.map(Intent::try_from).transpose()
    }

    /// The one of this person that is open, to be mentioned: nothing where it cannot be read now.
    pub async fn mentioned(&self, person: PersonId) -> Option<Intent> {
        self.lasts?;
        let row = intents::find_open(&self.pool, person).await;
        row.and_then(|row| row.map(Intent::try_from).transpose()).unwrap_or_else(|failure| {
            tracing::warn!(%failure, "a purchase that waits is not mentioned");
            None
        })
    }

    /// Takes back one that still waits; whether it did.
    ///
    /// # Errors
    /// The database cannot be asked now.
    pub async fn cancel(&self, person: PersonId, order: OrderId) -> Result<bool, Failure> {
        intents::cancel(&self.pool, person, order).await
    }

    /// Money has come to this person in a way that no feed tells of. What fails here waits for the next money.
    pub async fn credited(&self, person: PersonId) {
        if self.lasts.is_none() {
            return;
        }
        let credit = Credit { person, traceparent: String::new() };
        match intents::claim_one(&self.pool, credit, late).await {
            Ok(()) => self.queued.notify_one(),
            Err(failure) => tracing::warn!(%failure, "a purchase did not hear of its money"),
        }
    }
}

/// What to tell about one that had waited for too long.
pub fn late(order: OrderId, person: PersonId) -> crate::outbound::Message {
    Notice::Stopped { order, why: Stop::Late }.row(person)
}
