//! Codes of failures are written once in their package: what is needed twice gets a name.

use std::collections::HashMap;

use super::finding::Findings;
use super::source::{Source, string};

/// Packages that fail with codes of their own, `payments.insufficient_funds`; `common` belongs to the contract.
const OWNERS: [&str; 6] = ["payments", "inventory", "bot", "gateway", "sms", "admin"];

/// All sources together: a code must not come twice in one package.
pub fn check(sources: &[Source], out: &mut Findings) {
    let mut first: HashMap<(&str, &str), String> = HashMap::new();
    for source in sources {
        let package = package(&source.file.path);
        for token in source.tokens.iter().filter(|token| !source.is_test(token.line)) {
            let Some(code) = string(token).filter(|text| is_code(text, package)) else { continue };
            let place = format!("{}:{}", source.file.path, token.line);
            if let Some(there) = first.get(&(package, code)) {
                let message = format!("`{code}` is already at {there}: make it one constant");
                out.add(&source.file.path, token.line, message);
            } else {
                first.insert((package, code), place);
            }
        }
    }
}

/// The folder before `src`, by its last name.
fn package(path: &str) -> &str {
    let folder = path.split("/src/").next().unwrap_or(path);
    folder.rsplit('/').next().unwrap_or(folder)
}

fn is_code(text: &str, package: &str) -> bool {
    let Some((owner, rest)) = text.split_once('.') else { return false };
    let is_ours = if package == "contract" { owner == "common" } else { owner == package };
    let is_plain = rest.chars().all(|c| c.is_ascii_lowercase() || c == '_');
    is_ours && is_plain && !rest.is_empty() && (OWNERS.contains(&owner) || owner == "common")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tree::File;

    fn places(files: &[(&str, &str)]) -> Vec<String> {
        let file =
            |(path, text): &(&str, &str)| File { path: (*path).into(), text: (*text).into() };
        let files: Vec<File> = files.iter().map(file).collect();
        let sources: Vec<Source> = files.iter().map(|file| Source::parse(file).unwrap()).collect();
        let mut found = Findings::default();
        check(&sources, &mut found);
        found.places()
    }

    const ONE: &str = "const A: &str = \"payments.insufficient_funds\";";

    #[test]
    fn a_code_comes_once_in_its_package() {
        let (a, b) = ("services/payments/src/a.rs", "services/payments/src/b.rs");
        assert_eq!(places(&[(a, ONE)]), [""; 0]);
        assert_eq!(places(&[(a, ONE), (b, ONE)]), ["services/payments/src/b.rs:1"]);
    }

    #[test]
    fn other_packages_and_tests_may_name_it_too() {
        let a = "services/payments/src/a.rs";
        assert_eq!(places(&[(a, ONE), ("services/bot/src/a.rs", ONE)]), [""; 0]);
        assert_eq!(places(&[(a, ONE), ("services/payments/tests/it.rs", ONE)]), [""; 0]);
    }

    #[test]
    fn file_names_and_sentences_are_no_codes() {
        let text = "const A: [&str; 4] = [\"payments.\", \"payments.Rs\", \"payments\", \"a. b\"];";
        assert_eq!(places(&[("services/payments/src/a.rs", text)]), [""; 0]);
    }
}
