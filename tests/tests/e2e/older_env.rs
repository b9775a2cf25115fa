//! The `.env` of an older shop, with all its names, starts this one as it is.

use std::path::Path;

use emulators::cryptopay::CryptoPay;
use emulators::telegram::{Options, Seed, Telegram};
use journeys::apart::free_port;
use journeys::buyer::Buyer;
use journeys::executable::{Env, Executable};
use journeys::redis::Redis;
use journeys::shop::settings_of_a_process;
use kernel::ids::PersonId;
use sqlx::postgres::PgConnectOptions;

const SAMPLE: &str = include_str!("telegram-shop.env");
const SETTINGS: &str = include_str!("../../../docs/settings.md");
/// In the sample.
const REDIS_PASSWORD: &str = "changeme_redis_pass";

/// Names that no older shop has.
const OURS: [&str; 16] = [
    "SHOP_TIMEZONE",
    "TELEGRAM_API_URL",
    "CRYPTO_PAY_API_URL",
    "PORT",
    "GRPC_PORT",
    "OPS_PORT",
    "POSTGRES_PORT",
    "REDIS_URL",
    "RUST_LOG",
    "RATE_LIMIT_GLOBAL",
    "RATE_LIMIT_PURCHASE",
    "RATE_LIMIT_PAYMENT",
    "RATE_LIMIT_BAN_SECONDS",
    "SHUTDOWN_GRACE_SECONDS",
    "OTEL_EXPORTER_OTLP_ENDPOINT",
    "name",
];

#[test]
fn the_sample_has_every_name_of_older_shops() {
    let rows = SETTINGS.lines().filter_map(|line| line.strip_prefix("| ")?.split(" | ").next());
    let names: Vec<&str> =
        rows.filter(|name| !name.starts_with('-') && !OURS.contains(name)).collect();
    assert!(names.len() > 60, "{names:?}");
    for name in names {
        assert!(SAMPLE.contains(&format!("{name}=")), "{name}");
    }
}

#[tokio::test]
async fn a_17_4_the_env_of_an_older_shop_starts_this_one_unchanged_and_a_buyer_gets_the_menu() {
    let telegram = Telegram::start(Options::default()).await.expect("the emulator starts");
    let cryptopay = CryptoPay::start(emulators::cryptopay::Options::default()).await;
    let cryptopay = cryptopay.expect("the emulator starts");
    let database = testkit::empty_database().await;
    let port = free_port();
    let _redis = Redis::start_on(port, REDIS_PASSWORD).await;
    let folder = tempfile::tempdir().expect("a temporary folder");
    let filled = fill(database.admin(), port)
        .replace("<token>", telegram.token())
        .replace("<crypto pay token>", cryptopay.token());
    std::fs::write(folder.path().join(".env"), filled).expect("the file can be written");

    let bodega = Executable::start_in(folder.path(), &outside(&telegram, &cryptopay)).await;
    let seed = Seed::new(42, "Anna").username("anna").speaks("ru");
    telegram.add_person(seed).expect("the id is free");
    let anna = Buyer::new(&telegram, PersonId(42)).reading("ru");
    let menu = anna.starts().await;
    let shown = format!("{menu:?}");
    assert!(shown.contains("https://t.me/example_channel"), "{shown}");
    assert!(!Path::new(&folder.path().join(".bodega/cluster")).exists(), "its database is used");
    assert!(bodega.stop().await.success());
}

/// The sample for this run: where the database and Redis are.
fn fill(database: &PgConnectOptions, redis_port: u16) -> String {
    let socket = database.get_socket().map(|folder| folder.display().to_string());
    let host = socket.unwrap_or_else(|| database.get_host().to_owned());
    SAMPLE
        .replace("<database>", database.get_database().expect("a database of its own"))
        .replace("<user>", database.get_username())
        .replace("<host>", &host)
        .replace("<port>", &database.get_port().to_string())
        .replace("<redis port>", &redis_port.to_string())
}

/// What no older shop needs: where the outside world is emulated, and ports that are free.
fn outside(telegram: &Telegram, cryptopay: &CryptoPay) -> Env {
    let mut env = settings_of_a_process();
    env.insert("TELEGRAM_API_URL".to_owned(), telegram.base_url());
    env.insert("CRYPTO_PAY_API_URL".to_owned(), cryptopay.base_url());
    env
}
