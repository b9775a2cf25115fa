//! A Redis of a shop's own, for roles that run apart.

use std::process::Stdio;

use tempfile::TempDir;
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};

use crate::PATIENCE;

/// A running `redis-server` on a socket in a temporary folder; killed when dropped.
pub struct Redis {
    _child: Child,
    folder: TempDir,
}

impl Redis {
    /// Starts one and waits until it accepts connections.
    pub async fn start() -> Self {
        Self::start_on(0, "").await
    }

    /// The same, on a port as well and behind a password, as in the compose file of an older shop.
    pub async fn start_on(port: u16, password: &str) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let socket = folder.path().join("redis.sock");
        let mut child = Command::new("redis-server")
            .args(["--bind", "127.0.0.1", "--port", &port.to_string()])
            .args(["--requirepass", password])
            .args(["--save", "", "--appendonly", "no", "--unixsocket"])
            .arg(&socket)
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .expect("redis-server is installed (apt-get install redis-server)");
        let mut lines = BufReader::new(child.stdout.take().expect("stdout is piped")).lines();
        let ready = async {
            while let Some(line) = lines.next_line().await.expect("its log is readable") {
                if line.contains("ready to accept connections") {
                    return;
                }
            }
            panic!("redis-server ended before it was ready");
        };
        tokio::time::timeout(PATIENCE, ready).await.expect("redis is ready in time");
        Self { _child: child, folder }
    }

    /// Where it is.
    pub fn url(&self) -> String {
        format!("redis+unix://{}", self.folder.path().join("redis.sock").display())
    }
}
