//! Nothing that is committed speaks of the machine or the papers that it was written with.

use super::finding::Findings;
use crate::tree::Tree;

/// The rule must name what it forbids.
const SELF: &str = "crates/xtask/src/tidy/words.rs";

const PLACES: [&str; 4] = ["../shared", "/work/", "/root/", "/home/"];
const WORDS: [&str; 1] = ["farm"];

/// Every line of every text file.
pub fn check(tree: &Tree, out: &mut Findings) {
    for file in tree.files().iter().filter(|file| file.path != SELF) {
        for (number, line) in file.lines() {
            let place = PLACES.iter().find(|place| line.contains(**place));
            let word = WORDS.iter().find(|word| has_word(line, word));
            if let Some(what) = place.or(word) {
                let message = format!("`{what}` is of one machine: say it without");
                out.add(&file.path, number, message);
            }
        }
    }
}

fn has_word(line: &str, word: &str) -> bool {
    line.split(|c: char| !c.is_alphanumeric()).any(|part| part == word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_of_one_machine_are_not_named() {
        let tree = Tree::of(&[
            ("a.md", "see ../shared/style.md\nsee docs/style.md\n"),
            ("b.sh", "cd /work/main\nPATH=/root/bin\n"),
            ("c.rs", "// a farm\n// a pharmacy, a farmer\n"),
        ]);
        let mut found = Findings::default();
        check(&tree, &mut found);
        assert_eq!(found.places(), ["a.md:1", "b.sh:1", "b.sh:2", "c.rs:1"]);
    }
}
