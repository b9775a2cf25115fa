//! A throwaway PostgreSQL beside a chore: fast, on a socket of its own, gone with us however we end.

use std::io::{BufRead, BufReader};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use anyhow::{Context, Result, ensure};
use serde::Deserialize;

/// A running server; stops when dropped.
pub struct Server {
    child: Child,
    url: String,
}

/// One line of what cargo built.
#[derive(Deserialize)]
struct Built {
    executable: Option<PathBuf>,
}

impl Server {
    /// Builds and starts `examples/postgres.rs`, which watches over the server: it ends when its input does.
    pub fn start(root: &Path) -> Result<Self> {
        let mut child = Command::new(build(root)?)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            // Ctrl-C is for the tests; the server goes after them.
            .process_group(0)
            .spawn()
            .context("cannot start the keeper of the throwaway PostgreSQL")?;
        let output = child.stdout.take().context("its output is ours")?;
        let mut url = String::new();
        BufReader::new(output).read_line(&mut url)?;
        let url = url.trim().to_owned();
        ensure!(!url.is_empty(), "the throwaway PostgreSQL did not start; see above");
        Ok(Self { child, url })
    }

    /// How its administrator connects.
    pub fn url(&self) -> &str {
        &self.url
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.child.stdin.take());
        // It cleans up by itself; a failure to wait leaves nothing to do.
        self.child.wait().ok();
    }
}

/// With `--workspace`, or cargo would build our libraries again with other features than the tests need.
fn build(root: &Path) -> Result<PathBuf> {
    let output = Command::new("cargo")
        .args(["build", "--workspace", "--example", "postgres"])
        .arg("--message-format=json-render-diagnostics")
        .current_dir(root)
        .stderr(Stdio::inherit())
        .output()
        .context("cannot run cargo")?;
    ensure!(output.status.success(), "the keeper of the throwaway PostgreSQL does not build");
    let lines = output.stdout.split(|byte| *byte == b'\n');
    let mut built = lines.filter_map(|line| serde_json::from_slice::<Built>(line).ok());
    built.find_map(|built| built.executable).context("cargo built no program")
}
