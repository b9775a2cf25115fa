//! What this machine does at most: a bare server with and without a gRPC hop (wrk), a bare database (pgbench).

use std::path::Path;
use std::process::{Output, Stdio};

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::post;
use chassis::database::Database;
use contract::bot::bot_intake_service_client::BotIntakeServiceClient;
use contract::bot::bot_intake_service_server::{BotIntakeService, BotIntakeServiceServer};
use contract::bot::{ParkUpdateRequest, ParkUpdateResponse, TakeUpdateRequest, TakeUpdateResponse};
use contract::switchboard::Switchboard;
use contract::wire::Wire;
use sqlx::{ConnectOptions, Connection, Executor};
use tokio::process::Command;
use tokio::task::JoinSet;
use tonic::service::Routes;
use tonic::{Request, Response, Status};

use crate::cpu::Meters;
use crate::load::median;
use crate::options::Plan;

const CONNECTIONS: &str = "64";
const CLIENTS: &str = "8";
const THREADS: &str = "2";
const SCHEMA: &str = include_str!("../limits/schema.sql");
const SCRIPTS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/benches/limits");
const DATABASE: &str = "limits";

/// What a bare server does.
#[derive(Debug, Clone, Default)]
pub struct ServerLimits {
    /// Requests per second with a body of 700 bytes.
    pub posts: f64,
    /// The same, each passed on by one gRPC call in the process.
    pub hops: f64,
    /// CPU of the server per request with its hop, in milliseconds.
    pub hop_cpu: f64,
}

/// What a bare database does, in transactions per second of eight clients, all of them on disk.
#[derive(Debug, Clone, Default)]
pub struct DatabaseLimits {
    /// One row by its key.
    pub selects: f64,
    /// A hand-written purchase, one statement after the other.
    pub by_statement: f64,
    /// The same as one statement.
    pub in_one: f64,
}

/// Measures a bare server in this process; none where `wrk` is not installed.
pub async fn server(plan: &Plan) -> Option<ServerLimits> {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let address = listener.local_addr().expect("it is bound");
    let mut tasks = JoinSet::new();
    tasks.spawn(async move { axum::serve(listener, router()).await });
    let (mut posts, mut hops, mut cpus) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..plan.runs {
        posts.push(wrk(&format!("http://{address}/post"), plan).await?);
        let before = Meters::default().read();
        let rate = wrk(&format!("http://{address}/hop"), plan).await?;
        let used = (Meters::default().read() - before).driver;
        hops.push(rate);
        cpus.push(used * 1e3 / (rate * plan.length.as_secs_f64().ceil()));
    }
    Some(ServerLimits { posts: median(posts), hops: median(hops), hop_cpu: median(cpus) })
}

fn router() -> Router {
    let board = Switchboard::default();
    board.connect(Routes::new(BotIntakeServiceServer::new(Deaf)).prepare());
    let bot = BotIntakeServiceClient::new(board.wire());
    Router::new().route("/post", post(take)).route("/hop", post(pass_on)).with_state(bot)
}

async fn take(body: Bytes) -> StatusCode {
    if body.is_empty() { StatusCode::BAD_REQUEST } else { StatusCode::OK }
}

async fn pass_on(State(bot): State<BotIntakeServiceClient<Wire>>, body: Bytes) -> StatusCode {
    let update = TakeUpdateRequest { update: body.to_vec() };
    match bot.clone().take_update(update).await {
        Ok(_) => StatusCode::OK,
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

/// Takes every update and does nothing.
struct Deaf;

#[tonic::async_trait]
impl BotIntakeService for Deaf {
    async fn take_update(
        &self,
        _: Request<TakeUpdateRequest>,
    ) -> Result<Response<TakeUpdateResponse>, Status> {
        Ok(Response::new(TakeUpdateResponse {}))
    }

    async fn park_update(
        &self,
        _: Request<ParkUpdateRequest>,
    ) -> Result<Response<ParkUpdateResponse>, Status> {
        Ok(Response::new(ParkUpdateResponse {}))
    }
}

async fn wrk(url: &str, plan: &Plan) -> Option<f64> {
    let duration = format!("{}s", plan.length.as_secs_f64().ceil());
    let script = format!("{SCRIPTS}/post.lua");
    let mut command = Command::new("wrk");
    command.args(["-t", THREADS, "-c", CONNECTIONS, "-d", &duration, "-s", &script, url]);
    let output = match command.output().await {
        Ok(output) => output,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return None,
        Err(error) => panic!("wrk does not run: {error}"),
    };
    let text = text_of("wrk", &output);
    assert!(!text.contains("Non-2xx"), "the bare server fails:\n{text}");
    Some(number_after(&text, "Requests/sec:"))
}

/// A bare database on the server that the shop uses, for while the shop rests.
pub struct Bare<'a> {
    database: &'a Database,
    socket_dir: &'a Path,
    plan: Plan,
    selects: Vec<f64>,
    by_statement: Vec<f64>,
    in_one: Vec<f64>,
}

impl<'a> Bare<'a> {
    /// Makes the database.
    pub async fn open(database: &'a Database, socket_dir: &'a Path, plan: Plan) -> Self {
        let mut admin = database.admin().connect().await.expect("the database answers");
        admin.execute("create database limits").await.expect("a database");
        let (selects, by_statement, in_one) = (Vec::new(), Vec::new(), Vec::new());
        Self { database, socket_dir, plan, selects, by_statement, in_one }
    }

    /// One run of each script.
    pub async fn round(&mut self) {
        self.prepare().await;
        self.selects.push(self.run("select.sql").await);
        self.by_statement.push(self.run("purchase_by_statement.sql").await);
        self.prepare().await;
        self.in_one.push(self.run("purchase_in_one.sql").await);
    }

    /// The medians of all rounds.
    pub fn limits(self) -> DatabaseLimits {
        DatabaseLimits {
            selects: median(self.selects),
            by_statement: median(self.by_statement),
            in_one: median(self.in_one),
        }
    }

    /// Fresh tables with full shelves.
    async fn prepare(&self) {
        let options = self.database.admin().clone().database(DATABASE);
        let mut connection = options.connect().await.expect("the database answers");
        // One by one: a vacuum has to be alone.
        for statement in SCHEMA.split_inclusive(';') {
            let statement = sqlx::raw_sql(sqlx::AssertSqlSafe(statement));
            statement.execute(&mut connection).await.expect("the schema is sound");
        }
        connection.close().await.expect("a connection can be closed");
    }

    async fn run(&self, script: &str) -> f64 {
        let seconds = format!("{}", self.plan.length.as_secs_f64().ceil());
        let mut command = Command::new("pgbench");
        command.args(["-n", "-M", "prepared", "-c", CLIENTS, "-j", THREADS, "-T", &seconds]);
        command.arg("-f").arg(format!("{SCRIPTS}/{script}"));
        command.arg("-h").arg(self.socket_dir).args(["-U", "postgres", DATABASE]);
        command.env_remove("DATABASE_URL").stdin(Stdio::null());
        let output = command.output().await.expect("pgbench is installed with postgresql");
        number_after(&text_of("pgbench", &output), "tps = ")
    }
}

fn text_of(program: &str, output: &Output) -> String {
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{program} failed: {said}");
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn number_after(text: &str, mark: &str) -> f64 {
    let rest = text.split_once(mark).map(|(_, rest)| rest.trim_start());
    let number = rest.and_then(|rest| rest.split_whitespace().next()?.parse().ok());
    number.unwrap_or_else(|| panic!("no {mark:?} in:\n{text}"))
}
