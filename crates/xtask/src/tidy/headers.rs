//! The first line of every file says what the file is for.

use super::finding::Findings;
use crate::tree::{File, Tree};

/// Every file that people read.
pub fn check(tree: &Tree, out: &mut Findings) {
    for file in tree.files() {
        let Some(mark) = mark(file) else { continue };
        if !says_something(file, mark) {
            let message = format!("the first line must say what the file is for: `{mark} ...`");
            out.add(&file.path, 1, message);
        }
    }
}

/// How a comment starts in this kind of file; none where there are no such comments.
fn mark(file: &File) -> Option<&'static str> {
    match (file.name(), file.extension()) {
        (_, "rs") => Some("//!"),
        (_, "sql") => Some("--"),
        (_, "proto" | "js" | "ts" | "tsx") => Some("//"),
        ("Makefile" | "Dockerfile", _) | (_, "ftl" | "toml" | "sh" | "yaml" | "yml") => Some("#"),
        (_, "html" | "svg") => Some("<!--"),
        (_, "css") => Some("/*"),
        _ => None,
    }
}

/// A script's interpreter and a page's doctype come before it.
fn says_something(file: &File, mark: &str) -> bool {
    let is_preamble =
        |line: &str| line.starts_with("#!/") || line.to_lowercase().starts_with("<!d");
    let line = file.text.lines().find(|line| !is_preamble(line)).unwrap_or("");
    let words = line.strip_prefix(mark).unwrap_or("").trim_start_matches(['/', '!', '*', '-', '#']);
    words.split_whitespace().filter(|word| word.chars().any(char::is_alphabetic)).count() > 1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn passes(path: &str, text: &str) -> bool {
        let mut found = Findings::default();
        check(&Tree::of(&[(path, text)]), &mut found);
        found.places().is_empty()
    }

    #[test]
    fn the_first_line_is_a_comment_of_the_right_kind() {
        assert!(passes("a.rs", "//! Orders and their states.\n"));
        assert!(!passes("a.rs", "// Orders and their states.\n"));
        assert!(!passes("a.rs", "use a;\n//! Orders and their states.\n"));
        assert!(passes("a.sql", "-- Orders of buyers.\n"));
        assert!(passes("Makefile", "# The front door.\n"));
        assert!(!passes("a.toml", "[package]\n"));
        assert!(passes("LICENSE", "MIT"));
    }

    #[test]
    fn an_empty_comment_says_nothing() {
        assert!(!passes("a.rs", "//!\n"));
        assert!(!passes("a.rs", "//! -----\n"));
        assert!(!passes("a.rs", ""));
    }

    #[test]
    fn an_interpreter_and_a_doctype_may_come_first() {
        assert!(passes("a.sh", "#!/bin/sh\n# Installs what is missing.\n"));
        assert!(!passes("a.sh", "#!/bin/sh\nset -e\n"));
        assert!(passes("a.html", "<!doctype html>\n<!-- The chat page. -->\n"));
        assert!(passes("a.html", "<!-- The chat page. -->\n<!doctype html>\n"));
    }
}
