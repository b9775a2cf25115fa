//! Items: listed and shown to buyers, created and priced by staff.

use std::sync::Arc;

use chassis::sql;
use contract::failure::{Failure, Kind};
use kernel::ids::{CategoryId, ItemId};
use kernel::page::PageRequest;

use crate::domain::item::{Draft, Item, Listed, Price};
use crate::domain::purchase::Refusal;
use crate::operations::catalog_cache::{self, Shelf};
use crate::operations::{Inventory, category};
use crate::store;

impl Inventory {
    /// Items of a category by name, at most a second old.
    ///
    /// # Errors
    /// `inventory.category_missing`.
    pub async fn list_items(
        &self,
        category: CategoryId,
        page: PageRequest,
    ) -> Result<Arc<Shelf>, Failure> {
        let key = (category, catalog_cache::key(page));
        let look = self.look_at_shelf(category, page);
        let cached = self.0.cache.shelves.try_get_with(key, look).await;
        cached.map_err(Arc::unwrap_or_clone)?.ok_or_else(category_missing)
    }

    /// One item, at most a second old.
    ///
    /// # Errors
    /// `inventory.item_missing`.
    pub async fn get_item(&self, id: ItemId) -> Result<Arc<Listed>, Failure> {
        let cached = self.0.cache.items.try_get_with(id, self.look_at_item(id)).await;
        cached.map_err(Arc::unwrap_or_clone)?.ok_or_else(item_missing)
    }

    /// Creates an item; the same id again changes nothing, not even a price that was set since.
    ///
    /// # Errors
    /// `inventory.name_taken`, `inventory.category_missing`; `inventory.item_conflict` where the id is another item's.
    pub async fn create_item(&self, draft: &Draft) -> Result<Listed, Failure> {
        match store::items::insert(&self.0.pool, draft).await {
            Ok(_) => self.0.cache.clear(),
            Err(error) if sql::is_violation(&error, "items_name_key") => {
                return Err(category::name_taken());
            }
            Err(error) if sql::is_violation(&error, "items_category_id_fkey") => {
                return Err(category_missing());
            }
            Err(error) => return Err(sql::failure(error)),
        }
        let stored = self.fresh_item(draft.id).await?;
        if is_created_from(&stored.item, draft) {
            return Ok(stored);
        }
        Err(Failure::new(Kind::Conflict, "inventory.item_conflict")
            .because("the same id was used for another item"))
    }

    /// Sets the price for orders from now on.
    ///
    /// # Errors
    /// `inventory.item_missing`.
    pub async fn set_price(&self, id: ItemId, price: Price) -> Result<Listed, Failure> {
        let pool = &self.0.pool;
        let found = store::items::set_price(pool, id, price).await.map_err(sql::failure)?;
        self.0.cache.clear();
        if found { self.fresh_item(id).await } else { Err(item_missing()) }
    }

    async fn look_at_shelf(
        &self,
        category: CategoryId,
        page: PageRequest,
    ) -> Result<Option<Arc<Shelf>>, Failure> {
        let pool = &self.0.pool;
        let found = store::categories::find(pool, category).await.map_err(sql::failure)?;
        let Some(category) = found else { return Ok(None) };
        let items = store::items::list(pool, category.id, page).await.map_err(sql::failure)?;
        Ok(Some(Arc::new(Shelf { category, items })))
    }

    async fn look_at_item(&self, id: ItemId) -> Result<Option<Arc<Listed>>, Failure> {
        let found = store::items::find(&self.0.pool, id).await.map_err(sql::failure)?;
        Ok(found.map(Arc::new))
    }

    /// The item as it is now, not as it was a second ago.
    async fn fresh_item(&self, id: ItemId) -> Result<Listed, Failure> {
        let found = store::items::find(&self.0.pool, id).await.map_err(sql::failure)?;
        found.ok_or_else(item_missing)
    }
}

fn is_created_from(item: &Item, draft: &Draft) -> bool {
    item.category_id == draft.category_id
        && item.name == draft.name.as_str()
        && item.unlimited == draft.unlimited
}

pub(super) fn item_missing() -> Failure {
    Failure::new(Kind::Missing, Refusal::ItemMissing.code())
        .because("there is no such item any more")
}

pub(super) fn category_missing() -> Failure {
    Failure::new(Kind::Missing, "inventory.category_missing").because("there is no such category")
}
