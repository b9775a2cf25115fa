//! Roles: made, changed and taken out of use by staff, each within their own rights.

use chassis::sql;
use contract::admin::{RoleChanged, event};
use contract::common::AuditEntry;
use contract::failure::{Failure, Kind};
use kernel::ids::RoleId;
use kernel::page::{Page, PageRequest};
use sqlx::PgConnection;

use super::member::present;
use super::{Admin, tell};
use crate::domain::bits::Bits;
use crate::domain::role::{BuiltIn, Role, RoleName};
use crate::domain::rules::Staff;
use crate::store;

/// A role that is asked for.
#[derive(Debug, Clone)]
pub struct NewRole {
    /// Made by the caller.
    pub id: RoleId,
    /// What it is to be called.
    pub name: RoleName,
    /// What it is to allow.
    pub bits: Bits,
}

/// What is to be different about a role.
#[derive(Debug, Clone)]
pub struct Change {
    /// Which.
    pub id: RoleId,
    /// Another name.
    pub name: Option<RoleName>,
    /// Other rights.
    pub bits: Option<Bits>,
}

impl Admin {
    /// One role and how many have it.
    ///
    /// # Errors
    /// `admin.role_missing`.
    pub async fn get_role(&self, id: RoleId) -> Result<(Role, u64), Failure> {
        let found = store::roles::find_ever(&self.0.pool, id).await.map_err(sql::failure)?;
        let role = in_use(found)?;
        let members = store::roles::count_members(&self.0.pool, id).await.map_err(sql::failure)?;
        Ok((role, members))
    }

    /// Roles and how many have each; `within`: only those that who has these rights may give.
    ///
    /// # Errors
    /// The database's.
    pub async fn list_roles(
        &self,
        page: PageRequest,
        within: Option<Bits>,
    ) -> Result<Page<(Role, u64)>, Failure> {
        store::roles::list(&self.0.pool, page, within).await.map_err(sql::failure)
    }

    /// Makes a role; the same again changes nothing.
    ///
    /// # Errors
    /// `admin.role_name_taken`; `admin.role_conflict` where the id is another role; what the rules refuse.
    pub async fn create_role(&self, staff: Staff, new: &NewRole) -> Result<Role, Failure> {
        let mut tx = self.0.pool.begin().await.map_err(sql::failure)?;
        let staff = present(&mut tx, staff).await?;
        staff.may_create(new.bits)?;
        let inserted = store::roles::insert(&mut tx, new.id, &new.name, new.bits).await;
        if !inserted.map_err(name_taken)? {
            let found = store::roles::find_ever(&mut *tx, new.id).await.map_err(sql::failure)?;
            let same = |role: &Role| role.name == new.name.as_str() && role.bits == new.bits;
            return in_use(found).ok().filter(same).ok_or_else(|| {
                Failure::new(Kind::Conflict, "admin.role_conflict")
                    .because("the same id was used for another role")
            });
        }
        let entry = AuditEntry::new(staff.person, "admin.role.create", new.id)
            .changed("name", "", new.name.as_str())
            .changed("rights", "", new.bits);
        self.audit(&mut tx, entry).await.map_err(sql::failure)?;
        tx.commit().await.map_err(sql::failure)?;
        let name = new.name.as_str().to_owned();
        Ok(Role { id: new.id, name, bits: new.bits, built_in: None })
    }

    /// Renames a role or changes its rights, for all who have it.
    ///
    /// # Errors
    /// `admin.role_missing`, `admin.role_name_taken`, what the rules refuse.
    pub async fn update_role(&self, staff: Staff, change: &Change) -> Result<(Role, u64), Failure> {
        let mut tx = self.0.pool.begin().await.map_err(sql::failure)?;
        let staff = present(&mut tx, staff).await?;
        let (role, members) = with_members(&mut tx, change.id).await?;
        let bits = change.bits.unwrap_or(role.bits);
        staff.may_change(&role, members, bits)?;
        let before = RoleName::parse(&role.name).map_err(unreadable)?;
        let name = change.name.clone().unwrap_or(before);
        let changed = Role { name: name.as_str().to_owned(), bits, ..role.clone() };
        if changed == role {
            return Ok((role, members));
        }
        store::roles::update(&mut tx, role.id, &name, bits).await.map_err(name_taken)?;
        let entry = AuditEntry::new(staff.person, "admin.role.update", role.id)
            .changed("name", &role.name, name.as_str())
            .changed("rights", role.bits, bits);
        self.audit(&mut tx, entry).await.map_err(sql::failure)?;
        if bits != role.bits {
            let told = RoleChanged { role_id: role.id.to_string() };
            tell(&mut tx, event::What::RoleChanged(told)).await.map_err(sql::failure)?;
        }
        tx.commit().await.map_err(sql::failure)?;
        self.0.bell.ring();
        Ok((changed, members))
    }

    /// Takes a role that nobody has out of use; again changes nothing.
    ///
    /// # Errors
    /// `admin.role_missing`, what the rules refuse.
    pub async fn delete_role(&self, staff: Staff, id: RoleId) -> Result<(), Failure> {
        let mut tx = self.0.pool.begin().await.map_err(sql::failure)?;
        let staff = present(&mut tx, staff).await?;
        let found = store::roles::find_ever(&mut *tx, id).await.map_err(sql::failure)?;
        if matches!(found, Some((_, true))) {
            return Ok(());
        }
        let (role, members) = with_members(&mut tx, id).await?;
        staff.may_delete(&role, members)?;
        store::roles::archive(&mut tx, id).await.map_err(sql::failure)?;
        let entry = AuditEntry::new(staff.person, "admin.role.delete", id)
            .changed("name", &role.name, "")
            .changed("rights", role.bits, "");
        self.audit(&mut tx, entry).await.map_err(sql::failure)?;
        tx.commit().await.map_err(sql::failure)
    }
}

/// A role that is there and not archived.
pub(super) fn in_use(found: Option<(Role, bool)>) -> Result<Role, Failure> {
    found.and_then(|(role, is_archived)| (!is_archived).then_some(role)).ok_or_else(|| {
        Failure::new(Kind::Missing, "admin.role_missing").because("there is no such role any more")
    })
}

async fn with_members(conn: &mut PgConnection, id: RoleId) -> Result<(Role, u64), Failure> {
    let role = in_use(store::roles::find_ever(&mut *conn, id).await.map_err(sql::failure)?)?;
    // Everybody has the default role, and nobody counts them.
    let members = match role.built_in {
        Some(BuiltIn::Default) => 0,
        _ => store::roles::count_members(&mut *conn, id).await.map_err(sql::failure)?,
    };
    Ok((role, members))
}

fn name_taken(error: sqlx::Error) -> Failure {
    if sql::is_violation(&error, store::roles::NAME_KEY) {
        return Failure::new(Kind::Conflict, "admin.role_name_taken")
            .because("another role has this name");
    }
    sql::failure(error)
}

fn unreadable(why: impl std::fmt::Display) -> Failure {
    Failure::new(Kind::Internal, "admin.unreadable_name").because(why)
}
