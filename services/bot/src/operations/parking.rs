//! Setting updates aside that cannot be handled, so that their chats go on.

use contract::failure::Failure;
use sha2::{Digest, Sha256};
use sqlx::PgPool;

use crate::store::parked_updates::{self, Parked};

/// Bytes kept of an update; of its hash the whole counts.
const UPDATE_BYTES_MAX: usize = 64 * 1024;
/// Bytes kept of its reason, which is a code.
const REASON_BYTES_MAX: usize = 64;
/// Where updates come from; others may join.
const SOURCE: &str = "telegram";

/// Sets an update aside for people to look at; the same one again is the same row.
///
/// # Errors
/// The database's.
pub async fn park_update(pool: &PgPool, update: &[u8], reason: &str) -> Result<(), Failure> {
    let of_codes = |c: &char| c.is_ascii_alphanumeric() || "._-".contains(*c);
    let reason: String = reason.chars().filter(of_codes).take(REASON_BYTES_MAX).collect();
    let parked = Parked {
        source: SOURCE,
        reason: &reason,
        sha256: &Sha256::digest(update),
        update: &update[..update.len().min(UPDATE_BYTES_MAX)],
    };
    parked_updates::insert(pool, parked).await.map_err(chassis::sql::failure)?;
    metrics::counter!("bodega_bot_updates_parked_total", "reason" => reason).increment(1);
    Ok(())
}
