//! One role and schema per service: what it may reach, and how its tables come to be.

use chassis::cluster::{Cluster, ClusterOptions};
use chassis::database::Database;
use sqlx::migrate::{Migration, MigrationType, Migrator};
use sqlx::{PgPool, SqlSafeStr};

async fn cluster() -> (Cluster, Database) {
    let cluster = Cluster::start(ClusterOptions::throwaway().unwrap()).await.unwrap();
    let database = Database::new(cluster.options());
    (cluster, database)
}

fn migrator(version: i64, sql: &'static str) -> Migrator {
    let name = format!("step {version}").into();
    let migration = Migration::new(version, name, MigrationType::Simple, sql.into_sql_str(), false);
    Migrator::with_migrations(vec![migration])
}

fn wallets() -> Migrator {
    migrator(100, "create table wallets (person_id bigint primary key)")
}

fn outbox() -> Migrator {
    migrator(1, "create table outbox (id bigint primary key)")
}

async fn tables(pool: &PgPool) -> Vec<String> {
    sqlx::query_scalar(
        "select table_schema || '.' || table_name from information_schema.tables
         where table_schema in ('payments', 'inventory', 'public') order by 1",
    )
    .fetch_all(pool)
    .await
    .unwrap()
}

fn code(error: &sqlx::Error) -> String {
    error.as_database_error().and_then(sqlx::error::DatabaseError::code).unwrap().into_owned()
}

#[tokio::test]
async fn sc19_a_service_cannot_reach_the_tables_of_its_neighbour() {
    let (_cluster, database) = cluster().await;
    for service in ["payments", "inventory"] {
        database.prepare(service).await.unwrap();
    }
    database.migrate("payments", &[&wallets()]).await.unwrap();
    let (payments, inventory) = (database.pool("payments", 2), database.pool("inventory", 2));

    sqlx::query("insert into wallets values (1)").execute(&payments).await.unwrap();
    for statement in [
        "select * from payments.wallets",
        "insert into payments.wallets values (2)",
        "create table payments.mine ()",
    ] {
        let refused = sqlx::query(statement).execute(&inventory).await;
        assert_eq!(code(&refused.unwrap_err()), "42501", "{statement}");
    }
    let unseen = sqlx::query("select * from wallets").execute(&inventory).await.unwrap_err();
    assert_eq!(code(&unseen), "42P01");
}

#[tokio::test]
async fn connections_of_a_service_have_its_name_and_short_patience() {
    let (_cluster, database) = cluster().await;
    database.prepare("payments").await.unwrap();
    let pool = database.pool("payments", 1);
    for (setting, value) in [
        ("role", "bodega_payments"),
        ("search_path", "payments"),
        ("statement_timeout", "5s"),
        ("lock_timeout", "2s"),
        ("idle_in_transaction_session_timeout", "10s"),
        ("application_name", "bodega-payments"),
        ("jit", "off"),
    ] {
        let is: String = sqlx::query_scalar("select current_setting($1)")
            .bind(setting)
            .fetch_one(&pool)
            .await
            .unwrap();
        assert_eq!(is, value, "{setting}");
    }
}

#[tokio::test]
async fn preparing_and_migrating_twice_and_at_once_is_the_same_as_once() {
    let (_cluster, database) = cluster().await;
    let everybody = (0..8).map(|_| async {
        database.prepare("payments").await.unwrap();
        database.migrate("payments", &[&outbox(), &wallets()]).await.unwrap();
    });
    futures_util::future::join_all(everybody).await;
    database.migrate("payments", &[&outbox(), &wallets()]).await.unwrap();

    let pool = database.pool("payments", 1);
    let expected = ["payments._sqlx_migrations", "payments.outbox", "payments.wallets"];
    assert_eq!(tables(&pool).await, expected);
}

#[tokio::test]
async fn roles_are_made_once_although_two_databases_are_prepared_at_once() {
    let (cluster, admin) = cluster().await;
    let mut connection =
        <sqlx::PgConnection as sqlx::Connection>::connect_with(admin.admin()).await.unwrap();
    for sql in ["create database one", "create database two"] {
        sqlx::raw_sql(sql).execute(&mut connection).await.unwrap();
    }
    let prepared = ["one", "two", "one", "two"].map(|name| {
        let database = Database::new(cluster.options().database(name));
        async move {
            for service in ["payments", "inventory", "bot"] {
                database.prepare(service).await.unwrap();
            }
        }
    });
    futures_util::future::join_all(prepared).await;
}

#[tokio::test]
async fn an_older_release_leaves_the_tables_of_a_newer_one_alone() {
    let (_cluster, database) = cluster().await;
    database.prepare("payments").await.unwrap();
    database
        .migrate("payments", &[&wallets(), &migrator(101, "create table newer ()")])
        .await
        .unwrap();
    database.migrate("payments", &[&wallets()]).await.unwrap();
    assert!(tables(&database.pool("payments", 1)).await.contains(&"payments.newer".to_owned()));
}

#[tokio::test]
async fn a_migration_that_fails_names_its_service_and_leaves_no_half() {
    let (_cluster, database) = cluster().await;
    database.prepare("payments").await.unwrap();
    let broken = migrator(100, "create table half (); select * from nowhere");
    let error = database.migrate("payments", &[&broken]).await.unwrap_err();
    assert_eq!(error.to_string(), "a migration of service `payments` failed");
    assert!(!tables(&database.pool("payments", 1)).await.contains(&"payments.half".to_owned()));
}

#[tokio::test]
async fn a_database_that_is_not_there_is_an_error_and_not_a_wait() {
    let database = Database::open("postgres://nobody@127.0.0.1:1/none").unwrap();
    assert!(database.ping().await.is_err());
    assert!(Database::open("mysql//nonsense").is_err());
}
