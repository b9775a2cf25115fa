//! The key that seals parked updates: made at the first start, opened at every start, never stored in the clear.

use chassis::config::Settings;
use chassis::ground::StartError;
use chassis::seal::{DataKey, Seal};
use contract::failure::{Failure, Kind};
use sqlx::PgPool;

use crate::store::data_keys;

/// Seals and opens bodies of updates. Cheap to clone.
#[derive(Clone)]
pub struct Vault {
    /// Nothing where the settings have no key to wrap it with: then no body is kept.
    key: Option<DataKey>,
}

impl Vault {
    /// Opens the key; makes it at the first start, and wraps it with the newest key of the settings where it still is
    /// with an older one. The bot serves people without any: a role that runs apart need not hold the keys of the goods.
    ///
    /// # Errors
    /// The settings have keys, but none that opens it.
    pub async fn open(pool: &PgPool, settings: &Settings) -> Result<Self, StartError> {
        if !settings.has("security.seal_keys") {
            return Ok(Self { key: None });
        }
        let seal = Seal::open(settings)?;
        let (_, fresh) = seal.new_data_key();
        let wrapped = data_keys::keep_first(pool, &fresh).await?;
        let key = seal.unwrap(&wrapped).map_err(unusable)?;
        if let Some(rewrapped) = seal.rewrap(&wrapped).map_err(unusable)? {
            data_keys::rewrap(pool, &rewrapped).await?;
            tracing::info!(seal_key = seal.newest(), "data key wrapped anew");
        }
        Ok(Self { key: Some(key) })
    }

    /// Seals the body of the update with this hash.
    pub fn seal(&self, sha256: &[u8], body: &[u8]) -> Option<Vec<u8>> {
        self.key.as_ref().map(|key| key.seal(body, sha256))
    }

    /// Opens the body of the update with this hash.
    ///
    /// # Errors
    /// `bot.parked_update_damaged`: it was changed, moved from another row, or the settings have no keys any more.
    pub fn open_body(&self, sha256: &[u8], sealed: &[u8]) -> Result<Vec<u8>, Failure> {
        let damaged = || Failure::new(Kind::Internal, "bot.parked_update_damaged");
        let key = self.key.as_ref().ok_or_else(|| damaged().because("no seal keys are set"))?;
        key.open(sealed, sha256).map_err(|error| damaged().because(error))
    }
}

fn unusable(why: impl std::fmt::Display) -> StartError {
    StartError::Other(format!("parked updates cannot be sealed: {why}"))
}
