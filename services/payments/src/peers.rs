//! What payments asks of others, as functions of its own.

use std::future::{Ready, ready};
use std::time::Duration;

use contract::actor::{Actor, ActorKeys};
use contract::bot::GetStandingRequest;
use contract::bot::people_admin_service_client::PeopleAdminServiceClient;
use contract::failure::{Failure, Kind};
use contract::wire::Wire;
use kernel::ids::PersonId;

/// Those whom payments asks.
#[derive(Clone)]
pub struct Peers {
    bot: PeopleAdminServiceClient<Wire>,
    keys: ActorKeys,
    owner: Option<PersonId>,
}

impl Peers {
    /// With the bot at the end of `bot`, in a shop with this owner.
    pub fn new(bot: Wire, keys: ActorKeys, owner: Option<PersonId>) -> Self {
        Self { bot: PeopleAdminServiceClient::new(bot), keys, owner }
    }

    /// Whether staff have shut a person out. While the bot does not say so nobody is: money is not refused for an
    /// outage of ours.
    pub async fn is_blocked(&self, person: PersonId, within: Duration) -> bool {
        let caller = self.keys.caller(&Actor::Service(crate::SERVICE.to_owned()));
        let mut request = caller.request(GetStandingRequest { person_id: person.0 });
        request.set_timeout(within);
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

    /// Whether a member of staff may move money of this person's: never their own, and nobody else the owner's.
    ///
    /// # Errors
    /// `payments.person_out_of_reach` where they may not.
    pub fn may_act_on(&self, staff: PersonId, person: PersonId) -> Ready<Result<(), Failure>> {
        let is_out_of_reach = staff == person || self.owner == Some(person);
        ready(if is_out_of_reach { Err(out_of_reach()) } else { Ok(()) })
    }
}

fn out_of_reach() -> Failure {
    Failure::new(Kind::Denied, "payments.person_out_of_reach")
        .because("nobody adjusts their own balance or the owner's")
}
