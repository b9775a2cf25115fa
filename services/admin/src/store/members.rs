//! Who was given a role.

use kernel::ids::{PersonId, RoleId};
use kernel::page::{Page, PageRequest};
use sqlx::{PgConnection, PgExecutor, PgPool};

use crate::domain::role::Role;
use crate::store::roles::Row;

/// Has everybody else who changes roles or members wait until the transaction ends: what one may do must not change
/// between the look and the act. Readers go on. Changes are rare.
pub async fn lock(conn: &mut PgConnection) -> sqlx::Result<()> {
    sqlx::query!("lock table admin.members in share row exclusive mode").execute(conn).await?;
    Ok(())
}

/// The role of a person: the one they were given, or the default one.
pub async fn get_role(conn: impl PgExecutor<'_>, person: PersonId) -> sqlx::Result<Role> {
    let row = sqlx::query_as!(
        Row,
        "select id, name, bits, built_in from admin.roles where id = coalesce(
             (select role_id from admin.members where person_id = $1),
             (select id from admin.roles where built_in = 'default'))",
        person.0
    )
    .fetch_one(conn)
    .await?;
    row.decode()
}

/// Gives a person a role in place of any other.
pub async fn save(conn: &mut PgConnection, person: PersonId, role: RoleId) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into admin.members (person_id, role_id) values ($1, $2)
         on conflict (person_id) do update set role_id = excluded.role_id, given_at = now()",
        person.0,
        role.0,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Leaves a person with the default role.
pub async fn remove(conn: &mut PgConnection, person: PersonId) -> sqlx::Result<()> {
    sqlx::query!("delete from admin.members where person_id = $1", person.0).execute(conn).await?;
    Ok(())
}

/// Those with a role, newest first.
pub async fn list(pool: &PgPool, role: RoleId, page: PageRequest) -> sqlx::Result<Page<PersonId>> {
    let rows = sqlx::query_scalar!(
        "select person_id from admin.members where role_id = $1
         order by given_at desc, person_id limit $2 offset $3",
        role.0,
        page.limit(),
        page.offset(),
    )
    .fetch_all(pool)
    .await?;
    let total = super::roles::count_members(pool, role).await?;
    Ok(Page { rows: rows.into_iter().map(PersonId).collect(), total })
}

/// All of a role, for the few that the owner's has.
pub async fn list_all(conn: &mut PgConnection, role: RoleId) -> sqlx::Result<Vec<PersonId>> {
    let rows = sqlx::query_scalar!(
        "select person_id from admin.members where role_id = $1 order by person_id",
        role.0
    )
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(PersonId).collect())
}

/// Those who were given any role, by their number.
pub async fn list_after(pool: &PgPool, after: i64, limit: i64) -> sqlx::Result<Vec<PersonId>> {
    let rows = sqlx::query_scalar!(
        "select person_id from admin.members where person_id > $1 order by person_id limit $2",
        after,
        limit,
    )
    .fetch_all(pool)
    .await?;
    Ok(rows.into_iter().map(PersonId).collect())
}
