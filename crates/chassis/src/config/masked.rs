//! Settings as text that may be shown: secrets masked, each with where it was set.

use std::fmt::Write;

use toml::Value;

use super::layers::Entries;

const MASK: &str = "***";

/// Ends of keys whose values are never shown.
const SECRET: [&str; 6] = ["token", "secret", "password", "key", "keys", "hash"];

/// One line a setting, grouped by section.
pub(super) fn print(entries: &Entries) -> String {
    let mut lines: Vec<(&str, &str)> =
        entries.keys().map(|key| key.rsplit_once('.').unwrap_or(("", key))).collect();
    lines.sort_unstable();
    let mut printed = String::new();
    let mut current = None;
    for (section, name) in lines {
        if current != Some(section) {
            let gap = if current.is_some() { "\n" } else { "" };
            writeln!(printed, "{gap}[{section}]").ok();
            current = Some(section);
        }
        let entry = &entries[&format!("{section}.{name}")];
        let origin =
            entry.origin.as_deref().map(|origin| format!("  # {origin}")).unwrap_or_default();
        writeln!(printed, "{name} = {}{origin}", mask(name, &entry.value)).ok();
    }
    printed
}

/// Whether a key names a secret.
pub(super) fn is_secret(key: &str) -> bool {
    SECRET.iter().any(|end| key.ends_with(end))
}

fn mask(name: &str, value: &Value) -> Value {
    match value {
        Value::String(text) if text.is_empty() => value.clone(),
        Value::Array(items) => Value::Array(items.iter().map(|item| mask(name, item)).collect()),
        _ if is_secret(name) => Value::String(MASK.to_owned()),
        Value::String(text) => Value::String(mask_url(text)),
        plain => plain.clone(),
    }
}

/// Hides the password of `scheme://user:password@host`.
fn mask_url(text: &str) -> String {
    let Some((scheme, rest)) = text.split_once("://") else { return text.to_owned() };
    // The last `@` before the path: a password written carelessly may hold one itself.
    let authority = &rest[..rest.find('/').unwrap_or(rest.len())];
    let Some((login, _)) = authority.rsplit_once('@') else { return text.to_owned() };
    let after = &rest[login.len()..];
    let user = login.split(':').next().unwrap_or_default();
    format!("{scheme}://{user}:{MASK}{after}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passwords_in_addresses_are_hidden() {
        for (url, shown) in [
            ("postgres://shop:pa:ss@db:5432/x", "postgres://shop:***@db:5432/x"),
            ("redis://:pw@cache/0", "redis://:***@cache/0"),
            ("https://token@host/a@b", "https://token:***@host/a@b"),
            ("https://host/path", "https://host/path"),
            ("30/60", "30/60"),
        ] {
            assert_eq!(mask_url(url), shown);
        }
    }
}
