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

use chassis::config::Settings;
use chassis::ground::{Ground, StartError};
use contract::payments::hold_service_server::HoldServiceServer;
use contract::payments::invoice_service_server::InvoiceServiceServer;
use contract::payments::payments_admin_service_server::PaymentsAdminServiceServer;
use contract::payments::payments_feed_service_server::PaymentsFeedServiceServer;
use contract::payments::payments_intake_service_server::PaymentsIntakeServiceServer;
use contract::payments::referral_service_server::ReferralServiceServer;
use contract::payments::wallet_service_server::WalletServiceServer;
use durable::feed::Bell;
use kernel::currency::Currency;
use kernel::locale::Locale;
use serde::Deserialize;
use sqlx::PgPool;
use tonic::service::Routes;

use crate::operations::{Payments, money_stats};
use crate::peers::Peers;
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

/// Reads the settings as [`start`] does, and starts nothing.
///
/// # Errors
/// A setting that cannot be used.
pub fn check(settings: &Settings) -> Result<(), StartError> {
    let terms = config::terms(settings)?;
    Providers::from_settings(settings, terms.currency())?;
    config::adjustments(settings)?;
    config::zone(settings)?;
    telegram(settings)?;
    Ok(())
}

/// Puts the service together without starting anything.
///
/// # Errors
/// A setting that cannot be used.
pub fn compose(ground: &Ground, pool: PgPool) -> Result<Payments, StartError> {
    let terms = config::terms(&ground.settings)?;
    let providers = Providers::from_settings(&ground.settings, terms.currency())?;
    let (telegram, locale) = telegram(&ground.settings)?;
    let bell = Bell::new(&ground.lifecycle);
    Ok(Payments {
        pool,
        bell,
        terms,
        adjustments: config::adjustments(&ground.settings)?,
        providers,
        telegram,
        locale,
        peers: Peers::new(ground),
        clock: ground.clock.clone(),
        zone: config::zone(&ground.settings)?,
        recent_totals: money_stats::recent_totals(),
    })
}

/// The Bot API, where a token is set, and the language for people whose own is not spoken.
fn telegram(settings: &Settings) -> Result<(Option<telegram::Client>, Locale), StartError> {
    let config::Telegram { token, api_url, locale } = config::telegram(settings)?;
    let client = token
        .map(|token| telegram::Client::new(&api_url, token))
        .transpose()
        .map_err(|error| StartError::Other(format!("telegram: {error}")))?;
    Ok((client, locale))
}

/// The service's methods over what it works with.
pub fn routes(payments: &Arc<Payments>) -> Routes {
    Routes::new(WalletServiceServer::new(api::wallet::WalletApi(Arc::clone(payments))))
        .add_service(HoldServiceServer::new(api::hold::HoldApi(Arc::clone(payments))))
        .add_service(InvoiceServiceServer::new(api::invoice::InvoiceApi(Arc::clone(payments))))
        .add_service(ReferralServiceServer::new(api::referral::ReferralApi(Arc::clone(payments))))
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
