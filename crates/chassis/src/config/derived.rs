//! Settings that follow from others: addresses that were given in parts.

use toml::Value;

use super::Entry;
use super::layers::Entries;

/// Puts `database.url` and `redis.url` together from their parts; an empty one afterwards means
/// "none".
pub(super) fn fill(entries: &mut Entries) {
    if text(entries, "database.url").is_empty()
        && !(text(entries, "database.host").is_empty() && text(entries, "database.name").is_empty())
    {
        let url = database_url(entries);
        put(entries, "database.url", url);
    }
    let enabled = entries.get("redis.enabled").and_then(|entry| entry.value.as_bool());
    if enabled == Some(false) {
        put(entries, "redis.url", String::new());
    } else if text(entries, "redis.url").is_empty() {
        let url = redis_url(entries);
        put(entries, "redis.url", url);
    }
}

fn database_url(entries: &Entries) -> String {
    let host =
        Some(text(entries, "database.host")).filter(|host| !host.is_empty()).unwrap_or("localhost");
    let name = text(entries, "database.name");
    let user = text(entries, "database.user");
    let name = if name.is_empty() { user } else { name };
    format!(
        "postgres://{}:{}@{}:{}/{}",
        url_part(user),
        url_part(text(entries, "database.password")),
        // A folder with a socket is encoded, so that its slashes are not taken for the path.
        if host.starts_with('/') { url_part(host) } else { host.to_owned() },
        number(entries, "database.port"),
        url_part(name),
    )
}

/// Empty when no host is given, unless Redis was switched on in so many words: then it is on this
/// machine.
fn redis_url(entries: &Entries) -> String {
    let asked_for = entries.get("redis.enabled").is_some_and(|entry| entry.origin.is_some());
    let host = match text(entries, "redis.host") {
        "" if asked_for => "localhost",
        "" => return String::new(),
        host => host,
    };
    let password = match text(entries, "redis.password") {
        "" => String::new(),
        password => format!(":{}@", url_part(password)),
    };
    format!(
        "redis://{password}{host}:{}/{}",
        number(entries, "redis.port"),
        number(entries, "redis.db")
    )
}

fn text<'a>(entries: &'a Entries, key: &str) -> &'a str {
    entries.get(key).and_then(|entry| entry.value.as_str()).unwrap_or_default()
}

fn number(entries: &Entries, key: &str) -> i64 {
    entries.get(key).and_then(|entry| entry.value.as_integer()).unwrap_or_default()
}

fn put(entries: &mut Entries, key: &str, url: String) {
    let origin = Some("its parts".to_owned());
    if let Some(entry) = entries.get_mut(key) {
        *entry = Entry { origin: origin.filter(|_| !url.is_empty()), value: Value::String(url) };
    }
}

/// Percent-encodes everything but the unreserved characters: a password may hold `@`, `/` and `#`.
fn url_part(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push('%');
            encoded.push_str(&hex::encode_upper([byte]));
        }
    }
    encoded
}
