//! Faults on demand: what may go wrong with a call to an emulator or with a webhook from it.

use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::lock::lock;

/// What goes wrong with a call to an emulator's API.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "fault", rename_all = "snake_case")]
pub enum CallFault {
    /// The call is executed this much later.
    Delay { delay_ms: u64 },
    /// The call is not executed and the connection closes.
    Lose,
    /// The call is executed and the connection closes instead of the answer.
    TimeOutAfterEffect,
    /// The call is not executed; 429 with this many seconds to wait.
    TooManyRequests { retry_after_s: u32 },
    /// The call is not executed; this status with the service's own JSON envelope.
    Refuse { status: u16, reason: String },
    /// As [`Self::Refuse`], but under HTTP status 200.
    RefuseWithStatus200 { code: u16, reason: String },
    /// The call is not executed; a proxy's HTML page with this status.
    Html { status: u16 },
    /// The call is executed; the second half of the answer is missing.
    Truncate,
}

impl CallFault {
    /// Telegram's answer when the person blocked the bot.
    pub fn blocked() -> Self {
        Self::Refuse { status: 403, reason: "Forbidden: bot was blocked by the user".to_owned() }
    }

    /// 500 with an envelope.
    pub fn internal_error() -> Self {
        Self::Refuse { status: 500, reason: "Internal Server Error".to_owned() }
    }

    /// 502 with a proxy's HTML page.
    pub fn bad_gateway() -> Self {
        Self::Html { status: 502 }
    }
}

/// What goes wrong with a webhook on its way to the shop.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "fault", rename_all = "snake_case")]
pub enum DeliveryFault {
    /// It leaves this much later; what is queued behind it waits too, other queues overtake it.
    Delay { delay_ms: u64 },
    /// It is never delivered and never repeated, as if it had expired.
    Lose,
    /// It is delivered this many more times, concurrently.
    Duplicate { times: u32 },
    /// It is delivered, but the answer is lost, so it will come again.
    LoseAnswer,
    /// It is held until an update of the same person in another queue has overtaken it,
    /// at the longest for this time.
    Reorder { within_ms: u64 },
    /// It is signed with a wrong key (Crypto Pay) or carries a wrong secret (Telegram).
    BadSignature,
}

/// A fault that is switched on.
#[derive(Debug, Clone, Serialize)]
pub struct Armed<S, F> {
    /// For switching it off again.
    pub id: u64,
    /// What it applies to.
    #[serde(flatten)]
    pub scope: S,
    #[serde(flatten)]
    pub fault: F,
    /// How often it strikes yet; absent = until switched off.
    pub left: Option<u32>,
}

/// The switches of one kind of fault.
pub(crate) struct Switches<S, F> {
    armed: Mutex<Vec<Armed<S, F>>>,
    /// Spares the lock on the hot path while nothing is switched on.
    count: AtomicUsize,
    next_id: AtomicU64,
}

impl<S, F> Default for Switches<S, F> {
    fn default() -> Self {
        Self { armed: Mutex::default(), count: AtomicUsize::new(0), next_id: AtomicU64::new(1) }
    }
}

impl<S: Clone, F: Clone> Switches<S, F> {
    /// Switches a fault on, for the next `times` matches or until it is switched off.
    pub(crate) fn arm(&self, scope: S, fault: F, times: Option<u32>) -> u64 {
        let id = self.next_id.fetch_add(1, Ordering::Relaxed);
        let mut armed = lock(&self.armed);
        if times != Some(0) {
            armed.push(Armed { id, scope, fault, left: times });
        }
        self.count.store(armed.len(), Ordering::Release);
        id
    }

    /// Switches one fault off; false if it was no longer on.
    pub(crate) fn disarm(&self, id: u64) -> bool {
        let mut armed = lock(&self.armed);
        let before = armed.len();
        armed.retain(|fault| fault.id != id);
        self.count.store(armed.len(), Ordering::Release);
        armed.len() < before
    }

    pub(crate) fn clear(&self) {
        lock(&self.armed).clear();
        self.count.store(0, Ordering::Release);
    }

    pub(crate) fn list(&self) -> Vec<Armed<S, F>> {
        lock(&self.armed).clone()
    }

    /// The faults that strike now, in the order they were switched on.
    pub(crate) fn draw(&self, matches: impl Fn(&S) -> bool) -> Vec<F> {
        if self.count.load(Ordering::Acquire) == 0 {
            return Vec::new();
        }
        let mut armed = lock(&self.armed);
        let mut drawn = Vec::new();
        armed.retain_mut(|fault| {
            if !matches(&fault.scope) {
                return true;
            }
            drawn.push(fault.fault.clone());
            match &mut fault.left {
                None => true,
                Some(left) => {
                    *left -= 1;
                    *left > 0
                }
            }
        });
        self.count.store(armed.len(), Ordering::Release);
        drawn
    }
}

/// The faults drawn for one call, sorted by when they strike.
#[derive(Debug, Default)]
pub(crate) struct CallPlan {
    pub(crate) delay: Duration,
    /// Instead of executing the call.
    pub(crate) instead: Option<CallFault>,
    /// Instead of the answer of the executed call.
    pub(crate) after: Option<CallFault>,
}

impl CallPlan {
    pub(crate) fn of(drawn: Vec<CallFault>) -> Self {
        let mut plan = Self::default();
        for fault in drawn {
            match fault {
                CallFault::Delay { delay_ms } => plan.delay += Duration::from_millis(delay_ms),
                CallFault::TimeOutAfterEffect | CallFault::Truncate => plan.after = Some(fault),
                _ => plan.instead = Some(fault),
            }
        }
        plan
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_counted_fault_strikes_that_often_and_only_where_it_applies() {
        let switches = Switches::default();
        switches.arm("a", 1, Some(2));
        let forever = switches.arm("a", 2, None);
        assert!(switches.draw(|scope| *scope == "b").is_empty());
        assert_eq!(switches.draw(|scope| *scope == "a"), [1, 2]);
        assert_eq!(switches.draw(|scope| *scope == "a"), [1, 2]);
        assert_eq!(switches.draw(|scope| *scope == "a"), [2]);
        assert!(switches.disarm(forever));
        assert!(!switches.disarm(forever));
        assert!(switches.draw(|_| true).is_empty());
    }
}
