//! How a broadcast goes out by itself: it begins when it is due, is spread over its people part by part, is written to
//! them by whoever claims them, and ends when everybody was. Each step is one transaction that a crash undoes or leaves
//! whole; whoever was claimed by a process that died is in doubt and is not written to again.

use std::time::Duration;

use contract::failure::Failure;
use kernel::ids::{BroadcastId, PersonId};
use sqlx::PgPool;

use crate::bot::Bot;
use crate::broadcast::{Broadcast, State};
use crate::operations::audience;
use crate::outbound::Notice;
pub use crate::store::broadcast_people::{Ended, Fate};
pub use crate::store::broadcasts::{Shows, Untold};
use crate::store::{broadcast_people, broadcasts, outbound};

/// Whoever claims people must have written to them, and said how it ended, within this.
pub const LEASE: Duration = Duration::from_secs(30);

/// Begins what is due, ends what is over, and counts whom a crash left in doubt; whether there was anything to look after.
///
/// # Errors
/// The database cannot be asked now.
pub async fn tend(bot: &Bot) -> Result<bool, Failure> {
    if !broadcasts::is_anything_open(&bot.pool).await.map_err(chassis::sql::failure)? {
        return Ok(false);
    }
    let tend = async {
        let begun = broadcasts::begin_due(&bot.pool).await?;
        let lost = broadcast_people::doubt_lost(&bot.pool).await?;
        if lost > 0 {
            tracing::warn!(lost, "whether a broadcast has reached some people is not known");
            let lost = lost.unsigned_abs();
            metrics::counter!("bodega_bot_broadcast_messages_total", "outcome" => "in_doubt")
                .increment(lost);
        }
        let mut tx = bot.pool.begin().await?;
        let done = broadcasts::finish(&mut tx).await?;
        let reports: Vec<_> = done
            .iter()
            .map(|(broadcast, author)| Notice::BroadcastOver { broadcast: *broadcast }.row(*author))
            .collect();
        if !reports.is_empty() {
            outbound::insert(&mut tx, &reports).await?;
        }
        tx.commit().await?;
        sqlx::Result::Ok((begun, done.len()))
    };
    let (begun, done) = tend.await.map_err(chassis::sql::failure)?;
    if done > 0 {
        bot.queued.notify_one();
    }
    if begun > 0 {
        bot.stirred.notify_one();
    }
    Ok(true)
}

/// Adds the next people to a broadcast that is being spread; whether there are more.
///
/// # Errors
/// The database or inventory cannot be asked now.
pub async fn spread(bot: &Bot) -> Result<bool, Failure> {
    let open = broadcasts::list_under_way(&bot.pool).await.map_err(chassis::sql::failure)?;
    let Some(one) = open.into_iter().find(|one| one.state == State::Spreading) else {
        return Ok(false);
    };
    let after = broadcasts::spread_to(&bot.pool, one.id).await.map_err(chassis::sql::failure)?;
    // Outside of the transaction: inventory may take its time.
    let part = audience::part(bot, one.audience, after).await?;
    let spread = async {
        let mut tx = bot.pool.begin().await?;
        let stands = broadcast_people::lock_spreading(&mut tx, one.id).await?;
        // Somebody else may have been faster, or it was cancelled.
        if stands == Some(after) {
            let up_to = part.onward.unwrap_or(after);
            broadcast_people::spread(&mut tx, one.id, &part.people, up_to).await?;
            if part.onward.is_none() {
                broadcast_people::end_spreading(&mut tx, one.id).await?;
            }
        }
        tx.commit().await
    };
    spread.await.map_err(chassis::sql::failure)?;
    bot.stirred.notify_one();
    Ok(true)
}

/// Those that go out at this moment.
///
/// # Errors
/// The database cannot be asked now.
pub async fn list_under_way(pool: &PgPool) -> Result<Vec<Broadcast>, Failure> {
    broadcasts::list_under_way(pool).await.map_err(chassis::sql::failure)
}

/// Writes down how messages ended and claims as many people as there are turns: one transaction for all, however many
/// they are.
///
/// # Errors
/// The database cannot be asked now: then nothing was written and nobody claimed.
pub async fn turn(
    bot: &Bot,
    ended: &[Ended],
    under_way: &[BroadcastId],
    turns: u32,
) -> Result<Vec<(BroadcastId, PersonId)>, Failure> {
    let gone: Vec<i64> = ended
        .iter()
        .filter(|one| matches!(one.fate, Fate::Unreachable(_)))
        .map(|one| one.person.0)
        .collect();
    let turn = async {
        let mut tx = bot.pool.begin().await?;
        if !ended.is_empty() {
            broadcast_people::record(&mut tx, ended).await?;
        }
        if !gone.is_empty() {
            broadcast_people::mark_unreachable(&mut tx, &gone).await?;
        }
        let (mut claimed, mut left) = (Vec::new(), turns);
        for id in under_way {
            if left == 0 {
                break;
            }
            let people = broadcast_people::claim(&mut tx, *id, left, LEASE).await?;
            left = left.saturating_sub(u32::try_from(people.len()).unwrap_or(left));
            claimed.extend(people.into_iter().map(|person| (*id, person)));
        }
        tx.commit().await?;
        sqlx::Result::Ok(claimed)
    };
    let claimed = turn.await.map_err(chassis::sql::failure)?;
    for person in gone {
        bot.people.forget(PersonId(person));
    }
    Ok(claimed)
}

/// Broadcasts whose message of progress was not touched for so long; nobody else touches them now.
///
/// # Errors
/// The database cannot be asked now.
pub async fn take_untold(pool: &PgPool, age: Duration) -> Result<Vec<Untold>, Failure> {
    broadcasts::take_untold(pool, age.as_secs_f64()).await.map_err(chassis::sql::failure)
}

/// Remembers the message of progress, or that it shows the end.
///
/// # Errors
/// The database cannot be asked now.
pub async fn told(
    pool: &PgPool,
    id: BroadcastId,
    message_id: Option<i64>,
    shows: Shows,
) -> Result<(), Failure> {
    broadcasts::tell(pool, id, message_id, shows).await.map_err(chassis::sql::failure)
}

/// Forgets what became of people in broadcasts that were over so many days ago, and drafts as old; returns how many.
///
/// # Errors
/// The database cannot be asked now.
pub async fn prune(pool: &PgPool, days: i32) -> Result<u64, Failure> {
    broadcasts::prune(pool, days).await.map_err(chassis::sql::failure)
}
