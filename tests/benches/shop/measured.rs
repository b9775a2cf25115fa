//! All that was measured; what is absent was not asked for.

use crate::catalogue::Catalogue;
use crate::limits::{DatabaseLimits, ServerLimits};
use crate::load::Summary;
use crate::rush::Rush;

/// Everything.
#[derive(Debug, Default)]
pub struct Measured {
    /// Where, when and how, in a sentence.
    pub conditions: String,
    /// A bare server.
    pub server: Option<ServerLimits>,
    /// A bare database.
    pub database: Option<DatabaseLimits>,
    /// Starts and memory.
    pub starts: Option<Starts>,
    /// /start, one at a time.
    pub alone: Option<Summary>,
    /// /start, forty at a time.
    pub start: Option<Summary>,
    /// Shop, category, item.
    pub browse: Option<Summary>,
    /// Five presses to the goods.
    pub purchase: Option<Summary>,
    /// An invoice opened, two presses.
    pub invoice: Option<Summary>,
    /// Pre-checkout and payment.
    pub stars: Option<Summary>,
    /// A crowd on few units.
    pub rush: Option<Rush>,
    /// Resident memory of the shop after the load, in MiB.
    pub loaded_mib: Option<f64>,
    /// Memory of the shop's PostgreSQL then, in MiB.
    pub postgres_mib: Option<f64>,
    /// The order RPC, in one process.
    pub orders: Option<Summary>,
    /// A large catalogue beside a small one.
    pub catalogue: Option<Catalogue>,
    /// Four processes.
    pub split: Option<Split>,
}

/// How the shop starts, and what it is then.
#[derive(Debug, Clone, Copy)]
pub struct Starts {
    /// With no data, to ready, in seconds.
    pub first_s: f64,
    /// With data.
    pub later_s: f64,
    /// Resident memory of a shop that nobody has asked anything, in MiB.
    pub idle_mib: f64,
}

/// The shop in four processes.
#[derive(Debug)]
pub struct Split {
    /// /start, forty at a time.
    pub start: Summary,
    /// Shop, category, item.
    pub browse: Summary,
    /// Five presses to the goods.
    pub purchase: Summary,
    /// The order RPC over the network.
    pub orders: Summary,
    /// Resident memory of all four, in MiB.
    pub resident_mib: f64,
}

impl Measured {
    /// The scenarios by name, in the order of the table.
    pub fn scenarios(&self) -> Vec<(&'static str, &Summary)> {
        let split = self.split.as_ref();
        let all = [
            ("/start, alone", self.alone.as_ref()),
            ("/start", self.start.as_ref()),
            ("browse: shop, category, item", self.browse.as_ref()),
            ("purchase: 5 presses", self.purchase.as_ref()),
            ("open a Stars invoice: 2 presses", self.invoice.as_ref()),
            ("pay Stars: pre-checkout, payment", self.stars.as_ref()),
            ("order RPC, services in the driver's process", self.orders.as_ref()),
            ("split: /start", split.map(|split| &split.start)),
            ("split: browse", split.map(|split| &split.browse)),
            ("split: purchase", split.map(|split| &split.purchase)),
            ("split: order RPC over gRPC", split.map(|split| &split.orders)),
        ];
        all.into_iter().filter_map(|(name, summary)| Some((name, summary?))).collect()
    }

    /// What has no row of its own.
    pub fn remarks(&self) -> Vec<String> {
        let mut all = Vec::new();
        if let Some(limit) = &self.server {
            all.push(format!(
                "bare axum POST of 700 bytes {:.0}/s; with one tonic hop in process {:.0}/s, \
                 {:.3} ms of CPU each (wrk, 64 connections, on the same cores)",
                limit.posts, limit.hops, limit.hop_cpu
            ));
        }
        if let Some(limit) = &self.database {
            all.push(format!(
                "the shop's PostgreSQL, fsync on, 8 clients of pgbench: point select {:.0}/s, \
                 purchase by statement {:.0}/s, in one statement {:.0}/s",
                limit.selects, limit.by_statement, limit.in_one
            ));
        }
        if let Some(rush) = &self.rush {
            all.push(format!(
                "1,000 people on 100 units: exactly 100 sold; {:.2} s, p50 / p99 of a press \
                 {:.0} / {:.0} ms, {:.3} ms of CPU a press",
                rush.seconds, rush.p50_ms, rush.p99_ms, rush.cpu
            ));
        }
        if let Some(catalogue) = &self.catalogue {
            let seconds = catalogue.filled_s;
            all.push(format!(
                "1,000 categories, 100,000 items and 5,000,000 units, filled in {seconds:.0} s"
            ));
        }
        if let Some(mib) = self.postgres_mib {
            all.push(format!("memory of the shop's PostgreSQL after the load: {mib:.0} MiB"));
        }
        if let Some(split) = &self.split {
            let mib = split.resident_mib;
            all.push(format!(
                "resident memory of the four processes after their load: {mib:.0} MiB"
            ));
        }
        all
    }
}
