//! The Telegram Bot API, with people who talk to the bot from code, over HTTP or in a browser.
//!
//! ```no_run
//! # async fn example() -> Result<(), Box<dyn std::error::Error>> {
//! use std::time::Duration;
//! use emulators::telegram::{Options, PersonId, Seed, Telegram};
//!
//! let telegram = Telegram::start(Options::default()).await?;
//! let anna = telegram.add_person(Seed::new(1001, "Anna").speaks("en"))?;
//! // ... start the bot with TELEGRAM_API_URL = telegram.base_url() ...
//! telegram.say(anna, "/start")?;
//! let menu = telegram
//!     .wait_for_message(anna.0, Duration::from_secs(5), |m| m.button("Shop").is_some())
//!     .await?;
//! telegram.press_button(anna, menu.message_id, "Shop")?;
//! # Ok(()) }
//! ```
//!
//! Where the published facts leave a choice, the emulator is the stricter: a button has exactly one
//! action, and an `&` in HTML must begin an entity. Markdown is not parsed.

mod actions;
mod api;
mod backlog;
mod chat;
mod control;
mod events;
mod failure;
mod files;
mod flood;
mod html;
mod journal;
mod keep;
mod keyboard;
mod ledger;
mod message;
mod methods;
mod observe;
mod options;
mod page;
mod payments;
mod photo;
mod polling;
mod profile;
mod pump;
mod query;
mod reply;
mod switches;
mod update;
mod webhook;
mod world;

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;

use axum::Router;
pub use kernel::ids::PersonId;

pub use self::actions::{ActionFailure, Attachment, Press};
pub use self::chat::Standing;
pub use self::files::StoredFile;
pub use self::journal::Call;
pub use self::keyboard::{Button, CopyText, InlineKeyboard, Link};
pub use self::ledger::{Direction, StarEntry};
pub use self::message::{
    ChatHead, ChatKind, Document, Entity, InvoiceCard, InvoiceTerms, Message, PhotoSize,
    RefundedPayment, SuccessfulPayment, User,
};
pub use self::options::{
    Arrival, Bind, CallHook, Channel, Deadlines, FloodLimits, History, Options, Seed,
};
pub use self::payments::{Payment, PaymentOutcome};
pub use self::profile::Command;
pub use self::query::{CallbackAnswer, PreCheckoutAnswer};
pub use self::update::UpdateKind;
pub use self::world::{CallScope, DeliveryScope};
pub use crate::patience::TimedOut;
pub use crate::post::Delivery;

use self::chat::Chat;
use self::world::World;
use crate::server;

/// A running emulator; dropping it ends its tasks.
pub struct Telegram {
    world: Arc<World>,
    address: SocketAddr,
}

impl Telegram {
    /// Starts an emulator that listens at once.
    ///
    /// # Errors
    /// The address cannot be bound, or what an earlier one kept cannot be read.
    pub async fn start(options: Options) -> io::Result<Self> {
        let world = Arc::new(World::new(&options));
        for person in options.people {
            world.chats.add(Chat::begin(person));
        }
        for channel in options.channels {
            world.chats.add(Chat::channel(channel));
        }
        if let Some(path) = options.persistence {
            keep::open(&world, path).await?;
        }
        let listener = options.bind.open().await?;
        let address = listener.local_addr()?;
        let router = Router::new()
            .merge(page::router())
            .nest("/control", control::router())
            .fallback(api::handle)
            .with_state(world.clone());
        server::serve(listener, router, &world.tasks);
        Ok(Self { world, address })
    }

    /// What `TELEGRAM_API_URL` is set to: the methods are at `<base_url>/bot<token>/<method>`.
    pub fn base_url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Where a person talks to the bot in a browser.
    pub fn chat_url(&self) -> String {
        format!("http://{}/", self.address)
    }

    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The token the bot must use.
    pub fn token(&self) -> &str {
        &self.world.token
    }

    /// The bot as people see it.
    pub fn bot(&self) -> &User {
        &self.world.bot
    }

    /// Ends all connections and deliveries, waits until they are gone, and keeps what is to be
    /// kept.
    pub async fn stop(&self) {
        self.world.tasks.stop().await;
        keep::save(&self.world).await;
    }
}

impl Drop for Telegram {
    fn drop(&mut self) {
        self.world.tasks.cancel();
    }
}
