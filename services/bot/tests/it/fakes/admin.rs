//! Admin in memory: roles without the rules, who has them, the closed sign, a log that a test fills.

use contract::admin::admin_feed_service_server::{AdminFeedService, AdminFeedServiceServer};
use contract::admin::audit_service_server::{AuditService, AuditServiceServer};
use contract::admin::event::What;
use contract::admin::shop_state_service_server::{ShopStateService, ShopStateServiceServer};
use contract::admin::staff_service_server::{StaffService, StaffServiceServer};
use contract::admin::*;
use kernel::ids::RoleId;

use super::*;

type Answer<T> = Result<tonic::Response<T>, Status>;

/// What is admin's.
pub struct Admin {
    pub roles: Vec<Role>,
    /// Who was given which role, by its id.
    pub members: Vec<(i64, String)>,
    pub state: ShopState,
    pub log: Vec<AuditRecord>,
    /// What followers are told.
    pub events: Vec<FeedEntry>,
    /// How far they have come.
    pub followed: usize,
}

impl Default for Admin {
    fn default() -> Self {
        let built_in = |name: &str, bits, origin: RoleOrigin| Role {
            role_id: role_id(bits),
            name: name.to_owned(),
            bits,
            origin: origin.into(),
            members: 0,
        };
        Self {
            roles: vec![
                built_in("USER", 1, RoleOrigin::Default),
                built_in("ADMIN", 927, RoleOrigin::Admin),
                built_in("OWNER", 1_023, RoleOrigin::Owner),
            ],
            members: Vec::new(),
            state: ShopState::default(),
            log: Vec::new(),
            events: Vec::new(),
            followed: 0,
        }
    }
}

impl Admin {
    fn role(&self, role_id: &str) -> Result<Role, Status> {
        let found = self.roles.iter().find(|role| role.role_id == role_id);
        let members = self.members.iter().filter(|(_, role)| role == role_id).count() as u64;
        found
            .map(|role| Role { members, ..role.clone() })
            .ok_or_else(|| missing("admin.role_missing"))
    }

    fn rights(&self, person_id: i64) -> Rights {
        let given = self.members.iter().find(|(person, _)| *person == person_id);
        let default = role_id(1);
        let role = self.role(given.map_or(&default, |(_, role)| role)).expect("is never deleted");
        Rights {
            person_id,
            bits: role.bits,
            is_owner: role.origin() == RoleOrigin::Owner,
            role_id: role.role_id,
            role_name: role.name,
        }
    }

    fn give(&mut self, person_id: i64, role: &str) {
        self.members.retain(|(person, _)| *person != person_id);
        if role != role_id(1) {
            self.members.push((person_id, role.to_owned()));
        }
    }

    fn tell(&mut self, what: What) {
        push(&mut self.events, &Event { what: Some(what) });
    }
}

/// The id of the role that [`Fakes::appoint`] makes for these rights.
pub fn role_id(bits: u32) -> String {
    RoleId::derived(&bits.to_string()).to_string()
}

impl Fakes {
    /// A wire to admin, behind the real guard.
    pub fn admin_wire(&self, keys: &ActorKeys, lifecycle: &Lifecycle) -> Wire {
        *self.lifecycle.lock().expect("nobody panics while holding it") = Some(lifecycle.clone());
        let routes = Routes::new(StaffServiceServer::new(self.clone()))
            .add_service(ShopStateServiceServer::new(self.clone()))
            .add_service(AuditServiceServer::new(self.clone()))
            .add_service(AdminFeedServiceServer::new(self.clone()));
        let switchboard = Switchboard::default();
        switchboard.connect(guard::guarded(routes, keys.clone(), lifecycle.clone()));
        switchboard.wire()
    }

    /// Gives a person a role with these rights, and tells nobody.
    pub fn appoint(&self, person: i64, bits: u32) {
        let mut state = self.state();
        let id = role_id(bits);
        if state.admin.role(&id).is_err() {
            let name = format!("Role {bits}");
            let origin = RoleOrigin::Custom.into();
            state.admin.roles.push(Role { role_id: id.clone(), name, bits, origin, members: 0 });
        }
        state.admin.give(person, &id);
    }
}

#[tonic::async_trait]
impl StaffService for Fakes {
    async fn get_rights(&self, request: Request<GetRightsRequest>) -> Answer<GetRightsResponse> {
        self.enter("get_rights", &request)?;
        let rights = Some(self.state().admin.rights(request.into_inner().person_id));
        Ok(GetRightsResponse { rights }.into())
    }

    async fn list_staff(&self, request: Request<ListStaffRequest>) -> Answer<ListStaffResponse> {
        self.enter("list_staff", &request)?;
        let after = request.into_inner().after_person_id;
        let state = self.state();
        let staff = state.admin.members.iter().map(|(person, _)| *person);
        let mut person_ids: Vec<_> = staff.filter(|person| *person > after).collect();
        person_ids.sort_unstable();
        // In parts of one, so that whoever asks has to go on.
        person_ids.truncate(1);
        Ok(ListStaffResponse { person_ids }.into())
    }

    async fn get_member(&self, request: Request<GetMemberRequest>) -> Answer<GetMemberResponse> {
        self.enter("get_member", &request)?;
        let rights = Some(self.state().admin.rights(request.into_inner().person_id));
        Ok(GetMemberResponse { rights }.into())
    }

    async fn list_roles(&self, request: Request<ListRolesRequest>) -> Answer<ListRolesResponse> {
        self.enter("list_roles", &request)?;
        let ListRolesRequest { page, only_mine_to_give } = request.into_inner();
        let state = self.state();
        let is_listed = |role: &&Role| !only_mine_to_give || role.origin() != RoleOrigin::Owner;
        let ids = state.admin.roles.iter().filter(is_listed).map(|role| &role.role_id);
        let roles: Vec<Role> = ids.map(|id| state.admin.role(id)).collect::<Result<_, _>>()?;
        let total = roles.len() as u64;
        Ok(ListRolesResponse { roles: page_of(&roles, page), total }.into())
    }

    async fn get_role(&self, request: Request<GetRoleRequest>) -> Answer<GetRoleResponse> {
        self.enter("get_role", &request)?;
        let role = Some(self.state().admin.role(&request.into_inner().role_id)?);
        Ok(GetRoleResponse { role }.into())
    }

    async fn create_role(&self, request: Request<CreateRoleRequest>) -> Answer<CreateRoleResponse> {
        self.enter("create_role", &request)?;
        let CreateRoleRequest { role_id, name, bits } = request.into_inner();
        let mut state = self.state();
        if state.admin.role(&role_id).is_err() {
            let (role_id, origin) = (role_id.clone(), RoleOrigin::Custom.into());
            state.admin.roles.push(Role { role_id, name, bits, origin, members: 0 });
        }
        let role = Some(state.admin.role(&role_id)?);
        Ok(CreateRoleResponse { role }.into())
    }

    async fn update_role(&self, request: Request<UpdateRoleRequest>) -> Answer<UpdateRoleResponse> {
        self.enter("update_role", &request)?;
        let UpdateRoleRequest { role_id, name, bits } = request.into_inner();
        let mut state = self.state();
        let found = state.admin.roles.iter_mut().find(|role| role.role_id == role_id);
        let role = found.ok_or_else(|| missing("admin.role_missing"))?;
        role.name = name.unwrap_or_else(|| role.name.clone());
        role.bits = bits.unwrap_or(role.bits);
        let role = Some(state.admin.role(&role_id)?);
        state.admin.tell(What::RoleChanged(RoleChanged { role_id }));
        self.bell.notify_waiters();
        Ok(UpdateRoleResponse { role }.into())
    }

    async fn delete_role(&self, request: Request<DeleteRoleRequest>) -> Answer<DeleteRoleResponse> {
        self.enter("delete_role", &request)?;
        let role_id = request.into_inner().role_id;
        self.state().admin.roles.retain(|role| role.role_id != role_id);
        Ok(DeleteRoleResponse {}.into())
    }

    async fn assign_role(&self, request: Request<AssignRoleRequest>) -> Answer<AssignRoleResponse> {
        self.enter("assign_role", &request)?;
        let AssignRoleRequest { person_id, role_id } = request.into_inner();
        let mut state = self.state();
        state.admin.role(&role_id)?;
        state.admin.give(person_id, &role_id);
        state.admin.tell(What::RightsChanged(RightsChanged { person_id }));
        self.bell.notify_waiters();
        let rights = Some(state.admin.rights(person_id));
        Ok(AssignRoleResponse { rights }.into())
    }

    async fn list_members(
        &self,
        request: Request<ListMembersRequest>,
    ) -> Answer<ListMembersResponse> {
        self.enter("list_members", &request)?;
        let ListMembersRequest { role_id, page } = request.into_inner();
        let state = self.state();
        let having = state.admin.members.iter().filter(|(_, role)| *role == role_id);
        let members: Vec<i64> = having.map(|(person, _)| *person).collect();
        let total = members.len() as u64;
        Ok(ListMembersResponse { person_ids: page_of(&members, page), total }.into())
    }
}

#[tonic::async_trait]
impl ShopStateService for Fakes {
    async fn get_shop_state(
        &self,
        request: Request<GetShopStateRequest>,
    ) -> Answer<GetShopStateResponse> {
        self.enter("get_shop_state", &request)?;
        let state = Some(self.state().admin.state.clone());
        Ok(GetShopStateResponse { state }.into())
    }

    async fn set_maintenance(
        &self,
        request: Request<SetMaintenanceRequest>,
    ) -> Answer<SetMaintenanceResponse> {
        self.enter("set_maintenance", &request)?;
        let SetMaintenanceRequest { maintenance, notice } = request.into_inner();
        let mut state = self.state();
        state.admin.state = ShopState { maintenance, notice };
        state.admin.tell(What::MaintenanceChanged(MaintenanceChanged {}));
        self.bell.notify_waiters();
        let state = Some(state.admin.state.clone());
        Ok(SetMaintenanceResponse { state }.into())
    }
}

#[tonic::async_trait]
impl AuditService for Fakes {
    async fn list_audit(&self, request: Request<ListAuditRequest>) -> Answer<ListAuditResponse> {
        self.enter("list_audit", &request)?;
        let request = request.into_inner();
        let level_min = request.level_min();
        let before = if request.before_entry_id == 0 { i64::MAX } else { request.before_entry_id };
        let state = self.state();
        let matching = state
            .admin
            .log
            .iter()
            .rev()
            .filter(|record| record.entry_id < before && record.level() >= level_min);
        let mut records: Vec<_> = matching.cloned().collect();
        let more = records.len() > request.limit as usize;
        records.truncate(request.limit as usize);
        Ok(ListAuditResponse { records, more }.into())
    }
}

#[tonic::async_trait]
impl AdminFeedService for Fakes {
    async fn read_feed(&self, request: Request<ReadFeedRequest>) -> Answer<ReadFeedResponse> {
        self.enter("read_admin_feed", &request)?;
        let request = request.into_inner();
        self.state().admin.followed = request.cursor.parse().unwrap_or_default();
        Ok(self.feed(request, |state| &state.admin.events).await.into())
    }
}
