//! What payments asks of other services.

use std::time::Duration;

use contract::actor::{Actor, ActorKeys};
use contract::bot::GetStandingRequest;
use contract::bot::people_admin_service_client::PeopleAdminServiceClient;
use contract::failure::Failure;
use contract::wire::Wire;
use kernel::ids::PersonId;

/// The bot, as payments sees it.
#[derive(Clone)]
pub struct Bot {
    client: PeopleAdminServiceClient<Wire>,
    keys: ActorKeys,
}

impl Bot {
    /// The bot at the end of `wire`.
    pub fn new(wire: Wire, keys: ActorKeys) -> Self {
        Self { client: PeopleAdminServiceClient::new(wire), keys }
    }

    /// Whether staff have shut a person out. While the bot does not say so nobody is: money is not refused for an
    /// outage of ours.
    pub async fn is_blocked(&self, person: PersonId, within: Duration) -> bool {
        let caller = self.keys.caller(&Actor::Service(crate::SERVICE.to_owned()));
        let mut request = caller.request(GetStandingRequest { person_id: person.0 });
        request.set_timeout(within);
        let mut client = self.client.clone();
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
}
