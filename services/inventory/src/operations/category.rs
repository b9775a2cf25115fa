//! Categories: listed for buyers, created and changed by staff.

use std::sync::Arc;

use chassis::sql;
use contract::common::AuditEntry;
use contract::failure::{Failure, Kind};
use kernel::ids::{CategoryId, PersonId};
use kernel::page::{Page, PageRequest};
use sqlx::PgConnection;

use crate::domain::category::{Category, CategoryChange, Misplaced, NewCategory, check_place};
use crate::domain::picture::Picture;
use crate::domain::shelf::Rows;
use crate::operations::catalog_cache::{self, Branch};
use crate::operations::{Inventory, audit};
use crate::store;

impl Inventory {
    /// Categories of a place by name, at most a second old.
    ///
    /// # Errors
    /// `inventory.category_missing`.
    pub async fn list_categories(
        &self,
        parent: Option<CategoryId>,
        page: PageRequest,
    ) -> Result<Arc<Branch>, Failure> {
        let key = (parent, catalog_cache::key(page));
        let look = self.look_at_branch(parent, page);
        let cached = self.0.cache.branches.try_get_with(key, look).await;
        cached.map_err(Arc::unwrap_or_clone)?.ok_or_else(missing)
    }

    /// Creates a category; the same id again changes nothing.
    ///
    /// # Errors
    /// `inventory.name_taken`, `inventory.category_missing`, `inventory.category_too_deep`;
    /// `inventory.category_conflict` where the id is another category's.
    pub async fn create_category(
        &self,
        staff: PersonId,
        new: &NewCategory,
    ) -> Result<Category, Failure> {
        let mut tx = self.0.pool.begin().await.map_err(sql::failure)?;
        store::categories::take_turn(&mut *tx).await.map_err(sql::failure)?;
        check(&mut tx, new.id, 1, new.parent).await?;
        if store::categories::insert(&mut *tx, new).await.map_err(refused)? {
            let entry = AuditEntry::new(staff, "inventory.category.create", new.id)
                .changed("name", "", new.name.as_str())
                .changed("parent_id", "", shown(new.parent));
            audit(&mut tx, entry).await.map_err(sql::failure)?;
        }
        let stored = store::categories::find(&mut *tx, new.id).await.map_err(sql::failure)?;
        tx.commit().await.map_err(sql::failure)?;
        self.told();
        let is_new =
            |stored: &Category| stored.name == new.name.as_str() && stored.parent == new.parent;
        stored.filter(is_new).ok_or_else(|| {
            Failure::new(Kind::Conflict, "inventory.category_conflict")
                .because("the same id was used for another category")
        })
    }

    /// Renames, moves and pictures a category.
    ///
    /// # Errors
    /// `inventory.category_missing`, `inventory.name_taken`, `inventory.category_too_deep`,
    /// `inventory.category_cycle`.
    pub async fn update_category(
        &self,
        staff: PersonId,
        id: CategoryId,
        change: CategoryChange,
    ) -> Result<Category, Failure> {
        let mut tx = self.0.pool.begin().await.map_err(sql::failure)?;
        store::categories::take_turn(&mut *tx).await.map_err(sql::failure)?;
        store::archive::lock_category(&mut *tx, id).await.map_err(sql::failure)?;
        let found = store::categories::find(&mut *tx, id).await.map_err(sql::failure)?;
        let before = found.ok_or_else(missing)?;
        let after = before.with(change);
        if after == before {
            return Ok(after);
        }
        if after.parent != before.parent {
            let levels = store::categories::levels(&mut *tx, id, None).await;
            check(&mut tx, id, levels.map_err(sql::failure)?, after.parent).await?;
        }
        store::categories::update(&mut *tx, &after).await.map_err(refused)?;
        let entry = AuditEntry::new(staff, "inventory.category.update", id)
            .changed("name", &before.name, &after.name)
            .changed("parent_id", shown(before.parent), shown(after.parent))
            .changed(
                "picture",
                pictured(before.picture.as_ref()),
                pictured(after.picture.as_ref()),
            );
        audit(&mut tx, entry).await.map_err(sql::failure)?;
        tx.commit().await.map_err(sql::failure)?;
        self.told();
        Ok(after)
    }

    async fn look_at_branch(
        &self,
        parent: Option<CategoryId>,
        page: PageRequest,
    ) -> Result<Option<Arc<Branch>>, Failure> {
        let pool = &self.0.pool;
        let place = match parent {
            None => None,
            Some(id) => match store::categories::find(pool, id).await.map_err(sql::failure)? {
                None => return Ok(None),
                found => found,
            },
        };
        let rows = Rows { skip: page.offset(), take: page.limit() };
        let rows = store::categories::list(pool, parent, rows).await.map_err(sql::failure)?;
        let total = store::categories::count(pool, parent).await.map_err(sql::failure)?;
        let categories = Page { rows, total: total.unsigned_abs() };
        Ok(Some(Arc::new(Branch { parent: place, categories })))
    }

    /// After a change of the catalogue was committed: followers hear of it, and whoever looks here sees it.
    pub(super) fn told(&self) {
        self.0.bell.ring();
        self.0.cache.clear();
    }
}

/// Whether a category with so many levels may stand in a place. The tree stays as it is meanwhile: it is our turn.
pub(super) async fn check(
    conn: &mut PgConnection,
    id: CategoryId,
    levels: usize,
    parent: Option<CategoryId>,
) -> Result<(), Failure> {
    let above = match parent {
        None => Vec::new(),
        Some(parent) => {
            let line = store::categories::line(conn, parent).await.map_err(sql::failure)?;
            if line.is_empty() {
                return Err(missing());
            }
            line
        }
    };
    check_place(id, levels, &above).map_err(|why| match why {
        Misplaced::Cycle => Failure::new(Kind::Conflict, "inventory.category_cycle")
            .because("a category cannot be moved into itself or into what it lists"),
        Misplaced::TooDeep => Failure::new(Kind::Conflict, "inventory.category_too_deep")
            .because("categories lie in each other four levels deep at most"),
    })
}

/// A statement that writes a category failed.
pub(super) fn refused(error: sqlx::Error) -> Failure {
    if sql::is_violation(&error, "categories_name_key") {
        name_taken()
    } else {
        sql::failure(error)
    }
}

pub(super) fn name_taken() -> Failure {
    Failure::new(Kind::Conflict, "inventory.name_taken").because("the name is already in use")
}

pub(super) fn missing() -> Failure {
    Failure::new(Kind::Missing, "inventory.category_missing").because("there is no such category")
}

fn shown(parent: Option<CategoryId>) -> String {
    parent.map(|parent| parent.to_string()).unwrap_or_default()
}

pub(super) fn pictured(picture: Option<&Picture>) -> &str {
    picture.map(Picture::as_str).unwrap_or_default()
}
