//! The shop's money in numbers.

use std::sync::Arc;
use std::time::Duration;

use chassis::sql;
use contract::failure::Failure;
use kernel::money::Money;
use moka::future::Cache;

use super::Payments;
use crate::domain::money_stats::{MoneyTotals, TopUps, add_up, top_ups};
use crate::store::money_stats;

/// How old totals may be: whoever presses again and again reads the ledger once.
const TOTALS_FOR: Duration = Duration::from_mins(1);

/// Totals that were counted a moment ago, by one count however many ask at once.
pub type RecentTotals = Cache<(), Arc<MoneyTotals>>;

/// An empty memory of totals.
pub fn recent_totals() -> RecentTotals {
    Cache::builder().max_capacity(1).time_to_live(TOTALS_FOR).build()
}

/// The money of today and of all days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MoneyStats {
    /// Top-ups since midnight in the shop's time zone.
    pub today: Vec<TopUps>,
    /// All else, up to a minute old.
    pub totals: Arc<MoneyTotals>,
}

/// Adds up what staff see.
///
/// # Errors
/// The database's.
pub async fn get_money_stats(payments: &Payments) -> Result<MoneyStats, Failure> {
    let since = payments.midnight();
    let flows = money_stats::list_top_ups(&payments.pool, since).await.map_err(sql::failure)?;
    let count = async { count(payments).await.map(Arc::new).map_err(sql::failure) };
    let totals = payments.recent_totals.try_get_with((), count).await;
    let totals = totals.map_err(Arc::unwrap_or_clone)?;
    Ok(MoneyStats { today: top_ups(&flows), totals })
}

async fn count(payments: &Payments) -> sqlx::Result<MoneyTotals> {
    let mut tx = payments.pool.begin().await?;
    money_stats::stand_still(&mut tx).await?;
    let flows = money_stats::list_flows(&mut tx).await?;
    let purses = money_stats::find_purses(&mut tx).await?;
    tx.rollback().await?;
    Ok(add_up(&flows, purses, Money::zero(payments.terms.currency())))
}
