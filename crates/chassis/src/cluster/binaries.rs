//! Finds the server programs that the system's package manager installed.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::ClusterError;

/// Older ones lack what the schema uses.
const VERSION_MIN: u32 = 15;

/// Directories whose subdirectories (`15`, `postgresql@17`) hold a `bin` each.
const FAMILIES: [&str; 5] = [
    "/usr/lib/postgresql",
    "/usr",
    "/opt/homebrew/opt",
    "/usr/local/opt",
    "/Applications/Postgres.app/Contents/Versions",
];

/// Directories that hold the programs themselves.
const PLACES: [&str; 3] = ["/usr/local/pgsql/bin", "/usr/local/bin", "/opt/homebrew/bin"];

/// The programs of one installation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Programs {
    pub(super) version: u32,
    pub(super) initdb: PathBuf,
    pub(super) postgres: PathBuf,
}

/// The installation of version `wanted` for existing data, or else the newest.
pub(super) fn find(wanted: Option<u32>, cluster_dir: &Path) -> Result<Programs, ClusterError> {
    let mut known: Vec<Programs> = FAMILIES.iter().flat_map(|dir| family(Path::new(dir))).collect();
    known.sort_by_key(|programs| std::cmp::Reverse(programs.version));
    // Only where the usual places have nothing: asking programs for their version takes time.
    let elsewhere = PLACES.iter().map(PathBuf::from).chain(asked_for()).chain(on_path());
    let mut all = known.into_iter().chain(elsewhere.filter_map(|dir| at(&dir, None)));
    match wanted {
        Some(version) => all
            .find(|programs| programs.version == version)
            .ok_or_else(|| ClusterError::VersionGone { version, dir: cluster_dir.to_owned() }),
        None => {
            all.find(|programs| programs.version >= VERSION_MIN).ok_or(ClusterError::NotInstalled)
        }
    }
}

fn family(dir: &Path) -> Vec<Programs> {
    let Ok(entries) = dir.read_dir() else { return Vec::new() };
    entries
        .filter_map(|entry| {
            let path = entry.ok()?.path();
            let version = version_in_name(path.file_name()?.to_str()?)?;
            at(&path.join("bin"), Some(version))
        })
        .collect()
}

/// `15`, `pgsql-16`, `postgresql@17`.
fn version_in_name(name: &str) -> Option<u32> {
    let number = ["pgsql-", "postgresql@", ""].iter().find_map(|start| name.strip_prefix(start))?;
    number.parse().ok()
}

fn at(dir: &Path, version: Option<u32>) -> Option<Programs> {
    let (initdb, postgres) = (dir.join("initdb"), dir.join("postgres"));
    if !(initdb.is_file() && postgres.is_file()) {
        return None;
    }
    let version = version.or_else(|| asked_version(&postgres))?;
    Some(Programs { version, initdb, postgres })
}

/// `postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)`
fn asked_version(postgres: &Path) -> Option<u32> {
    let said = Command::new(postgres).arg("--version").output().ok()?;
    let said = String::from_utf8(said.stdout).ok()?;
    said.split(' ').nth(2)?.split('.').next()?.trim().parse().ok()
}

fn asked_for() -> Option<PathBuf> {
    let said = Command::new("pg_config").arg("--bindir").output().ok()?;
    Some(PathBuf::from(String::from_utf8(said.stdout).ok()?.trim()))
}

fn on_path() -> Vec<PathBuf> {
    std::env::var_os("PATH").map(|path| std::env::split_paths(&path).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_server_programs_of_this_machine_are_found() {
        let programs = find(None, Path::new("/data/pg")).unwrap();
        assert!(programs.version >= VERSION_MIN);
        assert_eq!(asked_version(&programs.postgres), Some(programs.version));
        assert_eq!(find(Some(programs.version), Path::new("/data/pg")).unwrap(), programs);
    }

    #[test]
    fn data_of_a_version_that_is_gone_names_the_package_to_install() {
        let error = find(Some(9), Path::new("/data/pg")).unwrap_err();
        assert!(error.to_string().contains("`postgresql-9`"), "{error}");
        assert!(ClusterError::NotInstalled.to_string().contains("apt install postgresql"));
    }

    #[test]
    fn versions_are_read_from_directory_names() {
        let names = ["15", "pgsql-16", "postgresql@17", "bin", "postgresql", "15.2"];
        let versions: Vec<_> = names.into_iter().map(version_in_name).collect();
        assert_eq!(versions, [Some(15), Some(16), Some(17), None, None, None]);
    }
}
