//! Telegram's limits, kept by one limiter for answers, the queue and broadcasts. Answers to people come first: they take
//! their turn at once, the queue waits for what they leave, and broadcasts for what both leave.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use kernel::ids::PersonId;
use tokio::time::Instant;

/// An answer that would come later than this is not worth waiting for; Telegram brings the update again.
const WAIT_MAX: Duration = Duration::from_secs(4);
/// One message a second is what a chat takes in the long run. Source: Telegram's bot FAQ.
const CHAT_INTERVAL: Duration = Duration::from_secs(1);
/// So much of a broadcast's pace is made up for after a look that came late.
const BULK_LATE_MAX: Duration = Duration::from_millis(100);
/// With more chats than this those that are at rest are forgotten.
const CHATS_KEPT: usize = 10_000;

/// How much may be sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rates {
    /// Messages to all chats in any one second; 0 is no limit.
    pub per_second: u32,
    /// Messages to one chat at once, before one a second; 0 is no limit.
    pub chat_burst: u32,
    /// The most of `per_second` that broadcasts may take, in percent.
    pub bulk_percent: u32,
}

/// Not now: Telegram asked for quiet, or too much is waiting already.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("telegram's limits leave no room for {0:?}")]
pub struct Busy(pub Duration);

/// Counts what is sent. Clones count together.
#[derive(Clone)]
pub struct Limiter {
    state: Arc<Mutex<State>>,
    interval: Duration,
    /// Between two messages of broadcasts.
    bulk_interval: Duration,
    /// How far ahead of an even pace the whole bot may be.
    ahead: Duration,
    /// The same for one chat; none is no limit.
    chat_ahead: Option<Duration>,
}

struct State {
    /// When all that was sent would have been sent at an even pace.
    even: Instant,
    /// The same of broadcasts alone.
    bulk_even: Instant,
    quiet_until: Instant,
    chats: HashMap<PersonId, Chat>,
}

#[derive(Clone, Copy)]
struct Chat {
    even: Instant,
    quiet_until: Instant,
}

impl Limiter {
    /// A limiter at rest.
    pub fn new(rates: Rates) -> Self {
        // A seventh at once and the rest evenly: together never more than the rate in any one second.
        let at_once = rates.per_second.div_ceil(7);
        let evenly = rates.per_second.saturating_sub(at_once).max(1);
        let interval = match rates.per_second {
            0 => Duration::ZERO,
            _ => Duration::from_secs(1) / evenly,
        };
        let bulk_interval = match rates.per_second {
            0 => Duration::ZERO,
            all => Duration::from_secs(1) / (all * rates.bulk_percent.min(100) / 100).max(1),
        };
        let now = Instant::now();
        let state = State { even: now, bulk_even: now, quiet_until: now, chats: HashMap::new() };
        Self {
            state: Arc::new(Mutex::new(state)),
            interval,
            bulk_interval,
            ahead: interval * at_once.saturating_sub(1),
            chat_ahead: rates.chat_burst.checked_sub(1).map(|more| CHAT_INTERVAL * more),
        }
    }

    /// Takes a turn for an answer to a person, waiting for it where it is near.
    ///
    /// # Errors
    /// Telegram asked this chat or the bot to be quiet for longer than a person waits.
    pub async fn answer(&self, chat: PersonId) -> Result<(), Busy> {
        let wait = self.take_answer(chat)?;
        if !wait.is_zero() {
            tokio::time::sleep(wait).await;
        }
        Ok(())
    }

    /// Takes a turn for a queued message, waiting for it where it comes within `patience`.
    ///
    /// # Errors
    /// It does not: how long to wait before asking again.
    pub async fn queued_within(&self, chat: PersonId, patience: Duration) -> Result<(), Busy> {
        let until = Instant::now() + patience;
        loop {
            // Others may take the turn that was waited for, so that the end is fixed beforehand.
            match self.queued(chat) {
                Err(Busy(wait)) if Instant::now() + wait <= until => {
                    tokio::time::sleep(wait).await;
                }
                outcome => return outcome,
            }
        }
    }

    /// Takes a turn for a queued message.
    ///
    /// # Errors
    /// How long to wait before asking again.
    fn queued(&self, chat: PersonId) -> Result<(), Busy> {
        let now = Instant::now();
        let mut state = self.lock();
        // Half of what may go at once stays free for answers.
        let wait = state.even.saturating_duration_since(now + self.ahead / 2);
        let chat_wait = self.chat_wait(&state, chat, now);
        let wait = wait.max(chat_wait).max(state.quiet_for(chat, now));
        if !wait.is_zero() {
            return Err(Busy(wait));
        }
        state.count(chat, now, self.interval);
        Ok(())
    }

    /// Takes up to `most` turns for messages of broadcasts, as many as there are now: of what may go at once, answers
    /// and the queue have three quarters to themselves. The chats are counted by [`Self::bulk_seat`].
    ///
    /// # Errors
    /// There is none: how long to wait before asking again.
    pub fn take_bulk(&self, most: u32) -> Result<u32, Busy> {
        let now = Instant::now();
        let mut state = self.lock();
        let quiet = state.quiet_until.saturating_duration_since(now);
        if !quiet.is_zero() {
            return Err(Busy(quiet));
        }
        state.bulk_even = state.bulk_even.max(now.checked_sub(BULK_LATE_MAX).unwrap_or(now));
        for taken in 0..most {
            let wait = state.even.saturating_duration_since(now + self.ahead / 4);
            let wait = wait.max(state.bulk_even.saturating_duration_since(now));
            if !wait.is_zero() {
                return if taken > 0 { Ok(taken) } else { Err(Busy(wait)) };
            }
            state.even = state.even.max(now) + self.interval;
            state.bulk_even += self.bulk_interval;
        }
        Ok(most)
    }

    /// Gives turns back that nobody needed.
    pub fn return_bulk(&self, turns: u32) {
        let mut state = self.lock();
        let earlier = |even: Instant, interval: Duration| even.checked_sub(interval * turns);
        state.even = earlier(state.even, self.interval).unwrap_or(state.even);
        state.bulk_even = earlier(state.bulk_even, self.bulk_interval).unwrap_or(state.bulk_even);
    }

    /// Counts a message of a broadcast in its chat, whose turn was taken before.
    ///
    /// # Errors
    /// The chat must be quiet, or has had enough: how long to wait before asking again.
    pub fn bulk_seat(&self, chat: PersonId) -> Result<(), Busy> {
        let now = Instant::now();
        let mut state = self.lock();
        let wait = self.chat_wait(&state, chat, now).max(state.quiet_for(chat, now));
        if !wait.is_zero() {
            return Err(Busy(wait));
        }
        state.count_chat(chat, now);
        Ok(())
    }

    /// Keeps a chat quiet for as long as Telegram asked.
    pub fn hold(&self, chat: PersonId, length: Duration) {
        let now = Instant::now();
        let mut state = self.lock();
        let mut seat = state.chat(chat, now);
        seat.quiet_until = seat.quiet_until.max(now + length);
        state.chats.insert(chat, seat);
    }

    /// Keeps the whole bot quiet: its token is not accepted.
    pub fn hold_all(&self, length: Duration) {
        let mut state = self.lock();
        state.quiet_until = state.quiet_until.max(Instant::now() + length);
    }

    fn take_answer(&self, chat: PersonId) -> Result<Duration, Busy> {
        let now = Instant::now();
        let mut state = self.lock();
        let wait = state.even.saturating_duration_since(now + self.ahead);
        let wait = wait.max(state.quiet_for(chat, now));
        if wait > WAIT_MAX {
            return Err(Busy(wait));
        }
        state.count(chat, now, self.interval);
        Ok(wait)
    }

    /// Until a chat may have one more queued message.
    fn chat_wait(&self, state: &State, chat: PersonId, now: Instant) -> Duration {
        self.chat_ahead.map_or(Duration::ZERO, |ahead| {
            state.chat(chat, now).even.saturating_duration_since(now + ahead)
        })
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn chat(&self, chat: PersonId, now: Instant) -> Chat {
        let at_rest = Chat { even: now, quiet_until: now };
        let known = self.chats.get(&chat).copied().unwrap_or(at_rest);
        Chat { even: known.even.max(now), ..known }
    }

    fn quiet_for(&self, chat: PersonId, now: Instant) -> Duration {
        let of_chat = self.chats.get(&chat).map_or(now, |chat| chat.quiet_until);
        of_chat.max(self.quiet_until).saturating_duration_since(now)
    }

    fn count(&mut self, chat: PersonId, now: Instant, interval: Duration) {
        self.even = self.even.max(now) + interval;
        self.count_chat(chat, now);
    }

    fn count_chat(&mut self, chat: PersonId, now: Instant) {
        if self.chats.len() >= CHATS_KEPT {
            self.chats.retain(|_, chat| chat.even > now || chat.quiet_until > now);
        }
        let seat = self.chat(chat, now);
        self.chats.insert(chat, Chat { even: seat.even + CHAT_INTERVAL, ..seat });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ANNA: PersonId = PersonId(1);

    fn limiter(per_second: u32, chat_burst: u32) -> Limiter {
        Limiter::new(Rates { per_second, chat_burst, bulk_percent: 80 })
    }

    #[tokio::test(start_paused = true)]
    async fn adm_04_bug_47_broadcasts_keep_to_their_share_of_every_second() {
        for (per_second, share) in [(28, 22), (500, 400)] {
            let limiter = limiter(per_second, 0);
            let begun = Instant::now();
            let mut sent = Vec::new();
            while sent.len() < 10 * per_second as usize {
                match limiter.take_bulk(40) {
                    Ok(turns) => sent.extend((0..turns).map(|_| Instant::now())),
                    Err(Busy(wait)) => tokio::time::advance(wait).await,
                }
            }
            // What was made up for at the start aside, never more than the share in a second.
            let more = share / 10 + 2;
            for window in sent.windows(share + more) {
                let length = window[share + more - 1] - window[0];
                assert!(length >= Duration::from_secs(1), "{per_second}: {length:?}");
            }
            let shortest = Duration::from_secs(u64::from(10 * per_second) / share as u64);
            assert!(begun.elapsed() < shortest + Duration::from_secs(2), "{:?}", begun.elapsed());
        }
    }

    #[tokio::test(start_paused = true)]
    async fn peer_15_answers_and_the_queue_find_room_beside_a_broadcast() {
        let limiter = limiter(28, 0);
        while limiter.take_bulk(1).is_ok() {}
        assert!(limiter.queued(PersonId(2)).is_ok(), "the queue comes before broadcasts");
        let before = Instant::now();
        limiter.answer(ANNA).await.unwrap();
        assert_eq!(Instant::now(), before, "an answer does not wait for a broadcast");
        assert!(limiter.take_bulk(1).is_err());
    }

    #[tokio::test(start_paused = true)]
    async fn adm_04_turns_that_nobody_needed_come_back_and_a_quiet_chat_is_left_alone() {
        let limiter = limiter(28, 1);
        let first = limiter.take_bulk(40).unwrap();
        limiter.return_bulk(first);
        assert_eq!(limiter.take_bulk(40), Ok(first));
        limiter.hold(ANNA, Duration::from_secs(30));
        assert_eq!(limiter.bulk_seat(ANNA), Err(Busy(Duration::from_secs(30))));
        assert_eq!(limiter.bulk_seat(PersonId(2)), Ok(()));
        assert_eq!(limiter.bulk_seat(PersonId(2)), Err(Busy(Duration::from_secs(1))));
        limiter.hold_all(Duration::from_mins(1));
        assert_eq!(limiter.take_bulk(40), Err(Busy(Duration::from_mins(1))));
    }

    #[tokio::test(start_paused = true)]
    async fn tg09_no_second_sees_more_than_the_rate() {
        let limiter = limiter(28, 0);
        let mut sent = Vec::new();
        for chat in 0..200 {
            limiter.answer(PersonId(chat)).await.unwrap();
            sent.push(Instant::now());
        }
        for window in sent.windows(29) {
            assert!(window[28] - window[0] >= Duration::from_millis(999), "{:?}", window[28]);
        }
        let pace = sent[199] - sent[0];
        assert!(pace < Duration::from_secs(9), "{pace:?}");
    }

    #[tokio::test(start_paused = true)]
    async fn tg09_the_queue_waits_for_answers_and_never_the_other_way_round() {
        let limiter = limiter(28, 0);
        let mut chat = 10;
        while limiter.queued(PersonId(chat)).is_ok() {
            chat += 1;
        }
        let before = Instant::now();
        limiter.answer(ANNA).await.unwrap();
        assert_eq!(Instant::now(), before, "an answer finds room where the queue does not");
        assert!(limiter.queued(PersonId(9)).is_err());
    }

    #[tokio::test(start_paused = true)]
    async fn tg09_one_chat_gets_a_burst_and_then_one_a_second() {
        let limiter = limiter(0, 3);
        for _ in 0..3 {
            assert!(limiter.queued(ANNA).is_ok());
        }
        assert_eq!(limiter.queued(ANNA), Err(Busy(Duration::from_secs(1))));
        assert!(limiter.queued(PersonId(2)).is_ok());
        tokio::time::advance(Duration::from_secs(1)).await;
        assert!(limiter.queued(ANNA).is_ok());
    }

    #[tokio::test(start_paused = true)]
    async fn tg01_a_chat_that_telegram_wants_quiet_is_left_alone_and_others_are_not() {
        let limiter = limiter(28, 3);
        limiter.hold(ANNA, Duration::from_secs(30));
        assert_eq!(limiter.answer(ANNA).await, Err(Busy(Duration::from_secs(30))));
        assert!(limiter.queued(ANNA).is_err());
        assert!(limiter.answer(PersonId(2)).await.is_ok());
        tokio::time::advance(Duration::from_secs(30)).await;
        assert!(limiter.queued(ANNA).is_ok());
    }

    #[tokio::test(start_paused = true)]
    async fn tg09_a_turn_that_is_far_away_is_not_waited_for() {
        let (limiter, patience) = (limiter(0, 1), Duration::from_secs(2));
        let before = Instant::now();
        for _ in 0..2 {
            assert_eq!(limiter.queued_within(ANNA, patience).await, Ok(()));
        }
        assert_eq!(before.elapsed(), Duration::from_secs(1), "what is near is waited for");
        limiter.hold(ANNA, Duration::from_secs(30));
        let far = Err(Busy(Duration::from_secs(30)));
        assert_eq!(limiter.queued_within(ANNA, patience).await, far);
        assert_eq!(before.elapsed(), Duration::from_secs(1), "what is far is not");
    }

    #[tokio::test(start_paused = true)]
    async fn tg09_waiting_for_turns_that_others_take_has_an_end() {
        let (limiter, patience) = (limiter(7, 0), Duration::from_secs(2));
        let before = Instant::now();
        let crowd = (0..100).map(|chat| {
            let limiter = limiter.clone();
            async move { limiter.queued_within(PersonId(chat), patience).await }
        });
        let outcomes = futures_util::future::join_all(crowd).await;
        assert!(outcomes.iter().any(Result::is_ok) && outcomes.iter().any(Result::is_err));
        assert!(before.elapsed() <= patience, "{:?}", before.elapsed());
    }

    #[tokio::test(start_paused = true)]
    async fn without_limits_nothing_waits_and_chats_at_rest_are_forgotten() {
        let limiter = limiter(0, 0);
        let before = Instant::now();
        for chat in 0..30_000 {
            limiter.answer(PersonId(chat)).await.unwrap();
            if chat == 15_000 {
                tokio::time::advance(Duration::from_secs(2)).await;
            }
        }
        assert!(Instant::now() - before <= Duration::from_secs(2));
        assert!(limiter.lock().chats.len() < 30_000);
    }
}
