//! Money for joining channels: the bot's own methods, called as the person, and the money itself, called as the bot.

use contract::bot as wire;
use contract::bot::reward_service_client::RewardServiceClient;
use contract::convert;
use contract::failure::Failure;
use contract::payments::wallet_service_client::WalletServiceClient;
use contract::payments::{GrantKind, GrantWalletRequest, TakeBackGrantRequest};
use kernel::ids::{PersonId, TransferId};
use kernel::money::Money;

use crate::peers::Peers;

/// The channels, and for which of them the person was rewarded.
#[derive(Debug, Clone)]
pub struct RewardStanding {
    /// In the order of the settings.
    pub channels: Vec<wire::ChannelReward>,
    /// For each.
    pub amount: Money,
}

impl Peers {
    /// How the person stands.
    pub async fn list_rewards(&self) -> Result<RewardStanding, Failure> {
        let request = self.read(wire::ListRewardsRequest {});
        let answer = self.rewards().list_rewards(request).await?.into_inner();
        let amount = convert::money("amount", answer.amount)?;
        Ok(RewardStanding { channels: answer.channels, amount })
    }

    /// Rewards for channels that are new; what that has brought.
    pub async fn claim_rewards(&self) -> Result<(RewardStanding, Money), Failure> {
        let request = self.work(wire::ClaimRewardsRequest {});
        let answer = self.rewards().claim_rewards(request).await?.into_inner();
        let amount = convert::money("amount", answer.amount)?;
        let credited = convert::money("credited", answer.credited)?;
        Ok((RewardStanding { channels: answer.channels, amount }, credited))
    }

    /// Brings a reward, once. Called as the bot itself.
    pub async fn grant_reward(
        &self,
        person: PersonId,
        transfer: TransferId,
        amount: Money,
        reference: &str,
    ) -> Result<(), Failure> {
        let request = self.work(GrantWalletRequest {
            transfer_id: transfer.to_string(),
            person_id: person.0,
            amount: Some(amount.into()),
            kind: GrantKind::Reward.into(),
            reference: reference.to_owned(),
        });
        WalletServiceClient::new(self.wires.payments.clone()).grant_wallet(request).await?;
        Ok(())
    }

    /// Takes back what is left of a grant, once; how much that was. Called as the bot itself.
    pub async fn take_back_grant(
        &self,
        id: TransferId,
        grant: TransferId,
    ) -> Result<Money, Failure> {
        let (transfer_id, grant_id) = (id.to_string(), grant.to_string());
        let request = self.work(TakeBackGrantRequest { transfer_id, grant_id });
        let mut wallets = WalletServiceClient::new(self.wires.payments.clone());
        let answer = wallets.take_back_grant(request).await?.into_inner();
        convert::money("taken", answer.taken)
    }

    fn rewards(&self) -> RewardServiceClient<contract::wire::Wire> {
        RewardServiceClient::new(self.wires.bot.clone())
    }
}
