//! Units and orders that come over from an older shop. A value is one unit for ever, however often the older shop sold it.

use kernel::ids::{ItemId, OrderId, PersonId};
use sqlx::PgConnection;
use uuid::Uuid;

use crate::domain::import::{Sold, order_number};
use crate::domain::unit::SealedUnit;

/// A sealed value that comes over.
pub struct Arrival {
    /// The item that it was sealed for.
    pub item: ItemId,
    /// The value.
    pub unit: SealedUnit,
    /// The order that holds it; none where nobody does.
    pub order: Option<OrderId>,
    /// When it was sold, in microseconds; none for what comes in now.
    pub at: Option<i64>,
}

/// What a value is to be here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum As {
    /// In stock.
    Free,
    /// What all buyers of its item get.
    Shared,
    /// A buyer's.
    Sold,
    /// Nobody's any more, and not to be listed again.
    Withdrawn,
}

impl As {
    fn state(self) -> &'static str {
        match self {
            Self::Free => "free",
            Self::Shared => "shared",
            Self::Sold => "sold",
            Self::Withdrawn => "withdrawn",
        }
    }
}

/// Writes units in the order given, each value once. What was free here and was sold there meanwhile is the buyer's; any
/// other value that is known stays what it is.
pub async fn insert(
    conn: &mut PgConnection,
    arrivals: &[Arrival],
    becomes: As,
    batch: Uuid,
) -> sqlx::Result<()> {
    let items: Vec<_> = arrivals.iter().map(|one| one.item.0).collect();
    let orders: Vec<_> = arrivals.iter().map(|one| one.order.map(|order| order.0)).collect();
    let sealed: Vec<_> = arrivals.iter().map(|one| one.unit.sealed.clone()).collect();
    let key_ids: Vec<_> = arrivals.iter().map(|one| one.unit.key_id).collect();
    let fingerprints: Vec<_> = arrivals.iter().map(|one| one.unit.fingerprint.clone()).collect();
    let times: Vec<_> = arrivals.iter().map(|one| one.at).collect();
    sqlx::query!(
        "with given as (
             select distinct on (fingerprint) *
             from unnest($1::uuid[], $2::uuid[], $3::bytea[], $4::integer[], $5::bytea[],
                         $6::bigint[])
                 with ordinality as u (item_id, order_id, sealed, key_id, fingerprint, added_at,
                                       place)
             order by fingerprint, place
         )
         insert into inventory.units
             (item_id, state, order_id, sealed, key_id, fingerprint, batch_id, added_at)
         select item_id, $7, order_id, sealed, key_id, fingerprint, $8,
             coalesce(timestamptz 'epoch' + added_at * interval '1 microsecond', now())
         from given order by place
         on conflict (fingerprint) do update
             set state = excluded.state, order_id = excluded.order_id
             where units.state = 'free' and excluded.state = 'sold'",
        &items,
        &orders as &[Option<Uuid>],
        &sealed,
        &key_ids,
        &fingerprints,
        &times as &[Option<i64>],
        becomes.state(),
        batch,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// A value that is here.
#[derive(Debug, Clone)]
pub struct Known {
    /// Its unit.
    pub id: i64,
    /// What it is recognised by.
    pub fingerprint: Vec<u8>,
    /// The item that it is sealed for.
    pub item: ItemId,
    /// What it is.
    pub state: String,
    /// Of the order that holds it, whether that was made in the older shop.
    pub sold_there: bool,
    /// The order that holds it.
    pub order: Option<OrderId>,
    /// What it came in.
    pub batch: Uuid,
}

/// The units of these values.
pub async fn list_known(
    conn: &mut PgConnection,
    fingerprints: &[Vec<u8>],
) -> sqlx::Result<Vec<Known>> {
    let rows = sqlx::query!(
        r#"select id, fingerprint, item_id, state, order_id, batch_id,
               coalesce(get_byte(uuid_send(order_id), 6) >> 4 = 5, false) as "sold_there!"
           from inventory.units where fingerprint = any($1)"#,
        fingerprints,
    )
    .fetch_all(conn)
    .await?;
    let known = rows.into_iter().map(|row| Known {
        id: row.id,
        fingerprint: row.fingerprint,
        item: ItemId(row.item_id),
        state: row.state,
        sold_there: row.sold_there,
        order: row.order_id.map(OrderId),
        batch: row.batch_id,
    });
    Ok(known.collect())
}

/// Free units that came in a batch, after one, by what they are recognised by.
pub async fn free_after(
    conn: &mut PgConnection,
    batch: Uuid,
    after: i64,
    limit: i64,
) -> sqlx::Result<Vec<(i64, Vec<u8>)>> {
    let rows = sqlx::query!(
        "select id, fingerprint from inventory.units
         where batch_id = $1 and state = 'free' and id > $2 order by id limit $3",
        batch,
        after,
        limit,
    )
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(|row| (row.id, row.fingerprint)).collect())
}

/// Takes free units out of stock; returns how many.
pub async fn withdraw(conn: &mut PgConnection, ids: &[i64]) -> sqlx::Result<u64> {
    let done = sqlx::query!(
        "update inventory.units set state = 'withdrawn' where id = any($1) and state = 'free'",
        ids,
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected())
}

/// Which of these orders are here.
pub async fn known_orders(conn: &mut PgConnection, ids: &[Uuid]) -> sqlx::Result<Vec<Uuid>> {
    sqlx::query_scalar!("select id from inventory.orders where id = any($1)", ids)
        .fetch_all(conn)
        .await
}

/// An order that was delivered long ago, of one line.
pub struct Past<'a> {
    /// What was sold.
    pub sold: &'a Sold,
    /// The item that its value is sealed for.
    pub item: ItemId,
    /// The unit of its value, where another order holds it or all buyers get it.
    pub shared_unit: Option<i64>,
}

/// Writes orders that were delivered and seen long ago; returns those that are new. One whose number is taken is not.
pub async fn insert_orders(conn: &mut PgConnection, past: &[Past<'_>]) -> sqlx::Result<Vec<Uuid>> {
    let Some(first) = past.first() else { return Ok(Vec::new()) };
    let ids: Vec<_> = past.iter().map(|one| one.sold.id.0).collect();
    let numbers: Vec<_> = past.iter().map(|one| order_number(one.sold.number)).collect();
    let buyers: Vec<_> = past.iter().map(|one| one.sold.buyer.map_or(0, |buyer| buyer.0)).collect();
    let prices: Vec<_> = past.iter().map(|one| one.sold.price.minor).collect();
    let times: Vec<_> = past.iter().map(|one| one.sold.at.as_microsecond()).collect();
    sqlx::query_scalar!(
        "with given as (
             select id, number, buyer_id, total_minor,
                 timestamptz 'epoch' + sold_at * interval '1 microsecond' as sold_at
             from unnest($1::uuid[], $2::text[], $3::bigint[], $4::bigint[], $5::bigint[])
                 as o (id, number, buyer_id, total_minor, sold_at)
         )
         insert into inventory.orders
             (id, number, buyer_id, state, total_minor, currency, placed_at, delivered_at,
              revealed_at, due_at)
         select id, number, buyer_id, 'delivered', total_minor, $6, sold_at, sold_at, sold_at,
             sold_at
         from given
         on conflict do nothing
         returning id",
        &ids,
        &numbers,
        &buyers,
        &prices,
        &times,
        first.sold.price.currency.code(),
    )
    .fetch_all(conn)
    .await
}

/// Writes the lines of orders that are new.
pub async fn insert_order_lines(conn: &mut PgConnection, past: &[&Past<'_>]) -> sqlx::Result<()> {
    let orders: Vec<_> = past.iter().map(|one| one.sold.id.0).collect();
    let items: Vec<_> = past.iter().map(|one| one.item.0).collect();
    let names: Vec<_> = past.iter().map(|one| one.sold.item_name.clone()).collect();
    let prices: Vec<_> = past.iter().map(|one| one.sold.price.minor).collect();
    let shared: Vec<_> = past.iter().map(|one| one.shared_unit).collect();
    sqlx::query!(
        "insert into inventory.order_lines
             (order_id, line_no, item_id, item_name, unit_price_minor, quantity, shared_unit_id)
         select order_id, 1, item_id, item_name, price_minor, 1, shared_unit_id
         from unnest($1::uuid[], $2::uuid[], $3::text[], $4::bigint[], $5::bigint[])
             as l (order_id, item_id, item_name, price_minor, shared_unit_id)",
        &orders,
        &items,
        &names,
        &prices,
        &shared as &[Option<i64>],
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Those of these people who bought something here: under an id that the older shop's keys do not make.
pub async fn list_traders(
    conn: &mut PgConnection,
    people: &[PersonId],
) -> sqlx::Result<Vec<PersonId>> {
    let ids: Vec<_> = people.iter().map(|person| person.0).collect();
    let rows = sqlx::query_scalar!(
        "select distinct buyer_id from inventory.orders
         where buyer_id = any($1) and state <> 'released'
             and get_byte(uuid_send(id), 6) >> 4 <> 5
         order by 1",
        &ids,
    )
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(PersonId).collect())
}

/// What came over, counted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Totals {
    /// Orders.
    pub orders: u64,
    /// What they cost together.
    pub orders_minor: i64,
    /// Units that can be bought.
    pub unsold: u64,
    /// Units that were bought here since.
    pub sold_here: u64,
    /// Uses of promo codes.
    pub uses: u64,
}

/// Counts what came over. Reads all orders and units, so that it is given time.
pub async fn totals(conn: &mut PgConnection, stock: Uuid) -> sqlx::Result<Totals> {
    let row = sqlx::query!(
        r#"select count(*) as "orders!", coalesce(sum(total_minor), 0)::bigint as "minor!",
               (select count(*) from inventory.units
                where batch_id = $1 and state in ('free', 'shared')) as "unsold!",
               (select count(*) from inventory.units
                where batch_id = $1 and state in ('reserved', 'sold')
                    and get_byte(uuid_send(order_id), 6) >> 4 <> 5) as "sold_here!",
               (select count(*) from inventory.promo_uses u
                where u.order_id is null and get_byte(uuid_send(u.promo_id), 6) >> 4 = 5
                    and not exists (select from inventory.redemptions r
                        where r.promo_id = u.promo_id and r.person_id = u.person_id)) as "uses!"
           from inventory.orders where get_byte(uuid_send(id), 6) >> 4 = 5"#,
        stock,
    )
    .fetch_one(conn)
    .await?;
    Ok(Totals {
        orders: row.orders.unsigned_abs(),
        orders_minor: row.minor,
        unsold: row.unsold.unsigned_abs(),
        sold_here: row.sold_here.unsigned_abs(),
        uses: row.uses.unsigned_abs(),
    })
}
