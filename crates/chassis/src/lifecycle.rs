//! Ownership of running tasks: everything that is spawned is named, tracked and stopped with the
//! process.

use std::any::Any;
use std::future::Future;
use std::panic::AssertUnwindSafe;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use futures_util::FutureExt;
use tokio::signal::unix::{SignalKind, signal};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use tracing::Instrument;

/// How long an aborted task may take to reach its next await before [`Lifecycle::stop`] gives up on
/// it.
const ABORT_WAIT: Duration = Duration::from_secs(1);

/// The owner of every task in the process; clones share the same tasks.
#[derive(Clone, Default)]
pub struct Lifecycle {
    tasks: TaskTracker,
    /// Cancelled first: no new work, finish what runs.
    stop: CancellationToken,
    /// Cancelled when the grace is over: tasks are dropped where they stand.
    abort: CancellationToken,
    ends: Arc<Mutex<Ends>>,
}

/// Tasks that did not end as they should.
#[derive(Default)]
struct Ends {
    fallen: Vec<&'static str>,
    aborted: Vec<&'static str>,
}

/// Whether a task is expected to end before the process stops.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Loop,
    Errand,
}

/// A call gave no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CallLost {
    /// Its code panicked; the panic is logged.
    #[error("{0} panicked")]
    Panicked(&'static str),
    /// The process stopped before it was done.
    #[error("{0} was cut off by the stop of the process")]
    Aborted(&'static str),
}

impl Lifecycle {
    /// A lifecycle with no tasks yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Runs `future` until the process stops; if it ends or panics earlier, that is logged and
    /// shows in [`fallen`].
    ///
    /// [`fallen`]: Self::fallen
    pub fn spawn(&self, name: &'static str, future: impl Future<Output = ()> + Send + 'static) {
        let owned = self.clone().own(name, Kind::Loop, future);
        self.tasks.spawn(async move {
            owned.await.ok();
        });
    }

    /// Runs `future`, which ends by itself, on a task that [`stop`](Self::stop) waits for.
    pub fn spawn_errand(
        &self,
        name: &'static str,
        future: impl Future<Output = ()> + Send + 'static,
    ) {
        let owned = self.clone().own(name, Kind::Errand, future).in_current_span();
        self.tasks.spawn(async move {
            owned.await.ok();
        });
    }

    /// Runs `future` on a task of its own and waits for it: dropping the returned future (a client
    /// that hung up) does not stop the work.
    ///
    /// # Errors
    /// The work panicked, or the grace of [`stop`](Self::stop) ran out.
    pub async fn call<T: Send + 'static>(
        &self,
        name: &'static str,
        future: impl Future<Output = T> + Send + 'static,
    ) -> Result<T, CallLost> {
        let owned = self.clone().own(name, Kind::Errand, future).in_current_span();
        self.tasks.spawn(owned).await.unwrap_or(Err(CallLost::Aborted(name)))
    }

    /// A token that is cancelled when the process stops; cancelling it by hand stops nothing else.
    pub fn token(&self) -> CancellationToken {
        self.stop.child_token()
    }

    /// Returns once the process has begun to stop.
    pub async fn stopping(&self) {
        self.stop.cancelled().await;
    }

    /// True from the beginning of the stop on.
    pub fn is_stopping(&self) -> bool {
        self.stop.is_cancelled()
    }

    /// Waits between two rounds of a loop; false when the process began to stop instead.
    pub async fn pause(&self, length: Duration) -> bool {
        self.stop.run_until_cancelled(tokio::time::sleep(length)).await.is_some()
    }

    /// Loops that panicked or ended although nobody asked them to: the process is no longer whole.
    pub fn fallen(&self) -> Vec<&'static str> {
        self.ends().fallen.clone()
    }

    /// Begins the stop without waiting for it.
    pub fn begin_stop(&self) {
        self.stop.cancel();
    }

    /// Stops: no new work, up to `grace` for what runs, then the rest is dropped; returns the names
    /// of the dropped.
    pub async fn stop(&self, grace: Duration) -> Vec<&'static str> {
        self.stop.cancel();
        self.tasks.close();
        if tokio::time::timeout(grace, self.tasks.wait()).await.is_err() {
            self.abort.cancel();
            if tokio::time::timeout(ABORT_WAIT, self.tasks.wait()).await.is_err() {
                tracing::error!(
                    tasks = self.tasks.len(),
                    "tasks block their thread and cannot be stopped"
                );
            }
        }
        let aborted = std::mem::take(&mut self.ends().aborted);
        if !aborted.is_empty() {
            tracing::warn!(tasks = ?aborted, "tasks did not finish within the grace");
        }
        aborted
    }

    async fn own<T>(
        self,
        name: &'static str,
        kind: Kind,
        future: impl Future<Output = T> + Send,
    ) -> Result<T, CallLost> {
        let caught = AssertUnwindSafe(future).catch_unwind();
        match self.abort.run_until_cancelled(caught).await {
            None => {
                self.ends().aborted.push(name);
                Err(CallLost::Aborted(name))
            }
            Some(Err(panic)) => {
                tracing::error!(task = name, panic = panic_text(panic.as_ref()), "task panicked");
                metrics::counter!("bodega_task_panics_total", "task" => name).increment(1);
                self.note_fall(name, kind);
                Err(CallLost::Panicked(name))
            }
            Some(Ok(value)) => {
                if kind == Kind::Loop && !self.is_stopping() {
                    tracing::error!(task = name, "task ended although the process goes on");
                    self.note_fall(name, kind);
                }
                Ok(value)
            }
        }
    }

    fn note_fall(&self, name: &'static str, kind: Kind) {
        if kind == Kind::Loop {
            self.ends().fallen.push(name);
        }
    }

    fn ends(&self) -> std::sync::MutexGuard<'_, Ends> {
        self.ends.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn panic_text(panic: &(dyn Any + Send)) -> &str {
    panic
        .downcast_ref::<&str>()
        .copied()
        .or_else(|| panic.downcast_ref::<String>().map(String::as_str))
        .unwrap_or("no text")
}

/// Returns when the process is asked to stop, by SIGTERM or Ctrl-C, with the signal's name.
///
/// # Errors
/// The signal handlers could not be installed.
pub async fn stop_signal() -> std::io::Result<&'static str> {
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    tokio::select! {
        _ = terminate.recv() => Ok("SIGTERM"),
        _ = interrupt.recv() => Ok("SIGINT"),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicBool, Ordering};

    use super::*;

    const LONG: Duration = Duration::from_mins(1);

    #[tokio::test]
    async fn bug_42_a_stop_waits_for_what_runs() {
        let lifecycle = Lifecycle::new();
        let done = Arc::new(AtomicBool::new(false));
        let (stopping, finished) = (lifecycle.clone(), Arc::clone(&done));
        lifecycle.spawn("careful", async move {
            stopping.stopping().await;
            tokio::task::yield_now().await;
            finished.store(true, Ordering::SeqCst);
        });
        assert!(lifecycle.stop(LONG).await.is_empty());
        assert!(done.load(Ordering::SeqCst));
        assert!(lifecycle.fallen().is_empty());
    }

    #[tokio::test(start_paused = true)]
    async fn what_outlasts_the_grace_is_aborted_and_named() {
        let lifecycle = Lifecycle::new();
        lifecycle.spawn("stubborn", std::future::pending());
        assert_eq!(lifecycle.stop(Duration::from_secs(5)).await, ["stubborn"]);
    }

    #[tokio::test]
    async fn a_loop_that_panics_or_returns_has_fallen() {
        let lifecycle = Lifecycle::new();
        lifecycle.spawn("panics", async { panic!("on purpose") });
        lifecycle.spawn("returns", async {});
        lifecycle.spawn_errand("errand", async {});
        while lifecycle.fallen().len() < 2 {
            tokio::task::yield_now().await;
        }
        let mut fallen = lifecycle.fallen();
        fallen.sort_unstable();
        assert_eq!(fallen, ["panics", "returns"]);
    }

    #[tokio::test]
    async fn ps37_a_dropped_caller_does_not_drop_the_work() {
        let lifecycle = Lifecycle::new();
        let (release, wait) = tokio::sync::oneshot::channel::<()>();
        let (report, done) = tokio::sync::oneshot::channel::<&str>();
        let mut call = Box::pin(lifecycle.call("work", async move {
            wait.await.unwrap();
            report.send("done").unwrap();
        }));
        assert!(futures_util::poll!(&mut call).is_pending());
        drop(call);
        release.send(()).unwrap();
        assert_eq!(done.await, Ok("done"));
    }

    #[tokio::test]
    async fn a_call_answers_or_says_why_not() {
        let lifecycle = Lifecycle::new();
        assert_eq!(lifecycle.call("sum", async { 2 + 2 }).await, Ok(4));
        let lost = lifecycle.call("sum", async { panic!("{}", 1) }).await;
        assert_eq!(lost, Err::<(), _>(CallLost::Panicked("sum")));
    }

    #[tokio::test(start_paused = true)]
    async fn a_pause_ends_early_when_the_process_stops() {
        let lifecycle = Lifecycle::new();
        assert!(lifecycle.pause(LONG).await);
        lifecycle.begin_stop();
        assert!(!lifecycle.pause(LONG).await);
    }
}
