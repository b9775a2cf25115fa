//! Items in the database.

use kernel::ids::{CategoryId, ItemId};
use sqlx::{PgExecutor, PgPool};
use uuid::Uuid;

use crate::domain::item::{Draft, Item, Listed, STOCK_COUNTED_MAX, Sorting};
use crate::domain::picture::Picture;
use crate::domain::review::Rating;
use crate::domain::shelf::{LISTED_MAX, Rows};
use crate::domain::{name, words};
use crate::store;

struct Row {
    id: Uuid,
    category_id: Uuid,
    name: String,
    description: String,
    price_minor: i64,
    currency: String,
    unlimited: bool,
    picture: Option<String>,
    in_stock: i64,
    reviews: i64,
    stars: i64,
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
            picture: row.picture.map(Picture::stored),
            limits: store::limits(row.min_per_order, row.max_per_order, row.max_per_person),
            sells_files: row.sells_files,
        };
        let in_stock = u32::try_from(row.in_stock).map_err(store::undecodable)?;
        let rating = Rating { reviews: row.reviews, stars: row.stars };
        Ok(Self { item, in_stock, rating })
    }
}

/// Writes an item unless its id is taken; whether it did. Violates `items_name_key` where the name is taken and
/// `items_category_id_fkey` where there is no such category.
pub async fn insert(conn: impl PgExecutor<'_>, draft: &Draft) -> sqlx::Result<bool> {
    let price = draft.price.money();
    let done = sqlx::query!(
        "insert into inventory.items
             (id, category_id, name, name_key, description, words, price_minor, currency, unlimited)
         values ($1, $2, $3, $4, $5, array_to_tsvector($9), $6, $7, $8)
         on conflict (id) do nothing",
        draft.id.0,
        draft.category_id.0,
        draft.name.as_str(),
        draft.name.key(),
        draft.description.as_str(),
        price.minor,
        price.currency.code(),
        draft.unlimited,
        &words::of(&[draft.name.as_str(), draft.description.as_str()]),
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Items with their stock. `$listed` selects them from `inventory.items`, `$order` is what they are ordered by; $1 is
/// taken. The states of units are written out: only then do their partial indexes serve, whatever the size of the shop.
macro_rules! look {
    ($($listed:literal)+, $order:literal, $($value:expr),+) => {
        sqlx::query_as!(
            Row,
            "with listed as (" $(+ $listed)+ + r#")
               select i.id as "id!", i.category_id as "category_id!", i.name as "name!",
                      i.description as "description!", i.price_minor as "price_minor!",
                      i.currency as "currency!", i.unlimited as "unlimited!", i.picture,
                      i.min_per_order as "min_per_order!", i.max_per_order as "max_per_order!",
                      i.max_per_person as "max_per_person!", i.sells_files as "sells_files!",
                      case when i.unlimited then (
                          select count(*) from inventory.units u
                          where u.item_id = i.id and u.state = 'shared'
                      ) else (
                          select count(*) from (
                              select from inventory.units u
                              where u.item_id = i.id and u.state = 'free' limit $1
                          ) counted
                      ) end as "in_stock!",
                      coalesce(r.reviews, 0)::bigint as "reviews!", coalesce(r.stars, 0) as "stars!"
               from listed i left join inventory.item_ratings r on r.item_id = i.id
               order by "#
                + $order,
            STOCK_COUNTED_MAX,
            $($value),+
        )
    };
}

/// One query for each order: only then does an index give the rows of a page without sorting all others.
macro_rules! look_by {
    ($order:literal, $category:ident, $rows:ident) => {
        look!(
            "select * from inventory.items where category_id = $2 and archived_at is null order by "
            $order
            " limit $3 offset $4",
            $order,
            $category.0,
            $rows.take,
            $rows.skip
        )
    };
}

/// The item with this id, unless it is archived.
pub async fn find(conn: impl PgExecutor<'_>, id: ItemId) -> sqlx::Result<Option<Listed>> {
    let row =
        look!("select * from inventory.items where id = $2 and archived_at is null", "i.id", id.0)
            .fetch_optional(conn)
            .await?;
    row.map(Listed::try_from).transpose()
}

/// Items of a category in an order.
pub async fn list(
    pool: &PgPool,
    category: CategoryId,
    sorting: Sorting,
    rows: Rows,
) -> sqlx::Result<Vec<Listed>> {
    let rows = match sorting {
        Sorting::Name => look_by!("name_key, id", category, rows).fetch_all(pool).await?,
        Sorting::Cheapest => {
            look_by!("price_minor, name_key, id", category, rows).fetch_all(pool).await?
        }
        Sorting::Dearest => {
            let rows = look_by!("price_minor desc, name_key desc, id desc", category, rows);
            rows.fetch_all(pool).await?
        }
        Sorting::Newest => look_by!("created_at desc, id", category, rows).fetch_all(pool).await?,
    };
    rows.into_iter().map(Listed::try_from).collect()
}

/// How many items a category lists, counted up to [`LISTED_MAX`].
pub async fn count(pool: &PgPool, category: CategoryId) -> sqlx::Result<i64> {
    sqlx::query_scalar!(
        r#"select count(*) as "count!" from (
               select from inventory.items where category_id = $1 and archived_at is null limit $2
           ) counted"#,
        category.0,
        LISTED_MAX,
    )
    .fetch_one(pool)
    .await
}

/// Items that have all words of a question, by name, `limit` at most. Where more have them, it is any of those.
pub async fn search(pool: &PgPool, question: &str, limit: i64) -> sqlx::Result<Vec<ItemId>> {
    let ids = sqlx::query_scalar!(
        r#"with found as materialized (
               select id, name_key from inventory.items
               where words @@ $1::text::tsquery and archived_at is null
               limit $2
           )
           select id as "id!" from found order by name_key, id"#,
        question,
        limit,
    )
    .fetch_all(pool)
    .await?;
    Ok(ids.into_iter().map(ItemId).collect())
}

/// These items in this order, without those that are archived.
pub async fn list_these(pool: &PgPool, ids: &[ItemId]) -> sqlx::Result<Vec<Listed>> {
    let ids: Vec<_> = ids.iter().map(|id| id.0).collect();
    let rows = look!(
        "select * from inventory.items where id = any($2) and archived_at is null",
        "array_position($2, i.id)",
        &ids
    )
    .fetch_all(pool)
    .await?;
    rows.into_iter().map(Listed::try_from).collect()
}

/// An item that is in the shop; it stays as it is until the transaction ends.
pub async fn lock_for_change(conn: impl PgExecutor<'_>, id: ItemId) -> sqlx::Result<Option<Item>> {
    let row = sqlx::query_as!(
        Row,
        r#"select id, category_id, name, description, price_minor, currency, unlimited, picture,
                  min_per_order, max_per_order, max_per_person, sells_files,
                  0::bigint as "in_stock!", 0::bigint as "reviews!", 0::bigint as "stars!"
           from inventory.items where id = $1 and archived_at is null for no key update"#,
        id.0,
    )
    .fetch_optional(conn)
    .await?;
    row.map(|row| Listed::try_from(row).map(|listed| listed.item)).transpose()
}

/// Writes all that may change about an item. Violates `items_name_key` where the name is taken.
pub async fn update(conn: impl PgExecutor<'_>, item: &Item) -> sqlx::Result<()> {
    sqlx::query!(
        "update inventory.items
         set category_id = $2, name = $3, name_key = $4, description = $5,
             words = array_to_tsvector($6), price_minor = $7, currency = $8, unlimited = $9,
             picture = $10
         where id = $1",
        item.id.0,
        item.category_id.0,
        item.name,
        name::key_of(&item.name),
        item.description,
        &words::of(&[&item.name, &item.description]),
        item.price.minor,
        item.price.currency.code(),
        item.unlimited,
        item.picture.as_ref().map(Picture::as_str),
    )
    .execute(conn)
    .await?;
    Ok(())
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
