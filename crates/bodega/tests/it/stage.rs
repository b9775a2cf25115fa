//! An older shop with its oddities, a new one that is empty, and the executable that takes one over into the other.

use std::fmt::Write as _;
use std::process::{Output, Stdio};

use chassis::database::Database;
use sqlx::{AssertSqlSafe, ConnectOptions, Connection, PgConnection};
use tokio::process::{Child, Command};

/// The owner of both shops.
pub const OWNER: i64 = 1_000;
/// A seal key, as the settings write it.
pub const SEAL_KEY: &str = "one:AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=";
const SCHEMA: &str = include_str!("../telegram_shop/schema.sql");
const ROWS: &str = include_str!("../telegram_shop/rows.sql");

/// Two shops.
pub struct Stage {
    pub older: Database,
    pub new: Database,
    folder: tempfile::TempDir,
}

impl Stage {
    pub async fn set() -> Self {
        let stage = Self {
            older: testkit::empty_database().await,
            new: testkit::empty_database().await,
            folder: tempfile::tempdir().unwrap(),
        };
        fill(&stage.older).await;
        stage
    }

    /// With a new shop of its own, beside the same older one.
    pub async fn beside(other: &Self) -> Self {
        Self {
            older: other.older.clone(),
            new: testkit::empty_database().await,
            folder: tempfile::tempdir().unwrap(),
        }
    }

    /// Takes over, to the end.
    pub async fn imports(&self) -> String {
        said(&self.import(&[], &[]).await)
    }

    /// Runs the command with further arguments and settings.
    pub async fn import(&self, arguments: &[&str], settings: &[(&str, &str)]) -> Output {
        let url = self.older.admin().to_url_lossy();
        let mut all = vec!["--database-url", url.as_str()];
        all.extend(arguments);
        self.command(&all, settings).output().await.unwrap()
    }

    /// Runs it without naming the older shop's database.
    pub async fn import_from_own(&self, settings: &[(&str, &str)]) -> Output {
        self.command(&[], settings).output().await.unwrap()
    }

    /// Starts it, to be killed.
    pub fn begins(&self) -> Child {
        let url = self.older.admin().to_url_lossy();
        self.command(&["--database-url", url.as_str()], &[]).spawn().unwrap()
    }

    fn command(&self, arguments: &[&str], settings: &[(&str, &str)]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_bodega"));
        command.env_clear().current_dir(self.folder.path()).kill_on_drop(true);
        command.env("DATABASE_URL", self.new.admin().to_url_lossy().as_str());
        command.env("BODEGA__SECURITY__SEAL_KEYS", SEAL_KEY).env("OWNER_ID", OWNER.to_string());
        command.envs(settings.iter().copied());
        command.args(["import", "telegram-shop"]).args(arguments);
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    /// All rows of all tables of the new shop but those of the command's own making.
    pub async fn everything(&self) -> String {
        let mut sql = connect(&self.new).await;
        let tables: Vec<String> = sqlx::query_scalar(
            "select schemaname || '.' || tablename from pg_tables
             where schemaname in ('payments', 'inventory', 'bot', 'admin')
                 and tablename not like '\\_sqlx%' and tablename <> 'data_keys' order by 1",
        )
        .fetch_all(&mut sql)
        .await
        .unwrap();
        let mut all = String::new();
        for table in tables {
            let rows = format!(
                "select coalesce(string_agg(t::text, E'\\n' order by t::text), '') from {table} t"
            );
            let rows: String =
                sqlx::query_scalar(AssertSqlSafe(rows)).fetch_one(&mut sql).await.unwrap();
            writeln!(all, "{table}\n{rows}").unwrap();
        }
        all
    }
}

/// What it said, where all went well.
pub fn said(output: &Output) -> String {
    let (out, err) = texts(output);
    assert!(output.status.success(), "{out}\n{err}");
    out
}

/// What it complained of.
pub fn complaint(output: &Output) -> String {
    let (out, err) = texts(output);
    assert!(!output.status.success(), "{out}");
    err
}

fn texts(output: &Output) -> (String, String) {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    (text(&output.stdout), text(&output.stderr))
}

pub async fn connect(database: &Database) -> PgConnection {
    PgConnection::connect_with(database.admin()).await.unwrap()
}

/// One value of a statement.
pub async fn one<T>(database: &Database, statement: &'static str) -> T
where
    T: Send + Unpin + sqlx::Type<sqlx::Postgres> + for<'r> sqlx::Decode<'r, sqlx::Postgres>,
{
    sqlx::query_scalar(statement).fetch_one(&mut connect(database).await).await.unwrap()
}

pub async fn execute(database: &Database, statements: &'static str) {
    sqlx::raw_sql(statements).execute(&mut connect(database).await).await.unwrap();
}

/// Makes a database an older shop's.
pub async fn fill(database: &Database) {
    execute(database, SCHEMA).await;
    execute(database, ROWS).await;
}
