//! A service's outbox as a feed for others: in order of commit, nothing missed.
//!
//! Reading by `id > cursor` would lose entries: a slow transaction commits a lower id after a faster one was read. An
//! entry is therefore told only when no transaction is open that could still come before it, and the order is that of
//! `(tx, id)`.

use std::sync::Arc;
use std::time::Duration;

use chassis::lifecycle::Lifecycle;
use contract::common::{FeedEntry, ReadFeedRequest, ReadFeedResponse};
use contract::convert;
use contract::failure::Failure;
use jiff_sqlx::Timestamp;
use sqlx::{PgPool, Row};
use tokio::sync::Notify;
use tokio::time::{Instant, timeout_at};
use tokio_util::sync::CancellationToken;

/// Entries in one answer, at most.
const LIMIT_MAX: u32 = 500;
/// A reader waits no longer than this.
const WAIT_MAX: Duration = Duration::from_secs(20);
/// What another replica wrote rings no bell here: look again after this time.
const LOOK_AGAIN: Duration = Duration::from_secs(1);

/// Shortens the wait of readers in this process after a commit that wrote the outbox.
///
/// `NOTIFY` is not used for this: it takes a lock on the whole database at commit, and every sale would queue for it.
#[derive(Clone, Default)]
pub struct Bell {
    rings: Arc<Notify>,
    /// A process that stops waits for its calls; a reader that waits for news must not hold it up.
    stopping: CancellationToken,
}

impl Bell {
    /// A bell whose readers go when the process stops.
    pub fn new(lifecycle: &Lifecycle) -> Self {
        Self { rings: Arc::default(), stopping: lifecycle.token() }
    }

    /// Wakes all readers that wait.
    pub fn ring(&self) {
        self.rings.notify_waiters();
    }
}

/// The body of every `ReadFeed`.
///
/// # Errors
/// `common.invalid_field` for a cursor that is not one of ours; otherwise the database's.
pub async fn read(
    pool: &PgPool,
    bell: &Bell,
    request: ReadFeedRequest,
) -> Result<ReadFeedResponse, Failure> {
    let after = Cursor::parse(&request.cursor)?;
    let limit = if request.limit == 0 { 100 } else { request.limit.min(LIMIT_MAX) };
    let wait = Duration::from_millis(request.wait_ms.into()).min(WAIT_MAX);
    let until = Instant::now() + wait;
    loop {
        // Listen before looking, or a ring in between would be missed.
        let mut rung = std::pin::pin!(bell.rings.notified());
        rung.as_mut().enable();
        let entries = select(pool, after, limit).await.map_err(chassis::sql::failure)?;
        if !entries.is_empty() || Instant::now() >= until || bell.stopping.is_cancelled() {
            return Ok(ReadFeedResponse { entries });
        }
        let rung = bell.stopping.run_until_cancelled(rung);
        let _ = timeout_at(until.min(Instant::now() + LOOK_AGAIN), rung).await;
    }
}

#[derive(Clone, Copy)]
struct Cursor {
    tx: i64,
    id: i64,
}

impl Cursor {
    fn parse(text: &str) -> Result<Self, Failure> {
        if text.is_empty() {
            return Ok(Self { tx: 0, id: 0 });
        }
        let parts = text.split_once('-').and_then(|(tx, id)| Some((tx.parse(), id.parse().ok()?)));
        match parts {
            Some((Ok(tx), id)) => Ok(Self { tx, id }),
            _ => Err(convert::invalid("cursor", "not a cursor of this feed")),
        }
    }
}

async fn select(pool: &PgPool, after: Cursor, limit: u32) -> sqlx::Result<Vec<FeedEntry>> {
    let rows = sqlx::query(
        "select tx::text::bigint as tx, id, event, traceparent, at from outbox \
         where (tx, id) > ($1::text::xid8, $2) and tx < pg_snapshot_xmin(pg_current_snapshot()) \
         order by outbox.tx, outbox.id limit $3",
    )
    .bind(after.tx.to_string())
    .bind(after.id)
    .bind(i64::from(limit))
    .fetch_all(pool)
    .await?;
    rows.iter()
        .map(|row| {
            let (tx, id): (i64, i64) = (row.try_get("tx")?, row.try_get("id")?);
            let at: Timestamp = row.try_get("at")?;
            Ok(FeedEntry {
                cursor: format!("{tx}-{id}"),
                id: id.to_string(),
                happened_at: Some(convert::timestamp(at.to_jiff())),
                event: row.try_get("event")?,
                traceparent: row.try_get("traceparent")?,
            })
        })
        .collect()
}
