//! `make bench`: the whole path, measured from outside the shop's process, beside what this machine can do at most.
//!
//! The shop is the release executable with a private, durable PostgreSQL; the driver is this process, with Telegram's
//! emulator in it. An update is done when its last Bot API call arrives. CPU is read from /proc for the shop, for
//! PostgreSQL with its children, and for the driver; it counts what the first two used. Every part warms up, runs three
//! times and shows medians. The order RPC is measured on payments and inventory in this process (over in-process wires,
//! as in the shop, where nothing else reaches it) and once more over gRPC where the roles run apart.

mod backstage;
mod catalogue;
mod chats;
mod cpu;
mod limits;
mod load;
mod measured;
mod options;
mod report;
mod rush;
mod scenarios;
mod stage;

use std::sync::Arc;
use std::time::Instant;

use chassis::database::Database;
use clap::Parser;
use contract::actor::ActorKeys;
use journeys::books;
use journeys::shop::Topology;
use kernel::clock::Clock;
use sqlx::{ConnectOptions, Executor};

use crate::backstage::{Backstage, Orders};
use crate::chats::Chats;
use crate::cpu::Meters;
use crate::limits::Bare;
use crate::load::{Load, Summary, drive, measure, median, summary};
use crate::measured::{Measured, Split, Starts};
use crate::options::{Options, Part, Plan};
use crate::scenarios::{Browse, Gather, OpenInvoice, PayStars, Purchase, Signposts, Start};
use crate::stage::Stage;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const IN_FLIGHT: u32 = 40;
/// Walks through a catalogue, per run.
const CATALOGUE_ROUNDS: u32 = 5;
/// As many as pgbench has clients.
const ORDERS_IN_FLIGHT: u32 = 8;
/// More than anybody sells here in a second: shelves must not become empty.
const UNITS_PER_SECOND: u32 = 1_500;
const ORDERS_PER_SECOND: u32 = 4_000;
/// The kernel's own work for the network takes about this much of a core.
const QUIET_PERCENT: f64 = 40.0;

#[tokio::main]
async fn main() {
    let options = Options::parse();
    chassis::http::install_crypto();
    let started = Instant::now();
    let plan = options.plan();
    let mut bench = Bench { plan, options, started, measured: Measured::default() };
    if bench.wants(&[Part::Limits]) {
        bench.say("a bare server");
        bench.measured.server = limits::server(&bench.plan).await;
    }
    bench.one_process().await;
    if bench.wants(&[Part::Split]) {
        bench.four_processes().await;
    }
    bench.measured.conditions = conditions(&bench);
    report::publish(&bench.measured, &bench.options.out).expect("the table can be written");
}

/// What is asked for and what is known so far.
struct Bench {
    plan: Plan,
    options: Options,
    started: Instant,
    measured: Measured,
}

impl Bench {
    fn wants(&self, parts: &[Part]) -> bool {
        parts.iter().any(|part| self.options.wants(*part))
    }

    fn say(&self, what: &str) {
        eprintln!("{:>6.1} s  {what}", self.started.elapsed().as_secs_f64());
    }

    async fn one_process(&mut self) {
        self.say("starts");
        let chats = Arc::new(Chats::new().await);
        let mut stage = Stage::set(Topology::One, &chats).await;
        let first = stage.start().await;
        furnish(&stage.database(), &chats, &self.plan).await;
        let (mut later, mut idle) = (Vec::new(), Vec::new());
        for _ in 0..self.plan.runs {
            stage.stop().await;
            later.push(stage.start().await.as_secs_f64());
            idle.push(stage.meters().resident_mib());
        }
        self.measured.starts = Some(Starts {
            first_s: first.as_secs_f64(),
            later_s: median(later),
            idle_mib: median(idle),
        });
        self.chat(&stage, &chats).await;
        let meters = stage.meters();
        self.measured.loaded_mib = Some(meters.resident_mib());
        self.measured.postgres_mib = Some(meters.postgres_mib());
        self.say("the books");
        check_books(&stage.database()).await;
        self.database(&stage, &chats).await;
        if self.wants(&[Part::Catalogue]) {
            self.say("a large catalogue");
            self.catalogue(&stage, &chats).await;
        }
        assert_eq!(chats.refused(), 0, "Bot API calls were refused");
        stage.strike().await;
    }

    /// Everything that people do.
    async fn chat(&mut self, stage: &Stage, chats: &Arc<Chats>) {
        let (plan, meters) = (self.plan, stage.meters());
        eprintln!("    shop {:?}, postgres {:?}", meters.shop, meters.postgres);
        let signposts = meet(chats, &meters).await;
        let start = || Start(Arc::clone(chats));
        let browse = || Browse { chats: Arc::clone(chats), to_shop: signposts.shop.clone() };
        if self.wants(&[Part::Alone]) {
            self.say("/start, alone");
            self.measured.alone = Some(measure(start(), 1, &plan, &meters).await);
        }
        if self.wants(&[Part::Start]) {
            self.say("/start");
            self.measured.start = Some(measure(start(), IN_FLIGHT, &plan, &meters).await);
        }
        if self.wants(&[Part::Browse, Part::Split]) {
            self.say("browse");
            self.measured.browse = Some(measure(browse(), IN_FLIGHT, &plan, &meters).await);
        }
        if self.wants(&[Part::Purchase]) {
            self.say("purchase");
            let purchase = measure(Purchase(browse()), IN_FLIGHT, &plan, &meters).await;
            assert_eq!(delivered(&stage.database()).await, i64::from(purchase.turns), "purchases");
            self.measured.purchase = Some(purchase);
        }
        if self.wants(&[Part::Stars]) {
            self.say("Stars");
            self.stars(stage, chats, &signposts).await;
        }
        if self.wants(&[Part::Rush]) {
            self.say("a rush");
            let shop = (&stage.database(), &meters);
            self.measured.rush = Some(rush::measure(chats, &signposts, shop, plan.runs).await);
        }
    }

    /// Everybody opens an invoice, then people pay theirs for as long as a run is; at most a thousand do.
    async fn stars(&mut self, stage: &Stage, chats: &Arc<Chats>, signposts: &Signposts) {
        let meters = stage.meters();
        let everybody = Load::once(IN_FLIGHT);
        let paying = Load { length: self.plan.length, ..everybody };
        let data = signposts.methods.clone();
        let open = Arc::new(OpenInvoice(Gather { chats: Arc::clone(chats), data }));
        let pay = Arc::new(PayStars(Arc::clone(chats)));
        let (mut opened, mut paid) = (Vec::new(), Vec::new());
        // The first is the warm-up.
        for _ in 0..=self.plan.runs {
            opened.push(drive(&open, everybody, &meters).await);
            paid.push(drive(&pay, paying, &meters).await);
        }
        self.measured.invoice = Some(summary(IN_FLIGHT, &opened[1..]));
        self.measured.stars = Some(summary(IN_FLIGHT, &paid[1..]));
    }

    /// What the shop's database does at most, and what the services make of it, in turns on the same server while the
    /// shop rests: a disk that others slow down slows both.
    async fn database(&mut self, stage: &Stage, chats: &Chats) {
        let (database, meters, plan) = (stage.database(), stage.meters(), self.plan);
        let socket_dir = stage.socket_dir();
        if !self.wants(&[Part::Orders, Part::Purchase, Part::Limits]) {
            return;
        }
        let mut orders = None;
        if self.wants(&[Part::Orders]) {
            orders = Some(self.open_orders(&database, chats).await);
        }
        let mut bare = Bare::open(&database, &socket_dir, plan).await;
        let mut runs = Vec::new();
        self.say("the order RPC and a bare database, in turns");
        for _ in 0..plan.runs {
            if let Some((_, orders)) = &orders {
                let load = Load { in_flight: ORDERS_IN_FLIGHT, turns: None, length: plan.length };
                runs.push(drive(orders, load, &meters).await);
            }
            bare.round().await;
        }
        self.measured.database = Some(bare.limits());
        if let Some((backstage, _)) = orders {
            self.measured.orders = Some(summary(ORDERS_IN_FLIGHT, &runs));
            backstage.close().await;
        }
    }

    /// Last of all: the shop is another one afterwards.
    async fn catalogue(&mut self, stage: &Stage, chats: &Chats) {
        let signposts = Signposts::learn(chats).await;
        let (database, rounds) = (stage.database(), self.plan.runs * CATALOGUE_ROUNDS);
        let measured = catalogue::measure(chats, &signposts, &database, rounds).await;
        self.measured.catalogue = Some(measured);
    }

    /// Payments and inventory in this process over a database of their own, warm.
    async fn open_orders(&self, database: &Database, chats: &Chats) -> (Backstage, Arc<Orders>) {
        self.say("shelves for the order RPC");
        let mut admin = database.admin().connect().await.expect("the database answers");
        admin.execute("create database orders").await.expect("a database");
        let own = Database::new(database.admin().clone().database("orders"));
        let backstage = Backstage::open(&own, &chats.telegram.base_url()).await;
        backstage.furnish(self.plan.seconds() * ORDERS_PER_SECOND, 0).await;
        let orders = Arc::new(backstage.orders());
        let warm_up = Load { in_flight: ORDERS_IN_FLIGHT, turns: None, length: self.plan.warm_up };
        drive(&orders, warm_up, &Meters::default()).await;
        (backstage, orders)
    }

    async fn four_processes(&mut self) {
        self.say("four processes");
        let plan = self.plan;
        let chats = Arc::new(Chats::new().await);
        let mut stage = Stage::set(Topology::Split, &chats).await;
        stage.start().await;
        furnish(&stage.database(), &chats, &plan).await;
        let meters = stage.meters();
        let signposts = meet(&chats, &meters).await;
        let browse = || Browse { chats: Arc::clone(&chats), to_shop: signposts.shop.clone() };
        self.say("split: /start, browse, purchase, the order RPC");
        let start = measure(Start(Arc::clone(&chats)), IN_FLIGHT, &plan, &meters).await;
        let browsing = measure(browse(), IN_FLIGHT, &plan, &meters).await;
        let purchase = measure(Purchase(browse()), IN_FLIGHT, &plan, &meters).await;
        let resident_mib = meters.resident_mib();
        check_books(&stage.database()).await;
        let orders = self.remote_orders(&stage).await;
        self.measured.split =
            Some(Split { start, browse: browsing, purchase, orders, resident_mib });
        assert_eq!(chats.refused(), 0, "Bot API calls were refused");
        stage.strike().await;
    }

    async fn remote_orders(&self, stage: &Stage) -> Summary {
        let (url, key) = stage.inventory().expect("inventory runs apart");
        let keys = ActorKeys::new(key, Clock::System).expect("the key is long enough");
        let orders = Orders::at(url, keys);
        measure(orders, ORDERS_IN_FLIGHT, &self.plan, &stage.meters()).await
    }
}

async fn furnish(database: &Database, chats: &Chats, plan: &Plan) {
    let backstage = Backstage::open(database, &chats.telegram.base_url()).await;
    backstage.furnish(plan.seconds() * UNITS_PER_SECOND, plan.runs).await;
    backstage.close().await;
}

/// Everybody writes to the bot for the first time.
async fn meet(chats: &Arc<Chats>, meters: &Meters) -> Signposts {
    let signposts = Signposts::learn(chats).await;
    drive(&Arc::new(Start(Arc::clone(chats))), Load::once(IN_FLIGHT), meters).await;
    signposts
}

async fn delivered(database: &Database) -> i64 {
    let mut admin = database.admin().connect().await.expect("the database answers");
    let count =
        sqlx::query_scalar("select count(*) from inventory.orders where state = 'delivered'");
    count.fetch_one(&mut admin).await.expect("the tables are there")
}

async fn check_books(database: &Database) {
    let mut admin = database.admin().connect().await.expect("the database answers");
    books::settle(&mut admin).await;
    books::check(&mut admin).await;
}

fn conditions(bench: &Bench) -> String {
    let cores = std::thread::available_parallelism().map_or(0, std::num::NonZero::get);
    let (plan, took) = (&bench.plan, bench.started.elapsed().as_secs_f64());
    let (runs, length) = (plan.runs, plan.length.as_secs_f64());
    let scenarios = bench.measured.scenarios();
    let elsewhere = scenarios.iter().map(|(_, one)| one.elsewhere_percent).fold(0.0, f64::max);
    let noise = if elsewhere > QUIET_PERCENT {
        " **Others were busy on this machine: rates and latencies are worse than they would be.**"
    } else {
        ""
    };
    format!("{cores} cores, {runs} x {length:.1} s each, medians; all in {took:.0} s.{noise}")
}
