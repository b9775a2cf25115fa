//! A catalogue in memory: for buyers, and for staff who change it; stock that is counted.

use contract::failure::{Failure, Kind};
use contract::inventory::catalog_admin_service_server::CatalogAdminService;
use contract::inventory::catalog_service_server::CatalogService;
use contract::inventory::*;

use super::*;

type Answer<T> = Result<tonic::Response<T>, Status>;

impl State {
    /// A category as the service tells it.
    fn told(&self, category: &Category) -> Category {
        let lists = |other: &Category| other.parent_id == category.category_id;
        Category { has_categories: self.categories.iter().any(lists), ..category.clone() }
    }

    fn below(&self, parent_id: &str) -> Vec<Category> {
        let own = self.categories.iter().filter(|one| one.parent_id == parent_id);
        own.map(|category| self.told(category)).collect()
    }

    fn find_category(&self, id: &str) -> Result<Category, Status> {
        let found = self.categories.iter().find(|one| one.category_id == id);
        found
            .map(|category| self.told(category))
            .ok_or_else(|| missing("inventory.category_missing"))
    }

    fn item_at(&mut self, id: &str) -> Result<&mut Item, Status> {
        let found = self.items.iter_mut().find(|item| item.item_id == id);
        found.ok_or_else(|| missing("inventory.item_missing"))
    }
}

fn name_taken() -> Status {
    Failure::new(Kind::Conflict, "inventory.name_taken").into()
}

#[tonic::async_trait]
impl CatalogService for Fakes {
    async fn list_categories(
        &self,
        request: Request<ListCategoriesRequest>,
    ) -> Answer<ListCategoriesResponse> {
        self.enter("list_categories", &request)?;
        let ListCategoriesRequest { page, parent_id } = request.into_inner();
        let state = self.state();
        let parent = match parent_id.as_str() {
            "" => None,
            id => Some(state.find_category(id)?),
        };
        let below = state.below(&parent_id);
        let total = below.len() as u64;
        Ok(ListCategoriesResponse { categories: page_of(&below, page), total, parent }.into())
    }

    async fn list_items(&self, request: Request<ListItemsRequest>) -> Answer<ListItemsResponse> {
        self.enter("list_items", &request)?;
        let request = request.into_inner();
        let state = self.state();
        let category = state.find_category(&request.category_id)?;
        let before = state.below(&category.parent_id);
        let place = before.iter().position(|one| one.category_id == category.category_id);
        let below = state.below(&request.category_id);
        let own = |item: &&Item| item.category_id == request.category_id;
        let mut items: Vec<Item> = state.items.iter().filter(own).cloned().collect();
        let price = |item: &Item| item.price.as_ref().map_or(0, |price| price.minor);
        match request.order() {
            ItemOrder::Unspecified => {}
            ItemOrder::Cheapest => items.sort_by_key(price),
            ItemOrder::Dearest => items.sort_by_key(|item| -price(item)),
            ItemOrder::Newest => items.reverse(),
        }
        let rows: Vec<_> = below.into_iter().map(Ok).chain(items.into_iter().map(Err)).collect();
        let page = page_of(&rows, request.page);
        Ok(ListItemsResponse {
            category: Some(category),
            categories: page.iter().filter_map(|row| row.clone().ok()).collect(),
            items: page.into_iter().filter_map(Result::err).collect(),
            total: rows.len() as u64,
            place: u32::try_from(place.unwrap_or_default()).unwrap_or_default(),
        }
        .into())
    }

    async fn search_items(
        &self,
        request: Request<SearchItemsRequest>,
    ) -> Answer<SearchItemsResponse> {
        self.enter("search_items", &request)?;
        let SearchItemsRequest { text, page } = request.into_inner();
        let text = text.to_lowercase();
        let state = self.state();
        let has = |item: &&Item| !text.is_empty() && item.name.to_lowercase().contains(&text);
        let found: Vec<Item> = state.items.iter().filter(has).cloned().collect();
        let total = found.len() as u64;
        Ok(SearchItemsResponse { items: page_of(&found, page), total }.into())
    }

    async fn get_item(&self, request: Request<GetItemRequest>) -> Answer<GetItemResponse> {
        self.enter("get_item", &request)?;
        let id = request.into_inner().item_id;
        let item = self.state().item_at(&id)?.clone();
        Ok(GetItemResponse { item: Some(item) }.into())
    }
}

#[tonic::async_trait]
impl CatalogAdminService for Fakes {
    async fn create_category(
        &self,
        request: Request<CreateCategoryRequest>,
    ) -> Answer<CreateCategoryResponse> {
        self.enter("create_category", &request)?;
        let CreateCategoryRequest { category_id, name, parent_id } = request.into_inner();
        let mut state = self.state();
        let namesake = |one: &Category| one.name == name && one.parent_id == parent_id;
        if state.categories.iter().any(|one| namesake(one) && one.category_id != category_id) {
            return Err(name_taken());
        }
        let category = Category { category_id, name, parent_id, ..Category::default() };
        if !state.categories.contains(&category) {
            state.categories.push(category.clone());
        }
        Ok(CreateCategoryResponse { category: Some(category) }.into())
    }

    async fn update_category(
        &self,
        request: Request<UpdateCategoryRequest>,
    ) -> Answer<UpdateCategoryResponse> {
        self.enter("update_category", &request)?;
        let change = request.into_inner();
        let mut state = self.state();
        let found = state.categories.iter_mut().find(|one| one.category_id == change.category_id);
        let category = found.ok_or_else(|| missing("inventory.category_missing"))?;
        if change.parent_id.as_ref() == Some(&change.category_id) {
            return Err(Failure::new(Kind::Conflict, "inventory.category_cycle").into());
        }
        category.name = change.name.unwrap_or_else(|| category.name.clone());
        category.parent_id = change.parent_id.unwrap_or_else(|| category.parent_id.clone());
        category.picture = change.picture.unwrap_or_else(|| category.picture.clone());
        Ok(UpdateCategoryResponse { category: Some(category.clone()) }.into())
    }

    async fn archive_category(
        &self,
        request: Request<ArchiveCategoryRequest>,
    ) -> Answer<ArchiveCategoryResponse> {
        self.enter("archive_category", &request)?;
        let ArchiveCategoryRequest { category_id, seen } = request.into_inner();
        let mut state = self.state();
        let categories = state.below(&category_id).len();
        let items = state.items.iter().filter(|item| item.category_id == category_id).count();
        let seen = seen.unwrap_or_default();
        if (categories, items) != (seen.categories as usize, seen.items as usize) {
            return Err(Failure::new(Kind::Conflict, "inventory.category_not_empty")
                .with("categories", categories)
                .with("items", items)
                .into());
        }
        let is_it = |one: &Category| one.category_id == category_id;
        let gone = state.categories.iter().position(is_it);
        if let Some(at) = gone {
            let category = state.categories.remove(at);
            state.archived_categories.push(category);
        }
        Ok(ArchiveCategoryResponse {}.into())
    }

    async fn restore_category(
        &self,
        request: Request<RestoreCategoryRequest>,
    ) -> Answer<RestoreCategoryResponse> {
        self.enter("restore_category", &request)?;
        let id = request.into_inner().category_id;
        let mut state = self.state();
        let at = state.archived_categories.iter().position(|one| one.category_id == id);
        let at = at.ok_or_else(|| missing("inventory.category_missing"))?;
        let category = state.archived_categories.remove(at);
        state.categories.push(category.clone());
        Ok(RestoreCategoryResponse { category: Some(category) }.into())
    }

    async fn create_item(&self, request: Request<CreateItemRequest>) -> Answer<CreateItemResponse> {
        self.enter("create_item", &request)?;
        let new = request.into_inner();
        let item = Item {
            item_id: new.item_id,
            category_id: new.category_id,
            name: new.name,
            description: new.description,
            price: new.price,
            unlimited: new.unlimited,
            in_stock: 0,
            ..Item::default()
        };
        let mut state = self.state();
        if !state.items.iter().any(|known| known.item_id == item.item_id) {
            state.items.push(item.clone());
        }
        Ok(CreateItemResponse { item: Some(item) }.into())
    }

    async fn update_item(&self, request: Request<UpdateItemRequest>) -> Answer<UpdateItemResponse> {
        self.enter("update_item", &request)?;
        let change = request.into_inner();
        let mut state = self.state();
        let taken = |item: &Item| {
            Some(&item.name) == change.name.as_ref() && item.item_id != change.item_id
        };
        if state.items.iter().any(taken) {
            return Err(name_taken());
        }
        let item = state.item_at(&change.item_id)?;
        item.name = change.name.unwrap_or_else(|| item.name.clone());
        item.description = change.description.unwrap_or_else(|| item.description.clone());
        item.price = change.price.or(item.price.take());
        item.category_id = change.category_id.unwrap_or_else(|| item.category_id.clone());
        item.unlimited = change.unlimited.unwrap_or(item.unlimited);
        item.picture = change.picture.unwrap_or_else(|| item.picture.clone());
        Ok(UpdateItemResponse { item: Some(item.clone()) }.into())
    }

    async fn archive_item(
        &self,
        request: Request<ArchiveItemRequest>,
    ) -> Answer<ArchiveItemResponse> {
        self.enter("archive_item", &request)?;
        let id = request.into_inner().item_id;
        let mut state = self.state();
        if let Some(at) = state.items.iter().position(|item| item.item_id == id) {
            let item = state.items.remove(at);
            state.archived_items.push(item);
        }
        Ok(ArchiveItemResponse {}.into())
    }

    async fn restore_item(
        &self,
        request: Request<RestoreItemRequest>,
    ) -> Answer<RestoreItemResponse> {
        self.enter("restore_item", &request)?;
        let id = request.into_inner().item_id;
        let mut state = self.state();
        let at = state.archived_items.iter().position(|item| item.item_id == id);
        let at = at.ok_or_else(|| missing("inventory.item_missing"))?;
        let item = state.archived_items.remove(at);
        state.items.push(item.clone());
        Ok(RestoreItemResponse { item: Some(item) }.into())
    }

    async fn list_archived(
        &self,
        request: Request<ListArchivedRequest>,
    ) -> Answer<ListArchivedResponse> {
        self.enter("list_archived", &request)?;
        let request = request.into_inner();
        let state = self.state();
        let archived = |id: &String, name: &String| Archived {
            id: id.clone(),
            name: name.clone(),
            archived_at: Some(now()),
        };
        let rows: Vec<Archived> = match request.kind() {
            ArchivedKind::Category => {
                let rows = state.archived_categories.iter();
                rows.map(|one| archived(&one.category_id, &one.name)).collect()
            }
            _ => {
                let rows = state.archived_items.iter();
                rows.map(|one| archived(&one.item_id, &one.name)).collect()
            }
        };
        let total = rows.len() as u64;
        Ok(ListArchivedResponse { archived: page_of(&rows, request.page), total }.into())
    }

    async fn add_stock(&self, request: Request<AddStockRequest>) -> Answer<AddStockResponse> {
        self.enter("add_stock", &request)?;
        let AddStockRequest { batch_id, item_id, units } = request.into_inner();
        let mut state = self.state();
        for file in units.iter().filter_map(|unit| unit.file.clone()) {
            state.stock.files.insert(file.name.clone(), file);
        }
        let values: Vec<String> = units.into_iter().map(|unit| unit.value).collect();
        let added = u32::try_from(values.len()).unwrap_or_default();
        if state.batches.insert(batch_id, values).is_none()
            && let Some(item) = state.items.iter_mut().find(|item| item.item_id == item_id)
            && !item.unlimited
        {
            item.in_stock += added;
        }
        Ok(AddStockResponse { added, known: 0, repeated_in_batch: 0, invalid: 0 }.into())
    }
}
