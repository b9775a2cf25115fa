//! `RewardService`: money for joining channels, for the person who joined.

use chassis::guard;
use contract::bot as wire;
use contract::bot::reward_service_server::RewardService;
use tonic::{Request, Response, Status};

use crate::bot::Bot;
use crate::operations::rewards::{self, Standing};

/// The methods of people.
pub struct RewardApi(pub Bot);

#[tonic::async_trait]
impl RewardService for RewardApi {
    async fn list_rewards(
        &self,
        request: Request<wire::ListRewardsRequest>,
    ) -> Result<Response<wire::ListRewardsResponse>, Status> {
        let person = guard::actor(&request)?.person()?;
        let standing = rewards::list(&self.0, person).await?;
        let amount = Some(self.0.rewards.amount.into());
        Ok(Response::new(wire::ListRewardsResponse { channels: told(&standing), amount }))
    }

    async fn claim_rewards(
        &self,
        request: Request<wire::ClaimRewardsRequest>,
    ) -> Result<Response<wire::ClaimRewardsResponse>, Status> {
        let person = guard::actor(&request)?.person()?;
        let standing = rewards::claim(&self.0, person).await?;
        Ok(Response::new(wire::ClaimRewardsResponse {
            channels: told(&standing),
            amount: Some(self.0.rewards.amount.into()),
            credited: Some(standing.credited.into()),
        }))
    }
}

fn told(standing: &Standing) -> Vec<wire::ChannelReward> {
    let told = |(channel, is_rewarded): &(crate::subscriptions::Channel, bool)| {
        let name = channel.name().unwrap_or_default().to_owned();
        wire::ChannelReward { name, url: channel.url.clone(), is_rewarded: *is_rewarded }
    };
    standing.channels.iter().map(told).collect()
}
