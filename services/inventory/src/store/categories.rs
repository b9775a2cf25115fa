//! Categories in the database.

use kernel::ids::CategoryId;
use kernel::page::{Page, PageRequest};
use sqlx::{PgExecutor, PgPool};
use uuid::Uuid;

use crate::domain::category::Category;
use crate::domain::name::Name;

struct Row {
    id: Uuid,
    name: String,
}

impl From<Row> for Category {
    fn from(row: Row) -> Self {
        Self { id: CategoryId(row.id), name: row.name }
    }
}

/// Writes a category unless its id is taken; whether it did. Violates `categories_name_key` where the name is taken.
pub async fn insert(conn: impl PgExecutor<'_>, id: CategoryId, name: &Name) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "insert into inventory.categories (id, name, name_key) values ($1, $2, $3)
         on conflict (id) do nothing",
        id.0,
        name.as_str(),
        name.key(),
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// The category with this id.
pub async fn find(conn: impl PgExecutor<'_>, id: CategoryId) -> sqlx::Result<Option<Category>> {
    let row = sqlx::query_as!(Row, "select id, name from inventory.categories where id = $1", id.0)
        .fetch_optional(conn)
        .await?;
    Ok(row.map(Category::from))
}

/// Categories by name.
pub async fn list(pool: &PgPool, page: PageRequest) -> sqlx::Result<Page<Category>> {
    let rows = sqlx::query_as!(
        Row,
        "select id, name from inventory.categories order by name_key limit $1 offset $2",
        page.limit(),
        page.offset(),
    )
    .fetch_all(pool)
    .await?;
    let total = sqlx::query_scalar!(r#"select count(*) as "count!" from inventory.categories"#)
        .fetch_one(pool)
        .await?;
    Ok(Page { rows: rows.into_iter().map(Category::from).collect(), total: total.unsigned_abs() })
}
