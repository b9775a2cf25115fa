//! New people whom the channel of user data has not heard of yet.

use contract::failure::Failure;
use sqlx::PgPool;

use crate::store::registrations;
pub use crate::store::registrations::Registration;

/// Takes a batch of them. What a crash swallows after this is not told: better once too little than twice.
///
/// # Errors
/// The database's.
pub async fn claim(pool: &PgPool, limit: i64) -> Result<Vec<Registration>, Failure> {
    registrations::claim(pool, limit).await.map_err(chassis::sql::failure)
}

/// Leaves a batch for the next round: it could not be told.
///
/// # Errors
/// The database's.
pub async fn give_back(pool: &PgPool, batch: &[Registration]) -> Result<(), Failure> {
    let people: Vec<i64> = batch.iter().map(|registration| registration.person.0).collect();
    registrations::give_back(pool, &people).await.map_err(chassis::sql::failure)
}
