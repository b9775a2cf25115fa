//! Promo codes in the database.

use jiff::Timestamp;
use kernel::ids::{CategoryId, ItemId, PersonId, PromoId};
use kernel::page::{Page, PageRequest};
use sqlx::{PgConnection, PgExecutor, PgPool};
use uuid::Uuid;

use crate::domain::promo::{Binding, Code, Promo, PromoDraft, Statistics, Use, Worth};
use crate::store;

/// The constraint that a code meets which somebody made before.
pub const CODE_KEY: &str = "promos_code_key";

/// The columns that make a [`Promo`]; `is_over` by the database's clock.
pub(super) struct Row {
    pub id: Uuid,
    pub code: String,
    pub kind: String,
    pub value: i64,
    pub currency: String,
    pub max_uses: i32,
    pub uses: i32,
    pub expires_at: Option<jiff_sqlx::Timestamp>,
    pub is_over: bool,
    pub category_id: Option<Uuid>,
    pub item_id: Option<Uuid>,
    pub active: bool,
    pub is_archived: bool,
}

impl TryFrom<Row> for Promo {
    type Error = sqlx::Error;

    fn try_from(row: Row) -> sqlx::Result<Self> {
        let money = |minor| store::money(minor, &row.currency);
        let worth = match row.kind.as_str() {
            "percent" => Worth::Percent(u32::try_from(row.value).map_err(store::undecodable)?),
            "fixed" => Worth::Fixed(money(row.value)?),
            "balance" => Worth::Balance(money(row.value)?),
            kind => return Err(store::undecodable(format!("a promo code of kind {kind}"))),
        };
        let binding = match (row.category_id, row.item_id) {
            (_, Some(item)) => Binding::Item(ItemId(item)),
            (Some(category), None) => Binding::Category(CategoryId(category)),
            (None, None) => Binding::Anything,
        };
        Ok(Self {
            id: PromoId(row.id),
            code: Code::stored(row.code),
            worth,
            max_uses: row.max_uses.unsigned_abs(),
            uses: row.uses.unsigned_abs(),
            expires_at: row.expires_at.map(jiff_sqlx::Timestamp::to_jiff),
            is_over: row.is_over,
            binding,
            is_active: row.active,
            is_archived: row.is_archived,
        })
    }
}

/// Writes a code unless its id is taken; whether it did. Violates [`CODE_KEY`] where somebody made the same code before.
pub async fn insert(
    conn: impl PgExecutor<'_>,
    draft: &PromoDraft,
    currency: kernel::currency::Currency,
) -> sqlx::Result<bool> {
    let (kind, value, currency) = match draft.worth {
        Worth::Percent(points) => ("percent", i64::from(points), currency),
        Worth::Fixed(amount) => ("fixed", amount.minor, amount.currency),
        Worth::Balance(amount) => ("balance", amount.minor, amount.currency),
    };
    let (category, item) = match draft.binding {
        Binding::Anything => (None, None),
        Binding::Category(category) => (Some(category.0), None),
        Binding::Item(item) => (None, Some(item.0)),
    };
    let expires_at = draft.expires_at.map(jiff_sqlx::Timestamp::from);
    let done = sqlx::query!(
        "insert into inventory.promos
             (id, code, kind, value, currency, max_uses, expires_at, category_id, item_id)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
         on conflict (id) do nothing",
        draft.id.0,
        draft.code.as_str(),
        kind,
        value,
        currency.code(),
        i32::try_from(draft.max_uses).map_err(store::undecodable)?,
        expires_at as Option<jiff_sqlx::Timestamp>,
        category,
        item,
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Which code is looked for.
#[derive(Debug, Clone)]
pub enum Named {
    /// By what was typed.
    Code(Code),
    /// By what stands for it.
    Id(PromoId),
}

/// A code, and whether a person has used it.
pub async fn find(
    conn: impl PgExecutor<'_>,
    named: &Named,
    person: PersonId,
) -> sqlx::Result<Option<(Promo, Use)>> {
    let (code, id) = match named {
        Named::Code(code) => (Some(code.as_str()), None),
        Named::Id(id) => (None, Some(id.0)),
    };
    let row = sqlx::query!(
        r#"select p.id, p.code, p.kind, p.value, p.currency, p.max_uses, p.uses, p.expires_at,
                  coalesce(p.expires_at <= now(), false) as "is_over!", p.category_id, p.item_id,
                  p.active, p.archived_at is not null as "is_archived!",
                  exists (select from inventory.promo_uses u
                          where u.promo_id = p.id and u.person_id = $3) as "used!"
           from inventory.promos p where p.code = $1 or p.id = $2"#,
        code,
        id,
        person.0,
    )
    .fetch_optional(conn)
    .await?;
    row.map(|row| {
        let used = if row.used { Use::Again } else { Use::First };
        let promo = Row {
            id: row.id,
            code: row.code,
            kind: row.kind,
            value: row.value,
            currency: row.currency,
            max_uses: row.max_uses,
            uses: row.uses,
            expires_at: row.expires_at,
            is_over: row.is_over,
            category_id: row.category_id,
            item_id: row.item_id,
            active: row.active,
            is_archived: row.is_archived,
        };
        Ok((promo.try_into()?, used))
    })
    .transpose()
}

/// Codes that stay as they are until the transaction ends. Locked in the order of their ids, so that nobody waits in a
/// circle.
pub async fn lock(conn: &mut PgConnection, ids: &[PromoId]) -> sqlx::Result<Vec<Promo>> {
    let ids: Vec<_> = ids.iter().map(|id| id.0).collect();
    let rows = sqlx::query_as!(
        Row,
        r#"select id, code, kind, value, currency, max_uses, uses, expires_at,
                  coalesce(expires_at <= now(), false) as "is_over!", category_id, item_id,
                  active, archived_at is not null as "is_archived!"
           from inventory.promos where id = any($1)
           order by id for no key update"#,
        &ids,
    )
    .fetch_all(conn)
    .await?;
    rows.into_iter().map(Promo::try_from).collect()
}

/// Codes that are not archived, newest first.
pub async fn list(pool: &PgPool, page: PageRequest) -> sqlx::Result<Page<(Promo, Option<String>)>> {
    let rows = sqlx::query!(
        r#"select p.id, p.code, p.kind, p.value, p.currency, p.max_uses, p.uses, p.expires_at,
                  coalesce(p.expires_at <= now(), false) as "is_over!", p.category_id, p.item_id,
                  p.active, coalesce(i.name, c.name) as bound_name
           from inventory.promos p
           left join inventory.items i on i.id = p.item_id
           left join inventory.categories c on c.id = p.category_id
           where p.archived_at is null
           order by p.created_at desc, p.id limit $1 offset $2"#,
        page.limit(),
        page.offset(),
    )
    .fetch_all(pool)
    .await?;
    let total = sqlx::query_scalar!(
        r#"select count(*) as "count!" from inventory.promos where archived_at is null"#
    )
    .fetch_one(pool)
    .await?;
    let rows = rows.into_iter().map(|row| {
        let promo = Row {
            id: row.id,
            code: row.code,
            kind: row.kind,
            value: row.value,
            currency: row.currency,
            max_uses: row.max_uses,
            uses: row.uses,
            expires_at: row.expires_at,
            is_over: row.is_over,
            category_id: row.category_id,
            item_id: row.item_id,
            active: row.active,
            is_archived: false,
        };
        Ok((promo.try_into()?, row.bound_name))
    });
    Ok(Page { rows: rows.collect::<sqlx::Result<_>>()?, total: total.unsigned_abs() })
}

/// What a code is bound to: its name, and whether it is archived.
pub async fn find_bound(
    conn: impl PgExecutor<'_>,
    binding: Binding,
) -> sqlx::Result<Option<(String, bool)>> {
    let (category, item) = match binding {
        Binding::Anything => return Ok(None),
        Binding::Category(category) => (Some(category.0), None),
        Binding::Item(item) => (None, Some(item.0)),
    };
    let row = sqlx::query!(
        r#"select name as "name!", archived_at is not null as "is_archived!"
           from inventory.categories where id = $1
           union all
           select name, archived_at is not null from inventory.items where id = $2"#,
        category,
        item,
    )
    .fetch_optional(conn)
    .await?;
    Ok(row.map(|row| (row.name, row.is_archived)))
}

/// Switches a code on or off.
pub async fn set_active(
    conn: impl PgExecutor<'_>,
    id: PromoId,
    active: Switch,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update inventory.promos set active = $2 where id = $1",
        id.0,
        active == Switch::On,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// What staff do with a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Switch {
    /// It counts.
    On,
    /// It does not.
    Off,
}

/// Takes a code away for good.
pub async fn archive(conn: impl PgExecutor<'_>, id: PromoId) -> sqlx::Result<()> {
    sqlx::query!(
        "update inventory.promos set active = false, archived_at = now()
         where id = $1 and archived_at is null",
        id.0,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// What came of a code.
pub async fn find_statistics(conn: impl PgExecutor<'_>, id: PromoId) -> sqlx::Result<Statistics> {
    let row = sqlx::query!(
        r#"with orders as (
               select o.delivered_at as at, l.discount_minor as given,
                      l.unit_price_minor * l.quantity - l.discount_minor as earned
               from inventory.order_lines l join inventory.orders o on o.id = l.order_id
               where l.promo_id = $1 and o.state = 'delivered'
           ), done as (
               select at, given, earned from orders
               union all
               select done_at, amount_minor, 0 from inventory.redemptions
               where promo_id = $1 and done_at is not null
           )
           select count(*) as "completed!", coalesce(sum(given), 0)::bigint as "given!",
                  coalesce(sum(earned), 0)::bigint as "earned!", max(at) as last_used_at
           from done"#,
        id.0,
    )
    .fetch_one(conn)
    .await?;
    Ok(Statistics {
        completed: row.completed.unsigned_abs(),
        given_minor: row.given,
        earned_minor: row.earned,
        last_used_at: row.last_used_at.map(jiff_sqlx::Timestamp::to_jiff),
    })
}

/// The database's clock.
pub async fn now(conn: impl PgExecutor<'_>) -> sqlx::Result<Timestamp> {
    let now = sqlx::query_scalar!(r#"select now() as "now!""#).fetch_one(conn).await?;
    Ok(now.to_jiff())
}
