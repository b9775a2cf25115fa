//! A Rust file as the rules see it: its tokens with their lines, and where its tests are.

use std::ops::RangeInclusive;

use anyhow::Result;
use proc_macro2::{TokenStream, TokenTree};
use syn::visit::Visit;

use super::survey::Survey;
use crate::tree::File;

/// A word, a mark or a literal. Comments are none; doc comments are literals of their attribute.
#[derive(Debug)]
pub struct Token {
    pub text: String,
    pub line: usize,
}

/// A path such as `crate::store::wallets`, wherever it stands.
#[derive(Debug, PartialEq, Eq)]
pub struct Mention {
    pub path: String,
    pub line: usize,
}

impl Mention {
    /// Whether it is `prefix` or something inside it.
    pub fn is_in(&self, prefix: &str) -> bool {
        self.path.strip_prefix(prefix).is_some_and(|rest| rest.is_empty() || rest.starts_with("::"))
    }
}

/// One parsed Rust file.
pub struct Source<'a> {
    pub file: &'a File,
    pub tokens: Vec<Token>,
    pub survey: Survey,
    tests: Vec<RangeInclusive<usize>>,
}

impl<'a> Source<'a> {
    /// # Errors
    /// It is no Rust.
    pub fn parse(file: &'a File) -> Result<Self> {
        let syntax = syn::parse_file(&file.text)?;
        let stream: TokenStream =
            file.text.parse().map_err(|error| anyhow::anyhow!("it has no tokens: {error}"))?;
        let mut tokens = Vec::new();
        flatten(stream, &mut tokens);
        let mut survey = Survey::default();
        survey.visit_file(&syntax);
        let tests = std::mem::take(&mut survey.tests);
        Ok(Self { file, tokens, survey, tests })
    }

    /// The names of properties: a macro holds them, so that the syntax does not show them.
    pub fn properties(&self) -> Vec<String> {
        let mut names = Vec::new();
        for at in self.positions("proptest ! {") {
            let mut depth = 0_usize;
            for pair in self.tokens[at..].windows(2) {
                match pair[0].text.as_str() {
                    "{" => depth += 1,
                    "}" if depth == 1 => break,
                    "}" => depth -= 1,
                    "fn" if depth == 1 => names.push(pair[1].text.clone()),
                    _ => {}
                }
            }
        }
        names
    }

    /// Whether a line belongs to tests.
    pub fn is_test(&self, line: usize) -> bool {
        self.file.is_test() || self.tests.iter().any(|range| range.contains(&line))
    }

    /// The lines outside tests where these tokens follow each other; the pattern separates them by spaces.
    pub fn shipped_lines(&self, pattern: &str) -> Vec<usize> {
        let lines = self.positions(pattern).into_iter().map(|at| self.tokens[at].line);
        lines.filter(|line| !self.is_test(*line)).collect()
    }

    /// Where these tokens follow each other.
    pub fn positions(&self, pattern: &str) -> Vec<usize> {
        let wanted: Vec<&str> = pattern.split(' ').collect();
        let fits = |window: &[Token]| window.iter().zip(&wanted).all(|(t, w)| t.text == *w);
        let windows = self.tokens.windows(wanted.len()).enumerate();
        windows.filter(|(_, window)| fits(window)).map(|(at, _)| at).collect()
    }

    /// Every path outside tests, those of grouped imports in full.
    pub fn shipped_mentions(&self) -> Vec<Mention> {
        let imports = self.survey.imports.iter();
        let mut all: Vec<Mention> =
            imports.map(|(path, line)| Mention { path: path.clone(), line: *line }).collect();
        let mut rest = self.tokens.as_slice();
        while let [first, tail @ ..] = rest {
            rest = tail;
            if !is_word(&first.text) {
                continue;
            }
            let mut path = first.text.clone();
            while let [a, b, word, tail @ ..] = rest
                && a.text == ":"
                && b.text == ":"
                && is_word(&word.text)
            {
                path.push_str("::");
                path.push_str(&word.text);
                rest = tail;
            }
            all.push(Mention { path, line: first.line });
        }
        all.retain(|mention| !self.is_test(mention.line));
        all
    }
}

/// The text of a string literal; escapes are left as they are.
pub fn string(token: &Token) -> Option<&str> {
    let text = token.text.trim_start_matches('r').trim_matches('#');
    text.strip_prefix('"')?.strip_suffix('"')
}

fn is_word(text: &str) -> bool {
    text.starts_with(|c: char| c.is_alphabetic() || c == '_')
}

fn flatten(stream: TokenStream, tokens: &mut Vec<Token>) {
    for tree in stream {
        let line = tree.span().start().line;
        match tree {
            TokenTree::Group(group) => {
                let (open, close) = match group.delimiter() {
                    proc_macro2::Delimiter::Parenthesis => ("(", ")"),
                    proc_macro2::Delimiter::Brace => ("{", "}"),
                    proc_macro2::Delimiter::Bracket => ("[", "]"),
                    proc_macro2::Delimiter::None => ("", ""),
                };
                tokens.push(Token { text: open.to_owned(), line });
                flatten(group.stream(), tokens);
                let line = group.span_close().start().line;
                tokens.push(Token { text: close.to_owned(), line });
            }
            other => tokens.push(Token { text: other.to_string(), line }),
        }
    }
}

/// Parses a sample and hands it to a rule; returns the lines it complains of.
#[cfg(test)]
pub fn lines_found(
    path: &str,
    text: &str,
    rule: impl Fn(&Source, &mut super::finding::Findings),
) -> Vec<usize> {
    let file = File { path: path.to_owned(), text: text.to_owned() };
    let source = Source::parse(&file).unwrap();
    let mut found = super::finding::Findings::default();
    rule(&source, &mut found);
    let line = |place: &String| place.rsplit(':').next().unwrap().parse().unwrap();
    found.places().iter().map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SAMPLE: &str = "\
//! Sample.
use crate::{store::wallets, domain};
// crate::api in a comment is no mention
fn f() { crate::peers::ask(\"crate::jobs\"); }
#[cfg(test)]
mod tests {
    use crate::jobs;
}
";

    #[test]
    fn properties_are_found_in_their_macro() {
        let text =
            "proptest! {\n#[test]\nfn a_b_c(x in 0..1) { let f = { 1 }; }\nfn d() {}\n}\nfn e() {}";
        let file = File { path: "a.rs".into(), text: text.into() };
        assert_eq!(Source::parse(&file).unwrap().properties(), ["a_b_c", "d"]);
    }

    fn mentions(prefix: &str) -> usize {
        let file = File { path: "a/src/lib.rs".into(), text: SAMPLE.into() };
        let source = Source::parse(&file).unwrap();
        source.shipped_mentions().iter().filter(|mention| mention.is_in(prefix)).count()
    }

    #[test]
    fn paths_are_found_in_code_and_in_grouped_imports_only() {
        assert_eq!(mentions("crate::store"), 1);
        assert_eq!(mentions("crate::domain"), 1);
        assert_eq!(mentions("crate::peers"), 1);
        assert_eq!(mentions("crate::api"), 0);
        assert_eq!(mentions("crate::jobs"), 0);
        assert_eq!(mentions("crate::pee"), 0);
    }

    #[test]
    fn token_patterns_ignore_layout_and_comments() {
        let text = "fn f() { pool\n    .begin( /* now */ ); }";
        let file = File { path: "a.rs".into(), text: text.into() };
        assert_eq!(Source::parse(&file).unwrap().shipped_lines(". begin ("), [2]);
    }
}
