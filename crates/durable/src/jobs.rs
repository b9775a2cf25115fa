//! Work that comes round: idempotent, without input, bounded, never overlapping itself.

use std::future::Future;
use std::time::Duration;

use chassis::lifecycle::Lifecycle;
use contract::failure::{Failure, Kind};

/// Runs `job` now and then every `period` (spread by a tenth, so that replicas do not march in step) until the process
/// stops. A failed run is logged, and the next one is the retry. `job` answers how much it did: after a full batch,
/// where there may be more, it says so and is called again at once.
pub fn every<F, R>(lifecycle: &Lifecycle, name: &'static str, period: Duration, job: F)
where
    F: Fn() -> R + Send + Sync + 'static,
    R: Future<Output = Result<Round, Failure>> + Send + 'static,
{
    let owner = lifecycle.clone();
    lifecycle.spawn(name, async move {
        let mut round: u64 = 0;
        while !owner.is_stopping() {
            // On a task of its own: a panic ends the run, not the job.
            let outcome = owner.call(name, job()).await.unwrap_or_else(|lost| {
                Err(Failure::new(Kind::Internal, "common.job_lost").because(lost))
            });
            match &outcome {
                Ok(_) => metrics::counter!("bodega_job_runs_total", "job" => name).increment(1),
                Err(failure) => {
                    metrics::counter!("bodega_job_failures_total", "job" => name).increment(1);
                    tracing::warn!(job = name, %failure, "job failed");
                }
            }
            if matches!(outcome, Ok(Round::More)) {
                tokio::task::yield_now().await;
                continue;
            }
            round = round.wrapping_add(1);
            let spread = period / 20 * u32::try_from(round % 3).expect("below three");
            if !owner.pause(period + spread).await {
                return;
            }
        }
    });
}

/// What a run of a job left behind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Round {
    /// Nothing is due any more.
    Done,
    /// The batch was full; there may be more.
    More,
}

impl Round {
    /// `More` when a batch was as large as it could be.
    pub fn of(done: usize, batch: usize) -> Self {
        if done >= batch && batch > 0 { Self::More } else { Self::Done }
    }
}
