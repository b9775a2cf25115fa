//! What an earlier run left behind: a server that outlived a killed process of ours, or only its
//! pid file.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};

use super::ClusterError;

const POLL: Duration = Duration::from_millis(5);
/// For a clean end, and then for an end without writing everything down (the next start does that).
const PATIENCE: [(Signal, Duration); 2] =
    [(Signal::INT, Duration::from_secs(30)), (Signal::QUIT, Duration::from_secs(10))];

/// What a process id stands for now.
enum Process {
    OurServer(Pid),
    Somebody,
    Nobody,
}

/// Stops a server that still runs on this cluster and disarms a pid file that points at somebody
/// else.
pub(super) fn clear(cluster_dir: &Path) -> Result<(), ClusterError> {
    let file = pid_file(cluster_dir);
    let Ok(text) = std::fs::read_to_string(&file) else { return Ok(()) };
    let Some(pid) = first_number(&text) else {
        // Cut short by a crash. Nothing has started from here since: we hold the lock.
        return std::fs::remove_file(&file).map_err(ClusterError::io("remove", &file));
    };
    match look_at(pid, cluster_dir) {
        Process::OurServer(pid) => stop(pid, cluster_dir),
        Process::Somebody => disarm(&file, &text),
        // The server finds that out itself.
        Process::Nobody => Ok(()),
    }
}

/// Where the server writes its process id and state.
pub(super) fn pid_file(cluster_dir: &Path) -> PathBuf {
    cluster_dir.join("postmaster.pid")
}

/// True when the server of process `pid`, and no other, says that it accepts connections.
pub(super) fn is_ready(cluster_dir: &Path, pid: i32) -> bool {
    std::fs::read_to_string(pid_file(cluster_dir)).is_ok_and(|text| {
        first_number(&text) == Some(pid) && text.lines().nth(7).map(str::trim_end) == Some("ready")
    })
}

fn stop(pid: Pid, cluster_dir: &Path) -> Result<(), ClusterError> {
    let raw = pid.as_raw_nonzero().get();
    tracing::warn!(pid = raw, "stopping the private postgresql that an earlier run left behind");
    for (signal, patience) in PATIENCE {
        // It may have gone by itself.
        kill_process(pid, signal).ok();
        let since = Instant::now();
        while since.elapsed() < patience {
            if !matches!(look_at(raw, cluster_dir), Process::OurServer(_)) {
                return Ok(());
            }
            std::thread::park_timeout(POLL);
        }
    }
    Err(ClusterError::Leftover(raw))
}

/// The pid now belongs to another program, for which the server would wait in vain. The file stays,
/// because it also names the shared memory that surviving children of the dead server may still
/// hold; with the pid of its parent in it the server takes the file as stale and still looks there.
fn disarm(file: &Path, text: &str) -> Result<(), ClusterError> {
    let rest = text.split_once('\n').map(|(_, rest)| rest).unwrap_or_default();
    std::fs::write(file, format!("{}\n{rest}", std::process::id()))
        .map_err(ClusterError::io("write", file))
}

fn first_number(text: &str) -> Option<i32> {
    text.lines().next()?.trim().parse().ok().filter(|pid| *pid > 0)
}

fn look_at(raw: i32, cluster_dir: &Path) -> Process {
    let Some(pid) = Pid::from_raw(raw) else { return Process::Nobody };
    if rustix::process::test_kill_process(pid) == Err(rustix::io::Errno::SRCH) {
        Process::Nobody
    } else if is_our_server(raw, cluster_dir) {
        Process::OurServer(pid)
    } else {
        Process::Somebody
    }
}

/// A server works in its data directory. One that ended and was not yet waited for has none.
#[cfg(target_os = "linux")]
fn is_our_server(pid: i32, cluster_dir: &Path) -> bool {
    let link = |name| std::fs::read_link(format!("/proc/{pid}/{name}"));
    let runs_postgres = link("exe").is_ok_and(|exe| {
        // " (deleted)" is appended when the package was upgraded meanwhile.
        exe.file_name().is_some_and(|name| name.to_string_lossy().starts_with("postgres"))
    });
    runs_postgres && link("cwd").is_ok_and(|cwd| cwd == cluster_dir)
}

/// Without /proc the name has to do; the data directory holds only servers of ours.
#[cfg(not(target_os = "linux"))]
fn is_our_server(pid: i32, _cluster_dir: &Path) -> bool {
    let said =
        std::process::Command::new("ps").args(["-o", "comm=", "-p", &pid.to_string()]).output();
    said.is_ok_and(|said| String::from_utf8_lossy(&said.stdout).contains("postgres"))
}
