//! A private PostgreSQL: made once in the data directory, run as our child on a socket of its own,
//! recovered after any death of ours or its own.
//!
//! Only a server that this module started is ever touched. `<data>/pg` is the cluster,
//! `<data>/postgresql.log` its log, `<data>/bodega.lock` keeps a second process out.

mod account;
mod binaries;
mod keeper;
mod leftover;
mod parameters;
mod place;

use std::fs::{File, TryLockError};
use std::io::{Read, Seek, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use sqlx::postgres::{PgConnectOptions, PgSslMode};

use account::Account;
use keeper::{Keeper, Server};

/// Not a TCP port: only the end of the socket's file name.
const PORT: u16 = 5432;
/// The superuser of the private server, and the database it starts with.
const ADMIN: &str = "postgres";
/// A replay of a full log after a crash may take this long on a slow disk.
const READY_WITHIN: Duration = Duration::from_mins(5);

/// Where a cluster lives and how careful it is.
#[derive(Debug, Clone)]
pub struct ClusterOptions {
    /// Made if absent. Below it: the cluster, its log and our lock.
    pub data_dir: PathBuf,
    /// False gives up every promise about crashes for speed, and removes the data at the end: for
    /// tests.
    pub durable: bool,
}

impl ClusterOptions {
    /// A cluster that keeps what it was told, whatever happens to the machine.
    pub fn durable(data_dir: impl Into<PathBuf>) -> Self {
        Self { data_dir: data_dir.into(), durable: true }
    }

    /// A cluster in a fresh temporary directory, gone at the end.
    ///
    /// # Errors
    /// The directory cannot be made.
    pub fn throwaway() -> Result<Self, ClusterError> {
        Ok(Self { data_dir: place::throwaway()?, durable: false })
    }
}

/// A running private server; stops when dropped, but [`stop`](Self::stop) waits for it.
pub struct Cluster {
    keeper: Keeper,
    socket_dir: PathBuf,
    data_dir: PathBuf,
    durable: bool,
    /// Held, not read: the lock ends with the file.
    _lock: File,
}

/// The private server cannot be had; each message says what to do.
#[derive(Debug, thiserror::Error)]
pub enum ClusterError {
    /// There is nothing to run.
    #[error(
        "no PostgreSQL 15 or newer is installed (its programs `initdb` and `postgres`); install \
         the package `postgresql` (Debian, Ubuntu: apt install postgresql; macOS: brew install \
         postgresql@17), or set DATABASE_URL"
    )]
    NotInstalled,
    /// The data was made by a version that is no longer there.
    #[error(
        "the data in {} was made by PostgreSQL {version}, which is not installed; install the \
         package `postgresql-{version}`", dir.display()
    )]
    VersionGone {
        /// Major version.
        version: u32,
        /// The cluster.
        dir: PathBuf,
    },
    /// Another process of ours has the data.
    #[error(
        "another bodega ({pid}) is using {}; stop it, or give this one its own \
         database.data_dir", dir.display()
    )]
    Busy {
        /// The data directory.
        dir: PathBuf,
        /// Its process id as it wrote it.
        pid: String,
    },
    /// PostgreSQL refuses to run as root, and there is nobody to run as.
    #[error("PostgreSQL does not run as root, and this machine has no user `postgres` or `nobody`")]
    NoAccount,
    /// The account cannot reach the data.
    #[error(
        "PostgreSQL runs as `{account}` here, which may not enter {}; put database.data_dir \
         elsewhere, or chmod o+x that directory", dir.display()
    )]
    Unreachable {
        /// Who runs the server.
        account: String,
        /// The first directory in the way.
        dir: PathBuf,
    },
    /// `initdb` said no.
    #[error("the database could not be made: {0}")]
    Init(String),
    /// The server ended before it was ready.
    #[error("the private PostgreSQL does not start: {0}")]
    Start(String),
    /// A server of an earlier run does not go away.
    #[error("the server of an earlier run (process {0}) does not stop; stop it by hand")]
    Leftover(i32),
    /// The server did not stop in time.
    #[error("the private PostgreSQL did not stop within {} s", .0.as_secs())]
    Stuck(Duration),
    /// A file operation failed.
    #[error("cannot {what} {}", path.display())]
    Io {
        /// A verb.
        what: &'static str,
        /// On what.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
}

impl ClusterError {
    fn io(what: &'static str, path: &Path) -> impl FnOnce(std::io::Error) -> Self + use<> {
        let path = path.to_owned();
        move |source| Self::Io { what, path, source }
    }
}

/// All that is settled before the server runs.
struct Prepared {
    lock: File,
    data_dir: PathBuf,
    socket_dir: PathBuf,
    server: Server,
}

impl Cluster {
    /// Makes the cluster if there is none, clears what an earlier run left behind, starts the
    /// server and waits for it.
    ///
    /// # Errors
    /// See [`ClusterError`]; nothing is left running.
    pub async fn start(options: ClusterOptions) -> Result<Self, ClusterError> {
        let durable = options.durable;
        let prepared = tokio::task::spawn_blocking(move || prepare(&options))
            .await
            .expect("the preparation does not panic")?;
        let Prepared { lock, data_dir, socket_dir, server } = prepared;
        let keeper = Keeper::start(server)?;
        let cluster = Self { keeper, socket_dir, data_dir, durable, _lock: lock };
        tokio::time::timeout(READY_WITHIN, cluster.keeper.ready()).await.unwrap_or_else(|_| {
            Err(ClusterError::Start("it is not ready for too long".to_owned()))
        })?;
        tracing::debug!(data_dir = %cluster.data_dir.display(), "private postgresql is ready");
        Ok(cluster)
    }

    /// How to connect as the superuser; give it to [`crate::database::Database`].
    pub fn options(&self) -> PgConnectOptions {
        PgConnectOptions::new_without_pgpass()
            .socket(&self.socket_dir)
            .port(PORT)
            .username(ADMIN)
            .database(ADMIN)
            .ssl_mode(PgSslMode::Disable)
    }

    /// The same as an address, for other programs and other processes on this machine.
    pub fn url(&self) -> String {
        let dir = self.socket_dir.display();
        format!("postgres://{ADMIN}@localhost:{PORT}/{ADMIN}?host={dir}&sslmode=disable")
    }

    /// The process id of the server; it changes when the server had to be started again.
    pub fn pid(&self) -> Option<i32> {
        self.keeper.pid()
    }

    /// Disconnects everybody, writes everything down and waits for the end of the server.
    ///
    /// # Errors
    /// The server does not end.
    pub async fn stop(self) -> Result<(), ClusterError> {
        self.keeper.stop().await
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        if self.durable {
            self.keeper.begin_stop();
        } else {
            self.keeper.kill();
            place::remove(&self.data_dir);
        }
        place::remove_if_outside(&self.socket_dir, &self.data_dir);
    }
}

fn prepare(options: &ClusterOptions) -> Result<Prepared, ClusterError> {
    let dir = &options.data_dir;
    std::fs::create_dir_all(dir).map_err(ClusterError::io("make", dir))?;
    let data_dir = dir.canonicalize().map_err(ClusterError::io("find", dir))?;
    let lock = lock(&data_dir)?;
    let account = Account::for_server()?;
    account.check_reach(&data_dir)?;

    let cluster_dir = data_dir.join("pg");
    let version = place::version(&cluster_dir)?;
    let programs = binaries::find(version, &cluster_dir)?;
    if version.is_none() {
        place::make_cluster(&programs, &account, &cluster_dir, options)?;
    }
    leftover::clear(&cluster_dir)?;

    let socket_dir = place::socket_dir(&data_dir, &account)?;
    let mut arguments = parameters::arguments(options, &socket_dir);
    arguments.splice(0..0, ["-D".to_owned(), cluster_dir.display().to_string()]);
    let log = data_dir.join("postgresql.log");
    let server = Server { program: programs.postgres, arguments, account, cluster_dir, log };
    Ok(Prepared { lock, data_dir, socket_dir, server })
}

/// The kernel drops this lock with our process, however it ends.
fn lock(data_dir: &Path) -> Result<File, ClusterError> {
    let path = data_dir.join("bodega.lock");
    let failed = |what| ClusterError::io(what, &path);
    let mut file = File::options()
        .create(true)
        .truncate(false)
        .read(true)
        .write(true)
        .open(&path)
        .map_err(failed("open"))?;
    match file.try_lock() {
        Ok(()) => {
            file.set_len(0).map_err(failed("write"))?;
            file.rewind().map_err(failed("write"))?;
            write!(file, "{}", std::process::id()).map_err(failed("write"))?;
            Ok(file)
        }
        Err(TryLockError::WouldBlock) => {
            let mut pid = String::new();
            file.read_to_string(&mut pid).map_err(failed("read"))?;
            Err(ClusterError::Busy { dir: data_dir.to_owned(), pid })
        }
        Err(TryLockError::Error(error)) => Err(failed("lock")(error)),
    }
}
