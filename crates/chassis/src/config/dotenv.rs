//! A `.env` file: environment names and values as older shops keep them, one a line.

use std::collections::BTreeMap;

/// The file that is read where it lies in the working directory; the environment of the process wins over it.
pub(super) const FILE: &str = ".env";

/// Reads the text of a file. Known forms: `NAME=value`, `export NAME=value`, `# remark`, quotes of both kinds, which may
/// hold line breaks, a remark behind a value, `\n` and the like in double quotes, `${NAME}` and `${NAME:-otherwise}` outside of
/// single ones, from the lines before or `environment`.
pub(super) fn read(
    text: &str,
    environment: &BTreeMap<String, String>,
    problems: &mut Vec<String>,
) -> BTreeMap<String, String> {
    let mut names = BTreeMap::new();
    let mut rest = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut number = 1;
    while !rest.is_empty() {
        let before = rest.len();
        let consumed = match line(rest) {
            Line::Nothing(taken) => taken,
            Line::Value { name, value, taken } => {
                let known = |wanted: &str| environment.get(wanted).or_else(|| names.get(wanted));
                let value = match value {
                    Value::Literal(value) => value,
                    Value::Open(value) => expanded(&value, known),
                };
                names.insert(name, value);
                taken
            }
            // Not the line itself: it may hold a token.
            Line::Broken(taken) => {
                problems
                    .push(format!("{FILE} cannot be read: line {number}: NAME=value is wanted"));
                taken
            }
        };
        number += rest[..consumed].matches('\n').count();
        rest = &rest[consumed..];
        debug_assert!(rest.len() < before, "every line takes something");
    }
    names
}

/// What the text begins with, and how much of it that takes.
enum Line {
    Nothing(usize),
    Value { name: String, value: Value, taken: usize },
    Broken(usize),
}

/// A value as it is written.
enum Value {
    /// As it is.
    Literal(String),
    /// With `${...}` in it.
    Open(String),
}

fn line(text: &str) -> Line {
    let end = text.find('\n').map_or(text.len(), |at| at + 1);
    let whole = text[..end].trim();
    if whole.is_empty() || whole.starts_with('#') {
        return Line::Nothing(end);
    }
    let Some(equals) = text[..end].find('=') else { return Line::Broken(end) };
    let name = text[..equals].trim();
    let name = name.strip_prefix("export ").map_or(name, str::trim_start);
    let is_name = |c: char| c.is_ascii_alphanumeric() || c == '_';
    if name.is_empty() || !name.chars().all(is_name) {
        return Line::Broken(end);
    }
    let name = name.to_owned();
    let spaces = text[equals + 1..end].len() - text[equals + 1..end].trim_start().len();
    let start = equals + 1 + spaces;
    match text[start..].chars().next() {
        Some(quote @ ('"' | '\'')) if start < end => match quoted(&text[start + 1..], quote) {
            Some((value, length)) => {
                let behind = start + 1 + length;
                let taken = text[behind..].find('\n').map_or(text.len(), |at| behind + at + 1);
                Line::Value { name, value, taken }
            }
            None => Line::Broken(end),
        },
        _ => {
            let value = text[equals + 1..end].trim();
            let value = value.find(" #").map_or(value, |at| value[..at].trim_end());
            let value = if value.starts_with('#') { "" } else { value };
            Line::Value { name, value: Value::Open(value.to_owned()), taken: end }
        }
    }
}

/// What is in quotes, and how long it is with the closing one.
fn quoted(text: &str, quote: char) -> Option<(Value, usize)> {
    let mut value = String::new();
    let mut signs = text.char_indices();
    while let Some((at, sign)) = signs.next() {
        if sign == quote {
            let value = if quote == '"' { Value::Open(value) } else { Value::Literal(value) };
            return Some((value, at + 1));
        }
        if sign != '\\' {
            value.push(sign);
            continue;
        }
        let (_, escaped) = signs.next()?;
        match escaped {
            'n' if quote == '"' => value.push('\n'),
            'r' if quote == '"' => value.push('\r'),
            't' if quote == '"' => value.push('\t'),
            '\\' | '"' | '\'' => value.push(escaped),
            other => value.extend(['\\', other]),
        }
    }
    None
}

fn expanded<'a>(value: &str, known: impl Fn(&str) -> Option<&'a String>) -> String {
    let mut expanded = String::new();
    let mut rest = value;
    while let Some(at) = rest.find("${") {
        let Some(length) = rest[at..].find('}') else { break };
        expanded.push_str(&rest[..at]);
        let inside = &rest[at + 2..at + length];
        let (name, otherwise) = inside.split_once(":-").unwrap_or((inside, ""));
        let found = known(name).map(String::as_str).filter(|value| !value.is_empty());
        expanded.push_str(found.unwrap_or(otherwise));
        rest = &rest[at + length + 1..];
    }
    expanded + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_all(text: &str) -> (BTreeMap<String, String>, Vec<String>) {
        let mut problems = Vec::new();
        let environment = BTreeMap::from([("OUTSIDE".to_owned(), "o".to_owned())]);
        let names = read(text, &environment, &mut problems);
        (names, problems)
    }

    #[test]
    fn a_file_is_read_as_the_older_shop_reads_it() {
        let (names, problems) = read_all(
            "\u{feff}# a remark\r\n\nTOKEN=1:abc\r\n export OWNER_ID = 42 # the owner\n\
             EMPTY=\nHASH=#\n\
             RULES=\"1. Be <kind>\\n2. \\\"No\\\" #spam\" # behind\n\
             PASSWORD='a$\\n${b} #c'\n\
             LONG=\"one\ntwo\"\nURL=postgres://${OUTSIDE}:${PASSWORD}@${DB:-db}/${NONE}\nP=a#b=c",
        );
        assert_eq!(problems, [""; 0]);
        let pairs = [
            ("EMPTY", ""),
            ("HASH", ""),
            ("LONG", "one\ntwo"),
            ("OWNER_ID", "42"),
            ("P", "a#b=c"),
            ("PASSWORD", "a$\\n${b} #c"),
            ("RULES", "1. Be <kind>\n2. \"No\" #spam"),
            ("TOKEN", "1:abc"),
            ("URL", "postgres://o:a$\\n${b} #c@db/"),
        ];
        let read: Vec<_> = names.iter().map(|(name, value)| (&**name, &**value)).collect();
        assert_eq!(read, pairs);
    }

    #[test]
    fn lines_that_cannot_be_read_are_named_by_number_and_never_shown() {
        let (names, problems) = read_all("A=1\ncanary\nB C=canary\nD=\"canary\nE=2\n");
        assert_eq!(names.keys().collect::<Vec<_>>(), ["A", "E"]);
        let lines: Vec<_> = problems.iter().map(|problem| &problem[..27]).collect();
        assert_eq!(
            lines,
            [
                ".env cannot be read: line 2",
                ".env cannot be read: line 3",
                ".env cannot be read: line 4"
            ]
        );
        assert!(problems.iter().all(|problem| !problem.contains("canary")));
    }
}
