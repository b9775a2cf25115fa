//! A circuit breaker: who fails again and again is left alone for a while, and then tried by one
//! call.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Faults in a row that open it.
const FAULTS_MAX: u32 = 5;
/// How long it stays open before one call may try.
const REST: Duration = Duration::from_mins(1);
/// A try that never told how it ended (its task was dropped) is forgotten after this time.
const PROBE_MAX: Duration = Duration::from_secs(30);

/// How a call ended, as the breaker sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    /// An answer, even a refusal of a bad request.
    Answered,
    /// The other side is at fault.
    Faulty,
}

/// Counts faults in a row; shared by all calls to one service.
#[derive(Debug, Default)]
pub struct Breaker(Mutex<State>);

#[derive(Debug, Default)]
struct State {
    faults: u32,
    /// When the next call may try; set while it is open.
    closed_until: Option<Instant>,
}

impl Breaker {
    /// Whether a call may be made now. While the service rests, one call after its time is let
    /// through as a probe.
    pub fn admits(&self, now: Instant) -> bool {
        let mut state = self.state();
        match state.closed_until {
            None => true,
            Some(until) if now < until => false,
            Some(_) => {
                state.closed_until = Some(now + PROBE_MAX);
                true
            }
        }
    }

    /// Takes note of how an admitted call ended.
    pub fn note(&self, ended: Ended, now: Instant) {
        let mut state = self.state();
        match ended {
            Ended::Answered => *state = State::default(),
            Ended::Faulty => {
                state.faults = state.faults.saturating_add(1);
                if state.faults >= FAULTS_MAX {
                    state.closed_until = Some(now + REST);
                }
            }
        }
    }

    fn state(&self) -> std::sync::MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALMOST: Duration = Duration::from_secs(59);

    fn broken(now: Instant) -> Breaker {
        let breaker = Breaker::default();
        for _ in 0..FAULTS_MAX {
            assert!(breaker.admits(now));
            breaker.note(Ended::Faulty, now);
        }
        breaker
    }

    #[test]
    fn five_faults_in_a_row_close_the_door_for_a_minute() {
        let now = Instant::now();
        let breaker = broken(now);
        assert!(!breaker.admits(now));
        assert!(!breaker.admits(now + ALMOST));
    }

    #[test]
    fn bug_50_answers_between_faults_start_the_count_again() {
        let now = Instant::now();
        let breaker = Breaker::default();
        for _ in 0..20 {
            for _ in 1..FAULTS_MAX {
                breaker.note(Ended::Faulty, now);
            }
            breaker.note(Ended::Answered, now);
        }
        assert!(breaker.admits(now));
    }

    #[test]
    fn after_the_rest_one_call_tries_and_its_end_decides() {
        let now = Instant::now();
        let breaker = broken(now);
        let later = now + REST;
        assert!(breaker.admits(later));
        assert!(!breaker.admits(later), "only one probe at a time");
        breaker.note(Ended::Faulty, later);
        assert!(!breaker.admits(later + ALMOST));
        assert!(breaker.admits(later + REST));
        breaker.note(Ended::Answered, later + REST);
        assert!(breaker.admits(later + REST) && breaker.admits(later + REST));
    }

    #[test]
    fn a_probe_that_never_reported_does_not_block_the_next() {
        let now = Instant::now();
        let breaker = broken(now);
        assert!(breaker.admits(now + REST));
        assert!(breaker.admits(now + REST + PROBE_MAX));
    }
}
