//! Roles in the database.

use kernel::ids::RoleId;
use kernel::page::{Page, PageRequest};
use sqlx::{PgConnection, PgExecutor, PgPool};
use uuid::Uuid;

use crate::domain::bits::Bits;
use crate::domain::role::{BuiltIn, Role, RoleName};
use crate::store::undecodable;

/// Violated where a name is taken.
pub const NAME_KEY: &str = "roles_name_key";

/// A role as its columns hold it.
pub(super) struct Row {
    pub id: Uuid,
    pub name: String,
    pub bits: i32,
    pub built_in: Option<String>,
}

impl Row {
    pub(super) fn decode(self) -> sqlx::Result<Role> {
        let bits = u32::try_from(self.bits).map_err(undecodable)?;
        let built_in = self.built_in.as_deref().map(|tag| {
            BuiltIn::from_tag(tag).ok_or_else(|| undecodable(format!("no built-in role is {tag}")))
        });
        Ok(Role {
            id: RoleId(self.id),
            name: self.name,
            bits: Bits::parse(bits).map_err(undecodable)?,
            built_in: built_in.transpose()?,
        })
    }
}

struct Listed {
    id: Uuid,
    name: String,
    bits: i32,
    built_in: Option<String>,
    members: i64,
}

/// Writes a role unless its id is taken. Violates [`NAME_KEY`] where the name is.
pub async fn insert(
    conn: &mut PgConnection,
    id: RoleId,
    name: &RoleName,
    bits: Bits,
) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "insert into admin.roles (id, name, name_key, bits) values ($1, $2, $3, $4)
         on conflict (id) do nothing",
        id.0,
        name.as_str(),
        name.key(),
        bits.number().cast_signed(),
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// The role with this id, whether in use or archived, and whether it is archived.
pub async fn find_ever(
    conn: impl PgExecutor<'_>,
    id: RoleId,
) -> sqlx::Result<Option<(Role, bool)>> {
    let row = sqlx::query!(
        r#"select id, name, bits, built_in, archived_at is not null as "is_archived!"
           from admin.roles where id = $1"#,
        id.0
    )
    .fetch_optional(conn)
    .await?;
    let decoded = row.map(|row| {
        let is_archived = row.is_archived;
        let row = Row { id: row.id, name: row.name, bits: row.bits, built_in: row.built_in };
        Ok((row.decode()?, is_archived))
    });
    decoded.transpose()
}

/// The built-in role of this kind.
pub async fn get_built_in(conn: impl PgExecutor<'_>, built_in: BuiltIn) -> sqlx::Result<Role> {
    let row = sqlx::query_as!(
        Row,
        "select id, name, bits, built_in from admin.roles where built_in = $1",
        built_in.tag()
    )
    .fetch_one(conn)
    .await?;
    row.decode()
}

/// Another name and other rights. Violates [`NAME_KEY`] where the name is taken.
pub async fn update(
    conn: &mut PgConnection,
    id: RoleId,
    name: &RoleName,
    bits: Bits,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update admin.roles set name = $2, name_key = $3, bits = $4 where id = $1",
        id.0,
        name.as_str(),
        name.key(),
        bits.number().cast_signed(),
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Takes a role out of use.
pub async fn archive(conn: &mut PgConnection, id: RoleId) -> sqlx::Result<()> {
    sqlx::query!("update admin.roles set archived_at = now() where id = $1", id.0)
        .execute(conn)
        .await?;
    Ok(())
}

/// How many people were given a role.
pub async fn count_members(conn: impl PgExecutor<'_>, id: RoleId) -> sqlx::Result<u64> {
    let count = sqlx::query_scalar!(
        r#"select count(*) as "count!" from admin.members where role_id = $1"#,
        id.0
    )
    .fetch_one(conn)
    .await?;
    Ok(count.unsigned_abs())
}

/// Roles in use with the number of their members: built-in ones first, then by name. With `within`, only those whose
/// rights are among these, and not the owner's.
pub async fn list(
    pool: &PgPool,
    page: PageRequest,
    within: Option<Bits>,
) -> sqlx::Result<Page<(Role, u64)>> {
    let within = within.map(|bits| bits.number().cast_signed());
    let rows = sqlx::query_as!(
        Listed,
        r#"select id, name, bits, built_in,
               (select count(*) from admin.members m where m.role_id = r.id) as "members!"
           from admin.roles r
           where archived_at is null
             and ($3::integer is null or bits & ~$3 = 0 and built_in is distinct from 'owner')
           order by built_in is null, bits * (built_in is not null)::integer, name_key
           limit $1 offset $2"#,
        page.limit(),
        page.offset(),
        within,
    )
    .fetch_all(pool)
    .await?;
    let total = sqlx::query_scalar!(
        r#"select count(*) as "count!" from admin.roles
           where archived_at is null
             and ($1::integer is null or bits & ~$1 = 0 and built_in is distinct from 'owner')"#,
        within,
    )
    .fetch_one(pool)
    .await?;
    let decode = |row: Listed| {
        let Listed { id, name, bits, built_in, members } = row;
        Ok((Row { id, name, bits, built_in }.decode()?, members.unsigned_abs()))
    };
    let rows = rows.into_iter().map(decode).collect::<sqlx::Result<_>>()?;
    Ok(Page { rows, total: total.unsigned_abs() })
}
