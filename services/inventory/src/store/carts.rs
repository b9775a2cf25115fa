//! Carts in the database. Whoever changes one takes the person's turn first.

use kernel::ids::{CategoryId, ItemId, PersonId, PromoId};
use sqlx::PgExecutor;
use uuid::Uuid;

use crate::domain::cart::{CartLine, STOCK_COUNTED_MAX};
use crate::domain::promo::{Promo, Use};
use crate::store;
use crate::store::promos;

/// The constraint that an eleventh line meets.
pub const TEN_AT_MOST: &str = "cart_lines_are_ten_at_most";

/// Makes changes of one person's cart take turns until the transaction ends.
pub async fn take_turn(conn: impl PgExecutor<'_>, person: PersonId) -> sqlx::Result<()> {
    sqlx::query!("select pg_advisory_xact_lock(hashtextextended('inventory cart', $1))", person.0,)
        .execute(conn)
        .await?;
    Ok(())
}

/// The cart with all that decides what its lines cost, in one look at the database.
pub async fn list(conn: impl PgExecutor<'_>, person: PersonId) -> sqlx::Result<Vec<CartLine>> {
    let rows = sqlx::query!(
        r#"select l.item_id, l.quantity, i.name, i.category_id, i.price_minor, i.currency,
                  i.unlimited, i.archived_at is not null as "is_gone!",
                  -- The states are written out: only then do their partial indexes serve.
                  case when i.unlimited then (
                      select count(*) from inventory.units u
                      where u.item_id = i.id and u.state = 'shared'
                  ) else (
                      select count(*) from (
                          select from inventory.units u
                          where u.item_id = i.id and u.state = 'free' limit $2
                      ) counted
                  ) end as "in_stock!",
                  p.id as "promo_id?", p.code as "code?", p.kind as "kind?", p.value as "value?",
                  p.currency as "promo_currency?", p.max_uses as "max_uses?", p.uses as "uses?",
                  p.expires_at, coalesce(p.expires_at <= now(), false) as "is_over!",
                  p.category_id as promo_category_id, p.item_id as promo_item_id,
                  p.active as "active?", p.archived_at is not null as "is_archived!",
                  used.person_id is not null as "used!"
           from inventory.cart_lines l
           join inventory.items i on i.id = l.item_id
           left join inventory.promos p on p.id = l.promo_id
           left join inventory.promo_uses used
               on used.promo_id = p.id and used.person_id = l.person_id
           where l.person_id = $1
           order by l.added_at, l.item_id"#,
        person.0,
        STOCK_COUNTED_MAX,
    )
    .fetch_all(conn)
    .await?;
    let mut lines = Vec::with_capacity(rows.len());
    for row in rows {
        let promo = match (row.promo_id, row.code, row.kind, row.value, row.promo_currency) {
            (Some(id), Some(code), Some(kind), Some(value), Some(currency)) => {
                let promo: Promo = promos::Row {
                    id,
                    code,
                    kind,
                    value,
                    currency,
                    max_uses: row.max_uses.unwrap_or_default(),
                    uses: row.uses.unwrap_or_default(),
                    expires_at: row.expires_at,
                    is_over: row.is_over,
                    category_id: row.promo_category_id,
                    item_id: row.promo_item_id,
                    active: row.active.unwrap_or_default(),
                    is_archived: row.is_archived,
                }
                .try_into()?;
                Some((promo, if row.used { Use::Again } else { Use::First }))
            }
            _ => None,
        };
        lines.push(CartLine {
            item_id: ItemId(row.item_id),
            item_name: row.name,
            category_id: CategoryId(row.category_id),
            unit_price: store::money(row.price_minor, &row.currency)?,
            quantity: row.quantity.unsigned_abs(),
            in_stock: u32::try_from(row.in_stock).map_err(store::undecodable)?,
            unlimited: row.unlimited,
            is_gone: row.is_gone,
            promo,
        });
    }
    Ok(lines)
}

/// Adds one to a line, at most once per `add_id`, and never more than a line takes; whether there is such a line.
pub async fn add_one(
    conn: impl PgExecutor<'_>,
    person: PersonId,
    item: ItemId,
    add_id: Uuid,
) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "update inventory.cart_lines
         set quantity = case when add_id = $3 then quantity else least(quantity + 1, 100) end,
             add_id = $3
         where person_id = $1 and item_id = $2",
        person.0,
        item.0,
        add_id,
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Sets the quantity of a line; whether there is such a line.
pub async fn set_quantity(
    conn: impl PgExecutor<'_>,
    person: PersonId,
    item: ItemId,
    quantity: Option<u32>,
) -> sqlx::Result<bool> {
    let quantity = quantity.map(i32::try_from).transpose().map_err(store::undecodable)?;
    let done = sqlx::query!(
        "update inventory.cart_lines set quantity = coalesce($3, quantity)
         where person_id = $1 and item_id = $2",
        person.0,
        item.0,
        quantity,
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// A line that is put into a cart.
pub struct NewLine {
    /// Whose cart.
    pub person: PersonId,
    /// What.
    pub item: ItemId,
    /// How many; none is as few as one order may hold.
    pub quantity: Option<u32>,
    /// The press that added it, where one did.
    pub add_id: Option<Uuid>,
}

/// Puts a line into the first free place of a cart; whether the item is for sale. Violates [`TEN_AT_MOST`] where there
/// is no place.
pub async fn insert(conn: impl PgExecutor<'_>, line: NewLine) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "insert into inventory.cart_lines (person_id, place, item_id, quantity, add_id)
         select $1, coalesce((
                    select min(place) from generate_series(1, 10) place
                    where not exists (
                        select from inventory.cart_lines taken
                        where taken.person_id = $1 and taken.place = place.place
                    )
                ), 11), i.id, coalesce($3, i.min_per_order), $4
         from inventory.items i where i.id = $2 and i.archived_at is null",
        line.person.0,
        line.item.0,
        line.quantity.map(i32::try_from).transpose().map_err(store::undecodable)?,
        line.add_id,
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Puts a code on a line and takes it off the line that it was on.
pub async fn set_promo(
    conn: &mut sqlx::PgConnection,
    person: PersonId,
    item: ItemId,
    promo: Option<PromoId>,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update inventory.cart_lines set promo_id = null
         where person_id = $1 and promo_id = $2 and item_id <> $3",
        person.0,
        promo.map(|promo| promo.0),
        item.0,
    )
    .execute(&mut *conn)
    .await?;
    sqlx::query!(
        "update inventory.cart_lines set promo_id = $3 where person_id = $1 and item_id = $2",
        person.0,
        item.0,
        promo.map(|promo| promo.0),
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Takes a line out of a cart.
pub async fn remove(conn: impl PgExecutor<'_>, person: PersonId, item: ItemId) -> sqlx::Result<()> {
    sqlx::query!(
        "delete from inventory.cart_lines where person_id = $1 and item_id = $2",
        person.0,
        item.0,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Empties a cart.
pub async fn clear(conn: impl PgExecutor<'_>, person: PersonId) -> sqlx::Result<()> {
    sqlx::query!("delete from inventory.cart_lines where person_id = $1", person.0)
        .execute(conn)
        .await?;
    Ok(())
}

/// What a cart holds, for comparison with what was agreed to: item, quantity and code of each line.
pub async fn list_bare(
    conn: impl PgExecutor<'_>,
    person: PersonId,
) -> sqlx::Result<Vec<(ItemId, u32, Option<PromoId>)>> {
    let rows = sqlx::query!(
        "select item_id, quantity, promo_id from inventory.cart_lines
         where person_id = $1 order by item_id",
        person.0,
    )
    .fetch_all(conn)
    .await?;
    let line = |item, quantity: i32, promo: Option<Uuid>| {
        (ItemId(item), quantity.unsigned_abs(), promo.map(PromoId))
    };
    Ok(rows.into_iter().map(|row| line(row.item_id, row.quantity, row.promo_id)).collect())
}
