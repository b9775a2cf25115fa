//! Sends what is queued: claims due rows as places become free, takes its turns from the limiter, and decides by
//! Telegram's answer.

use std::collections::HashSet;
use std::convert::Infallible;
use std::pin::pin;
use std::time::Duration;

use chassis::lifecycle::Lifecycle;
use contract::failure::{Failure, Kind};
use contract::trace;
use futures_util::FutureExt;
use futures_util::stream::{FuturesUnordered, Stream, StreamExt};
use kernel::backoff::Backoff;
use telegram::{ApiError, Trouble};
use tracing::Instrument;

use crate::bot::Bot;
use crate::outbound::{Busy, Notice};
use crate::render::Place;
use crate::store::outbound::{self, End, Row};

/// Messages under way at once: more than a second lets out, so that some calls may hang and the others still go.
const PLACES: usize = 40;
/// What a process that died had claimed is due again after this; who lives renews its claims.
const LEASE: Duration = Duration::from_secs(10);
/// Two renewals may fail before a claim runs out.
const RENEWAL: Duration = Duration::from_secs(3);
/// How often an empty queue is looked at.
const POLL: Duration = Duration::from_secs(1);
/// A turn that is further away than this is waited for in the table: whoever waits here takes a place from others.
const TURN_MAX: Duration = Duration::from_secs(2);
/// What Telegram or a peer could not do is tried again after this.
const RETRY: Backoff = Backoff { first: Duration::from_secs(1), cap: Duration::from_mins(1) };
/// And given up when it is this old; people can still look it up themselves.
const GIVEN_UP_AFTER: Duration = Duration::from_hours(72);
/// A longer wait is worth a look by whoever runs the shop.
const LONG_WAIT: Duration = Duration::from_mins(10);
/// While the token is not accepted, nothing is sent for this long.
const TOKEN_PAUSE: Duration = Duration::from_mins(1);

/// The sender of queued messages.
pub struct Worker {
    bot: Bot,
}

/// What becomes of a row after an attempt.
enum Verdict {
    End(End, String),
    Later(Duration, String),
}

impl Worker {
    /// A worker for this bot.
    pub fn new(bot: Bot) -> Self {
        Self { bot }
    }

    /// Works until the process stops, and then until what is under way has ended.
    pub async fn run(self, lifecycle: Lifecycle) {
        let mut under_way = FuturesUnordered::new();
        let mut held = HashSet::new();
        loop {
            let stops = lifecycle.is_stopping();
            if stops && held.is_empty() {
                return;
            }
            if !stops {
                for row in self.claim_beside(&mut under_way, &mut held).await {
                    held.insert(row.id);
                    let span = tracing::info_span!("notice", key = row.key);
                    trace::resume(&span, &row.traceparent);
                    under_way.push(self.attempt(row).instrument(span));
                }
            }
            tokio::select! {
                Some(id) = under_way.next() => {
                    held.remove(&id);
                    // Whatever else has ended meanwhile, so that one claim fills all free places.
                    while let Some(Some(id)) = under_way.next().now_or_never() {
                        held.remove(&id);
                    }
                }
                () = self.bot.queued.notified(), if !stops && held.len() < PLACES => {}
                () = tokio::time::sleep(POLL), if !stops && held.len() < PLACES => {}
                () = lifecycle.stopping(), if !stops => {}
            }
        }
    }

    /// Claims while what is under way goes on: that may hold the very connection which the claim waits for.
    async fn claim_beside(
        &self,
        under_way: &mut (impl Stream<Item = i64> + Unpin),
        held: &mut HashSet<i64>,
    ) -> Vec<Row> {
        let mut ended = Vec::new();
        let rows = {
            let mut claim = pin!(self.claim(held));
            loop {
                tokio::select! {
                    rows = &mut claim => break rows,
                    Some(id) = under_way.next() => ended.push(id),
                }
            }
        };
        held.retain(|id| !ended.contains(id));
        rows
    }

    /// Rows for the free places; none while the queue cannot be read.
    async fn claim(&self, held: &HashSet<i64>) -> Vec<Row> {
        let free = u32::try_from(PLACES.saturating_sub(held.len())).unwrap_or_default();
        if free == 0 {
            return Vec::new();
        }
        let held: Vec<i64> = held.iter().copied().collect();
        outbound::claim(&self.bot.pool, free, LEASE, &held).await.unwrap_or_else(|error| {
            tracing::warn!(%error, "queued messages could not be claimed");
            Vec::new()
        })
    }

    /// One try of a claimed row, held until its end is written; returns the row's id.
    async fn attempt(&self, row: Row) -> i64 {
        let sent = tokio::select! {
            sent = self.send(&row) => sent,
            never = self.hold(&row) => match never {},
        };
        let verdict = sent.unwrap_or_else(|failure| self.failed(&row, &failure));
        let outcome = match &verdict {
            Verdict::End(end, _) => end.name(),
            Verdict::Later(..) => "later",
        };
        metrics::counter!("bodega_bot_outbound_total", "outcome" => outcome).increment(1);
        let written = match verdict {
            Verdict::End(end, error) => outbound::finish(&self.bot.pool, row.id, end, &error).await,
            Verdict::Later(delay, error) => {
                outbound::postpone(&self.bot.pool, &row, delay, &error).await
            }
        };
        if let Err(error) = written {
            // The claim runs out by itself, and the message is tried again.
            tracing::warn!(%error, key = row.key, "the end of a queued message was not written");
        }
        row.id
    }

    /// Renews the claim of a row for as long as it is polled.
    async fn hold(&self, row: &Row) -> Infallible {
        loop {
            tokio::time::sleep(RENEWAL).await;
            if let Err(error) = outbound::renew(&self.bot.pool, row, LEASE).await {
                tracing::warn!(%error, key = row.key, "the claim of a message was not renewed");
            }
        }
    }

    async fn send(&self, row: &Row) -> Result<Verdict, Failure> {
        let Some(person) = self.bot.people.find(row.person).await? else {
            return Ok(Verdict::End(End::Failed, "nobody by this id has written".into()));
        };
        let notice = Notice::read(&row.kind, row.refs.clone())?;
        if self.was_shown(&notice).await? {
            return Ok(Verdict::End(End::Sent, "the chat has shown it".into()));
        }
        let view = notice.view(&self.bot.cx(person).await).await?;
        let limiter = self.bot.renderer.limiter();
        if let Err(Busy(wait)) = limiter.queued_within(row.person, TURN_MAX).await {
            return Ok(Verdict::Later(wait, "waiting for a turn".into()));
        }
        match self.bot.renderer.deliver(row.person, Place::New, &view).await {
            Ok(()) => Ok(Verdict::End(End::Sent, String::new())),
            Err(error) => self.refused(row, &error).await,
        }
    }

    /// Whether the chat has said the same under another key.
    async fn was_shown(&self, notice: &Notice) -> Result<bool, Failure> {
        let Some((key, since)) = notice.also_shown_as() else { return Ok(false) };
        outbound::was_shown(&self.bot.pool, &key, since).await.map_err(chassis::sql::failure)
    }

    /// What Telegram's refusal means for the row.
    async fn refused(&self, row: &Row, error: &ApiError) -> Result<Verdict, Failure> {
        let limiter = self.bot.renderer.limiter();
        let words = error.to_string();
        Ok(match error.trouble() {
            Trouble::TooManyRequests { retry_after } => {
                limiter.hold(row.person, *retry_after);
                if *retry_after > LONG_WAIT {
                    tracing::error!(person = ?row.person, ?retry_after, "telegram wants quiet");
                }
                Verdict::Later(*retry_after, words)
            }
            Trouble::Unauthorized => {
                tracing::error!(%error, "telegram does not accept the bot's token");
                limiter.hold_all(TOKEN_PAUSE);
                Verdict::Later(TOKEN_PAUSE, words)
            }
            trouble if trouble.is_unreachable() => {
                self.bot.people.mark_unreachable(row.person).await?;
                Verdict::End(End::Failed, words)
            }
            trouble if trouble.is_permanent() => {
                tracing::error!(%error, key = row.key, "telegram refuses a message for good");
                Verdict::End(End::Failed, words)
            }
            _ => self.later(row, words),
        })
    }

    /// What a failure on our side of Telegram means for the row.
    fn failed(&self, row: &Row, failure: &Failure) -> Verdict {
        match failure.kind() {
            Kind::Missing | Kind::Invalid | Kind::Denied => {
                tracing::error!(key = row.key, %failure, "a queued message has lost its cause");
                Verdict::End(End::Failed, failure.to_string())
            }
            _ => {
                tracing::warn!(key = row.key, %failure, "a queued message waits");
                self.later(row, failure.to_string())
            }
        }
    }

    fn later(&self, row: &Row, why: String) -> Verdict {
        let age = self.bot.clock.now().as_second().saturating_sub(row.created_at.as_second());
        if u64::try_from(age).is_ok_and(|age| age > GIVEN_UP_AFTER.as_secs()) {
            tracing::error!(key = row.key, why, "a queued message was given up");
            return Verdict::End(End::Dead, why);
        }
        Verdict::Later(RETRY.after(row.attempts.unsigned_abs(), row.id.unsigned_abs()), why)
    }
}
