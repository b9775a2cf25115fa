//! Migrations are numbered without gaps: those of durable from 0001, those of services from 0100 in the same schema.

use std::collections::BTreeMap;

use super::finding::Findings;
use crate::tree::Tree;

const OF_SERVICES_FROM: usize = 100;

/// All folders called `migrations`.
pub fn check(tree: &Tree, out: &mut Findings) {
    let mut folders: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for file in tree.files() {
        if let Some((folder, name)) = file.path.rsplit_once('/')
            && folder.ends_with("/migrations")
        {
            folders.entry(folder).or_default().push(name);
        }
    }
    for (folder, names) in folders {
        let first = if folder.starts_with("services/") { OF_SERVICES_FROM } else { 1 };
        for (number, name) in (first..).zip(names) {
            let is_named =
                |rest: &str| rest.strip_suffix(".sql").is_some_and(|word| !word.is_empty());
            if !name.strip_prefix(&format!("{number:04}_")).is_some_and(is_named) {
                let message = format!("this one must be called `{number:04}_<what it does>.sql`");
                out.add(&format!("{folder}/{name}"), 1, message);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places(paths: &[&str]) -> Vec<String> {
        let files: Vec<_> = paths.iter().map(|path| (*path, "")).collect();
        let mut found = Findings::default();
        check(&Tree::of(&files), &mut found);
        found.places()
    }

    #[test]
    fn numbers_start_where_they_should_and_have_no_gaps() {
        let fine = ["crates/durable/migrations/0001_a.sql", "crates/durable/migrations/0002_b.sql"];
        assert_eq!(places(&fine), [""; 0]);
        let gap = ["services/shop/migrations/0100_a.sql", "services/shop/migrations/0102_b.sql"];
        assert_eq!(places(&gap), ["services/shop/migrations/0102_b.sql:1"]);
        let low = ["services/shop/migrations/0001_a.sql"];
        assert_eq!(places(&low), ["services/shop/migrations/0001_a.sql:1"]);
    }
}
