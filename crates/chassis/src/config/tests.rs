//! Settings as an owner meets them: old names, layers, and messages that say what to do.

use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;

use super::*;

const DEFAULTS: &str = include_str!("../../../bodega/default.toml");

fn load(file: &str, environment: &[(&str, &str)]) -> Result<Settings, SettingsError> {
    let environment =
        environment.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    Settings::load(DEFAULTS, Some(File { name: "bodega.toml", text: file }), environment)
}

fn only_problem(file: &str, environment: &[(&str, &str)]) -> String {
    let mut problems = load(file, environment).unwrap_err().problems;
    assert_eq!(problems.len(), 1, "{problems:?}");
    problems.remove(0)
}

fn get(settings: &Settings, key: &str) -> String {
    match &settings.entries[key].value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

#[derive(Debug, Deserialize)]
struct Telegram {
    token: SecretString,
    webhook: Webhook,
}

#[derive(Debug, Deserialize)]
struct Webhook {
    enabled: bool,
    url: Option<String>,
}

#[derive(Debug, Deserialize)]
#[expect(dead_code, reason = "only its refusal is looked at")]
struct Bot {
    locale: u8,
}

#[test]
fn the_defaults_alone_are_usable() {
    let settings = load("", &[]).unwrap();
    assert_eq!(get(&settings, "shop.currency"), "RUB");
    assert_eq!(get(&settings, "database.url"), "");
    assert_eq!(get(&settings, "redis.url"), "");
}

#[test]
fn what_lies_above_everything_wins_and_what_it_leaves_alone_stays() {
    let environment = [("TOKEN", "123:real"), ("PAY_CURRENCY", "EUR"), ("POSTGRES_HOST", "db")];
    let environment = environment.map(|(name, value)| (name.to_owned(), value.to_owned()));
    let over = "[telegram]\ntoken = '1:demo'\n[database]\nurl = ''\nhost = ''\nname = ''\n\
                [redis]\nenabled = false\n";
    let over = File { name: "the demo", text: over };
    let settings = Settings::layered(DEFAULTS, None, environment, Some(over)).unwrap();
    assert_eq!(get(&settings, "telegram.token"), "1:demo");
    assert_eq!(get(&settings, "shop.currency"), "EUR");
    assert!(!settings.has("database.url") && !settings.has("redis.url"));
    assert!(settings.is_chosen("shop.currency") && !settings.is_chosen("shop.rules"));
}

#[test]
fn the_environment_of_an_older_shop_works_unchanged() {
    let settings = load(
        "",
        &[
            ("TOKEN", "123:abc"),
            ("OWNER_ID", "42"),
            ("STARS_PER_VALUE", "0.5"),
            ("PAY_CURRENCY", "USD"),
            ("REFERRAL_PERCENT", "10"),
            ("PAYMENT_TIME", "900"),
            ("MIN_AMOUNT", "1"),
            ("LOG_LEVEL", "WARNING"),
            ("LOG_TO_STDOUT", "1"),
            ("WEBHOOK_ENABLED", "0"),
            ("CHANNEL_ID", "-1001234"),
            ("RATE_LIMIT_GLOBAL", "60/30"),
            ("RULES", ""),
        ],
    )
    .unwrap();
    for (key, value) in [
        ("telegram.token", "123:abc"),
        ("shop.owner_id", "42"),
        ("payments.stars.stars_per_value", "0.5"),
        ("shop.currency", "USD"),
        ("payments.referral_percent", "10"),
        ("payments.invoice_seconds", "900"),
        ("payments.min_amount", "1"),
        ("telemetry.log", "warn"),
        ("telegram.webhook.enabled", "false"),
        ("shop.channel_id", "-1001234"),
        ("gateway.limits.global", "60/30"),
        ("shop.rules", ""),
    ] {
        assert_eq!(get(&settings, key), value, "{key}");
    }
}

#[test]
fn the_environment_wins_over_the_file_and_the_long_name_over_the_short() {
    let file = "[shop]\nowner_id = 1\ncurrency = \"EUR\"\n[payments]\nmin_amount = 5\n";
    let settings = load(
        file,
        &[("OWNER_ID", "2"), ("BODEGA__SHOP__OWNER_ID", "3"), ("BOT_TOKEN", "b"), ("TOKEN", "a")],
    )
    .unwrap();
    assert_eq!(get(&settings, "shop.owner_id"), "3");
    assert_eq!(get(&settings, "shop.currency"), "EUR");
    assert_eq!(get(&settings, "payments.min_amount"), "5");
    assert_eq!(get(&settings, "telegram.token"), "a");
}

#[test]
fn bug_78_a_password_with_signs_of_an_address_still_connects() {
    let environment = [
        ("POSTGRES_DB", "shop"),
        ("POSTGRES_USER", "seller"),
        ("POSTGRES_PASSWORD", "p@ss/w:rd#1 %"),
        ("DB_PORT", "5433"),
    ];
    let settings = load("", &environment).unwrap();
    let url = get(&settings, "database.url");
    assert_eq!(url, "postgres://seller:p%40ss%2Fw%3Ard%231%20%25@localhost:5433/shop");
    let whole = load("", &[("DATABASE_URL", "postgresql+asyncpg://u:p@h/d")]).unwrap();
    assert_eq!(get(&whole, "database.url"), "postgresql://u:p@h/d");
}

#[test]
fn redis_is_used_where_an_address_is_given_or_it_is_asked_for() {
    let url = |environment: &[(&str, &str)]| get(&load("", environment).unwrap(), "redis.url");
    assert_eq!(url(&[("REDIS_HOST", "r"), ("REDIS_PASSWORD", "a b")]), "redis://:a%20b@r:6379/0");
    assert_eq!(url(&[("REDIS_ENABLED", "1")]), "redis://localhost:6379/0");
    assert_eq!(url(&[("REDIS_ENABLED", "0"), ("REDIS_HOST", "r")]), "");
    assert_eq!(url(&[("REDIS_URI", "redis://x/3")]), "redis://x/3");
}

#[test]
fn an_unknown_name_is_refused_with_the_nearest_known_one() {
    let problem = only_problem("", &[("BODEGA__PAYMENTS__CRYPTOPAY__TOKN", "x")]);
    assert!(problem.ends_with("did you mean BODEGA__PAYMENTS__CRYPTOPAY__TOKEN?"), "{problem}");
    let problem = only_problem("[shop]\ncurency = \"RUB\"", &[]);
    assert_eq!(
        problem,
        "shop.curency in bodega.toml: there is no such setting; did you mean shop.currency?"
    );
}

#[test]
fn every_problem_is_told_at_once_and_names_its_setting() {
    let error = load(
        "[gateway]\nport = \"x\"",
        &[("REFERRAL_PERCENT", "100"), ("OWNER_ID", "me"), ("SHOP_TIMEZONE", "Mars/Base")],
    )
    .unwrap_err();
    let told = error.to_string();
    for part in [
        "gateway.port in bodega.toml: it must be a whole number",
        "payments.referral_percent (set by REFERRAL_PERCENT): it must be 0 to 99, not 100",
        "OWNER_ID: it must be a whole number",
        "shop.timezone (set by SHOP_TIMEZONE): it must be a zone",
    ] {
        assert!(told.contains(part), "{part}\n{told}");
    }
}

#[test]
fn wh04_a_webhook_without_a_strong_secret_is_refused_and_the_secret_is_not_shown() {
    let on = [("WEBHOOK_ENABLED", "1"), ("WEBHOOK_URL", "https://shop.example")];
    let problem = only_problem("", &on);
    assert!(problem.starts_with("telegram.webhook.secret is not set"), "{problem}");
    let problem = only_problem("", &[on[0], on[1], ("WEBHOOK_SECRET", "hunter2")]);
    assert!(problem.contains("WEBHOOK_SECRET") && !problem.contains("hunter2"), "{problem}");
}

#[test]
fn a_webhook_that_is_off_may_have_any_secret() {
    load("", &[("WEBHOOK_ENABLED", "0"), ("WEBHOOK_SECRET", "short"), ("WEBHOOK_URL", "x")])
        .unwrap();
}

#[test]
fn where_the_old_panel_was_health_and_metrics_are_now() {
    let of = |set: &[(&str, &str)]| {
        let settings = load("", set).unwrap();
        format!("{}:{}", get(&settings, "ops.bind"), get(&settings, "ops.port"))
    };
    assert_eq!(of(&[("ADMIN_HOST", "localhost"), ("ADMIN_PORT", "9191")]), "127.0.0.1:9191");
    assert_eq!(of(&[("MONITORING_HOST", "0.0.0.0"), ("MONITORING_PORT", "9292")]), "0.0.0.0:9292");
    assert_eq!(
        of(&[("ADMIN_PORT", "1"), ("OPS_PORT", "2"), ("MONITORING_PORT", "3")]),
        "0.0.0.0:2"
    );
    assert!(only_problem("", &[("ADMIN_HOST", "panel.example")]).contains("an IP address"));
}

#[test]
fn a_channel_is_named_as_older_shops_name_it() {
    for text in ["@news", "news", "t.me/news", "https://t.me/news"] {
        let settings = load("", &[("CHANNEL_URL", text)]).unwrap();
        assert_eq!(get(&settings, "shop.channel_url"), "https://t.me/news", "{text}");
    }
}

#[test]
fn a_database_may_be_behind_a_socket() {
    let set = [("POSTGRES_HOST", "/run/postgresql"), ("POSTGRES_DB", "shop")];
    let settings = load("", &set).unwrap();
    let url = get(&settings, "database.url");
    assert_eq!(url, "postgres://postgres:@%2Frun%2Fpostgresql:5432/shop");
}

#[test]
fn names_of_older_shops_without_effect_are_accepted_and_told() {
    let set = [("SECRET_KEY", "x"), ("PUID", "1000"), ("SMSPOOL_API_KEY", ""), ("HOME", "/")];
    assert_eq!(load("", &set).unwrap().idle(), ["PUID", "SECRET_KEY"]);
}

#[test]
fn settings_that_are_only_examined_have_defaults_where_they_are_wrong() {
    let set = [("PAY_CURRENCY", "roubles"), ("REFERRAL_PERCENT", "100"), ("PORT", "80")];
    let set = set.map(|(name, value)| (name.to_owned(), value.to_owned())).into();
    let settings = Settings::examine(DEFAULTS, None, (set, Vec::new()), None).unwrap();
    assert_eq!(settings.problems().len(), 2, "{:?}", settings.problems());
    assert_eq!(get(&settings, "shop.currency"), "RUB");
    assert_eq!(get(&settings, "gateway.port"), "80");
}

#[test]
fn a_section_reads_as_the_type_that_uses_it() {
    let settings = load("", &[("TOKEN", "123:abc")]).unwrap();
    let telegram: Telegram = settings.section("telegram").unwrap();
    assert_eq!(telegram.token.expose_secret(), "123:abc");
    assert_eq!((telegram.webhook.enabled, telegram.webhook.url), (false, None));
}

#[test]
fn a_section_says_which_setting_is_missing_or_wrong() {
    let missing = load("", &[]).unwrap().section::<Telegram>("telegram").unwrap_err();
    assert_eq!(
        missing.problems,
        ["telegram.token is not set; set TOKEN or telegram.token in bodega.toml"]
    );
    let wrong = load("", &[("BOT_LOCALE", "en")]).unwrap().section::<Bot>("bot").unwrap_err();
    assert!(
        wrong.problems[0].starts_with("bot.locale (set by BOT_LOCALE): invalid type"),
        "{wrong}"
    );
}

#[test]
fn sec_22_masked_settings_show_no_secret_and_say_where_a_value_came_from() {
    let settings = load(
        "",
        &[
            ("TOKEN", "canary-1"),
            ("REDIS_HOST", "cache"),
            ("REDIS_PASSWORD", "canary-2"),
            ("DATABASE_URL", "postgres://u:canary-3@h/d"),
            ("BODEGA__SECURITY__SEAL_KEYS", "a:canary-4,b:canary-5"),
            ("BODEGA__SECURITY__ACTOR_KEY", "canary-6"),
        ],
    )
    .unwrap();
    let shown = format!("{settings:?}");
    assert!(!shown.contains("canary"), "{shown}");
    assert!(shown.contains("token = \"***\"  # TOKEN"), "{shown}");
    assert!(shown.contains("url = \"postgres://u:***@h/d\"  # DATABASE_URL"), "{shown}");
    toml::from_str::<Table>(&shown).unwrap();
}
