//! Where updates are delivered: the settings of setWebhook and what became of the deliveries.

use axum::http::Uri;
use serde_json::{Value, json};

use super::failure::Failure;
use crate::parameters::Parameters;
use crate::post::parse_target;

const SECRET_CHARS_MAX: usize = 256;
const CONNECTIONS_DEFAULT: usize = 40;
/// A local server accepts this many.
const CONNECTIONS_MAX: i64 = 100_000;

/// The webhook that is set.
#[derive(Debug)]
pub(crate) struct Hook {
    pub(crate) url: String,
    pub(crate) target: Uri,
    pub(crate) secret: Option<String>,
    pub(crate) max_connections: usize,
    pub(crate) connections: tokio::sync::Semaphore,
}

impl Hook {
    /// Reads the parameters of setWebhook; `None` if the URL is empty, which removes the webhook.
    pub(crate) fn parse(parameters: &Parameters) -> Result<Option<Self>, Failure> {
        let url = parameters.text("url").unwrap_or_default().trim().to_owned();
        if url.is_empty() {
            return Ok(None);
        }
        let secret = parameters.text("secret_token").filter(|secret| !secret.is_empty());
        if let Some(secret) = &secret {
            check_secret(secret)?;
        }
        if url.starts_with("https://") {
            return Err(Failure::bad_request(
                "bad webhook: this emulator delivers over plain HTTP only",
            ));
        }
        let target = parse_target(&url)
            .ok_or_else(|| Failure::bad_request("invalid webhook URL specified"))?;
        let max_connections = parameters
            .integer("max_connections")
            .map(|count| count.clamp(1, CONNECTIONS_MAX))
            .and_then(|count| usize::try_from(count).ok())
            .unwrap_or(CONNECTIONS_DEFAULT);
        Ok(Some(Self {
            url,
            target,
            secret: secret.map(std::borrow::Cow::into_owned),
            max_connections,
            connections: tokio::sync::Semaphore::new(max_connections),
        }))
    }

    pub(crate) fn is_same_as(&self, other: &Self) -> bool {
        self.url == other.url
            && self.secret == other.secret
            && self.max_connections == other.max_connections
    }
}

fn check_secret(secret: &str) -> Result<(), Failure> {
    if secret.len() > SECRET_CHARS_MAX {
        return Err(Failure::bad_request("secret token is too long"));
    }
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-';
    if !secret.bytes().all(allowed) {
        return Err(Failure::bad_request("secret token contains unallowed characters"));
    }
    Ok(())
}

/// Which updates the bot wants to be told of.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Wanted(Option<Vec<String>>);

/// Nobody is told of these without asking.
const UNASKED: [&str; 3] = ["chat_member", "message_reaction", "message_reaction_count"];

impl Wanted {
    /// Reads `allowed_updates`; `None` keeps what was set before.
    pub(crate) fn parse(parameters: &Parameters) -> Result<Option<Self>, Failure> {
        let malformed =
            || Failure::bad_request("can't parse allowed updates: expected an Array of String");
        let Some(value) = parameters.json("allowed_updates").map_err(|_| malformed())? else {
            return Ok(None);
        };
        let kinds: Vec<String> =
            serde_json::from_value(value.into_owned()).map_err(|_| malformed())?;
        Ok(Some(Self((!kinds.is_empty()).then_some(kinds))))
    }

    pub(crate) fn includes(&self, field: &str) -> bool {
        match &self.0 {
            None => !UNASKED.contains(&field),
            Some(kinds) => kinds.iter().any(|kind| kind == field),
        }
    }
}

/// The latest delivery that failed.
#[derive(Debug, Clone)]
pub(crate) struct LastError {
    /// Seconds since the epoch.
    pub(crate) date: i64,
    pub(crate) message: String,
}

/// The result of getWebhookInfo.
pub(crate) fn describe(
    hook: Option<&Hook>,
    pending: usize,
    wanted: &Wanted,
    error: Option<&LastError>,
) -> Value {
    let mut shown = json!({
        "url": hook.map_or("", |hook| hook.url.as_str()),
        "has_custom_certificate": false,
        "pending_update_count": pending,
    });
    if let Some(hook) = hook {
        shown["max_connections"] = json!(hook.max_connections);
        if let Some(host) = hook.target.host() {
            shown["ip_address"] = json!(host);
        }
    }
    if let Some(kinds) = &wanted.0 {
        shown["allowed_updates"] = json!(kinds);
    }
    if let Some(error) = error {
        shown["last_error_date"] = json!(error.date);
        shown["last_error_message"] = json!(error.message);
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(fields: Value) -> Result<Option<Hook>, String> {
        let Value::Object(fields) = fields else { panic!("an object") };
        Hook::parse(&Parameters::from_json(fields)).map_err(|f| f.description.into_owned())
    }

    #[test]
    fn the_secret_is_short_and_plain() {
        let with = |secret: &str| {
            parse(json!({ "url": "http://127.0.0.1:1/x", "secret_token": secret })).map(|_| ())
        };
        assert_eq!(with(&"a-Z_9".repeat(51)), Ok(()));
        assert_eq!(with(&"a".repeat(257)), Err("Bad Request: secret token is too long".to_owned()));
        assert_eq!(
            with("a b"),
            Err("Bad Request: secret token contains unallowed characters".to_owned())
        );
    }

    #[test]
    fn an_empty_url_removes_and_a_bad_one_is_refused() {
        assert!(parse(json!({})).unwrap().is_none());
        for url in ["nonsense", "ftp://a.example", "http://"] {
            assert!(parse(json!({ "url": url })).is_err(), "{url}");
        }
        let hook = parse(json!({ "url": "http://127.0.0.1:9/x", "max_connections": 7 })).unwrap();
        assert_eq!(hook.unwrap().max_connections, 7);
    }

    #[test]
    fn an_empty_list_wants_all_but_what_must_be_asked_for() {
        let wanted = Wanted::default();
        assert!(wanted.includes("message"));
        assert!(!wanted.includes("chat_member"));
        let Value::Object(fields) = json!({ "allowed_updates": "[\"message\"]" }) else {
            panic!("an object")
        };
        let wanted = Wanted::parse(&Parameters::from_json(fields)).unwrap().unwrap();
        assert!(wanted.includes("message"));
        assert!(!wanted.includes("callback_query"));
    }
}
