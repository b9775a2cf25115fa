//! The shop as it ships, release build and durable database of its own, between the emulator and the meters.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use chassis::cluster::{Cluster, ClusterOptions};
use chassis::database::Database;
use journeys::apart;
use journeys::executable::{Env, Executable};
use journeys::redis::Redis;
use journeys::shop::{OWNER, SECRET, Topology};
use std::os::unix::fs::PermissionsExt;
use tempfile::TempDir;

use crate::chats::Chats;
use crate::cpu::{self, Meters};

/// What seals the goods.
pub const SEAL_KEYS: &str = "k1:YSBzZWFsIGtleSBmb3Igam91cm5leXMsIDMyIGJ5dGU=";
/// What signs who acts, in base64 and as it is.
const ACTOR_KEY: (&str, &[u8]) =
    ("YSBrZXkgZm9yIGpvdXJuZXlzIG9mIDMyIGJ5dGVzISE=", b"a key for journeys of 32 bytes!!");

/// A shop and where it lives.
pub struct Stage {
    topology: Topology,
    env: Env,
    processes: Vec<Executable>,
    /// Where the goods are ordered when roles run apart.
    inventory_url: Option<String>,
    /// Ours when roles run apart; otherwise the shop keeps its own.
    cluster: Option<Cluster>,
    _redis: Option<Redis>,
    folder: TempDir,
}

impl Stage {
    /// Everything but the processes.
    pub async fn set(topology: Topology, chats: &Chats) -> Self {
        let folder = folder();
        let mut env = environment(chats);
        let (mut cluster, mut redis) = (None, None);
        match topology {
            Topology::One => {
                let data = folder.path().join("data");
                env.insert("BODEGA__DATABASE__DATA_DIR".into(), data.display().to_string());
            }
            Topology::Split => {
                let options = ClusterOptions::durable(folder.path().join("data"));
                let own = Cluster::start(options).await.expect("PostgreSQL starts");
                env.insert("DATABASE_URL".into(), own.url());
                let own_redis = Redis::start().await;
                env.insert("REDIS_URI".into(), own_redis.url());
                (cluster, redis) = (Some(own), Some(own_redis));
            }
        }
        Self {
            topology,
            env,
            processes: Vec::new(),
            inventory_url: None,
            cluster,
            _redis: redis,
            folder,
        }
    }

    /// Starts the processes; how long it took until all were ready.
    pub async fn start(&mut self) -> Duration {
        assert!(self.processes.is_empty(), "the shop runs already");
        let started = Instant::now();
        match self.topology {
            Topology::One => self.processes.push(Executable::start(None, &self.env).await),
            Topology::Split => self.start_roles().await,
        }
        started.elapsed()
    }

    async fn start_roles(&mut self) {
        for (role, process) in apart::start(self.env.clone()).await {
            if role == "inventory" {
                self.inventory_url = process.address("grpc").map(|at| format!("http://{at}"));
            }
            self.processes.push(process);
        }
    }

    /// SIGTERM to every process, the gateway first.
    pub async fn stop(&mut self) {
        for process in std::mem::take(&mut self.processes).into_iter().rev() {
            let status = process.stop().await;
            assert!(status.success(), "the shop exited with {status}");
        }
    }

    /// Stops everything that was started.
    pub async fn strike(mut self) {
        self.stop().await;
        if let Some(cluster) = self.cluster.take() {
            cluster.stop().await.expect("PostgreSQL stops");
        }
    }

    /// The shop's database, as its administrator reaches it while the shop runs.
    pub fn database(&self) -> Database {
        if let Some(cluster) = &self.cluster {
            return Database::new(cluster.options());
        }
        let url = format!(
            "postgres://postgres@localhost:5432/postgres?host={}&sslmode=disable",
            self.socket_dir().display()
        );
        Database::open(&url).expect("an address")
    }

    /// Where the server's socket is.
    pub fn socket_dir(&self) -> PathBuf {
        self.folder.path().join("data/socket")
    }

    /// Where orders are placed when roles run apart, and the key that is trusted there.
    pub fn inventory(&self) -> Option<(&str, &'static [u8])> {
        Some((self.inventory_url.as_deref()?, ACTOR_KEY.1))
    }

    /// The processes to be counted.
    pub fn meters(&self) -> Meters {
        Meters {
            shop: self.processes.iter().map(Executable::pid).collect(),
            postgres: server_pid(&self.folder.path().join("data/pg/postmaster.pid")),
            redis: cpu::child_named("redis-server"),
        }
    }
}

/// The server runs as somebody else when we are root, and has to get there. Under /tmp, for the paths of sockets are
/// short.
fn folder() -> TempDir {
    let everybody = std::fs::Permissions::from_mode(0o755);
    let mut builder = tempfile::Builder::new();
    let folder = builder.prefix("bodega-bench-").permissions(everybody).tempdir_in("/tmp");
    folder.expect("a temporary folder")
}

/// Its own settings as far as they can be; limits on people are off, for a few do the work of many.
fn environment(chats: &Chats) -> Env {
    let owner = OWNER.to_string();
    let api = chats.telegram.base_url();
    let settings = [
        ("PATH", "/usr/local/bin:/usr/bin:/bin"),
        ("TOKEN", chats.telegram.token()),
        ("OWNER_ID", &owner),
        ("TELEGRAM_API_URL", &api),
        ("WEBHOOK_ENABLED", "1"),
        ("WEBHOOK_URL", "self"),
        ("WEBHOOK_SECRET", SECRET),
        ("RATE_LIMIT_GLOBAL", "0"),
        ("RATE_LIMIT_PURCHASE", "0"),
        ("RATE_LIMIT_PAYMENT", "0"),
        ("BODEGA__BOT__SENDING__PER_SECOND", "0"),
        ("BODEGA__BOT__SENDING__CHAT_BURST", "0"),
        ("BODEGA__GATEWAY__BIND", "127.0.0.1"),
        ("BODEGA__GATEWAY__PORT", "0"),
        ("BODEGA__GRPC__BIND", "127.0.0.1"),
        ("BODEGA__GRPC__PORT", "0"),
        ("BODEGA__OPS__BIND", "127.0.0.1"),
        ("BODEGA__OPS__PORT", "0"),
        ("BODEGA__SECURITY__ACTOR_KEY", ACTOR_KEY.0),
        ("BODEGA__SECURITY__SEAL_KEYS", SEAL_KEYS),
        ("LOG_LEVEL", "warn"),
    ];
    settings.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
}

fn server_pid(file: &Path) -> Option<u32> {
    std::fs::read_to_string(file).ok()?.lines().next()?.trim().parse().ok()
}
