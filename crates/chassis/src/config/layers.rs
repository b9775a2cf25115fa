//! Layers of settings: known keys come from the defaults, and so does the type that a value must
//! have.

use std::collections::BTreeMap;

use toml::{Table, Value};

use super::{Entry, File, SettingsError};

/// Settings by dotted key.
pub(super) type Entries = BTreeMap<String, Entry>;

/// Reads the defaults: the set of all known keys.
pub(super) fn defaults(text: &str) -> Result<Entries, SettingsError> {
    let table: Table =
        text.parse().map_err(|error| format!("the defaults cannot be read: {error}"))?;
    let entry = |(key, value)| (key, Entry { value, origin: None });
    Ok(flatten(table).into_iter().map(entry).collect())
}

/// Puts a file over what is there.
pub(super) fn apply_file(entries: &mut Entries, file: File<'_>, problems: &mut Vec<String>) {
    let table: Table = match file.text.parse() {
        Ok(table) => table,
        // Not the error's own text: it quotes the line, and the line may hold a token.
        Err(error) => {
            let line =
                error.span().map_or(0, |span| file.text[..span.start].lines().count().max(1));
            let what = error.message();
            return problems.push(format!("{} cannot be read: line {line}: {what}", file.name));
        }
    };
    for (key, value) in flatten(table) {
        let Some(entry) = entries.get_mut(&key) else {
            let near = nearest(&key, entries.keys().map(String::as_str));
            problems.push(unknown(file.name, &key, near.as_deref()));
            continue;
        };
        match fit(value, &entry.value) {
            Ok(value) => *entry = Entry { value, origin: Some(file.name.to_owned()) },
            Err(wanted) => problems.push(format!("{key} in {}: it must be {wanted}", file.name)),
        }
    }
}

/// Puts the text of an environment variable over the entry of `key`, where there is one; empty text
/// changes nothing.
pub(super) fn apply_text(
    entries: &mut Entries,
    key: &str,
    name: &str,
    text: &str,
) -> Result<(), String> {
    if text.trim().is_empty() {
        return Ok(());
    }
    let Some(entry) = entries.get_mut(key) else { return Ok(()) };
    let value =
        parse(text, &entry.value).map_err(|wanted| format!("{name}: it must be {wanted}"))?;
    *entry = Entry { value, origin: Some(name.to_owned()) };
    Ok(())
}

/// Puts a value at a dotted path, making the tables on the way.
pub(super) fn insert(table: &mut Table, path: &str, value: Value) {
    match path.split_once('.') {
        None => {
            table.insert(path.to_owned(), value);
        }
        Some((first, rest)) => {
            let inner = table.entry(first).or_insert_with(|| Value::Table(Table::new()));
            if let Value::Table(inner) = inner {
                insert(inner, rest, value);
            }
        }
    }
}

/// "No such setting", with the nearest one there is.
pub(super) fn unknown(place: &str, name: &str, near: Option<&str>) -> String {
    let hint = near.map(|near| format!("; did you mean {near}?")).unwrap_or_default();
    format!("{name} in {place}: there is no such setting{hint}")
}

/// The candidate that takes the fewest edits, if that is not a different word altogether.
pub(super) fn nearest<'a>(name: &str, candidates: impl Iterator<Item = &'a str>) -> Option<String> {
    let (distance, near) = candidates.map(|known| (edits(name, known), known)).min()?;
    (distance <= name.len().max(near.len()) / 3).then(|| near.to_owned())
}

fn flatten(table: Table) -> Vec<(String, Value)> {
    let mut flat = Vec::new();
    for (key, value) in table {
        match value {
            Value::Table(inner) => flat.extend(
                flatten(inner).into_iter().map(|(rest, value)| (format!("{key}.{rest}"), value)),
            ),
            leaf => flat.push((key, leaf)),
        }
    }
    flat
}

/// A value of a file as the type of the default; the error names that type.
fn fit(value: Value, default: &Value) -> Result<Value, &'static str> {
    match (value, default) {
        // 20 and "20" are the same decimal; 0.91 may already have lost digits.
        (Value::Integer(number), Value::String(_)) => Ok(Value::String(number.to_string())),
        (value, default) if value.same_type(default) => Ok(value),
        (_, default) => Err(wanted(default)),
    }
}

/// Text of the environment as the type of the default; the error names that type.
fn parse(text: &str, default: &Value) -> Result<Value, &'static str> {
    let text = text.trim();
    let parsed = match default {
        Value::String(_) => Some(Value::String(text.to_owned())),
        Value::Integer(_) => text.parse().ok().map(Value::Integer),
        Value::Boolean(_) => truth(text).map(Value::Boolean),
        Value::Array(_) => {
            let items = text.split(',').map(str::trim).filter(|item| !item.is_empty());
            Some(Value::Array(items.map(|item| Value::String(item.to_owned())).collect()))
        }
        Value::Float(_) | Value::Datetime(_) | Value::Table(_) => None,
    };
    parsed.ok_or(wanted(default))
}

pub(super) fn truth(text: &str) -> Option<bool> {
    match text.to_ascii_lowercase().as_str() {
        "1" | "true" | "yes" | "on" => Some(true),
        "0" | "false" | "no" | "off" => Some(false),
        _ => None,
    }
}

fn wanted(default: &Value) -> &'static str {
    match default {
        Value::String(_) => "text in quotes",
        Value::Integer(_) => "a whole number",
        Value::Boolean(_) => "true or false",
        Value::Array(_) => "a list of texts",
        Value::Float(_) | Value::Datetime(_) | Value::Table(_) => "what the defaults show",
    }
}

/// Levenshtein's distance.
fn edits(one: &str, other: &str) -> usize {
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (i, a) in one.bytes().enumerate() {
        let mut diagonal = std::mem::replace(&mut row[0], i + 1);
        for (j, b) in other.bytes().enumerate() {
            let replaced = diagonal + usize::from(a != b);
            diagonal = row[j + 1];
            row[j + 1] = replaced.min(diagonal + 1).min(row[j] + 1);
        }
    }
    row[other.len()]
}
