//! Items: listed, found and shown to buyers, created and changed by staff.

use std::sync::Arc;

use chassis::sql;
use contract::common::AuditEntry;
use contract::failure::{Failure, Kind};
use kernel::ids::{CategoryId, ItemId, PersonId};
use kernel::page::{Page, PageRequest};

use crate::domain::item::{Draft, Item, ItemChange, Listed, Sorting};
use crate::domain::purchase::Refusal;
use crate::domain::{shelf, words};
use crate::operations::catalog_cache::{self, Shelf};
use crate::operations::{Inventory, audit, category};
use crate::store;

/// Items that a search finds at most; more words find better.
const FOUND_MAX: i64 = 1_000;

impl Inventory {
    /// What a category lists, its categories first, at most a second old.
    ///
    /// # Errors
    /// `inventory.category_missing`.
    pub async fn list_items(
        &self,
        category: CategoryId,
        sorting: Sorting,
        page: PageRequest,
    ) -> Result<Arc<Shelf>, Failure> {
        let key = (category, sorting, catalog_cache::key(page));
        let look = self.look_at_shelf(category, sorting, page);
        let cached = self.0.cache.shelves.try_get_with(key, look).await;
        cached.map_err(Arc::unwrap_or_clone)?.ok_or_else(category::missing)
    }

    /// Items with words that begin with all words of a text, by name.
    ///
    /// # Errors
    /// The database's.
    pub async fn search_items(
        &self,
        text: &str,
        page: PageRequest,
    ) -> Result<Page<Listed>, Failure> {
        let pool = &self.0.pool;
        let Some(question) = words::question(text) else {
            return Ok(Page { rows: Vec::new(), total: 0 });
        };
        let found = store::items::search(pool, &question, FOUND_MAX).await.map_err(sql::failure)?;
        let skip = usize::try_from(page.offset()).unwrap_or(usize::MAX);
        let take = usize::try_from(page.limit()).unwrap_or_default();
        let ids: Vec<_> = found.iter().copied().skip(skip).take(take).collect();
        let rows = store::items::list_these(pool, &ids).await.map_err(sql::failure)?;
        Ok(Page { rows, total: found.len() as u64 })
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
    pub async fn create_item(&self, staff: PersonId, draft: &Draft) -> Result<Listed, Failure> {
        let mut tx = self.0.pool.begin().await.map_err(sql::failure)?;
        let kept = store::categories::keep(&mut *tx, draft.category_id).await;
        if !kept.map_err(sql::failure)? {
            return Err(category::missing());
        }
        if store::items::insert(&mut *tx, draft).await.map_err(refused)? {
            let entry = AuditEntry::new(staff, "inventory.item.create", draft.id)
                .changed("name", "", draft.name.as_str())
                .changed("category_id", "", draft.category_id)
                .changed("price_minor", "", draft.price.money().minor)
                .changed("unlimited", "", draft.unlimited);
            audit(&mut tx, entry).await.map_err(sql::failure)?;
        }
        tx.commit().await.map_err(sql::failure)?;
        self.told();
        let stored = self.fresh_item(draft.id).await?;
        if is_created_from(&stored.item, draft) {
            return Ok(stored);
        }
        Err(Failure::new(Kind::Conflict, "inventory.item_conflict")
            .because("the same id was used for another item"))
    }

    /// Changes an item for orders from now on, all at once.
    ///
    /// # Errors
    /// `inventory.item_missing`, `inventory.name_taken`, `inventory.category_missing`.
    pub async fn update_item(
        &self,
        staff: PersonId,
        id: ItemId,
        change: ItemChange,
    ) -> Result<Listed, Failure> {
        let mut tx = self.0.pool.begin().await.map_err(sql::failure)?;
        // The category first, as whoever archives one does: two of us must not wait for each other.
        if let Some(category) = change.category_id
            && !store::categories::keep(&mut *tx, category).await.map_err(sql::failure)?
        {
            return Err(category::missing());
        }
        let found = store::items::lock_for_change(&mut *tx, id).await.map_err(sql::failure)?;
        let before = found.ok_or_else(item_missing)?;
        let after = before.with(change);
        if after != before {
            store::items::update(&mut *tx, &after).await.map_err(refused)?;
            audit(&mut tx, difference(staff, &before, &after)).await.map_err(sql::failure)?;
            tx.commit().await.map_err(sql::failure)?;
            self.told();
        }
        self.fresh_item(id).await
    }

    async fn look_at_shelf(
        &self,
        category: CategoryId,
        sorting: Sorting,
        page: PageRequest,
    ) -> Result<Option<Arc<Shelf>>, Failure> {
        let pool = &self.0.pool;
        let found = store::categories::look(pool, category).await.map_err(sql::failure)?;
        let Some(standing) = found else { return Ok(None) };
        let (branch, goods) = shelf::split(page, standing.below);
        let categories = if branch.take > 0 {
            let listed = store::categories::list(pool, Some(category), branch).await;
            listed.map_err(sql::failure)?
        } else {
            Vec::new()
        };
        let items = store::items::list(pool, category, sorting, goods);
        let items = items.await.map_err(sql::failure)?;
        let counted = store::items::count(pool, category).await.map_err(sql::failure)?;
        Ok(Some(Arc::new(Shelf {
            category: standing.category,
            place: u32::try_from(standing.place).unwrap_or(u32::MAX),
            categories,
            items,
            total: (standing.below + counted).min(shelf::LISTED_MAX).unsigned_abs(),
        })))
    }

    async fn look_at_item(&self, id: ItemId) -> Result<Option<Arc<Listed>>, Failure> {
        let found = store::items::find(&self.0.pool, id).await.map_err(sql::failure)?;
        Ok(found.map(Arc::new))
    }

    /// The item as it is now, not as it was a second ago.
    pub(super) async fn fresh_item(&self, id: ItemId) -> Result<Listed, Failure> {
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

/// A statement that writes an item failed.
pub(super) fn refused(error: sqlx::Error) -> Failure {
    if sql::is_violation(&error, "items_name_key") {
        category::name_taken()
    } else {
        sql::failure(error)
    }
}

fn difference(staff: PersonId, before: &Item, after: &Item) -> AuditEntry {
    let pictured = |item: &Item| category::pictured(item.picture.as_ref()).to_owned();
    AuditEntry::new(staff, "inventory.item.update", after.id)
        .changed("name", &before.name, &after.name)
        .changed("description", &before.description, &after.description)
        .changed("price_minor", before.price.minor, after.price.minor)
        .changed("category_id", before.category_id, after.category_id)
        .changed("unlimited", before.unlimited, after.unlimited)
        .changed("picture", pictured(before), pictured(after))
}
