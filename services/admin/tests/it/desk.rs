//! Admin under test: the real service and database, and staff who call it through the guard.

use std::time::Duration;

use chassis::ground::{Ground, Wires};
use chassis::guard::guarded;
use contract::actor::Actor;
use contract::admin::admin_feed_service_client::AdminFeedServiceClient;
use contract::admin::audit_service_client::AuditServiceClient;
use contract::admin::event::What;
use contract::admin::shop_state_service_client::ShopStateServiceClient;
use contract::admin::staff_service_client::StaffServiceClient;
use contract::admin::{
    AssignRoleRequest, AuditRecord, CreateRoleRequest, Event, GetRightsRequest, ListAuditRequest,
    ListRolesRequest, Rights, Role, SetMaintenanceRequest, ShopState, UpdateRoleRequest,
};
use contract::common::ReadFeedRequest;
use contract::failure::Failure;
use contract::switchboard::Switchboard;
use contract::wire::Wire;
use kernel::ids::{PersonId, RoleId};
use prost::Message;
use sqlx::PgPool;
use testkit::TestDatabase;
use tonic::Request;
use tonic::service::Routes;

use crate::it::feeds::Feed;

pub const OWNER: i64 = 7;
pub const ALL: u32 = 1_023;
/// Longer than anything here takes on a busy machine.
const PATIENCE: Duration = Duration::from_secs(20);

pub struct Desk {
    pub pool: PgPool,
    pub ground: Ground,
    pub payments: Feed,
    pub inventory: Feed,
    pub bot: Feed,
    wire: Wire,
}

impl Desk {
    /// A shop that belongs to [`OWNER`].
    pub async fn open() -> Self {
        let migrations = [&durable::MIGRATIONS, &admin::MIGRATIONS];
        let TestDatabase { pool, database } = testkit::database("admin", &migrations).await;
        let nobody = || Switchboard::default().wire();
        let none =
            Wires { payments: nobody(), inventory: nobody(), bot: nobody(), admin: nobody() };
        let mut ground = testkit::ground(&owned_by(OWNER), database, none.clone());
        let (payments, inventory) = (Feed::default(), Feed::default());
        let bot = Feed::default();
        ground.wires = Wires {
            payments: wire_to(payments.routes(), &ground),
            inventory: wire_to(inventory.routes(), &ground),
            bot: wire_to(bot.routes(), &ground),
            ..none
        };
        let wire = wire_to(admin::start(&ground).await.unwrap(), &ground);
        Self { pool, ground, payments, inventory, bot, wire }
    }

    /// The same shop after a restart with another owner; 0 is none.
    pub async fn restarted_for(&self, owner: i64) -> Self {
        let none = self.ground.wires.clone();
        let ground = testkit::ground(&owned_by(owner), self.ground.database.clone(), none);
        let wire = wire_to(admin::start(&ground).await.unwrap(), &ground);
        let (payments, inventory) = (self.payments.clone(), self.inventory.clone());
        Self { pool: self.pool.clone(), ground, payments, inventory, bot: self.bot.clone(), wire }
    }

    pub fn staff(&self) -> StaffServiceClient<Wire> {
        StaffServiceClient::new(self.wire.clone())
    }

    pub fn by<T>(&self, person: i64, bits: u32, message: T) -> Request<T> {
        let person = Actor::Person { id: PersonId(person), bits };
        self.ground.keys.caller(&person).request(message)
    }

    pub async fn rights(&self, person_id: i64) -> Rights {
        let request = self.ground.caller_for_service("bot").request(GetRightsRequest { person_id });
        self.staff().get_rights(request).await.unwrap().into_inner().rights.unwrap()
    }

    /// As the person themselves calls, with the rights that they have.
    pub async fn as_they_are<T>(&self, person: i64, message: T) -> Request<T> {
        let bits = self.rights(person).await.bits;
        self.by(person, bits, message)
    }

    pub async fn create(&self, staff: i64, name: &str, bits: u32) -> Result<Role, Failure> {
        let role_id = RoleId::derived(name).to_string();
        let request = CreateRoleRequest { role_id, name: name.into(), bits };
        let request = self.as_they_are(staff, request).await;
        Ok(self.staff().create_role(request).await?.into_inner().role.unwrap())
    }

    pub async fn rename(&self, staff: i64, role_id: &str, name: &str) -> Result<Role, Failure> {
        let request =
            UpdateRoleRequest { role_id: role_id.into(), name: Some(name.into()), bits: None };
        self.update(staff, request).await
    }

    pub async fn set_bits(&self, staff: i64, role_id: &str, bits: u32) -> Result<Role, Failure> {
        let request = UpdateRoleRequest { role_id: role_id.into(), name: None, bits: Some(bits) };
        self.update(staff, request).await
    }

    async fn update(&self, staff: i64, request: UpdateRoleRequest) -> Result<Role, Failure> {
        let request = self.as_they_are(staff, request).await;
        Ok(self.staff().update_role(request).await?.into_inner().role.unwrap())
    }

    pub async fn assign(&self, staff: i64, person_id: i64, role: &str) -> Result<Rights, Failure> {
        let request = AssignRoleRequest { person_id, role_id: role.into() };
        let request = self.as_they_are(staff, request).await;
        Ok(self.staff().assign_role(request).await?.into_inner().rights.unwrap())
    }

    /// A person with a role of their own that holds these rights, given by the owner.
    pub async fn appoint(&self, person: i64, bits: u32) -> Role {
        let role = self.create(OWNER, &format!("role {bits}"), bits).await.unwrap();
        self.assign(OWNER, person, &role.role_id).await.unwrap();
        role
    }

    pub async fn roles(&self) -> Vec<Role> {
        let request = self.by(OWNER, ALL, ListRolesRequest::default());
        self.staff().list_roles(request).await.unwrap().into_inner().roles
    }

    /// The id of a built-in role by its rights.
    pub async fn built_in(&self, bits: u32) -> String {
        let roles = self.roles().await;
        roles.into_iter().find(|role| role.bits == bits).unwrap().role_id
    }

    pub async fn set_maintenance(
        &self,
        staff: i64,
        maintenance: bool,
        notice: &str,
    ) -> Result<ShopState, Failure> {
        let request = SetMaintenanceRequest { maintenance, notice: notice.into() };
        let request = self.as_they_are(staff, request).await;
        let mut client = ShopStateServiceClient::new(self.wire.clone());
        Ok(client.set_maintenance(request).await?.into_inner().state.unwrap())
    }

    pub fn shop_state(&self) -> ShopStateServiceClient<Wire> {
        ShopStateServiceClient::new(self.wire.clone())
    }

    pub fn audit_client(&self) -> AuditServiceClient<Wire> {
        AuditServiceClient::new(self.wire.clone())
    }

    pub async fn audit(&self, request: ListAuditRequest) -> (Vec<AuditRecord>, bool) {
        let request = self.by(OWNER, ALL, request);
        let answer = self.audit_client().list_audit(request).await.unwrap().into_inner();
        (answer.records, answer.more)
    }

    /// Waits until the log holds so many entries.
    pub async fn audited(&self, count: usize) -> Vec<AuditRecord> {
        let deadline = tokio::time::Instant::now() + PATIENCE;
        let mut tick = tokio::time::interval(Duration::from_millis(20));
        loop {
            let (found, _) = self.audit(ListAuditRequest { limit: 100, ..everything() }).await;
            if found.len() >= count {
                return found;
            }
            assert!(tokio::time::Instant::now() < deadline, "{} of {count}", found.len());
            tick.tick().await;
        }
    }

    /// What others were told, in order, as soon as it is so much.
    pub async fn events(&self, count: usize) -> Vec<What> {
        let caller = self.ground.caller_for_service("bot");
        let mut feed = AdminFeedServiceClient::new(self.wire.clone());
        let (mut cursor, mut events) = (String::new(), Vec::new());
        while events.len() < count {
            let request = ReadFeedRequest { cursor: cursor.clone(), limit: 500, wait_ms: 9_000 };
            let page = feed.read_feed(caller.request(request)).await.unwrap().into_inner();
            cursor = page.entries.last().expect("what is written is told").cursor.clone();
            let decoded = |event: &[u8]| Event::decode(event).unwrap().what.unwrap();
            events.extend(page.entries.iter().map(|entry| decoded(&entry.event)));
        }
        events
    }
}

pub fn everything() -> ListAuditRequest {
    ListAuditRequest::default()
}

fn owned_by(owner: i64) -> String {
    format!("[shop]\nowner_id = {owner}\n")
}

fn wire_to(routes: Routes, ground: &Ground) -> Wire {
    let board = Switchboard::default();
    board.connect(guarded(routes, ground.keys.clone(), ground.lifecycle.clone()));
    board.wire()
}
