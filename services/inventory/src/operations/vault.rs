//! The keys of the stock: made at the first start, opened at every start, never stored in the clear.

use std::collections::HashMap;

use chassis::ground::StartError;
use chassis::seal::{DataKey, Seal};
use contract::failure::{Failure, Kind};
use kernel::ids::ItemId;
use secrecy::{ExposeSecret, SecretString};
use sqlx::{PgConnection, PgPool};

use crate::domain::file::{Label, NewFile, Opened};
use crate::domain::unit::{self, SealedUnit};
use crate::store::data_keys::{self, WrappedKey};

/// The key that makes fingerprints: one for ever, or a value that was sold would look new.
const FINGERPRINTS: i32 = 1;
/// The key that seals new values.
const VALUES: i32 = 2;

/// Seals, opens and recognises values.
pub struct Vault {
    keys: HashMap<i32, DataKey>,
    fingerprints: DataKey,
    values: DataKey,
}

impl Vault {
    /// Opens the keys of the stock; makes them at the first start, and wraps them with the newest key of the settings
    /// where they still are with an older one. Replicas that start together take turns.
    ///
    /// # Errors
    /// A key of the stock does not open with the keys of the settings: nothing is sold that could not be opened.
    pub async fn open(pool: &PgPool, seal: &Seal) -> Result<Self, StartError> {
        let mut tx = pool.begin().await?;
        data_keys::take_turn(&mut *tx).await?;
        make_missing(&mut tx, seal).await?;
        rotate_keys(&mut tx, seal).await?;
        let mut keys = HashMap::new();
        for WrappedKey { id, wrapped } in data_keys::list(&mut *tx).await? {
            keys.insert(id, seal.unwrap(&wrapped).map_err(unusable)?);
        }
        tx.commit().await?;
        let key = |id| {
            let key: Option<&DataKey> = keys.get(&id);
            key.cloned().ok_or_else(|| unusable(format!("data key {id} is gone")))
        };
        Ok(Self { fingerprints: key(FINGERPRINTS)?, values: key(VALUES)?, keys })
    }

    /// Seals a value for an item's stock.
    pub fn seal(&self, item: ItemId, value: &SecretString) -> SealedUnit {
        let value = value.expose_secret().as_bytes();
        let fingerprint = self.fingerprints.fingerprint(value).to_vec();
        let sealed = self.values.seal(value, &unit::place(item, &fingerprint));
        SealedUnit { key_id: VALUES, sealed, fingerprint }
    }

    /// Seals a file for an item's stock: its unit, and its content apart.
    pub fn seal_file(&self, item: ItemId, file: &NewFile) -> (SealedUnit, Vec<u8>) {
        let fingerprint = self.fingerprints.fingerprint(&file.content).to_vec();
        let place = unit::place(item, &fingerprint);
        let sealed = self.values.seal(&Label::of(file).encode(), &place);
        let content = self.values.seal(&file.content, &content_place(&place));
        (SealedUnit { key_id: VALUES, sealed, fingerprint }, content)
    }

    /// What a value is recognised by.
    pub fn fingerprint(&self, value: &SecretString) -> Vec<u8> {
        self.fingerprints.fingerprint(value.expose_secret().as_bytes()).to_vec()
    }

    /// Opens a value or the label of a file of an item's stock.
    ///
    /// # Errors
    /// `inventory.unit_damaged`: it was changed, moved from another row, or sealed by a key that is gone.
    pub fn open_unit(&self, item: ItemId, unit: &SealedUnit) -> Result<Opened, Failure> {
        let place = unit::place(item, &unit.fingerprint);
        let value = self.unseal(unit.key_id, &unit.sealed, &place)?;
        if let Some(label) = Label::decode(&value) {
            return Ok(Opened::File { id: hex::encode(&unit.fingerprint), label });
        }
        let value = String::from_utf8(value).map_err(|_| damaged(&"it is not text"))?;
        Ok(Opened::Value(value.into()))
    }

    /// Opens the content of a file.
    ///
    /// # Errors
    /// As [`Self::open_unit`].
    pub fn open_content(
        &self,
        item: ItemId,
        unit: &SealedUnit,
        content: &[u8],
    ) -> Result<Vec<u8>, Failure> {
        let place = content_place(&unit::place(item, &unit.fingerprint));
        self.unseal(unit.key_id, content, &place)
    }

    fn unseal(&self, key_id: i32, sealed: &[u8], place: &[u8]) -> Result<Vec<u8>, Failure> {
        let key = self.keys.get(&key_id).ok_or_else(|| damaged(&"its key is gone"))?;
        key.open(sealed, place).map_err(|error| damaged(&error))
    }

    /// A keyed hash of all values of a batch.
    pub fn content_hash<'a>(&self, values: impl Iterator<Item = &'a [u8]>) -> Vec<u8> {
        let mut content = Vec::new();
        for value in values {
            content.extend_from_slice(&value.len().to_le_bytes());
            content.extend_from_slice(value);
        }
        self.fingerprints.fingerprint(&content).to_vec()
    }
}

async fn make_missing(conn: &mut PgConnection, seal: &Seal) -> Result<(), StartError> {
    let known = data_keys::list(&mut *conn).await?;
    for (id, purpose) in [(FINGERPRINTS, "fingerprints"), (VALUES, "values")] {
        if known.iter().all(|key| key.id != id) {
            let (_, wrapped) = seal.new_data_key();
            data_keys::insert(&mut *conn, &WrappedKey { id, wrapped }, purpose).await?;
        }
    }
    Ok(())
}

/// Wraps data keys anew; values and fingerprints are not touched, so that a rotation is a matter of milliseconds.
async fn rotate_keys(conn: &mut PgConnection, seal: &Seal) -> Result<(), StartError> {
    for key in data_keys::list(&mut *conn).await? {
        if let Some(wrapped) = seal.rewrap(&key.wrapped).map_err(unusable)? {
            data_keys::rewrap(&mut *conn, key.id, &wrapped).await?;
            tracing::info!(data_key = key.id, seal_key = seal.newest(), "data key wrapped anew");
        }
    }
    Ok(())
}

/// A content does not open in the place of its label.
fn content_place(place: &[u8]) -> Vec<u8> {
    [place, b"content"].concat()
}

fn damaged(why: &dyn std::fmt::Display) -> Failure {
    Failure::new(Kind::Internal, "inventory.unit_damaged").because(why)
}

fn unusable(why: impl std::fmt::Display) -> StartError {
    StartError::Other(format!("the stock cannot be opened: {why}"))
}
