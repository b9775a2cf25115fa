//! Setting updates aside that cannot be handled, so that their chats go on.

use contract::failure::Failure;
use sha2::{Digest, Sha256};
use sqlx::PgPool;
use telegram::Head;

use crate::operations::vault::Vault;
use crate::store::parked_updates::{self, Parked};

/// Bytes kept of an update; of its hash the whole counts.
const UPDATE_BYTES_MAX: usize = 64 * 1024;
/// Bytes kept of its reason, which is a code.
const REASON_BYTES_MAX: usize = 64;
/// Where updates come from; others may join.
const SOURCE: &str = "telegram";

/// Where updates are set aside. Cheap to clone.
#[derive(Clone)]
pub struct Parking {
    pool: PgPool,
    vault: Vault,
}

impl Parking {
    /// In this database, sealed by this vault.
    pub fn new(pool: PgPool, vault: Vault) -> Self {
        Self { pool, vault }
    }

    /// Sets an update aside for people to look at; the same one again is the same row.
    ///
    /// # Errors
    /// The database's.
    pub async fn park(&self, update: &[u8], reason: &str) -> Result<(), Failure> {
        let of_codes = |c: &char| c.is_ascii_alphanumeric() || "._-".contains(*c);
        let reason: String = reason.chars().filter(of_codes).take(REASON_BYTES_MAX).collect();
        let head = Head::parse(update).ok();
        let head = head.as_ref();
        let sha256 = Sha256::digest(update);
        let parked = Parked {
            source: SOURCE,
            reason: &reason,
            sha256: &sha256,
            update_id: head.map(|head| head.update_id),
            kind: head.map(|head| head.kind.name()),
            person: head.and_then(|head| head.user.as_ref()).map(|user| user.id),
            size: update.len(),
            sealed: self.vault.seal(&sha256, &update[..update.len().min(UPDATE_BYTES_MAX)]),
        };
        parked_updates::insert(&self.pool, parked).await.map_err(chassis::sql::failure)?;
        metrics::counter!("bodega_bot_updates_parked_total", "reason" => reason).increment(1);
        Ok(())
    }

    /// The body of an update that was set aside; nothing where none was kept.
    ///
    /// # Errors
    /// The database's, or `bot.parked_update_damaged`.
    pub async fn find_body(&self, id: i64) -> Result<Option<Vec<u8>>, Failure> {
        let body = parked_updates::find_body(&self.pool, id).await;
        let body = body.map_err(chassis::sql::failure)?;
        body.map(|body| self.vault.open_body(&body.sha256, &body.sealed)).transpose()
    }
}

/// Forgets a batch of updates that were set aside more than `days` days ago; returns how many.
///
/// # Errors
/// The database's.
pub async fn prune(pool: &PgPool, days: i32) -> Result<u64, Failure> {
    parked_updates::prune(pool, days).await.map_err(chassis::sql::failure)
}

#[cfg(test)]
mod tests {
    use chassis::ground::Wires;
    use contract::switchboard::Switchboard;

    use super::*;

    const OLD: &str = "a:YSBzZWFsIGtleSBmb3Igam91cm5leXMsIDMyIGJ5dGU=";
    const NEW: &str = "b:YW5vdGhlciBrZXkgZm9yIHRlc3RzLCBvZiAzMiBieXQ=";

    async fn pool() -> PgPool {
        testkit::database("bot", &[&durable::MIGRATIONS, &crate::MIGRATIONS]).await.pool
    }

    async fn parking(pool: &PgPool, seal_keys: &[&str]) -> Result<Parking, String> {
        let wire = || Switchboard::default().wire();
        let wires = Wires { payments: wire(), inventory: wire(), bot: wire(), admin: wire() };
        let settings = format!("[security]\nseal_keys = {seal_keys:?}\n");
        let settings = testkit::ground_without_database(&settings, wires).settings;
        let vault = Vault::open(pool, &settings).await.map_err(|error| error.to_string())?;
        Ok(Parking::new(pool.clone(), vault))
    }

    #[tokio::test]
    async fn without_seal_keys_an_update_is_noted_and_its_body_not_kept() {
        let pool = pool().await;
        let parking = parking(&pool, &[]).await.unwrap();
        parking.park(b"{\"update_id\":5}", "poison").await.unwrap();
        assert_eq!(parking.find_body(1).await, Ok(None));
        let noted = "select (reason, kind, update_id, size)::text from bot.parked_updates";
        let noted: String = sqlx::query_scalar(noted).fetch_one(&pool).await.unwrap();
        assert_eq!(noted, "(poison,other,5,15)");
    }

    #[tokio::test]
    async fn sc03_a_changed_seal_key_wraps_the_key_of_parked_updates_anew() {
        let pool = pool().await;
        parking(&pool, &[OLD]).await.unwrap().park(b"{broken", "malformed").await.unwrap();
        let refused = parking(&pool, &[NEW]).await.err().unwrap();
        assert!(refused.contains("security.seal_keys"), "{refused}");
        parking(&pool, &[NEW, OLD]).await.unwrap();
        let parking = parking(&pool, &[NEW]).await.unwrap();
        assert_eq!(parking.find_body(1).await, Ok(Some(b"{broken".to_vec())));
    }

    #[tokio::test]
    async fn what_was_parked_long_ago_is_forgotten() {
        let pool = pool().await;
        let parking = parking(&pool, &[OLD]).await.unwrap();
        parking.park(b"old", "malformed").await.unwrap();
        let age = "update bot.parked_updates set parked_at = now() - interval '31 days'";
        sqlx::query(age).execute(&pool).await.unwrap();
        parking.park(b"new", "malformed").await.unwrap();
        assert_eq!(prune(&pool, 30).await, Ok(1));
        assert_eq!(parking.find_body(1).await, Ok(None));
        assert_eq!(parking.find_body(2).await, Ok(Some(b"new".to_vec())));
    }
}
