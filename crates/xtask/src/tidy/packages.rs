//! Layers between packages, read from `cargo metadata`: who may depend on whom.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, ensure};
use serde::Deserialize;

use super::finding::Findings;
use crate::tree::Tree;

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

/// Named in code that the build makes, which is in no folder of ours.
const BY_MADE_CODE: [(&str, &str); 1] = [("contract", "tonic-prost")];

/// Every dependency that a package declares is named in its sources: what nothing uses is built and trusted for nothing.
pub fn check_use(workspace: &Workspace, tree: &Tree, out: &mut Findings) {
    for package in &workspace.packages {
        let sources: Vec<_> =
            tree.within(package.folder()).filter(|file| file.extension() == "rs").collect();
        for dependency in &package.dependencies {
            let name = dependency.name.as_str();
            let in_code = name.replace('-', "_");
            let is_used = sources.iter().any(|file| has_word(&file.text, &in_code));
            if !is_used && !BY_MADE_CODE.contains(&(package.name.as_str(), name)) {
                let message = format!("nothing in `{}` uses `{name}`: take it out", package.name);
                out.add(&package.manifest_path, 1, message);
            }
        }
    }
}

fn has_word(text: &str, word: &str) -> bool {
    let is_part = |c: char| c.is_alphanumeric() || c == '_';
    text.match_indices(word).any(|(at, _)| {
        !text[..at].ends_with(is_part) && !text[at + word.len()..].starts_with(is_part)
    })
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
    fn what_a_package_declares_it_uses() {
        let used = |source: &str| {
            let workspace = serde_json::json!({"packages": [{
                "name": "bot",
                "manifest_path": "services/bot/Cargo.toml",
                "dependencies": [{"name": "tower-http", "kind": null, "path": null}],
            }]});
            let tree = Tree::of(&[("services/bot/src/lib.rs", source), ("a.rs", "tower_http")]);
            let mut found = Findings::default();
            check_use(&serde_json::from_value(workspace).unwrap(), &tree, &mut found);
            found.sorted().is_empty()
        };
        assert!(used("use tower_http::trace;"));
        assert!(!used("use tower_https::trace; fn x_tower_http() {}"));
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
