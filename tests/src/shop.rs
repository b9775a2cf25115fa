//! A shop under test: emulators in this process, the executable outside of it, a database of its own.

use std::sync::{Mutex, MutexGuard};

use chassis::database::Database;
use emulators::cryptopay::{CryptoPay, Status};
use emulators::telegram::{Direction, Options, Seed, Telegram};
use futures_util::future::join_all;
use kernel::ids::PersonId;
use sqlx::{ConnectOptions, Connection, PgConnection};

use crate::apart::{self, Processes};
use crate::books;
use crate::buyer::{Buyer, Sale, Ware};
use crate::executable::{Env, Executable};
use crate::facts::Facts;
use crate::redis::Redis;

/// The owner of every shop here.
pub const OWNER: PersonId = PersonId(9000);
/// What proves Telegram to the gateway.
pub const SECRET: &str = "journeys-secret-0123456789-abcdefghij";
/// Of the Crypto Pay app.
pub const CRYPTO_PAY_TOKEN: &str = "777:journeys-app-token";
/// What the roles sign their calls with.
pub const ACTOR_KEY: &str = "YSBrZXkgZm9yIGpvdXJuZXlzIG9mIDMyIGJ5dGVzISE=";
/// What goods are sealed with.
pub const SEAL_KEY: &str = "k1:YSBzZWFsIGtleSBmb3Igam91cm5leXMsIDMyIGJ5dGU=";

/// How the roles run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Topology {
    /// All in one process.
    One,
    /// One process each, over gRPC.
    Split,
}

impl Topology {
    /// From `TOPOLOGY=one|split`; `one` when it is not set.
    pub fn from_env() -> Self {
        match std::env::var_os("TOPOLOGY").as_deref().and_then(std::ffi::OsStr::to_str) {
            None | Some("one") => Self::One,
            Some("split") => Self::Split,
            Some(other) => panic!("TOPOLOGY={other} is neither one nor split"),
        }
    }
}

/// A whole shop.
pub struct Shop {
    /// Everybody's chats.
    pub telegram: Telegram,
    /// The other way to pay.
    pub cryptopay: CryptoPay,
    /// As its administrator reaches it.
    pub database: Database,
    /// How the roles run.
    pub topology: Topology,
    /// The running processes, by role; one named `all` in one process.
    processes: Mutex<Processes>,
    env: Env,
    redis: Option<Redis>,
}

impl Shop {
    /// A shop with the owner's menu shown and nothing in it.
    pub async fn open() -> Self {
        Self::open_with(&[]).await
    }

    /// The same with further environment.
    pub async fn open_with(env: &[(&str, &str)]) -> Self {
        let shop = Self::closed(env).await;
        shop.start(&[]).await;
        shop
    }

    /// Everything but the processes.
    pub async fn closed(env: &[(&str, &str)]) -> Self {
        Self::closed_at(Options::default(), env).await
    }

    /// The same at a Telegram of another kind.
    pub async fn closed_at(mut options: Options, env: &[(&str, &str)]) -> Self {
        let topology = Topology::from_env();
        options.people.push(Seed::new(OWNER.0, "Olga").username("olga").speaks("en"));
        let token = options.token.clone();
        let telegram = Telegram::start(options).await.expect("the emulator starts");
        let cryptopay = CryptoPay::start(crypto_pay_options()).await.expect("the emulator starts");
        let database = testkit::empty_database().await;
        let redis = match topology {
            Topology::One => None,
            Topology::Split => Some(Redis::start().await),
        };
        let mut all = settings();
        let mut set = |name: &str, value: &str| all.insert(name.to_owned(), value.to_owned());
        set("DATABASE_URL", database.admin().to_url_lossy().as_str());
        set("TOKEN", &token);
        set("TELEGRAM_API_URL", &telegram.base_url());
        set("CRYPTO_PAY_API_URL", &cryptopay.base_url());
        if let Some(redis) = &redis {
            set("REDIS_URI", &redis.url());
        }
        for (name, value) in env {
            set(name, value);
        }
        Self {
            telegram,
            cryptopay,
            database,
            topology,
            processes: Mutex::default(),
            env: all,
            redis,
        }
    }

    /// Starts the processes, with further environment for this time only.
    pub async fn start(&self, extra: &[(&str, &str)]) {
        assert!(self.processes().is_empty(), "the shop runs already");
        let mut env = self.env.clone();
        env.extend(extra.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
        let started = match self.topology {
            Topology::One => vec![("all", Executable::start(None, &env).await)],
            Topology::Split => apart::start(env).await,
        };
        *self.processes() = started;
        let hook = format!("{}/hooks/payments/cryptopay", self.url());
        self.cryptopay.set_webhook(Some(&hook));
    }

    /// Runs a command of the executable that ends by itself, such as `migrate`, with the settings of this shop.
    pub async fn runs(&self, arguments: &[&str]) -> std::process::ExitStatus {
        Executable::run(arguments, &self.env).await
    }

    /// The gateway's address as a URL.
    pub fn url(&self) -> String {
        let processes = self.processes();
        let gateway = processes.last().expect("the shop runs");
        format!("http://{}", gateway.1.address("gateway").expect("the gateway has an address"))
    }

    /// The ops address of the process that holds the role.
    pub fn ops_url(&self, role: &str) -> String {
        let processes = self.processes();
        let process = processes.iter().find(|(name, _)| is_in(role, name));
        let address = process.and_then(|(_, process)| process.address("ops"));
        format!("http://{}", address.expect("every process has an ops port"))
    }

    /// The processes, by role, and where each serves the others; nowhere in one process.
    pub fn grpc_urls(&self) -> Vec<(&'static str, String)> {
        let url = |process: &Executable| Some(format!("http://{}", process.address("grpc")?));
        self.processes().iter().filter_map(|(role, process)| Some((*role, url(process)?))).collect()
    }

    /// The roles that have a process of their own; one named `all` in one process.
    pub fn roles(&self) -> Vec<&'static str> {
        self.processes().iter().map(|(role, _)| *role).collect()
    }

    /// Waits until the process that holds the role ends by itself, then kills the others.
    pub async fn crashed(&self, role: &str) {
        let mut processes = std::mem::take(&mut *self.processes());
        let at = processes.iter().position(|(name, _)| is_in(role, name)).expect("the role runs");
        let (name, mut process) = processes.remove(at);
        assert!(!process.ended().await.success(), "{name} was to crash");
        *self.processes() = processes;
        self.kill().await;
    }

    /// SIGKILL to every process.
    pub async fn kill(&self) {
        let processes = std::mem::take(&mut *self.processes());
        join_all(processes.into_iter().map(|(_, process)| process.kill())).await;
    }

    /// SIGTERM to every process, the gateway first; each must exit with 0.
    pub async fn stop(&self) {
        let processes = std::mem::take(&mut *self.processes());
        for (name, process) in processes.into_iter().rev() {
            let status = process.stop().await;
            assert!(status.success(), "{name} exited with {status}");
        }
    }

    fn processes(&self) -> MutexGuard<'_, Processes> {
        self.processes.lock().expect("nobody panics while holding it")
    }

    /// Somebody who has not met the bot yet.
    pub fn person(&self, id: i64, name: &str, language: &str) -> Buyer<'_> {
        let seed = Seed::new(id, name).username(&format!("person_{id}")).speaks(language);
        self.telegram.add_person(seed).expect("the id is free");
        Buyer::new(&self.telegram, PersonId(id)).reading(language)
    }

    /// So many of them, with ids from 1001 on, who read English.
    pub fn people(&self, count: usize) -> Vec<Buyer<'_>> {
        (1_001..).take(count).map(|id| self.person(id, &format!("Person {id}"), "en")).collect()
    }

    /// So many people who have met the bot and have so many roubles each.
    pub async fn people_with(&self, count: usize, amount: i64) -> Vec<Buyer<'_>> {
        let people = self.people(count);
        join_all(people.iter().map(Buyer::starts)).await;
        let ids: Vec<PersonId> = people.iter().map(|person| person.id).collect();
        self.facts().await.give(&ids, amount).await;
        people
    }

    /// One person who has met the bot and has so many roubles.
    pub async fn person_with(&self, amount: i64) -> Buyer<'_> {
        self.people_with(1, amount).await.remove(0)
    }

    /// The owner puts up an item that is sold piece by piece, through the chat.
    pub async fn sells(&self, name: &str, price: i64, values: &[String]) -> Ware {
        let ware = Ware::new(name, price);
        self.owner().puts_up(&ware, Sale::PieceByPiece, values).await;
        ware
    }

    /// The owner.
    pub fn owner(&self) -> Buyer<'_> {
        Buyer::new(&self.telegram, OWNER)
    }

    /// A connection that sees every schema.
    pub async fn sql(&self) -> PgConnection {
        PgConnection::connect_with(self.database.admin()).await.expect("the database answers")
    }

    /// For questions to the database.
    pub async fn facts(&self) -> Facts {
        Facts(self.sql().await)
    }

    /// Waits until Telegram has delivered everything.
    pub async fn drains(&self) {
        let drained = self.telegram.wait_until_drained(crate::PATIENCE).await;
        drained.unwrap_or_else(|error| panic!("updates are left: {error}"));
    }

    /// Waits until nothing is under way any more: no update, no order, no message.
    pub async fn settles(&self) {
        self.drains().await;
        books::settle(&mut self.sql().await).await;
    }

    /// Ends a journey: everything is delivered, the books are whole, the processes stop when told.
    pub async fn close(mut self) {
        self.settles().await;
        self.stop().await;
        let mut sql = self.sql().await;
        books::check(&mut sql).await;
        let stars = self.telegram.stars().into_iter();
        let stars = stars.filter(|entry| entry.direction == Direction::Incoming);
        let stars: Vec<String> = stars.map(|entry| entry.charge_id).collect();
        books::check_payments(&mut sql, "stars", &stars).await;
        let paid = self.cryptopay.invoices().into_iter();
        let paid = paid.filter(|invoice| invoice.status == Status::Paid);
        let paid: Vec<String> = paid.map(|invoice| invoice.invoice_id.to_string()).collect();
        books::check_payments(&mut sql, "cryptopay", &paid).await;
        drop(self.redis.take());
    }
}

/// What does not depend on the shop.
fn settings() -> Env {
    let fixed = [
        ("OWNER_ID", "9000"),
        ("CRYPTO_PAY_TOKEN", CRYPTO_PAY_TOKEN),
        ("WEBHOOK_ENABLED", "1"),
        ("WEBHOOK_URL", "self"),
        ("WEBHOOK_SECRET", SECRET),
        ("REFERRAL_PERCENT", "10"),
        // Journeys are faster than people.
        ("RATE_LIMIT_GLOBAL", "0"),
        ("RATE_LIMIT_PURCHASE", "0"),
        ("RATE_LIMIT_PAYMENT", "0"),
        ("BODEGA__BOT__SENDING__PER_SECOND", "0"),
        ("BODEGA__SECURITY__ACTOR_KEY", ACTOR_KEY),
        ("BODEGA__SECURITY__SEAL_KEYS", SEAL_KEY),
    ];
    let mut env: Env = fixed.map(|(name, value)| (name.to_owned(), value.to_owned())).into();
    env.extend(settings_of_a_process());
    let log = std::env::var_os("LOG_LEVEL").and_then(|level| level.into_string().ok());
    env.insert("LOG_LEVEL".to_owned(), log.unwrap_or_else(|| "warn".to_owned()));
    env
}

/// What any process under test needs: its programs, and ports that are free.
pub fn settings_of_a_process() -> Env {
    let mut env = Env::from([("PATH".to_owned(), "/usr/local/bin:/usr/bin:/bin".to_owned())]);
    for door in ["GATEWAY", "GRPC", "OPS"] {
        env.insert(format!("BODEGA__{door}__BIND"), "127.0.0.1".to_owned());
        env.insert(format!("BODEGA__{door}__PORT"), "0".to_owned());
    }
    env
}

/// Whether a role runs in the process with this name.
fn is_in(role: &str, process: &str) -> bool {
    process == role || process == "all"
}

fn crypto_pay_options() -> emulators::cryptopay::Options {
    emulators::cryptopay::Options {
        token: CRYPTO_PAY_TOKEN.to_owned(),
        ..emulators::cryptopay::Options::default()
    }
}
