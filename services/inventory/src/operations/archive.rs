//! Taking items and categories out of the shop and putting them back. Nothing is deleted: orders, promo codes and the
//! audit keep what they name.

use chassis::sql;
use contract::common::AuditEntry;
use contract::failure::{Failure, Kind};
use kernel::ids::{CategoryId, ItemId, PersonId};
use kernel::page::{Page, PageRequest};
use sqlx::PgConnection;

use crate::domain::archived::{self, Archived};
use crate::domain::category::{Category, Contents};
use crate::domain::item::Listed;
use crate::operations::{Inventory, audit, category, item};
use crate::store;
use crate::store::archive::Whereabouts;

impl Inventory {
    /// Archives a category with all below it, provided that this is what was seen.
    ///
    /// # Errors
    /// `inventory.category_missing`; `inventory.category_not_empty` with what is below it now.
    pub async fn archive_category(
        &self,
        staff: PersonId,
        id: CategoryId,
        seen: Contents,
    ) -> Result<(), Failure> {
        let mut tx = self.0.pool.begin().await.map_err(sql::failure)?;
        store::categories::take_turn(&mut *tx).await.map_err(sql::failure)?;
        let found = store::archive::lock_category(&mut *tx, id).await.map_err(sql::failure)?;
        match found {
            None => return Err(category::missing()),
            Some((Whereabouts::InShop, _)) => {}
            Some(_) => return Ok(()),
        }
        let below = archive_all(&mut tx, id, seen).await?;
        let entry = AuditEntry::new(staff, "inventory.category.archive", id)
            .changed("archived_categories", 0, below.categories)
            .changed("archived_items", 0, below.items);
        audit(&mut tx, entry).await.map_err(sql::failure)?;
        tx.commit().await.map_err(sql::failure)?;
        self.told();
        Ok(())
    }

    /// Puts a category back with all that was archived with it.
    ///
    /// # Errors
    /// `inventory.category_missing`, `inventory.name_taken`, `inventory.category_archived`,
    /// `inventory.category_too_deep`.
    pub async fn restore_category(
        &self,
        staff: PersonId,
        id: CategoryId,
    ) -> Result<Category, Failure> {
        let mut tx = self.0.pool.begin().await.map_err(sql::failure)?;
        store::categories::take_turn(&mut *tx).await.map_err(sql::failure)?;
        let found = store::archive::lock_category(&mut *tx, id).await.map_err(sql::failure)?;
        match found {
            None => return Err(category::missing()),
            Some((Whereabouts::InShop, _)) => {}
            // It comes back with the one that took it along.
            Some((Whereabouts::ArchivedWith(_), _)) => return Err(category_archived()),
            Some((Whereabouts::Archived, parent)) => {
                let restored = restore_all(&mut tx, id, parent).await?;
                let entry = AuditEntry::new(staff, "inventory.category.restore", id)
                    .changed("restored_categories", 0, restored.categories)
                    .changed("restored_items", 0, restored.items);
                audit(&mut tx, entry).await.map_err(sql::failure)?;
            }
        }
        let found = store::categories::find(&mut *tx, id).await.map_err(sql::failure)?;
        tx.commit().await.map_err(sql::failure)?;
        self.told();
        found.ok_or_else(category::missing)
    }

    /// Archives an item; its orders and units stay as they are.
    ///
    /// # Errors
    /// `inventory.item_missing`.
    pub async fn archive_item(&self, staff: PersonId, id: ItemId) -> Result<(), Failure> {
        let mut tx = self.0.pool.begin().await.map_err(sql::failure)?;
        let found = store::archive::lock_item(&mut *tx, id).await.map_err(sql::failure)?;
        match found {
            None => return Err(item::item_missing()),
            Some((Whereabouts::InShop, ..)) => {}
            Some(_) => return Ok(()),
        }
        store::archive::archive_item(&mut *tx, id).await.map_err(sql::failure)?;
        let entry =
            AuditEntry::new(staff, "inventory.item.archive", id).changed("archived", false, true);
        audit(&mut tx, entry).await.map_err(sql::failure)?;
        tx.commit().await.map_err(sql::failure)?;
        self.told();
        Ok(())
    }

    /// Puts an item back into its category.
    ///
    /// # Errors
    /// `inventory.item_missing`, `inventory.name_taken`, `inventory.category_archived`.
    pub async fn restore_item(&self, staff: PersonId, id: ItemId) -> Result<Listed, Failure> {
        let mut tx = self.0.pool.begin().await.map_err(sql::failure)?;
        // Nobody archives its category meanwhile: that is a change of the tree.
        store::categories::take_turn(&mut *tx).await.map_err(sql::failure)?;
        let found = store::archive::lock_item(&mut *tx, id).await.map_err(sql::failure)?;
        let (whereabouts, category_id, name) = found.ok_or_else(item::item_missing)?;
        if whereabouts != Whereabouts::InShop {
            let kept = store::categories::keep(&mut *tx, category_id).await;
            if !kept.map_err(sql::failure)? {
                return Err(category_archived());
            }
            let restored = store::archive::restore_item(&mut *tx, id).await;
            restored.map_err(item::refused).map_err(|failure| named(failure, &name))?;
            let entry = AuditEntry::new(staff, "inventory.item.restore", id)
                .changed("archived", true, false);
            audit(&mut tx, entry).await.map_err(sql::failure)?;
        }
        tx.commit().await.map_err(sql::failure)?;
        self.told();
        self.fresh_item(id).await
    }

    /// What was archived by itself, the last first.
    ///
    /// # Errors
    /// The database's.
    pub async fn list_archived(
        &self,
        kind: archived::Kind,
        page: PageRequest,
    ) -> Result<Page<Archived>, Failure> {
        let pool = &self.0.pool;
        let listed = match kind {
            archived::Kind::Item => store::archive::list_items(pool, page).await,
            archived::Kind::Category => store::archive::list_categories(pool, page).await,
        };
        listed.map_err(sql::failure)
    }
}

/// Archives a tree of categories with its items, provided that its contents are what was seen.
async fn archive_all(
    conn: &mut PgConnection,
    id: CategoryId,
    seen: Contents,
) -> Result<Contents, Failure> {
    // From here on nobody can list anything new in these categories.
    let tree = store::archive::archive_categories(&mut *conn, id).await.map_err(sql::failure)?;
    let items = store::archive::count_items(&mut *conn, &tree).await.map_err(sql::failure)?;
    let below = Contents {
        categories: u32::try_from(tree.len().saturating_sub(1)).unwrap_or(u32::MAX),
        items: u32::try_from(items).unwrap_or(u32::MAX),
    };
    if below != seen {
        return Err(Failure::new(Kind::Conflict, "inventory.category_not_empty")
            .because("the category lists something else than was seen; confirm it again")
            .with("categories", below.categories)
            .with("items", below.items));
    }
    store::archive::archive_items_of(conn, &tree, id).await.map_err(sql::failure)?;
    Ok(below)
}

/// Puts a tree of categories back below its parent, with its items.
async fn restore_all(
    conn: &mut PgConnection,
    id: CategoryId,
    parent: Option<CategoryId>,
) -> Result<Contents, Failure> {
    let levels = store::categories::levels(&mut *conn, id, Some(id)).await;
    let placed = category::check(&mut *conn, id, levels.map_err(sql::failure)?, parent).await;
    placed.map_err(|failure| match failure.kind() {
        Kind::Missing => category_archived(),
        _ => failure,
    })?;
    let taken = store::archive::find_taken_item_name(&mut *conn, id).await.map_err(sql::failure)?;
    if let Some(name) = taken {
        return Err(named(category::name_taken(), &name));
    }
    let restored = store::archive::restore_categories(&mut *conn, id).await;
    let categories = restored.map_err(category::refused)?;
    let items = store::archive::restore_items_of(conn, id).await.map_err(item::refused)?;
    Ok(Contents {
        categories: u32::try_from(categories.saturating_sub(1)).unwrap_or(u32::MAX),
        items: u32::try_from(items).unwrap_or(u32::MAX),
    })
}

fn category_archived() -> Failure {
    Failure::new(Kind::Conflict, "inventory.category_archived")
        .because("the category that lists it is archived; put that back first")
}

/// Which name is taken, where it is not the caller who gave it.
fn named(failure: Failure, name: &str) -> Failure {
    if failure.code() == category::name_taken().code() {
        failure.with("name", name)
    } else {
        failure
    }
}
