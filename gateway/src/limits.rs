//! What one person may do in a while: all updates, presses that buy, presses that pay; beyond the
//! first, a break.

use std::time::Duration;

use chassis::kv::{Kv, Limit, Taken};
use contract::press::Press;
use kernel::ids::PersonId;

use crate::config::LimitSettings;

/// A limit that was reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reached {
    /// Too many updates; the person is left out for a while.
    Global,
    /// Too many presses that buy.
    Purchase,
    /// Too many presses that pay.
    Payment,
}

/// What became of an update at the limits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Goes on.
    Pass,
    /// Goes no further.
    Drop(Dropped),
}

/// An update beyond a limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dropped {
    /// Which limit.
    pub reached: Reached,
    /// How long the person has to wait.
    pub wait: Duration,
    /// Whether the person has not been told yet in this window.
    pub tell: bool,
}

impl Reached {
    /// For metrics and keys.
    pub fn name(self) -> &'static str {
        match self {
            Self::Global => "global",
            Self::Purchase => "purchase",
            Self::Payment => "payment",
        }
    }
}

/// The limits of every person.
pub struct Limits {
    settings: LimitSettings,
    kv: Kv,
}

impl Limits {
    /// Limits that are counted in `kv`.
    pub fn new(settings: LimitSettings, kv: Kv) -> Self {
        Self { settings, kv }
    }

    /// Counts one update of a person, with the data of the button if it was a press.
    pub async fn check(&self, person: PersonId, press: Option<&str>) -> Verdict {
        if self.settings.owner == Some(person) {
            return Verdict::Pass;
        }
        if let Some(wait) = self.global(person).await {
            return self.dropped(person, Reached::Global, wait).await;
        }
        let Some((reached, limit)) = press.and_then(|data| self.class(data)) else {
            return Verdict::Pass;
        };
        match self.kv.take(&key(reached.name(), person), limit).await {
            Taken::Allowed => Verdict::Pass,
            Taken::Wait(wait) => self.dropped(person, reached, wait).await,
        }
    }

    /// How long the person must wait because of the global limit.
    async fn global(&self, person: PersonId) -> Option<Duration> {
        let LimitSettings { global, ban, .. } = self.settings;
        if global.is_none() {
            return None;
        }
        let (ban_key, global_key) = (key("ban", person), key("global", person));
        // In one round trip: during a ban the limit is counted on, which does no harm.
        let (banned, taken) =
            tokio::join!(self.kv.get(&ban_key), self.kv.take(&global_key, global));
        match taken {
            _ if banned.is_some() => Some(ban),
            Taken::Allowed => None,
            Taken::Wait(wait) if ban.is_zero() => Some(wait),
            Taken::Wait(_) => {
                self.kv.set(&ban_key, &[], ban).await;
                tracing::info!(?person, ?ban, "person exceeded the global limit");
                Some(ban)
            }
        }
    }

    fn class(&self, data: &str) -> Option<(Reached, Limit)> {
        match Press::of(data) {
            Press::Buys => Some((Reached::Purchase, self.settings.purchase)),
            Press::Pays | Press::Adjusts => Some((Reached::Payment, self.settings.payment)),
            Press::Looks => None,
        }
    }

    async fn dropped(&self, person: PersonId, reached: Reached, wait: Duration) -> Verdict {
        let window = match reached {
            Reached::Global => self.settings.global.per.max(self.settings.ban),
            Reached::Purchase => self.settings.purchase.per,
            Reached::Payment => self.settings.payment.per,
        };
        let told = key("told", person) + reached.name();
        let tell = self.kv.count(&told, window).await == 1;
        Verdict::Drop(Dropped { reached, wait, tell })
    }
}

fn key(what: &str, person: PersonId) -> String {
    format!("gateway:{what}:{person}:")
}

#[cfg(test)]
mod tests {
    use super::*;

    const ANNA: PersonId = PersonId(7);
    const BORIS: PersonId = PersonId(8);
    const OWNER: PersonId = PersonId(1);
    const MINUTE: Duration = Duration::from_mins(1);

    fn limits(change: impl FnOnce(&mut LimitSettings)) -> Limits {
        let limit = |count| Limit { count, per: MINUTE };
        let mut settings = LimitSettings {
            global: limit(30),
            purchase: limit(5),
            payment: limit(10),
            ban: Duration::from_mins(5),
            owner: Some(OWNER),
        };
        change(&mut settings);
        Limits::new(settings, Kv::memory())
    }

    async fn passed(limits: &Limits, person: PersonId, press: Option<&str>, tries: u32) -> u32 {
        let mut passed = 0;
        for _ in 0..tries {
            passed += u32::from(limits.check(person, press).await == Verdict::Pass);
        }
        passed
    }

    #[tokio::test(start_paused = true)]
    async fn sec_01_sec_04_a_flood_is_cut_at_the_limit_and_its_sender_left_out() {
        let limits = limits(|_| {});
        assert_eq!(passed(&limits, ANNA, None, 40).await, 30);
        // Enough would have grown back by now, but the ban goes on.
        tokio::time::advance(MINUTE).await;
        assert_eq!(passed(&limits, ANNA, None, 1).await, 0);
        assert_eq!(passed(&limits, BORIS, None, 1).await, 1);
    }

    #[tokio::test(start_paused = true)]
    async fn without_a_ban_what_grows_back_can_be_used() {
        let limits = limits(|settings| settings.ban = Duration::ZERO);
        assert_eq!(passed(&limits, ANNA, None, 40).await, 30);
        tokio::time::advance(Duration::from_secs(4)).await;
        assert_eq!(passed(&limits, ANNA, None, 40).await, 2);
    }

    #[tokio::test(start_paused = true)]
    async fn sec_02_purchases_and_payments_have_limits_of_their_own() {
        let limits = limits(|_| {});
        assert_eq!(passed(&limits, ANNA, Some("bAAAA"), 7).await, 5);
        assert_eq!(passed(&limits, ANNA, Some("vAAAA"), 12).await, 10);
        assert_eq!(passed(&limits, ANNA, Some("hAAAA"), 5).await, 5);
        assert_eq!(passed(&limits, ANNA, Some(""), 1).await, 1);
        tokio::time::advance(MINUTE / 5).await;
        assert_eq!(passed(&limits, ANNA, Some("bAAAA"), 2).await, 1);
    }

    #[tokio::test(start_paused = true)]
    async fn sec_05_the_owner_has_no_limits() {
        let limits = limits(|_| {});
        assert_eq!(passed(&limits, OWNER, Some("bAAAA"), 100).await, 100);
    }

    #[tokio::test(start_paused = true)]
    async fn a_limit_of_nothing_is_no_limit() {
        let limits = limits(|settings| {
            (settings.global, settings.purchase) = (Limit::NONE, Limit::NONE);
        });
        assert_eq!(passed(&limits, ANNA, Some("bAAAA"), 100).await, 100);
    }

    #[tokio::test(start_paused = true)]
    async fn a_person_is_told_once_in_a_window_and_limit() {
        let limits = limits(|_| {});
        passed(&limits, ANNA, Some("bAAAA"), 5).await;
        let told = async |press| match limits.check(ANNA, press).await {
            Verdict::Drop(dropped) => (dropped.reached, dropped.tell),
            Verdict::Pass => panic!("there was a limit"),
        };
        assert_eq!(told(Some("bAAAA")).await, (Reached::Purchase, true));
        assert_eq!(told(Some("bAAAA")).await, (Reached::Purchase, false));
        passed(&limits, ANNA, None, 23).await;
        assert_eq!(told(None).await, (Reached::Global, true));
        tokio::time::advance(MINUTE).await;
        assert_eq!(told(Some("bAAAA")).await, (Reached::Global, false));
    }
}
