//! The catalogue as RPCs for buyers.

use contract::convert;
use contract::failure::Failure;
use contract::inventory::catalog_service_server::CatalogService;
use contract::inventory::{
    GetItemRequest, GetItemResponse, ItemOrder, ListCategoriesRequest, ListCategoriesResponse,
    ListItemsRequest, ListItemsResponse, SearchItemsRequest, SearchItemsResponse,
};
use kernel::ids::CategoryId;
use tonic::{Request, Response, Status};

use crate::api::review::encode_rating;
use crate::domain::category::Category;
use crate::domain::item::{Listed, Sorting};
use crate::domain::picture::Picture;
use crate::domain::stock_rules::Limits;
use crate::operations::Inventory;

pub struct Api(pub Inventory);

#[tonic::async_trait]
impl CatalogService for Api {
    async fn list_categories(
        &self,
        request: Request<ListCategoriesRequest>,
    ) -> Result<Response<ListCategoriesResponse>, Status> {
        let request = request.into_inner();
        let parent = decode_place("parent_id", &request.parent_id)?;
        let branch = self.0.list_categories(parent, convert::page(request.page)).await?;
        Ok(Response::new(ListCategoriesResponse {
            categories: branch.categories.rows.iter().map(encode_category).collect(),
            total: branch.categories.total,
            parent: branch.parent.as_ref().map(encode_category),
        }))
    }

    async fn list_items(
        &self,
        request: Request<ListItemsRequest>,
    ) -> Result<Response<ListItemsResponse>, Status> {
        let request = request.into_inner();
        let category = convert::id("category_id", &request.category_id)?;
        let sorting = match request.order() {
            ItemOrder::Unspecified => Sorting::Name,
            ItemOrder::Cheapest => Sorting::Cheapest,
            ItemOrder::Dearest => Sorting::Dearest,
            ItemOrder::Newest => Sorting::Newest,
        };
        let shelf = self.0.list_items(category, sorting, convert::page(request.page)).await?;
        Ok(Response::new(ListItemsResponse {
            category: Some(encode_category(&shelf.category)),
            items: shelf.items.iter().map(encode_item).collect(),
            total: shelf.total,
            categories: shelf.categories.iter().map(encode_category).collect(),
            place: shelf.place,
        }))
    }

    async fn search_items(
        &self,
        request: Request<SearchItemsRequest>,
    ) -> Result<Response<SearchItemsResponse>, Status> {
        let request = request.into_inner();
        let found = self.0.search_items(&request.text, convert::page(request.page)).await?;
        let items = found.rows.iter().map(encode_item).collect();
        Ok(Response::new(SearchItemsResponse { items, total: found.total }))
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
        parent_id: category.parent.map(|parent| parent.to_string()).unwrap_or_default(),
        picture: encode_picture(category.picture.as_ref()),
        has_categories: category.has_categories,
    }
}

/// A place in the tree; empty is the top of the shop.
pub fn decode_place(field: &str, text: &str) -> Result<Option<CategoryId>, Failure> {
    if text.is_empty() { Ok(None) } else { convert::id(field, text).map(Some) }
}

fn encode_picture(picture: Option<&Picture>) -> String {
    picture.map(Picture::as_str).unwrap_or_default().to_owned()
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
        picture: encode_picture(item.picture.as_ref()),
        rating: Some(encode_rating(listed.rating)),
        sells_files: item.sells_files,
        limits: Some(encode_limits(item.limits)),
    }
}

pub fn encode_limits(limits: Limits) -> contract::inventory::OrderLimits {
    contract::inventory::OrderLimits {
        min_per_order: limits.min_per_order,
        max_per_order: limits.max_per_order,
        max_per_person: limits.max_per_person,
    }
}
