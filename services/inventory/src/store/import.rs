//! The catalogue and the promo codes that come over from an older shop; a row that is here already stays as it is.

use kernel::currency::Currency;
use kernel::ids::{CategoryId, ItemId, PersonId, PromoId};
use sqlx::PgConnection;
use uuid::Uuid;

use crate::domain::import::{InCart, Promo, Use};
use crate::domain::item;
use crate::domain::name::Name;
use crate::domain::promo::{Code, Worth};
use crate::domain::review::Draft;
use crate::domain::words;
use crate::store;

/// Which of these categories are here.
pub async fn known_categories(conn: &mut PgConnection, ids: &[Uuid]) -> sqlx::Result<Vec<Uuid>> {
    sqlx::query_scalar!("select id from inventory.categories where id = any($1)", ids)
        .fetch_all(conn)
        .await
}

/// Which of these items are here.
pub async fn known_items(conn: &mut PgConnection, ids: &[Uuid]) -> sqlx::Result<Vec<Uuid>> {
    sqlx::query_scalar!("select id from inventory.items where id = any($1)", ids)
        .fetch_all(conn)
        .await
}

/// Which of these promo codes are here.
pub async fn known_promos(conn: &mut PgConnection, ids: &[Uuid]) -> sqlx::Result<Vec<Uuid>> {
    sqlx::query_scalar!("select id from inventory.promos where id = any($1)", ids)
        .fetch_all(conn)
        .await
}

/// Writes a category at the top of the shop, unless its name is taken there; whether it did.
pub async fn insert_category(
    conn: &mut PgConnection,
    id: CategoryId,
    name: &Name,
) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "insert into inventory.categories (id, name, name_key) values ($1, $2, $3)
         on conflict do nothing",
        id.0,
        name.as_str(),
        name.key(),
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Writes the archived category of what is only remembered, once.
pub async fn insert_archive(
    conn: &mut PgConnection,
    id: CategoryId,
    name: &Name,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into inventory.categories (id, name, name_key, archived_at, archived_with)
         values ($1, $2, $3, now(), $1) on conflict (id) do nothing",
        id.0,
        name.as_str(),
        name.key(),
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Where an item goes that comes over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shelf {
    /// Into the shop.
    Listed,
    /// Into the archive, along with its category.
    Archived,
}

/// Writes an item, unless its name is taken; whether it did.
pub async fn insert_item(
    conn: &mut PgConnection,
    draft: &item::Draft,
    shelf: Shelf,
) -> sqlx::Result<bool> {
    let price = draft.price.money();
    let done = sqlx::query!(
        "insert into inventory.items
             (id, category_id, name, name_key, description, words, price_minor, currency, unlimited,
              archived_at, archived_with)
         values ($1, $2, $3, $4, $5, array_to_tsvector($9), $6, $7, $8,
                 case when $10 then now() end, case when $10 then $2::uuid end)
         on conflict do nothing",
        draft.id.0,
        draft.category_id.0,
        draft.name.as_str(),
        draft.name.key(),
        draft.description.as_str(),
        price.minor,
        price.currency.code(),
        draft.unlimited,
        &words::of(&[draft.name.as_str(), draft.description.as_str()]),
        shelf == Shelf::Archived,
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Writes a promo code that was not used yet, unless somebody made the same code here; whether it did.
pub async fn insert_promo(
    conn: &mut PgConnection,
    promo: &Promo,
    code: &Code,
    priced: (Worth, Currency),
) -> sqlx::Result<bool> {
    let (worth, currency) = priced;
    let (kind, value) = match worth {
        Worth::Percent(points) => ("percent", i64::from(points)),
        Worth::Fixed(amount) => ("fixed", amount.minor),
        Worth::Balance(amount) => ("balance", amount.minor),
    };
    let limit = promo.limit();
    let done = sqlx::query!(
        "insert into inventory.promos
             (id, code, kind, value, currency, max_uses, expires_at, category_id, item_id, active,
              created_at)
         values ($1, $2, $3, $4, $5, $6,
                 timestamptz 'epoch' + $7::bigint * interval '1 microsecond', $8, $9, $10,
                 timestamptz 'epoch' + $11::bigint * interval '1 microsecond')
         on conflict do nothing",
        promo.id.0,
        code.as_str(),
        kind,
        value,
        currency.code(),
        i32::try_from(limit.unwrap_or(promo.max_uses)).map_err(store::undecodable)?,
        promo.expires_at.map(jiff::Timestamp::as_microsecond),
        promo.category.map(|category| category.0),
        promo.item.map(|item| item.0),
        promo.is_active && limit.is_some(),
        promo.created_at.as_microsecond(),
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Writes uses of promo codes that are here, and counts them anew; returns how many are new.
pub async fn insert_uses(conn: &mut PgConnection, uses: &[Use]) -> sqlx::Result<u64> {
    let promos: Vec<_> = uses.iter().map(|one| one.promo.0).collect();
    let people: Vec<_> = uses.iter().map(|one| one.person.0).collect();
    let times: Vec<_> = uses.iter().map(|one| one.at.as_microsecond()).collect();
    let done = sqlx::query!(
        "insert into inventory.promo_uses (promo_id, person_id, used_at)
         select promo_id, person_id, timestamptz 'epoch' + used_at * interval '1 microsecond'
         from unnest($1::uuid[], $2::bigint[], $3::bigint[]) as u (promo_id, person_id, used_at)
         on conflict (promo_id, person_id) do nothing",
        &promos,
        &people,
        &times,
    )
    .execute(&mut *conn)
    .await?;
    sqlx::query!(
        "update inventory.promos set uses = counted.uses,
             max_uses = case when max_uses > 0 then greatest(max_uses, counted.uses) else 0 end
         from (
             select promo_id, count(*)::integer as uses from inventory.promo_uses
             where promo_id = any($1) group by promo_id
         ) counted
         where promos.id = counted.promo_id and promos.uses <> counted.uses",
        &promos,
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected())
}

/// The promo codes with these codes.
pub async fn promos_of_codes(
    conn: &mut PgConnection,
    codes: &[String],
) -> sqlx::Result<Vec<(String, PromoId)>> {
    let rows = sqlx::query!("select code, id from inventory.promos where code = any($1)", codes)
        .fetch_all(conn)
        .await?;
    Ok(rows.into_iter().map(|row| (row.code, PromoId(row.id))).collect())
}

/// Which of these people have something in their cart.
pub async fn with_cart(
    conn: &mut PgConnection,
    people: &[PersonId],
) -> sqlx::Result<Vec<PersonId>> {
    let ids: Vec<_> = people.iter().map(|person| person.0).collect();
    let rows = sqlx::query_scalar!(
        "select distinct person_id from inventory.cart_lines where person_id = any($1)",
        &ids,
    )
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(PersonId).collect())
}

/// A line of a cart as it is to be.
pub struct CartLine<'a> {
    /// The first of what it was made of.
    pub first: &'a InCart,
    /// One of ten.
    pub place: i16,
    /// How many.
    pub quantity: i32,
    /// The code on it.
    pub promo: Option<PromoId>,
}

/// Fills carts that are empty.
pub async fn insert_cart_lines(
    conn: &mut PgConnection,
    lines: &[CartLine<'_>],
) -> sqlx::Result<()> {
    let people: Vec<_> = lines.iter().map(|line| line.first.person.0).collect();
    let places: Vec<_> = lines.iter().map(|line| line.place).collect();
    let items: Vec<_> = lines.iter().map(|line| line.first.item.0).collect();
    let quantities: Vec<_> = lines.iter().map(|line| line.quantity).collect();
    let promos: Vec<_> = lines.iter().map(|line| line.promo.map(|promo| promo.0)).collect();
    let times: Vec<_> = lines.iter().map(|line| line.first.at.as_microsecond()).collect();
    sqlx::query!(
        "insert into inventory.cart_lines
             (person_id, place, item_id, quantity, promo_id, added_at)
         select person_id, place, item_id, quantity, promo_id,
             timestamptz 'epoch' + added_at * interval '1 microsecond'
         from unnest($1::bigint[], $2::smallint[], $3::uuid[], $4::integer[], $5::uuid[],
                     $6::bigint[])
             as l (person_id, place, item_id, quantity, promo_id, added_at)",
        &people,
        &places,
        &items,
        &quantities,
        &promos as &[Option<Uuid>],
        &times,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// The value of an unlimited item: which it is.
pub async fn shared_fingerprint(
    conn: &mut PgConnection,
    item: ItemId,
) -> sqlx::Result<Option<Vec<u8>>> {
    sqlx::query_scalar!(
        "select fingerprint from inventory.units where item_id = $1 and state = 'shared'",
        item.0,
    )
    .fetch_optional(conn)
    .await
}

/// Writes a review that everybody may read, unless there is one; whether it did.
pub async fn insert_review(
    conn: &mut PgConnection,
    draft: &Draft,
    at: jiff::Timestamp,
) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "insert into inventory.reviews
             (id, item_id, person_id, author, stars, body, state, written_at)
         values ($1, $2, $3, $4, $5, $6, 'approved',
                 timestamptz 'epoch' + $7::bigint * interval '1 microsecond')
         on conflict do nothing",
        draft.id().0,
        draft.item.0,
        draft.person.0,
        draft.author.as_str(),
        i16::from(draft.stars.get()),
        draft.words.as_str(),
        at.as_microsecond(),
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}
