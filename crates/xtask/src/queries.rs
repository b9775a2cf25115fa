//! Keeps `.sqlx`, from which the compiler knows our SQL when no database is there.
//!
//! sqlx's macros write one file for each query that they see while they compile against a real database. Files of
//! queries that are gone would stay, so each run starts from nothing and everything with a query compiles again.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};

use crate::server::Server;
use crate::steps::{cargo_with, run};
use crate::tree::Tree;

const KEPT: &str = ".sqlx";
/// The tables of durable are in the schema of every service.
const SHARED_MIGRATIONS: &str = "crates/durable/migrations";

/// What describes a query, by file name.
type Queries = BTreeMap<String, String>;

/// Replaces `.sqlx`.
pub fn write(root: &Path) -> Result<()> {
    let queries = describe(root, &Server::start(root)?)?;
    let kept = root.join(KEPT);
    if kept.exists() {
        std::fs::remove_dir_all(&kept)?;
    }
    std::fs::create_dir(&kept)?;
    for (name, text) in &queries {
        std::fs::write(kept.join(name), text)?;
    }
    println!("{KEPT} has {} queries", queries.len());
    Ok(())
}

/// Fails if `.sqlx` is not what the SQL and the migrations give.
pub fn check(root: &Path) -> Result<()> {
    check_on(root, &Server::start(root)?)
}

/// The same on a server that runs already.
pub fn check_on(root: &Path, server: &Server) -> Result<()> {
    let stale = differences(&read(&root.join(KEPT))?, &describe(root, server)?);
    for line in &stale {
        println!("{line}");
    }
    ensure!(stale.is_empty(), "{KEPT} is not up to date: run `make sqlx` and commit it");
    Ok(())
}

/// Compiles everything against a database with all tables and collects what sqlx found out.
fn describe(root: &Path, server: &Server) -> Result<Queries> {
    let tree = Tree::read(root)?;
    let url = database(root, &tree, server)?;
    let fresh = scratch(root)?;
    touch(root, &tree)?;
    let folder = fresh.display().to_string();
    let environment =
        [("DATABASE_URL", url.as_str()), ("SQLX_OFFLINE", "false"), ("SQLX_OFFLINE_DIR", &folder)];
    cargo_with(root, &["check", "--workspace", "--all-targets"], &environment)?;
    read(&fresh)
}

/// A database with one schema per service, migrated; returns how to connect to it.
fn database(root: &Path, tree: &Tree, server: &Server) -> Result<String> {
    psql(server.url(), "public", &["-c", "create database queries"])?;
    let url = server.url().replacen("/postgres?", "/queries?", 1);
    for service in tree.services() {
        psql(&url, "public", &["-c", &format!("create schema {service}")])?;
        let own = format!("services/{service}/migrations");
        for file in tree.within(SHARED_MIGRATIONS).chain(tree.within(&own)) {
            let path = root.join(&file.path);
            psql(&url, service, &["-f", &path.display().to_string()])?;
        }
    }
    Ok(url)
}

fn psql(url: &str, schema: &str, what: &[&str]) -> Result<()> {
    let mut command = Command::new("psql");
    command.args(["--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", url]).args(what);
    run(command.env("PGOPTIONS", format!("-c search_path={schema} -c client_min_messages=warning")))
}

/// A compiled file would not be looked at again, and its queries would be missing.
fn touch(root: &Path, tree: &Tree) -> Result<()> {
    let has_query = |text: &str| {
        text.split("query").skip(1).any(|rest| {
            rest.trim_start_matches(|c: char| c.is_ascii_lowercase() || c == '_').starts_with('!')
        })
    };
    // Our own rules speak of queries and have none.
    let is_ours = |path: &str| path.starts_with("crates/xtask/");
    let files = tree
        .files()
        .iter()
        .filter(|file| file.extension() == "rs" && !is_ours(&file.path) && has_query(&file.text));
    let paths: Vec<_> = files.map(|file| root.join(&file.path)).collect();
    if paths.is_empty() { Ok(()) } else { run(Command::new("touch").args(paths)) }
}

fn read(folder: &Path) -> Result<Queries> {
    let mut queries = Queries::new();
    if folder.exists() {
        for entry in folder.read_dir()? {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            queries.insert(name, std::fs::read_to_string(entry.path())?);
        }
    }
    Ok(queries)
}

/// One line for each query that is missing, gone or described otherwise.
fn differences(kept: &Queries, fresh: &Queries) -> Vec<String> {
    let missing = fresh.iter().filter(|(name, _)| !kept.contains_key(*name));
    let gone = kept.iter().filter(|(name, _)| !fresh.contains_key(*name));
    let changed = fresh.iter().filter(|(name, text)| kept.get(*name).is_some_and(|k| k != *text));
    let line = |what: &'static str| {
        move |(_, text): (&String, &String)| format!("{what}: {}", statement(text))
    };
    missing
        .map(line("new"))
        .chain(gone.map(line("gone")))
        .chain(changed.map(line("changed")))
        .collect()
}

/// The SQL of a description, on one line.
fn statement(text: &str) -> String {
    let description: serde_json::Value = serde_json::from_str(text).unwrap_or_default();
    let sql = description["query"].as_str().unwrap_or("a file that is no description");
    sql.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// An empty folder; the next run empties it again.
fn scratch(root: &Path) -> Result<PathBuf> {
    let path = root.join("target/sqlx");
    if path.exists() {
        std::fs::remove_dir_all(&path)?;
    }
    std::fs::create_dir_all(&path).with_context(|| format!("cannot make {}", path.display()))?;
    Ok(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn queries(all: &[(&str, &str)]) -> Queries {
        let text = |sql: &str| serde_json::json!({ "query": sql }).to_string();
        all.iter().map(|(name, sql)| ((*name).to_owned(), text(sql))).collect()
    }

    #[test]
    fn differences_are_told_by_their_sql() {
        let kept = queries(&[("a", "select 1"), ("b", "select 2"), ("c", "select 3")]);
        let fresh = queries(&[("a", "select 1"), ("b", "select\n  20"), ("d", "select 4")]);
        assert_eq!(
            differences(&kept, &fresh),
            ["new: select 4", "gone: select 3", "changed: select 20"]
        );
        assert_eq!(differences(&kept, &kept), [""; 0]);
    }

    #[test]
    fn what_is_not_there_yet_has_no_queries() {
        assert!(read(Path::new("/nowhere/at/all")).unwrap().is_empty());
    }
}
