//! Payments: wallets, holds, invoices, and the ledger behind them. See README.md.

pub mod api;
pub mod config;
pub mod domain;
pub mod jobs;
pub mod operations;
pub mod peers;
pub mod postings;
pub mod providers;
pub mod store;

use std::sync::Arc;

use chassis::ground::{Ground, StartError};
use contract::payments::hold_service_server::HoldServiceServer;
use contract::payments::invoice_service_server::InvoiceServiceServer;
use contract::payments::payments_admin_service_server::PaymentsAdminServiceServer;
use contract::payments::payments_feed_service_server::PaymentsFeedServiceServer;
use contract::payments::payments_intake_service_server::PaymentsIntakeServiceServer;
use contract::payments::wallet_service_server::WalletServiceServer;
use durable::feed::Bell;
use kernel::currency::Currency;
use serde::Deserialize;
use sqlx::PgPool;
use tonic::service::Routes;

use crate::operations::Payments;
use crate::peers::Bot;
use crate::providers::Providers;

/// The service's own tables.
pub static MIGRATIONS: sqlx::migrate::Migrator = sqlx::migrate!();

/// Its name: of its schema, its role and its settings.
pub const SERVICE: &str = "payments";

#[derive(Deserialize)]
struct DatabaseSection {
    pool_size: u32,
}

/// Starts the service: checks the settings, spawns the jobs, gives the routes, which the caller
/// guards.
///
/// # Errors
/// A setting that cannot be used, or a currency that is not the one of the wallets that exist.
pub async fn start(ground: &Ground) -> Result<Routes, StartError> {
    let database: DatabaseSection = ground.settings.section("database")?;
    let pool = ground.database.pool(SERVICE, database.pool_size);
    let payments = Arc::new(compose(ground, pool)?);
    check_currency(&payments.pool, payments.terms.currency()).await?;
    jobs::spawn(&ground.lifecycle, &payments);
    Ok(routes(&payments))
}

/// Puts the service together without starting anything.
///
/// # Errors
/// A setting that cannot be used.
pub fn compose(ground: &Ground, pool: PgPool) -> Result<Payments, StartError> {
    let terms = config::terms(&ground.settings)?;
    let providers = Providers::from_settings(&ground.settings, terms.currency())?;
    let config::Telegram { token, api_url, locale } = config::telegram(&ground.settings)?;
    let telegram = token
        .map(|token| telegram::Client::new(&api_url, token))
        .transpose()
        .map_err(|error| StartError::Other(format!("telegram: {error}")))?;
    let bell = Bell::new(&ground.lifecycle);
    let bot = Bot::new(ground.wires.bot.clone(), ground.keys.clone());
    Ok(Payments { pool, bell, terms, providers, telegram, locale, bot })
}

/// The service's methods over what it works with.
pub fn routes(payments: &Arc<Payments>) -> Routes {
    Routes::new(WalletServiceServer::new(api::wallet::WalletApi(Arc::clone(payments))))
        .add_service(HoldServiceServer::new(api::hold::HoldApi(Arc::clone(payments))))
        .add_service(InvoiceServiceServer::new(api::invoice::InvoiceApi(Arc::clone(payments))))
        .add_service(PaymentsAdminServiceServer::new(api::payments_admin::PaymentsAdminApi(
            Arc::clone(payments),
        )))
        .add_service(PaymentsIntakeServiceServer::new(api::payments_intake::PaymentsIntakeApi(
            Arc::clone(payments),
        )))
        .add_service(PaymentsFeedServiceServer::new(api::payments_feed::PaymentsFeedApi(
            Arc::clone(payments),
        )))
}

/// Amounts mean nothing in another currency: the shop's can be changed only as long as there are no
/// wallets.
async fn check_currency(pool: &PgPool, currency: Currency) -> Result<(), StartError> {
    match store::wallets::find_currency(pool).await? {
        Some(code) if code != currency.code() => Err(StartError::Other(format!(
            "shop.currency is {currency}, but wallets are in {code}; set it back to {code}"
        ))),
        _ => Ok(()),
    }
}
