//! What to measure and for how long.

use std::path::PathBuf;
use std::time::Duration;

use clap::{Parser, ValueEnum};

/// Where the table goes unless it is said otherwise.
const OUT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../target/bench.md");

/// Measures the whole path beside the machine's own limits, and prints one table.
#[derive(Debug, Parser)]
pub struct Options {
    /// One short run of each part instead of three: a look, not a measurement.
    #[arg(long)]
    quick: bool,
    /// Only these parts, for example to profile one.
    #[arg(long, value_enum, value_delimiter = ',')]
    only: Vec<Part>,
    /// Runs of each part; medians are shown.
    #[arg(long)]
    runs: Option<u32>,
    /// Length of a run.
    #[arg(long)]
    seconds: Option<f64>,
    /// Where the tables are written, as Markdown.
    #[arg(long, default_value = OUT)]
    pub out: PathBuf,
    /// Cargo says it to every bench.
    #[arg(long, hide = true)]
    bench: bool,
}

/// A part that can be measured alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Part {
    /// What a bare server and a bare database do here.
    Limits,
    /// /start, one at a time.
    Alone,
    /// /start, forty at a time.
    Start,
    /// Shop, category, item.
    Browse,
    /// Five presses to the goods.
    Purchase,
    /// Pre-checkout and payment in Stars.
    Stars,
    /// A thousand people, a hundred units.
    Rush,
    /// Purchases without the chat.
    Orders,
    /// The same three screens over 5,000,000 units.
    Catalogue,
    /// The same shop in four processes.
    Split,
}

/// How long and how often.
#[derive(Debug, Clone, Copy)]
pub struct Plan {
    /// Runs of each part.
    pub runs: u32,
    /// Length of a run.
    pub length: Duration,
    /// Before the first run of a part.
    pub warm_up: Duration,
}

impl Options {
    /// How long and how often.
    pub fn plan(&self) -> Plan {
        let (runs, length) = if self.quick { (1, 2.0) } else { (3, 4.0) };
        Plan {
            runs: self.runs.unwrap_or(runs),
            length: Duration::from_secs_f64(self.seconds.unwrap_or(length)),
            warm_up: Duration::from_secs(1),
        }
    }

    /// Whether a part is to be measured.
    pub fn wants(&self, part: Part) -> bool {
        self.only.is_empty() || self.only.contains(&part)
    }
}

impl Plan {
    /// All the time that a part may take, in whole seconds.
    pub fn seconds(&self) -> u32 {
        let all = self.warm_up + self.length * self.runs;
        u32::try_from(all.as_secs()).unwrap_or(u32::MAX).saturating_add(1)
    }
}
