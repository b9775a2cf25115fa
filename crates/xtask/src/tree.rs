//! The files of the repository, read once for all rules.

use std::collections::BTreeSet;
use std::path::Path;

use anyhow::{Context, Result};

/// What holds nothing of ours, or nothing that is committed. `.git` is a file in a second worktree.
const SKIPPED: [&str; 5] = [".git", ".sqlx", ".bodega", "target", "node_modules"];

/// One file.
pub struct File {
    /// From the root, with `/`.
    pub path: String,
    /// Nothing where it is no text.
    pub text: String,
}

impl File {
    pub fn name(&self) -> &str {
        self.path.rsplit('/').next().unwrap_or(&self.path)
    }

    /// What follows the last dot of the name, or nothing.
    pub fn extension(&self) -> &str {
        self.name().rsplit_once('.').map_or("", |(_, extension)| extension)
    }

    /// Lines with their numbers, from one.
    pub fn lines(&self) -> impl Iterator<Item = (usize, &str)> {
        self.text.lines().enumerate().map(|(index, line)| (index + 1, line))
    }

    /// Whether the whole file is test code, by its place.
    pub fn is_test(&self) -> bool {
        let path = &self.path;
        path.starts_with("tests/") || path.contains("/tests/") || path.ends_with("/tests.rs")
    }
}

/// All files, in the order of their paths.
pub struct Tree {
    files: Vec<File>,
}

impl Tree {
    /// Reads everything below `root`.
    pub fn read(root: &Path) -> Result<Self> {
        let mut files = Vec::new();
        read_folder(root, "", &mut files)?;
        files.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(Self { files })
    }

    #[cfg(test)]
    pub fn of(files: &[(&str, &str)]) -> Self {
        let file =
            |(path, text): &(&str, &str)| File { path: (*path).into(), text: (*text).into() };
        Self { files: files.iter().map(file).collect() }
    }

    pub fn files(&self) -> &[File] {
        &self.files
    }

    pub fn file(&self, path: &str) -> Option<&File> {
        self.files.iter().find(|file| file.path == path)
    }

    pub fn has_folder(&self, path: &str) -> bool {
        self.within(path).next().is_some()
    }

    /// Files below a folder.
    pub fn within<'a>(&'a self, folder: &'a str) -> impl Iterator<Item = &'a File> {
        self.files.iter().filter(move |file| {
            file.path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
        })
    }

    /// The names right below a folder, of files and of folders; `""` is the root.
    pub fn names_in(&self, folder: &str) -> BTreeSet<&str> {
        let prefix = if folder.is_empty() { String::new() } else { format!("{folder}/") };
        self.files
            .iter()
            .filter_map(|file| file.path.strip_prefix(&prefix))
            .filter_map(|rest| rest.split('/').next())
            .collect()
    }

    /// The folders below `services/`, by name.
    pub fn services(&self) -> Vec<&str> {
        let is_folder = |name: &&str| self.has_folder(&format!("services/{name}"));
        self.names_in("services").into_iter().filter(is_folder).collect()
    }
}

fn read_folder(folder: &Path, prefix: &str, files: &mut Vec<File>) -> Result<()> {
    let entries = folder.read_dir().with_context(|| format!("cannot list {}", folder.display()))?;
    for entry in entries {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = format!("{prefix}{name}");
        let kind = entry.file_type()?;
        if kind.is_dir() && !SKIPPED.contains(&name.as_str()) {
            read_folder(&entry.path(), &format!("{path}/"), files)?;
        } else if kind.is_file() && !SKIPPED.contains(&name.as_str()) {
            let bytes =
                std::fs::read(entry.path()).with_context(|| format!("cannot read {path}"))?;
            // Pictures and the like are known by their place only.
            files.push(File { path, text: String::from_utf8(bytes).unwrap_or_default() });
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_right_below_a_folder_are_files_and_folders() {
        let tree = Tree::of(&[("services/a/src/lib.rs", ""), ("services/README.md", "")]);
        assert_eq!(Vec::from_iter(tree.names_in("services")), ["README.md", "a"]);
        assert_eq!(tree.services(), ["a"]);
        assert_eq!(Vec::from_iter(tree.names_in("")), ["services"]);
    }

    #[test]
    fn a_file_is_test_code_by_its_place() {
        let is_test = |path: &str| File { path: path.into(), text: String::new() }.is_test();
        assert!(is_test("tests/src/lib.rs"));
        assert!(is_test("services/bot/tests/it.rs"));
        assert!(is_test("crates/chassis/src/config/tests.rs"));
        assert!(!is_test("crates/testkit/src/lib.rs"));
    }
}
