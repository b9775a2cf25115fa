//! Taking over from an older shop. Every function writes in the caller's transaction, tells nobody, and repeated with the
//! same rows changes nothing.

use kernel::currency::Currency;
use kernel::ids::{PersonId, TransferId};
use kernel::money::Money;
use sqlx::PgConnection;

pub use crate::domain::import::{Cause, Movement, Newcomer, Settled, Share};
use crate::postings;
use crate::store;
use crate::store::import::Dated;

/// People who come over, with all that moved their balances, in the order in which it happened.
#[derive(Debug, Clone, Default)]
pub struct Estate {
    /// Each once.
    pub people: Vec<Newcomer>,
    /// Theirs, and those of nobody.
    pub movements: Vec<Movement>,
    /// Of what their inviting brought; each share is among the movements too.
    pub shares: Vec<Share>,
}

/// What was new.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Taken {
    /// Wallets opened.
    pub wallets: u64,
    /// Movements written.
    pub movements: Vec<TransferId>,
    /// Shares written.
    pub shares: u64,
    /// Transfers that brought a balance to what it was there.
    pub openings: u64,
}

/// Opens wallets, writes what moved them, and opens each with what is missing, so that a balance is the sum of its
/// transfers as ever. Only for people whose money has not moved here: see [`find_traders`].
///
/// # Errors
/// The database's.
pub async fn take_over(
    conn: &mut PgConnection,
    estate: &Estate,
    currency: Currency,
) -> sqlx::Result<Taken> {
    let dated = |movement: &Movement| Dated {
        transfer: postings::taken_over(movement.clone()),
        at: movement.at,
    };
    let dated: Vec<Dated> = estate.movements.iter().map(dated).collect();
    let mut taken = Taken {
        wallets: store::import::open_wallets(conn, &estate.people, currency).await?,
        movements: store::import::insert_transfers(conn, &dated).await?,
        shares: store::import::insert_shares(conn, &estate.shares).await?,
        openings: 0,
    };
    let now = store::import::now(conn).await?;
    let gaps = store::import::list_gaps(conn, &estate.people).await?;
    let opening = |gap: &store::import::Gap| {
        let amount = Money::new(gap.minor, currency);
        Dated { transfer: postings::opening(gap.person, amount, gap.openings), at: now }
    };
    let openings: Vec<Dated> = gaps.iter().map(opening).collect();
    taken.openings = store::import::insert_transfers(conn, &openings).await?.len() as u64;
    store::import::set_balances(conn, &estate.people).await?;
    Ok(taken)
}

/// Remembers payments that were credited there; returns how many are new.
///
/// # Errors
/// The database's.
pub async fn remember_settled(conn: &mut PgConnection, settled: &[Settled]) -> sqlx::Result<u64> {
    store::import::insert_receipts(conn, settled).await
}

/// Those of these people whose money has moved here already.
///
/// # Errors
/// The database's.
pub async fn find_traders(
    conn: &mut PgConnection,
    people: &[PersonId],
) -> sqlx::Result<Vec<PersonId>> {
    store::import::list_traders(conn, people).await
}

/// The currency of the wallets; none where there are none.
///
/// # Errors
/// The database's.
pub async fn find_currency(conn: &mut PgConnection) -> sqlx::Result<Option<String>> {
    store::wallets::find_currency(conn).await
}

/// How many of these people have wallets, and what is in them together, in minor units.
///
/// # Errors
/// The database's.
pub async fn sum_balances(
    conn: &mut PgConnection,
    people: &[PersonId],
) -> sqlx::Result<(u64, i64)> {
    store::import::sum_balances(conn, people).await
}
