//! What every service is started on: settings, clock, tasks, database, Redis, keys, and wires to the others.

use contract::actor::{Actor, ActorKeys, Caller};
use contract::failure::Failure;
use contract::wire::Wire;
use kernel::clock::Clock;

use crate::config::{Settings, SettingsError};
use crate::database::{Database, DatabaseError};
use crate::kv::Kv;
use crate::lifecycle::Lifecycle;

/// The ground a service stands on. Cheap to clone.
#[derive(Clone)]
pub struct Ground {
    /// Effective settings; each service reads its own section.
    pub settings: Settings,
    /// For tokens, fresh ids and metrics; deadlines of money and stock are the database's.
    pub clock: Clock,
    /// Owner of everything that runs.
    pub lifecycle: Lifecycle,
    /// Pools by service.
    pub database: Database,
    /// Redis, or memory in its place.
    pub kv: Kv,
    /// Mints and verifies actor tokens.
    pub keys: ActorKeys,
    /// The other services.
    pub wires: Wires,
}

/// A wire to every service.
#[derive(Clone)]
pub struct Wires {
    /// To payments.
    pub payments: Wire,
    /// To inventory.
    pub inventory: Wire,
    /// To the bot.
    pub bot: Wire,
    /// To admin.
    pub admin: Wire,
}

impl Ground {
    /// A caller for a service that acts for itself.
    pub fn caller_for_service(&self, name: &str) -> Caller {
        self.keys.caller(&Actor::Service(name.to_owned()))
    }
}

/// Why a role did not start; `Display` says what to do.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// A setting is missing or wrong.
    #[error(transparent)]
    Settings(#[from] SettingsError),
    /// The database cannot be reached or prepared.
    #[error(transparent)]
    Database(#[from] DatabaseError),
    /// A statement failed.
    #[error("a statement failed at the start: {0}")]
    Sql(#[from] sqlx::Error),
    /// A port, a file or a socket.
    #[error(transparent)]
    Io(#[from] std::io::Error),
    /// A call to another service, or a key.
    #[error(transparent)]
    Failure(#[from] Failure),
    /// Anything else; the text says what to do.
    #[error("{0}")]
    Other(String),
}
