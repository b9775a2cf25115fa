//! One shape for all services: know one, know all.

use super::finding::Findings;
use crate::tree::{File, Tree};

/// What every service has, files and folders.
const ALWAYS: [&str; 7] = [
    "Cargo.toml",
    "README.md",
    "sqlx.toml",
    "migrations",
    "src/lib.rs",
    "src/store",
    "tests/it.rs",
];
/// What every service has but the bot, which serves people instead of other services.
const MOSTLY: [&str; 3] = ["src/domain", "src/operations", "src/api"];
const BOT: &str = "bot";

/// What may lie right in `src`, in reading order.
const ROOMS: [&str; 11] = [
    "lib",
    "config",
    "domain",
    "postings",
    "store",
    "operations",
    "providers",
    "peers",
    "api",
    "jobs",
    "faults",
];

const HEADINGS: [&str; 5] = ["Owns", "Tables", "Calls", "Emits and hears", "Runs"];
const README_LINES_MAX: usize = 60;

/// Folders and READMEs of all services.
pub fn check(tree: &Tree, out: &mut Findings) {
    for name in tree.services() {
        let folder = format!("services/{name}");
        check_presence(tree, name, &folder, out);
        if name != BOT {
            check_rooms(tree, &folder, out);
        }
        if let Some(readme) = tree.file(&format!("{folder}/README.md")) {
            check_readme(readme, out);
        }
    }
}

fn check_presence(tree: &Tree, name: &str, folder: &str, out: &mut Findings) {
    let mostly = if name == BOT { [].as_slice() } else { &MOSTLY };
    for part in ALWAYS.iter().chain(mostly) {
        let path = format!("{folder}/{part}");
        let is_there = tree.file(&path).is_some()
            || tree.file(&format!("{path}.rs")).is_some()
            || tree.has_folder(&path);
        if !is_there {
            out.add(&path, 1, "every service has this");
        }
    }
}

fn check_rooms(tree: &Tree, folder: &str, out: &mut Findings) {
    for name in tree.names_in(&format!("{folder}/src")) {
        let room = name.strip_suffix(".rs").unwrap_or(name);
        if !ROOMS.contains(&room) {
            let message = format!(
                "`{room}` is no room of a service: put it into one of {}",
                ROOMS.join(", ")
            );
            out.add(&format!("{folder}/src/{name}"), 1, message);
        }
    }
}

fn check_readme(readme: &File, out: &mut Findings) {
    let headings: Vec<&str> =
        readme.text.lines().filter_map(|line| line.strip_prefix("## ")).map(str::trim).collect();
    if headings != HEADINGS {
        let message = format!("its headings are, in this order: {}", HEADINGS.join(", "));
        out.add(&readme.path, 1, message);
    }
    let count = readme.text.lines().count();
    if count > README_LINES_MAX {
        let message = format!("{count} lines, over {README_LINES_MAX}: one page is what gets read");
        out.add(&readme.path, README_LINES_MAX + 1, message);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const README: &str = "# Shop\n## Owns\n## Tables\n## Calls\n## Emits and hears\n## Runs\n";

    fn places(extra: &[(&str, &str)]) -> Vec<String> {
        let mut files = vec![
            ("services/shop/Cargo.toml", ""),
            ("services/shop/README.md", README),
            ("services/shop/sqlx.toml", ""),
            ("services/shop/migrations/0100_orders.sql", ""),
            ("services/shop/src/lib.rs", ""),
            ("services/shop/src/api.rs", ""),
            ("services/shop/src/domain/order.rs", ""),
            ("services/shop/src/operations/order.rs", ""),
            ("services/shop/src/store/orders.rs", ""),
            ("services/shop/tests/it.rs", ""),
        ];
        files.retain(|(path, _)| extra.iter().all(|(other, _)| path != other));
        files.extend(extra.iter().filter(|(_, text)| *text != "gone"));
        let mut found = Findings::default();
        check(&Tree::of(&files), &mut found);
        found.places()
    }

    #[test]
    fn a_service_of_the_usual_shape_is_fine() {
        assert_eq!(places(&[]), [""; 0]);
    }

    #[test]
    fn a_missing_part_is_named() {
        let gone = ("services/shop/sqlx.toml", "gone");
        assert_eq!(places(&[gone]), ["services/shop/sqlx.toml:1"]);
    }

    #[test]
    fn an_unusual_room_is_named() {
        assert_eq!(places(&[("services/shop/src/stuff.rs", "")]), ["services/shop/src/stuff.rs:1"]);
    }

    #[test]
    fn the_readme_has_its_five_headings_on_one_page() {
        let path = "services/shop/README.md";
        assert_eq!(places(&[(path, "# Shop\n## Owns\n")]), ["services/shop/README.md:1"]);
        let long = format!("{README}{}", "\n".repeat(60));
        assert_eq!(places(&[(path, &long)]), ["services/shop/README.md:61"]);
    }
}
