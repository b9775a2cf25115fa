//! Stock that came in: bundled per item, told to who waits for it and to the news channel.

use std::time::Duration;

use contract::failure::Failure;
use kernel::ids::{ItemId, PersonId};
use sqlx::{PgConnection, PgPool};

use crate::operations::queue;
use crate::outbound::{Message, Notice};
use crate::store::restocks;

pub use crate::store::restocks::Restock;

/// Uploads of one item within this time are one post.
const BUNDLED: Duration = Duration::from_mins(1);
/// A claim outlives what is done under it.
const LEASE: Duration = Duration::from_mins(2);
/// Bundles claimed at once.
const BATCH: i64 = 10;

/// Notes that stock came in, in the transaction of the follower.
///
/// # Errors
/// The database's.
pub async fn note(conn: &mut PgConnection, item: ItemId, units: u32) -> Result<(), Failure> {
    if units == 0 {
        return Ok(());
    }
    restocks::add(conn, item, units, BUNDLED).await.map_err(chassis::sql::failure)
}

/// Bundles whose waiters are to be told.
///
/// # Errors
/// The database's.
pub async fn claim_for_waiters(pool: &PgPool) -> Result<Vec<Restock>, Failure> {
    restocks::claim_for_waiters(pool, BATCH, LEASE).await.map_err(chassis::sql::failure)
}

/// Queues a message for everybody on a page of the list; the same person once per bundle.
///
/// # Errors
/// The database's.
pub async fn tell_waiters(
    pool: &PgPool,
    restock: &Restock,
    people: &[PersonId],
) -> Result<(), Failure> {
    let notice = Notice::Back { item: restock.item, restock: restock.id };
    let rows: Vec<Message> = people.iter().map(|person| notice.row(*person)).collect();
    let mut tx = pool.begin().await.map_err(chassis::sql::failure)?;
    queue::enqueue(&mut tx, &rows).await?;
    tx.commit().await.map_err(chassis::sql::failure)
}

/// Notes that all waiters of a bundle were told.
///
/// # Errors
/// The database's.
pub async fn waiters_told(pool: &PgPool, restock: &Restock) -> Result<(), Failure> {
    restocks::waiters_told(pool, restock).await.map_err(chassis::sql::failure)
}

/// Bundles that the news channel is to hear of.
///
/// # Errors
/// The database's.
pub async fn claim_for_post(pool: &PgPool) -> Result<Vec<Restock>, Failure> {
    restocks::claim_for_post(pool, BATCH, LEASE).await.map_err(chassis::sql::failure)
}

/// Ends a bundle for the channel; whoever has to know why it was not told is told with it.
///
/// # Errors
/// The database's.
pub async fn posted(
    pool: &PgPool,
    restock: &Restock,
    trouble: Option<Message>,
) -> Result<(), Failure> {
    let mut tx = pool.begin().await.map_err(chassis::sql::failure)?;
    queue::enqueue(&mut tx, trouble.as_slice()).await?;
    restocks::posted(&mut tx, restock, BUNDLED).await.map_err(chassis::sql::failure)?;
    tx.commit().await.map_err(chassis::sql::failure)
}

/// Has a bundle posted later.
///
/// # Errors
/// The database's.
pub async fn postpone_post(
    pool: &PgPool,
    restock: &Restock,
    delay: Duration,
) -> Result<(), Failure> {
    restocks::postpone_post(pool, restock.id, delay).await.map_err(chassis::sql::failure)
}
