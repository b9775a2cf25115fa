//! Everything that must be green before a change goes in, cheapest first.

use std::path::Path;

use anyhow::Result;

use crate::server::Server;
use crate::steps::{Steps, cargo, cargo_with};
use crate::{parity, queries, supply, tidy};

/// Where tests find the server on which each makes a database of its own.
const SERVER: &str = "BODEGA_TEST_DATABASE_URL";
/// `one` runs all roles in one process, `split` one process per role.
const TOPOLOGY: &str = "TOPOLOGY";

/// Always with the whole workspace, or cargo would choose other features and build everything again.
const NEXTEST: [&str; 4] = ["nextest", "run", "--workspace", "-E"];

/// Runs all steps; what it started is gone at the end.
///
/// # Errors
/// The first step that fails.
pub fn run(root: &Path) -> Result<()> {
    let mut steps = Steps::new(11);
    steps.step("format", || cargo(root, &["fmt", "--all", "--check"]))?;
    steps.step("tidy", || tidy::run(root))?;
    steps.step("what is built is proved", || parity::check(root))?;
    steps.step("what comes in with dependencies", || supply::check(root))?;
    steps.step("lints", || {
        cargo(root, &["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"])
    })?;
    let server = steps.step("a throwaway PostgreSQL", || Server::start(root))?;
    steps.step("queries are as .sqlx says", || queries::check_on(root, &server))?;
    steps.step("build", || {
        cargo(root, &["build", "--workspace", "--bins", "--tests", "--examples"])
    })?;
    steps.step("tests of the packages", || {
        tests(root, "not package(journeys)", &[(SERVER, server.url())])
    })?;
    steps.step("journeys in one process", || {
        tests(root, "package(journeys)", &[(SERVER, server.url()), (TOPOLOGY, "one")])
    })?;
    steps.step("journeys with one process per role", || {
        tests(root, "package(journeys)", &[(SERVER, server.url()), (TOPOLOGY, "split")])
    })?;
    drop(server);
    eprintln!("{}\nall green", steps.table());
    Ok(())
}

fn tests(root: &Path, which: &str, environment: &[(&str, &str)]) -> Result<()> {
    let mut arguments = NEXTEST.to_vec();
    arguments.push(which);
    cargo_with(root, &arguments, environment)
}
