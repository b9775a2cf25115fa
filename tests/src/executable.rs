//! The executable under test, as a child process that says when it is ready.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{ExitStatus, Stdio};

use serde_json::Value;
use tokio::io::{AsyncBufReadExt, BufReader, Lines};
use tokio::process::{Child, ChildStdout, Command};

use crate::PATIENCE;

/// Environment of a process.
pub type Env = BTreeMap<String, String>;

/// A running `bodega run`; killed when dropped.
pub struct Executable {
    child: Child,
    /// What it printed when it was ready.
    addresses: Value,
    _stdout: Lines<BufReader<ChildStdout>>,
}

impl Executable {
    /// Starts `bodega run [role]` and waits until it is ready.
    pub async fn start(role: Option<&str>, env: &Env) -> Self {
        let mut command = command(env);
        command.args(["run"]).args(role);
        Self::ready(command, &format!("bodega run {role:?}")).await
    }

    /// Starts `bodega run` in a folder, whose `.env` file it reads.
    pub async fn start_in(folder: &Path, env: &Env) -> Self {
        let mut command = command(env);
        command.arg("run").current_dir(folder);
        Self::ready(command, "bodega run").await
    }

    async fn ready(mut command: Command, name: &str) -> Self {
        command.stdout(Stdio::piped());
        let mut child = command.spawn().expect("bodega starts");
        let stdout = child.stdout.take().expect("stdout is piped");
        let mut stdout = BufReader::new(stdout).lines();
        let line = tokio::time::timeout(PATIENCE, stdout.next_line()).await;
        let line = line.expect("ready in time").expect("stdout is readable");
        let line = line.unwrap_or_else(|| panic!("{name} ended before it was ready"));
        let addresses = serde_json::from_str(&line).expect("the addresses are JSON");
        Self { child, addresses, _stdout: stdout }
    }

    /// Runs a command of the executable that ends by itself.
    pub async fn run(arguments: &[&str], env: &Env) -> ExitStatus {
        let mut command = command(env);
        let mut child = command.args(arguments).stdout(Stdio::null()).spawn().expect("bodega runs");
        let ended = tokio::time::timeout(PATIENCE, child.wait()).await;
        ended.expect("it ends in time").expect("its status is known")
    }

    /// An address that it printed: `gateway`, `grpc` or `ops`.
    pub fn address(&self, name: &str) -> Option<&str> {
        self.addresses[name].as_str()
    }

    /// SIGKILL: nothing is finished, nothing is said.
    pub async fn kill(mut self) {
        self.child.kill().await.expect("it was running");
    }

    /// Waits until it ends by itself.
    pub async fn ended(&mut self) -> ExitStatus {
        let ended = tokio::time::timeout(PATIENCE, self.child.wait()).await;
        ended.expect("it ends in time").expect("its status is known")
    }

    /// SIGTERM, and the exit status.
    pub async fn stop(mut self) -> ExitStatus {
        let pid = self.child.id().expect("it runs").to_string();
        let sent = Command::new("kill").args(["-TERM", &pid]).status().await;
        assert!(sent.expect("kill runs").success());
        self.ended().await
    }

    /// Its process id.
    pub fn pid(&self) -> u32 {
        self.child.id().expect("it runs")
    }
}

fn command(env: &Env) -> Command {
    let mut command = Command::new(path());
    command.env_clear().envs(env).kill_on_drop(true);
    // Its log is the first thing to read when a journey fails.
    command.stdin(Stdio::null()).stderr(Stdio::inherit());
    command
}

/// Beside the test's own executable: `target/<profile>/bodega`.
fn path() -> PathBuf {
    let own = std::env::current_exe().expect("a test has a path");
    let folder = own.ancestors().nth(2).expect("target/<profile>/deps/<test>");
    let path = folder.join("bodega");
    assert!(path.exists(), "{} is missing: cargo build -p bodega", path.display());
    path
}
