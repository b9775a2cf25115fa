//! The shop that takes over: one connection, which acts as each service in turn, in batches that are kept or undone.

use anyhow::{Context, bail, ensure};
use chassis::config::Settings;
use chassis::database::Database;
use kernel::currency::Currency;
use kernel::ids::PersonId;
use serde::Deserialize;
use sqlx::{AssertSqlSafe, Connection, PgConnection};

use crate::roles::Role;

/// Whether what is written stays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stay {
    /// Batch by batch.
    Kept,
    /// Everything is one transaction, which is undone at the end.
    Undone,
}

/// The new shop's tables.
pub struct Target {
    conn: PgConnection,
    stay: Stay,
    /// Its goods.
    pub goods: inventory::import::Import,
    /// Its money.
    pub currency: Currency,
    /// Its owner; nobody where none is set.
    pub owner: PersonId,
}

#[derive(Deserialize)]
struct ShopSection {
    currency: Currency,
    #[serde(default)]
    owner_id: i64,
}

/// The currency and the owner of the settings.
pub fn terms(settings: &Settings) -> anyhow::Result<(Currency, PersonId)> {
    let shop: ShopSection = settings.section("shop")?;
    Ok((shop.currency, PersonId(shop.owner_id)))
}

impl Target {
    /// Opens it, alone: neither the shop nor another import is at it.
    pub async fn open(
        database: &Database,
        settings: &Settings,
        stay: Stay,
    ) -> anyhow::Result<Self> {
        let (currency, owner) = terms(settings)?;
        let goods = inventory::import::Import::open(database, settings).await?;
        let mut conn = PgConnection::connect_with(database.admin()).await?;
        let is_alone: bool = sqlx::query_scalar("select pg_try_advisory_lock(hashtext('import'))")
            .fetch_one(&mut conn)
            .await?;
        ensure!(is_alone, "another import is at this database");
        sqlx::raw_sql("set idle_in_transaction_session_timeout to 0; begin")
            .execute(&mut conn)
            .await?;
        Ok(Self { conn, stay, goods, currency, owner })
    }

    /// The connection, acting as a service until the end of the batch.
    pub async fn as_role(&mut self, role: Role) -> anyhow::Result<&mut PgConnection> {
        let name = role.name();
        let act = format!("set local role \"bodega_{name}\"; set local search_path to \"{name}\"");
        sqlx::raw_sql(AssertSqlSafe(act)).execute(&mut self.conn).await?;
        Ok(&mut self.conn)
    }

    /// Inventory's part and the connection that acts as it.
    pub async fn goods(
        &mut self,
    ) -> anyhow::Result<(&inventory::import::Import, &mut PgConnection)> {
        self.as_role(Role::Inventory).await?;
        Ok((&self.goods, &mut self.conn))
    }

    /// Ends a batch: from here on a crash leaves it done.
    pub async fn batch_done(&mut self) -> anyhow::Result<()> {
        if self.stay == Stay::Kept {
            sqlx::raw_sql("commit; begin").execute(&mut self.conn).await.context("keep a batch")?;
        }
        Ok(())
    }

    /// Ends everything.
    pub async fn close(mut self) -> anyhow::Result<()> {
        let end = match self.stay {
            Stay::Kept => "commit",
            Stay::Undone => "rollback",
        };
        sqlx::raw_sql(end).execute(&mut self.conn).await?;
        self.conn.close().await?;
        Ok(())
    }

    /// Refuses a shop whose wallets are in another currency than its settings say.
    pub async fn check_currency(&mut self) -> anyhow::Result<()> {
        let currency = self.currency;
        let conn = self.as_role(Role::Payments).await?;
        match payments::operations::import::find_currency(conn).await? {
            Some(code) if code != currency.code() => bail!(
                "the wallets here are in {code}, and shop.currency is {currency}: nothing was \
                 taken over"
            ),
            _ => Ok(()),
        }
    }

    /// Those of these people who have paid or bought here.
    pub async fn find_traders(&mut self, people: &[PersonId]) -> anyhow::Result<Vec<PersonId>> {
        let conn = self.as_role(Role::Payments).await?;
        let mut traders = payments::operations::import::find_traders(conn, people).await?;
        let (goods, conn) = self.goods().await?;
        traders.extend(goods.find_traders(conn, people).await?);
        traders.sort_unstable();
        traders.dedup();
        Ok(traders)
    }
}

/// Refuses a database that a running shop is connected to.
pub async fn check_closed(database: &Database) -> anyhow::Result<()> {
    let mut conn =
        PgConnection::connect_with(database.admin()).await.context("connect to the database")?;
    let open: i64 = sqlx::query_scalar(
        "select count(*) from pg_stat_activity
         where datname = current_database() and application_name like 'bodega-%'",
    )
    .fetch_one(&mut conn)
    .await?;
    conn.close().await.ok();
    ensure!(open == 0, "the shop is running ({open} connections): stop it, then import");
    Ok(())
}
