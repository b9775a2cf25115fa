//! The catalogue as RPCs for staff.

use chassis::guard;
use contract::convert::{self, invalid};
use contract::failure::Failure;
use contract::inventory::catalog_admin_service_server::CatalogAdminService;
use contract::inventory::{
    AddStockRequest, AddStockResponse, CreateCategoryRequest, CreateCategoryResponse,
    CreateItemRequest, CreateItemResponse, SetPriceRequest, SetPriceResponse, UnitValue,
};
use kernel::currency::Currency;
use tonic::{Request, Response, Status};
use uuid::Uuid;

use crate::api::catalog::{encode_category, encode_item};
use crate::domain::file::NewFile;
use crate::domain::item::{Description, Draft, Price};
use crate::domain::name::Name;
use crate::operations::{Batch, Inventory, Load};

pub struct Api(pub Inventory);

#[tonic::async_trait]
impl CatalogAdminService for Api {
    async fn create_category(
        &self,
        request: Request<CreateCategoryRequest>,
    ) -> Result<Response<CreateCategoryResponse>, Status> {
        let request = request.into_inner();
        let id = convert::id("category_id", &request.category_id)?;
        let name = decode_name(&request.name)?;
        let category = self.0.create_category(id, &name).await?;
        let category = Some(encode_category(&category));
        Ok(Response::new(CreateCategoryResponse { category }))
    }

    async fn create_item(
        &self,
        request: Request<CreateItemRequest>,
    ) -> Result<Response<CreateItemResponse>, Status> {
        let draft = decode_draft(request.into_inner(), self.0.currency())?;
        let item = self.0.create_item(&draft).await?;
        Ok(Response::new(CreateItemResponse { item: Some(encode_item(&item)) }))
    }

    async fn set_price(
        &self,
        request: Request<SetPriceRequest>,
    ) -> Result<Response<SetPriceResponse>, Status> {
        let request = request.into_inner();
        let id = convert::id("item_id", &request.item_id)?;
        let price = decode_price(request.price, self.0.currency())?;
        let item = self.0.set_price(id, price).await?;
        Ok(Response::new(SetPriceResponse { item: Some(encode_item(&item)) }))
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
        description: Description::parse(&request.description)
            .map_err(|why| invalid("description", why))?,
        price: decode_price(request.price, currency)?,
        unlimited: request.unlimited,
    })
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
