//! Environment names: the short ones that older shops already have, and `BODEGA__SECTION__KEY` for
//! everything.

use std::collections::BTreeMap;

use super::layers::{self, Entries};

/// Begins the long names.
const PREFIX: &str = "BODEGA__";

/// A short name, the setting it stands for and how its text is read; empty text leaves the setting
/// alone.
struct Short {
    name: &'static str,
    key: &'static str,
    read: fn(&str) -> String,
}

const fn short(name: &'static str, key: &'static str) -> Short {
    Short { name, key, read: str::to_owned }
}

const fn read_by(name: &'static str, key: &'static str, read: fn(&str) -> String) -> Short {
    Short { name, key, read }
}

/// All short names. Where two lead to one setting the first that is set wins.
const SHORT: &[Short] = &[
    short("PAY_CURRENCY", "shop.currency"),
    short("SHOP_TIMEZONE", "shop.timezone"),
    short("OWNER_ID", "shop.owner_id"),
    short("RULES", "shop.rules"),
    short("HELPER_ID", "shop.support_id"),
    short("CHANNEL_URL", "shop.channel_url"),
    short("CHANNEL_ID", "shop.channel_id"),
    short("TOKEN", "telegram.token"),
    short("BOT_TOKEN", "telegram.token"),
    short("TELEGRAM_API_URL", "telegram.api_url"),
    short("WEBHOOK_ENABLED", "telegram.webhook.enabled"),
    short("WEBHOOK_URL", "telegram.webhook.url"),
    short("WEBHOOK_PATH", "telegram.webhook.path"),
    short("WEBHOOK_SECRET", "telegram.webhook.secret"),
    short("BOT_LOCALE", "bot.locale"),
    short("PAYMENT_TIME", "payments.invoice_seconds"),
    short("MIN_AMOUNT", "payments.min_amount"),
    short("MIN_DEPOSIT_AMOUNT", "payments.min_amount"),
    short("MAX_AMOUNT", "payments.max_amount"),
    short("REFERRAL_PERCENT", "payments.referral_percent"),
    short("CRYPTO_PAY_TOKEN", "payments.cryptopay.token"),
    short("CRYPTO_PAY_API_URL", "payments.cryptopay.api_url"),
    short("STARS_PER_VALUE", "payments.stars.stars_per_value"),
    short("REVIEWS_ENABLED", "reviews.enabled"),
    short("PORT", "gateway.port"),
    short("RATE_LIMIT_GLOBAL", "gateway.limits.global"),
    short("RATE_LIMIT_PURCHASE", "gateway.limits.purchase"),
    short("RATE_LIMIT_PAYMENT", "gateway.limits.payment"),
    short("RATE_LIMIT_BAN_SECONDS", "gateway.limits.ban_seconds"),
    short("GRPC_PORT", "grpc.port"),
    short("OPS_PORT", "ops.port"),
    short("SHUTDOWN_GRACE_SECONDS", "ops.shutdown_grace_seconds"),
    read_by("DATABASE_URL", "database.url", database_url),
    short("POSTGRES_HOST", "database.host"),
    short("DB_PORT", "database.port"),
    short("POSTGRES_PORT", "database.port"),
    short("POSTGRES_DB", "database.name"),
    short("POSTGRES_USER", "database.user"),
    short("POSTGRES_PASSWORD", "database.password"),
    short("REDIS_ENABLED", "redis.enabled"),
    short("REDIS_URI", "redis.url"),
    short("REDIS_URL", "redis.url"),
    short("REDIS_HOST", "redis.host"),
    short("REDIS_PORT", "redis.port"),
    short("REDIS_DB", "redis.db"),
    short("REDIS_PASSWORD", "redis.password"),
    short("RUST_LOG", "telemetry.log"),
    read_by("LOG_LEVEL", "telemetry.log", log_level),
    read_by("DEBUG", "telemetry.log", debug),
    short("OTEL_EXPORTER_OTLP_ENDPOINT", "telemetry.otlp_endpoint"),
];

/// Puts the environment over the settings: short names first, then the long ones, which say exactly
/// what they mean.
pub(super) fn apply(
    entries: &mut Entries,
    environment: BTreeMap<String, String>,
    problems: &mut Vec<String>,
) {
    // Backwards, so that the first of two names for one setting has the last word.
    for short in SHORT.iter().rev() {
        if let Some(text) = environment.get(short.name) {
            let set = layers::apply_text(entries, short.key, short.name, &(short.read)(text));
            problems.extend(set.err());
        }
    }
    for (name, text) in &environment {
        let Some(path) = name.strip_prefix(PREFIX) else { continue };
        let key = path.to_ascii_lowercase().replace("__", ".");
        if entries.contains_key(&key) {
            problems.extend(layers::apply_text(entries, &key, name, text).err());
        } else {
            let near = layers::nearest(&key, entries.keys().map(String::as_str));
            let near = near.map(|key| long_name(&key));
            problems.push(layers::unknown("the environment", name, near.as_deref()));
        }
    }
}

/// The environment name to tell people: the short one if there is one.
pub(super) fn short_name(key: &str) -> String {
    let short = SHORT.iter().find(|short| short.key == key);
    short.map_or_else(|| long_name(key), |short| short.name.to_owned())
}

fn long_name(key: &str) -> String {
    format!("{PREFIX}{}", key.to_ascii_uppercase().replace('.', "__"))
}

/// Older shops name a Python driver in the scheme: `postgresql+asyncpg://`.
fn database_url(text: &str) -> String {
    match text.split_once("://") {
        Some((scheme, rest)) => {
            let scheme = scheme.split_once('+').map_or(scheme, |(engine, _)| engine);
            format!("{scheme}://{rest}")
        }
        None => text.to_owned(),
    }
}

/// Python's names of levels are accepted.
fn log_level(text: &str) -> String {
    match text.trim().to_ascii_lowercase().as_str() {
        "warning" => "warn".to_owned(),
        "critical" | "fatal" => "error".to_owned(),
        "notset" => "trace".to_owned(),
        other => other.to_owned(),
    }
}

fn debug(text: &str) -> String {
    if layers::truth(text.trim()) == Some(true) { "debug".to_owned() } else { String::new() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_short_name_leads_to_a_setting() {
        let known = layers::defaults(include_str!("../../../bodega/default.toml")).unwrap();
        for short in SHORT {
            assert!(known.contains_key(short.key), "{} -> {}", short.name, short.key);
        }
    }
}
