//! Rules of an item's stock: set by staff, watched so that they hear once when it runs low.

use chassis::sql;
use contract::common::AuditEntry;
use contract::failure::{Failure, Kind};
use contract::inventory::LowStock;
use contract::inventory::event::What;
use kernel::ids::{ItemId, PersonId};

use crate::domain::stock_rules::StockRules;
use crate::operations::{Inventory, audit, item};
use crate::store;

/// Crossings noted in one round.
const BATCH: usize = 100;

impl Inventory {
    /// How many crossings one round of the watch notes.
    pub(crate) const CROSSINGS_AT_ONCE: usize = BATCH;

    /// The rules of an item's stock.
    ///
    /// # Errors
    /// `inventory.item_missing`.
    pub async fn get_stock_rules(&self, item: ItemId) -> Result<StockRules, Failure> {
        let found = store::stock_rules::find(&self.0.pool, item).await.map_err(sql::failure)?;
        found.ok_or_else(item::item_missing)
    }

    /// Sets the rules of an item's stock.
    ///
    /// # Errors
    /// `inventory.item_missing`; `inventory.item_has_stock` where units of the other kind are or were sold.
    pub async fn set_stock_rules(
        &self,
        staff: PersonId,
        item: ItemId,
        rules: StockRules,
    ) -> Result<StockRules, Failure> {
        let mut tx = self.0.pool.begin().await.map_err(sql::failure)?;
        let before = store::stock_rules::lock(&mut *tx, item).await.map_err(sql::failure)?;
        let before = before.ok_or_else(item::item_missing)?;
        if before.sells_files != rules.sells_files {
            let had = store::stock_rules::had_stock(&mut *tx, item).await.map_err(sql::failure)?;
            if had {
                return Err(Failure::new(Kind::Conflict, "inventory.item_has_stock")
                    .because("an item that has or had units goes on selling their kind"));
            }
        }
        let entry = audited(staff, item, &before, &rules);
        if !entry.changes.is_empty() {
            store::stock_rules::set(&mut *tx, item, &rules).await.map_err(sql::failure)?;
            audit(&mut tx, entry).await.map_err(sql::failure)?;
            tx.commit().await.map_err(sql::failure)?;
            self.0.bell.ring();
            self.0.cache.clear();
        }
        Ok(rules)
    }

    /// Looks which items have crossed their thresholds and tells each fall once; how many crossings were found.
    ///
    /// # Errors
    /// The database's.
    pub async fn watch_low_stock(&self) -> Result<usize, Failure> {
        let limit = i64::try_from(BATCH).expect("a small number");
        let pool = &self.0.pool;
        let crossings =
            store::stock_rules::list_crossings(pool, limit).await.map_err(sql::failure)?;
        for crossing in &crossings {
            let mut tx = pool.begin().await.map_err(sql::failure)?;
            let noted = store::stock_rules::note_crossing(&mut *tx, crossing).await;
            if noted.map_err(sql::failure)? && crossing.is_low {
                let what = What::LowStock(LowStock {
                    item_id: crossing.item_id.to_string(),
                    left: crossing.left,
                    low_at: crossing.low_at,
                });
                let event = contract::inventory::Event { what: Some(what) };
                durable::outbox::write(&mut tx, &event).await.map_err(sql::failure)?;
            }
            tx.commit().await.map_err(sql::failure)?;
        }
        if !crossings.is_empty() {
            self.0.bell.ring();
        }
        Ok(crossings.len())
    }
}

fn audited(staff: PersonId, item: ItemId, before: &StockRules, after: &StockRules) -> AuditEntry {
    let (b, a) = (before.limits, after.limits);
    AuditEntry::new(staff, "inventory.stock_rules.update", item)
        .changed("min_per_order", b.min_per_order, a.min_per_order)
        .changed("max_per_order", b.max_per_order, a.max_per_order)
        .changed("max_per_person", b.max_per_person, a.max_per_person)
        .changed("low_at", before.low_at, after.low_at)
        .changed("sells_files", before.sells_files, after.sells_files)
}
