//! A set of roles started together: in one process over local wires, or one role among remote ones.

use std::net::SocketAddr;
use std::time::Duration;

use anyhow::{Context, bail};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use chassis::cluster::Cluster;
use chassis::config::Settings;
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
use crate::process::Storage;
use crate::roles::Role;

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
    /// Starts these roles on these settings; when it returns they are ready.
    pub async fn start(settings: Settings, roles: &[Role]) -> anyhow::Result<Self> {
        let apart = roles.len() < Role::ALL.len();
        let storage = Storage::of(&settings)?;
        if apart && !storage.is_shared() {
            bail!("roles that run apart share one server: set DATABASE_URL (database.url)");
        }
        let settings = if apart {
            with_shared_keys(settings)?
        } else {
            with_generated_keys(settings, &storage)?
        };
        let (database, cluster) = storage.open().await?;
        migrate::all(&database, roles).await?;

        let lifecycle = Lifecycle::new();
        let kv = Kv::open(&settings)?;
        if apart && !kv.is_shared() {
            bail!(
                "roles that run apart share their limits and dialogues: set REDIS_URI (redis.url)"
            );
        }
        let boards = Boards::default();
        let wires = if apart { remote_wires(&settings)? } else { boards.wires() };
        let keys = actor_keys(&settings)?;
        let clock = Clock::System;
        let ground = Ground { settings, clock, lifecycle, database, kv, keys, wires };

        let mut addresses = Addresses::default();
        for role in roles {
            if let Some(routes) = role.start(&ground).await? {
                let routes = guard::guarded(routes, ground.keys.clone(), ground.lifecycle.clone());
                if apart {
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
        let grace = Duration::from_secs(shutdown_grace_seconds);
        Ok(Self { ground, addresses, cluster, grace })
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

fn with_generated_keys(mut settings: Settings, storage: &Storage) -> anyhow::Result<Settings> {
    settings.supply("security.actor_key", STANDARD.encode(keys::random()?).into());
    if !settings.has("security.seal_keys") {
        let key = keys::seal_key(&storage.data_dir)?;
        settings.supply("security.seal_keys", vec![key].into());
    }
    Ok(settings)
}

fn with_shared_keys(settings: Settings) -> anyhow::Result<Settings> {
    if !settings.has("security.actor_key") {
        bail!(
            "roles that run apart need the same key: set security.actor_key \
             (BODEGA__SECURITY__ACTOR_KEY) to the output of `openssl rand -base64 32`"
        );
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
