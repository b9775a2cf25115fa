//! Broadcasts, as staff write, look at, send and stop them.

use contract::bot::Event;
use contract::bot::event::What;
use contract::common::AuditEntry;
use contract::convert;
use contract::failure::{Failure, Kind};
use jiff::{Timestamp, ToSpan};
use kernel::ids::{BroadcastId, PersonId, PressId};
use kernel::page::{Page, PageRequest};
use sqlx::PgConnection;

use crate::bot::Bot;
use crate::broadcast::{Audience, Broadcast, Content, DAYS, State};
use crate::operations::audience;
use crate::outbound::Notice;
use crate::store::{broadcasts, outbound};

/// No such broadcast.
pub const BROADCAST_MISSING: &str = "bot.broadcast_missing";
/// It is somebody else's, or was sent.
pub const BROADCAST_TAKEN: &str = "bot.broadcast_taken";
/// It was stopped.
pub const BROADCAST_OVER: &str = "bot.broadcast_over";
/// Days ahead that one can be scheduled.
const AHEAD_DAYS: i64 = 366;
/// Pages of people that are looked at for a count before sending.
const COUNT_PAGES: usize = 20;

/// How many people a broadcast would go to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Count {
    /// So many.
    pub people: u64,
    /// Or more: not everybody was looked at.
    pub is_at_least: bool,
}

/// Keeps a message and whom it is for.
///
/// # Errors
/// `bot.broadcast_taken`, or an audience that nobody could be in.
pub async fn draft(
    bot: &Bot,
    by: PersonId,
    id: BroadcastId,
    content: &Content,
    audience: Audience,
) -> Result<Broadcast, Failure> {
    check(bot, audience)?;
    let mut conn = bot.pool.acquire().await.map_err(chassis::sql::failure)?;
    let kept = broadcasts::keep_draft(&mut conn, id, by, content, audience).await;
    if !kept.map_err(chassis::sql::failure)? {
        return Err(Failure::new(Kind::Conflict, BROADCAST_TAKEN)
            .because("it is somebody else's, or no draft any more"));
    }
    let found = broadcasts::find(&mut *conn, id).await.map_err(chassis::sql::failure)?;
    found.ok_or_else(missing)
}

fn check(bot: &Bot, audience: Audience) -> Result<(), Failure> {
    match audience {
        Audience::Inactive { days } if !DAYS.contains(&days) => {
            Err(convert::invalid("inactive_days", "1 to 3,650 days"))
        }
        Audience::SpentOver { amount }
            if amount.minor < 0 || amount.currency != bot.shop.currency =>
        {
            Err(convert::invalid("spent_over", "0 or more in the shop's currency"))
        }
        _ => Ok(()),
    }
}

/// One broadcast.
///
/// # Errors
/// `bot.broadcast_missing`, or the database cannot be asked now.
pub async fn get(bot: &Bot, id: BroadcastId) -> Result<Broadcast, Failure> {
    let found = broadcasts::find(&bot.pool, id).await.map_err(chassis::sql::failure)?;
    found.ok_or_else(missing)
}

/// A page of all of them, newest first.
///
/// # Errors
/// The database cannot be asked now.
pub async fn list(bot: &Bot, page: PageRequest) -> Result<Page<Broadcast>, Failure> {
    let found = broadcasts::list(&bot.pool, page.limit(), page.offset()).await;
    let (rows, total) = found.map_err(chassis::sql::failure)?;
    Ok(Page { rows, total: total.unsigned_abs() })
}

/// How many people it would go to at this moment.
///
/// # Errors
/// `bot.broadcast_missing`, or somebody who must be asked does not answer.
pub async fn count(bot: &Bot, id: BroadcastId) -> Result<Count, Failure> {
    let audience = get(bot, id).await?.audience;
    if let Some(people) = audience::count_at_once(bot, audience).await? {
        return Ok(Count { people, is_at_least: false });
    }
    let (mut people, mut after) = (0, PersonId(0));
    for _ in 0..COUNT_PAGES {
        let part = audience::part(bot, audience, after).await?;
        people += part.people.len() as u64;
        match part.onward {
            Some(onward) => after = onward,
            None => return Ok(Count { people, is_at_least: false }),
        }
    }
    Ok(Count { people, is_at_least: true })
}

/// Sends the message to one person alone, once for each wish.
///
/// # Errors
/// `bot.broadcast_missing`, or the database cannot be asked now.
pub async fn preview(
    bot: &Bot,
    to: PersonId,
    id: BroadcastId,
    preview: PressId,
) -> Result<(), Failure> {
    get(bot, id).await?;
    let row = Notice::Preview { broadcast: id, preview }.row(to);
    let mut conn = bot.pool.acquire().await.map_err(chassis::sql::failure)?;
    outbound::insert(&mut conn, &[row]).await.map_err(chassis::sql::failure)?;
    bot.queued.notify_one();
    Ok(())
}

/// Begins one, or has it begin at a time; what has begun stays as it is.
///
/// # Errors
/// `bot.broadcast_missing`, `bot.broadcast_over`, or a time that is past or too far away.
pub async fn start(
    bot: &Bot,
    by: PersonId,
    id: BroadcastId,
    at: Option<Timestamp>,
) -> Result<Broadcast, Failure> {
    let now = bot.clock.now();
    let latest = now.checked_add((AHEAD_DAYS * 24).hours()).unwrap_or(now);
    if at.is_some_and(|at| at <= now || at > latest) {
        return Err(convert::invalid("starts_at", "in the next 366 days"));
    }
    let mut tx = bot.pool.begin().await.map_err(chassis::sql::failure)?;
    let change = async |conn: &mut PgConnection| {
        let Some(before) = broadcasts::lock(conn, id).await? else { return Ok(None) };
        if !before.state.is_ahead() {
            return Ok(Some(before));
        }
        let audience = serde_json::to_string(&before.audience).unwrap_or_default();
        let entry = if let Some(at) = at {
            broadcasts::schedule(conn, id, at).await?;
            let earlier = before.starts_at.map(|at| at.to_string()).unwrap_or_default();
            AuditEntry::new(by, "bot.broadcast.schedule", id).changed("starts_at", earlier, at)
        } else {
            broadcasts::begin(conn, id).await?;
            let (from, to) = (before.state.name(), State::Spreading.name());
            AuditEntry::new(by, "bot.broadcast.send", id).changed("state", from, to)
        };
        tell(conn, entry.changed("audience", "", audience)).await?;
        broadcasts::find(conn, id).await
    };
    let changed = change(&mut tx).await.map_err(chassis::sql::failure)?;
    tx.commit().await.map_err(chassis::sql::failure)?;
    bot.bell.ring();
    bot.stirred.notify_one();
    let changed = changed.ok_or_else(missing)?;
    if changed.state == State::Cancelled {
        return Err(Failure::new(Kind::Conflict, BROADCAST_OVER).because("it was cancelled"));
    }
    Ok(changed)
}

/// Stops one for good; one that is over stays as it is.
///
/// # Errors
/// `bot.broadcast_missing`, or the database cannot be asked now.
pub async fn cancel(bot: &Bot, by: PersonId, id: BroadcastId) -> Result<Broadcast, Failure> {
    let mut tx = bot.pool.begin().await.map_err(chassis::sql::failure)?;
    let change = async |conn: &mut PgConnection| {
        let Some(before) = broadcasts::lock(conn, id).await? else { return Ok(None) };
        if matches!(before.state, State::Done | State::Cancelled) {
            return Ok(Some(before));
        }
        broadcasts::cancel(conn, id).await?;
        let (from, to) = (before.state.name(), State::Cancelled.name());
        tell(conn, AuditEntry::new(by, "bot.broadcast.cancel", id).changed("state", from, to))
            .await?;
        broadcasts::find(conn, id).await
    };
    let changed = change(&mut tx).await.map_err(chassis::sql::failure)?;
    tx.commit().await.map_err(chassis::sql::failure)?;
    bot.bell.ring();
    changed.ok_or_else(missing)
}

async fn tell(conn: &mut PgConnection, entry: AuditEntry) -> sqlx::Result<()> {
    durable::outbox::write(conn, &Event { what: Some(What::Audited(entry)) }).await
}

fn missing() -> Failure {
    Failure::new(Kind::Missing, BROADCAST_MISSING).because("there is no such broadcast")
}
