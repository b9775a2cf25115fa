//! Reviews in the database, and the sums of them.

use kernel::ids::{ItemId, PersonId, ReviewId};
use kernel::page::{Page, PageRequest};
use sqlx::{PgConnection, PgExecutor, PgPool};
use uuid::Uuid;

use crate::domain::review::{Author, Draft, Rating, Review, Stars, State, Words};
use crate::store;

struct Row {
    id: Uuid,
    person_id: i64,
    item_id: Uuid,
    item_name: String,
    author: String,
    stars: i16,
    body: String,
    state: String,
    reason: String,
    version: i32,
    written_at: jiff_sqlx::Timestamp,
}

impl TryFrom<Row> for Review {
    type Error = sqlx::Error;

    fn try_from(row: Row) -> sqlx::Result<Self> {
        let state = State::named(&row.state);
        Ok(Self {
            id: ReviewId(row.id),
            person: PersonId(row.person_id),
            item: ItemId(row.item_id),
            item_name: row.item_name,
            author: Author::stored(row.author),
            stars: Stars::new(row.stars.unsigned_abs().into()).map_err(store::undecodable)?,
            words: Words::stored(row.body),
            state: state.ok_or_else(|| store::undecodable("a review in no state"))?,
            reason: row.reason,
            version: row.version.unsigned_abs(),
            written_at: row.written_at.to_jiff(),
        })
    }
}

/// Whether a person has a delivered order with an item.
pub async fn has_bought(
    conn: impl PgExecutor<'_>,
    person: PersonId,
    item: ItemId,
) -> sqlx::Result<bool> {
    sqlx::query_scalar!(
        r#"select exists (
               select from inventory.orders o
               join inventory.order_lines l on l.order_id = o.id
               where o.buyer_id = $1 and o.state = 'delivered' and l.item_id = $2
           ) as "bought!""#,
        person.0,
        item.0,
    )
    .fetch_one(conn)
    .await
}

/// The name of an item, also of an archived one.
pub async fn find_item_name(
    conn: impl PgExecutor<'_>,
    item: ItemId,
) -> sqlx::Result<Option<String>> {
    sqlx::query_scalar!("select name from inventory.items where id = $1", item.0)
        .fetch_optional(conn)
        .await
}

/// Writes a first review; whether there was none before.
pub async fn insert(conn: impl PgExecutor<'_>, draft: &Draft) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "insert into inventory.reviews (id, item_id, person_id, author, stars, body)
         values ($1, $2, $3, $4, $5, $6) on conflict (person_id, item_id) do nothing",
        draft.id().0,
        draft.item.0,
        draft.person.0,
        draft.author.as_str(),
        i16::from(draft.stars.get()),
        draft.words.as_str(),
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Writes another one in its place, which waits for staff.
pub async fn replace(conn: impl PgExecutor<'_>, draft: &Draft) -> sqlx::Result<()> {
    sqlx::query!(
        "update inventory.reviews
         set author = $2, stars = $3, body = $4, state = 'pending', reason = '',
             version = version + 1, written_at = now()
         where id = $1",
        draft.id().0,
        draft.author.as_str(),
        i16::from(draft.stars.get()),
        draft.words.as_str(),
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// A review; it stays as it is until the transaction ends.
pub async fn lock(conn: impl PgExecutor<'_>, id: ReviewId) -> sqlx::Result<Option<Review>> {
    let row = sqlx::query_as!(
        Row,
        "select r.id, r.person_id, r.item_id, i.name as item_name, r.author, r.stars, r.body,
                r.state, r.reason, r.version, r.written_at as \"written_at: _\"
         from inventory.reviews r join inventory.items i on i.id = r.item_id
         where r.id = $1 for update of r",
        id.0,
    )
    .fetch_optional(conn)
    .await?;
    row.map(Review::try_from).transpose()
}

/// A review.
pub async fn find(conn: impl PgExecutor<'_>, id: ReviewId) -> sqlx::Result<Option<Review>> {
    let row = sqlx::query_as!(
        Row,
        "select r.id, r.person_id, r.item_id, i.name as item_name, r.author, r.stars, r.body,
                r.state, r.reason, r.version, r.written_at as \"written_at: _\"
         from inventory.reviews r join inventory.items i on i.id = r.item_id
         where r.id = $1",
        id.0,
    )
    .fetch_optional(conn)
    .await?;
    row.map(Review::try_from).transpose()
}

/// Writes what was decided about a review.
pub async fn decide(conn: impl PgExecutor<'_>, review: &Review) -> sqlx::Result<()> {
    sqlx::query!(
        "update inventory.reviews set state = $2, reason = $3, author = $4, body = $5
         where id = $1",
        review.id.0,
        review.state.name(),
        review.reason,
        review.author.as_str(),
        review.words.as_str(),
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Forgets a review.
pub async fn delete(conn: impl PgExecutor<'_>, id: ReviewId) -> sqlx::Result<()> {
    sqlx::query!("delete from inventory.reviews where id = $1", id.0).execute(conn).await?;
    Ok(())
}

/// Adds to the sums of an item.
pub async fn rate(conn: &mut PgConnection, item: ItemId, by: Rating) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into inventory.item_ratings (item_id, reviews, stars) values ($1, 0, 0)
         on conflict (item_id) do nothing",
        item.0,
    )
    .execute(&mut *conn)
    .await?;
    sqlx::query!(
        "update inventory.item_ratings
         set reviews = reviews + $2::bigint::integer, stars = stars + $3 where item_id = $1",
        item.0,
        by.reviews,
        by.stars,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// The sums of an item.
pub async fn find_rating(conn: impl PgExecutor<'_>, item: ItemId) -> sqlx::Result<Rating> {
    let row = sqlx::query_as!(
        Rating,
        r#"select reviews::bigint as "reviews!", stars from inventory.item_ratings
           where item_id = $1"#,
        item.0,
    )
    .fetch_optional(conn)
    .await?;
    Ok(row.unwrap_or_default())
}

/// One page of the approved reviews of an item, newest first. How many there are its rating says.
pub async fn list_shown(
    pool: &PgPool,
    item: ItemId,
    page: PageRequest,
) -> sqlx::Result<Vec<Review>> {
    let rows = sqlx::query_as!(
        Row,
        "select r.id, r.person_id, r.item_id, i.name as item_name, r.author, r.stars, r.body,
                r.state, r.reason, r.version, r.written_at as \"written_at: _\"
         from inventory.reviews r join inventory.items i on i.id = r.item_id
         where r.item_id = $1 and r.state = 'approved'
         order by r.written_at desc, r.id limit $2 offset $3",
        item.0,
        page.limit(),
        page.offset(),
    )
    .fetch_all(pool)
    .await?;
    rows.into_iter().map(Review::try_from).collect()
}

/// One page of what waits for staff, the oldest first.
pub async fn list_pending(pool: &PgPool, page: PageRequest) -> sqlx::Result<Page<Review>> {
    let rows = sqlx::query_as!(
        Row,
        "select r.id, r.person_id, r.item_id, i.name as item_name, r.author, r.stars, r.body,
                r.state, r.reason, r.version, r.written_at as \"written_at: _\"
         from inventory.reviews r join inventory.items i on i.id = r.item_id
         where r.state = 'pending'
         order by r.written_at, r.id limit $1 offset $2",
        page.limit(),
        page.offset(),
    )
    .fetch_all(pool)
    .await?;
    let total = sqlx::query_scalar!(
        r#"select count(*) as "count!" from inventory.reviews where state = 'pending'"#
    )
    .fetch_one(pool)
    .await?;
    let rows = rows.into_iter().map(Review::try_from).collect::<Result<_, _>>()?;
    Ok(Page { rows, total: total.unsigned_abs() })
}
