//! Which tests prove which feature: the last column of `docs/parity.md`, read from the names of the tests.
//!
//! A test names what it proves before it says it: `promo_03_bug_10_a_code_dies_with_its_item`. Cases of faults may stand
//! among the ids; the first other word ends them.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, Result, bail, ensure};

use crate::tidy::test_names;
use crate::tree::Tree;

const PAGE: &str = "docs/parity.md";
/// Of these, whatever is built is proved.
const PROVED: [&str; 11] =
    ["SHOP", "CART", "PROMO", "REV", "REF", "UX", "ADM", "RBAC", "SEC", "CACHE", "BUG"];
const FAMILIES: [&str; 21] = [
    "shop", "cart", "promo", "rev", "ref", "pay", "rent", "sms", "num", "ux", "adm", "rbac", "sec",
    "ops", "cache", "data", "api", "test", "bug", "peer", "new",
];
/// More names say no more.
const SHOWN: usize = 4;
const STATES: [&str; 4] = ["built", "partly", "planned", "retired"];
/// Above this line everything is written by hand; it is counted anew.
const COUNTED: &str = "Of ";

/// Ids and the tests that name them.
type Proofs = BTreeMap<String, Vec<String>>;

/// Writes the last column again.
pub fn write(root: &Path) -> Result<()> {
    let (page, proofs) = read(root)?;
    let (fresh, wrong) = rendered(&page, &proofs)?;
    std::fs::write(root.join(PAGE), fresh)?;
    told(&wrong)
}

/// Fails where the page is not what the tests say, or something built is proved by none.
pub fn check(root: &Path) -> Result<()> {
    let (page, proofs) = read(root)?;
    let (fresh, wrong) = rendered(&page, &proofs)?;
    told(&wrong)?;
    ensure!(fresh == page, "{PAGE} is not what the tests say: run `cargo xtask parity`");
    Ok(())
}

fn told(wrong: &[String]) -> Result<()> {
    for line in wrong {
        println!("{PAGE}: {line}");
    }
    if wrong.is_empty() { Ok(()) } else { bail!("parity: {} to mend", wrong.len()) }
}

fn read(root: &Path) -> Result<(String, Proofs)> {
    let page = std::fs::read_to_string(root.join(PAGE)).with_context(|| format!("no {PAGE}"))?;
    let mut proofs = Proofs::new();
    for name in test_names(&Tree::read(root)?)? {
        for id in ids_of(&name) {
            proofs.entry(id).or_default().push(name.clone());
        }
    }
    for names in proofs.values_mut() {
        names.sort();
        names.dedup();
    }
    Ok((page, proofs))
}

/// The ids at the beginning of a test's name.
fn ids_of(name: &str) -> Vec<String> {
    let words: Vec<&str> = name.split('_').collect();
    let is_number = |word: &&str| {
        (2..=3).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_digit())
    };
    let mut ids = Vec::new();
    let mut rest = words.as_slice();
    loop {
        rest = match rest {
            [family, number, more @ ..] if FAMILIES.contains(family) && is_number(number) => {
                ids.push(format!("{}-{number}", family.to_uppercase()));
                more
            }
            [word, more @ ..] => match parts(word) {
                Some((family, number)) if FAMILIES.contains(&family) => {
                    ids.push(format!("{}-{number}", family.to_uppercase()));
                    more
                }
                // A case of faults or a paragraph of behaviour: `ps14`, `b8`.
                Some((letters, _)) if letters.len() <= 2 => more,
                _ => return ids,
            },
            [] => return ids,
        };
    }
}

/// The letters and the number of `bug53`.
fn parts(word: &str) -> Option<(&str, &str)> {
    let letters = word.trim_end_matches(|c: char| c.is_ascii_digit());
    let number = &word[letters.len()..];
    (!letters.is_empty() && !number.is_empty()).then_some((letters, number))
}

/// The page with its last column, and what is wrong with it.
fn rendered(page: &str, proofs: &Proofs) -> Result<(String, Vec<String>)> {
    let mut wrong = Vec::new();
    let mut counts = BTreeMap::from(STATES.map(|state| (state, 0)));
    let mut known = std::collections::BTreeSet::new();
    let mut lines = Vec::new();
    for line in page.lines() {
        let Some(row) = Row::read(line)? else {
            lines.push(line.to_owned());
            continue;
        };
        let Row::Feature { id, state, .. } = row else {
            lines.push(row.text(&[]));
            continue;
        };
        *counts.get_mut(state).with_context(|| format!("{id}: `{state}` is no state"))? += 1;
        let tests = proofs.get(id).map(Vec::as_slice).unwrap_or_default();
        let family = id.split('-').next().unwrap_or_default();
        if state == "built" && PROVED.contains(&family) && tests.is_empty() {
            wrong.push(format!("{id} is built and no test names it"));
        }
        if !known.insert(id.to_owned()) {
            wrong.push(format!("{id} has two rows"));
        }
        lines.push(row.text(tests));
    }
    for (id, tests) in proofs.iter().filter(|(id, _)| !known.contains(*id)) {
        wrong.push(format!("{} names {id}, which has no row", tests.join(", ")));
    }
    let total: usize = counts.values().sum();
    let count = format!(
        "Of {total}: {} built, {} partly, {} planned, {} retired.",
        counts["built"], counts["partly"], counts["planned"], counts["retired"]
    );
    for line in lines.iter_mut().filter(|line| line.starts_with(COUNTED)) {
        line.clone_from(&count);
    }
    Ok((lines.join("\n") + "\n", wrong))
}

/// A line of a table.
enum Row<'a> {
    Head,
    Rule,
    Feature { id: &'a str, what: &'a str, state: &'a str, place: &'a str },
}

impl<'a> Row<'a> {
    fn read(line: &'a str) -> Result<Option<Self>> {
        let Some(inner) = line.strip_prefix('|') else { return Ok(None) };
        let cells: Vec<&str> = inner.trim_end_matches('|').split('|').map(str::trim).collect();
        Ok(Some(match cells.as_slice() {
            ["id", ..] => Self::Head,
            [rule, ..] if rule.starts_with("--") => Self::Rule,
            [id, what, state, place] | [id, what, state, place, _] => {
                Self::Feature { id, what, state, place }
            }
            _ => bail!("{PAGE}: a row has four cells and one of tests: {line}"),
        }))
    }

    fn text(&self, tests: &[String]) -> String {
        match self {
            Self::Head => "| id | what | state | where, or what is missing | tests |".to_owned(),
            Self::Rule => "| --- | --- | --- | --- | --- |".to_owned(),
            Self::Feature { id, what, state, place } => {
                let shown: Vec<String> =
                    tests.iter().take(SHOWN).map(|name| format!("`{name}`")).collect();
                let more = tests.len().saturating_sub(SHOWN);
                let more = if more > 0 { format!(" and {more} more") } else { String::new() };
                let cells = [id, what, state, place].map(|cell| format!(" {cell} ")).join("|");
                let cells = cells.replace("  |", " |");
                format!("|{cells}| {}{more} |", shown.join(", ")).replace("|  |", "| |")
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "\
Of 9: x.

| id | what | state | where, or what is missing |
| --- | --- | --- | --- |
| CART-01 | a cart | built | `cart.rs` |
| CART-02 | a code per line | planned | |
";

    fn proofs(all: &[&str]) -> Proofs {
        let mut proofs = Proofs::new();
        for name in all {
            for id in ids_of(name) {
                proofs.entry(id).or_default().push((*name).to_owned());
            }
        }
        proofs
    }

    #[test]
    fn ids_lead_a_name_and_cases_of_faults_may_stand_among_them() {
        assert_eq!(ids_of("promo_03_bug_10_a_code_dies"), ["PROMO-03", "BUG-10"]);
        assert_eq!(ids_of("ps14_shop_07_one_wins"), ["SHOP-07"]);
        assert_eq!(ids_of("ps31_bug53_shop08_once"), ["BUG-53", "SHOP-08"]);
        assert_eq!(ids_of("bug_100_only_the_tenant"), ["BUG-100"]);
        assert_eq!(ids_of("a_cart_01_is_no_id"), [""; 0]);
        assert_eq!(ids_of("cart_holds_ten"), [""; 0]);
    }

    #[test]
    fn the_last_column_names_the_tests_and_is_written_once() {
        let (once, wrong) = rendered(PAGE, &proofs(&["cart_01_one_per_person"])).unwrap();
        assert_eq!(wrong, [""; 0]);
        assert!(once.starts_with("Of 2: 1 built, 0 partly, 1 planned, 0 retired.\n"), "{once}");
        assert!(
            once.contains("| CART-01 | a cart | built | `cart.rs` | `cart_01_one_per_person` |")
        );
        let (twice, _) = rendered(&once, &proofs(&["cart_01_one_per_person"])).unwrap();
        assert_eq!(twice, once);
    }

    #[test]
    fn what_is_built_is_proved_and_what_is_proved_has_a_row() {
        let (_, wrong) = rendered(PAGE, &proofs(&["cart_09_what_nobody_wrote_down"])).unwrap();
        assert_eq!(
            wrong,
            [
                "CART-01 is built and no test names it",
                "cart_09_what_nobody_wrote_down names CART-09, which has no row",
            ]
        );
    }
}
