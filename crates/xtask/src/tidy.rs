//! The house rules that no compiler knows: layers, sizes, names, habits. Each complaint says where and what to do.

mod codes;
mod docs;
mod finding;
mod habits;
mod headers;
mod layers;
mod map;
mod migrations;
mod names;
mod packages;
mod services;
mod sizes;
mod source;
mod survey;
mod words;

use std::path::Path;

use anyhow::{Context, Result, bail};

use crate::tree::Tree;
use finding::{Finding, Findings};
use packages::Workspace;
use source::Source;

/// Checks the repository and prints what is to mend.
///
/// # Errors
/// There is something, or the repository cannot be read.
pub fn run(root: &Path) -> Result<()> {
    let (findings, report) = check(root)?;
    for finding in &findings {
        println!("{finding}");
    }
    println!("{report}");
    match findings.len() {
        0 => Ok(()),
        count => bail!("tidy: {count} to mend"),
    }
}

/// The names of all tests.
///
/// # Errors
/// A file is no Rust.
pub fn test_names(tree: &Tree) -> Result<Vec<String>> {
    let mut names = Vec::new();
    for file in tree.files().iter().filter(|file| file.extension() == "rs") {
        let source = Source::parse(file).with_context(|| file.path.clone())?;
        let tests = source.survey.functions.iter().filter(|function| function.is_test());
        names.extend(tests.map(|function| function.name.clone()));
        names.extend(source.properties());
    }
    Ok(names)
}

fn check(root: &Path) -> Result<(Vec<Finding>, String)> {
    let tree = Tree::read(root)?;
    let workspace = Workspace::read(root)?;
    let mut out = Findings::default();

    packages::check(&workspace, &mut out);
    packages::check_use(&workspace, &tree, &mut out);
    headers::check(&tree, &mut out);
    map::check(&tree, &workspace, &mut out);
    migrations::check(&tree, &mut out);
    services::check(&tree, &mut out);
    words::check(&tree, &mut out);
    habits::check_reminders(&tree, &mut out);
    names::check_files(&tree, &mut out);
    sizes::check_files(&tree, &mut out);

    let sources = parse(&tree, &mut out);
    for source in &sources {
        docs::check(source, &mut out);
        habits::check_code(source, &mut out);
        layers::check(source, &mut out);
        names::check_items(source, &mut out);
        sizes::check_functions(source, &mut out);
    }
    codes::check(&sources, &mut out);
    Ok((out.sorted(), docs::report(&sources)))
}

fn parse<'a>(tree: &'a Tree, out: &mut Findings) -> Vec<Source<'a>> {
    let mut sources = Vec::new();
    for file in tree.files().iter().filter(|file| file.extension() == "rs") {
        match Source::parse(file) {
            Ok(source) => sources.push(source),
            Err(error) => out.add(&file.path, 1, format!("it cannot be read: {error}")),
        }
    }
    sources
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn this_repository_is_tidy() {
        let (findings, _) = check(&crate::root()).unwrap();
        let lines: Vec<String> = findings.iter().map(ToString::to_string).collect();
        assert!(lines.is_empty(), "{} to mend:\n{}", lines.len(), lines.join("\n"));
    }
}
