//! Purchases that wait for money: agreed to, claimed by a credit, ended together with the message about it.

use std::time::Duration;

use contract::failure::Failure;
use kernel::ids::{OrderId, PersonId};
use sqlx::{PgConnection, PgPool};

use crate::store::intents;
pub use crate::store::intents::{Credit, New, Row, State};
use crate::store::outbound::{self, Message};

/// Has a purchase wait in place of another one of the same person; the same id again changes nothing. Answers it as it
/// stands; nothing where another one is being looked at right now.
///
/// # Errors
/// The database's.
pub async fn open(pool: &PgPool, new: &New) -> Result<Option<Row>, Failure> {
    let open = async {
        let mut tx = pool.begin().await?;
        intents::replace(&mut *tx, new.person, new.order).await?;
        intents::insert(&mut *tx, new).await?;
        let row = intents::find(&mut *tx, new.person, new.order).await?;
        tx.commit().await?;
        Ok(row)
    };
    open.await.map_err(chassis::sql::failure)
}

/// One of a person.
///
/// # Errors
/// The database's.
pub async fn find(pool: &PgPool, person: PersonId, order: OrderId) -> Result<Option<Row>, Failure> {
    intents::find(pool, person, order).await.map_err(chassis::sql::failure)
}

/// The one of a person that is open.
///
/// # Errors
/// The database's.
pub async fn find_open(pool: &PgPool, person: PersonId) -> Result<Option<Row>, Failure> {
    intents::find_open(pool, person).await.map_err(chassis::sql::failure)
}

/// Takes one back that still waits; whether it did.
///
/// # Errors
/// The database's.
pub async fn cancel(pool: &PgPool, person: PersonId, order: OrderId) -> Result<bool, Failure> {
    intents::cancel(pool, person, order).await.map_err(chassis::sql::failure)
}

/// Money came, in the caller's transaction: what waited for it is claimed. Answers what had waited for too long: it is
/// over, and its buyer is to be told.
///
/// # Errors
/// The database's.
pub async fn claim(
    conn: &mut PgConnection,
    credits: &[Credit],
) -> Result<Vec<(OrderId, PersonId)>, Failure> {
    if credits.is_empty() {
        return Ok(Vec::new());
    }
    let claim = async {
        intents::claim(&mut *conn, credits).await?;
        intents::expire(&mut *conn, credits).await
    };
    claim.await.map_err(chassis::sql::failure)
}

/// The same in a transaction of its own, with what to tell about those that had waited for too long.
///
/// # Errors
/// The database's.
pub async fn claim_one(
    pool: &PgPool,
    credit: Credit,
    late: impl Fn(OrderId, PersonId) -> Message,
) -> Result<(), Failure> {
    let mut tx = pool.begin().await.map_err(chassis::sql::failure)?;
    let ended = claim(&mut tx, &[credit]).await?;
    let rows: Vec<Message> = ended.into_iter().map(|(order, person)| late(order, person)).collect();
    super::queue::enqueue(&mut tx, &rows).await?;
    tx.commit().await.map_err(chassis::sql::failure)
}

/// Takes up so many that are due; a crash gives them back when the lease is over.
///
/// # Errors
/// The database's.
pub async fn take(pool: &PgPool, limit: i64, lease: Duration) -> Result<Vec<Row>, Failure> {
    intents::take(pool, limit, lease).await.map_err(chassis::sql::failure)
}

/// From here on only the answer to the order decides.
///
/// # Errors
/// The database's.
pub async fn note_placed(pool: &PgPool, order: OrderId) -> Result<(), Failure> {
    intents::note_placed(pool, order).await.map_err(chassis::sql::failure)
}

/// The money does not suffice yet.
///
/// # Errors
/// The database's.
pub async fn give_back(pool: &PgPool, row: &Row) -> Result<(), Failure> {
    intents::give_back(pool, row).await.map_err(chassis::sql::failure)
}

/// Nobody knows yet how it ends.
///
/// # Errors
/// The database's.
pub async fn postpone(pool: &PgPool, order: OrderId, delay: Duration) -> Result<(), Failure> {
    intents::postpone(pool, order, delay).await.map_err(chassis::sql::failure)
}

/// Ends one, together with the message about it; whoever comes second changes nothing and says nothing.
///
/// # Errors
/// The database's.
pub async fn end(
    pool: &PgPool,
    order: OrderId,
    state: State,
    message: Option<Message>,
) -> Result<(), Failure> {
    let end = async {
        let mut tx = pool.begin().await?;
        if intents::end(&mut *tx, order, state).await?
            && let Some(message) = message
        {
            outbound::insert(&mut tx, std::slice::from_ref(&message)).await?;
            // The feed may have queued it already, for later: nobody else shows it here.
            outbound::hasten(&mut tx, &message.key).await?;
        }
        tx.commit().await
    };
    end.await.map_err(chassis::sql::failure)
}

/// Forgets a batch of what is over for more than `days` days; returns how many.
///
/// # Errors
/// The database's.
pub async fn prune(pool: &PgPool, days: i32) -> Result<u64, Failure> {
    intents::prune(pool, days).await.map_err(chassis::sql::failure)
}
