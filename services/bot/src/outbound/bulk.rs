//! Sends broadcasts: takes turns from what answers and the queue leave, claims as many people as there are turns, writes
//! to each of them once, and writes down how that ended together with the next claim.
//!
//! A person is claimed before Telegram is asked, and the claim is on disk by then. So whoever was being written to when the
//! process died is known, and is reported instead of written to twice. Only what certainly did not happen is repeated.

use std::future::Future;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use chassis::lifecycle::Lifecycle;
use futures_util::FutureExt;
use futures_util::stream::{FuturesUnordered, Stream, StreamExt};
use kernel::backoff::Backoff;
use kernel::ids::{BroadcastId, PersonId};
use telegram::{ApiError, Trouble};
use tokio::time::Instant;

use crate::bot::Bot;
use crate::operations::broadcasting::{self, Ended, Fate};
use crate::outbound::Busy;
use crate::screen::View;

/// Messages under way at once.
const PLACES: usize = 64;
/// An answer that comes later than this is not waited for: a claim must not run out under its message.
const ANSWER_WITHIN: Duration = Duration::from_secs(20);
/// Between two claims, so that there are turns to be taken together.
const ROUND: Duration = Duration::from_millis(20);
/// How often it is looked what there is to send while there is something.
const POLL: Duration = Duration::from_secs(1);
/// And while there is nothing; what begins in this process rings.
const IDLE: Duration = Duration::from_secs(5);
/// While Telegram does not answer, or the database does not, all wait for so long.
const RETRY: Backoff = Backoff { first: Duration::from_secs(1), cap: Duration::from_mins(1) };
/// What Telegram cannot be asked for this long after the beginning has failed.
const GIVEN_UP_AFTER: Duration = Duration::from_hours(72);
/// While the token is not accepted, nothing is sent for this long.
const TOKEN_PAUSE: Duration = Duration::from_mins(1);
/// One chat that must wait says nothing about others; so many in a row do.
const BUSY_STREAK: u32 = 3;

/// The sender of broadcasts.
pub struct Bulk {
    bot: Bot,
}

/// A broadcast that goes out.
struct UnderWay {
    id: BroadcastId,
    view: Arc<View>,
    /// It is too old to try again.
    is_old: bool,
}

/// What one message says about all others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Strain {
    /// Telegram takes messages.
    None,
    /// It wants quiet for so long, at least in this chat.
    Busy(Duration),
    /// It does not answer.
    Silent,
}

/// Holds everything while Telegram does not answer, so that an outage does not leave a whole broadcast in doubt.
#[derive(Debug, Default)]
struct Brake {
    streak: u32,
    until: Option<Instant>,
}

impl Brake {
    fn feel(&mut self, strain: Strain, now: Instant) {
        let is_on = self.until.is_some_and(|until| now < until);
        match strain {
            Strain::None => self.streak = 0,
            // Of those that were under way already.
            _ if is_on => {}
            Strain::Silent => {
                self.streak += 1;
                self.until = Some(now + RETRY.after(self.streak, 0));
            }
            Strain::Busy(wait) => {
                self.streak += 1;
                if self.streak >= BUSY_STREAK {
                    self.until = Some(now + wait);
                }
            }
        }
    }

    fn wait(&self, now: Instant) -> Option<Duration> {
        self.until.map(|until| until.saturating_duration_since(now)).filter(|wait| !wait.is_zero())
    }
}

/// What has ended since it was last written down, and what that says.
#[derive(Default)]
struct Outcomes {
    ended: Vec<Ended>,
    brake: Brake,
}

impl Outcomes {
    fn take(&mut self, (ended, strain): (Ended, Strain)) {
        self.brake.feel(strain, Instant::now());
        let outcome = ended.fate.name();
        metrics::counter!("bodega_bot_broadcast_messages_total", "outcome" => outcome).increment(1);
        self.ended.push(ended);
    }
}

impl Bulk {
    /// A sender for this bot.
    pub fn new(bot: Bot) -> Self {
        Self { bot }
    }

    /// Works until the process stops, and then until what is under way has ended and is written down.
    pub async fn run(self, lifecycle: Lifecycle) {
        let mut sending = FuturesUnordered::new();
        let mut outcomes = Outcomes::default();
        let mut open = Vec::new();
        let mut looked_at = None;
        loop {
            while let Some(Some(one)) = sending.next().now_or_never() {
                outcomes.take(one);
            }
            let stops = lifecycle.is_stopping();
            let age_max = if open.is_empty() { IDLE } else { POLL };
            if looked_at.is_none_or(|at: Instant| at.elapsed() >= age_max) {
                open = beside(self.look(), &mut sending, &mut outcomes).await;
                looked_at = Some(Instant::now());
            }
            let places = PLACES.saturating_sub(sending.len());
            let turns = if stops || open.is_empty() {
                Err(Busy(POLL))
            } else {
                self.turns(places, &outcomes.brake)
            };
            let wanted = turns.unwrap_or_default();
            let ended = std::mem::take(&mut outcomes.ended);
            let claim = self.claim(&ended, &open, wanted);
            let Some(claimed) = beside(claim, &mut sending, &mut outcomes).await else {
                // Nothing was written: it is tried again with all that ended since.
                outcomes.ended.extend(ended);
                beside(lifecycle.pause(POLL), &mut sending, &mut outcomes).await;
                if stops && sending.is_empty() {
                    return;
                }
                continue;
            };
            if stops && sending.is_empty() && outcomes.ended.is_empty() {
                return;
            }
            let is_all = claimed.len() == wanted as usize;
            sending.extend(
                claimed.into_iter().map(|(broadcast, person)| self.write_to(broadcast, person)),
            );
            let pause = match turns {
                _ if stops => ROUND,
                Ok(_) if is_all => ROUND,
                Ok(_) => POLL / 4,
                Err(Busy(wait)) => wait.clamp(ROUND, POLL),
            };
            let wait = self.wait(pause, &lifecycle);
            if beside(wait, &mut sending, &mut outcomes).await {
                looked_at = None;
            }
        }
    }

    /// What goes out now; nothing while that cannot be asked.
    async fn look(&self) -> Vec<UnderWay> {
        let open = broadcasting::list_under_way(&self.bot.pool).await.unwrap_or_else(|failure| {
            tracing::warn!(%failure, "broadcasts could not be looked up");
            Vec::new()
        });
        let now = self.bot.clock.now();
        let open = open.into_iter().map(|one| UnderWay {
            id: one.id,
            is_old: one.took(now).is_some_and(|age| age > GIVEN_UP_AFTER),
            view: Arc::new(one.content.view()),
        });
        open.collect()
    }

    /// How many messages may leave now.
    fn turns(&self, places: usize, brake: &Brake) -> Result<u32, Busy> {
        if let Some(wait) = brake.wait(Instant::now()) {
            return Err(Busy(wait));
        }
        if places == 0 {
            return Err(Busy(ROUND));
        }
        self.bot.renderer.limiter().take_bulk(u32::try_from(places).unwrap_or(u32::MAX))
    }

    /// Writes down what ended and claims people for the turns; those that found nobody go back. None while the database
    /// cannot be asked.
    async fn claim<'a>(
        &self,
        ended: &[Ended],
        open: &'a [UnderWay],
        turns: u32,
    ) -> Option<Vec<(&'a UnderWay, PersonId)>> {
        let limiter = self.bot.renderer.limiter();
        if ended.is_empty() && turns == 0 {
            return Some(Vec::new());
        }
        let ids: Vec<BroadcastId> = open.iter().map(|one| one.id).collect();
        let claimed = broadcasting::turn(&self.bot, ended, &ids, turns).await;
        let claimed = match claimed {
            Ok(claimed) => claimed,
            Err(failure) => {
                tracing::warn!(%failure, "a broadcast waits for the database");
                limiter.return_bulk(turns);
                return None;
            }
        };
        limiter.return_bulk(turns.saturating_sub(u32::try_from(claimed.len()).unwrap_or(turns)));
        let of = |id| open.iter().find(|one| one.id == id);
        Some(claimed.into_iter().filter_map(|(id, person)| Some((of(id)?, person))).collect())
    }

    /// Writes to one person, once.
    fn write_to(
        &self,
        broadcast: &UnderWay,
        person: PersonId,
    ) -> impl Future<Output = (Ended, Strain)> + use<> {
        let (id, view, is_old) = (broadcast.id, Arc::clone(&broadcast.view), broadcast.is_old);
        let renderer = self.bot.renderer.clone();
        async move {
            let (fate, strain) = if let Err(Busy(wait)) = renderer.limiter().bulk_seat(person) {
                renderer.limiter().return_bulk(1);
                (Fate::Later(wait, "its chat must wait".into()), Strain::None)
            } else {
                let sent = renderer.deliver_once(person, &view);
                match tokio::time::timeout(ANSWER_WITHIN, sent).await {
                    Ok(Ok(())) => (Fate::Sent, Strain::None),
                    Ok(Err(error)) => refused(&renderer, person, &error),
                    Err(_) => (Fate::InDoubt("no answer in time".into()), Strain::Silent),
                }
            };
            let fate = match fate {
                Fate::Later(_, words) if is_old => Fate::Failed(words),
                other => other,
            };
            (Ended { broadcast: id, person, fate }, strain)
        }
    }

    /// Waits; whether somebody has rung.
    async fn wait(&self, length: Duration, lifecycle: &Lifecycle) -> bool {
        tokio::select! {
            () = tokio::time::sleep(length) => false,
            () = self.bot.stirred.notified() => true,
            () = lifecycle.stopping(), if !lifecycle.is_stopping() => false,
        }
    }
}

/// What Telegram's refusal means for the person and for all others.
fn refused(
    renderer: &crate::render::Renderer,
    person: PersonId,
    error: &ApiError,
) -> (Fate, Strain) {
    let (limiter, words) = (renderer.limiter(), error.to_string());
    match error.trouble() {
        Trouble::TooManyRequests { retry_after } => {
            limiter.hold(person, *retry_after);
            (Fate::Later(*retry_after, words), Strain::Busy(*retry_after))
        }
        Trouble::Unauthorized => {
            tracing::error!(%error, "telegram does not accept the bot's token");
            limiter.hold_all(TOKEN_PAUSE);
            (Fate::Later(TOKEN_PAUSE, words), Strain::Silent)
        }
        Trouble::NotSent | Trouble::Conflict => (Fate::Later(RETRY.first, words), Strain::Silent),
        trouble if trouble.is_unknown_outcome() => (Fate::InDoubt(words), Strain::Silent),
        trouble if trouble.is_unreachable() => (Fate::Unreachable(words), Strain::None),
        _ => {
            tracing::warn!(%error, ?person, "telegram refuses a broadcast for good");
            (Fate::Failed(words), Strain::None)
        }
    }
}

/// Does something while messages go on, and takes those that end meanwhile.
async fn beside<T>(
    work: impl Future<Output = T>,
    sending: &mut (impl Stream<Item = (Ended, Strain)> + Unpin),
    outcomes: &mut Outcomes,
) -> T {
    let mut work = pin!(work);
    loop {
        tokio::select! {
            done = &mut work => return done,
            Some(one) = sending.next() => outcomes.take(one),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bug_47_one_chat_that_must_wait_holds_up_nobody_and_a_silent_telegram_everybody() {
        let (mut brake, now) = (Brake::default(), Instant::now());
        let quiet = Duration::from_secs(7);
        brake.feel(Strain::Busy(quiet), now);
        brake.feel(Strain::Busy(quiet), now);
        assert_eq!(brake.wait(now), None);
        brake.feel(Strain::None, now);
        brake.feel(Strain::Busy(quiet), now);
        assert_eq!(brake.wait(now), None, "between them somebody got it");
        for _ in 0..BUSY_STREAK {
            brake.feel(Strain::Busy(quiet), now);
        }
        assert_eq!(brake.wait(now), Some(quiet));
        assert_eq!(brake.wait(now + quiet), None);

        let mut brake = Brake::default();
        brake.feel(Strain::Silent, now);
        let first = brake.wait(now).unwrap();
        for _ in 0..PLACES {
            brake.feel(Strain::Silent, now);
        }
        assert_eq!(brake.wait(now), Some(first), "what was under way counts once");
        let later = now + first;
        brake.feel(Strain::Silent, later);
        assert!(brake.wait(later).unwrap() >= first);
    }
}
