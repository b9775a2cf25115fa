//! What staff do with the catalogue from the chat. Ids are made by the caller, so that a repeated update repeats
//! nothing.

use contract::convert;
use contract::failure::Failure;
use contract::inventory as wire;
use contract::inventory::catalog_admin_service_client::CatalogAdminServiceClient;
use jiff::Timestamp;
use kernel::ids::{CategoryId, ItemId};
use kernel::page::{Page, PageRequest};
use uuid::Uuid;

use crate::peers::catalog::{Category, Item};
use crate::peers::{Peers, absent, page};
use crate::screens::NewItemAnswers;

/// A new item, but for what the answers say of it.
#[derive(Debug, Clone, Copy)]
pub struct NewItem {
    /// Made when the last question was shown.
    pub id: ItemId,
    /// Where it is listed.
    pub category: CategoryId,
    /// Whether every buyer gets the same value.
    pub unlimited: bool,
}

/// What a batch consists of; never in debug output.
pub enum Load {
    /// Texts.
    Values(Vec<String>),
    /// One file.
    File {
        /// As the sender calls it.
        name: String,
        /// All of it.
        content: Vec<u8>,
    },
}

/// A new category.
#[derive(Debug, Clone)]
pub struct NewCategory<'a> {
    /// Made from the message that named it.
    pub id: CategoryId,
    /// Where; none: at the top of the shop.
    pub parent: Option<CategoryId>,
    /// Its name.
    pub name: &'a str,
}

/// How much lies below a category.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Contents {
    /// Categories, at any depth.
    pub categories: u32,
    /// Items in all of them.
    pub items: u32,
}

/// What kind of thing was archived.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum ArchivedKind {
    /// Items.
    Item,
    /// Categories.
    Category,
}

/// Something that was archived.
#[derive(Debug, Clone)]
pub struct Archived {
    /// An item's or a category's.
    pub id: Uuid,
    /// Its name.
    pub name: String,
    /// When.
    pub at: Timestamp,
}

/// What became of the values of a batch.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Stocked {
    /// New ones.
    pub added: u32,
    /// Those that are or ever were in the shop.
    pub known: u32,
    /// Those that were in the batch before.
    pub repeated: u32,
    /// Empty or too long ones.
    pub invalid: u32,
}

impl std::ops::AddAssign for Stocked {
    fn add_assign(&mut self, more: Self) {
        self.added += more.added;
        self.known += more.known;
        self.repeated += more.repeated;
        self.invalid += more.invalid;
    }
}

impl Peers {
    /// Adds a category.
    pub async fn create_category(&self, new: NewCategory<'_>) -> Result<(), Failure> {
        let request = self.work(wire::CreateCategoryRequest {
            category_id: new.id.to_string(),
            name: new.name.to_owned(),
            parent_id: new.parent.map(|parent| parent.to_string()).unwrap_or_default(),
        });
        self.catalog_admin().create_category(request).await?;
        Ok(())
    }

    /// Changes what a request names of a category; the rest stays.
    pub async fn update_category(
        &self,
        category: CategoryId,
        change: wire::UpdateCategoryRequest,
    ) -> Result<Category, Failure> {
        let category_id = category.to_string();
        let request = self.work(wire::UpdateCategoryRequest { category_id, ..change });
        let answer = self.catalog_admin().update_category(request).await?.into_inner();
        answer.category.ok_or_else(|| absent("category"))?.try_into()
    }

    /// Archives a category with what was seen below it.
    pub async fn archive_category(
        &self,
        category: CategoryId,
        seen: Contents,
    ) -> Result<(), Failure> {
        let seen = Some(wire::Contents { categories: seen.categories, items: seen.items });
        let category_id = category.to_string();
        let request = self.work(wire::ArchiveCategoryRequest { category_id, seen });
        self.catalog_admin().archive_category(request).await?;
        Ok(())
    }

    /// Puts a category back with all that was archived with it.
    pub async fn restore_category(&self, category: CategoryId) -> Result<(), Failure> {
        let category_id = category.to_string();
        let request = self.work(wire::RestoreCategoryRequest { category_id });
        self.catalog_admin().restore_category(request).await?;
        Ok(())
    }

    /// Adds an item.
    pub async fn create_item(
        &self,
        new: NewItem,
        answers: NewItemAnswers,
    ) -> Result<Item, Failure> {
        let request = self.work(wire::CreateItemRequest {
            item_id: new.id.to_string(),
            category_id: new.category.to_string(),
            name: answers.name,
            description: answers.description,
            price: answers.price.map(Into::into),
            unlimited: new.unlimited,
        });
        let answer = self.catalog_admin().create_item(request).await?.into_inner();
        answer.item.ok_or_else(|| absent("item"))?.try_into()
    }

    /// Changes what a request names of an item, for orders from now on; the rest stays.
    pub async fn update_item(
        &self,
        item: ItemId,
        change: wire::UpdateItemRequest,
    ) -> Result<Item, Failure> {
        let item_id = item.to_string();
        let request = self.work(wire::UpdateItemRequest { item_id, ..change });
        let answer = self.catalog_admin().update_item(request).await?.into_inner();
        answer.item.ok_or_else(|| absent("item"))?.try_into()
    }

    /// Archives an item.
    pub async fn archive_item(&self, item: ItemId) -> Result<(), Failure> {
        let request = self.work(wire::ArchiveItemRequest { item_id: item.to_string() });
        self.catalog_admin().archive_item(request).await?;
        Ok(())
    }

    /// Puts an item back.
    pub async fn restore_item(&self, item: ItemId) -> Result<(), Failure> {
        let request = self.work(wire::RestoreItemRequest { item_id: item.to_string() });
        self.catalog_admin().restore_item(request).await?;
        Ok(())
    }

    /// What was archived, the last first.
    pub async fn list_archived(
        &self,
        kind: ArchivedKind,
        at: PageRequest,
    ) -> Result<Page<Archived>, Failure> {
        let kind = match kind {
            ArchivedKind::Item => wire::ArchivedKind::Item,
            ArchivedKind::Category => wire::ArchivedKind::Category,
        };
        let page = Some(page(at));
        let request = self.read(wire::ListArchivedRequest { kind: kind.into(), page });
        let answer = self.catalog_admin().list_archived(request).await?.into_inner();
        let rows = answer.archived.into_iter().map(|one| {
            let at = convert::instant(one.archived_at);
            Ok(Archived { id: convert::id("id", &one.id)?, name: one.name, at })
        });
        Ok(Page { rows: rows.collect::<Result<_, Failure>>()?, total: answer.total })
    }

    /// Adds units to an item; the same batch again adds nothing.
    pub async fn add_stock(
        &self,
        batch: Uuid,
        item: ItemId,
        load: Load,
    ) -> Result<Stocked, Failure> {
        let units = match load {
            Load::Values(values) => {
                values.into_iter().map(|value| wire::UnitValue { value, file: None }).collect()
            }
            Load::File { name, content } => {
                let file = wire::UnitFile { name, content, ..wire::UnitFile::default() };
                vec![wire::UnitValue { value: String::new(), file: Some(file) }]
            }
        };
        let request = self.work(wire::AddStockRequest {
            batch_id: batch.to_string(),
            item_id: item.to_string(),
            units,
        });
        let answer = self.catalog_admin().add_stock(request).await?.into_inner();
        Ok(Stocked {
            added: answer.added,
            known: answer.known,
            repeated: answer.repeated_in_batch,
            invalid: answer.invalid,
        })
    }

    fn catalog_admin(&self) -> CatalogAdminServiceClient<contract::wire::Wire> {
        CatalogAdminServiceClient::new(self.wires.inventory.clone())
    }
}
