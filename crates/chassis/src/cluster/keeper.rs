//! Keeps the server running: one thread that starts it, waits for its end and starts it again
//! unless told to stop.
//!
//! A thread and not a task, because the kernel's "die with your parent" means the thread that
//! started the child.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::process::{Child, ExitStatus, Stdio};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process};
use tokio::sync::watch;

use super::account::Account;
use super::{ClusterError, leftover};

const POLL: Duration = Duration::from_millis(5);
/// Between two starts of a server that was ready before.
const RESTART_AFTER: Duration = Duration::from_millis(250);
/// Children of a killed server hold its memory until they notice.
const STARTS_MAX: u32 = 40;
/// For everything to be written down, and then for an end without that.
const PATIENCE: [(Signal, Duration); 2] =
    [(Signal::INT, Duration::from_mins(1)), (Signal::QUIT, Duration::from_secs(10))];
const LOG_BYTES_MAX: u64 = 8 << 20;
const LOG_TAIL_BYTES: i64 = 2_000;

/// What is run.
pub(super) struct Server {
    pub(super) program: PathBuf,
    pub(super) arguments: Vec<String>,
    pub(super) account: Account,
    pub(super) cluster_dir: PathBuf,
    pub(super) log: PathBuf,
}

/// What the thread says of its child.
#[derive(Clone)]
enum Status {
    Starting,
    Running(i32),
    Failed(String),
    Ended,
}

/// What others say to the thread.
#[derive(Default)]
struct Orders {
    stop: bool,
    was_ready: bool,
    pid: Option<Pid>,
}

/// The handle of the thread.
pub(super) struct Keeper {
    cluster_dir: PathBuf,
    orders: Arc<Mutex<Orders>>,
    status: watch::Receiver<Status>,
    thread: Option<JoinHandle<()>>,
}

impl Keeper {
    /// Starts the thread, which starts the server.
    pub(super) fn start(server: Server) -> Result<Self, ClusterError> {
        let orders = Arc::new(Mutex::new(Orders::default()));
        let (tell, status) = watch::channel(Status::Starting);
        let cluster_dir = server.cluster_dir.clone();
        let run = Run { server, orders: Arc::clone(&orders), tell };
        let thread = std::thread::Builder::new()
            .name("postgresql".to_owned())
            .spawn(move || run.until_stopped())
            .map_err(ClusterError::io("start the keeper of", &cluster_dir))?;
        Ok(Self { cluster_dir, orders, status, thread: Some(thread) })
    }

    /// Waits until the server accepts connections.
    pub(super) async fn ready(&self) -> Result<(), ClusterError> {
        loop {
            let status = self.status.borrow().clone();
            match status {
                Status::Running(pid) if leftover::is_ready(&self.cluster_dir, pid) => break,
                Status::Failed(reason) => return Err(ClusterError::Start(reason)),
                Status::Ended => return Err(ClusterError::Start("it was stopped".to_owned())),
                Status::Running(_) | Status::Starting => tokio::time::sleep(POLL).await,
            }
        }
        lock(&self.orders).was_ready = true;
        Ok(())
    }

    /// The process id of the server while it runs.
    pub(super) fn pid(&self) -> Option<i32> {
        lock(&self.orders).pid.map(|pid| pid.as_raw_nonzero().get())
    }

    /// Asks for a clean stop and waits for it.
    pub(super) async fn stop(&self) -> Result<(), ClusterError> {
        let mut status = self.status.clone();
        for (signal, patience) in PATIENCE {
            self.order_stop(signal);
            let ended = status.wait_for(|now| matches!(now, Status::Ended | Status::Failed(_)));
            if tokio::time::timeout(patience, ended).await.is_ok() {
                return Ok(());
            }
        }
        Err(ClusterError::Stuck(PATIENCE[0].1 + PATIENCE[1].1))
    }

    /// Asks for a clean stop.
    pub(super) fn begin_stop(&self) {
        self.order_stop(Signal::INT);
    }

    /// Ends the server at once and waits; only for data that nobody wants.
    pub(super) fn kill(&mut self) {
        self.order_stop(Signal::QUIT);
        if let Some(thread) = self.thread.take() {
            thread.join().ok();
        }
    }

    fn order_stop(&self, signal: Signal) {
        let mut orders = lock(&self.orders);
        orders.stop = true;
        if let Some(pid) = orders.pid {
            // It may have ended by itself.
            kill_process(pid, signal).ok();
        }
        drop(orders);
        if let Some(thread) = &self.thread {
            thread.thread().unpark();
        }
    }
}

/// The thread's own.
struct Run {
    server: Server,
    orders: Arc<Mutex<Orders>>,
    tell: watch::Sender<Status>,
}

impl Run {
    fn until_stopped(self) {
        for start in 1.. {
            let child = match self.start_child() {
                Ok(Some(child)) => child,
                Ok(None) => break,
                Err(error) => return self.fail(error.to_string()),
            };
            let ended = self.wait_for(child);
            let orders = lock(&self.orders);
            if orders.stop {
                break;
            }
            let reason = format!("it ended with {ended}: {}", tail(&self.server.log));
            // Ended before it was ready for the first time: somebody waits for the reason, unless
            // time will cure it.
            let curable = reason.contains("shared memory block") && start < STARTS_MAX;
            if !orders.was_ready && !curable {
                return self.fail(reason);
            }
            drop(orders);
            tracing::error!(reason, "the private postgresql ended, starting it again");
            metrics::counter!("bodega_postgresql_restarts_total").increment(1);
            std::thread::park_timeout(RESTART_AFTER);
        }
        self.tell.send_replace(Status::Ended);
    }

    /// Starts the server, unless the stop came first.
    fn start_child(&self) -> Result<Option<Child>, ClusterError> {
        let log = self.server.open_log()?;
        let mut orders = lock(&self.orders);
        if orders.stop {
            return Ok(None);
        }
        let child = self
            .server
            .account
            .command(&self.server.program)
            .args(&self.server.arguments)
            .current_dir(&self.server.cluster_dir)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(log)
            .spawn()
            .map_err(ClusterError::io("run", &self.server.program))?;
        let pid = i32::try_from(child.id()).ok().and_then(Pid::from_raw);
        orders.pid = pid;
        drop(orders);
        self.tell.send_replace(Status::Running(pid.map_or(0, |pid| pid.as_raw_nonzero().get())));
        Ok(Some(child))
    }

    fn wait_for(&self, mut child: Child) -> String {
        let ended = child.wait();
        lock(&self.orders).pid = None;
        ended.map_or_else(|error| error.to_string(), |status: ExitStatus| status.to_string())
    }

    fn fail(&self, reason: String) {
        self.tell.send_replace(Status::Failed(reason));
    }
}

impl Server {
    /// The log, begun anew when it has grown large; the one before is kept.
    fn open_log(&self) -> Result<File, ClusterError> {
        if self.log.metadata().is_ok_and(|log| log.len() > LOG_BYTES_MAX) {
            std::fs::rename(&self.log, self.log.with_extension("log.1"))
                .map_err(ClusterError::io("rename", &self.log))?;
        }
        File::options()
            .create(true)
            .append(true)
            .open(&self.log)
            .map_err(ClusterError::io("open", &self.log))
    }
}

/// The last lines of the log.
fn tail(log: &Path) -> String {
    let read = || -> std::io::Result<String> {
        let mut file = File::open(log)?;
        let length = i64::try_from(file.metadata()?.len()).unwrap_or(i64::MAX);
        file.seek(SeekFrom::End(-length.min(LOG_TAIL_BYTES)))?;
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes)?;
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let lines: Vec<&str> = text.lines().rev().take(5).collect();
        Ok(lines.into_iter().rev().collect::<Vec<_>>().join("; "))
    };
    read().unwrap_or_else(|error| format!("its log cannot be read: {error}"))
}

fn lock(orders: &Mutex<Orders>) -> MutexGuard<'_, Orders> {
    orders.lock().unwrap_or_else(PoisonError::into_inner)
}
