//! Words about the code: where they must be, and how many there are.

use super::finding::Findings;
use super::source::Source;

/// Others build on these without reading how they work: every public item has a sentence.
fn must_speak(path: &str) -> bool {
    let crates = ["crates/kernel/src/", "crates/contract/src/", "crates/durable/src/"];
    let seams = ["/src/providers.rs", "/src/screen.rs"];
    crates.iter().any(|folder| path.starts_with(folder))
        || (path.starts_with("services/") && seams.iter().any(|seam| path.ends_with(seam)))
}

/// Public items without documentation, in the packages that others build on.
pub fn check(source: &Source, out: &mut Findings) {
    let path = &source.file.path;
    for (name, line) in source.survey.undocumented.iter().filter(|_| must_speak(path)) {
        if !source.is_test(*line) {
            let message = format!("say what `{name}` means: others use it without reading it");
            out.add(path, *line, message);
        }
    }
}

/// Figures about the Rust code, for a person to judge.
pub fn report(sources: &[Source]) -> String {
    let mut lengths: Vec<usize> =
        sources.iter().map(|source| source.file.lines().count()).collect();
    lengths.sort_unstable();
    let total: usize = lengths.iter().sum();
    let quantile =
        |percent: usize| lengths.get(lengths.len() * percent / 100).copied().unwrap_or(0);
    let docs: usize = sources.iter().map(doc_lines).sum();
    format!(
        "{} Rust files, {total} lines: {} at the median (aim 150), {} at the 90th percentile \
         (aim 400); docs {} % of the lines (aim 10 to 18)",
        lengths.len(),
        quantile(50),
        quantile(90),
        docs * 100 / total.max(1),
    )
}

fn doc_lines(source: &Source) -> usize {
    let is_doc = |line: &str| line.starts_with("///") || line.starts_with("//!");
    source.file.text.lines().filter(|line| is_doc(line.trim_start())).count()
}

#[cfg(test)]
mod tests {
    use super::super::source::lines_found;
    use super::*;
    use crate::tree::File;

    const TEXT: &str = "//! Money.\npub struct Money;\n/// Nothing.\npub fn zero() {}\n\
                        fn own() {}\n\
                        impl Money { pub fn mute() {} }\nimpl T for Money { fn given() {} }\n";

    #[test]
    fn what_others_build_on_is_documented() {
        assert_eq!(lines_found("crates/kernel/src/money.rs", TEXT, check), [2, 6]);
        assert_eq!(lines_found("services/shop/src/providers.rs", TEXT, check), [2, 6]);
        assert_eq!(lines_found("crates/chassis/src/kv.rs", TEXT, check), [] as [usize; 0]);
    }

    #[test]
    fn the_report_counts_docs() {
        let file = File { path: "a.rs".into(), text: "//! A.\n\n/// B.\nfn b() {}\n".into() };
        let report = report(&[Source::parse(&file).unwrap()]);
        assert!(report.contains("docs 50 %"), "{report}");
    }
}
