//! One person's updates are handled one after another: two presses at once must not overtake each other.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use kernel::ids::PersonId;
use tokio::sync::OwnedMutexGuard;

type Queues = HashMap<PersonId, Arc<tokio::sync::Mutex<()>>>;

/// Whose turn it is, per person. Clones share the queues.
#[derive(Clone, Default)]
pub struct Turns {
    queues: Arc<Mutex<Queues>>,
}

/// A turn; it ends when this is dropped.
pub struct Turn {
    person: PersonId,
    guard: Option<OwnedMutexGuard<()>>,
    queues: Arc<Mutex<Queues>>,
}

impl Turns {
    /// Waits for this person's turn, in order of coming.
    pub async fn wait(&self, person: PersonId) -> Turn {
        let queue = {
            let mut queues = self.queues.lock().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(queues.entry(person).or_default())
        };
        let guard = queue.lock_owned().await;
        Turn { person, guard: Some(guard), queues: Arc::clone(&self.queues) }
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        let mut queues = self.queues.lock().unwrap_or_else(PoisonError::into_inner);
        drop(self.guard.take());
        // Whoever waits holds the queue too; with nobody waiting it is forgotten.
        if queues.get(&self.person).is_some_and(|queue| Arc::strong_count(queue) == 1) {
            queues.remove(&self.person);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn tg16_one_persons_updates_do_not_interleave_and_others_do_not_wait() {
        let turns = Turns::default();
        let (anna, boris) = (PersonId(1), PersonId(2));
        let first = turns.wait(anna).await;
        let mut second = Box::pin(turns.wait(anna));
        assert!(futures_util::poll!(&mut second).is_pending());
        drop(turns.wait(boris).await);
        drop(first);
        drop(second.await);
        assert!(turns.queues.lock().unwrap().is_empty());
    }
}
