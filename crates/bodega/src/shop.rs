//! A set of roles started together: in one process over local wires, or one role among remote ones.

use std::net::SocketAddr;
use std::time::Duration;

use anyhow::Context;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use chassis::cluster::Cluster;
use chassis::config::{Settings, SettingsError};
use chassis::database::Database;
use chassis::ground::{Ground, Wires};
use chassis::kv::Kv;
use chassis::lifecycle::Lifecycle;
use chassis::{guard, ops, serve};
use contract::actor::ActorKeys;
use contract::switchboard::Switchboard;
use contract::wire::Wire;
use kernel::clock::Clock;
use serde::{Deserialize, Serialize};
use tokio::net::TcpListener;

use crate::keys;
use crate::migrate;
use crate::process::{self, Storage};
use crate::roles::Role;

/// For what runs already when the start fails.
const GIVEN_UP_GRACE: Duration = Duration::from_secs(5);
/// What roles that run apart must share, and how to say so.
const APART: [(&str, &str); 3] = [
    ("database.url", "roles that run apart share one server: set DATABASE_URL (database.url)"),
    (
        "redis.url",
        "roles that run apart share their limits and dialogues: set REDIS_URI (redis.url)",
    ),
    (
        "security.actor_key",
        "roles that run apart need the same key: set security.actor_key \
         (BODEGA__SECURITY__ACTOR_KEY) to the output of `openssl rand -base64 32`",
    ),
];

/// Running roles.
pub struct Shop {
    /// What they stand on.
    pub ground: Ground,
    /// Where they listen.
    pub addresses: Addresses,
    cluster: Option<Cluster>,
    grace: Duration,
}

/// Addresses in use; a port that was 0 in the settings is known only here.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Addresses {
    /// The only door from outside.
    pub gateway: Option<SocketAddr>,
    /// Where a role that runs alone serves the others.
    pub grpc: Option<SocketAddr>,
    /// Health and metrics.
    pub ops: Option<SocketAddr>,
}

#[derive(Deserialize)]
struct Bind {
    bind: std::net::IpAddr,
    port: u16,
}

#[derive(Deserialize)]
struct Ops {
    #[serde(flatten)]
    bind: Bind,
    shutdown_grace_seconds: u64,
}

#[derive(Deserialize)]
struct Peers {
    payments: Option<String>,
    inventory: Option<String>,
    bot: Option<String>,
    admin: Option<String>,
}

#[derive(Deserialize)]
struct Security {
    actor_key: Option<String>,
}

impl Shop {
    /// Starts these roles on these settings; when it returns they are ready. Where that fails, nothing is left running.
    pub async fn start(settings: Settings, roles: &[Role]) -> anyhow::Result<Self> {
        let storage = Storage::of(&settings)?;
        check(&settings, roles)?;
        let settings =
            if is_apart(roles) { settings } else { with_generated_keys(settings, &storage)? };
        let (database, cluster) = storage.open().await?;
        let lifecycle = Lifecycle::new();
        match start_on(settings, roles, database, lifecycle.clone()).await {
            Ok((ground, addresses, grace)) => Ok(Self { ground, addresses, cluster, grace }),
            Err(error) => {
                lifecycle.stop(GIVEN_UP_GRACE).await;
                process::close(cluster).await;
                Err(error)
            }
        }
    }

    /// Stops taking work, finishes what runs within the grace, then stops the private server.
    pub async fn stop(self) -> anyhow::Result<()> {
        self.ground.lifecycle.stop(self.grace).await;
        if let Some(cluster) = self.cluster {
            cluster.stop().await?;
        }
        Ok(())
    }
}

/// Everything that can be known to be wrong before a file is written or a process started, all of it at once.
fn check(settings: &Settings, roles: &[Role]) -> anyhow::Result<()> {
    let mut problems = Vec::new();
    let mut note = |problem: String| {
        let lines = problem.lines().filter(|line| !line.ends_with("cannot be used:"));
        for line in lines.map(|line| line.trim().to_owned()) {
            if !problems.contains(&line) {
                problems.push(line);
            }
        }
    };
    for problem in settings.problems() {
        note(problem.clone());
    }
    if is_apart(roles) {
        for (key, wanted) in APART {
            if !settings.has(key) {
                note(wanted.to_owned());
            }
        }
        if let Err(error) = remote_wires(settings) {
            note(format!("{error:#}"));
        }
    }
    if settings.has("security.actor_key")
        && let Err(error) = actor_keys(settings)
    {
        note(format!("{error:#}"));
    }
    if let Err(error) = Kv::open(settings) {
        note(error.to_string());
    }
    for role in roles {
        if let Err(error) = role.check(settings) {
            note(error.to_string());
        }
    }
    if problems.is_empty() { Ok(()) } else { Err(SettingsError { problems }.into()) }
}

fn is_apart(roles: &[Role]) -> bool {
    roles.len() < Role::ALL.len()
}

/// The roles on an open database, and how long their work may take to end.
async fn start_on(
    settings: Settings,
    roles: &[Role],
    database: Database,
    lifecycle: Lifecycle,
) -> anyhow::Result<(Ground, Addresses, Duration)> {
    migrate::all(&database, roles).await?;
    let boards = Boards::default();
    let wires = if is_apart(roles) { remote_wires(&settings)? } else { boards.wires() };
    let (kv, keys) = (Kv::open(&settings)?, actor_keys(&settings)?);
    let ground = Ground { settings, clock: Clock::System, lifecycle, database, kv, keys, wires };

    let mut addresses = Addresses::default();
    for role in roles {
        if let Some(routes) = role.start(&ground).await? {
            let routes = guard::guarded(routes, ground.keys.clone(), ground.lifecycle.clone());
            if is_apart(roles) {
                let listener = listen(&ground.settings, "grpc").await?;
                addresses.grpc = Some(serve::serve(listener, routes, &ground.lifecycle).await?);
            } else {
                boards.of(*role).connect(routes);
            }
        }
    }
    // The door opens last, when everyone behind it is there.
    if roles.contains(&Role::Gateway) {
        addresses.gateway = Some(gateway::start(&ground).await?.address);
    }
    let Ops { bind, shutdown_grace_seconds } = ground.settings.section("ops")?;
    let listener = TcpListener::bind((bind.bind, bind.port)).await.context("ops port")?;
    addresses.ops = Some(listener.local_addr()?);
    ops::serve(listener, &ground);
    Ok((ground, addresses, Duration::from_secs(shutdown_grace_seconds)))
}

#[derive(Default)]
struct Boards {
    payments: Switchboard,
    inventory: Switchboard,
    bot: Switchboard,
    admin: Switchboard,
}

impl Boards {
    fn wires(&self) -> Wires {
        Wires {
            payments: self.payments.wire(),
            inventory: self.inventory.wire(),
            bot: self.bot.wire(),
            admin: self.admin.wire(),
        }
    }

    fn of(&self, role: Role) -> &Switchboard {
        match role {
            Role::Payments => &self.payments,
            Role::Inventory => &self.inventory,
            Role::Bot => &self.bot,
            Role::Admin => &self.admin,
            Role::Gateway => unreachable!("the gateway serves no routes to the others"),
        }
    }
}

fn remote_wires(settings: &Settings) -> anyhow::Result<Wires> {
    let peers: Peers = settings.section("grpc.peers")?;
    let wire = |name: &str, url: Option<String>| -> anyhow::Result<Wire> {
        // A role that never calls this one may leave it out; whoever does call is told what to set.
        let url = url.unwrap_or_else(|| format!("http://grpc.peers.{name}.is.not.set.invalid"));
        Wire::remote(&url).with_context(|| format!("grpc.peers.{name} is not a URL"))
    };
    Ok(Wires {
        payments: wire("payments", peers.payments)?,
        inventory: wire("inventory", peers.inventory)?,
        bot: wire("bot", peers.bot)?,
        admin: wire("admin", peers.admin)?,
    })
}

/// With keys for one process where none are set: those of the stock are kept in a file.
pub fn with_generated_keys(mut settings: Settings, storage: &Storage) -> anyhow::Result<Settings> {
    settings.supply("security.actor_key", STANDARD.encode(keys::random()?).into());
    if !settings.has("security.seal_keys") {
        let key = keys::seal_key(&storage.data_dir)?;
        settings.supply("security.seal_keys", vec![key].into());
    }
    Ok(settings)
}

fn actor_keys(settings: &Settings) -> anyhow::Result<ActorKeys> {
    let security: Security = settings.section("security")?;
    let text = security.actor_key.unwrap_or_default();
    let key = STANDARD.decode(&text).context("security.actor_key is not base64")?;
    Ok(ActorKeys::new(&key, Clock::System)?)
}

async fn listen(settings: &Settings, section: &str) -> anyhow::Result<TcpListener> {
    let Bind { bind, port } = settings.section(section)?;
    TcpListener::bind((bind, port)).await.with_context(|| format!("{section}.port {port}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TOKEN: &str = "12345:AAexampleTokenForDocsOnly000000000000";

    fn complaint(set: &[(&str, &str)], roles: &[Role]) -> Option<String> {
        chassis::http::install_crypto();
        let environment = set.iter().map(|(name, value)| ((*name).into(), (*value).into()));
        let settings = Settings::load(crate::DEFAULTS, None, environment).unwrap();
        check(&settings, roles).err().map(|error| error.to_string())
    }

    #[tokio::test]
    async fn roles_that_run_apart_need_a_database_a_redis_and_a_key_and_hear_of_all_at_once() {
        let shared = [
            ("TOKEN", TOKEN),
            ("DATABASE_URL", "postgres://shop@db/shop"),
            ("REDIS_URI", "redis://redis:6379"),
            ("BODEGA__SECURITY__ACTOR_KEY", "YSBrZXkgZm9yIGpvdXJuZXlzIG9mIDMyIGJ5dGVzISE="),
        ];
        for role in Role::ALL {
            assert_eq!(complaint(&shared, &[role]), None, "{role:?}");
            let all = complaint(&shared[..1], &[role]).unwrap();
            for (missing, name) in [(1, "DATABASE_URL"), (2, "REDIS_URI"), (3, "actor_key")] {
                assert!(all.contains(name), "{role:?}: {all}");
                let others: Vec<_> =
                    (0..4).filter(|at| *at != missing).map(|at| shared[at]).collect();
                let one = complaint(&others, &[role]).unwrap();
                assert!(one.contains(name) && one.lines().count() == 2, "{role:?}: {one}");
            }
        }
        assert_eq!(complaint(&shared[..1], &Role::ALL), None, "one process needs none of them");
    }

    #[tokio::test]
    async fn everything_that_is_wrong_is_told_in_one_message() {
        chassis::http::install_crypto();
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("bodega.toml");
        let wrong = "[shop]\ncurrency = 'roubles'\ncolour = 'red'\n[payments]\nmin_amount = 'few'\n\
                     referral_percent = 100\n[telegram.webhook]\nenabled = true\n\
                     [gateway]\nport = 'open'\n[inventory]\ncrash_after = 'charge'\n";
        std::fs::write(&file, wrong).unwrap();
        let settings = Settings::examine_process(crate::DEFAULTS, Some(&file), None).unwrap();
        let told = check(&settings, &Role::ALL).unwrap_err().to_string();
        for what in [
            "shop.currency",
            "shop.colour",
            "payments.min_amount",
            "payments.referral_percent",
            "telegram.webhook.url",
            "telegram.webhook.secret",
            "gateway.port",
            "inventory.crash_after",
            "telegram.token is not set",
        ] {
            assert_eq!(told.matches(what).count(), 1, "{what}: {told}");
        }
        assert_eq!(told.lines().count(), 10, "{told}");
    }

    #[tokio::test]
    async fn a_shop_without_a_token_says_so_once_and_makes_nothing() {
        chassis::http::install_crypto();
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path().join("data");
        let environment = [("BODEGA__DATABASE__DATA_DIR", data.to_str().unwrap())];
        let environment = environment.map(|(name, value)| (name.to_owned(), value.to_owned()));
        let settings = Settings::load(crate::DEFAULTS, None, environment).unwrap();
        let error = Shop::start(settings, &Role::ALL).await.err().unwrap().to_string();
        assert_eq!(error.matches("telegram.token is not set").count(), 1, "{error}");
        assert!(!data.exists(), "neither a cluster nor a key");
    }
}
