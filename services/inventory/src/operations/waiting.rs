//! People who want to hear when a sold-out item is back.

use chassis::sql;
use contract::failure::Failure;
use kernel::ids::{ItemId, PersonId};

use crate::operations::{Inventory, item};
use crate::store;

impl Inventory {
    /// Has a person wait for an item.
    ///
    /// # Errors
    /// `inventory.item_missing`.
    pub async fn watch_item(&self, item: ItemId, person: PersonId) -> Result<(), Failure> {
        match store::waiters::insert(&self.0.pool, item, person).await {
            Err(error) if sql::is_violation(&error, "waiters_item_id_fkey") => {
                Err(item::item_missing())
            }
            outcome => outcome.map_err(sql::failure),
        }
    }

    /// Has people wait no longer.
    ///
    /// # Errors
    /// The database's.
    pub async fn drop_waiters(&self, item: ItemId, people: &[i64]) -> Result<(), Failure> {
        store::waiters::delete(&self.0.pool, item, people).await.map_err(sql::failure)
    }

    /// People who wait, in the order of their ids.
    ///
    /// # Errors
    /// The database's.
    pub async fn list_waiters(
        &self,
        item: ItemId,
        after: i64,
        limit: i64,
    ) -> Result<Vec<i64>, Failure> {
        store::waiters::list(&self.0.pool, item, after, limit).await.map_err(sql::failure)
    }
}
