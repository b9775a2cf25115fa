//! Categories in the database: the tree of those that are in the shop.

use kernel::ids::CategoryId;
use sqlx::{PgExecutor, PgPool};
use uuid::Uuid;

use crate::domain::category::{Category, LEVELS_MAX, NewCategory};
use crate::domain::name;
use crate::domain::picture::Picture;
use crate::domain::shelf::Rows;

/// What stands for the top of the shop in the index of a place. Statements write it out: as a parameter it would keep
/// that index from serving a plan that is made once.
const TOP: Uuid = Uuid::nil();

struct Row {
    id: Uuid,
    parent_id: Option<Uuid>,
    name: String,
    picture: Option<String>,
    has_categories: bool,
}

impl From<Row> for Category {
    fn from(row: Row) -> Self {
        Self {
            id: CategoryId(row.id),
            parent: row.parent_id.map(CategoryId),
            name: row.name,
            picture: row.picture.map(Picture::stored),
            has_categories: row.has_categories,
        }
    }
}

/// Makes changes of the tree take turns until the transaction ends: two moves at once could close a circle.
pub async fn take_turn(conn: impl PgExecutor<'_>) -> sqlx::Result<()> {
    sqlx::query!("select pg_advisory_xact_lock(hashtext('inventory category tree'))")
        .execute(conn)
        .await?;
    Ok(())
}

/// Writes a category unless its id is taken; whether it did. Violates `categories_name_key` where the name is taken.
pub async fn insert(conn: impl PgExecutor<'_>, new: &NewCategory) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "insert into inventory.categories (id, parent_id, name, name_key) values ($1, $2, $3, $4)
         on conflict (id) do nothing",
        new.id.0,
        new.parent.map(|parent| parent.0),
        new.name.as_str(),
        new.name.key(),
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Writes a category's name, place and picture. Violates `categories_name_key` where the name is taken.
pub async fn update(conn: impl PgExecutor<'_>, category: &Category) -> sqlx::Result<()> {
    sqlx::query!(
        "update inventory.categories set name = $2, name_key = $3, parent_id = $4, picture = $5
         where id = $1",
        category.id.0,
        category.name,
        name::key_of(&category.name),
        category.parent.map(|parent| parent.0),
        category.picture.as_ref().map(Picture::as_str),
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// The category with this id, unless it is archived.
pub async fn find(conn: impl PgExecutor<'_>, id: CategoryId) -> sqlx::Result<Option<Category>> {
    let row = sqlx::query_as!(
        Row,
        r#"select id, parent_id, name, picture, exists (
               select from inventory.categories below
               where coalesce(below.parent_id, '00000000-0000-0000-0000-000000000000') = c.id
                 and below.archived_at is null
           ) as "has_categories!"
           from inventory.categories c where id = $1 and archived_at is null"#,
        id.0,
    )
    .fetch_optional(conn)
    .await?;
    Ok(row.map(Category::from))
}

/// A category where it stands.
pub struct Standing {
    /// The category.
    pub category: Category,
    /// How many categories are listed before it in its place.
    pub place: i64,
    /// How many categories it lists.
    pub below: i64,
}

/// The category with this id and what stands around it, unless it is archived.
pub async fn look(conn: impl PgExecutor<'_>, id: CategoryId) -> sqlx::Result<Option<Standing>> {
    let row = sqlx::query!(
        r#"select c.parent_id, c.name, c.picture, (
               select count(*) from inventory.categories before
               where coalesce(before.parent_id, '00000000-0000-0000-0000-000000000000')
                     = coalesce(c.parent_id, '00000000-0000-0000-0000-000000000000')
                 and before.name_key < c.name_key and before.archived_at is null
           ) as "place!", (
               select count(*) from inventory.categories below
               where coalesce(below.parent_id, '00000000-0000-0000-0000-000000000000') = c.id
                 and below.archived_at is null
           ) as "below!"
           from inventory.categories c where c.id = $1 and c.archived_at is null"#,
        id.0,
    )
    .fetch_optional(conn)
    .await?;
    Ok(row.map(|row| Standing {
        category: Category {
            id,
            parent: row.parent_id.map(CategoryId),
            name: row.name,
            picture: row.picture.map(Picture::stored),
            has_categories: row.below > 0,
        },
        place: row.place,
        below: row.below,
    }))
}

/// Categories of a place by name; without a parent those at the top of the shop.
pub async fn list(
    pool: &PgPool,
    parent: Option<CategoryId>,
    rows: Rows,
) -> sqlx::Result<Vec<Category>> {
    let rows = sqlx::query_as!(
        Row,
        r#"select id, parent_id, name, picture, exists (
               select from inventory.categories below
               where coalesce(below.parent_id, '00000000-0000-0000-0000-000000000000') = c.id
                 and below.archived_at is null
           ) as "has_categories!"
           from inventory.categories c
           where coalesce(parent_id, '00000000-0000-0000-0000-000000000000') = $1
             and archived_at is null
           order by name_key limit $2 offset $3"#,
        parent.map_or(TOP, |parent| parent.0),
        rows.take,
        rows.skip,
    )
    .fetch_all(pool)
    .await?;
    Ok(rows.into_iter().map(Category::from).collect())
}

/// How many categories a place lists.
pub async fn count(pool: &PgPool, parent: Option<CategoryId>) -> sqlx::Result<i64> {
    sqlx::query_scalar!(
        r#"select count(*) as "count!" from inventory.categories
           where coalesce(parent_id, '00000000-0000-0000-0000-000000000000') = $1
             and archived_at is null"#,
        parent.map_or(TOP, |parent| parent.0),
    )
    .fetch_one(pool)
    .await
}

/// Whether a category is in the shop; where it is, it stays there until the transaction ends.
pub async fn keep(conn: impl PgExecutor<'_>, id: CategoryId) -> sqlx::Result<bool> {
    let found = sqlx::query_scalar!(
        r#"select true as "found!" from inventory.categories
           where id = $1 and archived_at is null for share"#,
        id.0,
    )
    .fetch_optional(conn)
    .await?;
    Ok(found.is_some())
}

/// A category in the shop with its parent, the parent of that, and so on to the top; nothing where it is archived.
pub async fn line(conn: impl PgExecutor<'_>, id: CategoryId) -> sqlx::Result<Vec<CategoryId>> {
    let ids = sqlx::query_scalar!(
        r#"with recursive line as (
               select id, parent_id, 1 as step from inventory.categories
               where id = $1 and archived_at is null
               union all
               select above.id, above.parent_id, line.step + 1
               from line join inventory.categories above on above.id = line.parent_id
               where line.step < $2
           )
           select id as "id!" from line order by step"#,
        id.0,
        steps_max(),
    )
    .fetch_all(conn)
    .await?;
    Ok(ids.into_iter().map(CategoryId).collect())
}

/// How many levels a category brings, itself included: of what is in the shop, or of what was archived `along` with
/// another category.
pub async fn levels(
    conn: impl PgExecutor<'_>,
    id: CategoryId,
    along: Option<CategoryId>,
) -> sqlx::Result<usize> {
    let levels = sqlx::query_scalar!(
        r#"with recursive tree as (
               select $1::uuid as id, 1 as level
               union all
               select below.id, tree.level + 1
               from tree join inventory.categories below
                   on below.parent_id = tree.id and below.archived_with is not distinct from $2
               where tree.level < $3
           )
           select max(level) as "levels!" from tree"#,
        id.0,
        along.map(|along| along.0),
        steps_max(),
    )
    .fetch_one(conn)
    .await?;
    Ok(usize::try_from(levels).unwrap_or_default())
}

/// Beyond the deepest tree there can be: no walk goes on for ever.
fn steps_max() -> i32 {
    i32::try_from(LEVELS_MAX * 2).unwrap_or(i32::MAX)
}
