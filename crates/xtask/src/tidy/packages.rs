//! Layers between packages, read from `cargo metadata`: who may depend on whom.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, ensure};
use serde::Deserialize;

use super::finding::Findings;

const CONTRACT: &[&str] = &["kernel"];
const CHASSIS: &[&str] = &["kernel", "contract"];
const DURABLE: &[&str] = &["kernel", "contract", "chassis"];
const SERVICE: &[&str] = &["kernel", "contract", "chassis", "durable", "telegram"];
const GATEWAY: &[&str] = &["kernel", "contract", "chassis", "telegram"];
const TESTKIT: &[&str] = &["kernel", "contract", "chassis", "durable", "emulators"];
/// What tests of any package may stand on besides.
const TESTS: &[&str] = &["testkit", "emulators"];

/// What cargo says of the workspace.
#[derive(Deserialize)]
pub struct Workspace {
    pub packages: Vec<Package>,
}

/// One of our packages.
#[derive(Deserialize)]
pub struct Package {
    name: String,
    manifest_path: String,
    dependencies: Vec<Dependency>,
}

#[derive(Deserialize)]
struct Dependency {
    name: String,
    /// Absent for normal dependencies, or `dev`, or `build`.
    kind: Option<String>,
    /// Only ours have one.
    path: Option<String>,
}

impl Workspace {
    /// Asks cargo; nothing is fetched.
    pub fn read(root: &Path) -> Result<Self> {
        let output = Command::new("cargo")
            .args(["metadata", "--no-deps", "--format-version", "1"])
            .current_dir(root)
            .output()
            .context("cannot run cargo")?;
        let complaint = String::from_utf8_lossy(&output.stderr);
        ensure!(output.status.success(), "cargo metadata failed: {complaint}");
        let mut workspace: Self = serde_json::from_slice(&output.stdout)?;
        let prefix = format!("{}/", root.display());
        for package in &mut workspace.packages {
            package.manifest_path = package.manifest_path.replacen(&prefix, "", 1);
        }
        Ok(workspace)
    }
}

impl Package {
    /// Its folder, from the root.
    pub fn folder(&self) -> &str {
        self.manifest_path.strip_suffix("/Cargo.toml").unwrap_or("")
    }

    fn may_depend_on(&self, dependency: &Dependency) -> bool {
        let on = dependency.name.as_str();
        let is_test = dependency.kind.as_deref() == Some("dev");
        let allowed: &[&str] = match self.name.as_str() {
            "contract" => CONTRACT,
            "chassis" => CHASSIS,
            "durable" => DURABLE,
            "telegram" | "emulators" => &["kernel"],
            "gateway" => GATEWAY,
            "testkit" => TESTKIT,
            "journeys" => return on != "xtask",
            "bodega" => return is_test || !["testkit", "journeys", "xtask"].contains(&on),
            // Only for its example, which keeps a PostgreSQL.
            "xtask" => return is_test && on == "chassis",
            _ if self.folder().starts_with("services/") => SERVICE,
            // `kernel` depends on nothing; a new package must be given its place above.
            _ => &[],
        };
        allowed.contains(&on) || (is_test && self.name != "kernel" && TESTS.contains(&on))
    }
}

/// Every dependency between our packages must go down the layers.
pub fn check(workspace: &Workspace, out: &mut Findings) {
    for package in &workspace.packages {
        let name = package.name.as_str();
        for dependency in package.dependencies.iter().filter(|one| one.path.is_some()) {
            if !package.may_depend_on(dependency) {
                let message = format!(
                    "`{name}` must not depend on `{}`: dependencies go down only, kernel <- \
                     contract <- chassis <- durable <- services; services ask each other \
                     through the contract",
                    dependency.name,
                );
                out.add(&package.manifest_path, 1, message);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn complaints(name: &str, folder: &str, on: &str, kind: &str) -> usize {
        let workspace = serde_json::json!({"packages": [{
            "name": name,
            "manifest_path": format!("{folder}/Cargo.toml"),
            "dependencies": [
                {"name": on, "kind": (kind != "normal").then_some(kind), "path": "/x"},
                {"name": "serde", "kind": null, "path": null},
            ],
        }]});
        let mut found = Findings::default();
        check(&serde_json::from_value(workspace).unwrap(), &mut found);
        found.sorted().len()
    }

    #[test]
    fn dependencies_go_down_only() {
        assert_eq!(complaints("contract", "crates/contract", "kernel", "normal"), 0);
        assert_eq!(complaints("kernel", "crates/kernel", "contract", "normal"), 1);
        assert_eq!(complaints("chassis", "crates/chassis", "durable", "normal"), 1);
    }

    #[test]
    fn services_do_not_know_each_other() {
        assert_eq!(complaints("bot", "services/bot", "durable", "normal"), 0);
        assert_eq!(complaints("bot", "services/bot", "payments", "normal"), 1);
        assert_eq!(complaints("bot", "services/bot", "payments", "dev"), 1);
        assert_eq!(complaints("gateway", "gateway", "bot", "normal"), 1);
    }

    #[test]
    fn only_tests_stand_on_the_testkit() {
        assert_eq!(complaints("bot", "services/bot", "testkit", "dev"), 0);
        assert_eq!(complaints("bot", "services/bot", "testkit", "normal"), 1);
        assert_eq!(complaints("bodega", "crates/bodega", "payments", "normal"), 0);
        assert_eq!(complaints("bodega", "crates/bodega", "testkit", "normal"), 1);
    }

    #[test]
    fn a_fake_shares_no_code_with_its_client() {
        assert_eq!(complaints("emulators", "crates/emulators", "kernel", "normal"), 0);
        assert_eq!(complaints("emulators", "crates/emulators", "telegram", "normal"), 1);
    }

    #[test]
    fn a_package_without_a_place_may_depend_on_nothing_of_ours() {
        assert_eq!(complaints("novelty", "crates/novelty", "kernel", "normal"), 1);
    }
}
