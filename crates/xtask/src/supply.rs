//! What comes in with a dependency, checked against `deny.toml` without a network: licences, sources, wildcards.
//!
//! Advisories are not looked at: they need their own database, `cargo deny check advisories` where it can be reached.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail, ensure};
use serde::Deserialize;

/// The one place that crates come from.
const REGISTRY: &str = "registry+https://github.com/rust-lang/crates.io-index";

#[derive(Deserialize)]
struct Rules {
    licenses: Licences,
}

#[derive(Deserialize)]
struct Licences {
    allow: BTreeSet<String>,
}

#[derive(Deserialize)]
struct Metadata {
    packages: Vec<Package>,
}

#[derive(Deserialize)]
struct Package {
    name: String,
    version: String,
    /// None is ours.
    source: Option<String>,
    /// An SPDX expression.
    license: Option<String>,
    dependencies: Vec<Dependency>,
}

#[derive(Deserialize)]
struct Dependency {
    name: String,
    req: String,
    path: Option<String>,
}

/// Checks all that is built on this machine's platform.
///
/// # Errors
/// Something may not come in, or cargo cannot say what does.
pub fn check(root: &Path) -> Result<()> {
    let rules = std::fs::read_to_string(root.join("deny.toml")).context("read deny.toml")?;
    let rules: Rules = toml::from_str(&rules).context("read deny.toml")?;
    let metadata = metadata(root)?;
    let problems: Vec<String> = metadata
        .packages
        .iter()
        .flat_map(|package| problems(package, &rules.licenses.allow))
        .collect();
    if !problems.is_empty() {
        bail!("deny.toml does not let this in:\n{}", problems.join("\n"));
    }
    println!("{} packages have a licence and a source that are allowed", metadata.packages.len());
    Ok(())
}

fn metadata(root: &Path) -> Result<Metadata> {
    let version = output(Command::new("rustc").arg("-vV"))?;
    let version = String::from_utf8(version)?;
    let host = version.lines().find_map(|line| line.strip_prefix("host: "));
    let host = host.context("rustc does not say its platform")?;
    let mut cargo = Command::new("cargo");
    cargo.args(["metadata", "--locked", "--format-version", "1", "--filter-platform", host]);
    Ok(serde_json::from_slice(&output(cargo.current_dir(root))?)?)
}

fn output(command: &mut Command) -> Result<Vec<u8>> {
    let output = command.output().with_context(|| format!("cannot run {command:?}"))?;
    let complaint = String::from_utf8_lossy(&output.stderr);
    ensure!(output.status.success(), "{command:?} failed: {complaint}");
    Ok(output.stdout)
}

fn problems(package: &Package, allowed: &BTreeSet<String>) -> Vec<String> {
    let Package { name, version, source, license, dependencies } = package;
    let Some(source) = source else {
        let any = dependencies.iter().filter(|one| one.req == "*" && one.path.is_none());
        return any
            .map(|one| format!("{name}: say which versions of {} are wanted", one.name))
            .collect();
    };
    let mut problems = Vec::new();
    if source != REGISTRY {
        problems.push(format!("{name} {version}: it comes from {source}, not from crates.io"));
    }
    let licence = license.as_deref().unwrap_or("no licence that it names");
    if !is_allowed(licence, allowed) {
        problems.push(format!("{name} {version}: {licence} is not among the licences allowed"));
    }
    problems
}

/// Whether an SPDX expression leaves a choice that is allowed. A slash is how `OR` was written once.
fn is_allowed(expression: &str, allowed: &BTreeSet<String>) -> bool {
    let spaced = expression.replace('/', " OR ").replace('(', " ( ").replace(')', " ) ");
    let mut words = spaced.split_whitespace().peekable();
    let verdict = either(&mut words, allowed);
    verdict && words.next().is_none()
}

type Words<'a> = std::iter::Peekable<std::str::SplitWhitespace<'a>>;

fn either(words: &mut Words<'_>, allowed: &BTreeSet<String>) -> bool {
    let mut verdict = both(words, allowed);
    while words.next_if_eq(&"OR").is_some() {
        verdict |= both(words, allowed);
    }
    verdict
}

fn both(words: &mut Words<'_>, allowed: &BTreeSet<String>) -> bool {
    let mut verdict = one(words, allowed);
    while words.next_if_eq(&"AND").is_some() {
        verdict &= one(words, allowed);
    }
    verdict
}

fn one(words: &mut Words<'_>, allowed: &BTreeSet<String>) -> bool {
    match words.next() {
        Some("(") => {
            let verdict = either(words, allowed);
            words.next() == Some(")") && verdict
        }
        Some(name) => {
            let exception = words.next_if_eq(&"WITH").and_then(|_| words.next());
            allowed.contains(&match exception {
                Some(exception) => format!("{name} WITH {exception}"),
                None => name.to_owned(),
            })
        }
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn allowed() -> BTreeSet<String> {
        ["MIT", "ISC", "Apache-2.0 WITH LLVM-exception"].map(str::to_owned).into()
    }

    #[test]
    fn a_licence_is_allowed_where_its_expression_leaves_an_allowed_choice() {
        for (expression, verdict) in [
            ("MIT", true),
            ("GPL-3.0-only", false),
            ("GPL-3.0-only OR MIT", true),
            ("GPL-3.0-only / MIT", true),
            ("MIT/GPL-3.0-only", true),
            ("MIT AND GPL-3.0-only", false),
            ("MIT AND ISC", true),
            ("(GPL-3.0-only OR MIT) AND ISC", true),
            ("(MIT OR ISC) AND GPL-3.0-only", false),
            ("Apache-2.0 WITH LLVM-exception", true),
            ("Apache-2.0", false),
            ("(MIT", false),
            ("", false),
        ] {
            assert_eq!(is_allowed(expression, &allowed()), verdict, "{expression}");
        }
    }

    #[test]
    fn what_comes_from_elsewhere_or_says_nothing_is_refused() {
        let package = |source: Option<&str>, license: Option<&str>, req: &str| {
            let package = serde_json::json!({
                "name": "x", "version": "1.0.0", "source": source, "license": license,
                "dependencies": [{ "name": "y", "req": req, "path": null }],
            });
            problems(&serde_json::from_value(package).unwrap(), &allowed()).len()
        };
        assert_eq!(package(Some(REGISTRY), Some("MIT"), "*"), 0, "only ours say what they want");
        assert_eq!(package(Some("git+https://example.com/x"), Some("MIT"), "^1"), 1);
        assert_eq!(package(Some(REGISTRY), None, "^1"), 1);
        assert_eq!(package(None, None, "*"), 1);
        assert_eq!(package(None, None, "^1"), 0);
    }
}
