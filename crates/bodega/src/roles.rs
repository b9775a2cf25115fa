//! The roles: what each one needs, and how it is started. The only place that knows every service.

use chassis::config::Settings;
use chassis::database::Database;
use chassis::ground::{Ground, StartError};
use clap::ValueEnum;
use sqlx::migrate::Migrator;
use tonic::service::Routes;

/// A part of the shop that can run in a process of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Role {
    /// The only door from outside.
    Gateway,
    /// Conversations.
    Bot,
    /// Money.
    Payments,
    /// Goods and orders.
    Inventory,
    /// Who may do what, and what they did.
    Admin,
}

impl Role {
    /// Every role, in the order of starting.
    pub const ALL: [Self; 5] =
        [Self::Payments, Self::Inventory, Self::Admin, Self::Bot, Self::Gateway];

    /// The name: of the role, of its schema, of its peer setting.
    pub fn name(self) -> &'static str {
        match self {
            Self::Gateway => "gateway",
            Self::Bot => "bot",
            Self::Payments => "payments",
            Self::Inventory => "inventory",
            Self::Admin => "admin",
        }
    }

    /// The migrations of the role's own tables; none where it owns no schema.
    pub fn migrations(self) -> Option<&'static Migrator> {
        match self {
            Self::Gateway => None,
            Self::Bot => Some(&bot::MIGRATIONS),
            Self::Payments => Some(&payments::MIGRATIONS),
            Self::Inventory => Some(&inventory::MIGRATIONS),
            Self::Admin => Some(&admin::MIGRATIONS),
        }
    }

    /// Brings the role's schema up to date.
    ///
    /// # Errors
    /// The database's.
    pub async fn migrate(self, database: &Database) -> Result<(), StartError> {
        if let Some(migrations) = self.migrations() {
            database.prepare(self.name()).await?;
            database.migrate(self.name(), &[&durable::MIGRATIONS, migrations]).await?;
        }
        Ok(())
    }

    /// Reads what the role reads at its start, so that a mistake is found before anything is made or run.
    ///
    /// # Errors
    /// A setting is missing or wrong.
    pub fn check(self, settings: &Settings) -> Result<(), StartError> {
        match self {
            Self::Gateway => gateway::check(settings),
            Self::Bot => bot::check(settings),
            Self::Payments => payments::check(settings),
            Self::Inventory => inventory::check(settings),
            Self::Admin => admin::check(settings),
        }
    }

    /// Starts the role's service; the gateway has none.
    ///
    /// # Errors
    /// The service's.
    pub async fn start(self, ground: &Ground) -> Result<Option<Routes>, StartError> {
        Ok(match self {
            Self::Gateway => None,
            Self::Bot => Some(bot::start(ground).await?),
            Self::Payments => Some(payments::start(ground).await?),
            Self::Inventory => Some(inventory::start(ground).await?),
            Self::Admin => Some(admin::start(ground).await?),
        })
    }
}
