//! What staff switch for the whole shop.

use chassis::sql;
use contract::admin::{MaintenanceChanged, event};
use contract::common::AuditEntry;
use contract::failure::Failure;
use kernel::ids::PersonId;

use super::{Admin, tell};
use crate::domain::shop_state::ShopState;
use crate::store;

impl Admin {
    /// How the shop stands.
    ///
    /// # Errors
    /// The database's.
    pub async fn get_shop_state(&self) -> Result<ShopState, Failure> {
        store::shop_state::get(&self.0.pool).await.map_err(sql::failure)
    }

    /// Closes or opens the shop; the same again changes nothing.
    ///
    /// # Errors
    /// The database's.
    pub async fn set_maintenance(&self, staff: PersonId, state: &ShopState) -> Result<(), Failure> {
        let changed = self.save_shop_state(staff, state).await.map_err(sql::failure)?;
        if changed {
            self.0.bell.ring();
        }
        Ok(())
    }

    async fn save_shop_state(&self, staff: PersonId, state: &ShopState) -> sqlx::Result<bool> {
        let mut tx = self.0.pool.begin().await?;
        let before = store::shop_state::get_for_update(&mut tx).await?;
        if before == *state {
            return Ok(false);
        }
        store::shop_state::save(&mut tx, state).await?;
        let entry = AuditEntry::new(staff, "admin.maintenance.set", "shop")
            .changed("maintenance", before.maintenance, state.maintenance)
            .changed("notice", &before.notice, &state.notice);
        self.audit(&mut tx, entry).await?;
        tell(&mut tx, event::What::MaintenanceChanged(MaintenanceChanged {})).await?;
        tx.commit().await?;
        Ok(true)
    }
}
