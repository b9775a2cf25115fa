//! What a value must be beyond its type; checked on the effective settings, whoever set them.

use kernel::currency::Currency;
use kernel::locale::Locale;
use toml::Value;

use super::layers::Entries;
use super::masked;
use crate::kv::Limit;

/// Telegram's own bound.
const WEBHOOK_SECRET_CHARS_MAX: usize = 256;
/// Shorter ones can be guessed.
const WEBHOOK_SECRET_CHARS_MIN: usize = 32;

/// Adds a problem for every value that breaks its rule, and tells which those are.
pub(super) fn check(entries: &Entries, problems: &mut Vec<String>) -> Vec<String> {
    let mut broken = Vec::new();
    let has_webhook = entries
        .get("telegram.webhook.enabled")
        .is_some_and(|entry| entry.value == Value::Boolean(true));
    for (key, entry) in entries {
        // What is switched off harms nobody, and older shops never looked at it.
        if key.starts_with("telegram.webhook.") && !has_webhook {
            continue;
        }
        let Err(rule) = check_value(key, &entry.value) else { continue };
        let place = match entry.origin.as_deref() {
            Some(origin) => format!("{key} (set by {origin})"),
            None => key.clone(),
        };
        let shown =
            if masked::is_secret(key) { String::new() } else { format!(", not {}", entry.value) };
        problems.push(format!("{place}: it must be {rule}{shown}"));
        broken.push(key.clone());
    }
    check_webhook(entries, problems);
    broken
}

fn check_webhook(entries: &Entries, problems: &mut Vec<String>) {
    let is =
        |key: &str, wanted: &Value| entries.get(key).is_some_and(|entry| entry.value == *wanted);
    if is("telegram.webhook.enabled", &Value::Boolean(true)) {
        for (key, name) in
            [("telegram.webhook.url", "WEBHOOK_URL"), ("telegram.webhook.secret", "WEBHOOK_SECRET")]
        {
            if is(key, &Value::String(String::new())) {
                problems.push(format!("{key} is not set, and the webhook is enabled; set {name}"));
            }
        }
    }
}

fn check_value(key: &str, value: &Value) -> Result<(), String> {
    match value {
        Value::Integer(number) => check_number(key, *number),
        // Not set: whether it is needed is for the one who needs it to say.
        Value::String(text) if text.is_empty() => Ok(()),
        Value::String(text) => check_text(key, text),
        _ => Ok(()),
    }
}

fn check_number(key: &str, number: i64) -> Result<(), String> {
    let range = match key {
        "payments.referral_percent" => 0..=99,
        "payments.invoice_seconds" => 60..=2_678_400,
        "database.pool_size" => 1..=200,
        "bot.sending.broadcast_percent" => 1..=100,
        "bot.rewards.take_back_days" => 0..=365,
        "bot.tickets.remind_minutes" => 0..=43_200,
        "bot.tickets.kept_days" => 0..=3_650,
        "telegram.polling.wait_seconds" => 0..=50,
        "shop.owner_id" | "shop.support_id" => 0..=1 << 52,
        "shop.channel_id" | "bot.user_data.channel_id" => i64::MIN..=0,
        "gateway.body_bytes_max" => 1_024..=16_777_216,
        _ if key.ends_with("port") => 0..=65_535,
        _ if key.ends_with("_seconds") => 0..=31_536_000,
        _ => 0..=i64::MAX,
    };
    if range.contains(&number) {
        return Ok(());
    }
    Err(match (*range.start(), *range.end()) {
        (i64::MIN, most) => format!("{most} or less"),
        (least, i64::MAX) => format!("{least} or more"),
        (least, most) => format!("{least} to {most}"),
    })
}

fn check_text(key: &str, text: &str) -> Result<(), String> {
    let rule = |holds: bool, rule: &str| if holds { Ok(()) } else { Err(rule.to_owned()) };
    match key {
        "shop.currency" => rule(text.parse::<Currency>().is_ok(), "an ISO 4217 code such as RUB"),
        "shop.timezone" => {
            rule(jiff::tz::TimeZone::get(text).is_ok(), "a zone such as Europe/Moscow")
        }
        "bot.locale" => rule(Locale::ALL.iter().any(|locale| locale.tag() == text), "en or ru"),
        "bot.subscriptions.when_unknown" => {
            rule(matches!(text, "open" | "closed"), "open or closed")
        }
        "payments.min_amount"
        | "payments.max_amount"
        | "bot.rewards.amount"
        | "payments.stars.stars_per_value" => {
            rule(is_decimal(text), "a plain number such as 20 or 0.91")
        }
        _ if key.starts_with("payments.adjustments.") => {
            rule(is_decimal(text), "a plain number such as 500, or 0 for none")
        }
        "telegram.webhook.secret" | "telegram.webhook.previous_secret" => rule(
            is_webhook_secret(text),
            "32 to 256 of A-Z a-z 0-9 _ -, for example from `openssl rand -hex 32`",
        ),
        _ if key.ends_with("bind") => {
            rule(text.parse::<std::net::IpAddr>().is_ok(), "an IP address such as 127.0.0.1")
        }
        "telegram.webhook.path" => {
            rule(text.starts_with('/') && text.len() > 1, "a path such as /webhook")
        }
        "shop.channel_url" => rule(is_http(text), "an address such as https://t.me/example"),
        "telegram.webhook.url" => rule(
            text == "self" || is_http(text),
            "an https:// address, or `self` for a Bot API server on this machine",
        ),
        "database.url" => rule(
            text.starts_with("postgres://") || text.starts_with("postgresql://"),
            "an address such as postgres://user:password@host/name",
        ),
        _ if key.starts_with("gateway.limits.") => {
            rule(text.parse::<Limit>().is_ok(), "count/seconds such as 30/60, or 0 for no limit")
        }
        _ if key.ends_with("api_url")
            || key.ends_with("endpoint")
            || key.starts_with("grpc.peers.") =>
        {
            rule(is_http(text), "an address with http(s)://")
        }
        _ => Ok(()),
    }
}

fn is_http(text: &str) -> bool {
    text.starts_with("https://") || text.starts_with("http://")
}

fn is_decimal(text: &str) -> bool {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let digits =
        |part: &str| (1..=12).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
    digits(whole) && digits(fraction)
}

fn is_webhook_secret(text: &str) -> bool {
    (WEBHOOK_SECRET_CHARS_MIN..=WEBHOOK_SECRET_CHARS_MAX).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-')
}
