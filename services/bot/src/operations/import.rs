//! Taking people over from an older shop, in the caller's transaction and without telling anybody. Repeated with the same
//! people it changes nothing.

use kernel::ids::PersonId;
use sqlx::PgConnection;

use crate::store::import as store;
pub use crate::store::import::{Blocking, Newcomer};

/// Knows these people from now on; returns how many are new. Those who were shut out there are shut out here.
///
/// # Errors
/// The database's.
pub async fn take_over(
    conn: &mut PgConnection,
    people: &[Newcomer],
    blocking: Blocking<'_>,
) -> sqlx::Result<u64> {
    store::insert(conn, people, blocking).await
}

/// How many of these people are known, and how many of them are shut out.
///
/// # Errors
/// The database's.
pub async fn count(conn: &mut PgConnection, people: &[PersonId]) -> sqlx::Result<(u64, u64)> {
    store::count(conn, people).await
}
