//! A database per test: cloned from a template that is migrated once per server.

use std::hash::{DefaultHasher, Hash, Hasher};

use chassis::cluster::{Cluster, ClusterOptions};
use chassis::database::Database;
use kernel::clock::Clock;
use sqlx::migrate::Migrator;
use sqlx::postgres::PgConnectOptions;
use sqlx::{AssertSqlSafe, Connection, PgConnection, PgPool};
use tokio::sync::OnceCell;

/// The server of the whole run, started by `make test`; without it each test process starts one of its own.
const SERVER: &str = "BODEGA_TEST_DATABASE_URL";
/// Connections of a test's pool: enough for twenty tasks at once.
const POOL: u32 = 24;

static OWN: OnceCell<Cluster> = OnceCell::const_new();

/// A fresh database with one service's schema.
pub struct TestDatabase {
    /// Acts as the service.
    pub pool: PgPool,
    /// For the ground of a service under test.
    pub database: Database,
}

/// A service's schema and what makes its tables.
pub type Schema<'a> = (&'static str, &'a [&'a Migrator]);

/// A fresh database with the tables of one service.
pub async fn database(service: &'static str, migrations: &[&Migrator]) -> TestDatabase {
    let database = database_with(&[(service, migrations)]).await;
    TestDatabase { pool: database.pool(service, POOL), database }
}

/// A fresh database with the tables of several services.
pub async fn database_with(schemas: &[Schema<'_>]) -> Database {
    let server = server().await;
    let mut admin = connect(&server).await;
    let template = format!("template_{:016x}", fingerprint(schemas));
    ensure_template(&mut admin, &server, &template, schemas).await;
    let name = fresh_name();
    execute(&mut admin, format!("create database {name} template {template} strategy file_copy"))
        .await;
    Database::new(server.database(&name))
}

/// A fresh database with nothing in it, for processes that migrate it themselves.
pub async fn empty_database() -> Database {
    let server = server().await;
    let name = fresh_name();
    execute(&mut connect(&server).await, format!("create database {name}")).await;
    Database::new(server.database(&name))
}

async fn server() -> PgConnectOptions {
    if let Some(url) = std::env::var_os(SERVER) {
        let url = url.into_string().expect("a URL is text");
        return url.parse().expect("BODEGA_TEST_DATABASE_URL is a PostgreSQL URL");
    }
    let cluster = OWN.get_or_init(|| async {
        let options = ClusterOptions::throwaway().expect("a folder for a throwaway server");
        Cluster::start(options).await.expect("a throwaway PostgreSQL")
    });
    cluster.await.options()
}

async fn ensure_template(
    admin: &mut PgConnection,
    server: &PgConnectOptions,
    name: &str,
    schemas: &[Schema<'_>],
) {
    // One process makes it, the others wait here.
    execute(admin, "select pg_advisory_lock(hashtext('bodega testkit'))".to_owned()).await;
    let known: bool =
        sqlx::query_scalar("select exists (select from pg_database where datname = $1)")
            .bind(name)
            .fetch_one(&mut *admin)
            .await
            .expect("the catalogue can be read");
    if !known {
        // Under another name until it is whole, or a stop half-way would leave a broken template.
        let draft = fresh_name();
        execute(admin, format!("create database {draft}")).await;
        let database = Database::new(server.clone().database(&draft));
        for (service, migrations) in schemas {
            database.prepare(service).await.expect("the schema can be made");
            database.migrate(service, migrations).await.expect("the migrations run");
        }
        execute(admin, format!("alter database {draft} rename to {name}")).await;
    }
    execute(admin, "select pg_advisory_unlock(hashtext('bodega testkit'))".to_owned()).await;
}

fn fingerprint(schemas: &[Schema<'_>]) -> u64 {
    let mut hasher = DefaultHasher::new();
    for (service, migrations) in schemas {
        service.hash(&mut hasher);
        for migration in migrations.iter().flat_map(|migrator| migrator.iter()) {
            (migration.version, &migration.checksum).hash(&mut hasher);
        }
    }
    hasher.finish()
}

fn fresh_name() -> String {
    format!("test_{}", kernel::ids::fresh(&Clock::System).simple())
}

async fn connect(server: &PgConnectOptions) -> PgConnection {
    PgConnection::connect_with(server).await.expect("the test server answers")
}

async fn execute(connection: &mut PgConnection, statement: String) {
    sqlx::query(AssertSqlSafe(statement)).execute(connection).await.expect("the statement runs");
}
