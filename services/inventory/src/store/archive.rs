//! What is taken out of the shop and put back, in the database. Rows stay for ever.

use kernel::ids::{CategoryId, ItemId};
use kernel::page::{Page, PageRequest};
use sqlx::{PgExecutor, PgPool};
use uuid::Uuid;

use crate::domain::archived::Archived;

/// Where something is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whereabouts {
    /// In the shop.
    InShop,
    /// Out of it, by itself.
    Archived,
    /// Out of it with a category that was archived.
    ArchivedWith(CategoryId),
}

/// Where a category is, and what its place is; it stays so until the transaction ends. None: there is no such category.
pub async fn lock_category(
    conn: impl PgExecutor<'_>,
    id: CategoryId,
) -> sqlx::Result<Option<(Whereabouts, Option<CategoryId>)>> {
    let row = sqlx::query!(
        "select parent_id, archived_with from inventory.categories
         where id = $1 for no key update",
        id.0,
    )
    .fetch_optional(conn)
    .await?;
    Ok(row.map(|row| {
        let whereabouts = match row.archived_with.map(CategoryId) {
            None => Whereabouts::InShop,
            Some(with) if with == id => Whereabouts::Archived,
            Some(with) => Whereabouts::ArchivedWith(with),
        };
        (whereabouts, row.parent_id.map(CategoryId))
    }))
}

/// Where an item is, its category and its name; it stays so until the transaction ends.
pub async fn lock_item(
    conn: impl PgExecutor<'_>,
    id: ItemId,
) -> sqlx::Result<Option<(Whereabouts, CategoryId, String)>> {
    let row = sqlx::query!(
        "select category_id, name, archived_at, archived_with from inventory.items
         where id = $1 for no key update",
        id.0,
    )
    .fetch_optional(conn)
    .await?;
    Ok(row.map(|row| {
        let whereabouts = match (row.archived_at, row.archived_with) {
            (None, _) => Whereabouts::InShop,
            (Some(_), None) => Whereabouts::Archived,
            (Some(_), Some(with)) => Whereabouts::ArchivedWith(CategoryId(with)),
        };
        (whereabouts, CategoryId(row.category_id), row.name)
    }))
}

/// Archives a category with all categories below it; their ids, its own among them.
pub async fn archive_categories(
    conn: impl PgExecutor<'_>,
    id: CategoryId,
) -> sqlx::Result<Vec<Uuid>> {
    sqlx::query_scalar!(
        "with recursive tree as (
             select id from inventory.categories where id = $1
             union
             select below.id from tree
             join inventory.categories below on below.parent_id = tree.id
             where below.archived_at is null
         )
         update inventory.categories c set archived_at = now(), archived_with = $1
         from tree where c.id = tree.id
         returning c.id",
        id.0,
    )
    .fetch_all(conn)
    .await
}

/// How many items in the shop these categories list.
pub async fn count_items(conn: impl PgExecutor<'_>, categories: &[Uuid]) -> sqlx::Result<i64> {
    sqlx::query_scalar!(
        r#"select count(*) as "count!" from inventory.items
           where category_id = any($1) and archived_at is null"#,
        categories,
    )
    .fetch_one(conn)
    .await
}

/// Archives the items of some categories along with a category.
pub async fn archive_items_of(
    conn: impl PgExecutor<'_>,
    categories: &[Uuid],
    with: CategoryId,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update inventory.items set archived_at = now(), archived_with = $2
         where category_id = any($1) and archived_at is null",
        categories,
        with.0,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Archives one item by itself.
pub async fn archive_item(conn: impl PgExecutor<'_>, id: ItemId) -> sqlx::Result<()> {
    sqlx::query!("update inventory.items set archived_at = now() where id = $1", id.0)
        .execute(conn)
        .await?;
    Ok(())
}

/// Puts back all categories that were archived with one. Violates `categories_name_key` where a name is taken.
pub async fn restore_categories(conn: impl PgExecutor<'_>, with: CategoryId) -> sqlx::Result<u64> {
    let done = sqlx::query!(
        "update inventory.categories set archived_at = null, archived_with = null
         where archived_with = $1",
        with.0,
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected())
}

/// Puts back all items that were archived with a category. Violates `items_name_key` where a name is taken.
pub async fn restore_items_of(conn: impl PgExecutor<'_>, with: CategoryId) -> sqlx::Result<u64> {
    let done = sqlx::query!(
        "update inventory.items set archived_at = null, archived_with = null
         where archived_with = $1",
        with.0,
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected())
}

/// Puts one item back. Violates `items_name_key` where its name is taken.
pub async fn restore_item(conn: impl PgExecutor<'_>, id: ItemId) -> sqlx::Result<()> {
    sqlx::query!(
        "update inventory.items set archived_at = null, archived_with = null where id = $1",
        id.0,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// An item's name that is taken meanwhile, among those archived with a category.
pub async fn find_taken_item_name(
    conn: impl PgExecutor<'_>,
    with: CategoryId,
) -> sqlx::Result<Option<String>> {
    sqlx::query_scalar!(
        "select gone.name from inventory.items gone
         join inventory.items now on now.name_key = gone.name_key and now.archived_at is null
         where gone.archived_with = $1 limit 1",
        with.0,
    )
    .fetch_optional(conn)
    .await
}

/// Items that were archived by themselves, the last first.
pub async fn list_items(pool: &PgPool, page: PageRequest) -> sqlx::Result<Page<Archived>> {
    let rows = sqlx::query!(
        r#"select id, name, archived_at as "at!" from inventory.items
           where archived_at is not null and archived_with is null
           order by archived_at desc, id limit $1 offset $2"#,
        page.limit(),
        page.offset(),
    )
    .fetch_all(pool)
    .await?;
    let total = sqlx::query_scalar!(
        r#"select count(*) as "count!" from inventory.items
           where archived_at is not null and archived_with is null"#,
    )
    .fetch_one(pool)
    .await?;
    let rows = rows.into_iter();
    let rows = rows.map(|row| Archived { id: row.id, name: row.name, at: row.at.to_jiff() });
    Ok(Page { rows: rows.collect(), total: total.unsigned_abs() })
}

/// Categories that were archived by themselves, the last first.
pub async fn list_categories(pool: &PgPool, page: PageRequest) -> sqlx::Result<Page<Archived>> {
    let rows = sqlx::query!(
        r#"select id, name, archived_at as "at!" from inventory.categories
           where archived_with = id
           order by archived_at desc, id limit $1 offset $2"#,
        page.limit(),
        page.offset(),
    )
    .fetch_all(pool)
    .await?;
    let total = sqlx::query_scalar!(
        r#"select count(*) as "count!" from inventory.categories where archived_with = id"#,
    )
    .fetch_one(pool)
    .await?;
    let rows = rows.into_iter();
    let rows = rows.map(|row| Archived { id: row.id, name: row.name, at: row.at.to_jiff() });
    Ok(Page { rows: rows.collect(), total: total.unsigned_abs() })
}
