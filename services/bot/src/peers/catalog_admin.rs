//! What staff do with the catalogue from the chat. Ids are made by the caller, so that a repeated update repeats
//! nothing.

use contract::failure::Failure;
use contract::inventory as wire;
use contract::inventory::catalog_admin_service_client::CatalogAdminServiceClient;
use kernel::ids::{CategoryId, ItemId};
use kernel::money::Money;
use uuid::Uuid;

use crate::peers::catalog::Item;
use crate::peers::{Peers, absent};
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
    pub async fn create_category(&self, id: CategoryId, name: &str) -> Result<(), Failure> {
        let request = self.work(wire::CreateCategoryRequest {
            category_id: id.to_string(),
            name: name.to_owned(),
        });
        self.catalog_admin().create_category(request).await?;
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

    /// Changes a price for orders from now on.
    pub async fn set_price(&self, item: ItemId, price: Money) -> Result<Item, Failure> {
        let request = self
            .work(wire::SetPriceRequest { item_id: item.to_string(), price: Some(price.into()) });
        let answer = self.catalog_admin().set_price(request).await?.into_inner();
        answer.item.ok_or_else(|| absent("item"))?.try_into()
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
