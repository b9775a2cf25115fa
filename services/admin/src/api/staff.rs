//! Roles and who has them, as RPCs.

use contract::admin::staff_service_server::StaffService;
use contract::admin::{
    self, AssignRoleRequest, AssignRoleResponse, CreateRoleRequest, CreateRoleResponse,
    DeleteRoleRequest, DeleteRoleResponse, GetMemberRequest, GetMemberResponse, GetRightsRequest,
    GetRightsResponse, GetRoleRequest, GetRoleResponse, ListMembersRequest, ListMembersResponse,
    ListRolesRequest, ListRolesResponse, ListStaffRequest, ListStaffResponse, Rights, RoleOrigin,
    UpdateRoleRequest, UpdateRoleResponse,
};
use contract::convert;
use contract::failure::Failure;
use kernel::ids::PersonId;
use tonic::{Request, Response, Status};

use super::{decode_bits, decode_person, staff};
use crate::domain::role::{BuiltIn, Role, RoleName};
use crate::operations::{Admin, Change, NewRole};

pub struct Api(pub Admin);

#[tonic::async_trait]
impl StaffService for Api {
    async fn get_rights(
        &self,
        request: Request<GetRightsRequest>,
    ) -> Result<Response<GetRightsResponse>, Status> {
        let person = decode_person(request.into_inner().person_id)?;
        let rights = Some(encode_rights(person, self.0.get_rights(person).await?));
        Ok(Response::new(GetRightsResponse { rights }))
    }

    async fn list_staff(
        &self,
        request: Request<ListStaffRequest>,
    ) -> Result<Response<ListStaffResponse>, Status> {
        let staff = self.0.list_staff(request.into_inner().after_person_id).await?;
        let person_ids = staff.into_iter().map(|person| person.0).collect();
        Ok(Response::new(ListStaffResponse { person_ids }))
    }

    async fn get_member(
        &self,
        request: Request<GetMemberRequest>,
    ) -> Result<Response<GetMemberResponse>, Status> {
        let person = decode_person(request.into_inner().person_id)?;
        let rights = Some(encode_rights(person, self.0.get_rights(person).await?));
        Ok(Response::new(GetMemberResponse { rights }))
    }

    async fn list_roles(
        &self,
        request: Request<ListRolesRequest>,
    ) -> Result<Response<ListRolesResponse>, Status> {
        let staff = staff(&request)?;
        let ListRolesRequest { page, only_mine_to_give } = request.into_inner();
        let within = only_mine_to_give.then_some(staff.bits);
        let listed = self.0.list_roles(convert::page(page), within).await?;
        let listed = listed.map(|(role, members)| encode_role(role, members));
        Ok(Response::new(ListRolesResponse { roles: listed.rows, total: listed.total }))
    }

    async fn get_role(
        &self,
        request: Request<GetRoleRequest>,
    ) -> Result<Response<GetRoleResponse>, Status> {
        let id = convert::id("role_id", &request.into_inner().role_id)?;
        let (role, members) = self.0.get_role(id).await?;
        Ok(Response::new(GetRoleResponse { role: Some(encode_role(role, members)) }))
    }

    async fn create_role(
        &self,
        request: Request<CreateRoleRequest>,
    ) -> Result<Response<CreateRoleResponse>, Status> {
        let staff = staff(&request)?;
        let request = request.into_inner();
        let new = NewRole {
            id: convert::id("role_id", &request.role_id)?,
            name: decode_name(&request.name)?,
            bits: decode_bits(request.bits)?,
        };
        let role = self.0.create_role(staff, &new).await?;
        Ok(Response::new(CreateRoleResponse { role: Some(encode_role(role, 0)) }))
    }

    async fn update_role(
        &self,
        request: Request<UpdateRoleRequest>,
    ) -> Result<Response<UpdateRoleResponse>, Status> {
        let staff = staff(&request)?;
        let request = request.into_inner();
        let change = Change {
            id: convert::id("role_id", &request.role_id)?,
            name: request.name.as_deref().map(decode_name).transpose()?,
            bits: request.bits.map(decode_bits).transpose()?,
        };
        let (role, members) = self.0.update_role(staff, &change).await?;
        Ok(Response::new(UpdateRoleResponse { role: Some(encode_role(role, members)) }))
    }

    async fn delete_role(
        &self,
        request: Request<DeleteRoleRequest>,
    ) -> Result<Response<DeleteRoleResponse>, Status> {
        let staff = staff(&request)?;
        let id = convert::id("role_id", &request.into_inner().role_id)?;
        self.0.delete_role(staff, id).await?;
        Ok(Response::new(DeleteRoleResponse {}))
    }

    async fn assign_role(
        &self,
        request: Request<AssignRoleRequest>,
    ) -> Result<Response<AssignRoleResponse>, Status> {
        let staff = staff(&request)?;
        let AssignRoleRequest { person_id, role_id } = request.into_inner();
        let person = decode_person(person_id)?;
        let role = self.0.assign_role(staff, person, convert::id("role_id", &role_id)?).await?;
        Ok(Response::new(AssignRoleResponse { rights: Some(encode_rights(person, role)) }))
    }

    async fn list_members(
        &self,
        request: Request<ListMembersRequest>,
    ) -> Result<Response<ListMembersResponse>, Status> {
        let ListMembersRequest { role_id, page } = request.into_inner();
        let role = convert::id("role_id", &role_id)?;
        let listed = self.0.list_members(role, convert::page(page)).await?;
        let listed = listed.map(|person| person.0);
        Ok(Response::new(ListMembersResponse { person_ids: listed.rows, total: listed.total }))
    }
}

fn decode_name(text: &str) -> Result<RoleName, Failure> {
    RoleName::parse(text).map_err(|why| convert::invalid("name", why))
}

fn encode_rights(person: PersonId, role: Role) -> Rights {
    Rights {
        person_id: person.0,
        bits: role.bits.number(),
        role_id: role.id.to_string(),
        is_owner: role.built_in == Some(BuiltIn::Owner),
        role_name: role.name,
    }
}

fn encode_role(role: Role, members: u64) -> admin::Role {
    let origin = match role.built_in {
        None => RoleOrigin::Custom,
        Some(BuiltIn::Default) => RoleOrigin::Default,
        Some(BuiltIn::Admin) => RoleOrigin::Admin,
        Some(BuiltIn::Owner) => RoleOrigin::Owner,
    };
    admin::Role {
        role_id: role.id.to_string(),
        name: role.name,
        bits: role.bits.number(),
        origin: origin.into(),
        members,
    }
}
