//! Following another service's feed: the effect and the cursor move in one transaction, so each entry counts once.

use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use chassis::lifecycle::Lifecycle;
use contract::common::{FeedEntry, ReadFeedRequest, ReadFeedResponse};
use contract::failure::Failure;
use kernel::backoff::Backoff;
use sqlx::{PgConnection, PgPool};

/// Entries taken at once.
const BATCH: u32 = 200;
/// How long one request waits for something to happen.
const WAIT_MS: u32 = 10_000;
/// An entry that failed this often alone is set aside.
const TRIES: u32 = 5;
const BACKOFF: Backoff =
    Backoff { first: Duration::from_millis(200), cap: Duration::from_secs(10) };

/// Where entries come from: the generated client's `ReadFeed`, with a deadline longer than its wait.
pub trait Source: Send + 'static {
    /// Entries after the cursor.
    fn read(
        &self,
        request: ReadFeedRequest,
    ) -> impl Future<Output = Result<ReadFeedResponse, Failure>> + Send;
}

/// What is done about entries.
pub trait Effect: Send + 'static {
    /// Applies a batch inside the transaction that also moves the cursor. It must not call the network, and it must
    /// stand being given an entry of a failed batch again.
    fn apply(
        &self,
        conn: &mut PgConnection,
        entries: &[FeedEntry],
    ) -> impl Future<Output = Result<(), Failure>> + Send;

    /// Called after a commit, for waking whoever works on the effect.
    fn applied(&self) {}
}

impl<F, R> Source for F
where
    F: Fn(ReadFeedRequest) -> R + Send + Sync + 'static,
    R: Future<Output = Result<ReadFeedResponse, Failure>> + Send,
{
    fn read(
        &self,
        request: ReadFeedRequest,
    ) -> impl Future<Output = Result<ReadFeedResponse, Failure>> + Send {
        self(request)
    }
}

/// Follows `source` under the cursor `name` until the process stops. Replicas may run it at the same time: the cursor's
/// row is locked, and who comes second starts where the first ended.
pub fn spawn(
    lifecycle: &Lifecycle,
    pool: PgPool,
    name: &'static str,
    source: impl Source + Sync,
    effect: impl Effect + Sync,
) {
    let owner = lifecycle.clone();
    let follower = Arc::new(Follower { lifecycle: lifecycle.clone(), pool, name, source, effect });
    lifecycle.spawn(name, async move {
        let mut failures = Failures::default();
        while !owner.is_stopping() {
            let follower = Arc::clone(&follower);
            // On a task of its own: a panic ends the round, not the following.
            let round = owner.call(name, async move { follower.round(failures).await });
            let round = tokio::select! {
                () = owner.stopping() => return,
                round = round => round,
            };
            failures = round.unwrap_or(Failures { effect: failures.effect + 1, ..failures });
            let most = failures.source.max(failures.effect);
            if most > 0 && !owner.pause(BACKOFF.after(most, u64::from(most))).await {
                return;
            }
        }
    });
}

/// Failures in a row, told apart: an entry is not to blame when its source is away.
#[derive(Debug, Clone, Copy, Default)]
struct Failures {
    source: u32,
    effect: u32,
}

struct Follower<S, E> {
    lifecycle: Lifecycle,
    pool: PgPool,
    name: &'static str,
    source: S,
    effect: E,
}

impl<S: Source, E: Effect> Follower<S, E> {
    /// One round, and the failures in a row after it.
    async fn round(&self, before: Failures) -> Failures {
        // The wait for news must not hold up a stop; what was read is applied to its end.
        let read = tokio::select! {
            () = self.lifecycle.stopping() => return before,
            read = self.read(before) => read,
        };
        let (cursor, entries) = match read {
            Ok(read) => read,
            Err(failure) => {
                let source = before.source + 1;
                tracing::warn!(follower = self.name, %failure, source, "feed not read");
                return Failures { source, ..before };
            }
        };
        let Some(last) = entries.last() else { return Failures::default() };
        let moved = match self.commit(&cursor, &entries, &last.cursor).await {
            Err(failure) if before.effect >= TRIES && !failure.is_passing() => {
                self.park(&cursor, last, &failure).await.map_err(chassis::sql::failure)
            }
            other => other,
        };
        match moved {
            Ok(true) => {
                self.effect.applied();
                Failures::default()
            }
            Ok(false) => Failures::default(),
            Err(failure) => {
                // A passing failure says nothing about the entry.
                let effect = before.effect + u32::from(!failure.is_passing());
                tracing::warn!(follower = self.name, %failure, effect, "feed not followed");
                Failures { source: 1, effect }
            }
        }
    }

    async fn read(&self, before: Failures) -> Result<(String, Vec<FeedEntry>), Failure> {
        let cursor = self.cursor().await.map_err(chassis::sql::failure)?;
        // After a failure one at a time, so that a poisoned entry is alone when it is set aside.
        let limit = if before.effect == 0 { BATCH } else { 1 };
        let request = ReadFeedRequest { cursor: cursor.clone(), limit, wait_ms: WAIT_MS };
        let entries = self.source.read(request).await?.entries;
        Ok((cursor, entries))
    }

    async fn cursor(&self) -> sqlx::Result<String> {
        let found = sqlx::query_scalar("select cursor from cursors where name = $1")
            .bind(self.name)
            .fetch_optional(&self.pool)
            .await?;
        Ok(found.unwrap_or_default())
    }

    async fn commit(&self, from: &str, entries: &[FeedEntry], to: &str) -> Result<bool, Failure> {
        let mut tx = self.pool.begin().await.map_err(chassis::sql::failure)?;
        if !self.advance(&mut tx, from, to).await.map_err(chassis::sql::failure)? {
            return Ok(false);
        }
        self.effect.apply(&mut tx, entries).await?;
        tx.commit().await.map_err(chassis::sql::failure)?;
        Ok(true)
    }

    /// Moves the cursor unless another replica has moved it meanwhile.
    async fn advance(&self, conn: &mut PgConnection, from: &str, to: &str) -> sqlx::Result<bool> {
        let moved = sqlx::query(
            "insert into cursors (name, cursor) values ($1, $3) on conflict (name) \
             do update set cursor = excluded.cursor, moved_at = now() where cursors.cursor = $2",
        )
        .bind(self.name)
        .bind(from)
        .bind(to)
        .execute(conn)
        .await?;
        Ok(moved.rows_affected() == 1)
    }

    async fn park(&self, from: &str, entry: &FeedEntry, failure: &Failure) -> sqlx::Result<bool> {
        tracing::error!(follower = self.name, entry = entry.id, %failure, "feed entry set aside");
        metrics::counter!("bodega_feed_entries_parked_total", "follower" => self.name).increment(1);
        let mut tx = self.pool.begin().await?;
        let moved = self.advance(&mut tx, from, &entry.cursor).await?;
        sqlx::query(
            "insert into parked_entries (name, entry_id, event, reason) values ($1, $2, $3, $4) \
             on conflict do nothing",
        )
        .bind(self.name)
        .bind(&entry.id)
        .bind(&entry.event)
        .bind(failure.code())
        .execute(&mut *tx)
        .await?;
        tx.commit().await?;
        Ok(moved)
    }
}
