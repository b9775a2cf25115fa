//! Roles and who has them.

use contract::admin as wire;
use contract::admin::RoleOrigin;
use contract::admin::staff_service_client::StaffServiceClient;
use contract::convert;
use contract::failure::Failure;
use kernel::ids::{PersonId, RoleId};
use kernel::page::{Page, PageRequest};

use crate::peers::{Peers, absent, page};
use crate::staff::Staff;

/// A role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Role {
    /// Its id.
    pub id: RoleId,
    /// Its name.
    pub name: String,
    /// What it allows.
    pub bits: u32,
    /// Whether staff made it, and which one it is if not.
    pub origin: RoleOrigin,
    /// How many were given it.
    pub members: u64,
}

/// What a person has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// The role's id.
    pub role: RoleId,
    /// The role's name.
    pub role_name: String,
    /// What it allows.
    pub bits: u32,
    /// Whether it is the owner.
    pub is_owner: bool,
}

/// Which roles are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Roles {
    /// All.
    All,
    /// Those that the caller may give.
    ToGive,
}

impl Role {
    /// Whether somebody with these rights may change it; admin decides in the end.
    pub fn is_open_to(&self, staff: Staff) -> bool {
        let is_below = self.members == 0 || staff.outranks(self.bits);
        self.origin == RoleOrigin::Custom && staff.covers(self.bits) && is_below
    }
}

impl TryFrom<wire::Role> for Role {
    type Error = Failure;

    fn try_from(role: wire::Role) -> Result<Self, Failure> {
        Ok(Self {
            id: convert::id("role_id", &role.role_id)?,
            origin: role.origin(),
            name: role.name,
            bits: role.bits,
            members: role.members,
        })
    }
}

impl TryFrom<wire::Rights> for Member {
    type Error = Failure;

    fn try_from(rights: wire::Rights) -> Result<Self, Failure> {
        Ok(Self {
            role: convert::id("role_id", &rights.role_id)?,
            role_name: rights.role_name,
            bits: rights.bits,
            is_owner: rights.is_owner,
        })
    }
}

impl Peers {
    /// What a person may do; for the bot itself.
    pub async fn get_rights(&self, person: PersonId) -> Result<Staff, Failure> {
        let request = self.read(wire::GetRightsRequest { person_id: person.0 });
        let answer = self.staff().get_rights(request).await?.into_inner();
        Ok(Staff::new(answer.rights.ok_or_else(|| absent("rights"))?.bits))
    }

    /// All who were given a role; for the bot itself.
    pub async fn list_staff(&self) -> Result<Vec<PersonId>, Failure> {
        let mut staff: Vec<PersonId> = Vec::new();
        loop {
            let after_person_id = staff.last().map_or(0, |person| person.0);
            let request = self.read(wire::ListStaffRequest { after_person_id });
            let part = self.staff().list_staff(request).await?.into_inner().person_ids;
            let more: Vec<_> = part.into_iter().filter(|id| *id > after_person_id).collect();
            if more.is_empty() {
                return Ok(staff);
            }
            staff.extend(more.into_iter().map(PersonId));
        }
    }

    /// The role of a person.
    pub async fn get_member(&self, person: PersonId) -> Result<Member, Failure> {
        let request = self.read(wire::GetMemberRequest { person_id: person.0 });
        let answer = self.staff().get_member(request).await?.into_inner();
        answer.rights.ok_or_else(|| absent("rights"))?.try_into()
    }

    /// Roles, built-in ones first.
    pub async fn list_roles(&self, which: Roles, at: PageRequest) -> Result<Page<Role>, Failure> {
        let only_mine_to_give = which == Roles::ToGive;
        let request = self.read(wire::ListRolesRequest { page: Some(page(at)), only_mine_to_give });
        let answer = self.staff().list_roles(request).await?.into_inner();
        let rows = answer.roles.into_iter().map(Role::try_from).collect::<Result<_, _>>()?;
        Ok(Page { rows, total: answer.total })
    }

    /// One role.
    pub async fn get_role(&self, role: RoleId) -> Result<Role, Failure> {
        let request = self.read(wire::GetRoleRequest { role_id: role.to_string() });
        let answer = self.staff().get_role(request).await?.into_inner();
        answer.role.ok_or_else(|| absent("role"))?.try_into()
    }

    /// Makes a role.
    pub async fn create_role(&self, id: RoleId, name: &str, bits: u32) -> Result<Role, Failure> {
        let request = self.work(wire::CreateRoleRequest {
            role_id: id.to_string(),
            name: name.to_owned(),
            bits,
        });
        let answer = self.staff().create_role(request).await?.into_inner();
        answer.role.ok_or_else(|| absent("role"))?.try_into()
    }

    /// Gives a role another name.
    pub async fn rename_role(&self, role: RoleId, name: &str) -> Result<Role, Failure> {
        self.update_role(role, Some(name.to_owned()), None).await
    }

    /// Gives a role other rights.
    pub async fn set_role_bits(&self, role: RoleId, bits: u32) -> Result<Role, Failure> {
        self.update_role(role, None, Some(bits)).await
    }

    async fn update_role(
        &self,
        role: RoleId,
        name: Option<String>,
        bits: Option<u32>,
    ) -> Result<Role, Failure> {
        let request = self.work(wire::UpdateRoleRequest { role_id: role.to_string(), name, bits });
        let answer = self.staff().update_role(request).await?.into_inner();
        answer.role.ok_or_else(|| absent("role"))?.try_into()
    }

    /// Takes a role out of use.
    pub async fn delete_role(&self, role: RoleId) -> Result<(), Failure> {
        let request = self.work(wire::DeleteRoleRequest { role_id: role.to_string() });
        self.staff().delete_role(request).await?;
        Ok(())
    }

    /// Gives a person a role in place of theirs.
    pub async fn assign_role(&self, person: PersonId, role: RoleId) -> Result<Member, Failure> {
        let request =
            self.work(wire::AssignRoleRequest { person_id: person.0, role_id: role.to_string() });
        let answer = self.staff().assign_role(request).await?.into_inner();
        answer.rights.ok_or_else(|| absent("rights"))?.try_into()
    }

    /// Those who were given a role.
    pub async fn list_members(
        &self,
        role: RoleId,
        at: PageRequest,
    ) -> Result<Page<PersonId>, Failure> {
        let role_id = role.to_string();
        let request = self.read(wire::ListMembersRequest { role_id, page: Some(page(at)) });
        let answer = self.staff().list_members(request).await?.into_inner();
        let rows = answer.person_ids.into_iter().map(PersonId).collect();
        Ok(Page { rows, total: answer.total })
    }

    fn staff(&self) -> StaffServiceClient<contract::wire::Wire> {
        StaffServiceClient::new(self.wires.admin.clone())
    }
}
