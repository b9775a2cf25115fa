//! Categories: listed for buyers, created by staff.

use std::sync::Arc;

use chassis::sql;
use contract::failure::{Failure, Kind};
use kernel::ids::CategoryId;
use kernel::page::{Page, PageRequest};

use crate::domain::category::Category;
use crate::domain::name::Name;
use crate::operations::{Inventory, catalog_cache};
use crate::store;

impl Inventory {
    /// Categories by name, at most a second old.
    ///
    /// # Errors
    /// The database's.
    pub async fn list_categories(&self, page: PageRequest) -> Result<Arc<Page<Category>>, Failure> {
        let look = async {
            store::categories::list(&self.0.pool, page).await.map(Arc::new).map_err(sql::failure)
        };
        let cached = self.0.cache.categories.try_get_with(catalog_cache::key(page), look).await;
        cached.map_err(Arc::unwrap_or_clone)
    }

    /// Creates a category; the same id again changes nothing.
    ///
    /// # Errors
    /// `inventory.name_taken`; `inventory.category_conflict` where the id has another name.
    pub async fn create_category(&self, id: CategoryId, name: &Name) -> Result<Category, Failure> {
        let pool = &self.0.pool;
        match store::categories::insert(pool, id, name).await {
            Ok(_) => self.0.cache.clear(),
            Err(error) if sql::is_violation(&error, "categories_name_key") => {
                return Err(name_taken());
            }
            Err(error) => return Err(sql::failure(error)),
        }
        let stored = store::categories::find(pool, id).await.map_err(sql::failure)?;
        stored.filter(|category| category.name == name.as_str()).ok_or_else(|| {
            Failure::new(Kind::Conflict, "inventory.category_conflict")
                .because("the same id was used for another category")
        })
    }
}

pub(super) fn name_taken() -> Failure {
    Failure::new(Kind::Conflict, "inventory.name_taken").because("the name is already in use")
}
