//! Admin, as far as payments asks it: what somebody may do.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use chassis::ground::Ground;
use chassis::guard;
use contract::admin::staff_service_server::{StaffService, StaffServiceServer};
use contract::admin::*;
use contract::switchboard::Switchboard;
use contract::wire::Wire;
use kernel::ids::PersonId;
use tonic::service::Routes;
use tonic::{Request, Response, Status};

type Answer<T> = Result<Response<T>, Status>;

/// A buyer's rights, and those of the role ADMIN.
pub const BUYER: u32 = 1;
pub const ADMIN: u32 = 927;
pub const OWNER: u32 = 1_023;
/// Ids below this are staff unless a test says otherwise.
const FIRST_BUYER: i64 = 10;

/// Who has which rights. Clones are the same.
#[derive(Clone, Default)]
pub struct Admin(Arc<Mutex<HashMap<i64, u32>>>);

impl Admin {
    /// From now on a person has these rights.
    pub fn give(&self, person: PersonId, bits: u32) {
        self.0.lock().unwrap().insert(person.0, bits);
    }

    /// A wire to it, behind the real guard.
    pub fn serve(&self, ground: &Ground) -> Wire {
        let routes = Routes::new(StaffServiceServer::new(self.clone()));
        let board = Switchboard::default();
        board.connect(guard::guarded(routes, ground.keys.clone(), ground.lifecycle.clone()));
        board.wire()
    }
}

fn unasked<T>() -> Answer<T> {
    Err(Status::unimplemented("payments never asks this"))
}

#[tonic::async_trait]
impl StaffService for Admin {
    async fn get_rights(&self, request: Request<GetRightsRequest>) -> Answer<GetRightsResponse> {
        let person_id = request.into_inner().person_id;
        let usual = if person_id < FIRST_BUYER { ADMIN } else { BUYER };
        let bits = self.0.lock().unwrap().get(&person_id).copied().unwrap_or(usual);
        let rights = Some(Rights { person_id, bits, ..Rights::default() });
        Ok(Response::new(GetRightsResponse { rights }))
    }

    async fn list_staff(&self, _: Request<ListStaffRequest>) -> Answer<ListStaffResponse> {
        unasked()
    }

    async fn get_member(&self, _: Request<GetMemberRequest>) -> Answer<GetMemberResponse> {
        unasked()
    }

    async fn list_roles(&self, _: Request<ListRolesRequest>) -> Answer<ListRolesResponse> {
        unasked()
    }

    async fn get_role(&self, _: Request<GetRoleRequest>) -> Answer<GetRoleResponse> {
        unasked()
    }

    async fn create_role(&self, _: Request<CreateRoleRequest>) -> Answer<CreateRoleResponse> {
        unasked()
    }

    async fn update_role(&self, _: Request<UpdateRoleRequest>) -> Answer<UpdateRoleResponse> {
        unasked()
    }

    async fn delete_role(&self, _: Request<DeleteRoleRequest>) -> Answer<DeleteRoleResponse> {
        unasked()
    }

    async fn assign_role(&self, _: Request<AssignRoleRequest>) -> Answer<AssignRoleResponse> {
        unasked()
    }

    async fn list_members(&self, _: Request<ListMembersRequest>) -> Answer<ListMembersResponse> {
        unasked()
    }
}
