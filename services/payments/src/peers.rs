//! What payments asks of others, as functions of its own.

use std::time::Duration;

use chassis::ground::Ground;
use contract::actor::{Actor, ActorKeys, outranks};
use contract::admin::GetRightsRequest;
use contract::admin::staff_service_client::StaffServiceClient;
use contract::bot::GetStandingRequest;
use contract::bot::people_admin_service_client::PeopleAdminServiceClient;
use contract::failure::{Failure, Kind};
use contract::wire::Wire;
use kernel::ids::PersonId;
use tonic::Request;

/// Rights are asked while somebody looks at a button that waits.
const RIGHTS_DEADLINE: Duration = Duration::from_secs(3);

/// Those whom payments asks.
#[derive(Clone)]
pub struct Peers {
    bot: PeopleAdminServiceClient<Wire>,
    admin: StaffServiceClient<Wire>,
    keys: ActorKeys,
}

impl Peers {
    /// At the ends of the wires.
    pub fn new(ground: &Ground) -> Self {
        Self {
            bot: PeopleAdminServiceClient::new(ground.wires.bot.clone()),
            admin: StaffServiceClient::new(ground.wires.admin.clone()),
            keys: ground.keys.clone(),
        }
    }

    /// Whether staff have shut a person out. While the bot does not say so nobody is: money is not refused for an
    /// outage of ours.
    pub async fn is_blocked(&self, person: PersonId, within: Duration) -> bool {
        let request = self.request(GetStandingRequest { person_id: person.0 }, within);
        let mut client = self.bot.clone();
        match tokio::time::timeout(within, client.get_standing(request)).await {
            Ok(Ok(standing)) => standing.into_inner().is_blocked,
            Ok(Err(status)) => {
                let failure = Failure::from(status);
                tracing::warn!(?person, %failure, "the bot does not say who is blocked");
                false
            }
            Err(_) => {
                tracing::warn!(?person, "the bot is slow to say who is blocked");
                false
            }
        }
    }

    /// Whether a member of staff may move money of this person's: never their own, and only of those whose rights are
    /// below theirs as they are now, not as they were when the screen was opened.
    ///
    /// # Errors
    /// `payments.person_out_of_reach` where they may not; the call's where admin does not say.
    pub async fn may_act_on(&self, staff: PersonId, person: PersonId) -> Result<(), Failure> {
        if staff == person {
            return Err(out_of_reach());
        }
        let (staff, person) = tokio::try_join!(self.rights(staff), self.rights(person))?;
        if outranks(staff, person) { Ok(()) } else { Err(out_of_reach()) }
    }

    async fn rights(&self, person: PersonId) -> Result<u32, Failure> {
        let request = self.request(GetRightsRequest { person_id: person.0 }, RIGHTS_DEADLINE);
        let answer = self.admin.clone().get_rights(request).await?.into_inner();
        Ok(answer.rights.unwrap_or_default().bits)
    }

    fn request<T>(&self, message: T, within: Duration) -> Request<T> {
        let caller = self.keys.caller(&Actor::Service(crate::SERVICE.to_owned()));
        let mut request = caller.request(message);
        request.set_timeout(within);
        request
    }
}

fn out_of_reach() -> Failure {
    Failure::new(Kind::Denied, "payments.person_out_of_reach").because(
        "nobody moves their own money, or that of people whose rights are not below theirs",
    )
}
