//! The RPCs: decode, call one operation, encode.

mod admin_feed;
mod audit;
mod shop_state;
mod staff;

use chassis::guard;
use contract::actor::Actor;
use contract::admin::admin_feed_service_server::AdminFeedServiceServer;
use contract::admin::audit_service_server::AuditServiceServer;
use contract::admin::shop_state_service_server::ShopStateServiceServer;
use contract::admin::staff_service_server::StaffServiceServer;
use contract::convert;
use contract::failure::Failure;
use kernel::ids::PersonId;
use tonic::Request;
use tonic::service::Routes;

use crate::domain::bits::Bits;
use crate::domain::rules::Staff;
use crate::operations::Admin;

/// All routes of the service; whoever serves them puts the guard in front.
pub fn routes(admin: &Admin) -> Routes {
    Routes::new(StaffServiceServer::new(staff::Api(admin.clone())))
        .add_service(ShopStateServiceServer::new(shop_state::Api(admin.clone())))
        .add_service(AuditServiceServer::new(audit::Api(admin.clone())))
        .add_service(AdminFeedServiceServer::new(admin_feed::Api(admin.clone())))
}

/// The member of staff who calls.
fn staff<T>(request: &Request<T>) -> Result<Staff, Failure> {
    let actor = guard::actor(request)?;
    let person = actor.person()?;
    let Actor::Person { bits, .. } = actor else { unreachable!("a service is no person") };
    Ok(Staff { person, bits: decode_bits(bits)? })
}

fn decode_bits(bits: u32) -> Result<Bits, Failure> {
    Bits::parse(bits).map_err(|why| convert::invalid("bits", why))
}

fn decode_person(id: i64) -> Result<PersonId, Failure> {
    PersonId::new(id).map_err(|why| convert::invalid("person_id", why))
}
