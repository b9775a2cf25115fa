//! Names that say what a thing is: of files, folders, types and tests.

use super::finding::Findings;
use super::source::Source;
use crate::tree::Tree;

/// They name a drawer, not what is in it.
const DRAWERS: [&str; 10] = [
    "util", "utils", "helper", "helpers", "common", "manager", "managers", "types", "misc",
    "shared",
];

/// They say that there is a type, not what it is.
const SUFFIXES: [&str; 12] = [
    "Dto", "Impl", "Entity", "Model", "Data", "Info", "Manager", "Helper", "Helpers", "Util",
    "Utils", "Object",
];

/// A word of Telegram's that ends like that; people look for it by this name.
const TERMS: [&str; 1] = ["Entity"];

/// Names of Rust files and of the folders that they are in.
pub fn check_files(tree: &Tree, out: &mut Findings) {
    for file in tree.files().iter().filter(|file| file.extension() == "rs") {
        if file.name() == "mod.rs" {
            let message = "name it after its folder and put it beside: `foo.rs`, `foo/`";
            out.add(&file.path, 1, message);
        }
        for part in file.path.trim_end_matches(".rs").split('/') {
            if DRAWERS.contains(&part) {
                let message = format!("`{part}` is a drawer: name it after what is in it");
                out.add(&file.path, 1, message);
            }
        }
    }
}

/// Names of types and of tests.
pub fn check_items(source: &Source, out: &mut Findings) {
    let path = &source.file.path;
    let types = source.survey.types.iter().filter(|(name, _)| !TERMS.contains(&name.as_str()));
    for (name, line) in types {
        if let Some(suffix) = SUFFIXES.iter().find(|suffix| name.ends_with(*suffix)) {
            let message = format!("`{name}`: leave out `{suffix}`, or say what it is");
            out.add(path, *line, message);
        }
    }
    for function in &source.survey.functions {
        let words = function.name.split('_').count();
        if function.is_test() && (function.name.starts_with("test_") || words < 3) {
            let message =
                format!("`{}`: a test is named by a sentence that is true", function.name);
            out.add(path, *function.lines.start(), message);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::source::lines_found;
    use super::*;

    #[test]
    fn files_and_folders_are_no_drawers() {
        let tree = Tree::of(&[
            ("crates/a/src/mod.rs", ""),
            ("crates/a/src/utils.rs", ""),
            ("crates/a/src/common/money.rs", ""),
            ("proto/bodega/common/v1/money.proto", ""),
            ("crates/a/src/money.rs", ""),
        ]);
        let mut found = Findings::default();
        check_files(&tree, &mut found);
        assert_eq!(
            found.places(),
            ["crates/a/src/common/money.rs:1", "crates/a/src/mod.rs:1", "crates/a/src/utils.rs:1"]
        );
    }

    #[test]
    fn types_say_what_they_are() {
        let text = "struct UserDto;\nenum Info { A }\nstruct Metadata;\ntrait Wallet {}\n";
        assert_eq!(lines_found("a.rs", text, check_items), [1, 2]);
    }

    #[test]
    fn tests_are_sentences() {
        let text = "#[test]\nfn test_it_all_works() {}\n#[tokio::test]\nasync fn works() {}\n\
                    #[test]\nfn a_void_before_its_hold_wins() {}\nfn helper() {}\n";
        assert_eq!(lines_found("a.rs", text, check_items), [2, 4]);
    }
}
