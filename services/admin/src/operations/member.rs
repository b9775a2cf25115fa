//! Who has which role.

use chassis::sql;
use contract::admin::{RightsChanged, event};
use contract::common::AuditEntry;
use contract::failure::Failure;
use kernel::ids::{PersonId, RoleId};
use kernel::page::{Page, PageRequest};
use sqlx::PgConnection;

use super::role::in_use;
use super::{Admin, tell};
use crate::domain::role::{BuiltIn, Role};
use crate::domain::rules::{Staff, Target};
use crate::store;

/// People in one answer about all staff.
const STAFF_MAX: i64 = 500;

impl Admin {
    /// The role of a person.
    ///
    /// # Errors
    /// The database's.
    pub async fn get_rights(&self, person: PersonId) -> Result<Role, Failure> {
        store::members::get_role(&self.0.pool, person).await.map_err(sql::failure)
    }

    /// Everybody who was given a role, in parts by their number.
    ///
    /// # Errors
    /// The database's.
    pub async fn list_staff(&self, after: i64) -> Result<Vec<PersonId>, Failure> {
        store::members::list_after(&self.0.pool, after, STAFF_MAX).await.map_err(sql::failure)
    }

    /// Those who were given a role.
    ///
    /// # Errors
    /// The database's.
    pub async fn list_members(
        &self,
        role: RoleId,
        page: PageRequest,
    ) -> Result<Page<PersonId>, Failure> {
        store::members::list(&self.0.pool, role, page).await.map_err(sql::failure)
    }

    /// Gives a person a role in place of theirs; the default role takes the other away. Again changes nothing.
    ///
    /// # Errors
    /// `admin.role_missing`, what the rules refuse.
    pub async fn assign_role(
        &self,
        staff: Staff,
        person: PersonId,
        role: RoleId,
    ) -> Result<Role, Failure> {
        let mut tx = self.0.pool.begin().await.map_err(sql::failure)?;
        let staff = present(&mut tx, staff).await?;
        let found = store::roles::find_ever(&mut *tx, role).await.map_err(sql::failure)?;
        let role = in_use(found)?;
        let before = store::members::get_role(&mut *tx, person).await.map_err(sql::failure)?;
        let target = Target { person, role: before };
        staff.may_assign(&target, &role)?;
        let before = target.role;
        if before.id == role.id {
            return Ok(role);
        }
        give(&mut tx, person, &role).await.map_err(sql::failure)?;
        let entry = AuditEntry::new(staff.person, "admin.role.assign", role.id)
            .about(person)
            .changed("role", &before.name, &role.name)
            .changed("rights", before.bits, role.bits);
        self.audit(&mut tx, entry).await.map_err(sql::failure)?;
        tx.commit().await.map_err(sql::failure)?;
        self.0.bell.ring();
        Ok(role)
    }
}

/// Takes the turn of whoever changes roles, and cuts what the actor's token says down to what they may do at this
/// moment: the token may be a minute old.
///
/// # Errors
/// The database's.
pub(super) async fn present(conn: &mut PgConnection, staff: Staff) -> Result<Staff, Failure> {
    store::members::lock(conn).await.map_err(sql::failure)?;
    let role = store::members::get_role(&mut *conn, staff.person).await.map_err(sql::failure)?;
    Ok(Staff { bits: staff.bits.common_with(role.bits), ..staff })
}

/// Writes a person's role and tells of it.
pub(super) async fn give(
    conn: &mut PgConnection,
    person: PersonId,
    role: &Role,
) -> sqlx::Result<()> {
    if role.built_in == Some(BuiltIn::Default) {
        store::members::remove(conn, person).await?;
    } else {
        store::members::save(conn, person, role.id).await?;
    }
    tell(conn, event::What::RightsChanged(RightsChanged { person_id: person.0 })).await
}
