//! The catalogue as RPCs for staff.

use chassis::guard;
use contract::convert::{self, invalid, timestamp};
use contract::failure::Failure;
use contract::inventory::catalog_admin_service_server::CatalogAdminService;
use contract::inventory::{
    AddStockRequest, AddStockResponse, ArchiveCategoryRequest, ArchiveCategoryResponse,
    ArchiveItemRequest, ArchiveItemResponse, ArchivedKind, CreateCategoryRequest,
    CreateCategoryResponse, CreateItemRequest, CreateItemResponse, ListArchivedRequest,
    ListArchivedResponse, RestoreCategoryRequest, RestoreCategoryResponse, RestoreItemRequest,
    RestoreItemResponse, UnitValue, UpdateCategoryRequest, UpdateCategoryResponse,
    UpdateItemRequest, UpdateItemResponse,
};
use kernel::currency::Currency;
use tonic::{Request, Response, Status};
use uuid::Uuid;

use crate::api::catalog::{decode_place, encode_category, encode_item};
use crate::domain::archived::{self, Archived};
use crate::domain::category::{CategoryChange, Contents, NewCategory};
use crate::domain::edit::Edit;
use crate::domain::file::NewFile;
use crate::domain::item::{Description, Draft, ItemChange, Price};
use crate::domain::name::Name;
use crate::domain::picture::Picture;
use crate::operations::{Batch, Inventory, Load};

pub struct Api(pub Inventory);

#[tonic::async_trait]
impl CatalogAdminService for Api {
    async fn create_category(
        &self,
        request: Request<CreateCategoryRequest>,
    ) -> Result<Response<CreateCategoryResponse>, Status> {
        let staff = guard::actor(&request)?.person()?;
        let request = request.into_inner();
        let new = NewCategory {
            id: convert::id("category_id", &request.category_id)?,
            parent: decode_place("parent_id", &request.parent_id)?,
            name: decode_name(&request.name)?,
        };
        let category = self.0.create_category(staff, &new).await?;
        let category = Some(encode_category(&category));
        Ok(Response::new(CreateCategoryResponse { category }))
    }

    async fn update_category(
        &self,
        request: Request<UpdateCategoryRequest>,
    ) -> Result<Response<UpdateCategoryResponse>, Status> {
        let staff = guard::actor(&request)?.person()?;
        let request = request.into_inner();
        let id = convert::id("category_id", &request.category_id)?;
        let category = self.0.update_category(staff, id, decode_category_change(&request)?).await?;
        let category = Some(encode_category(&category));
        Ok(Response::new(UpdateCategoryResponse { category }))
    }

    async fn archive_category(
        &self,
        request: Request<ArchiveCategoryRequest>,
    ) -> Result<Response<ArchiveCategoryResponse>, Status> {
        let staff = guard::actor(&request)?.person()?;
        let request = request.into_inner();
        let id = convert::id("category_id", &request.category_id)?;
        let seen = request.seen.unwrap_or_default();
        let seen = Contents { categories: seen.categories, items: seen.items };
        self.0.archive_category(staff, id, seen).await?;
        Ok(Response::new(ArchiveCategoryResponse {}))
    }

    async fn restore_category(
        &self,
        request: Request<RestoreCategoryRequest>,
    ) -> Result<Response<RestoreCategoryResponse>, Status> {
        let staff = guard::actor(&request)?.person()?;
        let id = convert::id("category_id", &request.into_inner().category_id)?;
        let category = self.0.restore_category(staff, id).await?;
        let category = Some(encode_category(&category));
        Ok(Response::new(RestoreCategoryResponse { category }))
    }

    async fn create_item(
        &self,
        request: Request<CreateItemRequest>,
    ) -> Result<Response<CreateItemResponse>, Status> {
        let staff = guard::actor(&request)?.person()?;
        let draft = decode_draft(request.into_inner(), self.0.currency())?;
        let item = self.0.create_item(staff, &draft).await?;
        Ok(Response::new(CreateItemResponse { item: Some(encode_item(&item)) }))
    }

    async fn update_item(
        &self,
        request: Request<UpdateItemRequest>,
    ) -> Result<Response<UpdateItemResponse>, Status> {
        let staff = guard::actor(&request)?.person()?;
        let request = request.into_inner();
        let id = convert::id("item_id", &request.item_id)?;
        let change = decode_item_change(request, self.0.currency())?;
        let item = self.0.update_item(staff, id, change).await?;
        Ok(Response::new(UpdateItemResponse { item: Some(encode_item(&item)) }))
    }

    async fn archive_item(
        &self,
        request: Request<ArchiveItemRequest>,
    ) -> Result<Response<ArchiveItemResponse>, Status> {
        let staff = guard::actor(&request)?.person()?;
        let id = convert::id("item_id", &request.into_inner().item_id)?;
        self.0.archive_item(staff, id).await?;
        Ok(Response::new(ArchiveItemResponse {}))
    }

    async fn restore_item(
        &self,
        request: Request<RestoreItemRequest>,
    ) -> Result<Response<RestoreItemResponse>, Status> {
        let staff = guard::actor(&request)?.person()?;
        let id = convert::id("item_id", &request.into_inner().item_id)?;
        let item = self.0.restore_item(staff, id).await?;
        Ok(Response::new(RestoreItemResponse { item: Some(encode_item(&item)) }))
    }

    async fn list_archived(
        &self,
        request: Request<ListArchivedRequest>,
    ) -> Result<Response<ListArchivedResponse>, Status> {
        let request = request.into_inner();
        let kind = match request.kind() {
            ArchivedKind::Item => archived::Kind::Item,
            ArchivedKind::Category => archived::Kind::Category,
            ArchivedKind::Unspecified => return Err(invalid("kind", "is required").into()),
        };
        let page = self.0.list_archived(kind, convert::page(request.page)).await?;
        let archived = page.rows.into_iter().map(encode_archived).collect();
        Ok(Response::new(ListArchivedResponse { archived, total: page.total }))
    }

    async fn add_stock(
        &self,
        request: Request<AddStockRequest>,
    ) -> Result<Response<AddStockResponse>, Status> {
        let staff = guard::actor(&request)?.person()?;
        let request = request.into_inner();
        let batch = Batch {
            id: convert::id::<Uuid>("batch_id", &request.batch_id)?,
            item_id: convert::id("item_id", &request.item_id)?,
            staff,
            load: decode_load(request.units)?,
        };
        let counters = self.0.add_stock(batch).await?;
        Ok(Response::new(AddStockResponse {
            added: counters.added,
            known: counters.known,
            repeated_in_batch: counters.repeated,
            invalid: counters.invalid,
        }))
    }
}

/// Values or files; a batch of both would not tell which of them failed.
fn decode_load(units: Vec<UnitValue>) -> Result<Load, Failure> {
    let count = units.len();
    let (mut values, mut files) = (Vec::new(), Vec::new());
    for unit in units {
        match unit.file {
            Some(file) => files.push(NewFile { name: file.name, content: file.content }),
            None => values.push(unit.value),
        }
    }
    match (values.len(), files.len()) {
        (_, 0) => Ok(Load::Values(values)),
        (0, all) if all == count => Ok(Load::Files(files)),
        _ => Err(invalid("units", "values and files do not go into one batch")),
    }
}

fn decode_draft(request: CreateItemRequest, currency: Currency) -> Result<Draft, Failure> {
    Ok(Draft {
        id: convert::id("item_id", &request.item_id)?,
        category_id: convert::id("category_id", &request.category_id)?,
        name: decode_name(&request.name)?,
        description: decode_description(&request.description)?,
        price: decode_price(request.price, currency)?,
        unlimited: request.unlimited,
    })
}

fn decode_item_change(
    request: UpdateItemRequest,
    currency: Currency,
) -> Result<ItemChange, Failure> {
    let category = request.category_id.as_deref();
    let price = request.price.map(|price| decode_price(Some(price), currency));
    Ok(ItemChange {
        name: request.name.as_deref().map(decode_name).transpose()?,
        description: request.description.as_deref().map(decode_description).transpose()?,
        price: price.transpose()?,
        category_id: category.map(|id| convert::id("category_id", id)).transpose()?,
        unlimited: request.unlimited,
        picture: decode_picture(request.picture.as_deref())?,
    })
}

fn decode_category_change(request: &UpdateCategoryRequest) -> Result<CategoryChange, Failure> {
    let parent = match request.parent_id.as_deref() {
        None => Edit::Keep,
        Some(text) => decode_place("parent_id", text)?.into(),
    };
    Ok(CategoryChange {
        name: request.name.as_deref().map(decode_name).transpose()?,
        parent,
        picture: decode_picture(request.picture.as_deref())?,
    })
}

/// A picture; absent is the present one, empty is none.
fn decode_picture(text: Option<&str>) -> Result<Edit<Picture>, Failure> {
    match text {
        None => Ok(Edit::Keep),
        Some("") => Ok(Edit::Remove),
        Some(id) => Picture::parse(id).map(Edit::Put).map_err(|why| invalid("picture", why)),
    }
}

fn decode_description(text: &str) -> Result<Description, Failure> {
    Description::parse(text).map_err(|why| invalid("description", why))
}

fn encode_archived(archived: Archived) -> contract::inventory::Archived {
    contract::inventory::Archived {
        id: archived.id.to_string(),
        name: archived.name,
        archived_at: Some(timestamp(archived.at)),
    }
}

fn decode_name(text: &str) -> Result<Name, Failure> {
    Name::parse(text).map_err(|why| invalid("name", why))
}

fn decode_price(
    price: Option<contract::common::Money>,
    currency: Currency,
) -> Result<Price, Failure> {
    let amount = convert::money("price", price)?;
    Price::new(amount, currency).map_err(|why| invalid("price", why))
}
