//! Figures of the shop: counted when somebody asks, and then kept for a while.

use std::sync::Arc;
use std::time::Duration;

use chassis::sql;
use contract::failure::Failure;
use moka::future::Cache;

use crate::domain::sales::{self, Figures, Sales, Stock};
use crate::operations::Inventory;
use crate::store;

/// Today is cheap to count.
const TODAY_AGE_MAX: Duration = Duration::from_mins(1);
/// All that was ever sold and all that there is are read from one end to the other: staff who look together share it.
const TOTAL_AGE_MAX: Duration = Duration::from_mins(5);

/// Figures that were counted a moment ago.
pub struct FiguresCache {
    today: Cache<(), Sales>,
    total: Cache<(), (Sales, Stock)>,
}

impl Default for FiguresCache {
    fn default() -> Self {
        Self {
            today: Cache::builder().max_capacity(1).time_to_live(TODAY_AGE_MAX).build(),
            total: Cache::builder().max_capacity(1).time_to_live(TOTAL_AGE_MAX).build(),
        }
    }
}

impl Inventory {
    /// The shop's figures: those of today at most a minute old, all others five.
    ///
    /// # Errors
    /// The database's.
    pub async fn figures(&self) -> Result<Figures, Failure> {
        let cache = &self.0.figures;
        let today = cache.today.try_get_with((), self.count_today());
        let total = cache.total.try_get_with((), self.count_total());
        let (today, (ever, stock)) =
            tokio::try_join!(today, total).map_err(Arc::unwrap_or_clone)?;
        Ok(Figures { today, ever, stock })
    }

    async fn count_today(&self) -> Result<Sales, Failure> {
        let midnight = sales::day_start(self.0.clock.now(), &self.0.config.zone);
        store::sales::since(&self.0.pool, midnight).await.map_err(sql::failure)
    }

    async fn count_total(&self) -> Result<(Sales, Stock), Failure> {
        let mut tx = self.0.pool.begin().await.map_err(sql::failure)?;
        store::sales::be_patient(&mut *tx).await.map_err(sql::failure)?;
        let ever = store::sales::ever(&mut *tx).await.map_err(sql::failure)?;
        let stock = store::sales::stock(&mut *tx).await.map_err(sql::failure)?;
        Ok((ever, stock))
    }
}
