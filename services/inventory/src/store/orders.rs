//! Orders in the database: every change looks at the stored state, so that repeating one changes nothing.

use jiff::Timestamp;
use kernel::ids::{OrderId, PersonId};
use kernel::page::{Page, PageRequest};
use sqlx::{PgExecutor, PgPool};
use uuid::Uuid;

use crate::domain::order::Order;
use crate::domain::order_number::OrderNumber;
use crate::domain::purchase::{Purchase, Refusal};
use crate::store;

struct Row {
    id: Uuid,
    number: String,
    buyer_id: i64,
    state: String,
    total_minor: i64,
    currency: String,
    available_minor: Option<i64>,
    placed_at: jiff_sqlx::Timestamp,
    delivered_at: Option<jiff_sqlx::Timestamp>,
    revealed_at: Option<jiff_sqlx::Timestamp>,
}

impl TryFrom<Row> for Order {
    type Error = sqlx::Error;

    fn try_from(row: Row) -> sqlx::Result<Self> {
        let state = match (row.state.as_str(), row.available_minor) {
            ("reserved", _) => Purchase::Reserved,
            ("charged", _) => Purchase::Charged,
            ("delivered", _) => Purchase::Delivered,
            ("released", Some(available)) => Purchase::Released(Refusal::InsufficientFunds(
                store::money(available, &row.currency)?,
            )),
            (state, _) => return Err(store::undecodable(format!("an order in state {state}"))),
        };
        Ok(Self {
            id: OrderId(row.id),
            number: OrderNumber::stored(row.number),
            buyer: PersonId(row.buyer_id),
            state,
            total: store::money(row.total_minor, &row.currency)?,
            placed_at: row.placed_at.to_jiff(),
            delivered_at: row.delivered_at.map(jiff_sqlx::Timestamp::to_jiff),
            revealed_at: row.revealed_at.map(jiff_sqlx::Timestamp::to_jiff),
        })
    }
}

/// The order with this id.
pub async fn find(conn: impl PgExecutor<'_>, id: OrderId) -> sqlx::Result<Option<Order>> {
    let row = sqlx::query_as!(
        Row,
        "select id, number, buyer_id, state, total_minor, currency, available_minor, placed_at,
                delivered_at, revealed_at
         from inventory.orders where id = $1",
        id.0,
    )
    .fetch_optional(conn)
    .await?;
    row.map(Order::try_from).transpose()
}

/// The order that people call by this number.
pub async fn find_by_number(
    conn: impl PgExecutor<'_>,
    number: &OrderNumber,
) -> sqlx::Result<Option<Order>> {
    let row = sqlx::query_as!(
        Row,
        "select id, number, buyer_id, state, total_minor, currency, available_minor, placed_at,
                delivered_at, revealed_at
         from inventory.orders where number = $1",
        number.as_str(),
    )
    .fetch_optional(conn)
    .await?;
    row.map(Order::try_from).transpose()
}

/// Delivered orders of a buyer, newest first.
pub async fn list_delivered(
    pool: &PgPool,
    buyer: PersonId,
    page: PageRequest,
) -> sqlx::Result<Page<Order>> {
    let rows = sqlx::query_as!(
        Row,
        "select id, number, buyer_id, state, total_minor, currency, available_minor, placed_at,
                delivered_at, revealed_at
         from inventory.orders where buyer_id = $1 and state = 'delivered'
         order by delivered_at desc, id desc limit $2 offset $3",
        buyer.0,
        page.limit(),
        page.offset(),
    )
    .fetch_all(pool)
    .await?;
    let total = sqlx::query_scalar!(
        r#"select count(*) as "count!" from inventory.orders
           where buyer_id = $1 and state = 'delivered'"#,
        buyer.0,
    )
    .fetch_one(pool)
    .await?;
    let rows = rows.into_iter().map(Order::try_from).collect::<sqlx::Result<_>>()?;
    Ok(Page { rows, total: total.unsigned_abs() })
}

/// What is written with a step: who is told, and in which trace.
pub struct Notice<'a> {
    /// The encoded event.
    pub event: &'a [u8],
    /// W3C trace context; may be empty.
    pub traceparent: &'a str,
}

/// Makes the units of a reserved or charged order the buyer's and tells others; when it was, or none where the order is
/// in another state. `revealed` says that the values are on their way to the buyer.
pub async fn deliver(
    conn: impl PgExecutor<'_>,
    id: OrderId,
    revealed: Revealed,
    notice: Notice<'_>,
) -> sqlx::Result<Option<Timestamp>> {
    let at = sqlx::query_scalar!(
        r#"with done as (
               update inventory.orders
               set state = 'delivered', delivered_at = now(),
                   revealed_at = case when $2 then now() end
               where id = $1 and state in ('reserved', 'charged')
               returning delivered_at
           ), sold as (
               update inventory.units set state = 'sold'
               where order_id = $1 and state = 'reserved' and exists (select from done)
           ), told as (
               insert into inventory.outbox (event, traceparent) select $3, $4 from done
           )
           select delivered_at as "delivered_at!" from done"#,
        id.0,
        revealed == Revealed::Now,
        notice.event,
        notice.traceparent,
    )
    .fetch_optional(conn)
    .await?;
    Ok(at.map(jiff_sqlx::Timestamp::to_jiff))
}

/// Whether the buyer gets to see the values right away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Revealed {
    /// With the answer to the call that delivers.
    Now,
    /// When they ask.
    Later,
}

/// Makes the units of a reserved order free again and keeps why; whether it was in that state. Its promo codes may be
/// used again, and the cart that it emptied is as it was; what was put into that place meanwhile stays.
pub async fn release(
    conn: impl PgExecutor<'_>,
    id: OrderId,
    why: Released<'_>,
) -> sqlx::Result<bool> {
    let notice = why.notice.unwrap_or(Notice { event: &[], traceparent: "" });
    let done = sqlx::query_scalar!(
        r#"with undone as (
               update inventory.orders
               set state = 'released', release_reason = $2, available_minor = $3
               where id = $1 and state = 'reserved'
               returning id, buyer_id, from_cart
           ), freed as (
               update inventory.units set state = 'free', order_id = null
               where order_id = $1 and state = 'reserved' and exists (select from undone)
           ), unused as (
               delete from inventory.promo_uses
               where order_id = $1 and exists (select from undone)
               returning promo_id
           ), counted as (
               -- In the order in which reservations lock them.
               select id from inventory.promos where id in (select promo_id from unused)
               order by id for no key update
           ), given_back as (
               update inventory.promos set uses = uses - 1 where id in (select id from counted)
           ), restored as (
               insert into inventory.cart_lines (person_id, place, item_id, quantity, promo_id)
               select undone.buyer_id, l.line_no, l.item_id, l.quantity, l.promo_id
               from undone join inventory.order_lines l on l.order_id = undone.id
               where undone.from_cart
               on conflict do nothing
           ), told as (
               insert into inventory.outbox (event, traceparent)
               select $4::bytea, $5 from undone where octet_length($4::bytea) > 0
           )
           select exists (select from undone) as "undone!""#,
        id.0,
        why.reason,
        why.available_minor,
        notice.event,
        notice.traceparent,
    )
    .fetch_one(conn)
    .await?;
    Ok(done)
}

/// Why an order is released, and who is told.
pub struct Released<'a> {
    /// A failure's code.
    pub reason: &'a str,
    /// What the buyer had when the charge was refused.
    pub available_minor: i64,
    /// For those who do not wait for an answer.
    pub notice: Option<Notice<'a>>,
}

/// An order that recovery has taken up.
pub struct Claimed {
    /// The order.
    pub order: Order,
    /// How often it was taken up, this time included; nobody else has this number.
    pub attempt: i32,
}

/// Takes up unfinished orders that are due; for `lease_seconds` nobody else will.
pub async fn claim_due(
    pool: &PgPool,
    limit: i64,
    lease_seconds: f64,
) -> sqlx::Result<Vec<Claimed>> {
    let rows = sqlx::query!(
        "update inventory.orders
         set due_at = now() + make_interval(secs => $2), attempts = attempts + 1
         where id in (
             select id from inventory.orders
             where state in ('reserved', 'charged') and due_at <= now()
             order by due_at limit $1 for update skip locked
         )
         returning id, number, buyer_id, state, total_minor, currency, available_minor, placed_at,
                   delivered_at, revealed_at, attempts",
        limit,
        lease_seconds,
    )
    .fetch_all(pool)
    .await?;
    rows.into_iter()
        .map(|row| {
            let order = Row {
                id: row.id,
                number: row.number,
                buyer_id: row.buyer_id,
                state: row.state,
                total_minor: row.total_minor,
                currency: row.currency,
                available_minor: row.available_minor,
                placed_at: row.placed_at,
                delivered_at: row.delivered_at,
                revealed_at: row.revealed_at,
            };
            Ok(Claimed { order: order.try_into()?, attempt: row.attempts })
        })
        .collect()
}

/// How far an unfinished order has come for certain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reached {
    /// Its stock is kept aside.
    Reserved,
    /// It is paid.
    Charged,
}

/// Puts a claimed order off and keeps how far it has come, unless somebody else has taken it up meanwhile.
pub async fn postpone(
    conn: impl PgExecutor<'_>,
    claimed: &Claimed,
    reached: Reached,
    seconds: f64,
) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "update inventory.orders
         set due_at = now() + make_interval(secs => $4),
             state = case when $3 then 'charged' else state end
         where id = $1 and attempts = $2 and state in ('reserved', 'charged')",
        claimed.order.id.0,
        claimed.attempt,
        reached == Reached::Charged,
        seconds,
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Keeps when a delivered order's values were first opened for its buyer; later times change nothing.
pub async fn note_reveal(conn: impl PgExecutor<'_>, id: OrderId) -> sqlx::Result<()> {
    sqlx::query!(
        "update inventory.orders set revealed_at = now()
         where id = $1 and state = 'delivered' and revealed_at is null",
        id.0,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Unfinished orders that were taken up at least so often.
pub async fn count_stuck(conn: impl PgExecutor<'_>, attempts: i32) -> sqlx::Result<i64> {
    sqlx::query_scalar!(
        r#"select count(*) as "count!" from inventory.orders
           where state in ('reserved', 'charged') and attempts >= $1"#,
        attempts,
    )
    .fetch_one(conn)
    .await
}
