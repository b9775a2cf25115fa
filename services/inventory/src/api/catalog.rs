//! The catalogue as RPCs for buyers.

use contract::convert;
use contract::inventory::catalog_service_server::CatalogService;
use contract::inventory::{
    GetItemRequest, GetItemResponse, ListCategoriesRequest, ListCategoriesResponse,
    ListItemsRequest, ListItemsResponse,
};
use tonic::{Request, Response, Status};

use crate::domain::category::Category;
use crate::domain::item::Listed;
use crate::domain::stock_rules::Limits;
use crate::operations::Inventory;

pub struct Api(pub Inventory);

#[tonic::async_trait]
impl CatalogService for Api {
    async fn list_categories(
        &self,
        request: Request<ListCategoriesRequest>,
    ) -> Result<Response<ListCategoriesResponse>, Status> {
        let page = convert::page(request.into_inner().page);
        let found = self.0.list_categories(page).await?;
        let categories = found.rows.iter().map(encode_category).collect();
        Ok(Response::new(ListCategoriesResponse { categories, total: found.total }))
    }

    async fn list_items(
        &self,
        request: Request<ListItemsRequest>,
    ) -> Result<Response<ListItemsResponse>, Status> {
        let request = request.into_inner();
        let category = convert::id("category_id", &request.category_id)?;
        let shelf = self.0.list_items(category, convert::page(request.page)).await?;
        Ok(Response::new(ListItemsResponse {
            category: Some(encode_category(&shelf.category)),
            items: shelf.items.rows.iter().map(encode_item).collect(),
            total: shelf.items.total,
        }))
    }

    async fn get_item(
        &self,
        request: Request<GetItemRequest>,
    ) -> Result<Response<GetItemResponse>, Status> {
        let id = convert::id("item_id", &request.into_inner().item_id)?;
        let listed = self.0.get_item(id).await?;
        Ok(Response::new(GetItemResponse { item: Some(encode_item(&listed)) }))
    }
}

pub fn encode_category(category: &Category) -> contract::inventory::Category {
    contract::inventory::Category {
        category_id: category.id.to_string(),
        name: category.name.clone(),
    }
}

pub fn encode_item(listed: &Listed) -> contract::inventory::Item {
    let item = &listed.item;
    contract::inventory::Item {
        item_id: item.id.to_string(),
        category_id: item.category_id.to_string(),
        name: item.name.clone(),
        description: item.description.clone(),
        price: Some(item.price.into()),
        unlimited: item.unlimited,
        in_stock: listed.in_stock,
        limits: Some(encode_limits(item.limits)),
        sells_files: item.sells_files,
    }
}

pub fn encode_limits(limits: Limits) -> contract::inventory::OrderLimits {
    contract::inventory::OrderLimits {
        min_per_order: limits.min_per_order,
        max_per_order: limits.max_per_order,
        max_per_person: limits.max_per_person,
    }
}
