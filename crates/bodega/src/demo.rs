//! `bodega demo`: a whole shop on this machine, with nothing to install, sign up for or type in.
//!
//! Telegram and Crypto Pay are emulated; everything between them is what runs in production. What the process is told
//! (currency, language, ports, limits) counts, but for what would lead outside: tokens, addresses, the database, Redis.

use std::io::ErrorKind;
use std::net::{IpAddr, SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::Context;
use chassis::config::{File, Settings};
use chassis::{lifecycle, telemetry};
use emulators::cryptopay::{self, CryptoPay};
use emulators::telegram::{self, Bind, Seed, Telegram};
use kernel::ids::PersonId;
use serde::Deserialize;
use serde_json::json;

use crate::keys;
use crate::seed;
use crate::shop::Shop;

/// The owner of the demo's shop, one of the people on the chat page.
const OWNER: PersonId = PersonId(1000);

const RULES: &str = "Digital goods are delivered at once. If a key does not work, write to support \
                     within a day and you get another one.";

/// Where the demo's parts are shown.
#[derive(Deserialize)]
struct Place {
    bind: IpAddr,
    port: u16,
}

/// A port of a role; in a demo all of them are at the demo's own address.
#[derive(Deserialize)]
struct Door {
    port: u16,
}

/// The command.
pub async fn demo(file: Option<&Path>) -> anyhow::Result<()> {
    let started = Instant::now();
    let plain = Settings::from_process(crate::DEFAULTS, file)?;
    let _telemetry = telemetry::start(&plain, "demo")?;
    let place: Place = plain.section("demo")?;
    let folder = folder(&plain)?;

    let stage = Stage::set(&place, &folder).await?;
    let overlay = stage.settings(&folder, place.bind, &plain)?;
    let overlay = File { name: "the demo", text: &overlay };
    let settings = Settings::from_process_below(crate::DEFAULTS, file, Some(overlay))?;
    let shop = Shop::start(settings, &crate::roles::Role::ALL).await?;
    let shown = show(&shop, &stage, &folder, started).await;
    let signal = match shown {
        Ok(()) => lifecycle::stop_signal().await.map(drop).map_err(anyhow::Error::from),
        Err(error) => Err(error),
    };
    shop.stop().await?;
    stage.telegram.stop().await;
    stage.cryptopay.stop().await;
    signal
}

/// Fills the shop, invites people, and says where everything is.
async fn show(shop: &Shop, stage: &Stage, folder: &Path, started: Instant) -> anyhow::Result<()> {
    let gateway = shop.addresses.gateway.context("the gateway runs in the demo")?;
    stage.cryptopay.set_webhook(Some(&format!("http://{gateway}/hooks/payments/cryptopay")));
    seed::seed(&shop.ground, OWNER).await?;
    stage.invite();

    let seconds = started.elapsed().as_secs_f64();
    println!("\n  The shop is open ({seconds:.1} s). Ctrl-C closes it; what happened is kept.\n");
    println!("  Chat, as a buyer or the owner   {}", stage.telegram.chat_url());
    println!("  A promo code to try             {}", seed::PROMO_CODE);
    println!("  Health                          http://{gateway}/health");
    if let Some(ops) = shop.addresses.ops {
        println!("  Metrics                         http://{ops}/metrics");
    }
    println!("  Data                            {}\n", folder.display());
    Ok(())
}

/// The outside world, emulated.
struct Stage {
    telegram: Telegram,
    cryptopay: CryptoPay,
}

impl Stage {
    async fn set(place: &Place, folder: &Path) -> anyhow::Result<Self> {
        let owner = Seed::new(OWNER.0, "Olga").username("olga").speaks("en");
        let mut options = telegram::Options::demo(owner);
        options.bind = Bind::Address(free(place.bind, place.port)?);
        options.persistence = Some(folder.join("telegram.json"));
        let telegram = Telegram::start(options).await.context("start the Telegram emulator")?;

        let mut options = cryptopay::Options::demo();
        let port = place.port.checked_add(1).unwrap_or_default();
        options.bind = cryptopay::Bind::Address(free(place.bind, port)?);
        let cryptopay = CryptoPay::start(options).await.context("start the Crypto Pay emulator")?;
        Ok(Self { telegram, cryptopay })
    }

    /// What lies above the settings of the process: nothing real is reached, and what nobody has chosen looks good.
    fn settings(&self, folder: &Path, ip: IpAddr, process: &Settings) -> anyhow::Result<String> {
        let gateway = free(ip, process.section::<Door>("gateway")?.port)?;
        let ops = free(ip, process.section::<Door>("ops")?.port)?;
        let mut settings = json!({
            "shop": { "owner_id": OWNER.0, "support_id": OWNER.0 },
            "telegram": {
                "token": self.telegram.token(),
                "api_url": self.telegram.base_url(),
                "webhook": { "enabled": true, "url": "self", "secret": keys::random_token()? },
            },
            "payments": {
                "cryptopay": {
                    "token": self.cryptopay.token(),
                    "api_url": self.cryptopay.base_url(),
                },
            },
            "gateway": { "bind": gateway.ip(), "port": gateway.port() },
            "ops": { "bind": ops.ip(), "port": ops.port() },
            "database": { "data_dir": folder, "url": "", "host": "", "name": "" },
            "redis": { "enabled": false },
        });
        if !process.is_chosen("shop.rules") {
            settings["shop"]["rules"] = RULES.into();
        }
        if !process.is_chosen("payments.referral_percent") {
            settings["payments"]["referral_percent"] = 10.into();
        }
        Ok(toml::to_string(&settings)?)
    }

    /// Everybody who has not met the bot presses Start, so that the first look is at a shop and not at an empty chat.
    fn invite(&self) {
        for person in self.telegram.people() {
            if self.telegram.messages(person.id).is_empty() {
                // Somebody may have blocked the bot in an earlier session; then they stay away.
                let _ = self.telegram.say(PersonId(person.id), "/start");
            }
        }
    }
}

fn folder(settings: &Settings) -> anyhow::Result<PathBuf> {
    let folder = crate::process::Storage::of(settings)?.data_dir.join("demo");
    std::fs::create_dir_all(&folder).with_context(|| format!("create {}", folder.display()))?;
    // The server's own user must be able to walk there, so that the path is said in full.
    folder.canonicalize().with_context(|| format!("find {}", folder.display()))
}

/// The address with this port, or with a port that is free when this one is taken.
fn free(ip: IpAddr, port: u16) -> anyhow::Result<SocketAddr> {
    match TcpListener::bind((ip, port)) {
        Ok(listener) => Ok(listener.local_addr()?),
        Err(error) if error.kind() == ErrorKind::AddrInUse => {
            Ok(TcpListener::bind((ip, 0))?.local_addr()?)
        }
        Err(error) => Err(error).with_context(|| format!("listen on {ip}:{port}")),
    }
}
