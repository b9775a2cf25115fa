//! The map in the root README shows the tree as it is, and no page points to a file that is gone.

use std::collections::BTreeSet;

use super::finding::Findings;
use super::packages::{Package, Workspace};
use crate::tree::{File, Tree};

const README: &str = "README.md";
const HEADING: &str = "## The map";

/// The map against the folders, and every page against the files.
pub fn check(tree: &Tree, workspace: &Workspace, out: &mut Findings) {
    for page in pages(tree) {
        check_pointers(tree, page, out);
    }
    check_pictures(tree, out);
    let Some(readme) = tree.file(README) else {
        out.add(README, 1, "write what this is, the two commands, the map and the journeys");
        return;
    };
    let shown: Vec<&str> = map_lines(readme).flat_map(links).collect();
    let is_shown = |folder: &str| {
        let inside = |path: &str| path.strip_prefix(folder).is_some_and(|p| p.starts_with('/'));
        shown.iter().any(|path| path.trim_end_matches('/') == folder || inside(path))
    };
    let top = tree.names_in("").into_iter().filter(|name| tree.has_folder(name));
    let visible = top.filter(|name| !name.starts_with('.'));
    let packages = workspace.packages.iter().map(Package::folder);
    for folder in visible.chain(packages).collect::<BTreeSet<_>>() {
        if !is_shown(folder) {
            out.add(README, 1, format!("the map has no link to `{folder}`"));
        }
    }
}

/// From the heading of the map to the next.
fn map_lines(readme: &File) -> impl Iterator<Item = &str> {
    let from_map = readme.text.lines().skip_while(|line| *line != HEADING);
    from_map.skip(1).take_while(|line| !line.starts_with("## "))
}

/// Paths in backticks and in links, if they start at the root.
fn check_pointers(tree: &Tree, page: &File, out: &mut Findings) {
    for (number, line) in page.lines() {
        let code = line.split('`').skip(1).step_by(2);
        for pointer in code.chain(links(line)) {
            let path = pointer.split('#').next().unwrap_or("").trim_end_matches('/');
            if starts_at_root(tree, path) && !exists(tree, path) {
                out.add(&page.path, number, format!("`{path}` is not there"));
            }
        }
    }
}

fn pages(tree: &Tree) -> impl Iterator<Item = &File> {
    tree.files().iter().filter(|file| file.extension() == "md")
}

/// Pages show pictures that are there, and every picture is shown.
fn check_pictures(tree: &Tree, out: &mut Findings) {
    let mut shown = BTreeSet::new();
    for page in pages(tree) {
        let folder = page.path.rfind('/').map_or("", |end| &page.path[..=end]);
        for (number, line) in page.lines() {
            for picture in pictures(line).filter(|path| !path.contains("://")) {
                let path = format!("{folder}{picture}");
                if tree.file(&path).is_none() {
                    out.add(&page.path, number, format!("`{path}` is not there"));
                }
                shown.insert(path);
            }
        }
    }
    let is_picture = |file: &&File| ["png", "jpg", "svg"].contains(&file.extension());
    let in_docs = tree.files().iter().filter(|file| file.path.starts_with("docs/"));
    for file in in_docs.filter(is_picture).filter(|file| !shown.contains(&file.path)) {
        out.add(&file.path, 1, "no page shows it");
    }
}

/// The pictures of a line.
fn pictures(line: &str) -> impl Iterator<Item = &str> {
    line.split("![").skip(1).filter_map(|rest| rest.split_once("](")?.1.split(')').next())
}

/// Where the links of a line lead.
fn links(line: &str) -> impl Iterator<Item = &str> {
    line.split("](").skip(1).filter_map(|rest| rest.split(')').next())
}

fn starts_at_root(tree: &Tree, path: &str) -> bool {
    let is_plain = |c: char| c.is_alphanumeric() || "/._-".contains(c);
    path.split_once('/').is_some_and(|(top, _)| !top.is_empty() && tree.has_folder(top))
        && path.chars().all(is_plain)
}

fn exists(tree: &Tree, path: &str) -> bool {
    tree.file(path).is_some() || tree.has_folder(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places(readme: &str) -> Vec<String> {
        let tree = Tree::of(&[
            ("README.md", readme),
            ("Makefile", ""),
            (".ci/run", ""),
            ("crates/kernel/Cargo.toml", ""),
            ("crates/kernel/src/money.rs", ""),
            ("gateway/Cargo.toml", ""),
        ]);
        let packages = serde_json::json!({"packages": [
            {"name": "kernel", "manifest_path": "crates/kernel/Cargo.toml", "dependencies": []},
            {"name": "gateway", "manifest_path": "gateway/Cargo.toml", "dependencies": []},
        ]});
        let mut found = Findings::default();
        check(&tree, &serde_json::from_value(packages).unwrap(), &mut found);
        found.sorted().iter().map(ToString::to_string).collect()
    }

    const MAP: &str = "# X\n## The map\n| [crates/kernel/](crates/kernel) | pure |\n\
                       | [gateway](gateway/) | the door |\n## More\n";

    #[test]
    fn a_map_of_the_tree_as_it_is_passes() {
        assert_eq!(places(MAP), [""; 0]);
    }

    #[test]
    fn a_folder_that_the_map_forgets_is_found() {
        let elsewhere = format!("{}\n[gateway](gateway)\n", MAP.replace("](gateway/)", ""));
        assert_eq!(places(&elsewhere), ["README.md:1: the map has no link to `gateway`"]);
    }

    #[test]
    fn ux_09_pages_show_pictures_that_are_there_and_all_of_them() {
        let page = "![menu](screens/menu.jpg) and ![a cart](screens/cart.jpg)\n";
        let tree = Tree::of(&[
            ("docs/screens.md", page),
            ("docs/screens/menu.jpg", ""),
            ("docs/screens/forgotten.png", ""),
        ]);
        let mut found = Findings::default();
        check_pictures(&tree, &mut found);
        let found: Vec<String> = found.sorted().iter().map(ToString::to_string).collect();
        let missing = "docs/screens.md:1: `docs/screens/cart.jpg` is not there";
        assert_eq!(found, [missing, "docs/screens/forgotten.png:1: no page shows it"]);
    }

    #[test]
    fn pages_point_to_what_is_there() {
        let found = places(&format!(
            "{MAP}`crates/kernel/src/money.rs` [a](crates/kernel) `POST /hooks/x` `crates/*/src`\n\
             [b](gateway/src/lib.rs#L3)\n"
        ));
        assert_eq!(found, ["README.md:7: `gateway/src/lib.rs` is not there"]);
    }
}
