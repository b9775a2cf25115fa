//! Directories of the private server: its data, made whole or not at all, and a socket that only it
//! and we can reach.

use std::fs::{DirBuilder, File, Permissions};
use std::os::unix::fs::{DirBuilderExt, MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use super::account::Account;
use super::binaries::Programs;
use super::{ADMIN, ClusterError, ClusterOptions};

/// Addresses of sockets hold 107 bytes, on some systems 103, file name included.
const SOCKET_DIR_BYTES_MAX: usize = 80;
/// Where directories for sockets go when the data is too deep, and those of tests.
const TEMPORARY: &str = "/tmp";
const THROWAWAY_PREFIX: &str = "bodega-throwaway-";
/// A directory this old whose lock is free was left behind.
const LEFT_BEHIND_AFTER: Duration = Duration::from_mins(10);
/// `C` alone does not know Russian letters; macOS has no `C.UTF-8`.
const LOCALE: &str = if cfg!(target_os = "macos") { "en_US.UTF-8" } else { "C.UTF-8" };

/// The major version that made the cluster, if there is one.
pub(super) fn version(cluster_dir: &Path) -> Result<Option<u32>, ClusterError> {
    let file = cluster_dir.join("PG_VERSION");
    match std::fs::read_to_string(&file) {
        Ok(text) => {
            text.trim().parse().map(Some).map_err(|_| {
                ClusterError::Init(format!("{} does not hold a version", file.display()))
            })
        }
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(ClusterError::io("read", &file)(error)),
    }
}

/// Makes the cluster beside its place and moves it there, so that one cut short is never taken for
/// one.
pub(super) fn make_cluster(
    programs: &Programs,
    account: &Account,
    cluster_dir: &Path,
    options: &ClusterOptions,
) -> Result<(), ClusterError> {
    let fresh = cluster_dir.with_extension("new");
    match std::fs::remove_dir_all(&fresh) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            return Err(ClusterError::io("remove", &fresh)(error));
        }
        _ => {}
    }
    private_dir(&fresh, account)?;
    let mut initdb = account.command(&programs.initdb);
    initdb.arg("-D").arg(&fresh).args(["-U", ADMIN, "-E", "UTF8", "--auth", "trust"]);
    initdb.args(["--locale", LOCALE, "--no-instructions"]);
    initdb.arg(if options.durable { "--data-checksums" } else { "--no-sync" });
    let made = initdb
        .current_dir(&fresh)
        .stdin(Stdio::null())
        .output()
        .map_err(ClusterError::io("run", &programs.initdb))?;
    if !made.status.success() {
        return Err(ClusterError::Init(String::from_utf8_lossy(&made.stderr).trim().to_owned()));
    }
    std::fs::rename(&fresh, cluster_dir).map_err(ClusterError::io("make", cluster_dir))?;
    if options.durable
        && let Some(parent) = cluster_dir.parent()
    {
        let synced = File::open(parent).and_then(|dir| dir.sync_all());
        synced.map_err(ClusterError::io("write", parent))?;
    }
    Ok(())
}

/// A directory for the socket that nobody else may enter, with a short enough name.
pub(super) fn socket_dir(data_dir: &Path, account: &Account) -> Result<PathBuf, ClusterError> {
    let inside = data_dir.join("socket");
    let dir = if inside.as_os_str().len() <= SOCKET_DIR_BYTES_MAX {
        inside
    } else {
        let path = data_dir.as_os_str().as_encoded_bytes();
        let digest = ring::digest::digest(&ring::digest::SHA256, path);
        Path::new(TEMPORARY).join(format!("bodega-{}", hex::encode(&digest.as_ref()[..8])))
    };
    match dir.symlink_metadata() {
        // Ours of an earlier run; anybody could have made one of that name under /tmp.
        Ok(found) if found.is_dir() && found.uid() == account.uid() => {
            std::fs::set_permissions(&dir, Permissions::from_mode(0o700))
                .map_err(ClusterError::io("close", &dir))?;
        }
        Ok(_) => {
            let error = std::io::Error::other("it is there already and not ours; remove it");
            return Err(ClusterError::io("use", &dir)(error));
        }
        Err(_) => private_dir(&dir, account)?,
    }
    Ok(dir)
}

/// A fresh directory for a throwaway cluster; sweeps those that killed processes left behind.
pub(super) fn throwaway() -> Result<PathBuf, ClusterError> {
    sweep(Path::new(TEMPORARY));
    let own = std::process::id();
    for number in 0..10_000 {
        let dir = Path::new(TEMPORARY).join(format!("{THROWAWAY_PREFIX}{own}-{number}"));
        match DirBuilder::new().mode(0o755).create(&dir) {
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {}
            made => return made.map(|()| dir.clone()).map_err(ClusterError::io("make", &dir)),
        }
    }
    Err(ClusterError::Init("no name is left for a temporary directory".to_owned()))
}

fn sweep(parent: &Path) {
    let Ok(entries) = parent.read_dir() else { return };
    for dir in entries.filter_map(|entry| Some(entry.ok()?.path())) {
        let ours = dir.file_name().and_then(|name| name.to_str());
        if ours.is_some_and(|name| name.starts_with(THROWAWAY_PREFIX)) && is_left_behind(&dir) {
            remove(&dir);
        }
    }
}

fn is_left_behind(dir: &Path) -> bool {
    let old = dir
        .metadata()
        .and_then(|metadata| metadata.modified())
        .is_ok_and(|made| made.elapsed().is_ok_and(|age| age > LEFT_BEHIND_AFTER));
    old && File::open(dir.join("bodega.lock")).is_ok_and(|lock| lock.try_lock().is_ok())
}

/// Removes a directory; what cannot be removed is left for the next sweep.
pub(super) fn remove(dir: &Path) {
    if let Err(error) = std::fs::remove_dir_all(dir) {
        tracing::debug!(dir = %dir.display(), %error, "directory not removed");
    }
}

/// Removes a directory for the socket that had to go elsewhere; one in use is not empty and stays.
pub(super) fn remove_if_outside(socket_dir: &Path, data_dir: &Path) {
    if !socket_dir.starts_with(data_dir) {
        std::fs::remove_dir(socket_dir).ok();
    }
}

fn private_dir(dir: &Path, account: &Account) -> Result<(), ClusterError> {
    DirBuilder::new().mode(0o700).create(dir).map_err(ClusterError::io("make", dir))?;
    account.own(dir)
}
