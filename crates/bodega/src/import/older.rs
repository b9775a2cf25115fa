//! The database of a Telegram-shop, read at one instant: what is in it, as it is.

use std::fmt::Write as _;

use anyhow::{Context, bail, ensure};
use sqlx::postgres::{PgConnectOptions, PgRow};
use sqlx::{Connection, FromRow, PgConnection};

/// Rows of one read.
pub const PAGE: i64 = 500;

/// Tables that are read, with the columns that the last release of that shop has.
const TABLES: [(&str, &[&str]); 13] = [
    ("roles", &["id", "name", "permissions"]),
    (
        "users",
        &["telegram_id", "role_id", "balance", "referral_id", "registration_date", "is_blocked"],
    ),
    ("categories", &["id", "name"]),
    ("goods", &["id", "name", "price", "description", "category_id"]),
    ("item_values", &["id", "item_id", "value", "is_infinity"]),
    (
        "bought_goods",
        &["id", "item_name", "value", "price", "buyer_id", "bought_datetime", "unique_id"],
    ),
    ("operations", &["id", "user_id", "operation_value", "operation_time"]),
    ("payments", &["id", "provider", "external_id", "amount", "currency", "status", "updated_at"]),
    (
        "referral_earnings",
        &["id", "referrer_id", "referral_id", "amount", "original_amount", "created_at"],
    ),
    (
        "promo_codes",
        &[
            "id",
            "code",
            "discount_type",
            "discount_value",
            "max_uses",
            "current_uses",
            "expires_at",
            "category_id",
            "item_id",
            "is_active",
            "created_at",
        ],
    ),
    ("promo_code_usages", &["id", "promo_id", "user_id", "used_at"]),
    ("cart_items", &["id", "user_id", "item_name", "promo_code", "added_at"]),
    ("reviews", &["id", "user_id", "item_name", "rating", "text", "created_at"]),
];

/// Its database, in one transaction that cannot write.
pub struct Older(PgConnection);

/// A role.
#[derive(Debug, FromRow)]
pub struct Role {
    pub id: i64,
    pub name: String,
    pub bits: i64,
}

/// Somebody with a role that not everybody has.
#[derive(Debug, FromRow)]
pub struct Member {
    pub person: i64,
    pub role: i64,
}

/// A category.
#[derive(Debug, FromRow)]
pub struct Category {
    pub id: i64,
    pub name: String,
}

/// An item.
#[derive(Debug, FromRow)]
pub struct Good {
    pub id: i64,
    pub category: i64,
    pub name: String,
    pub description: String,
    pub price: String,
    pub unlimited: bool,
}

/// A value in stock.
#[derive(Debug, FromRow)]
pub struct Value {
    pub id: i64,
    pub good: i64,
    pub value: Option<String>,
}

/// A person.
#[derive(Debug, FromRow)]
pub struct Person {
    pub id: i64,
    pub balance: String,
    pub inviter: Option<i64>,
    pub since: i64,
    pub is_blocked: bool,
}

/// Something that was bought.
#[derive(Debug, FromRow)]
pub struct Purchase {
    pub id: i64,
    pub item_name: String,
    pub value: String,
    pub price: String,
    pub buyer: Option<i64>,
    pub at: i64,
    pub number: i64,
}

/// What moved a balance, other than purchases and shares.
#[derive(Debug, FromRow)]
pub struct Operation {
    pub id: i64,
    pub person: Option<i64>,
    pub amount: String,
    pub at: i64,
}

/// An inviter's share.
#[derive(Debug, FromRow)]
pub struct Earning {
    pub id: i64,
    pub inviter: i64,
    pub invited: i64,
    pub amount: String,
    pub topped_up: String,
    pub at: i64,
}

/// A payment of a provider.
#[derive(Debug, FromRow)]
pub struct Payment {
    pub id: i64,
    pub provider: String,
    pub external_id: String,
    pub amount: String,
    pub currency: String,
    pub status: String,
    pub at: i64,
}

/// A promo code.
#[derive(Debug, FromRow)]
pub struct Promo {
    pub id: i64,
    pub code: String,
    pub kind: String,
    pub value: String,
    pub max_uses: i64,
    pub uses: i64,
    pub uses_kept: i64,
    pub expires_at: Option<i64>,
    pub category: Option<i64>,
    pub good: Option<i64>,
    pub is_active: bool,
    pub created_at: i64,
}

/// A use of a promo code.
#[derive(Debug, FromRow)]
pub struct Use {
    pub id: i64,
    pub promo: i64,
    pub person: i64,
    pub at: i64,
}

/// One thing in a cart.
#[derive(Debug, FromRow)]
pub struct InCart {
    pub id: i64,
    pub person: i64,
    pub item_name: String,
    pub code: Option<String>,
    pub at: i64,
}

/// What somebody said of an item.
#[derive(Debug, FromRow)]
pub struct Review {
    pub id: i64,
    pub person: i64,
    pub item_name: String,
    pub stars: i64,
    pub words: String,
    pub at: i64,
}

/// What it comes to, by its own sums.
#[derive(Debug, FromRow)]
pub struct Sums {
    pub people: i64,
    pub blocked: i64,
    pub balances: String,
    pub unsold: i64,
    pub purchases: i64,
    pub purchases_sum: String,
    pub uses: i64,
}

/// A moment in microseconds since 1970, as all times here are read.
macro_rules! micros {
    ($column:literal) => {
        concat!("(extract(epoch from ", $column, ") * 1000000)::bigint")
    };
}

impl Older {
    /// Opens it and sees to it that it is what is expected.
    pub async fn open(options: &PgConnectOptions) -> anyhow::Result<Self> {
        let mut conn =
            PgConnection::connect_with(options).await.context("connect to the older shop")?;
        sqlx::raw_sql(
            "set timezone to 'UTC';
             set statement_timeout to 0;
             set idle_in_transaction_session_timeout to 0;
             begin isolation level repeatable read, read only",
        )
        .execute(&mut conn)
        .await?;
        let mut older = Self(conn);
        older.check_tables().await?;
        Ok(older)
    }

    async fn check_tables(&mut self) -> anyhow::Result<()> {
        let present: Vec<(String, String)> = sqlx::query_as(
            "select table_name::text, column_name::text from information_schema.columns
             where table_schema = 'public'",
        )
        .fetch_all(&mut self.0)
        .await?;
        let mut missing = String::new();
        for (table, columns) in TABLES {
            for column in columns {
                if !present.iter().any(|(t, c)| t == table && c == column) {
                    write!(missing, " {table}.{column}")?;
                }
            }
        }
        ensure!(
            missing.is_empty(),
            "this is not the database of a Telegram-shop of the last release: it lacks{missing}; \
             run that shop's migrations first (alembic upgrade head)"
        );
        Ok(())
    }

    /// The currency of the last payment; none where nobody paid yet.
    pub async fn currency(&mut self) -> sqlx::Result<Option<String>> {
        sqlx::query_scalar(
            "select currency::text from public.payments where status = 'succeeded'
             order by updated_at desc, id desc limit 1",
        )
        .fetch_optional(&mut self.0)
        .await
    }

    /// How many rows a table has; none where there is no such table.
    pub async fn count(&mut self, table: &'static str) -> anyhow::Result<Option<i64>> {
        let counted = match table {
            "audit_log" => "select count(*) from public.audit_log",
            other => bail!("{other} is not counted"),
        };
        let is_there: bool = sqlx::query_scalar("select to_regclass('public.' || $1) is not null")
            .bind(table)
            .fetch_one(&mut self.0)
            .await?;
        if !is_there {
            return Ok(None);
        }
        Ok(Some(sqlx::query_scalar(counted).fetch_one(&mut self.0).await?))
    }

    /// All roles.
    pub async fn roles(&mut self) -> sqlx::Result<Vec<Role>> {
        self.all(
            "select id::bigint, coalesce(name, '') as name,
                 coalesce(permissions, 0)::bigint as bits
             from public.roles order by id",
        )
        .await
    }

    /// Everybody with a role other than `USER`.
    pub async fn members(&mut self) -> sqlx::Result<Vec<Member>> {
        self.all(
            "select u.telegram_id as person, u.role_id::bigint as role
             from public.users u join public.roles r on r.id = u.role_id
             where r.name <> 'USER' order by u.telegram_id",
        )
        .await
    }

    /// All categories.
    pub async fn categories(&mut self) -> sqlx::Result<Vec<Category>> {
        self.all("select id::bigint, name from public.categories order by id").await
    }

    /// Items after one.
    pub async fn goods_after(&mut self, after: i64) -> sqlx::Result<Vec<Good>> {
        self.page(
            "select id::bigint, category_id::bigint as category, name, description,
                 price::text as price, exists (
                     select from public.item_values v where v.item_id = g.id and v.is_infinity
                 ) as unlimited
             from public.goods g where id > $1 order by id limit $2",
            after,
        )
        .await
    }

    /// Every name that something was sold by.
    pub async fn sold_names(&mut self) -> sqlx::Result<Vec<(String,)>> {
        self.all("select distinct item_name from public.bought_goods order by item_name").await
    }

    /// The values of unlimited items.
    pub async fn shared_values(&mut self) -> sqlx::Result<Vec<Value>> {
        self.all(
            "select id::bigint, item_id::bigint as good, value from public.item_values
             where is_infinity order by item_id, id",
        )
        .await
    }

    /// Values that are sold once, after one.
    pub async fn values_after(&mut self, after: i64) -> sqlx::Result<Vec<Value>> {
        self.page(
            "select id::bigint, item_id::bigint as good, value from public.item_values
             where id > $1 and not is_infinity order by id limit $2",
            after,
        )
        .await
    }

    /// People after one.
    pub async fn people_after(&mut self, after: i64) -> sqlx::Result<Vec<Person>> {
        self.page(
            concat!(
                "select telegram_id as id, balance::text as balance, referral_id as inviter, ",
                micros!("registration_date"),
                " as since, coalesce(is_blocked, false) as is_blocked
                 from public.users where telegram_id > $1 order by telegram_id limit $2"
            ),
            after,
        )
        .await
    }

    /// Purchases after one.
    pub async fn purchases_after(&mut self, after: i64) -> sqlx::Result<Vec<Purchase>> {
        self.page(
            concat!(
                "select id::bigint, item_name, value, price::text as price, buyer_id as buyer, ",
                micros!("bought_datetime"),
                " as at, unique_id as number
                 from public.bought_goods where id > $1 order by id limit $2"
            ),
            after,
        )
        .await
    }

    /// What these people bought.
    pub async fn purchases_of(&mut self, people: &[i64]) -> sqlx::Result<Vec<Purchase>> {
        // The values are not needed, and so they are not read.
        self.of(
            concat!(
                "select id::bigint, item_name, '' as value, price::text as price,
                     buyer_id as buyer, ",
                micros!("bought_datetime"),
                " as at, unique_id as number
                 from public.bought_goods where buyer_id = any($1) order by bought_datetime, id"
            ),
            people,
        )
        .await
    }

    /// What moved these people's balances.
    pub async fn operations_of(&mut self, people: &[i64]) -> sqlx::Result<Vec<Operation>> {
        self.of(
            concat!(
                "select id::bigint, user_id as person, operation_value::text as amount, ",
                micros!("operation_time"),
                " as at from public.operations where user_id = any($1) order by operation_time, id"
            ),
            people,
        )
        .await
    }

    /// What moved balances of people who are gone.
    pub async fn operations_of_nobody(&mut self) -> sqlx::Result<Vec<Operation>> {
        self.all(concat!(
            "select id::bigint, user_id as person, operation_value::text as amount, ",
            micros!("operation_time"),
            " as at from public.operations where user_id is null order by id"
        ))
        .await
    }

    /// What these people earned by inviting.
    pub async fn earnings_of(&mut self, people: &[i64]) -> sqlx::Result<Vec<Earning>> {
        self.of(
            concat!(
                "select id::bigint, referrer_id as inviter, referral_id as invited,
                     amount::text as amount, original_amount::text as topped_up, ",
                micros!("created_at"),
                " as at from public.referral_earnings where referrer_id = any($1)
                 order by created_at, id"
            ),
            people,
        )
        .await
    }

    /// Payments after one.
    pub async fn payments_after(&mut self, after: i64) -> sqlx::Result<Vec<Payment>> {
        self.page(
            concat!(
                "select id::bigint, provider, external_id, amount::text as amount, currency,
                     status, ",
                micros!("updated_at"),
                " as at from public.payments where id > $1 order by id limit $2"
            ),
            after,
        )
        .await
    }

    /// Promo codes after one.
    pub async fn promos_after(&mut self, after: i64) -> sqlx::Result<Vec<Promo>> {
        self.page(
            concat!(
                "select id::bigint, code, discount_type as kind, discount_value::text as value,
                     greatest(max_uses, 0)::bigint as max_uses,
                     greatest(current_uses, 0)::bigint as uses,
                     (select count(*) from public.promo_code_usages u where u.promo_id = p.id)
                         as uses_kept, ",
                micros!("expires_at"),
                " as expires_at, category_id::bigint as category, item_id::bigint as good,
                     is_active, ",
                micros!("created_at"),
                " as created_at from public.promo_codes p where id > $1 order by id limit $2"
            ),
            after,
        )
        .await
    }

    /// Uses of promo codes after one.
    pub async fn uses_after(&mut self, after: i64) -> sqlx::Result<Vec<Use>> {
        self.page(
            concat!(
                "select id::bigint, promo_id::bigint as promo, user_id as person, ",
                micros!("used_at"),
                " as at from public.promo_code_usages where id > $1 order by id limit $2"
            ),
            after,
        )
        .await
    }

    /// Whole carts, of people after one.
    pub async fn carts_after(&mut self, after: i64) -> sqlx::Result<Vec<InCart>> {
        self.page(
            concat!(
                "select id::bigint, user_id as person, item_name, promo_code as code, ",
                micros!("added_at"),
                " as at from public.cart_items where user_id in (
                     select distinct user_id from public.cart_items where user_id > $1
                     order by user_id limit $2
                 ) order by user_id, id"
            ),
            after,
        )
        .await
    }

    /// Reviews after one.
    pub async fn reviews_after(&mut self, after: i64) -> sqlx::Result<Vec<Review>> {
        self.page(
            concat!(
                "select id::bigint, user_id as person, item_name, rating::bigint as stars,
                     coalesce(text, '') as words, ",
                micros!("created_at"),
                " as at from public.reviews where id > $1 order by id limit $2"
            ),
            after,
        )
        .await
    }

    /// What it comes to.
    pub async fn sums(&mut self) -> sqlx::Result<Sums> {
        sqlx::query_as(
            "select (select count(*) from public.users) as people,
                 (select count(*) from public.users where is_blocked) as blocked,
                 (select coalesce(sum(balance), 0)::text from public.users) as balances,
                 (select count(*) from public.item_values) as unsold,
                 (select count(*) from public.bought_goods) as purchases,
                 (select coalesce(sum(price), 0)::text from public.bought_goods) as purchases_sum,
                 (select count(*) from public.promo_code_usages) as uses",
        )
        .fetch_one(&mut self.0)
        .await
    }

    async fn all<T>(&mut self, statement: &'static str) -> sqlx::Result<Vec<T>>
    where
        T: for<'r> FromRow<'r, PgRow> + Send + Unpin,
    {
        sqlx::query_as(statement).fetch_all(&mut self.0).await
    }

    async fn page<T>(&mut self, statement: &'static str, after: i64) -> sqlx::Result<Vec<T>>
    where
        T: for<'r> FromRow<'r, PgRow> + Send + Unpin,
    {
        sqlx::query_as(statement).bind(after).bind(PAGE).fetch_all(&mut self.0).await
    }

    async fn of<T>(&mut self, statement: &'static str, people: &[i64]) -> sqlx::Result<Vec<T>>
    where
        T: for<'r> FromRow<'r, PgRow> + Send + Unpin,
    {
        sqlx::query_as(statement).bind(people).fetch_all(&mut self.0).await
    }
}
