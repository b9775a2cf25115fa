//! Items in the database.

use kernel::ids::{CategoryId, ItemId};
use kernel::page::{Page, PageRequest};
use sqlx::{PgExecutor, PgPool};
use uuid::Uuid;

use crate::domain::item::{Draft, Item, Listed, Price, STOCK_COUNTED_MAX};
use crate::store;

struct Row {
    id: Uuid,
    category_id: Uuid,
    name: String,
    description: String,
    price_minor: i64,
    currency: String,
    unlimited: bool,
    in_stock: i64,
    min_per_order: i32,
    max_per_order: i32,
    max_per_person: i32,
    sells_files: bool,
}

impl TryFrom<Row> for Listed {
    type Error = sqlx::Error;

    fn try_from(row: Row) -> sqlx::Result<Self> {
        let item = Item {
            id: ItemId(row.id),
            category_id: CategoryId(row.category_id),
            name: row.name,
            description: row.description,
            price: store::money(row.price_minor, &row.currency)?,
            unlimited: row.unlimited,
            limits: store::limits(row.min_per_order, row.max_per_order, row.max_per_person),
            sells_files: row.sells_files,
        };
        let in_stock = u32::try_from(row.in_stock).map_err(store::undecodable)?;
        Ok(Self { item, in_stock })
    }
}

/// Writes an item unless its id is taken; whether it did. Violates `items_name_key` where the name is taken and
/// `items_category_id_fkey` where there is no such category.
pub async fn insert(conn: impl PgExecutor<'_>, draft: &Draft) -> sqlx::Result<bool> {
    let price = draft.price.money();
    let done = sqlx::query!(
        "insert into inventory.items
             (id, category_id, name, name_key, description, price_minor, currency, unlimited)
         values ($1, $2, $3, $4, $5, $6, $7, $8)
         on conflict (id) do nothing",
        draft.id.0,
        draft.category_id.0,
        draft.name.as_str(),
        draft.name.key(),
        draft.description.as_str(),
        price.minor,
        price.currency.code(),
        draft.unlimited,
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// The item with this id, unless it is archived.
pub async fn find(conn: impl PgExecutor<'_>, id: ItemId) -> sqlx::Result<Option<Listed>> {
    let row = sqlx::query_as!(
        Row,
        r#"select i.id, i.category_id, i.name, i.description, i.price_minor, i.currency,
                  i.unlimited, stock.units as "in_stock!", i.min_per_order, i.max_per_order,
                  i.max_per_person, i.sells_files
           from inventory.items i
           cross join lateral (
               select count(*) as units from (
                   select from inventory.units u
                   where u.item_id = i.id
                     and u.state = case when i.unlimited then 'shared' else 'free' end
                   limit $2
               ) counted
           ) stock
           where i.id = $1 and i.archived_at is null"#,
        id.0,
        STOCK_COUNTED_MAX,
    )
    .fetch_optional(conn)
    .await?;
    row.map(Listed::try_from).transpose()
}

/// Items of a category by name.
pub async fn list(
    pool: &PgPool,
    category: CategoryId,
    page: PageRequest,
) -> sqlx::Result<Page<Listed>> {
    let rows = sqlx::query_as!(
        Row,
        r#"with listed as (
               select * from inventory.items
               where category_id = $1 and archived_at is null
               order by name_key, id limit $2 offset $3
           )
           select i.id as "id!", i.category_id as "category_id!", i.name as "name!",
                  i.description as "description!", i.price_minor as "price_minor!",
                  i.currency as "currency!", i.unlimited as "unlimited!",
                  stock.units as "in_stock!", i.min_per_order as "min_per_order!",
                  i.max_per_order as "max_per_order!", i.max_per_person as "max_per_person!",
                  i.sells_files as "sells_files!"
           from listed i
           cross join lateral (
               select count(*) as units from (
                   select from inventory.units u
                   where u.item_id = i.id
                     and u.state = case when i.unlimited then 'shared' else 'free' end
                   limit $4
               ) counted
           ) stock
           order by i.name_key, i.id"#,
        category.0,
        page.limit(),
        page.offset(),
        STOCK_COUNTED_MAX,
    )
    .fetch_all(pool)
    .await?;
    let total = sqlx::query_scalar!(
        r#"select count(*) as "count!" from inventory.items
           where category_id = $1 and archived_at is null"#,
        category.0,
    )
    .fetch_one(pool)
    .await?;
    let rows = rows.into_iter().map(Listed::try_from).collect::<sqlx::Result<_>>()?;
    Ok(Page { rows, total: total.unsigned_abs() })
}

/// Sets the price for orders from now on; whether there is such an item.
pub async fn set_price(conn: impl PgExecutor<'_>, id: ItemId, price: Price) -> sqlx::Result<bool> {
    let price = price.money();
    let done = sqlx::query!(
        "update inventory.items set price_minor = $2, currency = $3
         where id = $1 and archived_at is null",
        id.0,
        price.minor,
        price.currency.code(),
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Whether an item that is not archived is unlimited; it stays as it is until the transaction ends.
pub async fn lock(conn: impl PgExecutor<'_>, id: ItemId) -> sqlx::Result<Option<bool>> {
    sqlx::query_scalar!(
        "select unlimited from inventory.items where id = $1 and archived_at is null for share",
        id.0,
    )
    .fetch_optional(conn)
    .await
}
