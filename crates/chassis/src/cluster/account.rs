//! Who runs the server: we ourselves, or an unprivileged account when we are root, which PostgreSQL
//! refuses.

use std::fs::Metadata;
use std::os::unix::fs::MetadataExt;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::Command;

use super::ClusterError;

const PASSWD: &str = "/etc/passwd";
const SETPRIV: &str = "/usr/bin/setpriv";

/// The account that the server and `initdb` run as.
#[derive(Debug, Clone)]
pub(super) struct Account {
    name: String,
    uid: u32,
    gid: u32,
    /// We are root and become this account for the server.
    switch: bool,
}

impl Account {
    /// Ourselves, or as root `postgres`, or else `nobody`.
    pub(super) fn for_server() -> Result<Self, ClusterError> {
        let uid = rustix::process::geteuid().as_raw();
        if uid != 0 {
            let gid = rustix::process::getegid().as_raw();
            return Ok(Self { name: uid.to_string(), uid, gid, switch: false });
        }
        let passwd =
            std::fs::read_to_string(PASSWD).map_err(ClusterError::io("read", Path::new(PASSWD)))?;
        ["postgres", "nobody"]
            .iter()
            .find_map(|name| from_passwd(&passwd, name))
            .ok_or(ClusterError::NoAccount)
    }

    /// The uid that must own the server's directories.
    pub(super) fn uid(&self) -> u32 {
        self.uid
    }

    /// Hands a file or directory over to the account.
    pub(super) fn own(&self, path: &Path) -> Result<(), ClusterError> {
        if !self.switch {
            return Ok(());
        }
        std::os::unix::fs::chown(path, Some(self.uid), Some(self.gid))
            .map_err(ClusterError::io("hand over", path))
    }

    /// Every directory above must let the account through.
    pub(super) fn check_reach(&self, path: &Path) -> Result<(), ClusterError> {
        if !self.switch {
            return Ok(());
        }
        for dir in path.ancestors() {
            let metadata = dir.metadata().map_err(ClusterError::io("look at", dir))?;
            if !self.may_enter(&metadata) {
                return Err(ClusterError::Unreachable {
                    account: self.name.clone(),
                    dir: dir.to_owned(),
                });
            }
        }
        Ok(())
    }

    fn may_enter(&self, dir: &Metadata) -> bool {
        let class = if dir.uid() == self.uid {
            0o100
        } else if dir.gid() == self.gid {
            0o010
        } else {
            0o001
        };
        dir.mode() & class != 0
    }

    /// A command that runs as the account, in a process group of its own (Ctrl-C in a terminal is
    /// ours to handle), with nothing of our environment, and that dies with the thread that starts
    /// it where the system can do that.
    pub(super) fn command(&self, program: &Path) -> Command {
        let mut command = if has_setpriv() { self.setpriv(program) } else { self.plain(program) };
        command.process_group(0).env_clear().env("LC_ALL", "C").env("PATH", "/usr/bin:/bin");
        command
    }

    fn setpriv(&self, program: &Path) -> Command {
        let mut command = Command::new(SETPRIV);
        // SIGINT is PostgreSQL's fast stop: a death of ours costs no recovery.
        command.args(["--pdeathsig", "INT"]);
        if self.switch {
            command.arg("--reuid").arg(self.uid.to_string());
            command.arg("--regid").arg(self.gid.to_string()).arg("--clear-groups");
        }
        command.arg("--").arg(program);
        command
    }

    fn plain(&self, program: &Path) -> Command {
        let mut command = Command::new(program);
        if self.switch {
            command.uid(self.uid).gid(self.gid);
        }
        command
    }
}

/// The one of util-linux; busybox has a lesser program of the same name.
fn has_setpriv() -> bool {
    std::fs::canonicalize(SETPRIV).is_ok_and(|path| path.ends_with("setpriv"))
}

fn from_passwd(passwd: &str, name: &str) -> Option<Account> {
    passwd.lines().find_map(|line| {
        let mut fields = line.split(':');
        if fields.next() != Some(name) {
            return None;
        }
        let uid = fields.nth(1)?.parse().ok()?;
        let gid = fields.next()?.parse().ok()?;
        Some(Account { name: name.to_owned(), uid, gid, switch: true })
    })
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    #[test]
    fn accounts_are_read_from_passwd() {
        let passwd = "root:x:0:0:root:/root:/bin/sh\npostgres:x:101:104:PostgreSQL:/var:/bin/sh\n";
        let account = from_passwd(passwd, "postgres").unwrap();
        assert_eq!((account.uid, account.gid), (101, 104));
        assert!(from_passwd(passwd, "nobody").is_none());
    }

    #[test]
    fn an_account_may_enter_by_the_class_it_is_in() {
        let dir = tempfile::Builder::new().permissions(PermissionsExt::from_mode(0o700)).tempdir();
        let dir = dir.unwrap();
        let metadata = dir.path().metadata().unwrap();
        let account = |uid, gid| Account { name: String::new(), uid, gid, switch: true };
        assert!(account(metadata.uid(), 1).may_enter(&metadata));
        assert!(!account(metadata.uid() + 1, metadata.gid() + 1).may_enter(&metadata));
    }
}
