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
    read_by("CHANNEL_URL", "shop.channel_url", channel_url),
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
    short("ADMIN_PORT", "ops.port"),
    short("MONITORING_PORT", "ops.port"),
    read_by("ADMIN_HOST", "ops.bind", address),
    read_by("MONITORING_HOST", "ops.bind", address),
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

/// Names of older shops for what Bodega does not have or does by other means: accepted, and told of at the start. Why each
/// is here stands in docs/settings.md.
const IDLE: &[&str] = &[
    "ADMIN_IDS",
    "ADMIN_PASSWORD",
    "ADMIN_USERNAME",
    "ADMIN_USER_IDS",
    "ALLOW_MOCK",
    "API_HASH",
    "API_ID",
    "AUDIT_RETENTION_DAYS",
    "BINANCE_WALLET",
    "BOT_AUDITFILE",
    "BOT_LOGFILE",
    "DATABASE_BACKUP_INTERVAL",
    "DB_DRIVER",
    "ENABLE_DATABASE_PROTECTION",
    "ENVIRONMENT",
    "LOG_FILE",
    "LOG_TO_FILE",
    "LOG_TO_STDOUT",
    "MAX_BACKUPS",
    "MAX_PRICE_USD",
    "MAX_RETRIES",
    "MIN_PRICE_USD",
    "PAYMENTS_RETENTION_DAYS",
    "PGID",
    "POLLING_INTERVAL",
    "PROFIT_MARGIN_PERCENT",
    "PUID",
    "SECRET_KEY",
    "SMSPOOL_API_KEY",
    "SMSPOOL_MAX_RETRIES",
    "SMSPOOL_POLLING_INTERVAL",
    "SMSPOOL_TIMEOUT",
    "TELEGRAM_PROVIDER_TOKEN",
    "TON_API_TOKEN",
];

/// Which of them are set.
pub(super) fn idle(environment: &BTreeMap<String, String>) -> Vec<&'static str> {
    let is_set = |name: &&&str| environment.get(**name).is_some_and(|text| !text.trim().is_empty());
    IDLE.iter().filter(is_set).copied().collect()
}

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

/// A database's address as older shops write it: with a Python driver in the scheme, `postgresql+asyncpg://`.
pub fn database_url(text: &str) -> String {
    match text.split_once("://") {
        Some((scheme, rest)) => {
            let scheme = scheme.split_once('+').map_or(scheme, |(engine, _)| engine);
            format!("{scheme}://{rest}")
        }
        None => text.to_owned(),
    }
}

/// A public channel's address; older shops take `@name` as well.
fn channel_url(text: &str) -> String {
    match text.trim() {
        "" => String::new(),
        url if url.contains("://") => url.to_owned(),
        name => {
            let name = name.strip_prefix('@').unwrap_or(name);
            format!("https://t.me/{}", name.strip_prefix("t.me/").unwrap_or(name))
        }
    }
}

/// An address to listen on; older shops say `localhost`.
fn address(text: &str) -> String {
    if text.trim() == "localhost" { "127.0.0.1".to_owned() } else { text.to_owned() }
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

    const DEFAULTS: &str = include_str!("../../../bodega/default.toml");
    const PAGE: &str = include_str!("../../../../docs/settings.md");

    #[test]
    fn every_short_name_leads_to_a_setting() {
        let known = layers::defaults(DEFAULTS).unwrap();
        for short in SHORT {
            assert!(known.contains_key(short.key), "{} -> {}", short.name, short.key);
        }
    }

    /// Short names with their settings as the comments of the defaults tell them: `[NAME, OTHER]` belongs to the settings
    /// right below.
    fn told_by_the_defaults() -> Vec<(String, Vec<String>)> {
        let (mut told, mut names, mut keys) = (Vec::new(), Vec::new(), Vec::new());
        let mut section = String::new();
        for line in DEFAULTS.lines().chain(["# end"]) {
            if let Some(comment) = line.strip_prefix('#') {
                if !keys.is_empty() {
                    told.extend(names.drain(..).map(|name| (name, keys.clone())));
                    keys.clear();
                }
                let inside = comment.split('[').skip(1).filter_map(|part| part.split(']').next());
                let words = inside.flat_map(|list| list.split(", "));
                names.extend(words.filter(|word| is_name(word)).map(str::to_owned));
            } else if let Some(name) = line.strip_prefix('[') {
                section = name.trim_end_matches(']').to_owned();
            } else if let Some((key, _)) = line.split_once(" = ") {
                keys.push(format!("{section}.{key}"));
            }
        }
        told
    }

    fn is_name(word: &str) -> bool {
        word.len() > 1 && word.bytes().all(|b| b.is_ascii_uppercase() || b == b'_')
    }

    /// The rows of the page's tables whose first cell is an environment name.
    fn told_by_the_page() -> Vec<(&'static str, &'static str)> {
        let cells = |line: &'static str| {
            let mut cells = line.strip_prefix("| ")?.split(" | ").map(str::trim);
            Some((cells.next()?, cells.next()?))
        };
        PAGE.lines().filter_map(cells).filter(|(name, _)| is_name(name)).collect()
    }

    #[test]
    fn the_defaults_the_page_and_the_code_name_the_same_settings() {
        let told = told_by_the_defaults();
        for short in SHORT {
            let there = told
                .iter()
                .any(|(name, keys)| name == short.name && keys.iter().any(|key| key == short.key));
            assert!(there, "default.toml: [{}] belongs above {}", short.name, short.key);
        }
        assert_eq!(told.len(), SHORT.len(), "default.toml names what the code does not: {told:?}");

        let rows = told_by_the_page();
        for short in SHORT {
            let key = format!("`{}`", short.key);
            assert!(rows.contains(&(short.name, key.as_str())), "settings.md: {}", short.name);
        }
        for name in IDLE {
            assert!(rows.contains(&(name, "no effect")), "settings.md: {name}");
        }
        assert_eq!(
            rows.len(),
            SHORT.len() + IDLE.len(),
            "settings.md names what the code does not"
        );
    }

    #[test]
    fn every_setting_of_the_defaults_is_explained() {
        let mut comment = String::new();
        for line in DEFAULTS.lines() {
            if let Some(text) = line.strip_prefix('#') {
                comment.push_str(text);
            } else if line.contains(" = ") {
                assert!(!comment.trim().is_empty(), "nothing is said of {line}");
            } else if !line.starts_with('[') {
                comment.clear();
            }
        }
    }
}
