//! One database, a role and a schema for each service: a service reads and writes its own tables
//! and no others.

use std::time::Duration;

use sqlx::migrate::{MigrateError, Migrator};
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::{AssertSqlSafe, Connection, PgConnection, PgPool};

/// A statement that takes longer is a fault; jobs work in small steps.
const STATEMENT_TIMEOUT_MS: u32 = 5_000;
/// Waiting for a row longer than this is answered with an error and a retry.
const LOCK_TIMEOUT_MS: u32 = 2_000;
const IDLE_IN_TRANSACTION_MS: u32 = 10_000;
const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(2);
const IDLE_TIMEOUT: Duration = Duration::from_mins(10);
const MAX_LIFETIME: Duration = Duration::from_mins(30);
/// Statements that each connection keeps prepared; a service has fewer.
const STATEMENTS_MAX: usize = 256;
/// Migrations wait for each other and for old transactions, not for ever.
const MIGRATION_LOCK_TIMEOUT_MS: u32 = 30_000;
const MIGRATION_TURN_POLL: Duration = Duration::from_millis(50);
const MIGRATION_TURN_WITHIN: Duration = Duration::from_mins(5);
/// Roles belong to the whole server, so that preparations in two databases can collide; the loser
/// tries again.
const PREPARE_TRIES: u32 = 5;

/// The database of all services, as its administrator reaches it.
#[derive(Clone)]
pub struct Database {
    admin: PgConnectOptions,
}

/// The database cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum DatabaseError {
    /// The address is no address.
    #[error(
        "the database address cannot be read; it must look like postgres://user:password@host/name"
    )]
    Address(#[source] sqlx::Error),
    /// No connection, or a statement failed.
    #[error("{what} failed")]
    Sql {
        /// What was done.
        what: &'static str,
        /// Why it failed.
        source: sqlx::Error,
    },
    /// The administrator may not do what is needed once.
    #[error(
        "the database user may not set up service `{service}`; give it CREATEROLE and CREATE on \
         the database, or run `bodega migrate` once as one that has them"
    )]
    NotAllowed {
        /// Which service.
        service: &'static str,
        /// What the server said.
        source: sqlx::Error,
    },
    /// A migration failed; what was done before it stays.
    #[error("a migration of service `{service}` failed")]
    Migration {
        /// Which service.
        service: &'static str,
        /// Which one and why.
        source: MigrateError,
    },
    /// Another process migrates and does not end.
    #[error("another process has been migrating service `{0}` for too long")]
    Turn(&'static str),
}

impl DatabaseError {
    fn sql(what: &'static str) -> impl FnOnce(sqlx::Error) -> Self {
        move |source| Self::Sql { what, source }
    }
}

impl Database {
    /// The database at an address; nothing is connected yet.
    ///
    /// # Errors
    /// The address is malformed.
    pub fn open(url: &str) -> Result<Self, DatabaseError> {
        url.parse().map(Self::new).map_err(DatabaseError::Address)
    }

    /// The database that these options lead to.
    pub fn new(admin: PgConnectOptions) -> Self {
        Self { admin }
    }

    /// How the administrator connects.
    pub fn admin(&self) -> &PgConnectOptions {
        &self.admin
    }

    /// Makes the role `bodega_<service>` and the schema `<service>` if they are not there. Safe to
    /// run twice, at once, and in two databases of one server.
    ///
    /// # Errors
    /// No connection, or the user may not.
    pub async fn prepare(&self, service: &'static str) -> Result<(), DatabaseError> {
        let mut connection = self.connect(self.admin.clone()).await?;
        let statement = preparation(service);
        let mut tries = 1;
        let prepared = loop {
            // One statement list without parameters is one transaction.
            match sqlx::raw_sql(AssertSqlSafe(statement.as_str())).execute(&mut connection).await {
                Err(error) if tries < PREPARE_TRIES && is_collision(&error) => tries += 1,
                other => break other,
            }
        };
        close(connection).await;
        match prepared {
            Ok(_) => Ok(()),
            Err(source) if has_code(&source, &["42501"]) => {
                Err(DatabaseError::NotAllowed { service, source })
            }
            Err(source) => Err(DatabaseError::Sql { what: "setting up a service", source }),
        }
    }

    /// Connections that act as the service: its role, its schema, its limits. Made when first
    /// needed; inside a runtime.
    pub fn pool(&self, service: &str, size: u32) -> PgPool {
        let options = self.as_service(service).options([
            ("statement_timeout", STATEMENT_TIMEOUT_MS),
            ("lock_timeout", LOCK_TIMEOUT_MS),
            ("idle_in_transaction_session_timeout", IDLE_IN_TRANSACTION_MS),
        ]);
        PgPoolOptions::new()
            .max_connections(size)
            .acquire_timeout(ACQUIRE_TIMEOUT)
            .idle_timeout(IDLE_TIMEOUT)
            .max_lifetime(MAX_LIFETIME)
            // A round trip per query saved; a connection that died shows as one failed call, which
            // is retried.
            .test_before_acquire(false)
            .connect_lazy_with(options)
    }

    /// Brings the service's tables up to date, as the service's role; processes take turns, and
    /// migrations of a newer release that are already applied are left alone. The versions of all
    /// `migrators` must differ.
    ///
    /// # Errors
    /// No connection, no turn, or a migration that fails.
    pub async fn migrate(
        &self,
        service: &'static str,
        migrators: &[&Migrator],
    ) -> Result<(), DatabaseError> {
        let options =
            self.as_service(service).options([("lock_timeout", MIGRATION_LOCK_TIMEOUT_MS)]);
        let mut connection = self.connect(options).await?;
        take_turn(&mut connection, service).await?;
        let all = migrators.iter().flat_map(|migrator| migrator.iter()).cloned().collect();
        let mut migrator = Migrator::with_migrations(all);
        // The turn is ours already; sqlx's own lock would wait inside a statement, which concurrent
        // index builds dislike.
        migrator.set_ignore_missing(true).set_locking(false);
        let done = migrator.run_direct(None, &mut connection, false).await;
        // The turn ends with the connection.
        close(connection).await;
        done.map_err(|source| DatabaseError::Migration { service, source })
    }

    /// One round trip as the administrator, for health checks and `doctor`.
    ///
    /// # Errors
    /// No connection.
    pub async fn ping(&self) -> Result<(), DatabaseError> {
        let mut connection = self.connect(self.admin.clone()).await?;
        let answer = connection.ping().await.map_err(DatabaseError::sql("asking the database"));
        close(connection).await;
        answer
    }

    fn as_service(&self, service: &str) -> PgConnectOptions {
        self.admin
            .clone()
            .application_name(&format!("bodega-{service}"))
            .statement_cache_capacity(STATEMENTS_MAX)
            .options([("role", role(service).as_str()), ("search_path", service), ("jit", "off")])
    }

    async fn connect(&self, options: PgConnectOptions) -> Result<PgConnection, DatabaseError> {
        PgConnection::connect_with(&options)
            .await
            .map_err(DatabaseError::sql("connecting to the database"))
    }
}

/// The role of a service.
fn role(service: &str) -> String {
    format!("bodega_{service}")
}

/// The administrator must be a member of the role to act as it; a superuser is one of every role. Asked as `usage`:
/// since PostgreSQL 16 whoever makes a role is its member without being allowed to act as it.
fn preparation(service: &str) -> String {
    let role = role(service);
    format!(
        r#"
        do $$ begin
            perform pg_advisory_xact_lock(hashtext('bodega prepare'));
            if to_regrole('{role}') is null then
                create role "{role}" nologin;
            end if;
            if not pg_has_role(current_user, '{role}', 'usage') then
                grant "{role}" to current_user;
            end if;
            if to_regnamespace('{service}') is null then
                create schema "{service}" authorization "{role}";
            end if;
        end $$
        "#
    )
}

/// Asks again and again instead of waiting in one statement: a waiting statement holds a snapshot,
/// and an index that is built concurrently waits for snapshots.
async fn take_turn(
    connection: &mut PgConnection,
    service: &'static str,
) -> Result<(), DatabaseError> {
    let turn = async {
        loop {
            let mine: bool = sqlx::query_scalar(
                "select pg_try_advisory_lock(hashtext('bodega migrate'), hashtext($1))",
            )
            .bind(service)
            .fetch_one(&mut *connection)
            .await
            .map_err(DatabaseError::sql("waiting for a turn to migrate"))?;
            if mine {
                return Ok(());
            }
            tokio::time::sleep(MIGRATION_TURN_POLL).await;
        }
    };
    tokio::time::timeout(MIGRATION_TURN_WITHIN, turn)
        .await
        .unwrap_or(Err(DatabaseError::Turn(service)))
}

/// A failed farewell changes nothing.
async fn close(connection: PgConnection) {
    connection.close().await.ok();
}

/// Unique violation, duplicate object, or "tuple concurrently updated".
fn is_collision(error: &sqlx::Error) -> bool {
    has_code(error, &["23505", "42710", "XX000"])
}

fn has_code(error: &sqlx::Error, codes: &[&str]) -> bool {
    error
        .as_database_error()
        .and_then(sqlx::error::DatabaseError::code)
        .is_some_and(|code| codes.contains(&code.as_ref()))
}
