//! Roles and members that come over from an older shop.

use kernel::ids::{PersonId, RoleId};
use sqlx::PgConnection;

use crate::domain::bits::Bits;
use crate::domain::role::RoleName;

/// Whether a role is or was here.
pub async fn is_known(conn: &mut PgConnection, id: RoleId) -> sqlx::Result<bool> {
    let found = sqlx::query_scalar!(
        r#"select exists (select from admin.roles where id = $1) as "known!""#,
        id.0
    );
    found.fetch_one(conn).await
}

/// Writes a role, unless its name is taken; whether it did.
pub async fn insert_role(
    conn: &mut PgConnection,
    id: RoleId,
    name: &RoleName,
    bits: Bits,
) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "insert into admin.roles (id, name, name_key, bits) values ($1, $2, $3, $4)
         on conflict do nothing",
        id.0,
        name.as_str(),
        name.key(),
        bits.number().cast_signed(),
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Gives a person a role, unless they have one; whether it did.
pub async fn insert_member(
    conn: &mut PgConnection,
    person: PersonId,
    role: RoleId,
) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "insert into admin.members (person_id, role_id) values ($1, $2)
         on conflict (person_id) do nothing",
        person.0,
        role.0,
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}
