//! The chores of this repository. `make help` names the usual ones.

mod gate;
mod parity;
mod queries;
mod server;
mod steps;
mod supply;
mod tidy;
mod tree;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result};
use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(about = "The chores of this repository", disable_help_subcommand = true)]
struct Arguments {
    #[command(subcommand)]
    chore: Chore,
}

#[derive(Subcommand)]
enum Chore {
    /// Checks layers, sizes, names and habits; says where and what to mend
    Tidy,
    /// Writes .sqlx again, what the compiler knows about our SQL when no database is there
    Sqlx {
        /// Change nothing; fail if .sqlx is not what the SQL and the migrations give
        #[arg(long)]
        check: bool,
    },
    /// Writes which tests prove which feature into docs/parity.md
    Parity {
        /// Change nothing; fail if the page is not what the tests say
        #[arg(long)]
        check: bool,
    },
    /// Checks licences and sources of all that we depend on
    Supply,
    /// Runs everything that must be green before a change goes in
    Test,
    /// Builds for speed and measures the whole path beside the machine's own limits
    Bench {
        /// Passed on to the benches
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        arguments: Vec<String>,
    },
}

fn main() -> ExitCode {
    let root = root();
    let done = match Arguments::parse().chore {
        Chore::Tidy => tidy::run(&root),
        Chore::Sqlx { check: false } => queries::write(&root),
        Chore::Sqlx { check: true } => queries::check(&root),
        Chore::Parity { check: false } => parity::write(&root),
        Chore::Parity { check: true } => parity::check(&root),
        Chore::Supply => supply::check(&root),
        Chore::Test => gate::run(&root),
        Chore::Bench { arguments } => bench(&root, &arguments),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::FAILURE
        }
    }
}

/// The shipping executable and the benches that drive it.
fn bench(root: &Path, arguments: &[String]) -> Result<()> {
    steps::cargo(root, &["build", "--release", "-p", "bodega"])?;
    let mut all = vec!["bench", "-p", "journeys"];
    if !arguments.is_empty() {
        all.push("--");
        all.extend(arguments.iter().map(String::as_str));
    }
    steps::cargo(root, &all).context("the benches failed")
}

/// The workspace, two folders above this package.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().skip(2).take(1).collect()
}
