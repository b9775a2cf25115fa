//! Unfinished orders, taken up again: a crash, a lost answer or a deadline left them where they are.

use std::time::Duration;

use chassis::sql;
use contract::failure::Failure;
use durable::saga::Drive;
use futures_util::future;
use kernel::backoff::Backoff;
use tokio::time::Instant;

use crate::domain::purchase::Purchase;
use crate::operations::Inventory;
use crate::operations::purchase::{Driver, Run};
use crate::store;
use crate::store::orders::{Claimed, Reached};

/// Orders taken up at once.
const BATCH: usize = 20;
/// For so long nobody else takes them up: longer than all steps of one try.
const LEASE_SECONDS: f64 = 30.0;
const BACKOFF: Backoff = Backoff { first: Duration::from_secs(1), cap: Duration::from_mins(1) };
/// An order taken up so often needs a person to look; recovery goes on all the same.
const STUCK_ATTEMPTS: i32 = 8;
/// How long the charge of one order may take; the next round is its retry.
const TRY: Duration = Duration::from_secs(3);

impl Inventory {
    /// How many orders one round of recovery takes up.
    pub(crate) const RECOVERED_AT_ONCE: usize = BATCH;

    /// Takes up unfinished orders that are due and drives them on; how many were taken up.
    ///
    /// # Errors
    /// The database's; every order is where it was, or further.
    pub async fn recover_orders(&self) -> Result<usize, Failure> {
        let pool = &self.0.pool;
        let limit = i64::try_from(BATCH).expect("a small number");
        let claimed =
            store::orders::claim_due(pool, limit, LEASE_SECONDS).await.map_err(sql::failure)?;
        for recovered in future::join_all(claimed.iter().map(|it| self.recover(it))).await {
            recovered?;
        }

        let stuck = store::orders::count_stuck(pool, STUCK_ATTEMPTS).await.map_err(sql::failure)?;
        let stuck = u32::try_from(stuck).unwrap_or(u32::MAX);
        metrics::gauge!("bodega_inventory_stuck_orders").set(f64::from(stuck));
        Ok(claimed.len())
    }

    async fn recover(&self, claimed: &Claimed) -> Result<(), Failure> {
        let Claimed { order, attempt } = claimed;
        let run = Run::new(self, order, Driver::Recovery, Instant::now() + TRY);
        match run.finish().await {
            Drive::Ended(end) => {
                tracing::info!(order = ?order.id, attempt, ?end, "unfinished order recovered");
                Ok(())
            }
            Drive::Parked(machine) => {
                let attempts = attempt.unsigned_abs();
                if *attempt >= STUCK_ATTEMPTS {
                    tracing::error!(order = ?order.id, attempt, ?machine, "order is stuck");
                }
                let delay = BACKOFF.after(attempts, order.id.0.as_u64_pair().1);
                let reached = match machine {
                    Purchase::Charged => Reached::Charged,
                    _ => Reached::Reserved,
                };
                store::orders::postpone(&self.0.pool, claimed, reached, delay.as_secs_f64())
                    .await
                    .map_err(sql::failure)?;
                Ok(())
            }
        }
    }
}
