//! Closed-loop load: so many workers, each doing one thing after the other; three runs and their medians.

use std::sync::Arc;
use std::time::{Duration, Instant};

use journeys::PATIENCE;
use tokio::task::JoinSet;

use crate::chats::PEOPLE;
use crate::cpu::{Meters, Spent};
use crate::options::Plan;

/// What workers do again and again.
pub trait Scenario: Send + Sync + 'static {
    /// One turn of one person; how long each of its updates took.
    fn turn(&self, person: u32, turn: u32) -> impl Future<Output = Vec<Duration>> + Send;
}

/// How many at a time, and when they stop.
#[derive(Debug, Clone, Copy)]
pub struct Load {
    /// Workers.
    pub in_flight: u32,
    /// Turns of each person, if there are not to be more.
    pub turns: Option<u32>,
    /// No turn begins after this.
    pub length: Duration,
}

/// One run.
#[derive(Debug)]
pub struct Run {
    elapsed: Duration,
    turns: Vec<Duration>,
    updates: Vec<Duration>,
    spent: Spent,
}

/// The medians of some runs.
#[derive(Debug, Clone, Default)]
pub struct Summary {
    /// Workers.
    pub in_flight: u32,
    /// Updates per second.
    pub updates_per_s: f64,
    /// Turns (purchases, payments) per second.
    pub turns_per_s: f64,
    /// From the post of an update to its last Bot API call, in milliseconds.
    pub p50_ms: f64,
    /// The same, of the slowest hundredth.
    pub p99_ms: f64,
    /// Of a whole turn.
    pub turn_p50_ms: f64,
    /// Seconds of CPU per thousand updates, or milliseconds per update.
    pub shop_cpu: f64,
    /// The same, of PostgreSQL.
    pub postgres_cpu: f64,
    /// The same, of Redis.
    pub redis_cpu: f64,
    /// The same, of the driver, which is not part of the shop.
    pub driver_cpu: f64,
    /// Of two cores, what neither the shop nor the driver used, in per cent of one.
    pub elsewhere_percent: f64,
    /// Turns of all runs together.
    pub turns: u32,
}

impl Summary {
    /// What one update costs, everything that runs for the shop included, in milliseconds of CPU.
    pub fn cpu(&self) -> f64 {
        self.shop_cpu + self.postgres_cpu + self.redis_cpu
    }
}

/// Warms up, measures, and takes the medians.
pub async fn measure<S: Scenario>(
    scenario: S,
    in_flight: u32,
    plan: &Plan,
    meters: &Meters,
) -> Summary {
    let scenario = Arc::new(scenario);
    let warm_up = Load { in_flight, turns: None, length: plan.warm_up };
    let warm = drive(&scenario, warm_up, meters).await;
    let load = Load { length: plan.length, ..warm_up };
    let mut runs = Vec::new();
    for _ in 0..plan.runs {
        runs.push(drive(&scenario, load, meters).await);
    }
    let mut summary = summary(in_flight, &runs);
    summary.turns += count(warm.turns.len());
    summary
}

/// One run. Every person belongs to one worker, so that nobody does two things at a time.
pub async fn drive<S: Scenario>(scenario: &Arc<S>, load: Load, meters: &Meters) -> Run {
    let each = PEOPLE / load.in_flight;
    let before = meters.read();
    let started = Instant::now();
    let mut workers = JoinSet::new();
    for worker in 0..load.in_flight {
        let scenario = Arc::clone(scenario);
        workers.spawn(async move {
            let (mut turns, mut updates) = (Vec::new(), Vec::new());
            for count in 0.. {
                let turn = count / each;
                if load.is_over(started, turn) {
                    break;
                }
                let begun = Instant::now();
                updates.extend(scenario.turn(worker * each + count % each, turn).await);
                turns.push(begun.elapsed());
            }
            (turns, updates)
        });
    }
    let logs = workers.join_all().await;
    let elapsed = started.elapsed();
    let spent = meters.read() - before;
    let (turns, updates): (Vec<_>, Vec<_>) = logs.into_iter().unzip();
    Run { elapsed, turns: sorted(turns), updates: sorted(updates), spent }
}

impl Load {
    /// Everybody once, however long it takes.
    pub fn once(in_flight: u32) -> Self {
        Self { in_flight, turns: Some(1), length: PATIENCE }
    }

    fn is_over(&self, started: Instant, turn: u32) -> bool {
        started.elapsed() >= self.length || self.turns.is_some_and(|turns| turn >= turns)
    }
}

/// The medians of runs.
pub fn summary(in_flight: u32, runs: &[Run]) -> Summary {
    let of = |figure: &dyn Fn(&Run) -> f64| median(runs.iter().map(figure).collect());
    let per_update = |spent: fn(&Spent) -> f64| {
        of(&|run| spent(&run.spent) * 1e3 / f64::from(count(run.updates.len()).max(1)))
    };
    let per_second =
        |number: usize, run: &Run| f64::from(count(number)) / run.elapsed.as_secs_f64();
    Summary {
        in_flight,
        updates_per_s: of(&|run| per_second(run.updates.len(), run)),
        turns_per_s: of(&|run| per_second(run.turns.len(), run)),
        p50_ms: of(&|run| millis(percentile(&run.updates, 50))),
        p99_ms: of(&|run| millis(percentile(&run.updates, 99))),
        turn_p50_ms: of(&|run| millis(percentile(&run.turns, 50))),
        shop_cpu: per_update(|spent| spent.shop),
        postgres_cpu: per_update(|spent| spent.postgres),
        redis_cpu: per_update(|spent| spent.redis),
        driver_cpu: per_update(|spent| spent.driver),
        elsewhere_percent: of(&|run| run.spent.elsewhere() * 100.0 / run.elapsed.as_secs_f64()),
        turns: runs.iter().map(|run| count(run.turns.len())).sum(),
    }
}

/// The middle one, or the middle of the middle two.
pub fn median(mut figures: Vec<f64>) -> f64 {
    figures.sort_by(f64::total_cmp);
    match figures.len() {
        0 => 0.0,
        odd if odd % 2 == 1 => figures[odd / 2],
        even => f64::midpoint(figures[even / 2 - 1], figures[even / 2]),
    }
}

/// Of a sorted list, the one that so many per cent do not exceed.
pub fn percentile(sorted: &[Duration], percent: usize) -> Duration {
    let at = (sorted.len() * percent / 100).min(sorted.len().saturating_sub(1));
    sorted.get(at).copied().unwrap_or_default()
}

/// Milliseconds with their fraction.
pub fn millis(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1e3
}

fn sorted(logs: Vec<Vec<Duration>>) -> Vec<Duration> {
    let mut all: Vec<Duration> = logs.into_iter().flatten().collect();
    all.sort_unstable();
    all
}

fn count(number: usize) -> u32 {
    u32::try_from(number).expect("no run has four billion of anything")
}
