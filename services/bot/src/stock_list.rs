//! A list of values as staff send it: lines of text, CSV or JSON, read by the file's ending.

use std::collections::HashSet;

/// Values in one list.
pub const VALUES_MAX: usize = 100_000;
/// What the column of the values is called, in CSV and in JSON.
const COLUMNS: [&str; 2] = ["value", "values"];

/// Why a list cannot be read; nothing of it is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unreadable {
    /// Not text in UTF-8.
    NotText,
    /// CSV of several columns, none of which is `value`.
    NoColumn,
    /// Not an array of texts, or of objects with a text `value`.
    NotJson,
    /// More than [`VALUES_MAX`].
    TooMany,
}

/// Values to be added.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct StockList {
    /// Each once, in the order they came; a value that cannot be sold is counted where it is added.
    pub values: Vec<String>,
    /// Those that were there before.
    pub repeated: u32,
}

/// The values in a file.
///
/// # Errors
/// See [`Unreadable`].
pub fn read(name: &str, bytes: &[u8]) -> Result<StockList, Unreadable> {
    let text = std::str::from_utf8(bytes).map_err(|_| Unreadable::NotText)?;
    let text = text.trim_start_matches('\u{feff}');
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    let values = match ending.as_deref() {
        Some("csv") => csv_values(text)?,
        Some("json") => json_values(text)?,
        Some("txt") => lines(text),
        _ if text.trim_start().starts_with('[') => {
            json_values(text).unwrap_or_else(|_| lines(text))
        }
        _ => lines(text),
    };
    distinct(values)
}

/// One value per line; empty lines are none.
pub fn of_lines(text: &str) -> Result<StockList, Unreadable> {
    distinct(lines(text.trim_start_matches('\u{feff}')))
}

fn lines(text: &str) -> Vec<String> {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.take(VALUES_MAX + 1).map(str::to_owned).collect()
}

fn distinct(values: Vec<String>) -> Result<StockList, Unreadable> {
    if values.len() > VALUES_MAX {
        return Err(Unreadable::TooMany);
    }
    let mut seen = HashSet::with_capacity(values.len());
    let is_new: Vec<bool> =
        values.iter().map(|value| value.trim().is_empty() || seen.insert(value.trim())).collect();
    let mut list = StockList::default();
    for (value, is_new) in values.into_iter().zip(is_new) {
        if is_new {
            list.values.push(value);
        } else {
            list.repeated += 1;
        }
    }
    Ok(list)
}

/// RFC 4180 with `,` or `;`: one column, or several of which a header names one `value`.
fn csv_values(text: &str) -> Result<Vec<String>, Unreadable> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter(text))
        .from_reader(text.as_bytes());
    let mut records = reader.records().map(|record| record.map_err(|_| Unreadable::NotText));
    let Some(first) = records.next().transpose()? else { return Ok(Vec::new()) };
    let is_value = |field: &str| COLUMNS.iter().any(|name| field.trim().eq_ignore_ascii_case(name));
    let named = first.iter().position(is_value);
    let column = match (named, first.len()) {
        (Some(column), _) => column,
        (None, 1) => 0,
        (None, _) => return Err(Unreadable::NoColumn),
    };
    let mut values = Vec::new();
    if named.is_none() {
        values.push(first[0].to_owned());
    }
    for record in records {
        let record = record?;
        if named.is_none() && record.len() > 1 {
            return Err(Unreadable::NoColumn);
        }
        values.push(record.get(column).unwrap_or_default().to_owned());
        if values.len() > VALUES_MAX {
            return Err(Unreadable::TooMany);
        }
    }
    Ok(values)
}

/// Whichever of the two the first line has more of, outside quotes.
fn delimiter(text: &str) -> u8 {
    let (mut commas, mut semicolons, mut is_quoted) = (0, 0, false);
    for c in text.chars() {
        match c {
            '"' => is_quoted = !is_quoted,
            '\n' if !is_quoted => break,
            ',' if !is_quoted => commas += 1,
            ';' if !is_quoted => semicolons += 1,
            _ => {}
        }
    }
    if semicolons > commas { b';' } else { b',' }
}

fn json_values(text: &str) -> Result<Vec<String>, Unreadable> {
    #[derive(serde::Deserialize)]
    #[serde(untagged)]
    enum Entry {
        Text(String),
        Object { value: String },
    }
    let entries: Vec<Entry> = serde_json::from_str(text).map_err(|_| Unreadable::NotJson)?;
    let value = |entry| match entry {
        Entry::Text(value) | Entry::Object { value } => value,
    };
    Ok(entries.into_iter().map(value).collect())
}

/// Values as a file that comes back as the same values: lines, or JSON where a value has lines of its own.
pub fn write(values: &[String]) -> (&'static str, Vec<u8>) {
    if values.iter().all(|value| value.lines().count() <= 1) {
        return ("txt", values.join("\n").into_bytes());
    }
    ("json", serde_json::to_vec_pretty(values).expect("texts always serialise"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(name: &str, text: &str) -> Result<Vec<String>, Unreadable> {
        read(name, text.as_bytes()).map(|list| list.values)
    }

    #[test]
    fn shop_15_lines_are_values_and_empty_lines_are_not() {
        let list = read("keys.TXT", "\u{feff} a:b \r\n\r\n  c d\n\na:b\n".as_bytes()).unwrap();
        assert_eq!(list, StockList { values: vec!["a:b".into(), "c d".into()], repeated: 1 });
        assert_eq!(of_lines(" \n ").unwrap(), StockList::default());
        assert_eq!(values("keys", "one\ntwo").unwrap(), ["one", "two"]);
    }

    #[test]
    fn peer_18_csv_has_one_column_or_one_that_is_named() {
        for (text, wanted) in [
            ("a\nb\r\nc", vec!["a", "b", "c"]),
            ("value\na\nb", vec!["a", "b"]),
            ("\u{feff}login;VALUE\nx;\"a;1\"\ny;\"b\"\"2\"", vec!["a;1", "b\"2"]),
            ("\"a,1\"\n\"b\nline two\"", vec!["a,1", "b\nline two"]),
            ("note,value\nonly a note\nx,b", vec!["", "b"]),
            ("", vec![]),
        ] {
            assert_eq!(values("keys.csv", text).unwrap(), wanted, "{text:?}");
        }
        for text in ["login,password\na,b", "a\nb,c"] {
            assert_eq!(values("keys.csv", text), Err(Unreadable::NoColumn), "{text:?}");
        }
    }

    #[test]
    fn peer_18_json_is_an_array_of_texts_or_of_objects_with_a_value() {
        let text = r#" ["a", {"value": "b\nc", "note": 1}, "a"]"#;
        assert_eq!(values("keys.json", text).unwrap(), ["a", "b\nc"]);
        assert_eq!(values("keys", text).unwrap(), ["a", "b\nc"]);
        for broken in ["", "{}", "[1]", "[\"a\"", "\"a\"", r#"[{"key": "a"}]"#] {
            assert_eq!(values("keys.json", broken), Err(Unreadable::NotJson), "{broken:?}");
        }
        // A list of lines may begin with a bracket.
        assert_eq!(values("keys", "[one]\n[two]").unwrap(), ["[one]", "[two]"]);
    }

    #[test]
    fn shop_15_a_hundred_thousand_values_are_a_list_and_one_more_is_not() {
        let line = |number: usize| format!("key-{number}\n");
        let fits: String = (0..VALUES_MAX).map(line).collect();
        assert_eq!(values("a.txt", &fits).unwrap().len(), VALUES_MAX);
        for name in ["a.txt", "a.csv"] {
            let more = format!("{fits}one more");
            assert_eq!(values(name, &more), Err(Unreadable::TooMany));
        }
        assert_eq!(read("a.txt", &[0xff, 0xfe]), Err(Unreadable::NotText));
    }

    #[test]
    fn peer_18_what_is_exported_comes_back_as_the_same_values() {
        for list in [vec!["a", "b c"], vec!["a\nb", "c"], vec![]] {
            let list: Vec<String> = list.into_iter().map(str::to_owned).collect();
            let (ending, bytes) = write(&list);
            assert_eq!(read(&format!("stock.{ending}"), &bytes).unwrap().values, list);
        }
    }
}
