//! Rehearsed crashes: the places where a purchase can be cut off, so that tests can cut it off there.
//!
//! Compiled always, so that what is tested is what ships; without a rehearsal a moment costs one comparison.
//!
//! The setting `inventory.crash_after` aborts the real process, as SIGKILL would, right after the named step was
//! committed or answered and before anything is made of it, in a buyer's call and in recovery alike: a process started
//! again to recover must be started without it. It is refused unless `demo.faults` is set.

use std::sync::Arc;

use crate::domain::purchase::Step;

/// A place in a purchase.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Moment {
    /// The step has not been tried.
    Before(Step),
    /// The step was committed or answered; nothing was made of the answer yet.
    After(Step),
}

type Rehearsal = Arc<dyn Fn(Moment) + Send + Sync>;

/// What is rehearsed; nothing by default.
#[derive(Clone, Default)]
pub struct Faults(Option<Rehearsal>);

impl Faults {
    /// Kills the process after a step.
    pub fn crash_after(step: Step) -> Self {
        Self::rehearse(move |moment| {
            if moment == Moment::After(step) {
                tracing::error!(?step, "crash rehearsed by inventory.crash_after");
                std::process::abort();
            }
        })
    }

    /// Calls `rehearsal` at every moment; one that panics stops the purchase there.
    pub fn rehearse(rehearsal: impl Fn(Moment) + Send + Sync + 'static) -> Self {
        Self(Some(Arc::new(rehearsal)))
    }

    /// A purchase has come to `moment`.
    pub(crate) fn reached(&self, moment: Moment) {
        if let Some(rehearsal) = &self.0 {
            rehearsal(moment);
        }
    }
}
