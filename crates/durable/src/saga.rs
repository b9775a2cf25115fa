//! Sagas: work over several services as a pure machine that a crash cannot confuse.
//!
//! The rules that every step and port keeps:
//! 1. A step that was done once answers [`Outcome::Done`] for ever; a port may not change its mind.
//! 2. An undo leaves a tombstone: it may arrive before what it undoes, and then that must be refused.
//! 3. [`Outcome::Unknown`] never moves the machine; the same step is asked again with the same id.
//! 4. There is a pivot: an explicit refusal before it undoes what was done, after it there is only forward.
//! 5. The stored state says what to do next; there is no list of undo actions in memory.

use std::future::Future;

/// What became of a step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome<R> {
    /// It is done, now or before.
    Done,
    /// It will never be done; nothing of it happened.
    Refused(R),
    /// Nobody knows; ask again.
    Unknown,
}

/// A saga's state: what comes next, and what an outcome makes of it. No IO, no clock.
pub trait Machine: Sized {
    /// Something to do outside.
    type Step: Copy;
    /// Why a step can be refused for good.
    type Refusal;

    /// The step that this state asks for; none at the end.
    fn next(&self) -> Option<Self::Step>;

    /// The state after an outcome of the step that [`Self::next`] named.
    #[must_use]
    fn after(self, step: Self::Step, outcome: Outcome<Self::Refusal>) -> Self;
}

/// How far [`drive`] came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Drive<M> {
    /// To its end.
    Ended(M),
    /// A step's outcome is unknown: someone asks again later, from the stored state.
    Parked(M),
}

/// Drives a machine until it ends or a step's outcome is unknown. `perform` stores what it did before it answers.
pub async fn drive<M, F, R>(mut machine: M, mut perform: F) -> Drive<M>
where
    M: Machine,
    F: FnMut(M::Step) -> R,
    R: Future<Output = Outcome<M::Refusal>>,
{
    while let Some(step) = machine.next() {
        match perform(step).await {
            Outcome::Unknown => return Drive::Parked(machine),
            outcome => machine = machine.after(step, outcome),
        }
    }
    Drive::Ended(machine)
}
