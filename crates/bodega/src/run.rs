//! `bodega run`: the shop until a signal ends it.

use chassis::config::Settings;
use chassis::{lifecycle, telemetry};

use crate::roles::Role;
use crate::shop::Shop;

/// The command: one role, or all of them.
pub async fn run(settings: Settings, role: Option<Role>) -> anyhow::Result<()> {
    let roles = role.map_or_else(|| Role::ALL.to_vec(), |role| vec![role]);
    let telemetry = telemetry::start(&settings, role.map_or("bodega", Role::name))?;
    if !settings.idle().is_empty() {
        let names = settings.idle().join(", ");
        tracing::warn!(
            names,
            "settings of an older shop have no effect here, see docs/settings.md"
        );
    }
    let shop = Shop::start(settings, &roles).await?;
    // Logs go to stderr; the one line on stdout is for whoever started us and waits for the addresses.
    println!("{}", serde_json::to_string(&shop.addresses)?);
    tracing::info!(roles = ?roles, addresses = ?shop.addresses, "ready");

    let signal = lifecycle::stop_signal().await;
    if let Ok(signal) = &signal {
        tracing::info!(signal, "stopping");
    }
    shop.stop().await?;
    telemetry.stop().await;
    signal.map(drop).map_err(Into::into)
}
